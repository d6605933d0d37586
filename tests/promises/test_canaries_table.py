"""The promise: no blank of the guide is without a canary, and none is left behind.

The blanks are counted in the guide itself: every field of every letter and form,
every step of every record, every screen with a line to type on. A new one that no
canary was typed into fails here.
"""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions import places
from guide.actions.desk import keep_nothing
from guide.actions.journey import Journey
from guide.actions.notes import CONTACT, EVIDENCE, INCIDENT, Notes
from guide.actions.places import steps as all_steps
from guide.actions.places.place import Stay
from guide.actions.places.steps import StepKind, steps_of
from guide.actions.places.writing_down import LookPlace, StepPlace, Writing
from guide.actions.writing import draft, fill
from guide.model.content import AnswerKind, Field, FieldKind, Letter
from guide.model.problems import GuideError
from tests.content.filled_letters import library
from tests.plain.talking import a_desk
from tests.promises.canaries import DAY, PASSPHRASE, canary
from tests.promises.canary_login import all_kept, assert_no_canary_on_disk, make_login
from tests.promises.typed_places import WAYS, Typist
from tests.vault.keeping_desk import kept_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="as the other canaries")
ELSEWHERE = {
    "flow.FlowPlace": "no question of the guide is typed: see the test of that",
    "vault_damaged.DamagedPlace": "asks for the passphrase, as the door does",
    "vault_keys.SpareKeysPlace": "asks for the passphrase, as the door does",
    "library.WordsPlace": "looks a word up in what others wrote, as the search does",
}
# A function that makes the sheet of one screen, and which that is.
MADE_BY = {"_line": "LinePlace"}
_LETTERS = [x for x in library().letters.values() if x.fields]


@pytest.fixture
def login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    made = make_login(tmp_path, monkeypatch, "typed_app.py")
    mail = next((made / "given").glob("*.eml")).read_text("utf-8")
    one = f"From - Tue Nov  3 10:15:04 2026\n{mail}\n"
    (made / "asked" / "many.mbox").write_text(one * 2)
    yield made
    monkeypatch.undo()
    time.tzset()


def word_for(field: Field, letter: Letter) -> str:
    """A canary of the kind that the field takes; a new kind has to be decided on."""
    word = canary(f"{letter.id}-{field.id}")
    match field.kind:
        case FieldKind.TEXT:
            return word
        case FieldKind.LONG:
            return f"{word}\n\n{word} again"
        case FieldKind.EMAIL:
            return f"{word}@example.com"
        case FieldKind.DATE:
            return DAY
        case FieldKind.YESNO:
            return "yes"
        case FieldKind.LIST:
            raise AssertionError("a list is read from a message, and is never typed")


def test_every_blank_of_every_letter(login: Path) -> None:
    """Typed one after another at one vault; each is kept, and none is readable."""
    desk = kept_at(a_desk(), login / "notes", PASSPHRASE)
    typed: dict[str, str] = {}
    for letter in _LETTERS:
        free = replace(letter, gate="", once=False)
        for field in letter.fields:
            if field.from_message:
                continue
            typed[field.id] = word_for(field, letter)
            fill(desk, free, field.id, typed[field.id])
        draft(desk, free)
    desk.close()
    kept = all_kept(login / "notes")
    assert [word for word in typed.values() if repr(word)[1:-1] not in kept] == []
    assert {f.kind for x in _LETTERS for f in x.fields} == set(FieldKind)
    assert_no_canary_on_disk(login)


def test_only_a_list_is_never_typed() -> None:
    """What is read from a message is a canary in the mail that is opened."""
    lists = [f for x in _LETTERS for f in x.fields if f.kind is FieldKind.LIST]
    assert lists
    assert all(each.from_message for each in lists)


@pytest.mark.parametrize("kind", [INCIDENT, CONTACT, EVIDENCE])
def test_every_step_of_every_record(login: Path, kind: str) -> None:
    desk = kept_at(a_desk(), login / "notes", PASSPHRASE)
    steps = steps_of(kind)
    journey = Journey(desk)
    writing = Writing(desk=desk, trail="", keep=lambda _notes, _why: Stay())
    journey._places.append(StepPlace(writing, Notes(kind=kind, step=steps[0].id)))
    for step in steps:
        place = journey.place
        assert isinstance(place, StepPlace)
        assert place.step.id == step.id
        say_at(journey, canary(f"{kind}-{step.id}"), step.kind)
    assert isinstance(journey.place, LookPlace)
    shown = repr(journey.sheet())
    desk.close()
    for step in steps:
        if step.kind not in (StepKind.WHEN, StepKind.DAY):
            assert canary(f"{kind}-{step.id}") in shown
    assert_no_canary_on_disk(login)


def say_at(journey: Journey, word: str, kind: StepKind) -> None:
    """Words that are no time are refused; then a time is typed."""
    journey.typing(f"{word}.")
    match kind:
        case StepKind.WHEN | StepKind.DAY:
            with pytest.raises(GuideError):
                journey.typed(word)
            journey.typed("2026-11-03 22:10" if kind is StepKind.WHEN else "in 4 weeks")
            journey.choose(journey.sheet().rows[0].value)
        case _:
            journey.typed(word)


def test_no_kind_of_record_is_left_out() -> None:
    tree = ast.parse(Path(all_steps.__file__).read_text("utf-8"))
    tables = [each for each in ast.walk(tree) if isinstance(each, ast.Dict)]
    names = {key.id for x in tables for key in x.keys if isinstance(key, ast.Name)}
    assert names == {"INCIDENT", "CONTACT", "EVIDENCE"}


def with_a_line() -> set[str]:
    """Every class of screen that asks for a line, as the sources have it."""
    found: set[str] = set()
    for path in Path(places.__path__[0]).glob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and _asks(node):
                found.add(f"{path.stem}.{MADE_BY.get(node.name, node.name)}")
    return found


def _asks(node: ast.AST) -> bool:
    calls = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return any(isinstance(each, ast.Name) and each.id == "Ask" for each in calls)


def test_every_screen_with_a_line(login: Path) -> None:
    """A canary is typed on each, in its own way there; then the vault is searched."""
    desk = kept_at(a_desk(), login / "notes", PASSPHRASE)
    on, said = {"writing_down.StepPlace"}, 0
    for way in WAYS:
        typist = Typist(Journey(desk), login)
        way(typist)
        desk = typist.journey.desk
        on |= typist.on
        said += len(typist.said)
    desk.close()
    on |= making_and_recovering(login)
    assert with_a_line() - on - ELSEWHERE.keys() == set()
    assert on >= {"vault_door.DoorPlace", "search.SearchPlace"}
    assert said > len(on)
    for path in (login / "asked").rglob("*"):  # what is only for the reader
        assert path.is_dir() or canary("case-note").encode() not in path.read_bytes()
    assert_no_canary_on_disk(login)


def making_and_recovering(login: Path) -> set[str]:
    """A vault that is made screen by screen, found again, and opened by words."""
    new = login / "copy" / "new"
    typist = Typist(Journey(replace(keep_nothing(), chosen_folder=str(new))), login)
    own = f"{canary('own')} under thirteen moons"
    typist.journey.open("keep")
    typist.ways("next", "own")
    for text in (own, own, str(new)):
        typist.type(text)
    typist.journey.desk.close()
    again = Typist(Journey(replace(keep_nothing(), chosen_folder=str(new))), login)
    again.journey.open("keep")
    again.type()
    again.ways("words")
    again.type()
    return typist.on | again.on


def test_no_question_of_the_guide_is_typed() -> None:
    """One that was would need a canary here, as its answer is kept."""
    questions = [page.question for page in library().pages.values() if page.question]
    kinds = {each.kind for each in questions}
    assert kinds == {AnswerKind.ONE, AnswerKind.MANY}
