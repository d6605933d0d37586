"""Promise: the main routes of the decision tree, walked as they are written there."""

from __future__ import annotations

from guide.actions.answering import open_branch
from guide.actions.gates import why_closed
from guide.actions.places.flow import FlowPlace
from guide.interview import offered
from guide.model.progress import Position
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


def offers(trip: Trip, page: str) -> set[str]:
    """Everything that can be chosen on *page* by this reader."""
    here = Position(page=trip.desk.library.pages[page], stepping=True)
    return {row.value for row in FlowPlace(trip.desk, here).sheet().rows}


def test_route_5_a_picture_posted_by_a_former_partner() -> None:
    """R5: proof without the picture, somebody trained, removal; police is a choice."""
    said = {**STRANGER, "kinds": "images", "image_age": "adult", "relation": "partner"}
    trip = set_out(desk_at(Clock())).follow(said)
    asked = [*SPINE, "q-image-age", *WHO, "s-talk-first", "h-plan"]
    assert trip.seen == asked
    said |= {"store": "drive", "media": "images", "remove": "intimate"}
    said |= {"saved_remove": "yes", "police": "yes"}
    assert branch(trip, "evidence", said)[3:] == [
        *("q-media", "q-image-saved", "s-ev-intimate", *KEPT)
    ]
    taken_down = ["q-remove", "q-saved-remove", "s-remove-ncii", "s-remove-search"]
    assert branch(trip, "remove", said) == [*taken_down, "h-plan"]
    assert "letter:intimate-image-removal" in offers(trip, "s-remove-ncii")
    branch(trip, "tell", said)
    assert trip.say("police").follow(said).seen[1:4] == [
        *("q-police", "s-police-prep", "s-police-go")
    ]
    assert trip.say("court").page == "s-court"
    assert why_closed(trip.desk, LIBRARY.letters[NOTICE_ID])


def test_route_5_of_a_picture_whose_age_is_not_sure() -> None:
    """R5: not sure of the age is the careful way; nothing asks for a removal."""
    said = {**STRANGER, "kinds": "images", "image_age": "unsure"}
    trip = set_out(desk_at(Clock())).follow(said)
    assert trip.seen[len(SPINE) :][:2] == ["q-image-age", "t-no-copy-minor"]
    said |= {"remove": "intimate", "saved_remove": "yes"}
    assert branch(trip, "remove", said)[:3] == [
        *("q-remove", "q-saved-remove", "t-no-copy-minor")
    ]
    assert why_closed(trip.desk, LIBRARY.letters["intimate-image-removal"])


def test_route_6_a_crowd_with_an_address() -> None:
    """R6: proof, the address, the employer, the name; and no notice to a crowd."""
    said = {**STRANGER, "kinds": "mob doxxing", "relation": "many", "store": "drive"}
    said |= {"media": "social", "remove": "personal", "saved_remove": "yes"}
    trip = set_out(desk_at(Clock())).follow(said)
    assert trip.seen == [*SPINE, *WHO, "h-plan"]
    assert branch(trip, "evidence", said)[4:] == ["s-ev-social", *KEPT]
    out = ["q-remove", "q-saved-remove", "s-doxx", "s-name-watch", "h-plan"]
    assert branch(trip, "remove", said) == out
    assert "page:s-employer" in offers(trip, "s-doxx")
    said |= {"notice_before": "no", "notice_want": "yes", "notice_safe": "none"}
    said |= {"notice_advised": "continue"}
    asked = ["q-notice-before", "q-notice-want", "q-notice-safe", "s-notice-not-now"]
    assert branch(trip, "notice", said)[:4] == asked
    assert "advised" not in offers(trip, "s-notice-not-now")
    assert why_closed(trip.desk, LIBRARY.letters[NOTICE_ID])


def test_route_7_an_account_that_pretends() -> None:
    """R7: saved first, then reported, and word to the reader's own contacts."""
    said = {**STRANGER, "kinds": "impostor", "store": "drive", "media": "impostor"}
    said |= {"remove": "impostor", "saved_remove": "yes"}
    said |= {"block": "stop", "saved_first": "yes"}
    trip = set_out(desk_at(Clock())).follow(said)
    assert branch(trip, "evidence", said)[4:] == ["s-ev-impostor", *KEPT]
    told = ["q-remove", "q-saved-remove", "s-report-platform", "s-followup", "h-plan"]
    assert branch(trip, "remove", said) == told
    assert branch(trip, "cut-off", said) == [
        *("q-block", "q-saved-first", "s-block-social", "s-people-around", "h-plan")
    ]
    assert "letter:contacts-message" in offers(trip, "s-people-around")


def test_route_7_of_somebody_who_has_not_saved_it() -> None:
    """R7: before a report comes how to save it, whatever is reported."""
    said = {**STRANGER, "kinds": "impostor", "store": "drive"}
    said |= {"remove": "impostor", "saved_remove": "no"}
    trip = set_out(desk_at(Clock())).follow(said)
    assert branch(trip, "remove", said) == ["q-remove", "q-saved-remove", "q-media"]


def test_route_9_a_tracker() -> None:
    """R9: keep it, ask about danger again, then location; and people who can help."""
    said = {**STRANGER, "kinds": "following", "relation": "unknown"}
    said |= {"red_flags": "followed", "store": "drive", "media": "things"}
    trip = set_out(desk_at(Clock())).follow(said)
    assert trip.seen == [*SPINE, *WHO, "s-talk-first", "h-plan"]
    assert branch(trip, "evidence", said)[4:] == ["s-ev-things", *KEPT]
    said |= {"still": "worse", "hacked": "no", "will_notice": "planned"}
    del said["danger"]
    again = branch(trip, "review", said)
    assert again == ["s-review", "q-still", "q-danger-now"]
    said["danger"] = "no"
    trip.follow(said)
    locked = ["q-hacked", "q-will-notice", "s-accounts", "s-location", "s-home-tech"]
    assert branch(trip, "lock-down", said) == [*locked, "h-plan"]
    branch(trip, "tell", said)
    others = {option.id for option in offered(trip.here.page, trip.desk.facts())}
    assert {"advocate", "police"} <= others
    assert why_closed(trip.desk, LIBRARY.letters[NOTICE_ID])


def test_route_10_an_advocate() -> None:
    """R10: consent first, the forms on the way, the hand-over at hand."""
    said = {**STRANGER, "role": "advocate", "red_flags": "knows-where"}
    said |= {"store": "drive", "media": "email texts"}
    trip = set_out(desk_at(Clock())).follow(said)
    spine = [*START, "s-advocate-mode", "q-age-target", "q-kinds", *WHO]
    assert trip.seen == [*spine, "s-talk-first", "h-plan"]
    first = next(task.id for task in LIBRARY.pages["s-advocate-mode"].tasks)
    assert first == "consent"
    assert "letter:advocate-handover" in offers(trip, "s-advocate-mode")
    assert "letter:warning-signs" in offers(trip, "s-talk-first")
    saved = branch(trip, "evidence", said)
    assert saved[1:] == [
        "s-store",
        "s-log",
        "q-media",
        "s-ev-texts",
        "s-ev-email",
        *KEPT,
    ]
    forms = {
        "s-log": "letter:incident-sheet",
        "s-ev-officials": "letter:contact-sheet",
        "s-ev-copies": "letter:exhibit-sheet",
        "s-safety-plan": "letter:safety-plan",
    }
    assert {
        page: form for page, form in forms.items() if form in offers(trip, page)
    } == (forms)


def test_route_12_told_already_and_abroad() -> None:
    """R12: what they were told is the notice; never a second one."""
    said = {**STRANGER, "relation": "known", "notice_before": "yes", "still": "yes"}
    said |= {"provider": "mail", "saved_report": "yes"}
    trip = set_out(desk_at(Clock())).follow(said)
    assert branch(trip, "notice", said) == [
        *("q-notice-before", "s-notice-after", "s-silence", "q-still", "h-report")
    ]
    told = ["q-provider", "q-saved-report", "s-find-isp", "s-isp-letter", "s-followup"]
    trip.seen.clear()
    assert trip.say("provider").follow(said).seen[:5] == told
    assert "page:s-cross-border" in offers(trip, "s-followup")
    assert why_closed(trip.desk, LIBRARY.letters[NOTICE_ID])


def test_route_14_an_employer() -> None:
    """R14: what an employer can do, and proof; the notice is not theirs to write."""
    said = {**STRANGER, "role": "employer", "kinds": "messages work"}
    said |= {"relation": "known", "store": "drive", "media": "email"}
    said |= {"notice_before": "no", "notice_want": "yes", "notice_safe": "none"}
    trip = set_out(desk_at(Clock())).follow(said)
    helps = [*START, "s-help-others", "q-age-target", "q-kinds", *WHO, "h-plan"]
    assert trip.seen == helps
    assert "page:l-support-employer" in offers(trip, "s-help-others")
    assert branch(trip, "evidence", said)[4:] == ["s-ev-email", *KEPT]
    branch(trip, "tell", said)
    assert trip.say("work").page == "s-employer"
    assert "letter:employer-notice" in offers(trip, "s-employer")
    assert branch(trip, "notice", said)[-1] == "s-notice-not-now"
    assert why_closed(trip.desk, LIBRARY.letters[NOTICE_ID])
