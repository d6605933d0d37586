"""Whether others take a folder for a bag: the bagit library says so, not we."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from guide.export.bag.tags import TAG_MANIFEST


class _Bag(Protocol):
    entries: Mapping[str, Mapping[str, str]]

    def validate(self, *, completeness_only: bool) -> bool: ...


def is_bag(folder: Path, hashes: Mapping[str, str]) -> bool:
    """Whether *folder* is a bag and lists exactly the files of *hashes* with these.

    It reads no file of the payload: whoever asks has just done so.
    """
    import bagit

    # Otherwise it would print what it finds onto the screen.
    logging.getLogger("bagit").addHandler(logging.NullHandler())
    try:
        bag: _Bag = bagit.Bag(os.fspath(folder))
        bag.validate(completeness_only=True)
    except (bagit.BagError, UnicodeError):
        return False
    listed = {
        name.replace(os.sep, "/"): dict(each) for name, each in bag.entries.items()
    }
    wanted = {name: {"sha256": each} for name, each in hashes.items()}
    del wanted[TAG_MANIFEST]  # the one file that no list lists
    return listed == wanted
