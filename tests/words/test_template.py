"""Every sentence of the program can be translated: none is put together beforehand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from io import BytesIO

import pytest

from guide.export.bag.verify import SENTENCES
from guide.library.lint import EVERY_CODE
from guide.library.lint.rules import Sentence
from guide.model.problems import GuideError
from tests.words.template import (
    GUIDE,
    SAYS,
    TEMPLATE,
    of_checks,
    of_errors,
    of_tables,
    said_in,
    search,
    sentences,
    template,
)

# What is no literal: the constants of exceptions and of checks, see `of_errors` and
# `of_checks`, and the table of a program that a bag holds, see `of_tables`.
ERRORS, TOLD = "model/problems.py", "export/bag/told.py"
CHECKS = "library/lint/rules.py"
CHECKS_BAGS = "export/bag/verify.py"
# Imported once the language is known: the help of a command is a part of it.
AFTER_THE_LANGUAGE = "cli/"
SOURCES = {
    path.relative_to(GUIDE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(GUIDE.rglob("*.py"))
}


def is_literal(call: ast.Call, name: str) -> bool:
    said = call.args[: SAYS[name]]
    return len(said) == SAYS[name] and all(
        isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value
        for each in said
    )


def test_the_template_has_every_sentence_as_it_is_now() -> None:
    """Run ``python3 -m tests.words`` after a sentence was changed."""
    assert TEMPLATE.read_text(encoding="utf-8") == template()


def test_every_sentence_that_is_translated_is_a_literal() -> None:
    """Babel reads the code and never runs it: what is put together is not found."""
    wrong = [
        f"{file}:{call.lineno}"
        for file, tree in SOURCES.items()
        for call, name in said_in(tree)
        if not is_literal(call, name)
    ]
    assert len(wrong) == 7
    assert {each.partition(":")[0] for each in wrong} == {ERRORS, CHECKS, TOLD}


@pytest.mark.parametrize(
    "source",
    ["_(name)", "_(f'{x}')", "_('a' + b)", "plural(one, 'many', 2)", "_()", "_('')"],
)
def test_what_is_no_literal_is_seen(source: str) -> None:
    ((call, name),) = said_in(ast.parse(source))
    assert not is_literal(call, name)


def test_a_sentence_inside_another_text_is_found() -> None:
    """In an f-string, and with a word for whoever translates it."""
    source = "# Translators: of a key\nx = f\"Esc {_('Back')}\"\nplural('a', 'b', n)\n"
    assert [*search(BytesIO(source.encode()), {}, (), {})] == [
        (2, "_", ["Back"], ["Translators: of a key"]),
        (3, "plural", ["a", "b"], []),
    ]


def test_nothing_is_translated_before_the_language_is_known() -> None:
    """A sentence that is made on import would stay in the language of that moment."""
    early = [
        f"{name}:{line}"
        for name, tree in SOURCES.items()
        if not name.startswith(AFTER_THE_LANGUAGE)
        for line in on_import(tree, running=True)
    ]
    assert not early


def on_import(tree: ast.AST, *, running: bool) -> Iterator[int]:
    """The lines of what is translated while the module is imported."""
    for node in ast.iter_child_nodes(tree):
        if running:
            yield from (call.lineno for call, _name in said_in(node) if call is node)
        yield from on_import(
            node, running=running and not isinstance(node, ast.Lambda | _FUNCTIONS)
        )
        if running and isinstance(node, _FUNCTIONS):
            defaults = (*node.args.defaults, *filter(None, node.args.kw_defaults))
            for each in (*defaults, *node.decorator_list):
                yield from on_import(ast.Expr(each), running=True)


_FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef


def test_a_sentence_made_on_import_is_seen() -> None:
    source = "A = {1: _('a')}\nclass B:\n    c = _('b')\ndef f(x=_('c')):\n    _('d')\n"
    assert sorted(on_import(ast.parse(source), running=True)) == [1, 3, 4]


def test_an_exception_has_its_words_in_the_template() -> None:
    """Whatever it is called: they are the constants that `GuideError` translates."""
    source = 'class Torn(Exception):\n    what = "It is torn."\n    next_step = ""\n'
    assert list(of_errors(ast.parse(source))) == ["It is torn."]
    assert {GuideError.what, GuideError.next_step} <= set(of_errors(SOURCES[ERRORS]))


def test_a_check_has_its_words_in_the_template() -> None:
    """Also its example, where that is a sentence and not a piece of a file."""
    source = (
        '@check("C1", "It is torn.", means="So it is.", mend="Mend it.", example="a")\n'
        'def torn(): ...\nCheck(code="C2", title="Old.", example=Sentence("So."))\n'
        'check("C3", other)\n'
    )
    said = ["It is torn.", "So it is.", "Mend it.", "Old.", "So."]
    assert sorted(of_checks(ast.parse(source))) == sorted(said)


@pytest.mark.parametrize("code", EVERY_CODE)
def test_every_check_has_its_words_in_the_template(code: str) -> None:
    known, each = {str(x.id) for x in sentences()}, EVERY_CODE[code]
    assert {each.title, each.means, each.mend} <= known
    assert isinstance(each._example, Sentence) == (each.example in known)


def test_what_checks_a_bag_has_its_words_in_the_template() -> None:
    """It can import nothing of ours, so they are translated when a bag is written."""
    assert set(of_tables(SOURCES[CHECKS_BAGS])) == set(SENTENCES.values())
    assert set(SENTENCES.values()) <= {str(each.id) for each in sentences()}
