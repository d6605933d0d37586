"""Kept files later: verified, copied out, found again, gone for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from guide.actions.desk import Desk
from guide.actions.evidence import (
    totals,
)
from guide.actions.evidence_care import (
    adopt,
    copy_out,
    empty_bin,
    left_to_remove,
    orphans,
    verify_every,
    verify_one,
    word_for_copy,
)
from guide.actions.keeping import vault_of
from guide.actions.notes import EVIDENCE, Notes
from guide.actions.recording import put_in_bin
from guide.model.problems import (
    GuideError,
    InvalidAnswerError,
    NotFoundError,
    NotWrittenError,
)
from guide.model.records import CustodyAction, Evidence
from guide.model.times import exactly
from guide.vault.problems import (
    AlreadyKeptError,
    EvidenceChangedError,
)
from guide.vault.sealed_reading import FileState, read_file
from tests.tui.screens import fresh_desk, real_library
from tests.unit.media_samples import dated_jpeg
from tests.vault.evidence_desk import (
    in_vault,
    keep_all,
    orphaned,
    some_work,
)
from tests.vault.keeping_desk import NOON, WORDS, kept_at

LIBRARY = real_library()
MEGABYTE = 1 << 20
SAID = Notes(
    kind=EVIDENCE,
    values={
        "source": "my phone",
        "url": "https://example.com/@zed",
        "by": "A. Person",
        "when": "yesterday",
        "note": "the second one",
    },
    when=exactly(NOON - timedelta(days=1), words="yesterday"),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = kept_at(fresh_desk(LIBRARY), tmp_path / "vault")
    yield opened
    opened.close()


def text(folder: Path, name: str = "words.txt", words: str = "only words") -> Path:
    path = folder / name
    path.write_text(words)
    return path


def folder_of(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(count):
        text(folder, f"{number:04}.txt", f"words {number}")
    return folder


def bytes_in(desk: Desk, file: Evidence) -> bytes:
    return read_file(vault_of(desk), file, limit=MEGABYTE)


def sealed(tmp_path: Path, file: Evidence) -> Path:
    return tmp_path / "vault" / "sealed" / f"{file.id}.age"


def test_what_is_damaged_is_found_and_named(desk: Desk, tmp_path: Path) -> None:
    kept = keep_all(desk, folder_of(tmp_path, 4)).kept
    damaged, missing, binned = kept[1], kept[2], kept[3]
    path = sealed(tmp_path, damaged)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    sealed(tmp_path, missing).unlink()
    put_in_bin(desk, EVIDENCE, binned.id, "twice")
    found = verify_every(desk, some_work())
    assert found.intact == 2  # one of them is in the bin
    assert {(file.id, state) for file, state in found.others} == {
        (damaged.id, FileState.CHANGED),
        (missing.id, FileState.MISSING),
    }
    event = desk.vault.custody(damaged.id)[-1]
    assert (event.action, event.detail) == (CustodyAction.VERIFIED, "changed")
    assert verify_one(desk, kept[0].id, some_work()) is FileState.INTACT
    with pytest.raises(EvidenceChangedError):
        copy_out(desk, damaged.id, str(tmp_path / "x"), word_for_copy(), some_work())
    assert not (tmp_path / "x").exists()


def test_a_plain_copy_needs_the_words_and_is_noted(desk: Desk, tmp_path: Path) -> None:
    (file,) = keep_all(desk, text(tmp_path)).kept
    target = tmp_path / "copy.txt"
    for typed in ("", "yes", "plain", "plain copy please"):
        with pytest.raises(InvalidAnswerError, match="not confirmed"):
            copy_out(desk, file.id, str(target), typed, some_work())
    assert not target.exists()
    assert len(desk.vault.custody(file.id)) == 1
    copy_out(desk, file.id, str(target), " Plain  Copy ", some_work())
    assert target.read_text() == "only words"
    assert target.stat().st_mode & 0o077 == 0
    event = desk.vault.custody(file.id)[-1]
    assert (event.action, event.detail) == (CustodyAction.EXPORTED, str(target))


@pytest.mark.parametrize(
    "where", ["words.txt", "vault/copy.txt", "vault", "no/x", "a\nb"]
)
def test_a_plain_copy_replaces_nothing_and_stays_out_of_the_vault(
    desk: Desk, tmp_path: Path, where: str
) -> None:
    (file,) = keep_all(desk, text(tmp_path)).kept
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises((NotWrittenError, InvalidAnswerError)):
        copy_out(desk, file.id, str(tmp_path / where), word_for_copy(), some_work())
    assert sorted(tmp_path.rglob("*")) == before
    assert len(desk.vault.custody(file.id)) == 1


def test_a_file_that_a_crash_left_in_no_list_comes_back(
    desk: Desk, tmp_path: Path
) -> None:
    lost = orphaned(desk, text(tmp_path))
    assert [each.id for each in orphans(desk)] == [lost.id]
    file = adopt(desk, lost.id, some_work())
    assert (file.original_name, file.source) == ("words.txt", "a friend")
    assert (file.note, file.sensitive) == ("as it was said", True)
    assert bytes_in(desk, file) == b"only words"
    assert orphans(desk) == ()
    with pytest.raises(GuideError):
        adopt(desk, lost.id, some_work())


def test_a_damaged_or_double_one_stays_where_it_is(desk: Desk, tmp_path: Path) -> None:
    lost = orphaned(desk, text(tmp_path))
    (file,) = keep_all(desk, text(tmp_path)).kept
    with pytest.raises(AlreadyKeptError):
        adopt(desk, lost.id, some_work())
    other = orphaned(desk, text(tmp_path, "other.txt", "other words"))
    path = tmp_path / "vault" / "sealed" / f"{other.id}.age"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(EvidenceChangedError):
        adopt(desk, other.id, some_work())
    assert desk.vault.evidence_ids() == (file.id,)
    assert {each.id for each in orphans(desk)} == {lost.id, other.id}


def test_what_was_said_survives_a_lost_row_whole(desk: Desk, tmp_path: Path) -> None:
    """The sealed record gives back all that the row said."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(dated_jpeg())
    (file,) = keep_all(desk, path, said=SAID).kept
    from guide.actions.evidence import evidence_of
    from guide.vault.sealed_listing import read_record

    record = read_record(vault_of(desk), file.id)
    assert record is not None
    assert replace(evidence_of(record), number=file.number) == file


def test_the_bin_lets_go_for_ever_only_after_thirty_days(
    desk: Desk, tmp_path: Path
) -> None:
    one, two = keep_all(desk, folder_of(tmp_path, 2)).kept
    put_in_bin(desk, EVIDENCE, one.id, "not mine")
    assert totals(desk) == (1, two.size)
    assert empty_bin(desk, WORDS) == ((), True)
    assert sealed(tmp_path, one).exists()
    later = replace(desk, now=lambda: NOON + timedelta(days=31))
    (stone,), whole = empty_bin(later, WORDS)
    assert whole
    assert (stone.id, stone.sha256, stone.reason) == (one.id, one.sha256, "not mine")
    assert not sealed(tmp_path, one).exists()
    assert sealed(tmp_path, two).exists()
    assert orphans(desk) == ()
    with pytest.raises(NotFoundError):
        desk.vault.evidence(one.id)


def test_a_sealed_file_that_outlives_its_row_goes_at_the_next_emptying(
    desk: Desk, tmp_path: Path
) -> None:
    """The computer went off between the two; it never comes back into the list."""
    (file,) = keep_all(desk, text(tmp_path)).kept
    put_in_bin(desk, EVIDENCE, file.id, "not mine")
    desk.vault.purge(NOON + timedelta(days=31))
    assert left_to_remove(desk)
    assert orphans(desk) == ()
    with pytest.raises(GuideError):
        adopt(desk, file.id, some_work())
    assert empty_bin(desk, WORDS) == ((), True)
    assert not left_to_remove(desk)
    assert in_vault(tmp_path / "vault") == []
