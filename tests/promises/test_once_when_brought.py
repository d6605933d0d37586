"""Promise: a notice written without the vault counts, when the vault is opened later.

What was told without the vault is brought into it, all at once or not at all.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.model.people import IdentifierKind, Person
from guide.model.problems import LetterClosedError
from guide.model.records import LetterState
from guide.model.times import AfterNotice
from guide.vault.store import Vault
from tests.vault.rows import (
    DAY,
    HOUR,
    NOON,
    NOTICE,
    PowerCutError,
    contact,
    identifier,
    incident,
    letter,
    mail,
    opened,
    person,
)

A, B, C = "a@example.com", "b@example.com", "c@example.com"
ONCE = {NOTICE}


@pytest.fixture
def kept() -> Iterator[Vault]:
    with Vault.in_memory() as vault:
        yield vault


@pytest.fixture
def talk() -> Iterator[Vault]:
    with Vault.in_memory() as vault:
        yield vault


def noticed(vault: Vault, id_: str, who: Person, *, sent: bool = False) -> None:
    vault.put_person(who, NOON)
    to = who.identifiers[0].value if who.identifiers else ""
    vault.add_letter(letter(id_, who.id, to), once=True)
    if sent:
        vault.mark_sent(id_, NOON)


@pytest.mark.parametrize("sent", [False, True], ids=["finished", "sent"])
def test_a_notice_of_the_talk_closes_the_vault(
    kept: Vault, talk: Vault, *, sent: bool
) -> None:
    """For the person, for each address of theirs, and for one that they had."""
    kept.put_person(person("k", "Alex", mail(A)), NOON)
    noticed(talk, "one", person("t", "Somebody", mail(A), mail(B)), sent=sent)
    talk.withdraw_identifier("t", mail(B), "wrong", NOON)
    taken = kept.take_in(talk, ONCE, NOON)
    assert (taken.letters, taken.seconds) == (1, ())
    (there,) = kept.letters()
    assert there.state is (LetterState.SENT if sent else LetterState.FINISHED)
    assert there.person_id == "k"
    for who, to in (("k", ""), ("x", A), ("x", B)):
        assert kept.closed_by(NOTICE, who, to)
        with pytest.raises(LetterClosedError):
            kept.add_letter(letter("two", who, to), once=True)


@pytest.mark.parametrize("kept_sent", [False, True])
@pytest.mark.parametrize("talk_sent", [False, True])
def test_both_notices_are_kept_and_it_stays_closed(
    kept: Vault, talk: Vault, *, kept_sent: bool, talk_sent: bool
) -> None:
    """Also when the first one is set aside: then the second one closes it."""
    noticed(kept, "one", person("k", "Alex", mail(A)), sent=kept_sent)
    noticed(talk, "two", person("t", "Alex", mail(A)), sent=talk_sent)
    taken = kept.take_in(talk, ONCE, NOON)
    assert taken.seconds == ("Notice",)
    assert [each.id for each in kept.letters()] == ["one", "two"]
    if not kept_sent:
        kept.void_letter("one", "never left", NOON)
    closed = kept.closed_by(NOTICE, "k")
    assert closed
    assert closed.id == ("one" if kept_sent else "two")
    with pytest.raises(LetterClosedError):
        kept.add_letter(letter("three", "k", A), once=True)
    if not kept_sent and not talk_sent:
        kept.void_letter("two", "never left", NOON)
        assert kept.closed_by(NOTICE, "k", A) is None


def test_contact_after_either_notice_is_marked(kept: Vault, talk: Vault) -> None:
    """The one that was sent counts, whichever of the two it is."""
    noticed(kept, "one", person("k", "Alex", mail(A)))
    noticed(talk, "two", person("t", "Alex", mail(A)), sent=True)
    kept.take_in(talk, ONCE, NOON)
    after = kept.add_incident(incident("i", NOON + HOUR, person_id="k"))
    assert after.after_notice is AfterNotice.YES
    assert kept.before_and_after("k").after == 1
    assert not kept.contact_log(), "a notice goes to no office"


def test_two_people_keep_a_notice_each(kept: Vault, talk: Vault) -> None:
    """The same id in both talks, and nothing that says that they are one."""
    noticed(kept, "one", person("the-person", "Alex", mail(A)))
    noticed(talk, "two", person("the-person", "Sam", mail(B)))
    taken = kept.take_in(talk, ONCE, NOON)
    assert not taken.seconds
    assert [each.label for each in kept.people()] == ["Alex", "Sam"]
    assert len({each.person_id for each in kept.letters()}) == 2


def test_a_namesake_with_another_address_is_not_joined(
    kept: Vault, talk: Vault
) -> None:
    """They may be one person: both notices are kept, and both are closed."""
    noticed(kept, "one", person("k", "Alex", mail(A)))
    noticed(talk, "two", person("t", " ALEX ", mail(B)))
    taken = kept.take_in(talk, ONCE, NOON)
    assert taken.seconds == ("Notice",)
    assert len(kept.people()) == 2
    with pytest.raises(LetterClosedError):
        kept.add_letter(letter("three", "t", B), once=True)


def test_an_address_of_somebody_else_stays_theirs(kept: Vault, talk: Vault) -> None:
    """It is named, so that the reader can join the two."""
    kept.put_person(person("k", "Alex", mail(A)), NOON)
    kept.put_person(person("l", "Sam", mail(B)), NOON)
    talk.put_person(person("t", "Alex", mail(A), mail(B), mail(C)), NOON)
    taken = kept.take_in(talk, ONCE, NOON)
    assert taken.elsewhere == ((B, "Alex"),)
    assert kept.whose(mail(B)) == "l"
    assert kept.whose(mail(C)) == "k"


def a_long_talk(talk: Vault) -> None:
    """Incidents, a note, talks, names, something in the bin, letters."""
    talk.put_person(Person(id="v", label="Unknown 1", unknown=True), NOON)
    talk.put_person(person("w", "First name"), NOON)
    talk.rename_person("w", "Second name", NOON + HOUR)
    talk.add_incident(incident("i", person_id="v"), "a private note")
    changed = incident("i", account="Better words", person_id="w")
    talk.correct_incident(changed, "a slip", NOON + 2 * HOUR)
    talk.add_incident(incident("thrown"))
    talk.put_in_bin("incident", "thrown", "twice", NOON)
    talk.add_contact(contact("c", follow_up_on=NOON.date()), NOON)
    talk.followed_up("c", NOON + DAY)
    talk.add_letter(letter("void", "w"), once=True)
    talk.void_letter("void", "I chose silence", NOON)
    talk.add_letter(letter("office", "", kind="complaint"), once=False)


def test_every_record_comes_with_all_its_wordings(kept: Vault, talk: Vault) -> None:
    kept.put_person(Person(id="u", label="Unknown 1", unknown=True), NOON)
    kept.add_incident(incident("own"))
    a_long_talk(talk)
    taken = kept.take_in(talk, ONCE, NOON)
    counts = (taken.people, taken.incidents, taken.contacts, taken.letters)
    assert counts == (2, 2, 1, 2)
    assert [each.label for each in kept.people()][:2] == ["Unknown 1", "Unknown 2"]
    assert [each.label for each in kept.names("w")] == ["First name", "Second name"]
    mine, theirs = kept.history("i"), talk.history("i")
    assert [each.record for each in mine] == [each.record for each in theirs]
    assert [(x.at, x.why) for x in mine][1:] == [(x.at, x.why) for x in theirs][1:]
    assert kept.incident("i").number == 2
    assert [each.id for each in kept.binned()] == ["thrown"]
    assert kept.contact("c").followed_up
    assert not kept.due(NOON.date())
    assert [each.void_reason for each in kept.void_letters()] == ["I chose silence"]


def test_a_private_note_stays_one_and_nothing_comes_twice(
    kept: Vault, talk: Vault
) -> None:
    a_long_talk(talk)
    kept.take_in(talk, ONCE, NOON)
    note = kept.private_note("i")
    assert note
    assert note.reveal() == "a private note"
    again = kept.take_in(talk, ONCE, NOON)
    assert (again.incidents, again.contacts, again.letters) == (0, 0, 0)
    assert len(kept.letters_ever()) == 2
    assert kept.incident_count() == 1


def test_cut_in_the_middle_nothing_came(kept: Vault, talk: Vault) -> None:
    """All of it is one change: what fails leaves both sides as they were."""

    class Cut:
        left = 5

        def append(self, *_entry: object) -> None:
            self.left -= 1
            if not self.left:
                raise PowerCutError

    noticed(talk, "two", person("t", "Alex", mail(A)), sent=True)
    talk.add_incident(incident("i", person_id="t"))
    kept._journal = Cut()
    with pytest.raises(PowerCutError):
        kept.take_in(talk, ONCE, NOON)
    assert not kept.people()
    assert not kept.letters_ever()
    kept._journal = None
    assert kept.take_in(talk, ONCE, NOON).incidents == 1


_KILLED = """
import os, signal, sys
from guide.model.people import Person
from guide.vault.store import Vault
from tests.vault.rows import *

class Cut:
    left = int(sys.argv[2])
    def append(self, *entry):
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)

kept = opened(sys.argv[1], Cut())
talk = Vault.in_memory()
talk.put_person(person("t", "Alex", mail("a@example.com")), NOON)
talk.add_letter(letter("two", "t", "a@example.com"), once=True)
talk.mark_sent("two", NOON)
talk.add_incident(incident("i", person_id="t"))
kept.take_in(talk, {NOTICE}, NOON)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
@pytest.mark.parametrize("entry", [1, 3, 4, 5, 6])
def test_killed_in_the_middle_the_vault_is_as_it_was(
    tmp_path: Path, entry: int
) -> None:
    """Person, name, address, letter, sending, incident: none is there by itself."""
    path = tmp_path / "vault.db"
    opened(path).close()
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, path, str(entry)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
        check=False,
        timeout=60,
    )
    assert ended.returncode == -signal.SIGKILL
    with opened(path) as vault:
        assert (vault.people(), vault.letters_ever(), vault.incident_count()) == (
            *((), ()),
            0,
        )


def test_an_account_and_an_address_are_told_apart(kept: Vault, talk: Vault) -> None:
    """What one typed as a handle is the same identifier as what one typed as mail."""
    kept.put_person(person("k", "Alex", identifier(A, IdentifierKind.HANDLE)), NOON)
    noticed(talk, "two", person("t", "Else", mail(f" {A.upper()} ")), sent=True)
    kept.take_in(talk, ONCE, NOON)
    assert kept.letters()[0].person_id == "k"
    assert kept.before_and_after("k").sent_at == NOON
