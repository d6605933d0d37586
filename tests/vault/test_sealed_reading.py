"""Verifying, reading, copying out and listing what a real vault has kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.model.problems import GuideError, NotWrittenError
from guide.vault import sealing
from guide.vault.kept import BadRecordError, unpacked
from guide.vault.opening import OpenVault
from guide.vault.problems import (
    EvidenceChangedError,
    EvidenceMissingError,
)
from guide.vault.sealed_export import export_file
from guide.vault.sealed_listing import (
    clean_parts,
    orphans,
    remove_file,
)
from guide.vault.sealed_reading import FileState, read_file, verify_all, verify_file
from tests.vault.keeping import (
    FailingDisk,
    bytes_of,
    data_path,
    kept,
    known_ids,
    names_in,
    new_vault,
    record_path,
    written,
)

LARGE = sealing.HERE + 100_000  # goes through the second process


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[OpenVault]:
    with new_vault(tmp_path / "vault") as opened:
        yield opened


def test_at_opening_only_parts_are_removed(vault: OpenVault, tmp_path: Path) -> None:
    file = kept(vault, written(tmp_path / "it", b"x"))
    folder = vault.folder / "sealed"
    parts = [f"{'a' * 32}.part", f"{'b' * 32}.m.part"]
    others = ["note.part", f"{'a' * 31}.part", f"{'A' * 32}.part", f"{'c' * 32}.age"]
    for name in [*parts, *others]:
        written(folder / name, b"?")
    assert clean_parts(vault) == 2
    assert names_in(vault) == {*others, f"{file.id}.age", f"{file.id}.m.age"}
    (orphan,) = orphans(vault, known_ids(vault))
    assert (orphan.id, orphan.kept) == ("c" * 32, None)


def test_removing_is_complete_and_can_be_done_again(
    vault: OpenVault, tmp_path: Path
) -> None:
    file = kept(vault, written(tmp_path / "it", b"x"))
    remove_file(vault, file.id)
    remove_file(vault, file.id)
    assert names_in(vault) == set()
    with pytest.raises(ValueError, match="not a sealed id"):
        remove_file(vault, "../vault")


def places_to_flip(size: int) -> list[int]:
    """Every byte of the first 400, then some all over, then the end."""
    some = range(0, size, max(1, size // 60))
    return sorted({*range(min(size, 400)), *some, *range(max(0, size - 20), size)})


@pytest.mark.parametrize("which", ["data", "record"])
def test_every_flipped_bit_of_a_sealed_file_is_found(
    vault: OpenVault, tmp_path: Path, which: str
) -> None:
    file = kept(vault, written(tmp_path / "it", bytes_of(200_000)))
    path = (data_path if which == "data" else record_path)(vault, file)
    whole = path.read_bytes()
    wanted = FileState.CHANGED if which == "data" else FileState.RECORD_CHANGED
    for place in places_to_flip(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << (place % 8)
        path.write_bytes(damaged)
        assert verify_file(vault, file) is wanted, place
    path.write_bytes(whole)
    assert verify_file(vault, file) is FileState.INTACT


@pytest.mark.parametrize("size", [1000, LARGE])
def test_a_damaged_file_is_never_shown_or_written_out(
    vault: OpenVault, tmp_path: Path, size: int
) -> None:
    """Not even its first bytes, which are still intact."""
    file = kept(vault, written(tmp_path / "it", bytes_of(size)))
    path = data_path(vault, file)
    whole = path.read_bytes()
    ends = [0, 10, 150, len(whole) // 2, len(whole) - 1]
    damaged = [whole[:end] for end in ends] + [whole + b"x", b"\xff" + whole]
    for data in damaged:
        path.write_bytes(data)
        assert verify_file(vault, file) is FileState.CHANGED
        with pytest.raises(EvidenceChangedError) as caught:
            read_file(vault, file, limit=100)
        assert caught.value.exit_code == 6
        with pytest.raises(EvidenceChangedError):
            export_file(vault, file, tmp_path / "out")
    assert {each.name for each in tmp_path.iterdir()} == {"it", "vault"}


def test_what_is_gone_or_swapped_or_a_link_is_told_apart(
    vault: OpenVault, tmp_path: Path
) -> None:
    files = [kept(vault, written(tmp_path / "it", bytes([n]))) for n in range(5)]
    data_path(vault, files[0]).unlink()
    swap, other = data_path(vault, files[1]), data_path(vault, files[2])
    swap.write_bytes(other.read_bytes())
    linked = data_path(vault, files[3])
    linked.rename(linked.with_suffix(".real"))
    linked.symlink_to(linked.with_suffix(".real"))
    states = dict(verify_all(vault, files))
    assert [states[file.id] for file in files] == [
        *(FileState.MISSING, FileState.CHANGED, FileState.INTACT),
        *(FileState.CHANGED, FileState.INTACT),
    ]
    with pytest.raises(EvidenceMissingError):
        read_file(vault, files[0], limit=1)


def test_a_pulled_stick_is_not_called_a_missing_file(
    vault: OpenVault, tmp_path: Path
) -> None:
    file = kept(vault, written(tmp_path / "it", b"x"))
    (vault.folder / "sealed").rename(tmp_path / "elsewhere")
    assert verify_file(vault, file) is FileState.UNREADABLE
    with pytest.raises(GuideError) as caught:
        read_file(vault, file, limit=1)
    assert not isinstance(caught.value, EvidenceMissingError)
    assert "stick" in str(caught.value)


def test_verifying_goes_on_after_a_damaged_file_and_counts_every_byte(
    vault: OpenVault, tmp_path: Path
) -> None:
    files = [
        kept(vault, written(tmp_path / "it", bytes_of(size)))
        for size in (LARGE, 1000, LARGE + 1)
    ]
    os.truncate(data_path(vault, files[0]), 1000)
    said: list[tuple[int, int]] = []
    states = [
        state
        for _id, state in verify_all(
            vault, files, progress=lambda done, total: said.append((done, total))
        )
    ]
    assert states == [FileState.CHANGED, FileState.INTACT, FileState.INTACT]
    assert said[-1] == (2 * LARGE + 1001,) * 2
    assert said == sorted(said)


def test_a_preview_gives_no_more_than_asked_for(
    vault: OpenVault, tmp_path: Path
) -> None:
    data = bytes_of(LARGE)
    file = kept(vault, written(tmp_path / "it", data))
    assert read_file(vault, file, limit=1000) == data[:1000]
    assert read_file(vault, file, limit=0) == b""
    with pytest.raises(ValueError, match="preview"):
        read_file(vault, file, limit=1 << 30)


def test_a_copy_is_never_written_over_something(
    vault: OpenVault, tmp_path: Path
) -> None:
    file = kept(vault, written(tmp_path / "it", b"x"))
    taken = written(tmp_path / "taken", b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for target in (taken, tmp_path / "link", tmp_path):
        with pytest.raises(NotWrittenError):
            export_file(vault, file, target)
    assert taken.read_bytes() == b"mine"
    with pytest.raises(NotWrittenError, match="no such folder"):
        export_file(vault, file, tmp_path / "none" / "out")


def test_a_copy_is_made_on_a_stick_without_links(
    vault: OpenVault, tmp_path: Path
) -> None:
    class NoLinks(FailingDisk):
        def link(self, old: Path, new: Path) -> None:
            raise PermissionError(1, "no links here")

    file = kept(vault, written(tmp_path / "it", b"hello"))
    target = export_file(vault, file, tmp_path / "out", disk=NoLinks())
    assert target.read_bytes() == b"hello"
    assert {each.name for each in tmp_path.iterdir()} == {"it", "vault", "out"}


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"{" * 100_000, b'{"id":1}', b"\xff", b"null"],
    ids=["nothing", "list", "empty", "deep", "half", "no text", "null"],
)
def test_bytes_that_are_no_record_are_refused(data: bytes) -> None:
    with pytest.raises(BadRecordError):
        unpacked(data)
