"""A picture where nothing is drawn: it is said in words."""

from __future__ import annotations

from guide.model.picture import Picture
from guide.model.text import Block, BlockKind, copy_line
from guide.plain.lines import block_lines


def test_a_picture_is_said_in_words() -> None:
    block = Block(
        kind=BlockKind.PICTURE,
        text="A picture, 1200 x 800, JPEG.",
        picture=Picture(width=1, height=1, pixels=b"\1\2\3"),
    )
    said = "A picture, 1200 x 800, JPEG. Plain mode does not draw pictures."
    assert block_lines([block]) == ["", said]
    assert copy_line(block) == "A picture, 1200 x 800, JPEG."
