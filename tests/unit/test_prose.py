"""The short way for plain prose and the Markdown parser never differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.actions.desk import keep_nothing
from guide.library.markdown import blocks
from guide.library.prose import LONGEST, prose

_MARKS = "*_`[]()<>&#~|\\+-=:.!'\"\n\r\t /%1aZé_"


@given(st.text(alphabet=_MARKS, max_size=40) | st.text(max_size=40))
def test_what_is_taken_as_prose_reads_as_the_parser_reads_it(text: str) -> None:
    plain = prose(text)
    assert plain is None or plain == blocks(text)


@given(
    st.lists(st.sampled_from(["a", "b1", "(c)", "d.", "1.", "-", "e", "\n", "\n\n"]))
)
def test_words_and_line_ends_in_any_order_read_the_same(words: list[str]) -> None:
    text = " ".join(words).replace(" \n", "\n").replace("\n ", "\n")
    plain = prose(text)
    assert plain is None or plain == blocks(text)


def test_every_page_that_is_prose_reads_the_same() -> None:
    pages = keep_nothing().library.pages.values()
    taken = {page.body: plain for page in pages if (plain := prose(page.body))}
    assert taken
    assert all(plain == blocks(body) for body, plain in taken.items())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Write *now*.", id="emphasis"),
        pytest.param("one_two_three", id="an underscore"),
        pytest.param("See [it](a.md).", id="a link"),
        pytest.param("- one", id="a list"),
        pytest.param("1. one", id="a numbered list"),
        pytest.param("Title\n=====", id="a heading beneath"),
        pytest.param("AT&amp;T", id="an entity"),
        pytest.param("one  \ntwo", id="a hard line break"),
        pytest.param("    code", id="code"),
        pytest.param("a" * (LONGEST + 1), id="too long"),
    ],
)
def test_more_than_prose_is_refused(text: str) -> None:
    assert prose(text) is None
