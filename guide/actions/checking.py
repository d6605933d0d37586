"""Checking a content folder, and drawing its map: what authors see before readers do.

Joins the checks of the library with those that need another room: the templates of
letters and the table of abuse desks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from guide.letters.templates import TemplateError, check_template
from guide.library.graph import MapFormat, branch_map
from guide.library.lint import explain, findings_in, findings_json
from guide.library.lint.data import entry_line
from guide.library.lint.everything import open_everything
from guide.library.lint.pack import Pack
from guide.library.lint.reading import why_not
from guide.library.lint.strict import not_looked_at
from guide.library.lint.translated import check_translation
from guide.library.loader import Shelf, content_root
from guide.mail.desks import desk_problems
from guide.mail.registries import registry_problems
from guide.model.content import FieldKind, Letter, Library
from guide.model.problems import Finding
from guide.words import _

__all__ = ["Checked", "check_content", "draw_map", "explain", "findings_json"]

_CHECKED_TABLES = {"abuse_desks": desk_problems, "registries": registry_problems}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found, in order, and what could not be looked at."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]


def check_content(
    today: date,
    content: Path | None = None,
    lang: str = "",
    *,
    strictly: bool = False,
) -> Checked:
    """Every finding under *content*, or in the guide's own pages.

    With *lang*, also what is missing or old in the translation into that language.
    *strictly* takes nothing on trust: what could not be looked at is a finding, too.
    """
    root = content or content_root()
    pack, read = open_everything(Shelf(root), today)
    found = [*findings_in((pack, read), strictly=strictly)]
    found += [*_templates(pack), *_desks(pack)]
    found += check_translation(root, lang) if lang else ()
    notes = tuple(note for note in (why_not(),) if note)
    if strictly:
        found += [_not_looked_at(note) for note in notes]
    return Checked(findings=tuple(sorted(found)), notes=() if strictly else notes)


def _not_looked_at(note: str) -> Finding:
    return Finding("pack.toml", 1, not_looked_at.code, note, not_looked_at.mend)


def _templates(pack: Pack) -> Iterator[Finding]:
    for letter in pack.letters.values():
        first, above = _text_lines(pack.lines(letter.path))
        for source, line in ((letter.subject, above), (letter.body, first)):
            try:
                check_template(source, *_names(letter))
            except TemplateError as error:
                at = line + error.line - 1
                fix = _("Declare the field, or see `guide check --explain L101`.")
                yield Finding(letter.path, at, "L101", error.what, fix)


def _names(letter: Letter) -> tuple[list[str], list[str]]:
    lists = [each.id for each in letter.fields if each.kind is FieldKind.LIST]
    return [each.id for each in letter.fields], lists


def _text_lines(lines: list[str]) -> tuple[int, int]:
    """The line that the text of a letter begins on, and that of its subject."""
    subject = next((n for n, x in enumerate(lines, 1) if x.startswith("Subject:")), 1)
    rest = enumerate(lines[subject:], subject + 1)
    return next((n for n, line in rest if line.strip()), subject), subject


def _desks(pack: Pack) -> Iterator[Finding]:
    for name, problems in _CHECKED_TABLES.items():
        path = f"data/{name}.toml"
        for problem in problems(pack.data[name]) if name in pack.data else ():
            entry, _colon, sentence = problem.partition(": ")
            line = entry_line(pack, path, entry)
            what = f"{entry}: {sentence}" if sentence else problem
            fix = _("Mend it; the head of the file lists its keys.")
            yield Finding(path, line, "D102", what[:1].upper() + what[1:], fix)


def draw_map(library: Library, form: MapFormat) -> str:
    """Every screen of *library* and the ways between them, as a diagram's source."""
    return branch_map(library, form)
