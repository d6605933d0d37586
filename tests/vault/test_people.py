"""Who is who: one identifier belongs to one person, and nothing of anyone is lost."""

from __future__ import annotations

from collections.abc import Iterator

import apsw
import pytest

from guide.model.people import Identifier, IdentifierKind, Person, folded
from guide.model.problems import NotFoundError
from guide.vault.problems import IdentifierTakenError, ReasonNeededError
from guide.vault.store import Vault
from tests.vault.rows import (
    DAY,
    HOUR,
    NOON,
    Ledger,
    PowerCutError,
    identifier,
    incident,
    mail,
    opened,
    person,
)


@pytest.fixture
def vault() -> Iterator[Vault]:
    """Nobody yet."""
    with Vault.in_memory() as made:
        yield made


@pytest.mark.parametrize(
    ("first", "again", "is_same"),
    [
        pytest.param("a@example.com", " A@Example.COM ", True, id="case and spaces"),
        pytest.param("a@example.com", "\uff41@\uff45xample.com", True, id="full width"),
        pytest.param("Some  One", "some one", True, id="spaces inside"),
        pytest.param("straße", "STRASSE", True, id="sharp s"),
        pytest.param("+44 7700 900123", "+447700900123", True, id="number, no spaces"),
        pytest.param("(0770) 090-0123", "0770 0900123", True, id="number, brackets"),
        pytest.param("192.0.2.1", "19.20.2.1", False, id="two IP addresses"),
        pytest.param("a.b@example.com", "ab@example.com", False, id="dots in mail"),
        pytest.param("a+b@example.com", "a@example.com", False, id="tag in mail"),
        pytest.param("some one", "someone", False, id="a space is not nothing"),
        pytest.param("12 34", "1234", False, id="too short for a number"),
    ],
)
def test_an_identifier_is_the_same_however_it_is_typed(
    vault: Vault, first: str, again: str, is_same: bool
) -> None:
    """Case, width and spaces are folded, and nothing that could be two addresses."""
    vault.put_person(person("a", "", identifier(first)))
    vault.put_person(person("b"))
    assert (vault.whose(identifier(again)) == "a") is is_same
    if not is_same:
        vault.add_identifier("b", identifier(again), NOON)
        return
    with pytest.raises(IdentifierTakenError):
        vault.add_identifier("b", identifier(again), NOON)
    with pytest.raises(IdentifierTakenError):
        vault.put_person(person("c", "", mail("new@example.com"), identifier(again)))
    assert [each.id for each in vault.people()] == ["a", "b"]
    vault.add_identifier("a", identifier(again), NOON)
    assert len(vault.person("a").identifiers) == 1


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        pytest.param(
            Identifier(kind=IdentifierKind.EMAIL, value="a.b@example.com"),
            mail("ab+x@example.com"),
            id="dots and tags",
        ),
        pytest.param(
            mail("ab@googlemail.com"), mail("AB@gmail.com"), id="one service, two hosts"
        ),
        pytest.param(
            Identifier(kind=IdentifierKind.PHONE, value="+44 7700 900123"),
            Identifier(kind=IdentifierKind.PHONE, value="07700 900123"),
            id="from home and from abroad",
        ),
        pytest.param(identifier("@some.one"), identifier("some.one"), id="at sign"),
        pytest.param(
            identifier("someone"), identifier("some\u200bone"), id="invisible"
        ),
        pytest.param(identifier("sömeone"), identifier("someone"), id="accent"),
        pytest.param(
            Identifier(kind=IdentifierKind.URL, value="https://example.com/@someone"),
            identifier("someone"),
            id="handle in a link",
        ),
        pytest.param(
            Identifier(kind=IdentifierKind.URL, value="https://www.example.com/u/?x=1"),
            Identifier(kind=IdentifierKind.URL, value="http://example.com/u"),
            id="one page, two links",
        ),
    ],
)
def test_what_looks_alike_is_reported_and_not_joined(
    vault: Vault, known: Identifier, typed: Identifier
) -> None:
    """A near match is the reader's to judge: it is shown, and can still be added."""
    vault.put_person(person("a", "", known))
    vault.put_person(person("b", "", identifier("nothing like it")))
    (match,) = vault.near_matches(typed)
    assert (match.person_id, match.identifier, match.exact) == ("a", known, False)
    assert vault.near_matches(known)[0].exact
    vault.add_identifier("b", typed, NOON)
    assert {each.person_id for each in vault.near_matches(typed)} == {"a", "b"}


@pytest.mark.parametrize(
    "typed",
    ["c@example.com", "192.0.2.7", "someone else", "https://example.com/other"],
)
def test_what_is_not_alike_is_not_reported(vault: Vault, typed: str) -> None:
    """Sharing a service is not sharing an account."""
    known = (mail("a@example.com"), identifier("192.0.2.1"), identifier("someone"))
    vault.put_person(person("a", "", *known))
    assert vault.near_matches(identifier(typed)) == ()


def test_joining_two_people_keeps_the_history_of_both(vault: Vault) -> None:
    """One person from now on; who was written down then can still be read."""
    vault.put_person(person("a", "Blue account", identifier("blue")), NOON)
    vault.put_person(person("b", "Somebody", identifier("green")), NOON + HOUR)
    vault.put_person(person("c", "Third", identifier("red")), NOON + HOUR)
    vault.add_incident(incident("one", person_id="a"))
    vault.add_incident(incident("two", person_id="b"))
    vault.merge_people("b", "a", NOON + DAY)
    joined = vault.merge_people("c", "a", NOON + 2 * DAY)
    assert vault.people() == (joined,)
    assert joined.label == "Third"
    assert {each.value for each in joined.identifiers} == {"blue", "green", "red"}
    for old in "abc":
        assert vault.person(old) == joined
        assert {x.id for x in vault.incidents(person_id=old)} == {"one", "two"}
    assert vault.incident("one").person_id == "a"
    assert [(m.kept_id, m.merged_id) for m in vault.merges()] == [
        ("b", "a"),
        ("c", "b"),
    ]
    assert [x.label for x in vault.names("c")] == ["Blue account", "Somebody", "Third"]
    known = {(x.person_id, x.identifier.value) for x in vault.identifier_history("a")}
    assert known == {("a", "blue"), ("b", "green"), ("c", "red")}
    assert [each.id for each in vault.search("blue")] == ["c"]


def test_a_person_is_not_joined_with_nobody_or_with_themself(vault: Vault) -> None:
    """Joining twice changes nothing; joining nobody is refused."""
    vault.put_person(person("a"))
    vault.merge_people("a", "a", NOON)
    with pytest.raises(NotFoundError):
        vault.merge_people("a", "nobody", NOON)
    assert vault.merges() == ()


def test_every_name_and_every_identifier_stays_readable(vault: Vault) -> None:
    """A new name is added; what was added by mistake is taken back with a reason."""
    vault.put_person(person("a", "First", identifier("blue")), NOON)
    vault.rename_person("a", "Second", NOON + HOUR)
    vault.rename_person("a", "Second", NOON + DAY)
    assert [(x.label, x.since) for x in vault.names("a")] == [
        ("First", NOON),
        ("Second", NOON + HOUR),
    ]
    with pytest.raises(ReasonNeededError):
        vault.withdraw_identifier("a", identifier("blue"), " ", NOON)
    vault.withdraw_identifier("a", identifier("BLUE"), "misread", NOON + DAY)
    with pytest.raises(NotFoundError):
        vault.withdraw_identifier("a", identifier("blue"), "again", NOON + DAY)
    assert vault.person("a").identifiers == ()
    (known,) = vault.identifier_history("a")
    assert (known.withdrawn_at, known.reason) == (NOON + DAY, "misread")
    vault.put_person(person("b", "", identifier("blue")))
    assert vault.whose(identifier("blue")) == "b"


def test_unknown_is_a_person_too_until_they_are_known(vault: Vault) -> None:
    """Several can be unknown; a name that is learnt later is a name from then on."""
    for id_ in "ab":
        vault.put_person(Person(id=id_, label="Unknown", unknown=True))
    vault.set_unknown("a", NOON, unknown=False)
    vault.rename_person("a", "Alex", NOON)
    assert [(x.label, x.unknown) for x in vault.people()] == [
        ("Alex", False),
        ("Unknown", True),
    ]


def test_text_that_no_file_could_hold_is_kept_as_it_can_be(vault: Vault) -> None:
    """Half a surrogate pair, a NUL or an escape code is no reason to fail."""
    strange = "a\ud800\x00\x1b[31m"
    vault.put_person(person("a", strange, identifier(strange)))
    assert vault.whose(identifier(strange)) == "a"
    assert "\\ud800" in vault.person("a").label


@pytest.mark.parametrize("strange", ["a\0\0b", "\0a\0", "a \ud800\0b"])
def test_what_is_stored_can_be_taken_back_by_what_is_stored(
    vault: Vault, strange: str
) -> None:
    """SQLite cannot hold all of it; the key fits what is held, not what was typed."""
    vault.put_person(person("a", "A", identifier(strange)), NOON)
    (stored,) = vault.person("a").identifiers
    assert vault.whose(stored) == vault.whose(identifier(strange)) == "a"
    vault.withdraw_identifier("a", stored, "misread", NOON)
    assert vault.person("a").identifiers == ()


def test_an_identifier_of_nothing_that_can_be_stored_is_none(vault: Vault) -> None:
    vault.put_person(person("a", "A", identifier("\0")), NOON)
    assert vault.person("a").identifiers == ()


def test_a_change_of_people_is_one_with_its_entry_in_the_journal() -> None:
    """Without the entry there is no change; and no entry says a name or an address."""
    ledger = Ledger()
    with opened(":memory:", ledger) as vault:
        vault.put_person(person("a", "Zebrafish", mail("zebra@example.com")), NOON)
        vault.put_person(person("b", "Quagga"), NOON)
        vault.rename_person("b", "Okapi", NOON)
        vault.withdraw_identifier("a", mail("zebra@example.com"), "wrong", NOON)
        vault.merge_people("a", "b", NOON)
        assert ledger.types == [
            *("person.add", "person.name", "identifier.add"),
            *("person.add", "person.name", "person.name"),
            *("identifier.withdraw", "person.merge"),
        ]
        said = str(ledger.entries).casefold()
        for private in ("zebra", "quagga", "okapi", "example.com", "wrong"):
            assert private not in said
        before = vault.people()
        ledger.broken = True
        with pytest.raises(PowerCutError):
            vault.put_person(person("c", "New", mail("new@example.com")), NOON)
        assert vault.people() == before
        assert vault.whose(mail("new@example.com")) == ""


@pytest.mark.parametrize(
    "sql",
    [
        "insert into identifier select null, 'b', kind, value, service, key, added_at,"
        " null, '', salt from identifier where withdrawn is null",
        "update identifier set withdrawn = 'later' where withdrawn is not null",
        "update person_name set label = 'x'",
        "delete from person_name",
        "delete from identifier",
        "insert or replace into identifier select n, 'b', kind, value, service, key,"
        " added_at, null, '', salt from identifier",
        "insert into record select null, kind, id, 2, version, at, until, day,"
        " precision, person, platform, title, listed, '', '' from record",
    ],
)
def test_the_database_itself_keeps_who_was_who(vault: Vault, sql: str) -> None:
    """Also where nobody was sent anything."""
    vault.put_person(person("a", "", identifier("blue"), identifier("green")), NOON)
    vault.put_person(person("b"), NOON)
    vault.withdraw_identifier("a", identifier("green"), "wrong", NOON)
    with pytest.raises(apsw.ConstraintError):
        vault._connection.execute(sql)


def test_folding_twice_is_folding_once() -> None:
    """A key is its own key."""
    for typed in ("A B", "+44 (7700) 900-123", "ﬁ@example.com", "İ", "ǅ"):
        assert folded(folded(typed)) == folded(typed)
