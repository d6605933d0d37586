"""One Markdown file into one ``Page``. Every fault is a finding; none stops it.

Options and tasks are list lines that end in ``{#id}``; everything else in the body
is left as the Markdown it is, and read when the page is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from guide.library.front_matter import FrontMatterError, Value, split
from guide.library.keys import Keys
from guide.model.conditions import ALWAYS, Condition, ConditionError
from guide.model.content import (
    AnswerKind,
    Option,
    Page,
    PageKind,
    Question,
    Route,
    Task,
)
from guide.model.problems import Finding
from guide.words import _, plural

PAGE_KEYS = (
    *("title", "kind", "ask", "answer", "required", "safer", "suggest", "why"),
    *("offers", "sources", "reviewed", "next", "best", "crisis", "again"),
    "translated_from",
)
MOST_BYTES = 64 * 1024
LONGEST_LINE = 1_000  # of an option or a task: what reads them goes back and forth
NEXT = "next"  # the value kept when a step without options is passed
_OPTION = re.compile(r"^- \[(?P<text>.+)\]\((?P<go>[^()\s]*)\)\s*\{(?P<attrs>.*)\}\s*$")
_TASK = re.compile(r"^- \[[ xX]\]\s+(?P<text>.+?)\s*\{(?P<attrs>.*)\}\s*$")
_ATTRS = re.compile(r'\s*(?:#(?P<id>[a-z0-9-]+)|(?P<only>only)|when="(?P<when>[^"]*)")')


@dataclass(slots=True)
class _Lists:
    """What the list lines of a body hold, and the body without them."""

    options: list[Option] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def parse_page(
    text: str, *, id_: str, chapter: str, lang: str, path: str
) -> tuple[Page, list[Finding]]:
    """Read the file *path*, already decoded as *text*."""
    findings: list[Finding] = []
    try:
        if len(text.encode("utf-8", "replace")) > MOST_BYTES:
            raise FrontMatterError(_("The page is larger than 64 KiB."))
        values, body, first = split(text)
    except FrontMatterError as error:
        fix = _("Compare it with a page that works.")
        findings.append(Finding(path, error.line, "C001", error.what, fix))
        return Page(id=id_, kind=PageKind.PAGE, title=id_, path=path), findings
    keys = Keys(values, path, text, PAGE_KEYS, findings)
    lists = _read_lists(body, first, keys)
    return _page(keys, lists, id_=id_, chapter=chapter, lang=lang), findings


def _page(keys: Keys, lists: _Lists, *, id_: str, chapter: str, lang: str) -> Page:
    kind = keys.choice("kind", PageKind, PageKind.PAGE)
    return Page(
        id=id_,
        kind=kind,
        title=keys.text("title", needed=True) or id_,
        chapter=chapter,
        body="\n".join(lists.rest).strip("\n"),
        why=keys.text("why"),
        question=_question(kind, keys, lists, id_),
        tasks=() if _asks_many(keys) else tuple(lists.tasks),
        routes=read_routes(keys, "next"),
        best=read_routes(keys, "best"),
        offers=keys.texts("offers"),
        sources=keys.texts("sources"),
        reviewed=keys.text("reviewed"),
        crisis=keys.yes("crisis"),
        again=keys.yes("again"),
        lang=lang,
        path=keys.path,
    )


def _asks_many(keys: Keys) -> bool:
    return keys.choice("answer", AnswerKind, AnswerKind.ONE) is AnswerKind.MANY


def _question(kind: PageKind, keys: Keys, lists: _Lists, id_: str) -> Question | None:
    if kind is PageKind.PAGE:
        return None
    if kind is not PageKind.QUESTION and not lists.options:
        go_on = Option(id=NEXT, text=_("Go on"))
        return Question(fact=keys.text("ask") or id_, options=(go_on,))
    answer = keys.choice("answer", AnswerKind, AnswerKind.ONE)
    options = tuple(lists.options)
    if answer is AnswerKind.MANY:
        options = tuple(_as_option(task, keys) for task in lists.tasks)
    return Question(
        fact=keys.text("ask", needed=kind is PageKind.QUESTION) or id_,
        kind=answer,
        options=options,
        required=keys.yes("required") or kind is not PageKind.QUESTION,
        safer=keys.text("safer"),
        suggest=keys.text("suggest"),
    )


def _as_option(task: Task, keys: Keys) -> Option:
    only = " only" in keys.lines[task.line - 1]
    return Option(id=task.id, text=task.text, when=task.when, only=only, line=task.line)


def _read_lists(body: str, first: int, keys: Keys) -> _Lists:
    lists, fenced = _Lists(), False
    for number, line in enumerate(body.split("\n"), first):
        fenced ^= line.startswith("```")
        option, task = (None, None) if fenced else _item(line, number, keys)
        if not (option or task):
            lists.rest.append(line)
        elif task:
            id_, when, _only = _attributes(task["attrs"], number, keys)
            lists.tasks.append(Task(id=id_, text=task["text"], when=when, line=number))
        elif option:
            id_, when, only = _attributes(option["attrs"], number, keys)
            go = page_id(option["go"])
            text = option["text"]
            lists.options.append(
                Option(id=id_, text=text, go=go, when=when, only=only, line=number)
            )
    return lists


def _item(
    line: str, number: int, keys: Keys
) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """*line* as an option, and as a task."""
    if not line.startswith("- [") or not line.rstrip().endswith("}"):
        return None, None
    if len(line) > LONGEST_LINE:
        what = plural(
            "This line is longer than {count:,} character.",
            "This line is longer than {count:,} characters.",
            LONGEST_LINE,
        )
        keys.fault("C007", what, _("Make it shorter."), number)
        return None, None
    return _OPTION.match(line), _TASK.match(line)


def _attributes(text: str, line: int, keys: Keys) -> tuple[str, Condition, bool]:
    id_, when, only, at = "", ALWAYS, False, 0
    while at < len(text.rstrip()):
        found = _ATTRS.match(text, at)
        if not found:
            what = _("'{text}' is not understood.").format(text=f"{{{text}}}")
            fix = _('Write {#id}, {#id only} or {#id when="…"}.')
            keys.fault("C007", what, fix, line)
            break
        id_ = found["id"] or id_
        only = only or bool(found["only"])
        if found["when"] is not None:
            when = read_condition(found["when"], keys, line)
        at = found.end()
    if not id_:
        what, fix = _("An option or task has no id."), _("Add {#an-id}.")
        keys.fault("C008", what, fix, line)
    return id_, when, only


def read_condition(source: str, keys: Keys, line: int) -> Condition:
    """The condition in *source*; a faulty one is reported and never true."""
    try:
        return Condition.parse(source)
    except ConditionError as error:
        subject = _("The condition '{source}'").format(source=source)
        fix = _("Use: fact is value, fact has value, and, or, not, brackets.")
        keys.fault("C003", error.told(subject), fix, line)
        return Condition.parse("not (x is x or not x is x)")


def read_routes(keys: Keys, name: str) -> tuple[Route, ...]:
    """The routes under the key *name*, in their order."""
    routes: list[Route] = []
    for value in keys.values_of(name):
        line = keys.line_of(name) + 1 + len(routes)
        if not isinstance(value, dict) or not isinstance(value.get("go"), str):
            what = _("A route under '{key}' has no 'go'.").format(key=name)
            fix = _("Write - {when: condition, go: page-id}.")
            keys.fault("C004", what, fix, line)
            continue
        routes.append(_route(value, keys, line))
    return tuple(routes)


def _route(value: dict[str, Value], keys: Keys, line: int) -> Route:
    for key in value.keys() - {"when", "go", "because"}:
        what = _("A route has no '{key}'.").format(key=key)
        fix = _("A route has 'when', 'go' and 'because'.")
        keys.fault("C002", what, fix, line)
    when = read_condition(str(value["when"]), keys, line) if "when" in value else ALWAYS
    because = str(value.get("because", ""))
    return Route(go=page_id(str(value["go"])), when=when, because=because, line=line)


def page_id(link: str) -> str:
    """The page a relative link leads to.

    >>> page_id("../2-records/s-log.md")
    's-log'
    """
    return link.rsplit("/", 1)[-1].removesuffix(".md")
