"""Damaged documents of every kind: no traceback, no second, no 256 MiB.

The readers run in a process of their own, see ``tests.fuzz.worker``. What is made
up here is always the same; ``python -m tests.fuzz`` makes up something new.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.__main__ import Run, fuzz
from tests.fuzz.held import Answer, Held
from tests.fuzz.mutation import LARGEST, Choose
from tests.fuzz.target import Target
from tests.fuzz.targets import FUZZED

EXAMPLES = 200


@st.composite
def cases(draw: st.DrawFn, target: Target) -> bytes:
    """A document that was whole, or bytes that never were one."""

    def choose(count: int) -> int:
        return draw(st.integers(0, count - 1))

    if choose(12) == 0:
        return draw(st.binary(max_size=3000))
    return target.case(choose)


@pytest.fixture(params=FUZZED)
def held(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Held]]:
    """One target, and the process that it runs in."""
    with Held(request.param, tmp_path) as process:
        yield request.param, process


def test_no_damaged_document_breaks_its_reader(held: tuple[str, Held]) -> None:
    """There is an answer in our own words, soon, and with little memory."""
    name, process = held

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases(FUZZED[name]))
    def check(case: bytes) -> None:
        answer = process.ask(case)
        assert answer.finding == "", f"{name}: {case[:2000]!r}"

    check()


def test_whole_documents_are_read(held: tuple[str, Held]) -> None:
    """What is damaged above begins as something that its reader takes."""
    name, process = held
    seeds = FUZZED[name].seeds()
    answers = [process.ask(seed) for seed in seeds]
    assert [answer.finding for answer in answers] == [""] * len(seeds)
    if name not in _ALWAYS_REFUSED:
        assert any(answer.refused == "" for answer in answers)


# A passphrase that fits none of the slots; a head is no passphrase, and vice versa.
_ALWAYS_REFUSED = ("vault.json", "typed secrets")


@pytest.mark.parametrize(
    ("case", "finding"),
    [
        pytest.param(b"", "", id="calm"),
        pytest.param(b"refuse", "", id="refused"),
        pytest.param(b"raise", "ZeroDivisionError", id="a traceback"),
        pytest.param(b"slow", "It took 1.", id="too slow"),
        pytest.param(b"large", "MemoryError", id="too large"),
        pytest.param(b"die", "The process ended: 9.", id="the end of the process"),
    ],
)
def test_what_counts_as_a_finding(tmp_path: Path, case: bytes, finding: str) -> None:
    """And the process is there for the next case, whatever the last one did."""
    with Held("faulty", tmp_path) as process:
        assert finding in process.ask(case).finding
        assert process.ask(b"refuse").refused == "ValueError: a calm word"
        assert bool(process.ask(case).finding) is bool(finding)


def test_memory_counts_where_it_was_given() -> None:
    """The most that was ever in use, also where the system knows no limit."""
    assert Answer(peak=300 << 20).finding == "It took 300 MiB."
    assert Answer(peak=200 << 20, seconds=0.9).finding == ""


def test_cases_stay_within_what_is_read_at_all() -> None:
    """A case larger than any reader takes would only show that it is refused."""
    chance = random.Random(1)  # noqa: S311  which damage, and no secret
    choose: Choose = chance.randrange
    made = [target.case(choose) for target in FUZZED.values() for _each in range(40)]
    assert max(map(len, made)) <= 4 * LARGEST
    assert len(set(made)) > len(made) // 2


def test_a_finding_is_written_down_once(tmp_path: Path) -> None:
    """The case as it is, and what it did in words, under one name."""
    with Held("faulty", tmp_path) as process:
        answer = process.ask(b"raise")
    run = Run(folder=tmp_path / "found")
    for case in (b"\xff a case", b"\xff another"):
        run.take("faulty", case, answer)
    (told,) = (tmp_path / "found").glob("*.txt")
    assert "ZeroDivisionError" in told.read_text("utf-8")
    assert told.with_suffix(".bin").read_bytes() == b"\xff a case"
    assert (run.findings, run.counts["faulty"].cases) == (1, 2)


def test_the_long_run_tells_what_it_did(tmp_path: Path) -> None:
    """A table with every target that had its turn, and the seed to do it again."""
    run = fuzz(["condition"], hours=0.0005, folder=tmp_path, seed=7)
    assert run.seed == 7
    assert run.counts["condition"].cases > 0
    assert "condition" in run.told()


@pytest.mark.long
def test_an_hour_of_other_cases(tmp_path: Path) -> None:
    """New ones each time; the seed is in what is printed."""
    run = fuzz(list(FUZZED), hours=1.0, folder=tmp_path / "found")
    assert run.findings == 0, f"{tmp_path / 'found'}: {run.told()}"
