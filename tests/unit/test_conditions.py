"""The language of conditions: closed, and silent about what nobody said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.model.conditions import ALWAYS, Answers, Condition, ConditionError

SAID: Answers = {
    "age": "adult",
    "kinds": ("messages", "threats"),
    "safe": ("none",),
    "flags": ("unsure",),
    "minor": "yes",
    "one": "skipped",
    "empty": (),
}


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        pytest.param("age is adult", True, id="is"),
        pytest.param("age is minor", False, id="is another"),
        pytest.param("unknown is adult", False, id="not said"),
        pytest.param("age is not minor", True, id="is not"),
        pytest.param("unknown is not minor", False, id="not said is not, either"),
        pytest.param("not (unknown is minor)", True, id="not of what nobody said"),
        pytest.param("kinds has threats", True, id="has"),
        pytest.param("kinds has mob", False, id="has not"),
        pytest.param("unknown has mob", False, id="not said has nothing"),
        pytest.param("age has adult", True, id="one answer has itself"),
        pytest.param("kinds is messages", False, id="many boxes are not one"),
        pytest.param("kinds has any", True, id="any"),
        pytest.param("safe has any", False, id="none is not any"),
        pytest.param("flags has any", True, id="not sure is any"),
        pytest.param("one has any", True, id="skipped is any"),
        pytest.param("empty has any", False, id="no box is not any"),
        pytest.param("unknown has any", False, id="not said is not any"),
        pytest.param("minor", True, id="a bare fact"),
        pytest.param("age", False, id="a bare fact that is no yes"),
        pytest.param("minor and age is minor", False, id="and"),
        pytest.param("minor or age is minor", True, id="or"),
        pytest.param("age is minor and minor or minor", True, id="and binds tighter"),
        pytest.param("age is minor and (minor or minor)", False, id="brackets"),
        pytest.param("not age is minor and minor", True, id="not binds tightest"),
        pytest.param("not not minor", True, id="not not"),
        pytest.param("  minor\tand\nminor ", True, id="spaces"),
    ],
)
def test_a_condition_says_what_is_known(source: str, *, holds: bool) -> None:
    """And nothing about what is not."""
    assert Condition.parse(source).holds(SAID) is holds


@pytest.mark.parametrize(
    "source",
    [
        *("", "   ", "and", "minor and", "or minor", "not", "is yes", "has any"),
        *("minor is", "minor is not", "minor has", "minor has and", "(minor", "minor)"),
        *("minor minor", "minor == yes", "minor = 'yes'", "Minor", "minor.yes", "()"),
        *("minor;", "__import__('os')", "minor is not not yes", "minor is any"),
        *("(" * 20 + "minor" + ")" * 20, "not " * 20 + "minor"),
    ],
)
def test_what_the_language_cannot_say_is_refused(source: str) -> None:
    """Content can never run code, nor go deeper than it may."""
    with pytest.raises(ConditionError):
        Condition.parse(source)


def test_every_fact_that_is_mentioned_is_named() -> None:
    """The proof over all answers rests on it."""
    source = "a is x and (b is not y or not c has z) or d has any and e"
    assert Condition.parse(source).names() == {"a", "b", "c", "d", "e"}
    assert ALWAYS.names() == frozenset()
    assert ALWAYS.holds({})


NAMES = st.sampled_from(["a", "b", "c"])
VALUES = st.sampled_from(["x", "y", "none", "unsure"])
ATOMS = st.one_of(
    st.builds("{} is {}".format, NAMES, VALUES),
    st.builds("{} is not {}".format, NAMES, VALUES),
    st.builds("{} has {}".format, NAMES, VALUES),
    st.builds("{} has any".format, NAMES),
    NAMES,
)
SOURCES = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
    ),
    max_leaves=8,
)
FACTS = st.dictionaries(NAMES, st.one_of(VALUES, st.tuples(VALUES, VALUES)))


@given(SOURCES, SOURCES, FACTS)
def test_conditions_follow_the_laws_of_logic(
    one: str, two: str, facts: Answers
) -> None:
    """Not, and, or and brackets mean what they mean everywhere."""
    a, b = Condition.parse(one).holds(facts), Condition.parse(two).holds(facts)
    assert Condition.parse(f"{one} and {two}").holds(facts) is (a and b)
    assert Condition.parse(f"{one} or {two}").holds(facts) is (a or b)
    assert Condition.parse(f"not ({one})").holds(facts) is (not a)
    same = Condition.parse(f"not (not ({one}) and not ({two}))")
    assert same.holds(facts) is (a or b)


@given(SOURCES, FACTS)
def test_a_condition_depends_on_what_it_names_and_on_nothing_else(
    source: str, facts: Answers
) -> None:
    """An answer to another question cannot change it."""
    condition = Condition.parse(source)
    less = {name: facts[name] for name in condition.names() & facts.keys()}
    assert condition.holds(less) is condition.holds({**facts, "other": "yes"})


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused_in_words(source: str) -> None:
    """A page that somebody typed wrong never stops the guide."""
    try:
        Condition.parse(source).holds({})
    except ConditionError as error:
        assert str(error)
