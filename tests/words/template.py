"""The template of every catalogue: ``guide/locale/guide.pot``, taken from the code.

Babel walks the files and writes the template. What it looks for is said here, from the
syntax tree: its own search sees no ``_()`` inside an f-string before Python 3.12, and
no sentence that an exception or a check is born with, which is translated later. Nor
does it see the table of a program that leaves the guide, and is translated then.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

GUIDE = Path(__file__).parents[2] / "guide"
TEMPLATE = GUIDE / "locale" / "guide.pot"
OF_ERRORS = frozenset({"what", "next_step"})
OF_CHECKS = frozenset({"title", "means", "mend"})
TABLE = "SENTENCES"
SAYS: Mapping[str, int] = {"_": 1, "plural": 2}
_KEYWORDS = {"_": None, "plural": (1, 2)}
_FOR_TRANSLATORS = "# Translators: "
_HEAD = """\
# The sentences of the guide, for translation. Made by: python3 -m tests.words
# A copy of this file is a catalogue:
# guide/locale/<language>/LC_MESSAGES/guide.po
#"""
# What differs from day to day, and the blanks that nobody has filled, say nothing.
_CHURN = (
    *('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Project-Id'),
    *('"Report-Msgid', '"Last-Translator', '"Language-Team'),
)
Found: TypeAlias = tuple[int, str, list[str], list[str]]


def template() -> str:
    """The template as it stands in the file."""
    made = BytesIO()
    write_po(made, sentences(), no_location=True, sort_output=True, width=80)
    lines = made.getvalue().decode().splitlines()
    return "\n".join(line for line in lines if not line.startswith(_CHURN)) + "\n"


def sentences() -> Catalog:
    """Everything that the program can say."""
    catalog = Catalog(charset="utf-8", header_comment=_HEAD)
    for message, told in _extracted():
        # Blanks are {named}: what Babel takes for a %-format is a per cent sign.
        catalog.add(message, auto_comments=told).flags.discard("python-format")
    return catalog


@cache
def _extracted() -> tuple[tuple[str | tuple[str, ...], list[str]], ...]:
    files = extract_from_dir(
        GUIDE, [("**.py", f"{__name__}:search")], keywords=_KEYWORDS
    )
    return tuple((message, told) for _file, _line, message, told, _of in files)


def search(
    file: IO[bytes], keywords: object, tags: object, options: object
) -> Iterator[Found]:
    """Each sentence of a *file*: its line, what says it, its forms, what is told.

    Called by Babel, with what it would tell a search of its own.
    """
    source = file.read().decode("utf-8")
    lines, tree = source.split("\n"), ast.parse(source)
    for call, name in sorted(said_in(tree), key=lambda found: found[0].lineno):
        forms = [each.value for each in call.args if isinstance(each, ast.Constant)]
        above = lines[call.lineno - 2].strip()
        told = [above.removeprefix("# ")] if above.startswith(_FOR_TRANSLATORS) else []
        yield call.lineno, name, [str(each) for each in forms[: SAYS[name]]], told
    for said in (*of_errors(tree), *of_checks(tree), *of_tables(tree)):
        yield 0, "_", [said], []


def said_in(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call that translates, and its name."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in SAYS:
                yield node, name


def of_errors(tree: ast.AST) -> Iterator[str]:
    """The sentences that the exceptions of a file are born with."""
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    for each in (line for found in classes for line in found.body):
        match each:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Constant(value=str(said))
            ) if name in OF_ERRORS and said:
                yield said


def of_checks(tree: ast.AST) -> Iterator[str]:
    """The words of every check that a file makes: see `guide.library.lint.rules`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Check" | "check"), keywords=given):
                said = [each.value for each in given if each.arg in OF_CHECKS]
                yield from _literals([*node.args[1:2], *said] if said else [])
            case ast.Call(func=ast.Name(id="Sentence")):
                yield from _literals(node.args)


def _literals(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.Constant(value=str(said)):
                yield said


def of_tables(tree: ast.Module) -> Iterator[str]:
    """The sentences of a file that stands alone, in the one table that it has."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=said)):
                if name == TABLE:
                    yield from (str(ast.literal_eval(each)) for each in said)
