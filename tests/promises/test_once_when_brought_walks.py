"""Promise: a notice written without the vault counts, in whatever order of events.

Two talks, one in the vault and one without it, in any order of what can be done to
people and letters; then the second is brought into the first.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations

import apsw
import pytest

from guide.model.problems import GuideError
from guide.vault.store import Vault
from tests.promises.test_once_when_brought import ONCE, A, B, C
from tests.vault.rows import NOON, NOTICE, letter, mail, person


def _anything(chance: random.Random, vault: Vault, mark: str) -> None:
    """One thing that a reader can do to a person or a letter."""
    people = [each.id for each in vault.people()]
    who, other = (chance.choice(people or ["none"]) for _ in range(2))
    key = mail(chance.choice((A, B, C, "d@example.com")))
    letters = [each.id for each in vault.letters_ever()] or ["none"]
    written = f"{mark}{len(letters)}-{chance.random()}"
    to = chance.choice(("", key.value))
    acts: list[Callable[[], object]] = [
        lambda: vault.put_person(person(f"{mark}{len(people)}", "", key), NOON),
        lambda: vault.put_person(person("the-person", "Alex", key), NOON),
        lambda: vault.rename_person(who, chance.choice(("Alex", "Sam")), NOON),
        lambda: vault.add_identifier(who, key, NOON),
        lambda: vault.withdraw_identifier(vault.whose(key), key, "no", NOON),
        lambda: vault.merge_people(who, other, NOON),
        lambda: vault.add_letter(letter(written, who, to), once=True),
        lambda: vault.mark_sent(chance.choice(letters), NOON),
        lambda: vault.void_letter(chance.choice(letters), "no", NOON),
    ]
    try:
        chance.choice(acts)()
    except (GuideError, ValueError, apsw.ConstraintError):
        return


@pytest.mark.parametrize("seed", range(120))
def test_whatever_was_done_on_either_side_it_stays_closed(seed: int) -> None:
    """Nobody whom either side had closed is open after; no letter is lost."""
    chance = random.Random(seed)  # noqa: S311  an order of steps, not a secret
    with Vault.in_memory() as kept, Vault.in_memory() as talk:
        for _step in range(chance.randint(2, 25)):
            _anything(chance, kept, "k")
            _anything(chance, talk, "t")
        closed = [x for each in kept.letters() for x in kept.closed_for(each.id)]
        theirs = [x for each in talk.letters() for x in talk.closed_for(each.id)]
        before = {*kept.letters_ever(), *talk.letters_ever()}
        taken = kept.take_in(talk, ONCE, NOON)
        after = kept.letters_ever()
        assert {(x.id, x.state, x.sent_at) for x in before} == {
            (x.id, x.state, x.sent_at) for x in after
        }
        names = [
            taken.ids.get(x[2:], x[2:]) if x[:2] == "p:" else x[2:] for x in theirs
        ]
        subjects = [*closed, *(x[:2] + y for x, y in zip(theirs, names, strict=True))]
        for subject in subjects:
            kind, _colon, value = subject.partition(":")
            who, to = (value, "") if kind == "p" else ("nobody", value)
            assert kept.closed_by(NOTICE, who, to), subject
        _no_two_letters_close_one(kept)
        for _step in range(10):
            _anything(chance, kept, "n")
            _no_two_letters_close_one(kept)
        _nobody_with_a_live_letter_is_open(kept)


def _no_two_letters_close_one(vault: Vault) -> None:
    reached = [set(vault.closed_for(each.id)) for each in vault.letters()]
    assert not any(one & two for one, two in combinations(reached, 2))


def _nobody_with_a_live_letter_is_open(vault: Vault) -> None:
    for each in vault.letters():
        if each.person_id in {person.id for person in vault.people()}:
            assert vault.closed_by(NOTICE, each.person_id)
