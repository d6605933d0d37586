"""A complaint as a machine reads it: one account, one desk, the messages behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from guide.model.paper import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedMessage:
    """One message as it goes along, and what proves which one it is."""

    name: str
    data: bytes  # unaltered, or the masked copy
    message_id: str
    date_text: str
    sha256: str  # of the unaltered message, in lower-case hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything in a complaint about one account (RFC 5965 section 3)."""

    id: str
    made_at: datetime
    paper: Paper
    messages: tuple[ReportedMessage, ...]  # the first one travels in the report
    account: str = ""  # the address in From
    domain: str = ""
    source_ip: str = ""  # of the first hop outside the reader's mail service
    arrived_at: datetime | None = None
    mail_from: str = ""  # Return-Path
    results: tuple[str, ...] = ()  # of the checks by the reader's own service
    masked: bool = False
