"""A lesson, a checklist or a form as a file: to print, to keep, to hand on.

Whose words they are, and that they are not the guide's, stands on top of each. What
is in the file is what the screen shows: every word of a pack passes the text gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from guide.actions.checklists import TickLine
from guide.actions.desk import Desk
from guide.actions.keeping import refuse_inside_vault
from guide.actions.pack_forms import LONGEST, Blank, Filled
from guide.actions.pack_text import lesson_blocks, one_line, stamp, title
from guide.files import path_typed, write_whole
from guide.letters.formats import write
from guide.model.cells import cells, in_lines
from guide.model.pack import About, Lesson
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.model.problems import NotWrittenError
from guide.model.progress import TickState
from guide.model.text import Block, BlockKind, copy_line
from guide.safety.display import show
from guide.words import _

HTML = "html"
ENDINGS = ("txt", "pdf", HTML, "md", "docx")
BLANK = "________"
_WIDTH = 70  # cells of a line of text, with room for the mark of a list
_OUTSIDE = ("https:", "http:", "tel:", "mailto:")
_MARKS = {TickState.DONE: "[x]", TickState.NOT_FOR_ME: "[-]", TickState.NOT_NOW: "[ ]"}


def lesson_paper(about: About, lesson: Lesson) -> Paper:
    """A whole lesson, all its pages."""
    blocks = (block for page in lesson.pages for block in lesson_blocks(page))
    tasks = (_item(f"[ ] {one_line(task)[0]}") for task in lesson.tasks)
    words = (*map(_of_block, blocks), *tasks)
    return _paper(about, lesson.listed.title, lesson.listed.lang, words)


def checklist_paper(
    about: About, name: str, lang: str, lines: Iterable[TickLine]
) -> Paper:
    """A checklist as it is ticked now."""
    return _paper(about, name, lang, _ticked(lines))


def own_paper(name: str, lang: str, lines: Iterable[TickLine]) -> Paper:
    """A checklist of the reader's own: nobody else's words are in it."""
    shown = title(name)
    head = Paragraph(kind=ParagraphKind.HEADING, text=shown)
    return Paper(title=shown, subject="", paragraphs=(head, *_ticked(lines)), lang=lang)


def form_paper(about: About, name: str, lang: str, form: Filled) -> Paper:
    """A form with its labels, its choices and what the reader wrote into it."""
    return _paper(about, name, lang, (*_blanks(form.blanks), *_earlier(form)))


def _paper(about: About, name: str, lang: str, words: Iterable[Paragraph]) -> Paper:
    shown = title(name)
    head = Paragraph(kind=ParagraphKind.HEADING, text=shown)
    whose = Paragraph(text=copy_line(stamp(about)))
    return Paper(
        title=shown, subject="", paragraphs=(head, whose, *words), lang=lang or "en"
    )


def _ticked(lines: Iterable[TickLine]) -> Iterator[Paragraph]:
    for line in lines:
        if line.heading:
            yield Paragraph(kind=ParagraphKind.HEADING, text=title(line.text))
        else:
            yield _item(f"{_MARKS[line.state]} {_plain(*_checked(line))}")


def _checked(line: TickLine) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    text, spans = one_line(line.text)
    return text, tuple((each.start, each.end, each.target) for each in spans)


def _of_block(block: Block) -> Paragraph:
    spans = tuple((each.start, each.end, each.target) for each in block.spans)
    text = _plain(block.text, spans)
    match block.kind:
        case BlockKind.HEADING:
            return Paragraph(kind=ParagraphKind.HEADING, text=text)
        case BlockKind.ITEM:
            number = "" if block.lead == "- " else block.lead
            return _item(f"{number}{text}")
        case BlockKind.CODE:
            return Paragraph(kind=ParagraphKind.EXACT, text=text)
        case BlockKind.CALLOUT:
            return Paragraph(text=f"{block.lead}: {text}")
        case _:
            return Paragraph(text=f"{block.lead}{text}")


def _plain(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """*text* with each outside address that it only links to written out."""
    for _start, end, target in sorted(spans, reverse=True):
        if target.startswith(_OUTSIDE) and target not in text:
            text = f"{text[:end]} ({target}){text[end:]}"
    return text


def _item(text: str) -> Paragraph:
    return Paragraph(kind=ParagraphKind.ITEM, text=text)


def label_of(blank: Blank) -> str:
    """What an item asks."""
    return one_line(blank.item.label)[0]


def typed_text(text: str) -> str:
    """What the reader wrote, safe to draw."""
    return show(text, multiline=True, limit=LONGEST + 100)


def _blanks(blanks: Iterable[Blank]) -> Iterator[Paragraph]:
    for blank in blanks:
        if blank.begins and blank.screen:
            yield Paragraph(kind=ParagraphKind.HEADING, text=title(blank.screen))
        label = label_of(blank)
        if not blank.asks:
            yield Paragraph(text=label)
        elif blank.choices:
            yield Paragraph(text=label)
            for each in blank.choices:
                yield _item(f"{'[x]' if each.on else '[ ]'} {title(each.label)}")
        else:
            yield Paragraph(text=f"{label}\n{typed_text(blank.text) or BLANK}")


def _earlier(form: Filled) -> Iterator[Paragraph]:
    if form.earlier:
        words = _("Your answers to what this form does not ask now")
        yield Paragraph(kind=ParagraphKind.HEADING, text=words)
    for each in form.earlier:
        label = one_line(each.label)[0]
        yield Paragraph(text=f"{label}\n{typed_text(each.text)}")


def save_copy(desk: Desk, paper: Paper, ending: str, typed: str) -> Path:
    """Write *paper* as a file; nothing that exists is replaced.

    Refused inside the vault's own folder. Raises NotWrittenError, InvalidAnswerError.
    """
    path = _named(path_typed(typed), ending)
    refuse_inside_vault(desk, path)
    return write_whole(path, _bytes_of(paper, ending))


def _bytes_of(paper: Paper, ending: str) -> bytes:
    if ending == HTML:
        from guide.letters.formats import html

        return html.write(paper)
    if ending == "txt":
        paper = replace(paper, paragraphs=tuple(map(_by_cells, paper.paragraphs)))
    try:
        return write(paper, ending)
    except NotWrittenError as error:
        if ending != "pdf":
            raise
        raise NotWrittenError(
            error.what, _("Save it as a web page or as text instead.")
        ) from None


def _by_cells(words: Paragraph) -> Paragraph:
    """*words* with lines that end where signs of two cells would be too wide."""
    if words.kind is ParagraphKind.EXACT or cells(words.text) <= len(words.text):
        return words
    lines = words.text.split("\n")
    short = (x for each in lines for x in in_lines(each, _WIDTH, first="", rest=""))
    return replace(words, text="\n".join(short))


def _named(path: Path, ending: str) -> Path:
    """The whole path, with the ending that says what the file is."""
    dotted = f".{ending}"
    name = path.name.lower()
    right = name.endswith(dotted) and name != dotted
    return Path.cwd() / (path if right else Path(f"{path}{dotted}"))


def proposed_name(desk: Desk, ending: str) -> str:
    """A file name that says nothing."""
    return str(Path.cwd() / f"notes-{desk.today().isoformat()}.{ending}")
