"""A time-stamp for the record (RFC 3161): the request, its reply, and what it shows.

Nothing is sent from here. Whoever is online carries the request to an authority; it
holds a hash and a number, and no word of the record. What comes back is checked
against the request and kept beside it.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.keeping import refuse_inside_vault, vault_of
from guide.export.bag.pieces import Piece
from guide.export.bag.stamp import LARGEST, check_reply, timestamp_request
from guide.files import path_typed, read_whole, write_whole
from guide.model.problems import InvalidAnswerError
from guide.vault.journal import Journal
from guide.words import _

_PREFIX = "time-stamp:"
_ENDING = ".tsq"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One request, and what was answered. ``when`` is RFC 3339, empty without a reply.

    ``request`` and ``reply`` are base64. ``who`` was written elsewhere. Without
    ``trusted`` nobody has checked who made it.
    """

    id: str
    head: str
    asked_at: str
    request: str
    reply: str = ""
    who: str = ""
    when: str = ""
    trusted: bool = False

    @property
    def given_at(self) -> datetime | None:
        """When the authority says that it was; None without a reply."""
        return datetime.fromisoformat(self.when) if self.when else None


def ask(desk: Desk, typed: str) -> Path:
    """Write the request for the record as it is now, where the reader *typed*."""
    opened = vault_of(desk)
    named = path_typed(typed)
    path = Path.cwd() / (named if named.suffix == _ENDING else f"{named}{_ENDING}")
    refuse_inside_vault(desk, path)
    head = Journal(opened.connection, opened.root.signing_key()).head()
    request = timestamp_request(head)
    written = write_whole(path, request)
    stamp = Stamp(
        id=secrets.token_hex(4),
        head=head,
        asked_at=desk.now().isoformat(),
        request=b64encode(request).decode("ascii"),
    )
    _put(desk, stamp)
    return written


def take_reply(desk: Desk, typed: str, root: str = "") -> Stamp:
    """Check the reply in the file *typed*, against every request that waits; keep it.

    *root* is the file of the authority's root certificate, where the reader has one.
    Raises StampRefusedError, and InvalidAnswerError where nothing was asked.
    """
    reply = read_whole(path_typed(typed), LARGEST)
    roots = (read_whole(path_typed(root), LARGEST),) if root.strip() else ()
    waiting = [each for each in stamps(desk) if not each.reply]
    if not waiting:
        raise InvalidAnswerError(
            _("No request is waiting for a reply. Nothing was changed."),
            _("Make a request first, and send it to an authority."),
        )
    *_others, last = sorted(waiting, key=lambda each: _answers(each, reply))
    checked = check_reply(last.head, b64decode(last.request), reply, roots)
    kept = replace(
        last,
        reply=b64encode(reply).decode("ascii"),
        who=checked.who,
        when=checked.when.isoformat(),
        trusted=checked.trusted,
    )
    _put(desk, kept)
    return kept


def _answers(stamp: Stamp, reply: bytes) -> tuple[bool, str]:
    """Which request comes last: the one whose head is in the reply, else the newest."""
    from hashlib import sha256

    return sha256(stamp.head.encode("ascii")).digest() in reply, stamp.asked_at


def stamps(desk: Desk) -> tuple[Stamp, ...]:
    """Every request, oldest first."""
    fields = desk.vault.fields()
    found = (Stamp(**json.loads(x)) for k, x in fields.items() if is_stamp(k) and x)
    return tuple(sorted(found, key=lambda each: each.asked_at))


def is_stamp(field_id: str) -> bool:
    """Whether what lies in this field is a time-stamp, not a blank."""
    return field_id.startswith(_PREFIX)


def pieces(desk: Desk) -> tuple[Piece, ...]:
    """The stamps as files of a bag: ``openssl ts -verify`` checks them, too."""
    found = []
    given = [each for each in stamps(desk) if each.reply]
    for n, each in enumerate(given, 1):
        name = f"time-stamps/{n}"
        found.append(Piece.of(f"{name}.head.txt", each.head.encode("ascii")))
        found.append(Piece.of(f"{name}.tsq", b64decode(each.request)))
        found.append(Piece.of(f"{name}.tsr", b64decode(each.reply)))
    return tuple(found)


def _put(desk: Desk, stamp: Stamp) -> None:
    desk.vault.put_field(f"{_PREFIX}{stamp.id}", json.dumps(asdict(stamp)))
