"""Names inside a pack: which are refused, and which are one name on many computers."""

from __future__ import annotations

import re
import unicodedata

from guide.library.packs.limits import DEEPEST, LONGEST_NAME, LONGEST_PATH
from guide.words import _

CATEGORY = ".category.yml"
TEXTS = (".md", ".yml", ".toml")
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp")
ZIPS = (".zip", ".jar", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".tar")
_ORDINARY = re.compile(r"[ -~]*")
_DRIVE = re.compile(r"[A-Za-z]:")
_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 40


def is_trick(path: str) -> bool:
    r"""Whether *path* is one that could lead out of the pack.

    >>> [is_trick(p) for p in ("/etc/x", "a/../x", "C:x", "a\\b", "a//b", "en/s_x.md")]
    [True, True, True, True, True, False]
    """
    if path.startswith("/") or "\\" in path or "\0" in path or _DRIVE.match(path):
        return True
    steps = path.removesuffix("/").split("/")
    return any(step.strip(" ") in ("", ".", "..") for step in steps)


def why_left_out(path: str) -> str:
    """Why a file of this name is not opened; "" where it is."""
    names = path.split("/")
    ordinary = _ORDINARY.fullmatch(path)
    if not ordinary and any(0xD800 <= ord(each) <= 0xDFFF for each in path):
        return _("The name is not UTF-8.")
    if len(path) > LONGEST_PATH or any(len(each) > LONGEST_NAME for each in names):
        return _("The name is too long.")
    if len(names) - 1 > DEEPEST:
        return _("It stands too deep in folders.")
    if not ordinary and any(unicodedata.category(c).startswith("C") for c in path):
        return _("The name holds a character that cannot be seen.")
    return ""


def is_passed_over(name: str) -> bool:
    """Whether a file or folder is no part of a pack: .git, .DS_Store and their like.

    >>> is_passed_over(".git"), is_passed_over(".category.yml")
    (True, False)
    """
    return (name.startswith(".") and name != CATEGORY) or name == "__MACOSX"


def folded(path: str) -> str:
    """What *path* is to a computer that tells neither cases nor accents apart."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def slug(text: str) -> str:
    """A name for a pack, from its title or its file.

    >>> slug("Umbrella Content (master)"), slug("../../x"), slug("漢")
    ('umbrella-content-master', 'x', 'pack')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _SLUG.sub("-", plain.lower())[:_LONGEST_SLUG].strip("-") or "pack"


def in_words(name: str) -> str:
    """A title made of the name of a file or folder.

    >>> in_words("2-keeping-safe"), in_words("s_air-gap.md")
    ('Keeping safe', 'Air gap')
    """
    stem = name.removeprefix("s_").removeprefix("c_").removeprefix("f_")
    stem = stem.rpartition(".")[0] or stem
    words = stem.lstrip("0123456789-").replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or name
