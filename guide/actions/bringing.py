"""What was said without the vault comes along when the vault is opened later.

What was written down as a record goes in at once: losing it could hurt, and a notice
written meanwhile must count. Answers, blanks and ticks are never merged by
themselves: they wait here, each beside what the vault has, until the reader chooses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from guide.actions.answering import said as in_words
from guide.actions.desk import Desk
from guide.actions.library_brought import (
    answered,
    beside_kept,
    counted,
    form_name,
    is_form,
    is_marked,
)
from guide.actions.library_notes import TICKED
from guide.actions.notes import Notes, all_begun, begun, is_begun, remember
from guide.actions.recording import PERSON, keep_contact, keep_incident
from guide.model.brought import Brought
from guide.model.conditions import AnswerValue
from guide.model.content import Page, PageKind
from guide.model.problems import GuideError, InvalidAnswerError
from guide.model.progress import TickState
from guide.words import _, plural

ANSWER, FIELD, TICKS, MARKED = "answer:", "field:", "ticks", "marked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that was said, and what the vault has in its place."""

    id: str
    name: str
    now: str
    kept: str = ""  # empty where the vault has nothing


@dataclass(slots=True, kw_only=True)
class Meanwhile:
    """What came along, and what still waits to be decided."""

    brought: Brought = field(default_factory=Brought)
    told: tuple[Told, ...] = ()
    answers: Mapping[str, tuple[AnswerValue, datetime]] = field(default_factory=dict)
    passed: Mapping[str, tuple[AnswerValue, datetime]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    ticks: tuple[tuple[str, str, TickState], ...] = ()
    marked: Mapping[str, str] = field(default_factory=dict)  # in the library
    waits: bool = True

    @property
    def agrees(self) -> bool:
        """Whether no answer is another one than the vault's."""
        return not any(each.kept for each in self.told if each.id.startswith(ANSWER))


def with_meanwhile(desk: Desk, kept: Desk) -> Desk:
    """The desk *kept* with what was said at *desk*, which has no vault."""
    waiting = _waiting(desk, kept)
    notes = all_begun(desk)
    once = {id_ for id_, each in desk.library.letters.items() if each.once}
    if not kept.saving:
        _refuse_to_lose(desk, waiting, notes)
        return kept
    waiting.brought = kept.vault.take_in(desk.vault, once, kept.now())
    for each in notes:
        _go_on_with(kept, _theirs(each, waiting.brought.ids))
    there = waiting.told or not waiting.brought.nothing
    return replace(kept, meanwhile=waiting) if there else kept


def _refuse_to_lose(desk: Desk, waiting: Meanwhile, notes: Collection[Notes]) -> None:
    vault = desk.vault
    records = (
        vault.people(),
        vault.letters_ever(),
        vault.incidents(),
        vault.contacts(),
    )
    if waiting.told or notes or any(records):
        raise GuideError(
            _("This vault can only be read here, so it was not opened now."),
            _("What you said since the start would be lost. Copy it out first."),
        )


def _waiting(desk: Desk, kept: Desk) -> Meanwhile:
    answers = dict(_other_answers(desk, kept))
    asked = {fact: page for fact in answers if (page := _page_that_asks(desk, fact))}
    fields = {
        id_: text
        for id_, text in desk.vault.fields().items()
        if not is_begun(id_) and kept.vault.fields().get(id_) != text
    }
    marked = {x: fields.pop(x) for x in tuple(fields) if is_marked(x)}
    ticks = tuple(_other_ticks(desk, kept))
    told = [_answer_told(kept, page, answers[fact][0]) for fact, page in asked.items()]
    told += [_field_told(kept, id_, text) for id_, text in fields.items()]
    if marked:
        words = ", ".join(counted(marked))
        told.append(Told(id=MARKED, name=_("What is yours in the library"), now=words))
    if ticks:
        words = plural("{count} line", "{count} lines", len(ticks))
        told.append(Told(id=TICKS, name=_("What you ticked off"), now=words))
    return Meanwhile(
        told=tuple(told),
        answers={fact: answers[fact] for fact in asked},
        passed={fact: answers[fact] for fact in answers.keys() - asked.keys()},
        fields=fields,
        ticks=ticks,
        marked=marked,
    )


def _other_answers(
    desk: Desk, kept: Desk
) -> Iterator[tuple[str, tuple[AnswerValue, datetime]]]:
    there = kept.vault.answers()
    for fact, value in desk.vault.answers().items():
        if there.get(fact) != value:
            yield fact, (value, desk.vault.answered_at(fact) or desk.now())


def _page_that_asks(desk: Desk, fact: str) -> Page | None:
    """The page with a choice of answers for *fact*; a page only passed has none."""
    for page in desk.library.pages.values():
        question = page.question
        if page.fact != fact or question is None or page.kind is PageKind.HUB:
            continue
        if page.id != desk.library.start and len(question.options) != 1:
            return page
    return None


def _answer_told(kept: Desk, page: Page, value: AnswerValue) -> Told:
    there = kept.vault.answers().get(page.fact)
    return Told(
        id=f"{ANSWER}{page.fact}",
        name=page.title,
        now=in_words(page, value),
        kept=in_words(page, there) if there is not None else "",
    )


def _field_told(kept: Desk, id_: str, text: str) -> Told:
    if is_form(id_):
        there = kept.vault.fields().get(id_, "")
        return Told(
            id=f"{FIELD}{id_}",
            name=form_name(id_),
            now=answered(text),
            kept=answered(there),
        )
    fields = [letter.field(id_) for letter in kept.library.letters.values()]
    label = next((each.label for each in fields if each), id_)
    there = kept.vault.fields().get(id_, "")
    return Told(id=f"{FIELD}{id_}", name=label, now=text, kept=there)


def _other_ticks(desk: Desk, kept: Desk) -> Iterator[tuple[str, str, TickState]]:
    for page in desk.library.pages.values():
        if page.tasks and (mine := desk.vault.ticks(page.id)):
            there = kept.vault.ticks(page.id)
            for task, state in mine.items():
                if there.get(task, TickState.NOT_NOW) is not state:
                    yield page.id, task, state
    yield from _other_library_ticks(desk, kept)


def _other_library_ticks(
    desk: Desk, kept: Desk
) -> Iterator[tuple[str, str, TickState]]:
    """Those in checklists of packs, and in the reader's own."""
    there = {(page, task): state for page, task, state in kept.vault.all_ticks()}
    for page, task, state in desk.vault.all_ticks():
        known = there.get((page, task), TickState.NOT_NOW)
        if page.startswith(TICKED) and known is not state:
            yield page, task, state


def _theirs(notes: Notes, ids: Mapping[str, str]) -> Notes:
    """The same, about who that person is in the vault."""
    who = notes.value("who")
    if not who.startswith(PERSON):
        return notes
    id_ = who.removeprefix(PERSON)
    values = {**notes.values, "who": PERSON + ids.get(id_, id_)}
    return replace(notes, values=values)


def _go_on_with(kept: Desk, notes: Notes) -> None:
    """What is half written is gone on with; beside another one it becomes a record."""
    if begun(kept, notes.kind, notes.of) is None:
        remember(kept, notes)
        return
    before = begun(kept, notes.kind, notes.of)
    keep = keep_incident if notes.kind == "incident" else keep_contact
    if notes.kind != "incident" and not notes.value("organisation").strip():
        notes = notes.saying("organisation", _("not said yet"))
    try:
        keep(kept, notes)
    except InvalidAnswerError:
        return  # there was nothing in it
    if before is not None:  # keeping one forgets what lies under its name
        remember(kept, before)


def decide(desk: Desk, waiting: Meanwhile, chosen: Collection[str]) -> None:
    """Put what was *chosen* into the vault; the rest of it is gone."""
    if not waiting.waits:
        return
    waiting.waits = False
    _put_answers(desk, waiting, chosen)
    for id_, text in waiting.fields.items():
        if f"{FIELD}{id_}" in chosen:
            desk.vault.put_field(id_, beside_kept(desk, id_, text))
    for id_, text in waiting.marked.items() if MARKED in chosen else ():
        desk.vault.put_field(id_, text)
    for page, task, state in waiting.ticks if TICKS in chosen else ():
        desk.vault.put_tick(page, task, state)


def _put_answers(desk: Desk, waiting: Meanwhile, chosen: Collection[str]) -> None:
    """The answers that were chosen; with any, the pages passed on the way to them."""
    wanted = {f: x for f, x in waiting.answers.items() if f"{ANSWER}{f}" in chosen}
    there = desk.vault.answers()
    passed = {f: x for f, x in waiting.passed.items() if f not in there}
    for fact, (value, at) in (wanted | passed if wanted else {}).items():
        desk.vault.put_answer(fact, value, at)
