"""What a condition compares, and whether one condition makes another true.

The condition has been parsed before, so its words can be read one after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain, combinations, product
from math import prod
from typing import NamedTuple

from guide.model.conditions import NONE, Answers, AnswerValue, Condition

MOST_CASES = 20_000
_MOST_VALUES = 12
_OTHER = "something-else"
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_JOINING = frozenset({"and", "or", "not"})


class Comparison(NamedTuple):
    """``fact is value``; ``word`` is "is", "has" or "" for a bare fact."""

    fact: str
    word: str
    value: str  # "" for a bare fact and for ``has any``


def comparisons(source: str) -> Iterator[Comparison]:
    """Everything that the condition *source* asks of a fact."""
    words: list[str] = _NAME.findall(source)
    at = 0
    while at < len(words):
        fact, word, *rest = [*words[at : at + 4], "", ""]
        if fact in _JOINING:
            at += 1
            continue
        if word not in ("is", "has"):
            yield Comparison(fact, "", "")
            at += 1
            continue
        negated = rest[0] == "not"
        value = rest[1] if negated else rest[0]
        yield Comparison(fact, word, "" if (word, value) == ("has", "any") else value)
        at += 4 if negated else 3


def requires(
    condition: Condition,
    chosen: tuple[str, str],
    gate: str,
    derived: Mapping[str, Condition],
) -> bool:
    """Whether *gate* holds in every case in which *condition* does.

    *chosen* is the fact and value kept when the way is taken. Derived facts are looked
    at by name, then one rule deep, then down to the answers, unless these are too many.
    What cannot be decided is no.
    """
    goals = [Condition.parse(gate), *(derived[x] for x in (gate,) if x in derived)]
    rules = {x: rule for x, rule in derived.items() if x in condition.names()}
    deep = _rules_below({*condition.names(), gate}, derived)
    return any(
        _entails(condition, chosen, goal, known)
        for known in ({}, rules, deep)
        for goal in goals
    )


def _rules_below(
    names: set[str], derived: Mapping[str, Condition]
) -> dict[str, Condition]:
    """Every rule that *names* need, each after those it needs itself."""
    needed: set[str] = set()
    for name in reversed(list(derived)):  # each stands after those it needs
        if name in names or any(name in derived[x].names() for x in needed):
            needed.add(name)
    return {name: rule for name, rule in derived.items() if name in needed}


def _entails(
    condition: Condition,
    chosen: tuple[str, str],
    goal: Condition,
    rules: Mapping[str, Condition],
) -> bool:
    sources = (condition.source, goal.source, *(rule.source for rule in rules.values()))
    cases = _cases(" ".join(sources), chosen, rules)
    return cases is not None and all(
        goal.holds(facts) for facts in cases if condition.holds(facts)
    )


def _cases(
    source: str, chosen: tuple[str, str], rules: Mapping[str, Condition]
) -> Iterator[Answers] | None:
    """Every set of answers that could make a difference; None when too many."""
    said: dict[str, set[str]] = {}
    many: set[str] = set()
    for fact, word, value in comparisons(source):
        if fact not in rules:
            said.setdefault(fact, set()).add(value or "yes")
            many |= {fact} if word == "has" else set()
    columns = [_column(fact, said[fact], fact in many, chosen) for fact in said]
    if prod(len(column) for column in columns) > MOST_CASES:
        return None
    rows = (dict(zip(said, row, strict=True)) for row in product(*columns))
    return (_with_rules(row, rules) for row in rows)


def _with_rules(
    row: Mapping[str, AnswerValue | None], rules: Mapping[str, Condition]
) -> Answers:
    facts = {fact: value for fact, value in row.items() if value is not None}
    for name, rule in rules.items():
        if rule.holds(facts):
            facts[name] = "yes"
    return facts


def _column(
    fact: str, values: set[str], many: bool, chosen: tuple[str, str]
) -> list[AnswerValue | None]:
    """Every answer that could make a difference; None is no answer."""
    if fact == chosen[0]:
        return [chosen[1]]
    single = [*sorted(values | {NONE}), _OTHER]
    if not many:
        return [None, *single]
    if len(single) > _MOST_VALUES:
        return [None] * (MOST_CASES + 1)  # more than can be looked at
    sizes = range(1, len(single) + 1)
    ticked = chain.from_iterable(combinations(single, size) for size in sizes)
    return [None, *single, *ticked]
