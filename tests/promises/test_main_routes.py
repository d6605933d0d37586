"""Promise: the main routes of the decision tree, walked as they are written there."""

from __future__ import annotations

from guide.actions.answering import open_branch
from guide.actions.gates import why_closed
from guide.interview import offered
from tests.promises.scripted_reader import NOTICE_ID, STRANGER, Trip, set_out
from tests.promises.wandering_reader import LIBRARY, Clock, desk_at

EX = {**STRANGER, "device_seen": "unsure", "device_choice": "nosave"} | {
    "kinds": "messages threats",
    "relation": "partner",
    "red_flags": "threats",
}
TEEN = {**STRANGER, "age": "minor", "kinds": "images extortion"} | {
    "image_age": "minor",
    "extortion": "gang",
    "relation": "unknown",
}
START = ["home", "start-welcome", "q-danger-now", "q-device-safe", "q-who-you-are"]
SPINE = [*START, "s-not-your-fault", "q-age-target", "q-kinds"]
WHO = ["q-who-is-it", "q-red-flags"]
KEPT = ["s-ev-officials", "s-ev-copies", "h-plan"]


def branch(trip: Trip, option: str, script: dict[str, str]) -> list[str]:
    """The pages of one branch of the plan, in order."""
    trip.seen.clear()
    if trip.page != "h-plan":
        trip.here = open_branch(trip.desk, "", "h-plan")
    return trip.say(option).follow(script).seen


def test_route_1_a_former_partner_who_threatens() -> None:
    """R1: somebody trained first, proof quietly, and never a notice."""
    trip = set_out(desk_at(Clock())).follow(EX)
    spine = [*START[:4], "s-safer-device", *SPINE[4:], *WHO]
    assert trip.seen == [*spine, "s-talk-first", "h-plan"]
    said = {**EX, "store": "drive", "media": "email", "hacked": "yes"}
    said |= {"will_notice": "yes", "block": "keep", "saved_first": "yes"}
    said |= {"notice_before": "no", "notice_want": "yes", "notice_safe": "none"}
    saved = ["q-store", "s-store", "s-log", "q-media", "s-ev-email", *KEPT]
    assert branch(trip, "evidence", said) == saved
    locked = ["q-hacked", "q-will-notice", "s-talk-first", "h-plan"]
    assert branch(trip, "lock-down", said) == locked
    hidden = ["q-block", "q-saved-first", "s-filter-mail", "s-people-around"]
    assert branch(trip, "cut-off", said) == [*hidden, "h-plan"]
    asked = ["q-notice-before", "q-notice-want", "q-notice-safe", "s-notice-not-now"]
    assert branch(trip, "notice", said) == asked
    assert why_closed(trip.desk, LIBRARY.letters[NOTICE_ID])


def test_route_2_a_stranger_who_writes_emails() -> None:
    """R2: proof, one notice, silence, the provider, the police."""
    said = {**STRANGER, "store": "drive", "media": "email", "notice_before": "no"}
    said |= {"notice_want": "yes", "notice_safe": "none", "still": "yes"}
    said |= {"provider": "mail", "saved_report": "yes", "police": "yes"}
    trip = set_out(desk_at(Clock())).follow(said)
    assert trip.seen == [*SPINE, *WHO, "h-plan"]
    saved = ["q-store", "s-store", "s-log", "q-media", "s-ev-email", *KEPT]
    assert branch(trip, "evidence", said) == saved
    asked = ["q-notice-before", "q-notice-want", "q-notice-safe", "s-notice-write"]
    sent = ["s-notice-send", "s-notice-after", "s-silence", "q-still", "h-report"]
    assert branch(trip, "notice", said) == [*asked, *sent]
    trip.seen.clear()
    told = ["q-provider", "q-saved-report", "s-find-isp", "s-isp-letter", "s-followup"]
    assert trip.say("provider").follow(said).seen == [*told, "h-report"]
    trip.seen.clear()
    police = ["q-police", "s-police-prep", "s-police-go"]
    assert trip.say("police").follow(said).seen[:3] == police


def test_route_3_an_insult_in_a_chat_room() -> None:
    """R3: the log first, then ignore, then the people who run it."""
    said = {**STRANGER, "kinds": "chat", "store": "drive", "media": "chat"}
    said |= {"block": "stop", "saved_first": "yes", "saved_chat": "yes"}
    trip = set_out(desk_at(Clock())).follow(said)
    assert branch(trip, "evidence", said)[4:] == ["s-ev-chat", *KEPT]
    assert branch(trip, "cut-off", said)[2:] == [
        *("s-block-chat", "s-people-around", "h-plan")
    ]
    branch(trip, "tell", said)
    assert trip.say("admin").follow(said).seen[1:4] == [
        *("q-saved-chat", "s-report-admin", "s-followup")
    ]


def test_route_4_a_young_person_who_is_blackmailed() -> None:
    """R4: first the stop, then the demand; no copy and no notice on any way."""
    trip = set_out(desk_at(Clock())).follow(TEEN)
    spine = [*SPINE[:-1], "s-minor-first", "q-kinds", "q-image-age"]
    demand = ["t-no-copy-minor", "q-extortion", "s-extort-now"]
    assert trip.seen == [*spine, *demand, *WHO, "h-plan"]
    said = {**TEEN, "store": "drive", "media": "images social", "notice_before": "no"}
    said |= {"notice_want": "yes", "notice_safe": "none"}
    saved = branch(trip, "evidence", said)
    assert saved[3:] == ["q-media", "q-image-saved", "s-ev-social", *KEPT]
    assert branch(trip, "notice", said)[-1] == "s-notice-not-now"
    assert why_closed(trip.desk, LIBRARY.letters[NOTICE_ID])


def test_route_8_somebody_who_does_not_trust_the_police() -> None:
    """R8: an advocate instead, and everything else stays open."""
    said = {**STRANGER, "police": "no"}
    trip = set_out(desk_at(Clock())).follow(said)
    branch(trip, "tell", said)
    assert trip.say("police").follow(said).seen == [
        *("h-report", "q-police", "s-advocate-first", "h-report")
    ]
    others = {o.id for o in offered(trip.here.page, trip.desk.facts())} - {"police"}
    assert others == {"advocate", "provider", "admin", "court", "work", "school"}


def test_route_11_a_picture_found_by_chance() -> None:
    """R11: the stop with its reporting lines, then who it is, then the plan."""
    said = {**STRANGER, "kinds": "messages images", "image_age": "minor"}
    trip = set_out(desk_at(Clock())).follow(said)
    asked = [*SPINE, "q-image-age", "t-no-copy-minor", *WHO, "h-plan"]
    assert trip.seen == asked
    assert "no-copy" in {o.id for o in offered(trip.here.page, trip.desk.facts())}
    assert branch(trip, "no-copy", said) == ["t-no-copy-minor", "h-plan"]


def test_route_13_somebody_who_has_paid() -> None:
    """R13."""
    said = {**STRANGER, "kinds": "extortion", "extortion": "paid"}
    trip = set_out(desk_at(Clock())).follow(said)
    paid = ["q-extortion", "s-extort-paid", "s-extort-now"]
    assert trip.seen == [*SPINE, *paid, *WHO, "h-plan"]
