"""Words: short sentences, plain ones, none that blame or promise, none grown old.

Which words to avoid stands in ``words.toml`` beside the pages, so that every language
has its own list. What it cannot know is who is quoted: ``allow`` names exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from guide.library.lint.pack import Pack
from guide.library.lint.prose import Passage
from guide.library.lint.reading import grade
from guide.library.lint.rules import Fault, Sentence, check
from guide.library.months import stale
from guide.library.tables import COMMANDS, SHAPES
from guide.model.content import Letter, Page
from guide.words import _, plural

LONGEST_TITLE, LONGEST_SENTENCE = 60, 28
HARDEST_PAGE, HARDEST_LETTER = 8.0, 10.0
_SENTENCE = re.compile(r"[^.?!]+(?:[.?!](?!['\"\u201d\u2019)]*(?:\s|$))[^.?!]*)*")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_TEXT = re.compile(r'(\w+) = "(.*)"')


@check(
    "C501",
    "Words to avoid",
    means="These words blame, give orders, promise what nobody can, or name people"
    " by what was done to them. The list stands in words.toml, with the reasons.",
    mend="Say it as words.toml proposes. A name that has such a word in it belongs"
    " under 'allow' there.",
    example=Sentence("You can save it first."),
)
def avoided(pack: Pack) -> Iterator[Fault]:
    """A word of the list in words.toml."""
    instead = dict(_avoided(pack.words.get("avoid")))
    if not instead:
        return
    wanted = _either(instead)
    allowed = (
        _either(_texts(pack.words.get("allow"))) if "allow" in pack.words else None
    )
    for path, passage in _passages(pack):
        text = allowed.sub(_blank, passage.text) if allowed else passage.text
        for found in wanted.finditer(text):
            said = " ".join(found[0].split())
            line = passage.line_at(found.start())
            what = _("'{words}' is avoided.").format(words=said)
            yield Fault(path, line, what, instead[said.lower()])


def _avoided(listed: object) -> Iterator[tuple[str, str]]:
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, dict):
            for words in _texts(entry.get("words")):
                instead = entry.get("instead", _("Say it differently."))
                yield words.lower(), str(instead)


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []


def _either(phrases: Sequence[str] | Mapping[str, str]) -> re.Pattern[str]:
    """Any of *phrases* as whole words, wherever a line breaks between them."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(map(_whole, longest_first)), re.IGNORECASE)


def _whole(phrase: str) -> str:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    before = r"(?<![\w-])" if phrase[0].isalnum() else ""
    return f"{before}{words}" + (r"(?![\w-])" if phrase[-1].isalnum() else "")


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"\S", " ", found[0])


def _passages(pack: Pack) -> Iterator[tuple[str, Passage]]:
    for page in pack.pages.values():
        yield from ((page.path, each) for each in pack.prose[page.id].all)
    for letter in pack.letters.values():
        yield from ((letter.path, each) for each in pack.letter_prose[letter.id].all)
    for name in pack.data:
        yield from ((f"data/{name}.toml", each) for each in _listed(pack, name))


def _listed(pack: Pack, name: str) -> Iterator[Passage]:
    """The texts of a list that a page shows; commands are not prose."""
    prose = set(SHAPES[name].texts) - COMMANDS if name in SHAPES else set()
    for number, line in enumerate(pack.lines(f"data/{name}.toml"), 1):
        if (text := _TEXT.fullmatch(line.rstrip())) and text[1] in prose:
            yield Passage(number, text[2])


@check(
    "C502",
    "A long sentence",
    means="It has more than 28 words. Somebody who is afraid or tired loses the"
    " beginning before the end.",
    mend="Make two of it. 20 words or fewer are better still.",
    example=Sentence("Save it first. Then you can block the person."),
)
def long_sentence(pack: Pack) -> Iterator[Fault]:
    """A sentence of more than 28 words."""
    for path, passage in _passages(pack):
        for found in _SENTENCE.finditer(passage.text):
            count = len(found[0].split())
            if count > LONGEST_SENTENCE:
                start = found.start() + len(found[0]) - len(found[0].lstrip())
                what = plural(
                    "This sentence has {count} word.",
                    "This sentence has {count} words.",
                    count,
                )
                fix = _("Make two of it; {most} are the most.")
                fix = fix.format(most=LONGEST_SENTENCE)
                yield Fault(path, passage.line_at(start), what, fix)


@check(
    "C503",
    "A long title",
    means="A title has 60 characters or fewer, so that it stays on one line of a"
    " small window and of a list.",
    mend="Say it shorter: a plain question, or a name.",
    example="title: Who is doing this?",
)
def long_title(pack: Pack) -> Iterator[Fault]:
    """A title that is longer than a line."""
    for each in _files(pack):
        if len(each.title) > LONGEST_TITLE:
            line = pack.key_line(each.path, "title")
            what = plural(
                "The title has {count} character.",
                "The title has {count} characters.",
                len(each.title),
            )
            fix = _("{most} are the most.").format(most=LONGEST_TITLE)
            yield Fault(each.path, line, what, fix)


def _files(pack: Pack) -> Iterator[Page | Letter]:
    yield from pack.pages.values()
    yield from pack.letters.values()


@check(
    "C504",
    "Hard to read",
    means="The text needs more school years than 8 (Flesch-Kincaid), or 10 for a"
    " letter. Frightened and tired people read below what they can.",
    mend="Use shorter sentences first, then shorter words. Read it aloud.",
    example=Sentence("Save it now. You can decide later."),
)
def hard_to_read(pack: Pack) -> Iterator[Fault]:
    """A text above the grade that we aim at."""
    for page in pack.pages.values():
        yield from _hard(page.path, pack.prose[page.id].body, HARDEST_PAGE)
    for letter in pack.letters.values():
        body = pack.letter_prose[letter.id].body
        yield from _hard(letter.path, body, HARDEST_LETTER)
    for name in pack.data:
        yield from _hard(f"data/{name}.toml", _listed(pack, name), HARDEST_PAGE)


def _hard(path: str, passages: Iterable[Passage], most: float) -> Iterator[Fault]:
    found = grade([passage.text for passage in passages])
    if found is not None and found > most:
        what = _("The reading grade is {grade}.").format(grade=found)
        fix = _("Shorten sentences and words: {most:g} at most.").format(most=most)
        yield Fault(path, 1, what, fix)


@check(
    "C505",
    "Nobody has looked at this page for a year",
    means="More than 12 months have passed since the month under 'reviewed'. The"
    " page says so to the reader.",
    mend="Read it again, check its facts, and write the month of today.",
    example="reviewed: 2026-11",
)
def stale_review(pack: Pack) -> Iterator[Fault]:
    """A review that is more than a year ago."""
    for each in _files(pack):
        if _MONTH.fullmatch(each.reviewed) and stale(each.reviewed, pack.today):
            line = pack.key_line(each.path, "reviewed")
            what = _("Last reviewed in {month}.").format(month=each.reviewed)
            fix = _("Review it, and write the new month.")
            yield Fault(each.path, line, what, fix)


@check(
    "C506",
    "The month of the last review is missing",
    means="Without it nobody can tell whether the page is still right.",
    mend="Write the year and the month of the day you last checked its facts.",
    example="reviewed: 2026-11",
)
def not_reviewed(pack: Pack) -> Iterator[Fault]:
    """No month of a review, or one that cannot be read."""
    for each in _files(pack):
        if not _MONTH.fullmatch(each.reviewed):
            line = pack.key_line(each.path, "reviewed")
            what = _("'reviewed' is missing, or is not a month.")
            fix = _("Write it like reviewed: 2026-11.")
            yield Fault(each.path, line, what, fix)


@check(
    "C507",
    "The sources are missing",
    means="Nobody can check a page that does not say where its facts come from.",
    mend="Name each source, with its part.",
    example="sources: [facts 2.4, facts 9]",
)
def no_sources(pack: Pack) -> Iterator[Fault]:
    """A page or letter without sources."""
    for each in _files(pack):
        if not any(each.sources):
            what = _("'{key}' is missing.").format(key="sources")
            yield Fault(each.path, 1, what, _("Name where it is from."))


@check(
    "C508",
    "Nobody says why",
    means="Every question says why it is asked, and every step why it matters. The"
    " reader opens it with one key, and trusts us more.",
    mend="Add 'why:' with one or two short sentences.",
    example="why: The order of your steps depends on it.",
)
def no_why(pack: Pack) -> Iterator[Fault]:
    """A page or letter without its reason."""
    for each in _files(pack):
        if not each.why:
            what = _("'{key}' is missing.").format(key="why")
            yield Fault(each.path, 1, what, _("Add one or two sentences."))
