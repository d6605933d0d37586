"""Canaries: a word for every field, and every form in which a file could hold it.

All share one stem, so that a piece of one is found as well. Not a test.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

STEM = "QuaggaXylem"
ABOUT = {"incident": "account platform where who witnesses effect done told note"}
ABOUT["contact"] = "organisation person badge_number channel reference outcome promised"
ABOUT["evidence"] = "source url by note"
LETTERS = ("no-contact-notice", "safety-plan")
# In every blank for a day; nothing else is as old.
DAY, LONG_DAY = "1907-03-19", "19 March 1907"


def canary(field: str) -> str:
    """The word that stands in *field* and nowhere else."""
    return STEM + "".join(part.capitalize() for part in re.split(r"\W|_", field))


PASSPHRASE = f"{canary('passphrase')} under nine moons"
WRONG = f"{canary('wrong')} under ten moons"


def forms(word: str) -> Iterator[bytes]:
    """How *word* could stand in a file: plain, wide, packed, turned round."""
    for cased in (word, word.lower(), word.upper()):
        raw = cased.encode()
        yield raw
        yield raw[::-1]
        yield cased.encode("utf-16-le")
        yield cased.encode("utf-16-be")
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        yield b"".join(b"%%%02x" % byte for byte in raw)
        yield b"".join(b"%%%02X" % byte for byte in raw)
        yield from (_packed(raw, offset) for offset in range(3))


def _packed(raw: bytes, offset: int) -> bytes:
    """Base64 as it looks *offset* bytes after a start, without unsure ends."""
    text = base64.b64encode(bytes(offset) + raw)
    return text[-(-offset * 8 // 6) : (offset + len(raw)) * 8 // 6]


_FORMS = dict.fromkeys(form for word in (STEM, DAY, LONG_DAY) for form in forms(word))
ANY = re.compile(b"|".join(map(re.escape, _FORMS)))


def seen_in(data: bytes) -> list[bytes]:
    """Where a canary sings in *data*: some bytes around each."""
    return [data[max(0, m.start() - 8) : m.end() + 32] for m in ANY.finditer(data)]


def seen_on_disk(*folders: Path) -> dict[str, list[bytes]]:
    """Every file with a canary in its bytes or in its name."""
    found: dict[str, list[bytes]] = {}
    for folder in folders:
        for path in folder.rglob("*"):
            name = seen_in(path.name.encode("utf-8", "surrogateescape"))
            plain = path.is_file() and not path.is_symlink()
            inside = seen_in(path.read_bytes()) if plain else []
            if name or inside:
                found[str(path)] = name + inside
    return found
