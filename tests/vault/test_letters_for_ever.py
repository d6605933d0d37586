"""A letter that is written once for a person is written once for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from guide.model.people import Person
from guide.model.problems import LetterClosedError
from guide.model.records import KeptDraft, LetterState
from guide.vault.problems import LetterLeftError, NotJoinedError, ReasonNeededError
from guide.vault.store import Vault
from tests.vault.rows import (
    DAY,
    NOON,
    NOTICE,
    letter,
    mail,
    opened,
    person,
)

A_X, B_Y, C_Z = "a@example.com", "b@example.com", "c@example.com"


@pytest.fixture
def vault() -> Iterator[Vault]:
    """Two people with an address each."""
    with Vault.in_memory() as made:
        made.put_person(person("a", "Person A", mail(A_X)))
        made.put_person(person("b", "Person B", mail(B_Y)))
        yield made


def _sent(vault: Vault, id_: str, who: str, to: str = "") -> None:
    vault.add_letter(letter(id_, who, to), once=True)
    vault.mark_sent(id_, NOON)


def _new_identifier(vault: Vault) -> None:
    vault.add_identifier("a", mail(C_Z), NOON)


def _moved_address(vault: Vault) -> None:
    """The address the notice went to turns out to be somebody else's."""
    vault.withdraw_identifier("a", mail(A_X), "it was B's", NOON)
    vault.add_identifier("b", mail(A_X), NOON)


def _moved_and_taken_back(vault: Vault) -> None:
    _moved_address(vault)
    vault.withdraw_identifier("b", mail(A_X), "no", NOON)


def _later_address_moved(vault: Vault) -> None:
    _new_identifier(vault)
    vault.withdraw_identifier("a", mail(C_Z), "it was B's", NOON)
    vault.add_identifier("b", mail(C_Z), NOON)


@pytest.mark.parametrize("first_to", [A_X, ""], ids=["addressed", "no address"])
@pytest.mark.parametrize("state", [LetterState.FINISHED, LetterState.SENT])
@pytest.mark.parametrize(
    ("meanwhile", "second"),
    [
        pytest.param(lambda _v: None, ("a", ""), id="the same person"),
        pytest.param(lambda _v: None, ("b", " A@Example.com"), id="their address"),
        pytest.param(
            lambda v: v.rename_person("a", "Someone", NOON), ("a", ""), id="renamed"
        ),
        pytest.param(_new_identifier, ("a", C_Z), id="another address"),
        pytest.param(_moved_address, ("b", B_Y), id="the address is somebody else's"),
        pytest.param(_moved_and_taken_back, ("b", ""), id="and taken back again"),
        pytest.param(_later_address_moved, ("b", ""), id="a later address moved"),
        pytest.param(
            lambda v: v.merge_people("a", "b", NOON), ("a", ""), id="joined into them"
        ),
        pytest.param(
            lambda v: v.merge_people("b", "a", NOON), ("b", B_Y), id="joined to another"
        ),
        pytest.param(
            lambda v: v.merge_people("b", "a", NOON), ("a", ""), id="by the old id"
        ),
        pytest.param(
            lambda v: v.rename_person("b", "person  A", NOON), ("b", ""), id="namesake"
        ),
        pytest.param(
            lambda v: (
                v.rename_person("a", "Other", NOON),
                v.rename_person("b", "PERSON A", NOON),
            ),
            ("b", ""),
            id="namesake of who they were",
        ),
    ],
)
def test_a_notice_closes_itself_for_all_that_a_person_is(
    vault: Vault,
    state: LetterState,
    first_to: str,
    meanwhile: Callable[[Vault], object],
    second: tuple[str, str],
) -> None:
    """Finished or sent, no second one is kept; set aside, it is open again."""
    vault.add_letter(letter("first", "a", first_to), once=True)
    if state is LetterState.SENT:
        vault.mark_sent("first", NOON)
    meanwhile(vault)
    with pytest.raises(LetterClosedError):
        vault.add_letter(letter("second", *second), once=True)
    assert [each.id for each in vault.letters()] == ["first"]
    if state is LetterState.SENT:
        with pytest.raises(LetterLeftError):
            vault.void_letter("first", "never sent", NOON)
        return
    vault.void_letter("first", "never sent", NOON)
    vault.add_letter(letter("second", *second), once=True)


def test_a_notice_to_the_address_of_another_closes_both(vault: Vault) -> None:
    """It went to B, whoever it was meant for; also when B loses the address."""
    vault.add_letter(letter("first", "a", B_Y), once=True)
    vault.withdraw_identifier("b", mail(B_Y), "wrong", NOON)
    assert vault.closed_by(NOTICE, "c", "B@example.com ")
    assert vault.closed_by(NOTICE, "c", "") is None
    for second in (letter("x", "b"), letter("y", "a"), letter("z", "c", B_Y)):
        with pytest.raises(LetterClosedError):
            vault.add_letter(second, once=True)


def test_two_people_with_a_notice_each_stay_two() -> None:
    """They are not joined, by a merge or by an address, whichever way round."""
    with Vault.in_memory() as vault:
        vault.put_person(person("a", "Person A", mail(A_X)))
        vault.put_person(person("b", "Person B", mail(B_Y)))
        _sent(vault, "to-a", "a", A_X)
        vault.add_letter(letter("to-b", "b", B_Y), once=True)
        vault.withdraw_identifier("a", mail(A_X), "wrong", NOON)
        for join in (
            lambda: vault.merge_people("a", "b", NOON),
            lambda: vault.merge_people("b", "a", NOON),
            lambda: vault.add_identifier("b", mail(A_X), NOON),
            lambda: vault.put_person(person("b", "Renamed", mail(A_X))),
        ):
            with pytest.raises(NotJoinedError):
                join()
        assert [each.label for each in vault.people()] == ["Person A", "Person B"]
        vault.void_letter("to-b", "not sent", NOON)
        vault.merge_people("a", "b", NOON)
        closed = vault.closed_by(NOTICE, "b")
        assert closed
        assert closed.id == "to-a"


def test_somebody_else_of_another_name_is_not_closed(vault: Vault) -> None:
    """The rule is for one person: others, and letters of other kinds, are open."""
    _sent(vault, "to-a", "a", A_X)
    assert vault.closed_by(NOTICE, "b") is None
    vault.add_letter(letter("to-b", "b", B_Y), once=True)
    vault.add_letter(letter("other", "a", A_X, kind="other-letter"), once=True)
    for n in range(3):
        vault.add_letter(letter(f"complaint{n}", "", kind="complaint"), once=False)
    assert len(vault.letters()) == 6


def test_two_unknown_people_are_not_namesakes() -> None:
    """Nobody is recognised by the label of somebody unknown."""
    with Vault.in_memory() as vault:
        for id_ in "ab":
            vault.put_person(Person(id=id_, label="Unknown", unknown=True))
            vault.add_letter(letter(id_, id_), once=True)
        assert len(vault.letters()) == 2


def test_a_letter_goes_from_draft_to_finished_to_sent(vault: Vault) -> None:
    """A draft can be kept again and again; finishing freezes it and removes it."""
    finished = letter("one", "a", A_X)
    for n in range(3):
        draft = KeptDraft(
            id="one",
            letter_id=NOTICE,
            person_id="a",
            paper=finished.paper,
            changed_at=NOON + n * DAY,
        )
        vault.put_draft(draft, once=True)
    assert vault.drafts() == (draft,)
    assert vault.closed_by(NOTICE, "a") is None
    vault.add_letter(finished, once=True)
    assert vault.drafts() == ()
    for again in ("one", "two"):
        with pytest.raises(LetterClosedError):
            vault.put_draft(
                KeptDraft(
                    id=again,
                    letter_id=NOTICE,
                    person_id="a",
                    paper=finished.paper,
                    changed_at=NOON,
                ),
                once=True,
            )
    vault.mark_sent("one", NOON)
    vault.mark_sent("one", NOON + DAY)
    (sent,) = vault.letters()
    assert (sent.state, sent.sent_at) == (LetterState.SENT, NOON)


def test_a_void_letter_stays_readable_and_never_moves_again(vault: Vault) -> None:
    """It needs a reason, keeps its text, and cannot be noted as sent."""
    finished = letter("one", "a", A_X)
    vault.add_letter(finished, once=True)
    with pytest.raises(ReasonNeededError):
        vault.void_letter("one", "  ", NOON)
    vault.void_letter("one", "I chose silence", NOON)
    vault.void_letter("one", "another reason", NOON + DAY)
    (void,) = vault.void_letters()
    assert (void.state, void.void_reason) == (LetterState.VOID, "I chose silence")
    assert (void.voided_at, void.paper) == (NOON, finished.paper)
    assert vault.letters() == ()
    with pytest.raises(LetterClosedError):
        vault.mark_sent("one", NOON)


@pytest.mark.parametrize(
    "sql",
    [
        "delete from letter",
        "update letter set state = 'finished', sent_at = null",
        "update letter set state = 'void', voided_at = 'x', void_reason = 'x',"
        " sent_at = null",
        "update letter set paper = '{}'",
        "update letter set once = 0",
        "update letter set person_id = 'b'",
        "delete from reached",
        "update reached set letter_id = 'x'",
        "delete from person",
        "delete from identifier",
        "update identifier set person = 'b'",
        "update identifier set key = 'x'",
        "delete from person_name",
        "insert or replace into letter select 'x', letter_id, person_id, paper, to_key,"
        " sha256, finished_at, 'finished', null, 1, null, '' from letter",
        "insert or replace into letter select id, letter_id, person_id, paper, to_key,"
        " 'x', finished_at, 'finished', null, 0, null, '' from letter",
        "replace into reached select letter_id, subject, 'to-b' from reached",
        "replace into person select id, 'x', 'x', unknown, root from person",
        "update or replace letter set state = 'void', sent_at = null, voided_at = 'x',"
        " void_reason = 'x'",
        "update person set root = 'b' where id = 'a'",
        "insert into person values ('c', '', '', 0, 'a')",
        "insert into identifier select null, 'b', kind, value, service, key, added_at,"
        " null, '', salt from identifier where person = 'a'",
        "insert into letter select 'x', 'other', person_id, paper, to_key, sha256,"
        " finished_at, 'void', null, 1, 'x', 'x' from letter limit 1",
    ],
)
def test_the_database_itself_keeps_the_rule(vault: Vault, sql: str) -> None:
    """No statement of ours, however wrong, could undo what was sent."""
    _sent(vault, "to-a", "a", A_X)
    _sent(vault, "to-b", "b", B_Y)
    with pytest.raises(apsw.ConstraintError):
        vault._connection.execute(sql)
    assert {each.state for each in vault.letters()} == {LetterState.SENT}


@pytest.mark.parametrize(
    "column", ["id", "letter_id", "person_id", "paper", "to_key", "sha256", "once"]
)
def test_what_is_finished_is_frozen_before_it_is_sent(
    vault: Vault, column: str
) -> None:
    """From the moment it is finished, only its state moves."""
    vault.add_letter(letter("one", "a", A_X), once=True)
    with pytest.raises(apsw.ConstraintError, match="frozen"):
        vault._connection.execute(f"update letter set {column} = 0")  # noqa: S608


_CHILD = """
import os, signal, sys
from tests.vault.rows import *

class Cut:
    armed = False
    def append(self, type_, body, at):
        if self.armed:
            os.kill(os.getpid(), signal.SIGKILL)

cut = Cut()
vault = opened(sys.argv[1], cut)
cut.armed = True
{change}
"""
_CHANGES = {
    "finishing": "vault.add_letter(letter('two', 'b', 'b@example.com'), once=True)",
    "sending": "vault.mark_sent('one', NOON)",
    "setting aside": "vault.void_letter('one', 'not sent', NOON)",
    "joining": "vault.merge_people('a', 'b', NOON)",
    "renaming": "vault.rename_person('a', 'Other', NOON)",
    "adding": "vault.add_identifier('a', mail('new@example.com'), NOON)",
}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
@pytest.mark.parametrize("change", _CHANGES.values(), ids=_CHANGES.keys())
def test_killed_in_the_middle_nothing_half_done_is_left(
    change: str, tmp_path: Path
) -> None:
    """After kill -9 inside a change everything is as it was before it."""
    path = tmp_path / "vault.db"
    with opened(path) as vault:
        vault.put_person(person("a", "Person A", mail(A_X)))
        vault.put_person(person("b", "Person B", mail(B_Y)))
        vault.add_letter(letter("one", "a", A_X), once=True)
        before = (vault.people(), vault.letters(), vault.merges())
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_CHILD).format(change=change), path],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
        check=False,
        timeout=60,
    )
    assert ended.returncode == -signal.SIGKILL
    with opened(path) as vault:
        assert (vault.people(), vault.letters(), vault.merges()) == before
        with pytest.raises(LetterClosedError):
            vault.add_letter(letter("again", "a"), once=True)
