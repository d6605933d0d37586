"""Text that wants to be obeyed by a terminal, by markup or by the eye. Not a test.

Each shows what one kind of attack looks like; where a number or a word is free to
choose, it is one that no program of ours ever sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guide.safety.display import FORBIDDEN, show, strip_forbidden

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"
MARK = "zq"
"""Stands before every payload: what comes after it is what became of the payload."""
_LONG = 100_000

ESCAPES = {
    "cursor up": f"{ESC}[17A",
    "cursor away": f"{ESC}[998;997H",
    "erase": f"{ESC}[2J{ESC}[1K",
    "colours": f"{ESC}[8;31;47;5m",
    "title": f"{ESC}]0;stolen{BEL}",
    "window title": f"{ESC}]2;stolen{ST}",
    "link": f"{ESC}]8;;http://192.0.2.7/{ST}safe{ESC}]8;;{ST}",
    "clipboard": f"{ESC}]52;c;c3RvbGVu{BEL}",
    "clipboard asked": f"{ESC}]52;p;?{ST}",
    "colour asked": f"{ESC}]11;?{BEL}",
    "notice of a terminal": f"{ESC}]777;notify;stolen;stolen{BEL}",
    "new folder of a shell": f"{ESC}]7;file://192.0.2.7/{ST}",
    "device control": f"{ESC}P1000p%output{ST}",
    "settings asked": f"{ESC}P$qm{ST}",
    "terminal features asked": f"{ESC}P+q544e{ST}",
    "application command": f"{ESC}_Gi=31,s=1,v=1,a=q;AAAA{ST}",
    "privacy message": f"{ESC}^stolen{ST}",
    "start of string": f"{ESC}Xstolen{ST}",
    "C1 control sequence": "\x9b17A\x9b2J",
    "C1 system command": "\x9d0;stolen\x9c",
    "C1 device control": "\x90$qm\x9c",
    "C1 others": "\x84\x85\x8d\x8e\x98\x9e\x9f",
    "who are you": f"{ESC}[c{ESC}[>c{ESC}[=c",
    "where is the cursor": f"{ESC}[6n{ESC}[?6n{ESC}[5n",
    "what mode is it": f"{ESC}[?1337$p",
    "end of a paste": f"{ESC}[201~; echo stolen\n",
    "other screen": f"{ESC}[?47h{ESC}[?1047l",
    "modes": f"{ESC}[?3h{ESC}[?5h{ESC}[20h{ESC}[4h",
    "mouse": f"{ESC}[?9h{ESC}[?1001h",
    "keys of kitty": f"{ESC}[>31u{ESC}[=31;1u",
    "sixel": f"{ESC}Pq#0;2;0;0;0#0~~@@vv-{ST}",
    "file into the terminal": f"{ESC}]1337;File=inline=1:QUFB{BEL}",
    "bell": f"a{BEL}{BEL}",
    "backspace": "honest\b\b\b\b\b\bstolen",
    "overwrite": "honest\rstolen",
    "feeds": "a\vb\fc\x0ed\x0fe",
    "reset": f"{ESC}c{ESC}[!p",
    "character set": f"{ESC}(0{ESC}%@",
    "title told": f"{ESC}[21t{ESC}[22;2t",
    "window moved": f"{ESC}[3;17;43t{ESC}[8;9;9t",
    "through tmux": f"{ESC}Ptmux;{ESC}{ESC}]0;stolen{BEL}{ST}",
    "title of screen": f"{ESC}kstolen{ST}",
    "answer of a terminal": f"{ESC}[?64;1;2c{ESC}[17;43R",
    "keypad, saved cursor": f"{ESC}={ESC}7{ESC}8{ESC}M",
    "scroll region": f"{ESC}[3;9r{ESC}[9S",
    "half an escape": f"cut off{ESC}",
    "half a sequence": f"cut off{ESC}[",
    "half a command": f"cut off{ESC}]0;",
}
HIDDEN = {
    "overrides": "invoice\u202egnp.exe\u202dx",
    "isolates": "\u2066\u2067\u2068abc\u2069\u061c\u200e\u200f",
    "tags": "\U000e0001\U000e0041\U000e007f",
    "zero width": "pay\u200bpal\u2060\ufeff\u200d\u00ad",
    "selectors": "a\ufe00b\ufe0fc\U000e0100",
    "pile of marks": "Z" + "\u0301\u0489\u20dd" * 60,
    "line separators": "one\u2028two\u2029three\x85four",
    "line breaks": "one\r\ntwo\nthree\r",
    "private, unassigned": "\ue000\uf8ff\U000f0000\U0010ffff\u0378",
    "annotations": "\ufff9a\ufffab\ufffb\ufffc",
    "fillers": "\u115f\u1160\u3164\uffa0\u2800\u180e",
    "nulls": "a\x00\x00b",
    "DEL": "a\x7f\x7fb",
    "halves": "\ud83d\ud800x",
    "bytes that are no text": "\udc9b2J\udcff",
    "right to left": "שלום \u05d0\u05d1 السلام \u0627\u0644 abc",
    "wide": "漢字" * 40 + "👩\u200d💻🏳\ufe0f\u200d🌈",
}
MARKUP = {
    "markup": "[/x] [b]x[/b] [/] [[x]]",
    "markup that acts": "[@click=app.action_leave]x[/] [@click=app.bell]y[/]",
    "markup link": "[link=http://192.0.2.7/]safe[/link] [on red]x",
    "Markdown": "# x **b** [safe](http://192.0.2.7/) <b>x</b> | a | `c`",
    "template": "{{ 7*7 }} {% for x in y %} %s %(x)s {0} {name} {path}",
    "sign of a front end": "Question: 1. Yes  Error: Saved: q",
    # The letters that look Latin are Cyrillic: that is what is tried here.
    "look-alike names": "аpple.example xn--pple-43d.example ехаmple.com",  # noqa: RUF001
}
LONG = {"one long line": f"{ESC}[31m" + "a" * _LONG}
PAYLOADS = ESCAPES | HIDDEN | MARKUP | LONG  # the long one is last
FEWEST = 32
# Halves of letters that stand for no byte, and what no name can hold.
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_NO_NAME = re.compile("[/\0\ud800-\udc7f\udd00-\udfff]")


@dataclass(frozen=True, slots=True)
class Words:
    """What is said everywhere: these payloads, each in front once in a while."""

    payloads: Sequence[str]

    def said(self, turn: int = 0, *, most: int = 0) -> str:
        """All of them with the mark before each, beginning with another each *turn*.

        With *most*, as many as fit into so many characters, and one at least.
        """
        first = turn % len(self.payloads)
        parts = [*self.payloads[first:], *self.payloads[:first]]
        text = " ".join(f"{MARK}{part}" for part in parts)
        return text[:most] if most else text

    def name(self, turn: int = 0, *, most: int = 180, whole: bool = False) -> str:
        """The same as the name of a file: in so many bytes, without slash or NUL.

        *whole*: without bytes that are no text, which no folder of a vault may have.
        """
        text = _NO_NAME.sub("", self.said(turn))
        halves = "replace" if whole else "surrogateescape"
        raw = text.encode("utf-8", halves)[:most]
        return raw.decode("utf-8", "ignore" if whole else "surrogateescape")

    def one_line(self, turn: int = 0, *, most: int = 4000) -> str:
        """The same where a line break or NUL cannot be, as in a command line."""
        text = _NO_BYTE.sub("?", self.said(turn))
        return text.translate({0: " ", 10: " ", 13: " "})[:most]


def made_visible(payloads: Iterable[str]) -> set[str]:
    """How each looks after the mark, up to the first letter that the gate changes."""
    found = set()
    for each in payloads:
        acts = FORBIDDEN.search(each)
        before = each[: acts.start()] if acts else each[:3]
        found.add(MARK + before + (show(acts[0]) if acts else ""))
        if "\0" in each:  # no name of a file can hold it
            found.add(MARK + each.replace("\0", ""))
    return found


def swallowed(payloads: Iterable[str]) -> set[str]:
    """How each would begin if only the second wall had seen it: nothing says why."""
    found = set()
    for each in payloads:
        bare = strip_forbidden(each[:12])[:4]
        if FORBIDDEN.match(each) and len(bare) == 4:
            found.add(MARK + bare)
    return found
