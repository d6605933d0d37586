"""Hiding one person in a chat, with their name where it goes and no bracket.

A command that keeps the log comes before one that may not. Nobody is answered, and
nobody is thrown out of a room.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guide.filters.addresses import address_in, chat_name_in, matrix_name_in
from guide.words import _

CHECKED = "2026-11"
CHATS = ("irssi", "weechat", "hexchat", "mirc", "matrix", "xmpp")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatWords:
    """What to type or click in one program for one name; ``note`` comes first."""

    program: str
    hide: str = ""  # hides, and keeps the log
    ignore: str = ""
    undo: str = ""
    clicks: str = ""
    note: str = ""
    checked: str = CHECKED


def fits(program: str, name: str) -> bool:
    """Whether *name* is a name of the kind that *program* knows."""
    checks = {"matrix": matrix_name_in, "xmpp": address_in}
    return bool(name) and checks.get(program, chat_name_in)(name) == name


def chat_words(program: str, name: str) -> ChatWords:
    """What hides *name* in *program*. Raises ValueError for a name of no such kind."""
    if not fits(program, name):
        raise ValueError("a name that was not checked")
    ways: dict[str, Callable[[str], ChatWords]] = {
        "irssi": _irssi,
        "weechat": _weechat,
        "hexchat": _hexchat,
        "mirc": _mirc,
        "matrix": _matrix,
        "xmpp": _xmpp,
    }
    return ways[program](name)


def _irssi(name: str) -> ChatWords:
    return ChatWords(
        program=_("irssi"),
        hide=f"/ignore {name}!*@* ALL HIDDEN",
        ignore=f"/ignore {name}!*@* ALL",
        undo=f"/unignore {name}!*@*",
        note=_(
            "Ignored lines may not be logged. With HIDDEN, the lines can still go into "
            "the log. Test it with a friend first."
        ),
    )


def _weechat(name: str) -> ChatWords:
    return ChatWords(
        program=_("WeeChat"),
        hide=f"/filter add held_{name} * nick_{name} *",
        ignore=f"/ignore add {name}",
        undo=f"/filter del held_{name}",
        note=_(
            "A filter only hides lines, and the log keeps them. Lines of somebody you "
            "ignore may not be logged. The command /ignore list shows each with a "
            "number, and /ignore del and the number takes it back."
        ),
    )


def _hexchat(name: str) -> ChatWords:
    return ChatWords(
        program=_("HexChat"),
        ignore=f"/ignore {name}!*@* ALL",
        undo=f"/unignore {name}!*@*",
        note=_("Ignored lines may not be logged. Save the log first."),
    )


def _mirc(name: str) -> ChatWords:
    return ChatWords(
        program=_("mIRC"),
        ignore=f"/ignore {name}",
        undo=f"/ignore -r {name}",
        note=_("Look first if your log is on. Save what it holds."),
    )


def _matrix(name: str) -> ChatWords:
    return ChatWords(
        program=_("Element and Matrix"),
        ignore=f"/ignore {name}",
        undo=f"/unignore {name}",
        note=_("You may not see what they write from then on. Save it first."),
    )


def _xmpp(name: str) -> ChatWords:
    words = _(
        "Open the contact {name} and choose Block. If they are no contact, look for "
        "Blocked or Privacy in the settings and add {name}."
    )
    return ChatWords(
        program=_("XMPP, also called Jabber"),
        clicks=words.replace("{name}", name),
        note=_(
            "Your server then holds back what they send (XEP-0191), so you get no "
            "copy. Their program may show an error, and so they may notice. Some "
            "programs drop the history. To mute them keeps more."
        ),
    )
