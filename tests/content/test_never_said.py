"""Promise: nothing that the facts file calls wrong, dated or risky is ever said.

Each row is one of the 24 entries of section 10 of the facts: what must not stand
anywhere, as a pattern, with a sentence that it has to find and one it has to leave.
What is a gate and not a sentence (1, 5) is also proved in `tests/promises`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.content.test_coverage import library


class Never(NamedTuple):
    """A pattern, a sentence that it finds, and a sentence that is right."""

    pattern: str
    wrong: str
    right: str


NEVER = {
    "1 a stop letter is always the first step": Never(
        r"\b(always|first,?) (send|write|tell them)\b.{0,40}\b(stop|notice|letter)\b",
        "Always send one letter that tells them to stop.",
        "You can send one short message that tells them to stop.",
    ),
    "2 delete the mail by itself": Never(
        r"auto-?delet|delet\w+ (it|them|their (mail|messages)) automatically",
        "Some programs auto-delete such mail.",
        "Moving is better than deleting.",
    ),
    "3 what stands after the @ is the provider": Never(
        r"after the (last )?@( sign)? (is|names|shows) (the|their|your) "
        r"(isp|provider|internet)",
        "What stands after the @ is the provider.",
        "Find the domain, after the last @ sign. It is only a start.",
    ),
    "4 the provider will stop it": Never(
        r"\bprovider will\b(?! not)|most likely (stop|act|close)",
        "The provider will most likely close the account.",
        "The provider will not tell you who it is.",
    ),
    "5 record the calls": Never(
        r"(^|[.!?] )record (the|all|each|every|their) calls?\b",
        "Record the calls.",
        "Record only your own calls, and note the date.",
    ),
    "6 register pictures with the copyright office": Never(
        r"(^|[.!?] )register (your|the) (image|picture|photo|work)",
        "Register your pictures with the office.",
        "You do not have to register a work to send a notice.",
    ),
    "7 every company has to forget": Never(
        r"(all|every) (companies|company|sites?) (must|has to|have to) (follow|forget|"
        r"erase)|right to be forgotten (applies|covers) (to )?(all|every)",
        "All companies have to follow the right to be forgotten.",
        "In the EU you can ask for your data to be taken out.",
    ),
    "8 and 9 services that are gone or unsure": Never(
        r"heart ?mob|take back the tech|action fraud|crash override|games and online "
        r"harassment hotline|\bwhoa\b|working to halt online abuse|0300 ?123 ?2040",
        "You can report it to HeartMob.",
        "Several well-known projects have closed.",
    ),
    "10 one number everywhere in the EU": Never(
        r"116 ?016[^.]{0,60}\b(everywhere|all|every|any)\b",
        "116 016 works everywhere in the EU.",
        "In some EU countries, 116 016 is a help line.",
    ),
    "11 you can send a preservation demand of the law": Never(
        r"\byou can (send|write|make)[^.]{0,40}2703|\b2703\(f\)",
        "You can send a 2703(f) letter.",
        "In the US only an official body can demand that.",
    ),
    "12 a copyright notice hides your name": Never(
        r"(copyright|dmca)[^.]{0,60}\b(anonymous|without your name|hides)\b",
        "A DMCA notice is anonymous.",
        "A copyright notice holds your name.",
    ),
    "13 Cloudflare takes it down": Never(
        r"cloudflare (can|will) (take|remove|delete)",
        "Cloudflare can take it down.",
        "Cloudflare does not hold most of those pages.",
    ),
    "14 headers show where they are": Never(
        r"headers? (will |can |often )?(show|reveal|tell)s?[^.]{0,25}\b(where "
        r"(the person is|they are|they live)|their (location|address|ip))",
        "The headers show where they are.",
        "They seldom show where a person is.",
    ),
    "15 screenshots of what vanishes": Never(
        r"screenshot (it|the (snap|vanishing|disappearing))\b",
        "Take a screenshot, or screenshot the snap.",
        "Some apps tell the sender that you took a screenshot.",
    ),
    "16 who is blocked on X sees nothing": Never(
        r"\bon x\b[^.]{0,60}\b(cannot|can't|can not) see",
        "On X, people you block cannot see your posts.",
        "On X, blocked people may still be able to read your public posts.",
    ),
    "17 wipe the phone at once": Never(
        r"(wipe|reset) (the|your) (phone|device)[^.]{0,20}\b(at once|now|immediately|"
        r"right away|first)\b",
        "Wipe your phone at once.",
        "Plan when to change phone or reset it.",
    ),
    "18 what the TAKE IT DOWN Act does not do": Never(
        r"take it down act[^.]{0,80}\b(every|all) (private )?(message|email|upload)",
        "The TAKE IT DOWN Act covers all private messages.",
        "It may not cover private messages.",
    ),
    "19 a 48-hour duty in the UK": Never(
        r"\b(uk|united kingdom|ofcom|britain|england)\b[^.]{0,80}\b48[ -]?h",
        "In the UK, sites have 48 hours.",
        "In the US, the law gives most such sites 48 hours.",
    ),
    "20 how long records are kept, for certain": Never(
        r"(keeps?|stores?|holds?) (the |their |its |your )?(logs?|records?|data) for "
        r"(exactly|at least) \d+|always (keeps?|kept) for \d+",
        "The provider keeps its logs for exactly 90 days.",
        "Records may be gone after days or months.",
    ),
    "21 an order keeps you safe": Never(
        r"\border\b[^.]{0,30}\b(keeps|makes|will keep|will make) you safe",
        "The order keeps you safe.",
        "An order is a tool, not a shield.",
    ),
    "22 most of it is harmless": Never(
        r"\b(most|usually|mostly)\b[^.]{0,60}\b(harmless|not dangerous|no danger)\b|"
        r"\blow[- ]risk\b|most [^.]{0,30}(stalking|harassment) is by strangers",
        "Most online stalking is harmless.",
        "Having none of them does not mean that there is no danger.",
    ),
    "23 figures without a source": Never(
        r"\b80 ?(%|percent)|53[,.]?088",
        "More than 80% are asked again.",
        "Most often, a new demand follows.",
    ),
    "24 a command that IRC does not have": Never(
        r"/silence\b|\bSILENCE command",
        "Type /silence and the name.",
        "Silence may not change things at once.",
    ),
}


def sentences(text: str) -> list[str]:
    """Every sentence of *text*, each on one line, without marks."""
    flat = re.sub(r"[*`>\[\]]", "", re.sub(r"\s+", " ", text))
    return re.split(r"(?<=[.:?]) ", flat)


def everything_said() -> list[tuple[str, str]]:
    """Every sentence of every page and letter, and every value of the data."""
    said = []
    for page in library().pages.values():
        options = page.question.options if page.question else ()
        parts = [page.title, page.why, page.body]
        parts += [option.text for option in options]
        parts += [task.text for task in page.tasks]
        parts += [route.because for route in page.best]
        said += [(page.id, s) for part in parts for s in sentences(part)]
    for letter in library().letters.values():
        parts = [letter.title, letter.why, letter.subject, letter.body]
        parts += [f"{field.label}. {field.why}" for field in letter.fields]
        said += [(letter.id, s) for part in parts for s in sentences(part)]
    return said + [
        (name, text) for name, table in library().data.items() for text in texts(table)
    ]


def texts(value: object) -> list[str]:
    """Every text in a table, however deep; the source is for authors only.

    The name of a service is left out where the same entry says that it is gone.
    """
    match value:
        case str():
            return [value]
        case dict():
            gone = value.get("status") in ("closed", "unverified")
            out = {"source", "closed", *(("id", "name") if gone else ())}
            kept = [v for k, v in value.items() if k not in out]
            return [text for each in kept for text in texts(each)]
        case list() | tuple():
            return [text for each in value for text in texts(each)]
        case _:
            return []


SAID = everything_said()


def test_all_24_entries_are_looked_for() -> None:
    heads = [re.match(r"(\d+)(?: and (\d+))?", name) for name in NEVER]
    numbers = [int(n) for head in heads if head for n in head.groups() if n]
    assert numbers == list(range(1, 25))


@pytest.mark.parametrize("name", NEVER)
def test_the_pattern_finds_what_is_wrong_and_leaves_what_is_right(name: str) -> None:
    each = NEVER[name]
    assert re.search(each.pattern, each.wrong, re.I)
    assert not re.search(each.pattern, each.right, re.I)


@pytest.mark.parametrize("name", NEVER)
def test_it_is_never_said(name: str) -> None:
    assert len(SAID) > 1000
    pattern = re.compile(NEVER[name].pattern, re.I)
    assert [(where, text) for where, text in SAID if pattern.search(text)] == []
