"""A pack as the one file that is kept: its checked texts, and their order.

One zip written anew, so that whatever else stood in the original stays behind, and
the copy appears whole or not at all. Of its pictures only small ones are copied: the
place and the text of each are in the lessons.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from guide.library.packs import kept_index
from guide.library.packs.limits import MOST_TIMES
from guide.library.packs.names import TEXTS
from guide.library.packs.opening import OpenPack
from guide.library.packs.pictures import small_ones
from guide.library.packs.zipped import checked_zip
from guide.model.problems import GuideError

ENDING = ".zip"
_MOST_TIMES = MOST_TIMES // 2
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # when it was added is nobody's business


def packed(opened: OpenPack) -> bytes:
    """The bytes of the copy. A text that cannot be read is left out.

    The copy is opened once before it is given away: what was kept can be read.
    Raises PackRefusedError.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        packs = [opened.read_in(lang) for lang in opened.about.languages]
        for path, data in (*kept_index.entries(packs), *_inside(opened)):
            entry = zipfile.ZipInfo(path, _EARLIEST)
            entry.compress_type = _way_to_pack(data)
            archive.writestr(entry, data)
    checked_zip(made, made.tell(), opened.about.name)
    return made.getvalue()


def _way_to_pack(data: bytes) -> int:
    """As it is, where it would become so small that it looked like a bomb later."""
    bloated = len(data) > _MOST_TIMES * len(zlib.compress(data))
    return zipfile.ZIP_STORED if bloated else zipfile.ZIP_DEFLATED


def _inside(opened: OpenPack) -> Iterator[tuple[str, bytes]]:
    yield from _texts(opened)
    yield from small_ones(opened.tree)


def _texts(opened: OpenPack) -> Iterator[tuple[str, bytes]]:
    for path in opened.tree.sizes:
        if not path.endswith(TEXTS):
            continue
        try:
            yield path, opened.tree.read(path)
        except GuideError:
            continue
