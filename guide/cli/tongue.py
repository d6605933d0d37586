"""Which language: the flag, ``GUIDE_LANG``, then the system's; English otherwise."""

from __future__ import annotations

import os
import re
from pathlib import Path

from guide.words import _, speak

ENGLISH = "en"
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
    """Let the program speak the first language that it knows."""
    languages = wished(flag)
    if languages and languages[0].split("-")[0] != ENGLISH:
        speak(*(tag.replace("-", "_") for tag in languages))


def content_language(content: Path, flag: str = "") -> str:
    """The first language wished for that the pages are in."""
    known = (tag for tag in wished(flag) if (content / tag).is_dir())
    return next(known, ENGLISH)


def missing_language(content: Path, flag: str) -> str:
    """What to say when the language of the flag is not there yet; "" if it is."""
    if not flag or content_language(content, flag) in wished(flag)[:2]:
        return ""
    return _("The pages are not in that language yet, so they are in English.")
