"""Promise: the main routes, as anybody can read them, are what the guide says now."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from tests.plain.talking import a_desk
from tests.transcripts import HERE
from tests.transcripts.all_routes import ROUTES
from tests.transcripts.later_routes import R11
from tests.transcripts.routes import (
    NOTICE,
    PICTURES,
    R01,
    R02,
    R03,
    R04,
    begin,
    saved,
)
from tests.transcripts.walking import (
    OffTheRouteError,
    Route,
    Walked,
    transcript,
    walk,
)

AGAIN = (
    "What the guide says on this route has changed. Write the routes anew with"
    " `python3 -m tests.transcripts`, and read the difference before you keep it."
)


@cache
def walked(name: str) -> Walked:
    """The route of that name, taken now."""
    return walk(next(route for route in ROUTES if route.name == name), a_desk())


def missed(route: Route, pages: list[str]) -> list[str]:
    """The screens of the tree that did not come, in their order."""
    rest = iter(pages)
    return [page for page in route.tree if page not in rest]


every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)


def test_the_routes_are_those_of_the_tree() -> None:
    names = [f"R{number:02}" for number in range(1, 15)]
    assert [route.name for route in ROUTES] == names
    assert sorted(file.stem for file in HERE.glob("*.txt")) == names


@every_route
def test_a_route_reads_as_it_was_kept(route: Route) -> None:
    kept = (HERE / f"{route.name}.txt").read_text("utf-8")
    now = transcript(route, walked(route.name))
    assert kept.splitlines() == now.splitlines(), AGAIN


@every_route
def test_a_route_passes_the_screens_of_the_tree_in_their_order(route: Route) -> None:
    assert missed(route, walked(route.name).pages) == []


@every_route
def test_what_must_not_happen_on_a_route_does_not(route: Route) -> None:
    taken = walked(route.name)
    assert route.never & {*taken.offered(), *taken.pages} == set()


@every_route
def test_what_has_to_be_offered_on_a_route_is(route: Route) -> None:
    assert route.offers - walked(route.name).offered() == set()


@pytest.mark.parametrize("name", ["R01", "R04", "R05", "R06", "R09", "R12", "R14"])
def test_the_notice_is_among_what_must_not_happen(name: str) -> None:
    route = next(each for each in ROUTES if each.name == name)
    assert NOTICE in route.never


def test_the_notice_is_found_where_it_is_offered() -> None:
    """What looks for it finds it: on the one route that leads there."""
    assert NOTICE in walked(R02.name).offered()


@pytest.mark.parametrize("route", [R01, R04, R11], ids=lambda route: route.name)
def test_a_notice_that_is_asked_for_all_the_same_stays_closed(route: Route) -> None:
    """Its name is chosen from the list of letters: no blank, and other ways on."""
    last = walked(route.name).sheets[-1]
    assert (last.name, last.title, last.form) == ("closed", "No-contact notice", None)
    assert not any(row.value.startswith("letter:") for row in last.rows)


@pytest.mark.parametrize("route", [R04, R11], ids=lambda route: route.name)
def test_no_picture_of_a_child_is_kept_on_the_way(route: Route) -> None:
    assert route.never >= PICTURES
    stop = walked(route.name).pages.index("t-no-copy-minor")
    asked = walked(route.name).pages.index("q-image-age")
    assert stop == asked + 1


def test_what_looks_for_pictures_finds_them_for_an_adult() -> None:
    adult = "t-no-copy-minor" not in walked("R05").pages
    assert adult
    assert walked("R05").offered() & PICTURES
    assert "s-ev-intimate" in walked("R05").pages


def test_an_insult_that_became_a_threat_leads_to_help_and_the_police() -> None:
    """R3 with a threat: the same log and report, somebody trained first, the police."""
    script = (
        begin()
        + """
    q-kinds: chat threats
    q-who-is-it: stranger
    q-red-flags: none"""
        + saved("chat")
        + """
    h-plan: tell
    h-report: admin
    q-saved-chat: yes
    s-followup: next
    h-report: police
    q-police: yes"""
    )
    tree = ("s-talk-first", "h-plan", "s-ev-chat", "s-report-admin", "s-police-prep")
    route = replace(R03, script=script, tree=tree)
    taken = walk(route, a_desk())
    assert missed(route, taken.pages) == []
    assert NOTICE not in taken.offered()


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("home: messages\nq-kinds: messages", id="a screen that is not"),
        pytest.param("home: no-such-row", id="a row that is not"),
        pytest.param("home: !no such words\nhome: messages", id="an error is said"),
    ],
)
def test_a_walk_that_leaves_its_script_is_told(script: str) -> None:
    with pytest.raises(OffTheRouteError):
        walk(replace(R02, script=script), a_desk())


def test_another_order_of_screens_is_found() -> None:
    assert missed(replace(R02, tree=("h-report", "q-store")), ["q-store", "h-report"])
