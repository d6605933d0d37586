"""Whether the ways into the vault are the ones that the guide wrote last.

The key file lies open: anybody at this login can put an old one back, whose old
passphrase then opens it, or take a recovery sheet out of it. So each change that the
reader makes is noted in the journal, by a hash that says nothing, and held against
the key file at the next opening. A vault whose ways were never changed has no note.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256

import apsw

from guide.actions.desk import Desk
from guide.model.problems import GuideError
from guide.vault.changing import slots
from guide.vault.journal import Journal
from guide.vault.opening import OpenVault
from guide.words import _

_NOTED = "ways.noted"


def note_ways(desk: Desk) -> None:
    """Note the ways in as they are now, because the reader has just changed them.

    The change stands whatever the disk says to the note.
    """
    opened = desk.opened
    if opened is None or opened.read_only:
        return
    with suppress(GuideError, apsw.Error), opened.connection:
        at = desk.now().astimezone()
        _journal(opened).append(_NOTED, {"sha256": _digest(opened)}, at)


def ways_are_others(desk: Desk) -> bool:
    """Whether the key file has not the ways in that were noted last."""
    opened = desk.opened
    if opened is None:
        return False
    with suppress(GuideError, apsw.Error):
        noted = _journal(opened).last_of(_NOTED)
        return noted is not None and noted.body.get("sha256") != _digest(opened)
    return False


def others_in_words() -> str:
    """What that may mean, and what to do."""
    return _(
        "The ways in are not the ones that were noted last. If you put back a backup, "
        "that is normal. If not, somebody may have put an old key file in its place. "
        "Nothing is lost. Change the passphrase, and make a new recovery sheet."
    )


def changed_in_words() -> str:
    """What a new passphrase does, and what it cannot do."""
    return _(
        "The passphrase is changed. The old one opens this folder no more. It still "
        "opens older copies of it, and an old vault.json that is put back. Does "
        "somebody know the old one? Then begin new notes in a new folder."
    )


def _journal(opened: OpenVault) -> Journal:
    return Journal(opened.connection, opened.root.signing_key())


def _digest(opened: OpenVault) -> str:
    names = sorted(way.name for way in slots(opened))
    return sha256("\n".join(names).encode("ascii")).hexdigest()
