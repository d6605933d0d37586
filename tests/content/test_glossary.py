"""Promise: the glossary holds every technical word that a screen uses."""

from __future__ import annotations

import re
from functools import cache

import pytest

from guide.model.content import Letter, Page
from tests.content.test_coverage import library
from tests.content.test_never_said import texts

# Names of places, callouts, placeholders and things that everybody knows by their
# letters; the names of companies are explained where they are named.
_CAPITALS = re.compile(r"(?<![\w.-])[A-Z][A-Z0-9]+(?:-\d+)?(?=s?\b)")
KNOWN = frozenset(
    [
        *("US", "UK", "EU", "DC", "TV", "AM", "PM", "OK", "IT", "ID"),
        *("IMPORTANT", "WARNING", "CAUTION", "NOTE", "TIP", "NAME", "SERVER"),
        *("TAKE", "DOWN", "PEN", "IX", "SILENCE"),
        *("EUR", "AOL", "GMX", "AEPD"),
    ]
)
# The lists that pages show; the others are names of services and their numbers.
LISTS = (
    *("chat_commands", "mail_services", "platforms"),
    *("recording_law", "removal_routes"),
)
# Words that a reader may meet on a screen and may not know.
TECHNICAL = (
    *("abuse desk", "advocate", "alias", "appeal", "attachment", "backup", "browser"),
    *("clipboard", "cloud", "code app", "code word", "consent", "copyright"),
    *("court order", "crypto", "data broker", "delegate", "developer mode"),
    *("domain", "doxxing", "exhibit", "family group", "filter"),
    *("fingerprint", "forwarding", "handle", "header", "host", "ip address"),
    *("jailbreak", "legal aid", "linked device", "lockdown mode", "log", "metadata"),
    *("moderator", "mute", "notary", "operator", "passkey", "passphrase"),
    *("password manager", "play protect", "profile"),
    *("provider", "regulator", "router", "safety check", "screenshot", "server"),
    *("smart", "spam", "spyware", "spy app", "stalkerware", "swatting", "survivor"),
    *("terminal", "thread", "time zone", "tracker", "trauma", "usb", "vpn"),
    *("web archive", "webcam", "wi-fi", "voicemail", "bluetooth", "defamation"),
    *("recovery sheet", "seal", "sync", "crisis line", "shelter"),
)


@cache
def glossary() -> str:
    return library().pages["l-glossary"].body.casefold()


def heads() -> str:
    """The words that are explained, without their explanations."""
    entries = re.findall(r"^- \*\*(.+?)\*\*", glossary(), re.MULTILINE)
    return " ; ".join(entries)


@cache
def screens() -> dict[str, str]:
    """What is read on every page and letter, but for the glossary itself."""
    pages = library().pages.items()
    letters = library().letters.items()
    read = {name: on_page(page) for name, page in pages if name != "l-glossary"}
    read |= {name: on_letter(letter) for name, letter in letters}
    return read | {name: " ".join(texts(library().data[name])) for name in LISTS}


def on_letter(letter: Letter) -> str:
    """All that is read of a letter, without its blanks."""
    asked = [f"{field.label} {field.why}" for field in letter.fields]
    said = " ".join((letter.title, letter.why, *asked, letter.body))
    return re.sub(r"\{[{%].*?[%}]\}", " ", said)


def on_page(page: Page) -> str:
    """All that is read on a page, without the names of pages and addresses."""
    asked = [option.text for option in page.question.options] if page.question else []
    tasks = [task.text for task in page.tasks]
    said = " ".join((page.title, page.why, page.body, *asked, *tasks))
    return re.sub(r"\]\([^)]*\)|https?://\S+|^:::.*$", "]", said, flags=re.MULTILINE)


def capitals() -> dict[str, str]:
    """Each word in capitals, and a page that uses it."""
    found: dict[str, str] = {}
    for name, said in screens().items():
        for word in _CAPITALS.findall(said):
            found.setdefault(word, name)
    return {word: page for word, page in found.items() if word not in KNOWN}


def test_there_are_words_in_capitals_to_look_for() -> None:
    assert {"PDF", "PIN", "USB"} <= capitals().keys()


def test_every_word_in_capitals_is_explained() -> None:
    words = re.compile(r"[\w-]+")
    explained = set(words.findall(glossary()))
    assert {w: p for w, p in capitals().items() if w.casefold() not in explained} == {}


@pytest.mark.parametrize("word", TECHNICAL)
def test_a_technical_word_has_an_entry_if_a_screen_uses_it(word: str) -> None:
    pattern = re.compile(rf"\b{re.escape(word)}", re.IGNORECASE)
    used = next((n for n, said in screens().items() if pattern.search(said)), "")
    assert used, f"'{word}' is on no screen: take it out of the list"
    assert pattern.search(heads()), f"'{word}' on {used} is not explained"


def test_no_entry_is_there_twice_and_each_is_short() -> None:
    entries = re.findall(r"^- \*\*(.+?)\*\*: (.+)$", glossary(), re.MULTILINE)
    assert len(entries) > 100
    names = [name for name, _meaning in entries]
    assert len(set(names)) == len(names)
    assert [
        n for n, meaning in entries if len(re.findall(r"\. |\.$", meaning)) > 3
    ] == []
