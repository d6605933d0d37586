"""Which language is wished for: the flag, ``GUIDE_LANG``, then the system's."""

from __future__ import annotations

import os
import re
from itertools import takewhile

from guide.words import ENGLISH, speak

_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def wished(flag: str = "") -> tuple[str, ...]:
    """The languages wished for, the best first, as tags such as ``pt-BR``, ``pt``."""
    names = [flag, os.environ.get("GUIDE_LANG", "")]
    names.append(next((os.environ[n] for n in _SYSTEM if os.environ.get(n)), ""))
    tags: list[str] = []
    for name in names:
        tag = name.split(".")[0].split("@")[0].replace("_", "-")
        if _TAG.fullmatch(tag):
            tags += [tag, tag.split("-")[0]]
    return tuple(dict.fromkeys(tags))


def speak_as_wished(flag: str = "") -> None:
    """Let the program speak the first language that it knows; it knows English."""
    before = takewhile(lambda tag: tag.split("-")[0] != ENGLISH, wished(flag))
    speak(*(tag.replace("-", "_") for tag in before))
