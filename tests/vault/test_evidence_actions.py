"""Keeping files through the actions: bad files, many files, and their whole life."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from guide.actions.desk import Desk
from guide.actions.evidence import (
    Tie,
    describe,
    files_of,
    keep,
    mark_sensitive,
    notes_of_evidence,
    tie_files,
)
from guide.actions.evidence_care import (
    copy_out,
    plain_name,
    verify_every,
    verify_one,
    word_for_copy,
)
from guide.actions.finding import MOST_FILES, find
from guide.actions.keeping import open_vault_desk, vault_of
from guide.actions.notes import CONTACT, EVIDENCE, INCIDENT, Notes
from guide.actions.picture_gate import NotAskedError, close_for_pictures
from guide.actions.recording import keep_contact, keep_incident, put_in_bin
from guide.actions.working import Work
from guide.model.problems import (
    GuideError,
    UnreadableFileError,
)
from guide.model.records import CustodyAction, Evidence
from guide.model.times import exactly
from guide.vault.disk import Disk
from guide.vault.problems import (
    NoVaultError,
    StoppedError,
)
from guide.vault.sealed_reading import FileState, read_file
from tests.tui.screens import fresh_desk, real_library
from tests.unit.media_samples import dated_jpeg
from tests.vault.evidence_desk import (
    NOTHING_SAID,
    allowed,
    found_at,
    in_vault,
    keep_all,
    some_work,
)
from tests.vault.keeping import bytes_of, sha
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


# What is said of a file, and what it says of itself.


def test_a_file_is_kept_with_what_is_said_of_it(desk: Desk, tmp_path: Path) -> None:
    data = dated_jpeg()
    path = tmp_path / "photo.jpg"
    path.write_bytes(data)
    before = path.stat()
    (file,) = keep_all(desk, path, said=SAID).kept
    assert bytes_in(desk, file) == data == path.read_bytes()
    assert path.stat() == before
    assert (file.sha256, file.size) == (sha(data), len(data))
    assert (file.source, file.url) == ("my phone", "https://example.com/@zed")
    assert (file.acquired_by, file.note) == ("A. Person", "the second one")
    assert file.captured_at.start == NOON - timedelta(days=1)
    assert file.captured_at.words == "yesterday"
    assert file.media_type == "image/jpeg"
    assert {claim.what for claim in file.claims} >= {"EXIF DateTimeOriginal"}
    (event,) = desk.vault.custody(file.id)
    assert (event.action, event.by) == (CustodyAction.ACQUIRED, "A. Person")
    assert event.detail == "my phone"


def test_it_is_there_when_the_vault_is_opened_again(desk: Desk, tmp_path: Path) -> None:
    (file,) = keep_all(desk, text(tmp_path), said=SAID).kept
    desk.close()
    again = open_vault_desk(fresh_desk(LIBRARY), tmp_path / "vault", WORDS)
    assert again.vault.evidence(file.id) == file
    assert bytes_in(again, file) == b"only words"
    again.close()


def test_a_correction_adds_and_never_overwrites(desk: Desk, tmp_path: Path) -> None:
    (file,) = keep_all(desk, text(tmp_path), said=SAID).kept
    notes = notes_of_evidence(desk, file.id)
    assert dict(notes.values) == dict(SAID.values)
    better = describe(desk, notes.saying("by", "My sister"), "I was wrong")
    assert better.acquired_by == "My sister"
    assert better.captured_at == file.captured_at
    first, second = desk.vault.evidence_history(file.id)
    assert first.record.acquired_by == "A. Person"
    assert second.why == "I was wrong"
    assert (better.sha256, better.original_name) == (file.sha256, "words.txt")
    assert mark_sensitive(desk, file.id, sensitive=True).sensitive
    assert desk.vault.evidence(file.id).acquired_by == "My sister"


def test_files_are_tied_to_what_they_belong_to(desk: Desk, tmp_path: Path) -> None:
    incident = keep_incident(desk, Notes(kind=INCIDENT, values={"account": "x"}))
    contact = keep_contact(desk, Notes(kind=CONTACT, values={"organisation": "Police"}))
    one, two = text(tmp_path, "1.txt", "one"), text(tmp_path, "2.txt", "two")
    kept = keep_all(desk, one, two, tie=Tie(incident_id=incident.id)).kept
    ids = tuple(file.id for file in kept)
    assert desk.vault.incident(incident.id).evidence_ids == ids
    assert len(desk.vault.history(incident.id)) == 2  # one wording for both
    assert desk.vault.incidents_with(ids[0]) == (incident.id,)
    again = keep_all(desk, one, tie=Tie(contact_id=contact.id)).again
    assert [file.id for file in again] == [ids[0]]
    assert desk.vault.contact(contact.id).evidence_ids == (ids[0],)
    tie_files(desk, Tie(contact_id=contact.id), ids)
    assert files_of(desk, Tie(contact_id=contact.id)) == ids
    put_in_bin(desk, EVIDENCE, ids[1], "not this one")
    assert files_of(desk, Tie(contact_id=contact.id)) == ids[:1]


def test_what_it_should_belong_to_may_be_gone(desk: Desk, tmp_path: Path) -> None:
    """The file is kept all the same, and that it is not tied is said."""
    incident = keep_incident(desk, Notes(kind=INCIDENT, values={"account": "x"}))
    put_in_bin(desk, INCIDENT, incident.id, "a mistake")
    result = keep_all(desk, text(tmp_path), tie=Tie(incident_id=incident.id))
    assert len(result.kept) == 1
    assert "bin" in result.not_tied


def test_the_same_file_is_recognised(desk: Desk, tmp_path: Path) -> None:
    """By its bytes, whatever it is called; also twice in one folder."""
    (file,) = keep_all(desk, text(tmp_path, "a.txt")).kept
    before = in_vault(tmp_path / "vault")
    folder = tmp_path / "twice"
    folder.mkdir()
    result = keep_all(desk, text(folder, "b.txt"), text(folder, "c.txt"), said=SAID)
    assert not result.kept
    assert [each.id for each in result.again] == [file.id, file.id]
    assert in_vault(tmp_path / "vault") == before
    details = [event.detail for event in desk.vault.custody(file.id)]
    assert "b.txt" in details[1]
    assert "my phone" in details[2]


def test_the_same_file_in_the_bin_is_recognised(desk: Desk, tmp_path: Path) -> None:
    (file,) = keep_all(desk, text(tmp_path)).kept
    put_in_bin(desk, EVIDENCE, file.id, "twice")
    result = keep_all(desk, text(tmp_path))
    assert [each.id for each in result.again] == [file.id]


# Files that are none, and names that lie.


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    os.chdir(path.parent)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)
    os.fchdir(here)
    os.close(here)


def _device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("may not make a device here")


STRANGE: dict[str, Callable[[Path], None]] = {
    "pipe": _fifo,
    "socket": _socket,
    "device": _device,
    "link": lambda path: path.symlink_to(path.parent / "words.txt"),
    "link to a folder": lambda path: path.symlink_to(path.parent),
    "link to nothing": lambda path: path.symlink_to(path.parent / "nothing"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_ordinary_file_is_refused_with_its_reason(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    """Alone it is said at once; in a folder it is listed, and the rest is kept."""
    folder = tmp_path / "in"
    folder.mkdir()
    text(folder)
    STRANGE[name](folder / "strange")
    with pytest.raises(GuideError) as alone:
        found_at(desk, folder / "strange")
    assert alone.value.next_step
    result = keep_all(desk, folder)
    assert [file.original_name for file in result.kept] == ["words.txt"]
    (refused,) = result.refused
    assert refused.name == "in/strange"
    assert refused.why == alone.value.what


def test_a_name_that_is_not_there_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no file with that name"):
        found_at(desk, tmp_path / "nothing.txt")
    for typed in ("", "  ", "\0", "a\0b", "x" * 5000, "file://other.example/a"):
        with pytest.raises(GuideError):
            find(desk, typed, some_work(), close_for_pictures(desk))


NAMES = {
    "newline": b"two\nlines.txt",
    "escape codes": b"\x1b[2J\x1b]0;owned\x07.txt",
    "half a character": b"caf\xe9.txt",
    "backwards": "cod\u202etxt.exe".encode(),
    "only spaces": b"   ",
    "long": b"n" * 255,
    "with quotes": b'it\'s "mine" $HOME `x`.txt',
    "percent": b"100%20 sure%.txt",
    "dash": b"-rf",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_whatever_a_file_is_called_it_is_kept_under_that_name(
    desk: Desk, tmp_path: Path, name: bytes
) -> None:
    folder = tmp_path / "odd"
    folder.mkdir()
    path = folder / os.fsdecode(name)
    path.write_text("only words")
    (file,) = keep_all(desk, folder).kept
    assert os.fsencode(file.original_name) == name
    assert desk.vault.evidence(file.id) == file
    assert bytes_in(desk, file) == b"only words"
    out = tmp_path / "out"
    out.mkdir()
    copied = copy_out(desk, file.id, str(out), word_for_copy(), some_work())
    assert copied.read_bytes() == b"only words"
    assert copied.parent == out
    assert copied.name.isprintable()
    assert copied.name.strip(" .-")[:1] == copied.name[:1] or name == b"-rf"


def test_a_name_never_leads_out_of_the_folder() -> None:
    for name in ("../../up", "a/b", "..", ".", "C:\\x", "", "\0", "con:"):
        file = replace(_some_evidence(), original_name=name)
        plain = plain_name(file)
        assert plain
        assert plain not in (".", "..")
        assert not {"/", "\\", "\0", ":"} & {*plain}


def _some_evidence() -> Evidence:
    return Evidence(
        id="0" * 32,
        original_name="a",
        media_type="text/plain",
        size=1,
        sha256="",
        acquired_at=NOON,
        number=7,
    )


def test_a_file_of_no_bytes_is_kept(desk: Desk, tmp_path: Path) -> None:
    """That there was nothing in it is a fact, too."""
    (file,) = keep_all(desk, text(tmp_path, "empty.txt", "")).kept
    assert file.size == 0
    assert verify_one(desk, file.id, some_work()) is FileState.INTACT


def test_a_file_that_changes_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = text(tmp_path)
    found = found_at(desk, path)
    may = allowed(desk, found)
    path.write_text("other words")
    result = keep(desk, found, may, NOTHING_SAID, Tie(), some_work())
    assert not result.kept
    assert "changed since you chose it" in result.refused[0].why
    assert in_vault(tmp_path / "vault") == []


class Growing(Disk):
    """The real disk; somebody writes to the file while it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, descriptor: int, size: int) -> bytes:
        with self._path.open("a") as file:
            file.write("more")
        return super().read(descriptor, size)


def test_a_file_that_grows_while_it_is_read_is_refused(
    desk: Desk, tmp_path: Path
) -> None:
    path = text(tmp_path)
    result = keep_all(desk, path, disk=Growing(path))
    assert not result.kept
    assert "changed while it was read" in result.refused[0].why
    assert in_vault(tmp_path / "vault") == []


def test_a_file_that_is_gone_meanwhile_is_refused(desk: Desk, tmp_path: Path) -> None:
    path, other = text(tmp_path), text(tmp_path, "other.txt", "other")
    found = found_at(desk, path, other)
    may = allowed(desk, found)
    path.unlink()
    result = keep(desk, found, may, NOTHING_SAID, Tie(), some_work())
    assert [file.original_name for file in result.kept] == ["other.txt"]
    assert "no file with that name" in result.refused[0].why


def test_five_gigabytes_are_refused_before_they_are_read(
    desk: Desk, tmp_path: Path
) -> None:
    """Where there is no room for them; the small one beside them is kept."""
    huge = tmp_path / "huge.bin"
    with huge.open("wb") as file:
        file.truncate(5 * 10**9)

    class Small(Disk):
        def free(self, folder: Path) -> int:
            return 10**9

    found = found_at(desk, huge, text(tmp_path))
    assert found.asks
    assert found.size > 5 * 10**9
    may = allowed(desk, found)
    result = keep(desk, found, may, NOTHING_SAID, Tie(), some_work(), disk=Small())
    assert [file.original_name for file in result.kept] == ["words.txt"]
    assert "too little room" in result.refused[0].why


def test_a_login_that_may_not_read_it_is_told(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = text(folder, "mine.txt")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this login may read everything")
    with pytest.raises(UnreadableFileError):
        found_at(desk, path)


# Many files.


def test_a_folder_is_kept_with_everything_below_it(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep" / "deeper").mkdir(parents=True)
    text(folder, "b.txt", "b")
    text(folder, ".hidden", "h")
    text(folder / "deep" / "deeper", "c.txt", "c")
    kept = keep_all(desk, folder).kept
    assert {file.original_name for file in kept} == {"b.txt", ".hidden", "c.txt"}
    notes = {file.original_name: file.note for file in kept}
    assert notes["c.txt"] == "It was in the folder in/deep/deeper."


def test_the_vault_never_takes_in_itself(desk: Desk, tmp_path: Path) -> None:
    """A folder around it is fine; what is in it is left alone."""
    text(tmp_path)
    result = keep_all(desk, tmp_path)
    assert [file.original_name for file in result.kept] == ["words.txt"]
    assert [each.name for each in result.refused] == ["vault"]
    for inside in (tmp_path / "vault", tmp_path / "vault" / "sealed"):
        with pytest.raises(UnreadableFileError, match="vault itself"):
            found_at(desk, inside)


def test_an_mbox_is_one_file(desk: Desk, tmp_path: Path) -> None:
    mail = "From a@example.com Tue Nov  3 22:10:00 2026\nFrom: a@example.com\n"
    mail += "To: b@example.com\nSubject: x\n\nhello\n\n"
    (file,) = keep_all(desk, text(tmp_path, "all.mbox", mail * 3)).kept
    assert file.media_type == "application/mbox"


def test_an_empty_folder_is_said_to_be_one(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnreadableFileError, match="no file in this folder"):
        found_at(desk, tmp_path / "empty")


def test_too_many_files_at_once_are_refused(desk: Desk, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, MOST_FILES + 1)
    with pytest.raises(GuideError, match="more than"):
        found_at(desk, folder)


class StopsAt(Work):
    """A reader who stops as soon as file number *count* has begun."""

    def __init__(self, count: int) -> None:
        super().__init__("", lambda _work: pytest.fail("nobody shows it"))
        self._left = count

    def say(self, words: str) -> None:
        super().say(words)
        self._left -= 1
        if not self._left:
            self.stop()


def test_stopping_keeps_what_is_finished_and_says_which(
    desk: Desk, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, 5)
    result = keep_all(desk, folder, work=StopsAt(3))
    assert [file.original_name for file in result.kept] == ["0000.txt", "0001.txt"]
    assert result.stopped == ("0002.txt", "0003.txt", "0004.txt")
    assert len(in_vault(tmp_path / "vault")) == 4
    assert len(keep_all(desk, folder).kept) == 3
    assert verify_every(desk, some_work()).intact == 5


def test_stopping_in_the_middle_of_a_large_file_leaves_nothing_of_it(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(bytes_of(MEGABYTE) * 12)
    work = some_work()

    def progress(done: int, total: int) -> None:
        assert 0 <= done <= total == 24 * MEGABYTE
        if done > total // 3:
            work.stop()

    work.progress = progress  # type: ignore[method-assign]
    result = keep_all(desk, path, work=work)
    assert not result.kept
    assert result.stopped == ("large.bin",)
    assert in_vault(tmp_path / "vault") == []


def test_looking_can_be_stopped(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(StoppedError):
        found_at(desk, folder_of(tmp_path, 3), work=StopsAt(2))


def test_progress_is_over_all_of_them(desk: Desk, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    work = some_work()
    work.progress = lambda done, total: seen.append((done, total))  # type: ignore[method-assign]
    found = found_at(desk, folder_of(tmp_path, 4))
    keep(desk, found, allowed(desk, found), NOTHING_SAID, Tie(), work)
    assert {total for _done, total in seen} == {found.size * 2}
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)
    assert seen[-1][0] == found.size * 2


# Disks that fail.


class Broken(Disk):
    """The real disk, until something is to be written."""

    def __init__(self, number: int) -> None:
        self._number = number

    def create(self, path: Path) -> int:
        raise OSError(self._number, "")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.ENODEV, errno.EIO])
def test_a_disk_that_refuses_is_said_for_each_file(
    desk: Desk, tmp_path: Path, number: int
) -> None:
    result = keep_all(desk, folder_of(tmp_path, 3), disk=Broken(number))
    assert not result.kept
    assert len(result.refused) == 3
    assert all("not kept" in each.why for each in result.refused)
    assert in_vault(tmp_path / "vault") == []


def test_a_full_disk_keeps_what_fits(tmp_path: Path, stick: Path) -> None:
    """A real one of 24 MB: the room that every file needs beside itself is counted."""
    desk = kept_at(fresh_desk(LIBRARY), stick / "vault")
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(4):
        data = bytes([number]) + bytes_of(2 * MEGABYTE)
        (folder / f"{number}.bin").write_bytes(data)
    result = keep_all(desk, folder)
    assert result.kept
    assert result.refused
    assert len(result.kept) + len(result.refused) == 4
    assert "too little room" in result.refused[0].why
    assert verify_every(desk, some_work()).intact == len(result.kept)
    desk.close()


def test_without_a_vault_nothing_is_kept(tmp_path: Path) -> None:
    desk = fresh_desk(LIBRARY)
    found = found_at(desk, text(tmp_path))
    with pytest.raises(NoVaultError):
        keep(desk, found, allowed(desk, found), NOTHING_SAID, Tie(), some_work())


def test_an_unasked_leave_is_refused_before_anything_is_touched(
    desk: Desk, tmp_path: Path
) -> None:
    found = found_at(desk, text(tmp_path))
    with pytest.raises(NotAskedError):
        keep(desk, found, None, NOTHING_SAID, Tie(), some_work())  # type: ignore[arg-type]
