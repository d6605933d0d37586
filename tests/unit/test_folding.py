# ruff: noqa: RUF001  that letters look alike is what these tests are about
"""One form for all the ways to write the same, in each language of the lessons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.library.folding import folded, place_of, ways, words_in
from guide.library.search import Entry, Index, Wanted

# What stands in a lesson, and what somebody may type to find it.
FOUND = [
    pytest.param("Block the sender", "BLOCK", id="en case"),
    pytest.param("Don\u2019t answer", "don't", id="en apostrophe"),
    pytest.param("An e-mail came", "e-mail", id="en hyphen"),
    pytest.param("Cambia la contraseña", "contrasena", id="es without accents"),
    pytest.param("Cambia la contrasena", "contraseña", id="es with more accents"),
    pytest.param("Cambia la contraseña", "contrasen\u0303a", id="es taken apart"),
    pytest.param("Un cœur brisé à l\u2019école", "coeur ecole", id="fr"),
    pytest.param("Die Straße", "strasse", id="de"),
    pytest.param("Смени пароль, ещё раз", "ЕЩЕ", id="ru"),
    pytest.param("Твой телефон", "твои", id="ru short i"),
    pytest.param("غيّر كلمة المرور", "غير كلمه", id="ar marks and ta marbuta"),
    pytest.param("أرسل إلى الشرطة", "ارسل الى", id="ar alef and ya"),
    pytest.param("آمن", "امن", id="ar madda"),
    pytest.param("رســالة", "رسالة", id="ar tatweel"),
    pytest.param("الرقم ١٢٣", "123", id="ar digits"),
    pytest.param("گذرواژه را عوض کن", "كن", id="fa kaf"),
    pytest.param("او می\u200cخواهد", "می\u200cخواهد", id="fa joined later"),
    pytest.param("او می\u200cخواهد", "میخواهد", id="fa in one"),
    pytest.param("او می\u200cخواهد", "می خواهد", id="fa in two"),
    pytest.param("او میخواهد", "می\u200cخواهد", id="fa the other way"),
    pytest.param("تلفن ۱۱۰", "110", id="fa digits"),
    pytest.param("请更换你的密码和邮箱", "密码", id="zh two signs"),
    pytest.param("请更换你的密码和邮箱", "码", id="zh one sign"),
    pytest.param("請更換你的密碼和信箱", "更換你的密碼", id="zh-Hant"),
    pytest.param("安装Signal软件", "signal", id="zh among letters"),
    pytest.param("ＡＢＣ", "abc", id="full width"),
]


@pytest.mark.parametrize(("text", "typed"), FOUND)
def test_a_word_is_found_however_it_is_written(text: str, typed: str) -> None:
    index = Index()
    index.add([Entry(name="other", title="Nothing", body="Something else. 其他")])
    index.add([Entry(name="this", title="A", body=text)])
    found = index.find(Wanted(text=typed), 9, ours=True)
    assert [each.name for each in found] == ["this"]


@pytest.mark.parametrize(("text", "typed"), FOUND)
def test_the_excerpt_shows_the_word_in_its_place(text: str, typed: str) -> None:
    """Far from the beginning, so that it must have been looked for."""
    index = Index()
    index.add([Entry(name="this", title="A", body="x " * 300 + text)])
    (found,) = index.find(Wanted(text=typed), 9, ours=True)
    assert text[-4:] in found.body or "ß" in text or "œ" in text, found.body


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        pytest.param("请更换密码", "码密", id="zh in another order"),
        pytest.param("密一码", "密码", id="zh not beside each other"),
        pytest.param("Passwords", "word", id="in the middle of a word"),
        pytest.param("a sender and a block", "sender OR nothing", id="an operator"),
        pytest.param("x", '" OR 1=1 --', id="a quote"),
    ],
)
def test_what_is_not_there_is_not_found(text: str, typed: str) -> None:
    index = Index()
    index.add([Entry(name="this", title="A", body=text)])
    assert index.find(Wanted(text=typed), 9, ours=True) == []


@given(st.text(max_size=60), st.text(max_size=20))
def test_nothing_that_is_typed_stops_the_search(text: str, typed: str) -> None:
    index = Index()
    whole = text.encode("utf-8", "replace").decode()
    index.add([Entry(name="this", title=whole, body=whole)])
    index.find(Wanted(text=typed), 3, ours=True)
    index.find(Wanted(text=typed, some=True), 3, ours=True)
    index.count(Wanted(text=typed))


# Letters and digits that SQLite has known since long before this program.
_LONG_KNOWN = st.characters(max_codepoint=0x4FF, exclude_categories=["Cn"])


@given(st.text(alphabet=_LONG_KNOWN, max_size=40))
def test_each_word_of_a_text_finds_it(text: str) -> None:
    index = Index()
    index.add([Entry(name="this", title="", body=text)])
    for word in words_in(text):
        if ways(word):
            assert index.find(Wanted(text=word), 3, ours=True), word


@given(st.text(max_size=80))
def test_folding_what_was_folded_changes_no_word(text: str) -> None:
    once = folded(text)
    assert words_in(folded(once)) == words_in(once)


@given(st.text(max_size=80), st.text(max_size=8))
def test_a_place_is_inside_the_text(text: str, word: str) -> None:
    at = place_of(text, words_in(word))
    assert -1 <= at < max(1, len(text))
