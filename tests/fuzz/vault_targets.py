"""Targets that read what is in a vault's folder, and the settings beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import apsw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guide.actions.evidence_words import captured_of, claims_of
from guide.model.problems import GuideError, InvalidAnswerError
from guide.settings import read_settings
from guide.vault.journal import Journal, prepare
from guide.vault.journal_checks import Head
from guide.vault.kept import BadRecordError, KeptFile, KeptRecord, packed, unpacked
from guide.vault.key_file import KeyFile, key_file_bytes, parse_key_file
from guide.vault.keys import CHEAPEST, Root
from guide.vault.opening import by_passphrase, by_recovery, fitting_slot
from guide.vault.passphrases import misread_words, refuse_unfit, strength
from guide.vault.problems import DamagedVaultError
from guide.vault.slots import FORMAT, VERSION, SlotKind, new_slot
from tests.fuzz.target import Target

TYPED = "six plain words for a test"
VAULT_ID = "00112233445566778899aabbccddeeff"
_NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_ROOT = Root("AGE-SECRET-KEY-1" + "Q" * 58, VAULT_ID)  # of the form, and of nobody


@lru_cache(maxsize=1)
def _key_files() -> tuple[bytes, ...]:
    secret = by_passphrase(TYPED).secret
    slots = tuple(
        new_slot(kind, secret, _ROOT, CHEAPEST)
        for kind in (SlotKind.PASSPHRASE, SlotKind.RECOVERY, SlotKind.KEYRING)
    )
    return tuple(
        key_file_bytes(KeyFile(id=VAULT_ID, slots=slots[:n])) for n in (1, 2, 3)
    )


def with_checks(file: object) -> object:
    """*file* with the checksum of each slot as the slot is now."""
    if not isinstance(file, dict) or not isinstance(file.get("slots"), list):
        return file
    return file | {
        "slots": [with_check(each, file.get("id")) for each in file["slots"]]
    }


def with_check(slot: object, vault_id: object) -> object:
    """*slot* with the checksum that fits it."""
    if not isinstance(slot, dict):
        return slot
    said = {name: value for name, value in slot.items() if name != "check"}
    whole = {"format": FORMAT, "version": VERSION, "id": vault_id, "slot": said}
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    return said | {"check": hashlib.sha256(text.encode()).hexdigest()[:16]}


def _read_key_file(case: bytes) -> None:
    keys = parse_key_file(case)
    key_file_bytes(keys)
    for slot in keys.slots:
        len(slot.name)
    fitting_slot(keys, by_passphrase("a wrong one"), by_recovery("wrong words"))


@lru_cache(maxsize=1)
def _journals() -> tuple[bytes, ...]:
    connection = apsw.Connection(":memory:")
    prepare(connection)
    journal = Journal(connection, _KEY)
    heads = []
    with connection:
        for n in range(6):
            at = _NOW + timedelta(minutes=n)
            journal.append("evidence.kept", {"sha256": "00" * 32, "size": n}, at)
            heads.append(journal.head())
    rows = [
        [number, json.loads(bytes(body)), bytes(digest).hex(), bytes(signature).hex()]
        for number, body, digest, signature in connection.execute(
            "select * from journal"
        )
    ]
    return (json.dumps({"rows": rows, "heads": heads[2:4]}).encode(),)


def _read_journal(case: bytes) -> None:
    rows, heads = _rows_and_heads(case)
    connection = apsw.Connection(":memory:")
    prepare(connection)
    for (name,) in connection.execute(
        "select name from sqlite_schema where type = 'trigger'"
    ).fetchall():
        connection.execute(f'drop trigger "{name}"')
    connection.executemany("insert or ignore into journal values (?, ?, ?, ?)", rows)
    journal = Journal(connection, _KEY)
    journal.check()
    journal.check(heads, every_signature=False)
    journal.head()
    for entry in journal.entries():
        str(entry.at)


class NotACaseError(Exception):
    """The case says nothing that a database could hold."""


_Row: TypeAlias = tuple[int, bytes, bytes, bytes]


def _rows_and_heads(case: bytes) -> tuple[list[_Row], list[str]]:
    try:
        said = json.loads(case)
        rows = [_row(each) for each in said["rows"]]
        return rows, [str(each) for each in said["heads"]]
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        raise NotACaseError from None


def _row(row: object) -> _Row:
    if not isinstance(row, list) or len(row) != 4:
        raise ValueError
    number, body, digest, signature = row
    data = body if isinstance(body, str) else json.dumps(body)
    return (
        int(number) % 2**62,
        data.encode("utf-8", "surrogatepass"),
        _octets(digest, 32),
        _octets(signature, 64),
    )


def _octets(digits: object, count: int) -> bytes:
    """The table takes no other length, so a faulty one becomes one of noughts."""
    try:
        return bytes.fromhex(str(digits))[:count].ljust(count, b"\0")
    except ValueError:
        return bytes(count)


@lru_cache(maxsize=1)
def _records() -> tuple[bytes, ...]:
    details = {
        "claims": '[["EXIF", "2026:11:03 10:00:00", ""]]',
        "captured": '["exact", "2026-11-03T10:00:00+00:00", "", "UTC", "then"]',
    }
    names = ("mail.eml", "\udcff.eml", "\ud800")
    return tuple(
        packed(
            KeptFile(
                id=VAULT_ID,
                sha256="00" * 32,
                size=10,
                modified_at=_NOW,
                record=KeptRecord(name=name, acquired_at=_NOW, details=details),
            )
        )
        for name in names
    )


def _read_record(case: bytes) -> None:
    kept = unpacked(case)
    details: Mapping[str, str] = kept.record.details
    claims_of(details)
    captured_of(details)


def _read_settings(case: bytes) -> None:
    file = Path("settings.toml")
    file.write_bytes(case)
    read_settings(file)


def _read_typed(case: bytes) -> None:
    text = case.decode("utf-8", "surrogateescape")
    strength(text)
    misread_words(text)
    Head.parse(text)
    refuse_unfit(text)


def _settings() -> tuple[bytes, ...]:
    every = b'theme = "day"\nplain = true\nkeys = false\nerase_scrollback = false\n'
    return (every, b'theme = "night"\n', b"")


def _typed() -> tuple[bytes, ...]:
    head = f"41: {'0001 ' * 16}".encode()
    return (TYPED.encode(), head, b"heron otter calm nine mail shoe sort left ate my")


def _as_it_is(value: object) -> object:
    return value


_JSON = (b"{", b"}", b"[", b"]", b":", b",", b'"', b"\\u0000", b"\\ud800", b"Infinity")
TARGETS = {
    "vault.json": Target(
        run=_read_key_file,
        seeds=_key_files,
        words=_JSON,
        allowed=(GuideError,),
        reseal=with_checks,
    ),
    "journal": Target(
        run=_read_journal,
        seeds=_journals,
        words=_JSON,
        allowed=(DamagedVaultError, InvalidAnswerError, NotACaseError),
        reseal=_as_it_is,
    ),
    "record": Target(
        run=_read_record,
        seeds=_records,
        words=_JSON,
        allowed=(BadRecordError,),
        reseal=_as_it_is,
    ),
    "settings": Target(run=_read_settings, seeds=_settings, words=(b".", b"=", b"[")),
    "typed secrets": Target(
        run=_read_typed,
        seeds=_typed,
        allowed=(GuideError,),
        words=(b":", b"0001", b" "),
    ),
}
