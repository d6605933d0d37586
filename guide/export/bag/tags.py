"""The files of a bag that are about the bag (RFC 8493). Pure.

The bagit library makes its manifests of a finished folder, which it moves about and
reads once more, and only as version 0.97. Here a bag may be a stream that no disk
ever holds. So these few lines are written here; in the tests the library reads them,
and says whether they are a bag.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from guide import __version__
from guide.export.bag.pieces import Bag
from guide.export.bag.told import readme, verify

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BAGIT, INFO, MANIFEST = "bagit.txt", "bag-info.txt", "manifest-sha256.txt"
TAG_MANIFEST, README, VERIFY = "tagmanifest-sha256.txt", "README.txt", "verify.py"


def tag_files(bag: Bag, hashes: Mapping[str, str], size: int) -> dict[str, bytes]:
    """Every tag file by its name, in the order to write them: ``bagit.txt`` is last.

    *hashes* are of the payload, by path; *size* is of all of it.
    """
    files = {
        README: readme(bag).encode(),
        VERIFY: verify(),
        INFO: _info(bag, len(hashes), size),
        MANIFEST: _manifest(hashes),
    }
    known = {name: sha256(data).hexdigest() for name, data in files.items()}
    known[BAGIT] = sha256(DECLARATION).hexdigest()
    return {**files, TAG_MANIFEST: _manifest(known), BAGIT: DECLARATION}


def _manifest(hashes: Mapping[str, str]) -> bytes:
    """As ``sha256sum`` writes it, and reads it with ``-c``."""
    lines = (f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
    return "".join(lines).encode("ascii")


def _info(bag: Bag, count: int, size: int) -> bytes:
    lines = [
        ("External-Description", bag.title),
        ("Bagging-Date", bag.made_at.date().isoformat()),
        ("Bag-Software-Agent", f"guide {__version__}"),
        ("Payload-Oxum", f"{size}.{count}"),
        ("Journal-Head", bag.head),
        ("Journal-Key", bag.public_key),
    ]
    told = ((name, " ".join(words.split())) for name, words in lines)
    return "".join(f"{name}: {words}\n" for name, words in told if words).encode()
