"""Promise: the no-contact notice is open only to somebody it is safe enough for.

Every combination of answers is held against a second telling of the rule, in
``notice_oracle``. There are about 10^14 of them, so they are counted without being
visited one by one, and without leaving one out:

- Values that no comparison in the conditions and nothing in the oracle can tell
  apart are one class. The language of conditions is closed: a result can only come
  from its comparisons. Each class is tried with one value, and counts as many.
- The rule is asked with nothing answered. Whenever it looks at an answer that is not
  chosen yet, every class of that answer is tried in turn. What it never looked at
  cannot have changed its mind, so the rest counts as covered.

The sum of what each visit covers must be the number of all combinations.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations
from math import prod

import pytest

from guide.actions.desk import keep_nothing
from guide.actions.gates import why_closed
from guide.actions.places.letter_form import FinishPlace, FormPlace
from guide.interview import YES, with_derived
from guide.model.answers import parse_answer
from guide.model.conditions import Condition
from guide.model.content import AnswerKind, Library, Question
from guide.model.problems import InvalidAnswerError, LetterClosedError
from tests.promises.notice_oracle import JUDGED, Said, may_be_written, ticked, verdict
from tests.promises.wandering_reader import Reader

GATE, NOTICE = "notice_open", "no-contact-notice"
LIBRARY = keep_nothing().library


def depends_on(library: Library, name: str) -> set[str]:
    """Every fact that is asked and that *name* follows from, however far back."""
    if name not in library.derived:
        return {name}
    names = library.derived[name].names()
    return set().union(*(depends_on(library, each) for each in names))


def values_of(library: Library, fact: str) -> list[Said]:
    """Every answer to *fact*, with unanswered, "not sure" and skipped.

    A question that has no skip refuses one. Of many boxes: each alone, all of them,
    and every subset of those that any condition names, also with one that none names.
    """
    questions = list(_asking(library, fact))
    ids = list(dict.fromkeys(o.id for q in questions for o in q.options))
    words = [] if all(q.required for q in questions) else ["unsure", "skipped"]
    if questions[0].kind is not AnswerKind.MANY:
        return [None, *dict.fromkeys([*ids, *words])]
    boxes = [id_ for id_ in ids if id_ != "none"]
    named = [id_ for id_ in boxes if any(id_ in atom.split() for atom in atoms(fact))]
    other = [id_ for id_ in boxes if id_ not in named][:1]
    mixed = chain.from_iterable(
        combinations([*named, *other], size) for size in range(1, len(named) + 2)
    )
    alone = [(id_,) for id_ in (*boxes, "none", *words)]
    return [None, *dict.fromkeys([*mixed, *alone, tuple(boxes)])]


def _asking(library: Library, fact: str) -> Iterator[Question]:
    for page in library.pages.values():
        if page.question and page.fact == fact:
            yield page.question


def atoms(fact: str) -> list[str]:
    """Every comparison with *fact* in the conditions."""
    comparison = re.compile(rf"\b{fact} (?:is not|is|has) [a-z-]+")
    found = (comparison.findall(c.source) for c in LIBRARY.derived.values())
    return sorted({fact, *chain.from_iterable(found)})


def classes_of(library: Library, fact: str) -> list[tuple[Said, int]]:
    """One value for each class of *fact* that can be told apart, and its size."""
    tests = [Condition.parse(atom) for atom in atoms(fact)]
    classes: dict[object, list[Said]] = defaultdict(list)
    for value in values_of(library, fact):
        said = {} if value is None else {fact: value}
        shown = (value in ("adult", "none"), "images" in ticked(value))
        oracle = (verdict(fact, value), shown, value == "advised")
        classes[(oracle, *(test.holds(said) for test in tests))].append(value)
    return [(values[0], len(values)) for values in classes.values()]


class NotChosenError(Exception):
    """The rule looked at an answer that has not been chosen yet."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


@dataclass(frozen=True, slots=True)
class Chosen(Mapping[str, str | tuple[str, ...]]):
    """Some of the answers; a look at another one says which."""

    said: dict[str, Said]
    rules: Mapping[str, Condition]
    known: dict[str, bool] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str | tuple[str, ...]:
        value = self._value(name)
        if value is None:
            raise KeyError(name)
        return value

    def get(  # type: ignore[override]  # it is asked for one name, without a default
        self, name: str
    ) -> Said:
        return self._value(name)

    def _value(self, name: str) -> Said:
        rule = self.rules.get(name)
        if rule is not None:
            if name not in self.known:
                self.known[name] = rule.holds(self)
            return YES if self.known[name] else None
        if name not in self.said:
            raise NotChosenError(name)
        return self.said[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.said)

    def __len__(self) -> int:
        return len(self.said)


@dataclass(slots=True)
class Count:
    """What was visited, what that covers, and where the two rules differ."""

    classes: dict[str, list[tuple[Said, int]]]
    rules: Mapping[str, Condition]
    visits: int = 0
    covered: int = 0
    opened: int = 0
    differ: list[str] = field(default_factory=list)
    first: bool = False  # stop at the first one that is let through

    def visit(self, said: dict[str, Said], size: int) -> None:
        """Try everything that goes with *said*, which stands for *size* answers."""
        if self.first and any(each.startswith("open=True") for each in self.differ):
            return
        facts = Chosen(said, self.rules)
        try:
            found, wanted = GATE in facts, may_be_written(facts)
        except NotChosenError as missing:
            for value, many in self.classes[missing.fact]:
                self.visit({**said, missing.fact: value}, size * many)
            return
        self.visits += 1
        rest = (sum(n for _v, n in c) for f, c in self.classes.items() if f not in said)
        self.covered += size * prod(rest)
        self.opened += found
        if found is not wanted:
            self.differ.append(f"open={found}, may={wanted}: {said}")
        elif self.visits % 997 == 0 and self.rules is LIBRARY.derived:
            given = {fact: value for fact, value in said.items() if value is not None}
            assert (GATE in with_derived(LIBRARY, given)) is found


def test_the_gate_depends_on_nothing_that_the_oracle_does_not_judge() -> None:
    """A fact added to the rule has to be judged here as well."""
    judged = {*JUDGED, "media", "notice_advised"}
    assert depends_on(LIBRARY, GATE) == judged
    assert LIBRARY.letters[NOTICE].gate == GATE
    assert LIBRARY.letters[NOTICE].once
    assert LIBRARY.letters[NOTICE].audience == "person"


def test_no_combination_of_answers_opens_the_notice_against_the_oracle() -> None:
    """All of them: unanswered, each option, "not sure", skipped, any boxes."""
    facts = sorted(depends_on(LIBRARY, GATE))
    count = Count({f: classes_of(LIBRARY, f) for f in facts}, LIBRARY.derived)
    count.visit({}, 1)
    assert count.covered == prod(len(values_of(LIBRARY, fact)) for fact in facts)
    assert not count.differ[:5], f"{len(count.differ)} classes of answers differ"
    assert count.opened > 0
    print(f"{count.covered:.3g} combinations, {count.visits} visits")


@pytest.mark.parametrize(
    ("name", "weaker"),
    [
        pytest.param("minor", "age is minor", id="age not said"),
        pytest.param("unknown_sender", "relation is unknown", id="relation skipped"),
        pytest.param("extorted", "kinds has extortion", id="extortion said later"),
        pytest.param("mob", "kinds has mob", id="many people"),
        pytest.param(
            "notice_clear",
            "danger is no and red_flags has none and not red_flag and not notice_never",
            id="not wanted",
        ),
        pytest.param("image_unknown", "image_minor", id="age in pictures not said"),
        pytest.param("kinds_known", "kinds has any", id="kinds skipped"),
        pytest.param("red_flag", "red_flags has any", id="relation and danger"),
    ],
)
def test_a_weaker_rule_would_be_noticed(name: str, weaker: str) -> None:
    """The enumeration can fail: each of these lets somebody through."""
    facts = depends_on(LIBRARY, GATE)
    rules = {**LIBRARY.derived, name: Condition.parse(weaker)}
    count = Count({f: classes_of(LIBRARY, f) for f in facts}, rules, first=True)
    count.visit({}, 1)
    assert any(each.startswith("open=True") for each in count.differ)


@pytest.mark.parametrize("fact", sorted(depends_on(LIBRARY, GATE)))
def test_every_answer_to_what_the_gate_asks_is_tried(fact: str) -> None:
    """No option of a question is missing from the enumeration."""
    tried = {box for value in values_of(LIBRARY, fact) for box in ticked(value)}
    for question in _asking(LIBRARY, fact):
        assert {option.id for option in question.options} <= tried
        for word in ("unsure", "skipped"):
            if question.required and word not in tried:
                with pytest.raises(InvalidAnswerError):
                    parse_answer(question, word, {})
            else:
                assert word in tried


def live(reader: Reader) -> dict[str, Said]:
    """What the reader said last, without what cannot matter any more.

    Worked out apart from the guide: a question in the way to the plan always
    counts. The age in pictures counts while pictures are named, a demand while it is
    ticked, and advice while the notice was not cleared without it.
    """
    said: dict[str, Said] = dict(reader.desk.vault.answers())
    facts = reader.desk.facts()
    for fact in ("media", "remove", "still"):
        said[fact] = facts.get(fact)
    if "images" not in ticked(said.get("kinds")) | ticked(said["media"]):
        said["image_age"] = None
    if "extortion" not in ticked(said.get("kinds")):
        said["extortion"] = None
    return said


def test_no_walk_through_the_guide_opens_the_notice_against_the_oracle() -> None:
    """Whatever was answered, changed and taken back on the way: 30,000 steps."""
    opened = finished = steps = 0
    for seed in range(150):
        reader, was = Reader(seed), 0
        for _done in reader.wander(200):
            steps += 1
            said = {f: v for f, v in live(reader).items() if v is not None}
            is_open = GATE in reader.desk.facts()
            assert not is_open or may_be_written(said), reader.trail
            closed = why_closed(reader.desk, LIBRARY.letters[NOTICE])
            assert closed or is_open, reader.trail
            _holds_an_open_form(reader, closed=bool(closed))
            all_written = reader.desk.vault.letters()
            letters = [each for each in all_written if each.letter_id == NOTICE]
            assert len(letters) <= 1, reader.trail
            assert len(letters) == was or may_be_written(said), reader.trail
            opened, was = opened + is_open, len(letters)
        finished += was
    assert steps >= 30_000
    assert opened > 500, "the walks hardly ever open the notice"
    assert finished > 5, "the walks hardly ever finish it"
    print(f"{steps} steps, open at {opened}, {finished} notices finished")


def _holds_an_open_form(reader: Reader, *, closed: bool) -> None:
    """A form that is still on the screen shows nothing, and finishes nothing."""
    place = reader.journey.place
    if not isinstance(place, FormPlace | FinishPlace):
        return
    sheet, notice = place.sheet(), LIBRARY.letters[NOTICE].title
    if notice not in (sheet.title, *sheet.trail):
        return  # the form of another letter
    assert sheet.name == "closed" if closed else sheet.name in (NOTICE, "finish")
    if not closed:
        return
    if isinstance(place, FinishPlace):
        with pytest.raises(LetterClosedError):
            place.typed(reader.desk.vault.fields().get("their_contact", ""))
