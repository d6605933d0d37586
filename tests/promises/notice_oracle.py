"""When the no-contact notice may be written, said a second time and in Python.

Written from facts 1.2 and invariant 1 of the decision tree, not from ``facts.toml``,
so that two ways of saying one rule can be held against each other. Each answer is
judged alone, and unanswered, skipped and "not sure" are judged like any answer.
Only what pictures need is judged together.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from guide.model.conditions import Answers, AnswerValue

Said = AnswerValue | None


class Verdict(Enum):
    """What one answer says about the notice."""

    FINE = "fine"
    RISK = "talk to someone trained first; they can advise it all the same"
    NEVER = "nobody's advice opens it"


FINE, RISK, NEVER = Verdict
_NEVER_TICKED = {"extortion", "unknown", "many", "minor", "skipped"}
JUDGED = (
    *("notice_before", "notice_want", "notice_safe", "age", "relation", "kinds"),
    *("extortion", "image_age", "remove", "danger", "red_flags", "still", "role"),
)


def may_be_written(said: Answers) -> bool:
    """Whether the notice may be open to somebody who said this, and no more."""
    risky = False
    for fact in JUDGED:
        judged = verdict(fact, said.get(fact))
        if judged is NEVER:
            return False
        risky = risky or judged is RISK
    if _pictures(said) is NEVER:
        return False
    # Advice is asked for beside a risk ticked in the last question; "none of these"
    # there, against earlier answers, stays closed until it is answered again.
    named = ticked(said.get("notice_safe")) != {"none"}
    return not risky or (named and said.get("notice_advised") == "advised")


def verdict(fact: str, value: Said) -> Verdict:
    """What the one answer *value* to *fact* says."""
    return _RULES[fact](value) if fact in _RULES else FINE


def ticked(value: Said) -> set[str]:
    """The boxes of an answer, as a set."""
    return set((value,) if isinstance(value, str) else value or ())


def _relation(value: Said) -> Verdict:
    if value in ("known", "stranger"):
        return FINE
    return RISK if value in ("partner", "family", "colleague") else NEVER


def _kinds(value: Said) -> Verdict:
    boxes = ticked(value)
    if not boxes - {"none"} or boxes & {"unsure", "skipped", "extortion", "mob"}:
        return NEVER
    return RISK if boxes & {"following", "threats"} else FINE


def _safe(value: Said) -> Verdict:
    boxes = ticked(value)
    if not boxes or boxes & _NEVER_TICKED:
        return NEVER
    return FINE if boxes == {"none"} else RISK


_RULES: dict[str, Callable[[Said], Verdict]] = {
    "age": lambda value: FINE if value == "adult" else NEVER,
    "notice_before": lambda value: FINE if value == "no" else NEVER,
    "notice_want": lambda value: FINE if value == "yes" else NEVER,
    "danger": lambda value: FINE if value == "no" else NEVER,
    "role": lambda value: NEVER if value in ("witness", "employer") else FINE,
    "red_flags": lambda value: FINE if ticked(value) == {"none"} else RISK,
    "extortion": lambda value: FINE if value in (None, "no") else NEVER,
    "image_age": lambda value: FINE if value in (None, "adult", "none") else NEVER,
    "remove": lambda value: NEVER if value == "minor" else FINE,
    "still": lambda value: RISK if value == "worse" else FINE,
    "relation": _relation,
    "kinds": _kinds,
    "notice_safe": _safe,
}


def _pictures(said: Answers) -> Verdict:
    shown = "images" in ticked(said.get("kinds")) | ticked(said.get("media"))
    return NEVER if shown and said.get("image_age") not in ("adult", "none") else FINE
