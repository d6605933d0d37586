"""A finished letter as the bytes of a file, one module a format.

A module is loaded when its format is asked for: Word and PDF cost start-up time
that a reader of pages should not pay.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from guide.model.paper import Paper
from guide.model.problems import NotWrittenError
from guide.words import _

Writer = Callable[[Paper], bytes]


def _text(letter: Paper) -> bytes:
    from guide.letters.formats import text

    return text.write(letter)


def _markdown(letter: Paper) -> bytes:
    from guide.letters.formats import markdown

    return markdown.write(letter)


def _pdf(letter: Paper) -> bytes:
    from guide.letters.formats import pdf

    return pdf.write(letter)


def _docx(letter: Paper) -> bytes:
    from guide.letters.formats import docx

    return docx.write(letter)


def _eml(letter: Paper) -> bytes:
    from guide.letters.formats import eml

    return eml.write(letter)


# By the file name's ending, in the order in which a reader is offered them.
FORMATS: Mapping[str, Writer] = MappingProxyType(
    {"txt": _text, "md": _markdown, "pdf": _pdf, "docx": _docx, "eml": _eml}
)


def write(letter: Paper, format_: str) -> bytes:
    """The *letter* as a file that ends in *format_* would hold it.

    The same letter gives the same bytes, on any day and any computer with the
    same fonts. Raises NotWrittenError where a format cannot show every character.
    """
    writer = FORMATS.get(format_)
    if writer is None:
        raise NotWrittenError(
            _("The guide cannot write that kind of file. Nothing was changed."),
            _("Choose one of these: {formats}.").format(formats=", ".join(FORMATS)),
        )
    return writer(letter)
