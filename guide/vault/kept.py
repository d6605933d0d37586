"""What is known of a kept file, and the sealed record from which it can be known again.

The record is canonical JSON, so that someone without this program can read it. A
name that is not text (a file system takes almost any bytes) is in it twice: once
to read, once exact.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from guide.vault.canonical import Canonical, canonical

FORMAT = 1
LARGEST_RECORD = 1 << 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadRecordError(ValueError):
    """Bytes that are not a record of a kept file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """What the reader knows of a file before it is kept."""

    name: str  # as the file was called, even where that is not text
    acquired_at: datetime  # with its offset
    source: str = ""  # where it came from, in the reader's words
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file in the vault: ``sha256`` (FIPS 180-4) and ``size`` are of its bytes."""

    id: str  # 32 hex digits, from nothing but chance
    sha256: str
    size: int
    modified_at: datetime | None  # what the file system claimed, in UTC
    record: KeptRecord


def moment(nanoseconds: int) -> datetime | None:
    """When that was, since 1970; ``None`` if no calendar has that day."""
    try:
        return _EPOCH + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:
        return None


def packed(kept: KeptFile) -> bytes:
    """The record of *kept*, as it is sealed beside the file."""
    record = kept.record
    values: dict[str, Canonical] = {
        "format": FORMAT,
        "id": kept.id,
        **_name(record.name),
        "sha256": kept.sha256,
        "size": kept.size,
        "modified_at": kept.modified_at.isoformat() if kept.modified_at else None,
        "acquired_at": record.acquired_at.isoformat(),
        "source": record.source,
        "details": dict(record.details),
    }
    return canonical(values)


def unpacked(data: bytes) -> KeptFile:
    """What ``packed`` was given; anything else is a ``BadRecordError``."""
    try:
        values = json.loads(data)
        record = KeptRecord(
            name=_exact_name(values),
            acquired_at=datetime.fromisoformat(values["acquired_at"]),
            source=str(values["source"]),
            details={str(k): str(v) for k, v in values["details"].items()},
        )
        modified = values["modified_at"]
        return KeptFile(
            id=str(values["id"]),
            sha256=str(values["sha256"]),
            size=int(values["size"]),
            modified_at=datetime.fromisoformat(modified) if modified else None,
            record=record,
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadRecordError from None


def _name(name: str) -> dict[str, Canonical]:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return {"name": _readable(name), **_exact(name)}
    return {"name": name}


def _readable(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _exact(name: str) -> dict[str, Canonical]:
    """The bytes on the disk; for a name that no disk here could hold, WTF-8."""
    try:
        data = name.encode("utf-8", "surrogateescape")
        return {"name_bytes": base64.b64encode(data).decode("ascii")}
    except UnicodeEncodeError:
        data = name.encode("utf-8", "surrogatepass")
        return {"name_wtf8": base64.b64encode(data).decode("ascii")}


def _exact_name(values: Mapping[str, object]) -> str:
    if "name_bytes" in values:
        data = base64.b64decode(str(values["name_bytes"]), validate=True)
        return data.decode("utf-8", "surrogateescape")
    if "name_wtf8" in values:
        data = base64.b64decode(str(values["name_wtf8"]), validate=True)
        return data.decode("utf-8", "surrogatepass")
    return str(values["name"])
