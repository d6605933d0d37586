"""What was chosen or typed, read as an answer or refused in words."""

from __future__ import annotations

import pytest

from guide.model.answers import LONGEST_ANSWER, parse_answer
from guide.model.conditions import AnswerValue, Condition
from guide.model.content import AnswerKind, Option, Question
from guide.model.problems import InvalidAnswerError

ONE = Question(
    fact="f",
    required=False,
    options=(
        Option(id="yes", text="Yes"),
        Option(id="hidden", text="Hidden", when=Condition.parse("shown")),
        Option(id="no", text="No"),
    ),
)
MANY = Question(
    fact="f",
    kind=AnswerKind.MANY,
    options=(
        Option(id="a", text="A"),
        Option(id="b", text="B"),
        Option(id="unsure", text="I am not sure"),
        Option(id="none", text="None", only=True),
    ),
)


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        pytest.param(ONE, "yes", "yes", id="by its id"),
        pytest.param(ONE, " 2 ", "no", id="by the number that is shown"),
        pytest.param(ONE, "unsure", "unsure", id="not sure"),
        pytest.param(ONE, "skipped", "skipped", id="skip"),
        pytest.param(ONE, "hidden", None, id="an option that is not offered"),
        pytest.param(ONE, "3", None, id="a number that is not shown"),
        pytest.param(ONE, "0", None, id="zero"),
        pytest.param(ONE, "", None, id="nothing"),
        pytest.param(MANY, "b a", ("a", "b"), id="boxes in their order"),
        pytest.param(MANY, "1, 2", ("a", "b"), id="numbers and a comma"),
        pytest.param(MANY, "a a", ("a",), id="twice"),
        pytest.param(MANY, "none", ("none",), id="none alone"),
        pytest.param(MANY, "none a", None, id="none beside another"),
        pytest.param(MANY, "unsure", ("unsure",), id="its own not sure"),
        pytest.param(MANY, "unsure a", ("a", "unsure"), id="not sure beside another"),
        pytest.param(MANY, "skipped", None, id="no skip where there is none"),
        pytest.param(MANY, "", None, id="no box"),
        pytest.param(MANY, "a c", None, id="an unknown box"),
    ],
)
def test_only_what_is_offered_is_an_answer(
    question: Question, text: str, answer: AnswerValue | None
) -> None:
    """Anything else is refused in words, and nothing is kept."""
    if answer is None:
        with pytest.raises(InvalidAnswerError) as refused:
            parse_answer(question, text, {})
        assert refused.value.next_step
    else:
        assert parse_answer(question, text, {}) == answer


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        pytest.param(AnswerKind.DATE, "2026-03-09", "2026-03-09", id="a date"),
        pytest.param(AnswerKind.DATE, "9/3/2026", None, id="no such date"),
        pytest.param(AnswerKind.DATE, "2026-02-30", None, id="no such day"),
        pytest.param(AnswerKind.EMAIL, "a@example.com", "a@example.com", id="an email"),
        pytest.param(AnswerKind.EMAIL, "@example.com", None, id="half an email"),
        pytest.param(AnswerKind.TEXT, " words ", "words", id="words"),
        pytest.param(AnswerKind.TEXT, "  ", None, id="no words"),
        pytest.param(AnswerKind.TEXT, "x" * LONGEST_ANSWER, "x" * 2000, id="long"),
        pytest.param(AnswerKind.TEXT, "x" * (LONGEST_ANSWER + 1), None, id="too long"),
    ],
)
def test_what_is_typed_is_read_or_refused_in_words(
    kind: AnswerKind, text: str, answer: str | None
) -> None:
    """A slip of the finger loses nothing."""
    question = Question(fact="f", kind=kind)
    if answer is None:
        with pytest.raises(InvalidAnswerError):
            parse_answer(question, text, {})
    else:
        assert parse_answer(question, text, {}) == answer
