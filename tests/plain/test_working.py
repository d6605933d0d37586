"""Something long in plain mode: said calmly, stopped by a letter, locked like any."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.actions.places.place import Place
from guide.actions.working import Work
from guide.model.problems import GuideError
from guide.plain.session import Session
from guide.plain.talk import Talk
from guide.plain.waiting import Pace
from tests.plain.talking import a_desk, talk
from tests.vault.keeping_desk import WORDS, kept_at
from tests.vault.working_desk import (
    MEGABYTE,
    NAME,
    Beginning,
    Ended,
    keeping,
    large_file,
    sealed_names,
)

LONG = 30.0
LARGE = 160 * MEGABYTE
SOMEONE = "h"  # opens the help lines


class AtTerminal:
    """Answers what is asked from one list, and types *unasked* while it works."""

    def __init__(self, *asked: str, unasked: Callable[[], str]) -> None:
        self._asked = iter(asked)
        self._unasked = unasked
        self.lines: list[str] = []
        self.talk = Talk(self._ask, self.lines.append, listen=self._listen)

    def _ask(self, words: str) -> str:
        answer = next(self._asked, None)
        if answer is None:
            raise EOFError
        self.lines.append(words + answer)
        return answer

    def _listen(self, seconds: float) -> str:
        typed = self._unasked()
        if not typed:
            time.sleep(seconds / 10)
        return typed

    @property
    def heard(self) -> str:
        return "\n".join(self.lines)


def at_terminal(
    journey: Journey, *asked: str, unasked: Callable[[], str]
) -> AtTerminal:
    reader = AtTerminal(*asked, unasked=unasked)
    with suppress(EOFError):
        Session(journey, reader.talk).run()
    return reader


def once(typed: str, work: Work, percent: int) -> Callable[[], str]:
    """*typed* as soon as the work is that far, and nothing before or after."""
    left = [typed]

    def type_it() -> str:
        far = work.meter.percent >= percent
        return left.pop() if far and left else ""

    return type_it


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Journey]:
    begun = Journey(kept_at(a_desk(), tmp_path / "notes"))
    yield begun
    if begun.work is not None:
        begun.work.stop()
        begun.work.wait(LONG)
    begun.desk.close()


def beginning(journey: Journey, work: Work) -> Journey:
    journey._places.append(Beginning(lambda: work))
    return journey


def test_it_is_waited_for_where_nobody_can_type(
    journey: Journey, tmp_path: Path
) -> None:
    """Into a pipe: the next answer is for the screen that it leads to."""
    work = keeping(journey.desk, large_file(tmp_path, LARGE))
    reader = talk("1", "b", journey=beginning(journey, work))
    assert "Heading 1: Please wait" in reader.heard
    assert f"Keeping {NAME}" in reader.heard
    assert "Heading 1: It has ended" in reader.heard
    assert "Type s" not in reader.heard
    assert len(journey.desk.vault.evidence_ids()) == 1


def test_how_far_it_is_is_said(
    journey: Journey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pace, "LEAST", 0.0)
    work = keeping(journey.desk, large_file(tmp_path, LARGE))
    reader = talk("1", journey=beginning(journey, work))
    said = [line for line in reader.lines if line.endswith("% is done.")]
    assert 1 <= len(said) <= 10
    assert said == sorted(said, key=lambda line: int(line.split()[0]))


@pytest.mark.parametrize("sign", ["s", "S", "b", "1", "stop"])
def test_a_letter_stops_it_and_nothing_is_kept(
    journey: Journey, tmp_path: Path, sign: str
) -> None:
    work = keeping(journey.desk, large_file(tmp_path), waits_at=20)
    reader = at_terminal(beginning(journey, work), "1", unasked=once(sign, work, 20))
    assert "Type s and Enter to stop it" in reader.heard
    assert "It is being stopped." in reader.heard
    assert "Error: You stopped this." in reader.heard
    assert reader.heard.rstrip().endswith("1. Begin it")
    assert journey.desk.vault.evidence_ids() == ()
    assert sealed_names(tmp_path / "notes") == []


@pytest.mark.parametrize("sign", ["lock", "\x0c"])
def test_locking_stops_it_and_says_no_name_any_more(
    journey: Journey, tmp_path: Path, sign: str
) -> None:
    work = keeping(journey.desk, large_file(tmp_path), waits_at=60)
    unasked = once(sign, work, 60)
    reader = at_terminal(beginning(journey, work), "1", WORDS, unasked=unasked)
    after = reader.heard.partition("Heading 1: Locked")[2]
    assert after
    assert NAME not in after
    assert journey.desk.saving
    assert journey.desk.vault.evidence_ids() == ()
    assert sealed_names(tmp_path / "notes") == []


def test_leaving_does_not_wait_for_it(journey: Journey, tmp_path: Path) -> None:
    work = keeping(journey.desk, large_file(tmp_path), waits_at=20)
    at_terminal(beginning(journey, work), "1", unasked=once("q", work, 20))
    assert journey.left
    assert not work.finished


def test_help_lines_open_meanwhile_and_back_leads_to_it(journey: Journey) -> None:
    def do(work: Work) -> Place:
        work.progress(1, 2)
        while not work.stopped():
            time.sleep(0.01)
        return Ended()

    work = Work("Reading all of it", do)
    typed = iter([SOMEONE, "x", "s"])
    reader = at_terminal(
        beginning(journey, work), "1", "b", unasked=lambda: next(typed, "")
    )
    assert "Heading 1: Help lines" in reader.heard
    assert "Error: Something is still at work." in reader.heard
    assert "Heading 1: It has ended" in reader.heard


def test_an_error_is_said_before_the_screen_beneath(journey: Journey) -> None:
    def do(_work: Work) -> Place:
        time.sleep(0.5)  # long enough to be talked about
        raise GuideError("The disk is full.", "Make room on it.")

    reader = talk("1", journey=beginning(journey, Work("Reading", do)))
    error = reader.lines.index("Error: The disk is full. Make room on it.")
    assert "Heading 1: Where it begins" in reader.lines[error:]


def test_what_is_over_at_once_is_not_talked_about(journey: Journey) -> None:
    """And nothing that was typed ahead for the next screen is lost."""
    heard: list[float] = []

    def unasked() -> str:
        heard.append(time.monotonic())
        return "1"

    work = Work("Reading all of it", lambda _work: Ended())
    reader = at_terminal(beginning(journey, work), "1", "b", unasked=unasked)
    assert "Please wait" not in reader.heard
    assert "Heading 1: It has ended" in reader.heard
    assert heard == []


def test_a_fault_is_raised_as_it_was(journey: Journey) -> None:
    def do(_work: Work) -> Place:
        raise KeyError(NAME)

    with pytest.raises(KeyError):
        talk("1", journey=beginning(journey, Work("Reading", do)))


def test_the_end_of_what_is_typed_ends_no_work(
    journey: Journey, tmp_path: Path
) -> None:
    def nobody() -> str:
        raise EOFError

    work = keeping(journey.desk, large_file(tmp_path))
    reader = at_terminal(beginning(journey, work), "1", unasked=nobody)
    assert "Heading 1: It has ended" in reader.heard
    assert len(journey.desk.vault.evidence_ids()) == 1


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param([(1, 5), (2, 30), (3, 60)], [], id="too soon"),
        pytest.param([(5, 30), (6, 60), (10, 60)], [30, 60], id="every 5 s"),
        pytest.param([(5, 3), (10, 6), (15, 9), (20, 12)], [12], id="10 % more"),
        pytest.param([(10, 1), (29, 2), (30, 2), (61, 3)], [2, 3], id="still there"),
        pytest.param([(5, 90), (10, 10)], [90, 10], id="the next part begins"),
    ],
)
def test_it_speaks_seldom(at: list[tuple[float, int]], expected: list[int]) -> None:
    pace = Pace(0.0)
    assert [percent for now, percent in at if pace.is_time(percent, now)] == expected
