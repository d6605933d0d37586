"""Promise: what the facts warn of is in the letters to work, school, money and helpers.

The letters L13 to L22 one by one; what holds for every letter is in
`test_letters_shipped.py`.
"""

from __future__ import annotations

import re

import pytest

from guide.model.content import Field, FieldKind
from tests.content.filled_letters import (
    Choose,
    all_said_no,
    filled,
    letter,
    library,
    needed,
    paper,
    plain,
    text_of,
)

# Whoever gets these may hand them on; the page that is read before comes beside.
HANDED_ON = {
    "employer-notice": "s-employer",
    "school-notice": "s-school",
    "phone-company": "q-saved-first",
    "contacts-message": "s-people-around",
    "trusted-person-brief": "s-people-around",
    "payment-notice": "s-extort-paid",
    "data-broker-optout": "s-name-watch",
    "follow-up": "s-followup",
}
KEPT_CLOSE = {"lawyer-worksheet": "s-court", "advocate-handover": "s-advocate-mode"}
ALL = HANDED_ON | KEPT_CLOSE


def said(id_: str, choose: Choose) -> str:
    """The letter on one line."""
    return " ".join(text_of(paper(id_, choose)).split())


def only(*ids: str) -> Choose:
    """What is needed, and these."""

    def choose(field: Field) -> str:
        if field.id in ids:
            return plain(field)
        return "no" if field.kind is FieldKind.YESNO else needed(field)

    return choose


@pytest.mark.parametrize("id_", ALL)
def test_the_check_comes_before_it_and_something_after(id_: str) -> None:
    this = letter(id_)
    assert this.may_reach is (id_ in HANDED_ON)
    assert this.before_you_send == ALL[id_]
    assert this.before_you_send in library().pages
    assert this.after in library().pages


@pytest.mark.parametrize("id_", HANDED_ON)
def test_it_asks_for_no_place_and_no_new_number(id_: str) -> None:
    """Facts 5.8: only what they need. Where the reader is stays out."""
    for field in letter(id_).fields:
        assert not re.search(r"home address|street|new number", field.label)
        if field.kind is FieldKind.EMAIL and field.id == "reply_address":
            assert field.why


@pytest.mark.parametrize("id_", ["employer-notice", "school-notice"])
def test_work_and_school_are_asked_to_give_out_nothing(id_: str) -> None:
    for choose in (needed, plain, all_said_no):
        text = said(id_, choose)
        assert re.search(r"Please give nobody (my|an) address", text)
        assert "Please nobody contact the person, even to help." in text
        assert "name one person" in text
    # A visit is planned for, and danger comes before the plan.
    assert "If anyone is in danger, please call" in said(id_, plain)


def test_the_school_gets_no_list_of_those_who_help() -> None:
    """Who may pick up a child, and the password, are said in person."""
    text = said("school-notice", only("pickup_line"))
    assert "I give you the list, and a password, in person." in text
    labels = " ".join(each.label for each in letter("school-notice").fields)
    assert "password" not in labels


def test_the_school_is_asked_not_to_look_at_images() -> None:
    """Facts 8.3; and without that choice nothing speaks of images."""
    text = said("school-notice", only("school_image_line"))
    for word in ("do not look at them", "save them", "print them", "do not ask to see"):
        assert word in text
    assert "exual" not in said("school-notice", only())


def test_a_shared_plan_shows_nothing_of_the_letter() -> None:
    """Facts 5.8: the one who pays may see the account."""
    shared = said("phone-company", only("shared_line", "pin_line"))
    assert "Please send nothing about this letter there" in shared
    assert "tell me what the other side would notice" in shared
    assert "note on the account" not in shared
    assert "note on the account" in said("phone-company", only("pin_line"))


def test_contacts_are_asked_to_stay_silent_without_being_told_why() -> None:
    usual = letter("contacts-message")
    on = {each.id for each in usual.fields if each.default == "yes"}
    assert on == {"engage_line", "where_line", "proof_line"}
    text = said("contacts-message", only("engage_line", "image_line"))
    assert "do not answer, argue or pass anything on" in text
    assert "do not look at them, save them or send them on" in text
    assert "link" not in {each.id for each in usual.fields}


def test_the_code_word_is_never_written_down_for_somebody_else() -> None:
    """It is said in person; the notes say only what to do when they hear it."""
    ids = {each.id for each in letter("trusted-person-brief").fields}
    assert "code_word" not in ids
    assert "plan_checkins" not in ids
    text = said("trusted-person-brief", plain)
    assert "I tell it to you in person." in text
    assert "do not contact the person" in text
    assert "do not ask for, look at or copy sexual images" in text


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        pytest.param("bank_line", "stop or recall the transfer", id="bank"),
        pytest.param("card_line", "open a dispute", id="card"),
        pytest.param("gift_line", "freeze what is left on the gift card", id="gift"),
        pytest.param("crypto_line", "mark the wallet", id="crypto"),
    ],
)
def test_each_kind_of_payment_has_its_own_request(chosen: str, words: str) -> None:
    assert words in said("payment-notice", only(chosen))
    assert words not in said("payment-notice", only())


def test_nobody_is_asked_for_what_opens_their_money() -> None:
    whys = {each.id: each.why for each in letter("payment-notice").fields}
    assert "Never a PIN, a password" in whys["paid_reference"]
    assert "not from a message or an advert" in whys["payment_name"]


def test_a_seller_of_data_gets_no_data() -> None:
    """Facts 5.9: a request is data too."""
    this = letter("data-broker-optout")
    why = {each.id: each.why for each in this.fields}
    assert (
        "Do not repeat the data, and do not say which are right." in why["data_words"]
    )
    assert "delete it after that" in said(this.id, needed)
    eu, uk = said(this.id, only("eu_law_line")), said(this.id, plain)
    assert "General Data Protection Regulation" in eu
    assert "UK GDPR" not in eu
    assert "UK GDPR" in uk
    assert "GDPR" not in said(this.id, needed)


def test_nothing_is_handed_over_without_consent() -> None:
    """The sheet cannot be finished without it, and it is the first thing in it."""
    required = {each.id for each in letter("advocate-handover").fields if each.required}
    assert {"consent_words", "wish_words", "safe_contact_words"} <= required
    without = filled(
        "advocate-handover", lambda x: "" if x.id == "consent_words" else plain(x)
    )
    assert without.missing == ("consent_words",)
    headings = re.findall(
        r"(?:Consent|How and when|What they want)",
        text_of(paper("advocate-handover", plain)),
    )
    assert headings[0] == "Consent"
    text = said("advocate-handover", plain)
    assert "The person can take it back at any time." in text
    assert "Please make no copies, and do not ask to see them." in text


def test_the_code_stands_for_the_person() -> None:
    """No blank of the hand-over asks for the name of the one it is about."""
    fields = {each.id: each for each in letter("advocate-handover").fields}
    assert "Not the name." in fields["neutral_code"].why
    assert not {"legal_name", "full_name", "sign_name", "safe_phone"} & fields.keys()


OFFICES = {
    "au_line": "eSafety Commissioner",
    "eu_line": "Digital Services Coordinator",
    "uk_office_line": "Ofcom",
    "us_line": "Federal Trade Commission",
    "nz_line": "Netsafe",
    "data_office_line": "data protection authority",
}


@pytest.mark.parametrize("chosen", OFFICES)
def test_the_next_office_is_the_one_that_was_chosen(chosen: str) -> None:
    """And each says in which month it was so."""
    text = said("follow-up", only(chosen))
    for line, office in OFFICES.items():
        assert (office in text) is (line == chosen)
    field = letter("follow-up").field(chosen)
    assert field
    assert "as of 2026-11" in field.why


def test_a_follow_up_names_no_office_by_itself() -> None:
    text = said("follow-up", needed)
    assert "Where I can turn next" not in text
    assert "Please answer by" not in text
    assert "I have no answer yet" in text
    assert "second look" in said("follow-up", only("refused_line"))


def test_a_lawyer_is_asked_about_limits_and_the_address() -> None:
    """Facts 5.6 and 5.7: short limits, and papers that show where somebody lives."""
    text = said("lawyer-worksheet", only("hide_address_line", "cost_line"))
    assert "Which time limits run, and from when?" in text
    assert "How do we keep my address and my numbers out of every paper?" in text
    assert "free legal aid" in text
    limits = letter("lawyer-worksheet").field("deadline_lines")
    assert limits
    assert "as of 2026-11" in limits.why


TELLS = {
    "employer-notice": "work_tell_name_line",
    "school-notice": "school_tell_name_line",
    "contacts-message": "contacts_tell_name_line",
}


@pytest.mark.parametrize("id_", TELLS)
def test_a_name_typed_elsewhere_is_not_told_without_a_yes(id_: str) -> None:
    """A blank is filled once for all letters; who is told a name is chosen in each."""
    assert "words for their name" not in said(id_, only("their_name", "engage_line"))
    told = said(id_, only("their_name", "engage_line", TELLS[id_]))
    assert "words for their name" in told
    choice = letter(id_).field(TELLS[id_])
    assert choice
    assert choice.default == "no"


def test_what_is_chosen_for_one_is_not_chosen_for_another() -> None:
    """Work, school and friends share no yes or no that tells of the reader."""
    ids = [{x.id for x in letter(y).fields if x.kind is FieldKind.YESNO} for y in TELLS]
    work, school, friends = ids
    shared = (work & school) | (work & friends) | (school & friends)
    assert shared == set()
