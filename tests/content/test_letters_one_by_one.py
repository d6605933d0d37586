"""Promise: what the law names, and what the facts warn of, is in the letters.

The letters to companies and the police one by one; what holds for every letter is in
`test_letters_shipped.py`.
"""

from __future__ import annotations

import re

import pytest

from guide.model.content import Field
from tests.content.filled_letters import (
    ORDINARY,
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

# The letters that the facts number L02 to L11, and what comes before each.
OUTSIDE = {
    "provider-complaint": "s-isp-letter",
    "host-complaint": "s-remove-host",
    "platform-report": "q-saved-report",
    "admin-report": "s-report-admin",
    "intimate-image-removal": "s-remove-ncii",
    "dsa-notice": "s-remove-host",
    "erasure-request": "s-remove-host",
    "copyright-notice": "s-copyright",
    "search-removal": "q-saved-remove",
    "preservation-request": "q-saved-report",
}


@pytest.mark.parametrize("id_", OUTSIDE)
def test_the_check_comes_before_what_may_be_handed_on(id_: str) -> None:
    """Invariant 7, and nothing about them says that it cannot reach the person."""
    this = letter(id_)
    assert this.may_reach
    assert this.before_you_send == OUTSIDE[id_]
    assert this.before_you_send in library().pages
    assert this.after in library().pages
    reply = this.field("reply_address")
    assert reply
    assert reply.why


LAW = {
    "intimate-image-removal": {  # 47 U.S.C. 223a(a)(1)(B), facts 5.2
        "(i) signature": r"Signature: words for full name",
        "(ii) which image, and where": (
            r"intimate image of .* 1\. The image, and where it is words for links"
        ),
        "(iii) good faith, no consent": (
            r"believes? in good faith that the image was published "
            r"without (my )?consent"
        ),
        "(iv) contact": r"How to reach me Email: reader@example\.com",
    },
    "dsa-notice": {  # Regulation (EU) 2022/2065, article 16(2), facts 5.4
        "(a) reasons": r"believe that the content is illegal words for why illegal",
        "(b) exact place": r"The exact place of the content words for links",
        "(c) name and address": (
            r"Name: words for full name ?-? ?Email: reader@example\.com"
        ),
        "(d) good faith": (
            r"I believe in good faith that the information and the claims in this "
            r"notice are accurate and complete"
        ),
    },
    "copyright-notice": {  # 17 U.S.C. 512(c)(3)(A), facts 5.3
        "(i) signature": r"Signature: words for full name",
        "(ii) the work": r"1\. The work words for work words",
        "(iii) the material, and where": (
            r"material at these places infringes .* remove it or to disable access to "
            r"it\. words for links"
        ),
        "(iv) contact": r"Name: words for full name ?-? ?Email: reader@example\.com",
        "(v) good faith": (
            r"I have a good faith belief that this use of the material is not "
            r"authorised by the copyright owner, its agent, or the law"
        ),
        "(vi) accurate, under penalty of perjury": (
            r"The information in this notice is accurate\. ?-? ?Under penalty of "
            r"perjury, I state that I am (authorised to act for .*, )?the owner of an "
            r"exclusive right that is allegedly infringed"
        ),
    },
}
ELEMENTS = [(id_, part) for id_, parts in LAW.items() for part in parts]


@pytest.mark.parametrize("answers", ORDINARY)
@pytest.mark.parametrize(("id_", "part"), ELEMENTS)
def test_each_part_that_the_law_names_is_there(
    id_: str, part: str, answers: str
) -> None:
    """Whatever else is typed or left out."""
    text = " ".join(text_of(paper(id_, ORDINARY[answers])).split())
    assert re.search(LAW[id_][part], text), text


@pytest.mark.parametrize("id_", LAW)
def test_no_part_of_the_law_can_be_left_empty(id_: str) -> None:
    """What the law names is required, so a letter without it is not finished."""
    required = {each.id for each in letter(id_).fields if each.required}
    assert {"links", "full_name", "reply_address"} <= required
    for id_of in required:
        ready = filled(id_, _without(id_of))
        assert ready.missing == (id_of,)


def _without(id_: str) -> Choose:
    def choose(field: Field) -> str:
        return "" if field.id == id_ else plain(field)

    return choose


def test_the_us_law_is_named_only_where_it_is_chosen() -> None:
    """Elsewhere the request stands without it, and says no hours."""
    with_law = text_of(paper("intimate-image-removal", plain))
    without = text_of(paper("intimate-image-removal", needed))
    assert "48 hours" in with_law
    assert "TAKE IT DOWN" in with_law
    assert "48" not in without
    assert "TAKE IT DOWN" not in without


def test_a_copyright_notice_warns_before_anything_is_typed() -> None:
    """Facts 3.6: the name is handed on."""
    this = letter("copyright-notice")
    assert "passed to the person who posted it" in this.why
    warned = [each for each in this.fields if each.id == "full_name"]
    assert "the person is not to know this name" in warned[0].why
    assert "[!WARNING]" in library().pages[this.before_you_send].body


def test_no_company_learns_what_the_police_are_told() -> None:
    """Their story, name and number stay in the one letter."""
    shared = {each.id for each in letter("police-summary").fields if not each.private}
    assert shared == {
        *("police_name", "police_address", "reply_address", "their_name"),
        *("first_date", "latest_date", "message_count", "told_date"),
        *("minor_image_line", "ask_contact_line", "ask_order_line"),
    }


def test_the_slip_is_only_in_the_copy_for_the_police() -> None:
    """The company gets a polite request; the law of preserving is for officials."""
    this = letter("preservation-request")
    texts = (text_of(paper(this.id, x)) for x in (plain, all_said_no))
    with_slip, without = (" ".join(text.split()) for text in texts)
    assert "Slip for the police" in with_slip
    assert "Slip for the police" not in without
    assert "I write as a private person" in without
    assert "2703" not in without
