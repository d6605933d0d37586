"""The sheet that both sides can sign: what was handed over, and its fingerprints.

It is also the list of exhibits on paper (form F05), from the record instead of by
hand. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from guide.actions.vault_facts import size_in_words
from guide.export.profiles import name_of
from guide.model.case import Case, Recipient
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.model.telling import the_minute
from guide.words import _, plural

_LINE = "_" * 40
_GROUP = 8


def receipt_paper(case: Case) -> Paper:
    """What is printed: the list, the head of the journal, and the lines to sign."""
    return Paper(
        title=_("Receipt"),
        subject=_("Receipt for copies handed over"),
        date_line=the_minute(case.made_at),
        to=name_of(case.recipient),
        paragraphs=tuple(_paragraphs(case)),
        lang=case.lang,
    )


def _paragraphs(case: Case) -> Iterator[Paragraph]:
    count = len(case.incidents)
    yield _text(
        plural(
            "{count} incident is described.", "{count} incidents are described.", count
        )
    )
    yield _text(_("The files below are copies. The originals stay where they are."))
    if case.exhibits:
        yield Paragraph(kind=ParagraphKind.TABLE, rows=tuple(_rows(case)))
        yield _text(
            _(
                "The fingerprint is the SHA-256 of the file. If it is the same later, "
                "not one byte was changed since."
            )
        )
    if case.head:
        yield _text(_("Head of the journal: {head}").format(head=case.head))
    yield from _signing(case)


def _rows(case: Case) -> Iterator[tuple[str, ...]]:
    yield (_("Exhibit"), _("File"), _("Size"), _("Fingerprint (SHA-256)"))
    for each in case.exhibits:
        file = each.evidence
        size = size_in_words(file.size)
        yield (each.label, file.original_name, size, in_groups(file.sha256))


def _signing(case: Case) -> Iterator[Paragraph]:
    yield Paragraph(kind=ParagraphKind.HEADING, text=_("Signatures"))
    leads = [_("Handed over by"), _("Taken by (name, number)"), _("Place and time")]
    if case.recipient is Recipient.POLICE:
        leads.append(_("Reference number"))
    # One paragraph, which no page parts, with room to write on each line.
    lines = (f"{lead}: {_LINE}" for lead in (*leads, _("Signature"), _("Signature")))
    yield _text("\n\n".join(lines))


def in_groups(sha256: str) -> str:
    """A fingerprint that can be read aloud and compared.

    >>> in_groups("0123456789abcdef")
    '01234567 89abcdef'
    """
    return " ".join(sha256[n : n + _GROUP] for n in range(0, len(sha256), _GROUP))


def _text(text: str) -> Paragraph:
    return Paragraph(text=text)
