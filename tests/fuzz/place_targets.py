"""Targets that read a place on the disk. A case is its name; a test fills it."""

from __future__ import annotations

import os
from pathlib import Path

from guide.files import read_whole
from guide.library.loader import Shelf
from guide.model.problems import ContentError, GuideError
from guide.settings import read_settings
from guide.vault.opening import open_vault
from tests.fuzz.target import Target

TYPED = "six plain words for a test"
LARGEST = 1 << 20


class ToldError(Exception):
    """It was read as far as it went, and the reader or author is told of a fault."""


def _path(case: bytes) -> Path:
    return Path(os.fsdecode(case))


def _open_vault(case: bytes) -> None:
    open_vault(_path(case), TYPED).close()


def _read_settings(case: bytes) -> None:
    kept = read_settings(_path(case))
    if kept.problem:
        raise ToldError(kept.problem)


def _read_file(case: bytes) -> None:
    read_whole(_path(case), LARGEST)


def _read_content(case: bytes) -> None:
    shelf = Shelf(_path(case))
    library = shelf.library()
    for each in (library.pages, library.data):
        list(each.values())
    for name in library.letters:
        try:
            library.letters[name]
        except ContentError:
            continue
    if shelf.findings:
        raise ToldError(" ".join(f"{x.what} {x.fix}" for x in shelf.findings))


TARGETS = {
    "vault folder": Target(run=_open_vault, seeds=tuple, allowed=(GuideError,)),
    "settings file": Target(run=_read_settings, seeds=tuple, allowed=(ToldError,)),
    "file brought": Target(run=_read_file, seeds=tuple, allowed=(GuideError,)),
    "content folder": Target(
        run=_read_content, seeds=tuple, allowed=(ToldError, ContentError)
    ),
}
