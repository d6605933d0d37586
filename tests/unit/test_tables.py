"""Lists of the data files: what ships is right, and what is doubtful is left out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.library.tables import SHAPES, listed, read_table
from guide.model.contacts import Confidence
from guide.model.tables import Entry

FILES = Path(__file__).parents[2] / "content" / "data"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NAMES = sorted(SHAPES)


def shipped(name: str) -> dict[str, object]:
    return tomllib.loads((FILES / f"{name}.toml").read_text(encoding="utf-8"))


READ = {name: read_table(name, shipped(name)) for name in NAMES}
ENTRIES = [(name, entry) for name in NAMES for entry in READ[name][0]]


def entry_of(name: str, id_: str) -> Entry:
    (found,) = [entry for entry in READ[name][0] if entry.id == id_]
    return found


# What ships.


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_file_holds_no_problem(name: str) -> None:
    entries, problems = READ[name]
    assert problems == ()
    assert entries


@pytest.mark.parametrize(
    ("name", "entry"), ENTRIES, ids=[f"{name}-{entry.id}" for name, entry in ENTRIES]
)
def test_every_entry_says_when_where_and_how_far(name: str, entry: Entry) -> None:
    assert re.fullmatch(r"20\d\d-\d\d", entry.checked)
    assert re.fullmatch(r"facts \d+\.\d+(, \d+\.\d+)*", entry.source)
    assert entry.confidence in list(Confidence)


# Typed again from the sources, one by one, never copied from the files. A place that
# moves from "all" to "one" by a slip could make somebody commit a crime.
@pytest.mark.parametrize(
    ("id_", "rule"),
    [
        ("de", "all"),
        ("at", "all"),
        ("ch", "all"),
        ("fr", "all"),
        ("us-all", "all"),
        ("us-mixed", "mixed"),
        ("us-between", "mixed"),
        ("us-federal", "mixed"),
        ("au", "mixed"),
        ("gb", "one"),
        ("ca", "one"),
        ("nz", "one"),
        ("ie", "one"),
        ("eu-others", "one"),
        ("in-jp-br", "mixed"),
    ],
)
def test_the_rule_on_recording_is_the_right_one(id_: str, rule: str) -> None:
    assert entry_of("recording_law", id_).texts["rule"] == rule


def test_no_place_on_recording_is_unlooked_at() -> None:
    assert len(READ["recording_law"][0]) == 15


@pytest.mark.parametrize(
    "state",
    [
        *("California", "Delaware", "Florida", "Illinois", "Maryland"),
        *("Massachusetts", "Montana", "Nevada", "New Hampshire", "Pennsylvania"),
        "Washington",
    ],
)
def test_each_state_in_which_all_have_to_agree_is_named(state: str) -> None:
    assert state in entry_of("recording_law", "us-all").texts["law"]


@pytest.mark.parametrize(
    ("id_", "typed"),
    [
        ("mirc", "/ignore NAME"),
        ("irssi", "/ignore NAME!*@* ALL"),
        ("hexchat", "/ignore NAME!*@* ALL"),
        ("weechat", "/ignore add NAME"),
        ("element", "/ignore @NAME:SERVER"),
        ("twitch", "/block NAME"),
        ("games", "/ignore NAME"),
    ],
)
def test_the_command_is_exact(id_: str, typed: str) -> None:
    assert entry_of("chat_commands", id_).texts["ignore"] == typed


def test_no_command_has_brackets() -> None:
    """The document of 2007 lost its placeholder to them."""
    texts = [text for e in READ["chat_commands"][0] for text in e.texts.values()]
    assert [text for text in texts if re.search(r"[<>\[\]{}]", text)] == []


def test_no_mail_filter_deletes_bounces_or_answers() -> None:
    filters = [e.texts.get("filter", "") for e in READ["mail_services"][0]]
    assert [x for x in filters if re.search(r"delet|discard|trash|\bbin\b", x)] == []
    assert [x for x in filters if re.search(r"reject|bounce|reply|answer", x)] == []
    assert all("folder" in x or "label" in x for x in filters if x)


def test_nobody_is_sent_to_a_service_that_is_not_known_to_answer() -> None:
    for entry in READ["services"][0]:
        if entry.texts["status"] != "open":
            assert not {"web", "reach"} & entry.texts.keys(), entry.name


def test_the_route_for_minors_never_asks_for_a_copy() -> None:
    minor = [e for e in READ["removal_routes"][0] if e.texts["kind"] == "minor"]
    texts = " ".join(text for e in minor for text in e.texts.values())
    assert minor
    assert not re.search(r"upload|screenshot|attach|send (it|the)", texts)


def test_snapchat_warns_of_screenshots_and_x_of_public_posts() -> None:
    platforms = {e.id: e.texts for e in READ["platforms"][0]}
    assert "tells the sender" in platforms["snapchat"]["capture"]
    assert "public posts" in platforms["x"]["notices"]
    assert "export" in platforms["whatsapp"]["report"]


@pytest.mark.parametrize("name", NAMES)
def test_addresses_have_no_scheme_so_nothing_can_open_them(name: str) -> None:
    texts = [text for e in READ[name][0] for text in e.texts.values()]
    assert [text for text in texts if "://" in text or "www." in text] == []


# What is left out.

FINE: Mapping[str, object] = {
    "id": "one",
    "name": "One",
    "status": "open",
    "who": "Anyone.",
    "checked": "2026-11",
    "source": "facts 6.3",
    "confidence": "high",
}


def read_one(**changed: object) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """One service with some keys *changed*; None takes a key away."""
    entry = {k: v for k, v in {**FINE, **changed}.items() if v is not None}
    return read_table("services", {"service": [entry]})


def test_a_sound_entry_is_read_whole() -> None:
    entries, problems = read_one(note="First.", check_first=["note"])
    assert problems == ()
    assert entries == (
        Entry(
            id="one",
            name="One",
            texts={"who": "Anyone.", "note": "First.", "status": "open"},
            unsure=frozenset({"note"}),
            checked="2026-11",
            source="facts 6.3",
            confidence=Confidence.HIGH,
        ),
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"id": None},
        {"name": None},
        {"checked": None},
        {"checked": "November"},
        {"checked": "2026-13"},
        {"source": None},
        {"confidence": None},
        {"confidence": "low"},
        {"confidence": "sure"},
        {"status": None},
        {"status": "maybe"},
        {"who": None},
        {"who": 3},
        {"who": ["Anyone."]},
        {"check_first": "who"},
        {"check_first": ["web"]},
    ],
    ids=str,
)
def test_a_doubtful_entry_is_left_out_and_told(changed: dict[str, object]) -> None:
    entries, problems = read_one(**changed)
    assert entries == ()
    assert problems
    assert all(":" in problem for problem in problems)


def test_an_unknown_key_is_told_and_costs_nothing() -> None:
    entries, problems = read_one(notes="Slip.")
    assert len(entries) == 1
    assert problems == ("one: “notes” is not a known key. Did you mean “note”?",)


def test_the_second_of_two_with_one_id_is_left_out() -> None:
    entries, problems = read_table("services", {"service": [FINE, FINE]})
    assert len(entries) == 1
    assert "twice" in problems[0]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*FINE, "service", "check_first", "x"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@given(ANYTHING, st.sampled_from(NAMES))
def test_no_file_whatever_it_holds_is_raised_on(value: object, name: str) -> None:
    key = SHAPES[name].entries
    entries, problems = read_table(name, {key: value})
    assert problems or entries or not value
    assert listed(name, "", {name: {key: value}}) is not None
