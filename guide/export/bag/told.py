"""The plain words that lie in a bag: what it is, and that it is not complete."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import fill

from guide.export.bag.journal import ENTRIES
from guide.export.bag.pieces import Bag
from guide.words import _

_WIDE, _NAMES = 76, 26
_VERIFY = Path(__file__).with_name("verify.py")
_SENTENCES = re.compile(r"^SENTENCES = {\r?\n.*?^}\r?\n", re.DOTALL | re.MULTILINE)


def readme(bag: Bag) -> str:
    """What this is, and how to check it with a program and without one of ours."""
    parts = [
        " ".join(bag.title.split()),
        _(
            "This folder is a bag: copies of files, with a list of their fingerprints. "
            "A fingerprint is a SHA-256 hash. If one byte of a file changes, so does "
            "its fingerprint. Please change nothing in this folder. Work on a copy."
        ),
        _("What is in it:"),
        _contents(),
        _("Check it with Python 3.8 or later, in this folder:"),
        "    python3 verify.py",
        _("Or with tools that many computers have:"),
        "    sha256sum -c manifest-sha256.txt\n    sha256sum -c tagmanifest-sha256.txt",
        _(
            "It is BagIt 1.0 (RFC 8493). Any program for BagIt can check it as well, "
            "such as bagit by the Library of Congress."
        ),
        *_about_journal(bag),
        _(
            "A fingerprint shows that a file has not changed since the fingerprint was "
            "taken. It does not show who wrote the file, or whether it is true."
        ),
    ]
    return _page(parts)


def how_to_open(*, own_key: bool) -> str:
    """What lies beside a sealed bag: what it is, and which program opens it."""
    if own_key:
        needed = _(
            "You need the passphrase, which was told to you another way. The program "
            "age asks for it:"
        )
        command = "    age -d -i key.age case.age | tar x"
    else:
        needed = _("You need your own secret key. Put its file in place of KEYFILE:")
        command = "    age -d -i KEYFILE case.age | tar x"
    # What they are about is not said: this page lies open.
    parts = [
        _("This folder holds copies of files. They are sealed in age format."),
        needed,
        command,
        _(
            "The program age is free: age-encryption.org. What comes out is a folder "
            "with a README.txt of its own. It says how to check that nothing changed."
        ),
        _("Keep the files of this folder together."),
    ]
    return _page(parts)


def _about_journal(bag: Bag) -> list[str]:
    if not bag.head:
        return []
    if ENTRIES not in {each.name for each in bag.pieces}:
        return [
            _(
                "The record has a journal, which is not in this bag. It ended with "
                "this head when the bag was made:"
            ),
            f"    {bag.head}",
        ]
    return [
        _(
            "data/journal.jsonl says in order what was done with the record. Each "
            "entry holds the hash of the one before it and is signed. It ends with "
            "this head. Compare it with the head on paper, if you were given one:"
        ),
        f"    {bag.head}",
        _("The key that signed it:"),
        f"    {bag.public_key}",
    ]


def incomplete() -> str:
    """What lies in a bag as long as it is not whole."""
    parts = (
        _("THIS BAG IS NOT COMPLETE."),
        _(
            "It was being written, and that was stopped, or the disk was taken away. "
            "Do not hand it on. Nothing was lost: the record itself is elsewhere."
        ),
        _("Delete this folder, and make the bag again."),
    )
    return _page(parts)


def verify() -> bytes:
    """``verify.py``, its sentences in this language; in English as it is shipped."""
    from guide.export.bag.verify import SENTENCES

    shipped = _VERIFY.read_bytes()
    said = {name: _(sentence) for name, sentence in SENTENCES.items()}
    if said == SENTENCES:
        return shipped
    lines = "".join(f"    {name!r}: {said[name]!r},\n" for name in said)
    table = f"SENTENCES = {{\n{lines}}}\n"
    return _SENTENCES.sub(lambda _found: table, shipped.decode(), count=1).encode()


def _page(parts: Sequence[str]) -> str:
    """Paragraphs in lines that fit anywhere; what is set off stays as it is."""
    lines = [x if x.startswith(" ") else fill(x, _WIDE) for x in parts]
    return "\n\n".join(lines) + "\n"


def _contents() -> str:
    rows = (
        ("data/", _("the files that were handed over")),
        ("manifest-sha256.txt", _("the fingerprint of each of them")),
        ("tagmanifest-sha256.txt", _("the fingerprint of each file beside data")),
        ("bag-info.txt, bagit.txt", _("about this bag")),
        ("verify.py", _("checks all of it, and changes nothing")),
    )
    return "\n".join(f"    {name:<{_NAMES}}{words}" for name, words in rows)
