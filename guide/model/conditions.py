"""When something applies: a small, closed language of conditions.

Content says ``kinds has threats or not (device_seen is no)``. There are facts,
``is``, ``is not``, ``has``, ``has any``, ``and``, ``or``, ``not`` and brackets, and
nothing else, so content can never run code. A fact that is not known makes every
comparison false, also ``is not``: what nobody said counts neither way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from guide.words import _

AnswerValue: TypeAlias = str | tuple[str, ...]
Answers: TypeAlias = Mapping[str, AnswerValue]

UNSURE, SKIPPED, NONE = "unsure", "skipped", "none"
_TOKEN = re.compile(r"\s*([()]|[a-z][a-z0-9_-]*)")
_WORDS = frozenset({"is", "has", "and", "or", "not", "any"})
_DEEPEST = 16


class ConditionError(ValueError):
    """The condition says something that the language cannot.

    *sentence* is whole but for its ``{subject}``: what the condition stands in.
    """

    def __init__(self, sentence: str, **blanks: str) -> None:
        self._sentence, self._blanks = sentence, blanks
        super().__init__(self.told(_("The condition")))

    def told(self, subject: str) -> str:
        """What is wrong, with *subject* as what it is said of."""
        return self._sentence.format(subject=subject, **self._blanks)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that can be asked of any set of answers."""

    source: str
    _test: Callable[[Answers], bool] = field(compare=False, repr=False)
    _names: frozenset[str] = field(compare=False, repr=False)

    @classmethod
    def parse(cls, source: str) -> Condition:
        """Read *source*, or say what in it is not allowed.

        >>> Condition.parse("kinds has threats").holds({"kinds": ("threats",)})
        True
        >>> Condition.parse("relation is not partner").holds({})
        False
        """
        reader = _Reader(source)
        test = reader.either(0)
        reader.end()
        return cls(source, test, frozenset(reader.names))

    def holds(self, facts: Answers) -> bool:
        """Whether it is true of *facts*; what is not known is not true."""
        return self._test(facts)

    def names(self) -> frozenset[str]:
        """Every fact that it mentions."""
        return self._names


class _Reader:
    """Recursive descent over the words of one condition."""

    def __init__(self, source: str) -> None:
        self.names: set[str] = set()
        self._words = _split(source)
        self._at = 0

    def either(self, depth: int) -> Callable[[Answers], bool]:
        if depth > _DEEPEST:
            raise ConditionError(_("{subject} has too many brackets."))
        parts = [self._both(depth)]
        while self._take("or"):
            parts.append(self._both(depth))
        return (
            parts[0] if len(parts) == 1 else lambda facts: any(p(facts) for p in parts)
        )

    def _both(self, depth: int) -> Callable[[Answers], bool]:
        parts = [self._single(depth)]
        while self._take("and"):
            parts.append(self._single(depth))
        return (
            parts[0] if len(parts) == 1 else lambda facts: all(p(facts) for p in parts)
        )

    def _single(self, depth: int) -> Callable[[Answers], bool]:
        if depth > _DEEPEST:
            raise ConditionError(_("{subject} has too many brackets."))
        if self._take("not"):
            inner = self._single(depth + 1)
            return lambda facts: not inner(facts)
        if self._take("("):
            inner = self.either(depth + 1)
            if not self._take(")"):
                words = _("{subject} has a bracket that is not closed.")
                raise ConditionError(words)
            return inner
        return self._comparison(self._name())

    def _comparison(self, name: str) -> Callable[[Answers], bool]:
        self.names.add(name)
        if self._take("is"):
            if self._take("not"):
                other = self._name("is not")
                return lambda facts: name in facts and facts[name] != other
            value = self._name("is")
            return lambda facts: facts.get(name) == value
        if self._take("has"):
            if self._take("any"):
                return lambda facts: any(v != NONE for v in _many(facts.get(name)))
            value = self._name("has")
            return lambda facts: value in _many(facts.get(name))
        return lambda facts: facts.get(name) == "yes"

    def _take(self, word: str) -> bool:
        if self._at < len(self._words) and self._words[self._at] == word:
            self._at += 1
            return True
        return False

    def _name(self, before: str = "") -> str:
        """A fact; or, where there is a word *before* it, a value."""
        word = self._words[self._at] if self._at < len(self._words) else ""
        if not word or word in _WORDS or word in "()":
            raise _missing(before, word)
        self._at += 1
        return word

    def end(self) -> None:
        if self._at < len(self._words):
            raise _not_understood(self._words[self._at])


def _split(source: str) -> list[str]:
    words, at = [], 0
    source = source.rstrip()
    while at < len(source):
        found = _TOKEN.match(source, at)
        if not found:
            raise _not_understood(source[at:].strip()[:20])
        words.append(found[1])
        at = found.end()
    if not words:
        raise ConditionError(_("{subject} is empty."))
    return words


def _missing(before: str, word: str) -> ConditionError:
    # Translators: the end of a condition, where a word was awaited
    word = word or _("the end")
    if not before:
        return ConditionError(_("{subject} needs a fact, not '{word}'."), word=word)
    words = _("{subject} needs a value after '{before}', not '{word}'.")
    return ConditionError(words, before=before, word=word)


def _not_understood(word: str) -> ConditionError:
    return ConditionError(_("{subject} does not understand '{word}'."), word=word)


def _many(value: AnswerValue | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


ALWAYS = Condition("", lambda _facts: True, frozenset())
