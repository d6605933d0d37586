"""Something long: how far it is, how it is stopped, and what it leads to."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.journey import Journey
from guide.actions.keeping import open_vault_desk
from guide.actions.places.place import Place
from guide.actions.working import Work
from guide.model.problems import BusyError, GuideError, LockedError
from guide.model.sheet import Ask, Meter
from guide.vault.problems import StoppedError
from tests.plain.talking import a_desk
from tests.vault.keeping_desk import WORDS, Clocks, kept_at
from tests.vault.working_desk import (
    NAME,
    Beginning,
    Ended,
    keeping,
    large_file,
    sealed_names,
)

LONG = 30.0  # seconds; nothing here takes that long


class Steps:
    """Something long that goes on when the test lets it."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.threads: list[threading.Thread] = []

    def do(self, work: Work) -> Place:
        self.threads.append(threading.current_thread())
        work.progress(3, 10)
        while not self.go.wait(0.01):
            if work.stopped():
                raise StoppedError
        work.say("The last part")
        return Ended()


@pytest.fixture
def steps() -> Iterator[Steps]:
    made = Steps()
    yield made
    made.go.set()


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Journey]:
    """At a real vault; its clocks stand still."""
    begun = Journey(kept_at(a_desk(), tmp_path / "notes"))
    yield begun
    if begun.work is not None:
        begun.work.stop()
        begun.work.wait(LONG)
    begun.desk.close()


def begin(journey: Journey, work: Work, *, instead: bool = False) -> Work:
    """*work* begun from a screen, and started as a front end starts it."""
    journey._places.append(Beginning(lambda: work, instead=instead))
    journey.choose("begin")
    assert journey.work is work
    work.start()
    return work


def failing(error: BaseException) -> Work:
    def do(_work: Work) -> Place:
        raise error

    return Work("Failing", do)


def type_and_wait(journey: Journey, text: str) -> None:
    journey.typed(text)
    assert journey.work is not None
    journey.work.start()
    assert journey.work.wait(LONG)


def line(journey: Journey) -> str:
    """What stands on the line that is typed on."""
    sheet = journey.sheet()
    assert sheet.ask is not None
    return sheet.ask.value


@pytest.mark.parametrize(
    ("meter", "percent"),
    [
        pytest.param(Meter(), 0, id="nothing known"),
        pytest.param(Meter(done=0, total=10), 0, id="begun"),
        pytest.param(Meter(done=5, total=10), 50, id="half"),
        pytest.param(Meter(done=999_999, total=1_000_000), 99, id="nearly"),
        pytest.param(Meter(done=10, total=10), 100, id="done"),
        pytest.param(Meter(done=12, total=10), 100, id="more than all"),
        pytest.param(Meter(done=-1, total=10), 0, id="less than nothing"),
    ],
)
def test_a_meter_says_100_only_at_the_end(meter: Meter, percent: int) -> None:
    assert meter.percent == percent


def test_it_runs_beside_whoever_started_it_and_only_once(steps: Steps) -> None:
    work = Work("Something", steps.do)
    work.start()
    work.start()
    assert not work.wait(0.05)
    assert work.meter == Meter(done=3, total=10)
    steps.go.set()
    assert work.wait(LONG)
    assert work.words == "The last part"
    assert isinstance(work.outcome(), Ended)
    (thread,) = steps.threads
    assert thread is not threading.current_thread()


def test_an_outcome_asked_for_too_early_is_refused(steps: Steps) -> None:
    with pytest.raises(BusyError):
        Work("Something", steps.do).outcome()


def test_it_shows_how_far_it_is_and_then_what_it_leads_to(
    journey: Journey, steps: Steps
) -> None:
    work = begin(journey, Work("Reading\x1b[31m", steps.do))
    while not work.meter.done:
        time.sleep(0.01)
    sheet = journey.sheet()
    assert (sheet.name, sheet.meter) == ("working", Meter(done=3, total=10))
    assert "\x1b" not in sheet.blocks[0].text
    assert [row.text for row in sheet.rows] == ["Stop"]
    assert journey.busy
    assert not journey.follow_work()
    steps.go.set()
    work.wait(LONG)
    assert journey.follow_work()
    assert journey.sheet().name == "ended"
    assert not journey.busy
    assert journey.back()
    assert journey.sheet().name == "beginning"


def test_what_it_leads_to_can_take_the_place_of_where_it_began(
    journey: Journey, steps: Steps
) -> None:
    steps.go.set()
    begin(journey, Work("Reading", steps.do), instead=True).wait(LONG)
    assert journey.follow_work()
    assert journey.back()
    assert journey.sheet().name == journey.desk.library.start


@pytest.mark.parametrize("way", ["stop", "back"])
def test_stop_and_back_both_stop_and_are_said_where_it_began(
    journey: Journey, steps: Steps, way: str
) -> None:
    work = begin(journey, Work("Reading", steps.do))
    if way == "back":
        assert journey.back()
    else:
        journey.choose("stop")
    assert journey.sheet().name == "working"  # until it has really ended
    assert journey.sheet().rows == ()
    assert work.wait(LONG)
    with pytest.raises(StoppedError):
        journey.follow_work()
    assert journey.sheet().name == "beginning"
    assert journey.work is None


def test_an_error_is_raised_on_the_screen_beneath(journey: Journey) -> None:
    begin(journey, failing(GuideError("This went wrong.", "Do that."))).wait(LONG)
    with pytest.raises(GuideError, match=r"This went wrong\. Do that\."):
        journey.follow_work()
    assert journey.sheet().name == "beginning"


def test_what_came_to_nothing_can_be_mended_on_the_line(journey: Journey) -> None:
    """Nobody types a long path twice because of one wrong letter in it."""
    works = [
        failing(GuideError("No.", "Do that.")),
        Work("Good", lambda _work: Ended()),
    ]
    place = Beginning(lambda: works[0], ask=Ask(label="Where to?", value="/first"))
    journey._places.append(place)
    assert line(journey) == "/first"
    type_and_wait(journey, "/a/lonk/path")
    with pytest.raises(GuideError):
        journey.follow_work()
    assert line(journey) == "/a/lonk/path"
    del works[0]
    type_and_wait(journey, "/a/long/path")
    assert journey.follow_work()
    journey.back()
    assert line(journey) == "/first"


@pytest.mark.parametrize("secret", [True, False])
def test_a_secret_or_locked_line_is_empty_again(
    journey: Journey, *, secret: bool
) -> None:
    ask = Ask(label="Passphrase", secret=secret)
    journey._places.append(
        Beginning(lambda: failing(GuideError("No.", "Again.")), ask=ask)
    )
    type_and_wait(journey, "zebra")
    with pytest.raises(GuideError):
        journey.follow_work()
    assert (line(journey) == "") is secret
    journey.lock()
    assert line(journey) == ""
    assert "zebra" not in repr(vars(journey))


def test_a_fault_is_raised_as_it_was(journey: Journey) -> None:
    """Where it was stays known, so that a crash report can say it."""
    fault = KeyError("zebra")
    begin(journey, failing(fault)).wait(LONG)
    with pytest.raises(KeyError) as raised:
        journey.follow_work()
    assert raised.value is fault
    names = [entry.name for entry in raised.traceback]
    assert "do" in names


@pytest.mark.parametrize(
    "target",
    ["home", "plan", "incidents", "review", "letters", "page:l-this-guide", "keep"],
)
def test_nothing_that_asks_the_vault_opens_meanwhile(
    journey: Journey, steps: Steps, target: str
) -> None:
    begin(journey, Work("Reading", steps.do))
    with pytest.raises(BusyError):
        journey.open(target)
    assert journey.sheet().name == "working"


@pytest.mark.parametrize("target", ["help-lines", "keys", "commands", "why"])
def test_help_opens_over_it_and_the_outcome_waits_beneath(
    journey: Journey, steps: Steps, target: str
) -> None:
    """Whoever reads a number to call is not taken away from it."""
    work = begin(journey, Work("Reading", steps.do))
    journey.open(target)
    shown = journey.sheet().name
    steps.go.set()
    work.wait(LONG)
    assert not journey.follow_work()
    assert journey.sheet().name == shown
    assert journey.back()
    assert journey.follow_work()
    assert journey.sheet().name == "ended"


def test_idle_time_does_not_count_while_it_works(tmp_path: Path, steps: Steps) -> None:
    clocks = Clocks()
    desk = kept_at(replace(a_desk(), now=clocks.now), tmp_path / "notes")
    journey = Journey(desk, idling=clocks.idling())
    work = begin(journey, Work("Reading", steps.do))
    for _look in range(4):
        clocks.pass_(4)
        assert not journey.lock_if_idle()
    steps.go.set()
    work.wait(LONG)
    assert journey.follow_work()
    clocks.pass_(4)
    assert not journey.lock_if_idle()  # it counts from the end
    clocks.pass_(2)
    assert journey.lock_if_idle()
    assert journey.is_shut


def test_locking_hides_at_once_and_closes_when_it_has_ended(
    journey: Journey, tmp_path: Path
) -> None:
    """A work that takes its time to stop: nothing is shown, and nothing is closed."""
    end = threading.Event()

    def do(work: Work) -> Place:
        while not end.wait(0.01):
            pass
        journey_desk.vault.put_field("my_name", "late")  # the database is still there
        return Ended()

    journey_desk = journey.desk
    work = begin(journey, Work(f"Keeping {NAME}", do))
    journey.open("lock")
    assert work.stopped()
    assert journey.is_shut
    assert not journey.desk.saving
    assert NAME not in repr(journey.sheet())
    assert not journey.follow_work()
    for target in ("home", "lock", "keys"):
        with pytest.raises(LockedError):
            journey.open(target)
    journey.open("help-lines")
    end.set()
    assert work.wait(LONG)
    assert journey.follow_work()
    assert journey.sheet().name == "help-lines"
    journey.back()
    assert journey.sheet().name == "locked"
    again = open_vault_desk(a_desk(), tmp_path / "notes", WORDS)
    assert again.vault.fields() == {"my_name": "late"}
    again.close()


def test_a_fault_while_it_locks_is_told_after_all_is_shut(
    journey: Journey, tmp_path: Path
) -> None:
    end = threading.Event()

    def do(_work: Work) -> Place:
        end.wait(LONG)
        raise KeyError("zebra")

    work = begin(journey, Work("Reading", do))
    journey.open("lock")
    end.set()
    work.wait(LONG)
    with pytest.raises(KeyError):
        journey.follow_work()
    assert journey.sheet().name == "locked"
    open_vault_desk(a_desk(), tmp_path / "notes", WORDS).close()


def test_a_large_file_is_kept_beside_the_screen(
    journey: Journey, tmp_path: Path
) -> None:
    """By the real protocol; what is half done is seen on the way."""
    path = large_file(tmp_path)
    work = begin(journey, keeping(journey.desk, path))
    seen = set()
    while not work.wait(0.005):
        sheet = journey.sheet()
        assert sheet.meter
        seen.add(sheet.meter.percent)
    assert len(seen) > 3
    assert journey.follow_work()
    assert journey.sheet().name == "ended"
    (kept,) = journey.desk.vault.evidence_list()
    assert sealed_names(tmp_path / "notes") == [f"{kept.id}.age", f"{kept.id}.m.age"]


@pytest.mark.parametrize("way", ["stop", "lock"])
@pytest.mark.parametrize("percent", [5, 60, 95])
def test_a_file_that_is_stopped_leaves_nothing(
    journey: Journey, tmp_path: Path, way: str, percent: int
) -> None:
    """While it is sealed, or while it is read back."""
    path = large_file(tmp_path)
    before = path.read_bytes()
    work = begin(journey, keeping(journey.desk, path, waits_at=percent))
    while work.meter.percent < percent:
        assert not work.wait(0.01)
    if way == "lock":
        journey.open("lock")
    else:
        journey.choose("stop")
    assert work.wait(LONG)
    if way == "lock":
        assert journey.follow_work()
        assert journey.sheet().name == "locked"
        journey.typed(WORDS)
    else:
        with pytest.raises(StoppedError):
            journey.follow_work()
    assert journey.desk.vault.evidence_ids() == ()
    assert sealed_names(tmp_path / "notes") == []
    assert path.read_bytes() == before
