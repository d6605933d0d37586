"""Targets that read content: front matter, pages, letters, conditions, lists."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from guide.interview import locate, offered
from guide.letters.render import render
from guide.letters.templates import TemplateError, check_template, fill
from guide.library.contacts import read_emergency, read_help_lines
from guide.library.front_matter import FrontMatterError, load
from guide.library.letters import parse_letter
from guide.library.markdown import blocks, containers, visible
from guide.library.pages import parse_page
from guide.library.prose import prose
from guide.library.reading import UnusableFileError, read_toml
from guide.library.tables import SHAPES, parts, read_table
from guide.mail.desks import desk_problems, parse_desks
from guide.mail.registries import parse_registries, registry_problems
from guide.model.answers import parse_answer
from guide.model.conditions import Answers, Condition, ConditionError
from guide.model.content import FieldKind, Letter, Library
from guide.model.problems import InvalidAnswerError
from tests.fuzz.target import CONTENT, Target

SAID: Answers = {"age": "adult", "kinds": ("messages", "threats"), "minor": "yes"}
_TODAY = date(2026, 11, 20)
_WHEN = re.compile(rb'when: ([^,}]+)|when="([^"]+)"|::: when (.+)')


def text_of(case: bytes) -> str:
    """As a file is read: what is no UTF-8 never gets so far."""
    return case.decode("utf-8", "replace")


@lru_cache(maxsize=1)
def _pages() -> tuple[bytes, ...]:
    return tuple(x.read_bytes() for x in sorted((CONTENT / "en").rglob("*/*.md")))


@lru_cache(maxsize=1)
def _letters() -> tuple[bytes, ...]:
    folder = CONTENT / "en" / "letters"
    return tuple(path.read_bytes() for path in sorted(folder.glob("*.md")))


@lru_cache(maxsize=1)
def _front_matters() -> tuple[bytes, ...]:
    return tuple(page.split(b"\n---\n")[0][4:] for page in _pages())


@lru_cache(maxsize=1)
def _bodies() -> tuple[bytes, ...]:
    return tuple(page.partition(b"\n---\n")[2] for page in _pages())


@lru_cache(maxsize=1)
def _templates() -> tuple[bytes, ...]:
    return tuple(each.partition(b"\n---\n")[2].lstrip() for each in _letters())


@lru_cache(maxsize=1)
def _conditions() -> tuple[bytes, ...]:
    found = {b"".join(x).strip() for page in _pages() for x in _WHEN.findall(page)}
    facts = (CONTENT / "en" / "facts.toml").read_bytes()
    return tuple(sorted(found)) + tuple(re.findall(rb'= "(.+)"', facts))


@lru_cache(maxsize=1)
def _lists() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(CONTENT.rglob("*.toml")))


def _read_front_matter(case: bytes) -> None:
    load(text_of(case))


def _read_page(case: bytes) -> None:
    text = text_of(case)
    page, findings = parse_page(text, id_="x", chapter="c", lang="en", path="x.md")
    for finding in findings:
        str(finding)
    library = Library(title="", start="x", pages={"x": page}, letters={})
    locate(library, SAID)
    if page.question:
        offered(page, SAID)
        for typed in ("1", "yes", "", "x" * 500):
            try:
                parse_answer(page.question, typed, SAID)
            except InvalidAnswerError:
                continue
    for part in parts(visible(page.body, SAID)):
        if isinstance(part, str):
            _ = prose(part) or blocks(part)


def _read_letter(case: bytes) -> None:
    letter, _found = parse_letter(text_of(case), id_="x", lang="en", path="x.md")
    if letter is not None:
        _fill(letter)


def _fill(letter: Letter) -> None:
    lists = [each.id for each in letter.fields if each.kind is FieldKind.LIST]
    names = [each.id for each in letter.fields]
    for source in (letter.subject, letter.body):
        check_template(source, names, lists)
    values = {name: ("one", "two") if name in lists else "some text" for name in names}
    render(letter, values, to="somebody", today=_TODAY)
    render(letter, {}, to="", today=_TODAY)


def _read_template(case: bytes) -> None:
    source = text_of(case)
    names = set(re.findall(r"[a-z_]{2,}", source))
    lists = {*re.findall(r"in ([a-z_]+)", source), "things"} - {"loop"}
    check_template(source, names, lists)
    many = tuple(map(str, range(40)))
    for typed in ("", "some text"):
        values = dict.fromkeys(names, typed) | dict.fromkeys(lists, many)
        if len(fill(source, values)) > 4_000_000:
            raise MemoryError("a letter without an end")


def _read_condition(case: bytes) -> None:
    condition = Condition.parse(text_of(case))
    condition.holds(SAID)
    condition.holds({})


def _read_markdown(case: bytes) -> None:
    text = text_of(case)
    for part in (text, visible(text, SAID)):
        for block in blocks(part):
            for span in block.spans:
                if not 0 <= span.start <= span.end <= len(block.text):
                    raise IndexError(f"{span} of {len(block.text)} characters")
    prose(text)
    list(containers(text))


def _read_lists(case: bytes) -> None:
    table = read_toml(text_of(case))
    read_emergency(table)
    read_help_lines(table)
    for name in SHAPES:
        read_table(name, table)
    parse_desks(table)
    desk_problems(table)
    parse_registries(table)
    registry_problems(table)


_JINJA = (
    *(b"{{", b"}}", b"{%", b"%}", b"{#", b"#}", b"|attr", b"|format", b"|or_line"),
    *(b"__class__", b"__mro__", b"__globals__", b"self", b"loop", b"namespace"),
    *(b"cycler", b"joiner", b"lipsum", b"range(10**9)", b"**", b"~", b"."),
    *(b"{% for x in things %}", b"{% endfor %}", b"{% if a %}", b"{% endif %}"),
    *(b"{% else %}", b"{% macro m() %}", b"{% include 'x' %}", b"{% set a = 1 %}"),
    *(b"{{ a }}", b"{% raw %}", b"recursive", b" is defined", b" in ", b"[0]", b"()"),
)
_YAML = (
    *(b"---", b"? ", b": ", b"- ", b"<<: ", b"&a ", b"*a", b"!!python/object:x "),
    *(b"!!binary ", b"|", b">", b"%YAML 1.1", b"%TAG ! x", b"kind: question"),
    *(b"answer: many", b"next:", b"- {when: age is adult, go: x}", b"required: yes"),
)
_PAGE = (
    *(*_YAML, b"- [x](y.md) {#a}", b'- [ ] x {#a when="age is adult"}', b"{#a only}"),
    *(
        b"::: when ",
        b":::",
        b"::: data platforms block",
        b"```",
        b"[a]: /x",
        b"![",
        b"|",
    ),
    *(b"|-|-|\n", b"> [!NOTE] ", b"](x) {", b"{ ", b"}", b"**", b"~~", b"<!--"),
    *(b"&#0;", b"# ", b"    "),
)
_LETTER = (*_JINJA, *_YAML, b"Subject: ", b"fields:", b"kind: list", b"- {id: a}")
_CONDITION = (b"is", b"has", b"any", b"and", b"or", b"not", b"(", b")", b"age")
_TOML = (
    *(b"[", b"]", b"[[", b"]]", b"=", b".", b'"""', b"'''", b"{", b"}", b"a.", b"#"),
    *(b"[[line]]\n", b"[[desk]]\n", b"[[block]]\n", b"2026-11-03T10:00:00Z", b"0x"),
    *(b'confidence = "low"\n', b"id = 3\n", b"numbers = []\n", b"\\u0000", b"inf"),
)

TARGETS = {
    "front matter": Target(
        run=_read_front_matter,
        seeds=_front_matters,
        words=_YAML,
        allowed=(FrontMatterError,),
    ),
    "page": Target(run=_read_page, seeds=_pages, words=_PAGE),
    "letter": Target(
        run=_read_letter, seeds=_letters, words=_LETTER, allowed=(TemplateError,)
    ),
    "template": Target(
        run=_read_template, seeds=_templates, words=_JINJA, allowed=(TemplateError,)
    ),
    "condition": Target(
        run=_read_condition,
        seeds=_conditions,
        words=_CONDITION,
        allowed=(ConditionError,),
    ),
    "markdown": Target(run=_read_markdown, seeds=_bodies, words=_PAGE),
    "lists": Target(
        run=_read_lists, seeds=_lists, words=_TOML, allowed=(UnusableFileError,)
    ),
}
