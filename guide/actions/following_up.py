"""A letter that waits for an answer: when to ask again, and with which letter.

A complaint that was sent stands among the talks with officials by itself, with a day
to ask again. The reader can change that day, as that of any other talk.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from guide.actions.desk import Desk
from guide.model.content import Letter
from guide.model.records import LetterState, OfficialContact, WrittenLetter
from guide.safety.display import show
from guide.words import _

REMINDER = "follow-up"  # letter L22
DAYS = 14
_WAITS = "s-followup"  # the page that such letters lead on to


def expects_answer(letter: Letter | None, kept: WrittenLetter) -> bool:
    """Whether somebody is asked for an answer: no form, and no letter to the person."""
    if letter is None or kept.person_id or not kept.paper.to:
        return False
    return letter.after == _WAITS or letter.id == REMINDER


def note_sent(
    desk: Desk, kept: WrittenLetter, left: datetime
) -> OfficialContact | None:
    """Put a letter that left at *left* among the talks; None where nobody answers.

    A reminder sets a new day for the talk that it is about.
    """
    letter = desk.library.letters.get(kept.letter_id)
    if not expects_answer(letter, kept):
        return None
    talks = desk.vault.contacts(limit=-1)
    known = [each for each in talks if each.letter_id == kept.id]
    if known:
        return known[0]
    left_here, now = left.astimezone(), desk.now()
    again = left_here.date() + timedelta(days=DAYS)
    if kept.letter_id == REMINDER and (open_ := _reminded(talks, _whom(kept))):
        later = replace(open_, follow_up_on=again)
        return desk.vault.correct_contact(later, _("A reminder was sent."), now)
    import secrets  # not on the way to the first screen

    talk = OfficialContact(
        id=secrets.token_hex(16),
        at=left_here,
        organisation=_whom(kept),
        channel=_("letter"),
        outcome=_("sent"),
        follow_up_on=again,
        letter_id=kept.id,
    )
    return desk.vault.add_contact(talk, now)


def _whom(kept: WrittenLetter) -> str:
    return kept.paper.to.partition("\n")[0]


def _reminded(talks: tuple[OfficialContact, ...], whom: str) -> OfficialContact | None:
    """The newest talk with *whom* that still waits for an answer."""
    waiting = (x for x in talks if x.follow_up_on and not x.followed_up)
    return next((x for x in waiting if x.organisation == whom), None)


def can_remind(desk: Desk, talk: OfficialContact) -> bool:
    """Whether a reminder can be written about *talk*: it waits, and is late."""
    day: date | None = talk.follow_up_on
    late = day is not None and day <= desk.today() and not talk.followed_up
    return late and REMINDER in desk.library.letters


def prepare_reminder(desk: Desk, id_: str) -> None:
    """Fill the blanks of the reminder with what is known of the talk *id_*.

    What was typed about another report is taken out: it would be wrong here. What was
    typed about this one stays.
    """
    talk = desk.vault.contact(id_)
    first = _letter_of(desk, talk)
    desk.vault.put_field("reminded_date", _last_reminder(desk, talk))
    sent, typed = talk.at.date().isoformat(), desk.vault.fields()
    same = (typed.get("followup_name"), typed.get("sent_date"))
    if same == (show(talk.organisation), sent):
        return
    ask_by = desk.today() + timedelta(days=DAYS)
    blanks = {
        "followup_name": talk.organisation,
        "followup_address": first.paper.mail_to if first else "",
        "followup_ticket": talk.reference,
        "sent_date": sent,
        "report_about": first.paper.subject if first else "",
        "answer_by": ask_by.isoformat(),
        "refused_line": "no",
        "refused_words": "",
        "new_words": "",
    }
    for blank, value in blanks.items():
        desk.vault.put_field(blank, show(value))
    if first and first.paper.reply_from:
        desk.vault.put_field("reply_address", show(first.paper.reply_from))


def _letter_of(desk: Desk, talk: OfficialContact) -> WrittenLetter | None:
    kept = (each for each in desk.vault.letters() if each.id == talk.letter_id)
    return next(kept, None)


def _last_reminder(desk: Desk, talk: OfficialContact) -> str:
    days = [
        each.sent_at.astimezone().date().isoformat()
        for each in desk.vault.letters()
        if each.letter_id == REMINDER
        and each.state is LetterState.SENT
        and each.sent_at
        and each.sent_at >= talk.at
        and _whom(each) == talk.organisation
    ]
    return max(days, default="")
