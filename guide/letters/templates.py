"""The templates of letters: a small part of Jinja2, checked before it runs.

A template may hold text, fields, if/and/or/not, a comparison, a loop over a list
field and three filters. All else is refused by its syntax tree when the file is read:
the sandbox alone stops neither a memory bomb nor an endless loop.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from guide.model.telling import long_day
from guide.words import _

FieldValue = str | bool | tuple[str, ...]
MOST_CHARACTERS, MOST_NODES = 20_000, 2_000
DEEPEST = 40  # Python takes a template of 100 levels no more
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const),
    *(nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand),
    *(nodes.For, nodes.Filter),
)
_COMPARISONS = frozenset({"eq", "ne"})


class TemplateError(ValueError):
    """The template uses something that letters do not have; ``line`` is from 1."""

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.what, self.line = what, line


def check_template(
    source: str, fields: Collection[str], lists: Collection[str]
) -> None:
    """Refuse, with TemplateError, all that the reader's letter must not run."""
    _check(source, frozenset(fields), frozenset(lists))


@lru_cache(maxsize=64)  # a form draws its letter anew with every key
def _check(source: str, fields: frozenset[str], lists: frozenset[str]) -> None:
    if len(source) > MOST_CHARACTERS:
        raise TemplateError(_("The letter is longer than 20,000 characters."))
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError as error:
        raise TemplateError(f"{error.message}", error.lineno) from None
    except RecursionError:
        raise TemplateError(_too_deep()) from None
    except ValueError:  # a number of thousands of digits
        raise TemplateError(_("A number in the template is too long.")) from None
    known = fields | lists
    for count, (node, names, depth) in enumerate(_nodes(tree, known), 1):
        if count > MOST_NODES:
            raise TemplateError(_("The template has too many parts."), node.lineno)
        if depth > DEEPEST:
            raise TemplateError(_too_deep(), node.lineno)
        _check_node(node, names, lists)


def _too_deep() -> str:
    return _("The template is nested too deeply.")


def _nodes(
    tree: nodes.Node, names: frozenset[str]
) -> Iterator[tuple[nodes.Node, frozenset[str], int]]:
    """Every node, the names that may stand there (a loop adds its own), its depth."""
    waiting = [(tree, names, 1)]
    while waiting:
        node, here, depth = waiting.pop()
        yield node, here, depth
        inside = here
        if isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            inside = here | {node.target.name}
        waiting += [(child, inside, depth + 1) for child in node.iter_child_nodes()]


def _check_node(
    node: nodes.Node, names: frozenset[str], lists: Collection[str]
) -> None:
    fault = ""
    match node:
        case nodes.Name() if node.name not in names:
            fault = _("There is no field '{name}'.").format(name=node.name)
        case nodes.Filter() if node.name not in FILTERS or _is_given_more(node):
            fault = _("There is no filter '{name}'.").format(name=node.name)
        case nodes.Const() if not _is_plain(node.value):
            fault = _("Only texts, true and false can stand here.")
        case nodes.Operand() if node.op not in _COMPARISONS:
            fault = _("Only == and != can compare.")
        case nodes.For() if not _plain_loop(node, lists):
            fault = _("A loop can only go over a list field.")
        case _ if not isinstance(node, _ALLOWED):
            name = type(node).__name__
            fault = _("'{name}' is not part of a letter.").format(name=name)
    if fault:
        raise TemplateError(fault, node.lineno)


def _is_given_more(node: nodes.Filter) -> bool:
    return bool(node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)


def _plain_loop(node: nodes.For, lists: Collection[str]) -> bool:
    return (
        isinstance(node.iter, nodes.Name)
        and node.iter.name in lists
        and isinstance(node.target, nodes.Name)
        and not node.recursive
        and node.test is None
        and node.target.name != "loop"  # Jinja keeps that name for itself
        # Loops in loops make a letter of a few lines endless.
        and not any(True for _each in _loops_inside(node))
    )


def _loops_inside(node: nodes.For) -> Iterator[nodes.For]:
    for child in (*node.body, *node.else_):
        if isinstance(child, nodes.For):
            yield child
        yield from child.find_all(nodes.For)


def _is_plain(value: object) -> bool:
    """Whether it is true, false, or a text that any file can hold."""
    if isinstance(value, str):
        return not any("\ud800" <= each <= "\udfff" for each in value)
    return isinstance(value, bool)


def fill(source: str, values: Mapping[str, FieldValue]) -> str:
    """*source* with its fields filled. Check it first with ``check_template``."""
    return _compiled(source).render(values)


@lru_cache(maxsize=64)
def _compiled(source: str) -> Template:
    return environment().from_string(source)


def long_date(day: str) -> str:
    """Write a date, given as year-month-day, as no country can misread it.

    >>> long_date("2025-03-04")
    '4 March 2025'
    """
    try:
        read = date.fromisoformat(day)
    except (ValueError, TypeError):  # no day, or no text: an author's mistake
        return day
    return long_day(read)


def or_line(text: str) -> str:
    """*text*, or a line to write on by hand where nobody typed one.

    >>> or_line("blue"), len(or_line(""))
    ('blue', 40)
    """
    return text or "_" * 40


def or_lines(text: str) -> str:
    """*text*, or three long lines to write on by hand."""
    return text or "\n".join(["_" * 64] * 3)


FILTERS = {"long_date": long_date, "or_line": or_line, "or_lines": or_lines}


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """The sandbox that letters run in, with nothing in it but our filters."""
    sandbox = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sandbox.globals.clear()
    sandbox.filters.clear()
    sandbox.tests.clear()
    sandbox.filters |= FILTERS
    return sandbox
