"""Looking into files before and after they are kept, in a real vault on a disk."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from guide.actions.desk import Desk
from guide.actions.keeping import vault_of
from guide.actions.looking import START, Looked, before_keeping, look, told
from guide.media import MAIL
from guide.model.problems import LockedError, UnreadableFileError
from guide.model.records import Claim, CustodyAction, Evidence
from guide.model.text import Block, BlockKind
from guide.vault.kept import KeptFile, KeptRecord
from guide.vault.problems import EvidenceChangedError, EvidenceMissingError
from guide.vault.sealed_files import keep_file
from guide.vault.sealed_reading import LARGEST_PREVIEW
from tests.tui.screens import fresh_desk, real_library
from tests.unit.media_samples import dated_jpeg, image
from tests.vault.keeping_desk import NOON, kept_at

SAMPLES = Path(__file__).parents[1] / "mail_samples"
GENUINE = SAMPLES / "genuine_from_gmail.eml"
CANARY = "canary-that-nobody-else-would-write"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = kept_at(fresh_desk(real_library()), tmp_path / "vault")
    yield opened
    opened.close()


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def kept(desk: Desk, path: Path) -> Evidence:
    """The file at *path*, kept by the protocol."""
    seen = before_keeping(path)
    found: list[Evidence] = []

    def commit(file: KeptFile) -> None:
        found.append(
            desk.vault.add_evidence(
                Evidence(
                    id=file.id,
                    original_name=path.name,
                    media_type=seen.media_type,
                    size=file.size,
                    sha256=file.sha256,
                    acquired_at=NOON,
                    claims=seen.claims,
                )
            )
        )

    record = KeptRecord(name=path.name, acquired_at=NOON)
    keep_file(vault_of(desk), path, record, commit=commit)
    return found[0]


def text_of(blocks: tuple[Block, ...]) -> str:
    return "\n".join(f"{block.lead}{block.text}" for block in blocks)


def views(desk: Desk, evidence: Evidence) -> int:
    events = desk.vault.custody(evidence.id)
    return sum(event.action is CustodyAction.VIEWED for event in events)


def test_a_picture_is_shown_and_the_look_is_noted(desk: Desk, tmp_path: Path) -> None:
    evidence = kept(desk, written(tmp_path, "photo.jpg", image("JPEG", (640, 480))))
    blocks = look(desk, evidence, by="me")
    (shown,) = [block for block in blocks if block.kind is BlockKind.PICTURE]
    assert shown.text == "A picture, 640 x 480, JPEG."
    assert shown.picture
    assert (shown.picture.width, shown.picture.height) == (64, 48)
    assert views(desk, evidence) == 1
    assert desk.vault.custody(evidence.id)[-1].by == "me"
    look(desk, evidence)
    assert views(desk, evidence) == 2


def test_a_text_passes_the_gate(desk: Desk, tmp_path: Path) -> None:
    hostile = b"\x1b[2J\x1b]0;owned\x07 hello\r\nsecond \xe2\x80\xae gnp.exe\n"
    evidence = kept(desk, written(tmp_path, "notes.txt", hostile))
    shown = text_of(look(desk, evidence))
    assert "hello" in shown
    assert "second" in shown
    assert not {"\x1b", "\x07", "\r", "\u202e"} & {*shown}
    assert "⟨202E⟩" in shown


def test_a_mail_shows_its_story_and_its_text(desk: Desk, tmp_path: Path) -> None:
    source = written(tmp_path, "mail.eml", GENUINE.read_bytes())
    evidence = kept(desk, source)
    assert evidence.media_type == MAIL
    shown = text_of(look(desk, evidence))
    assert "This message says it comes from" in shown
    assert "From: " in shown
    assert "Date: " in shown
    assert "This is a sample." in shown


def test_a_mail_folder_shows_its_first_message(desk: Desk, tmp_path: Path) -> None:
    separator = b"From a@one.example Tue Nov  3 22:10:00 2026\n"
    both = separator + GENUINE.read_bytes() + b"\n" + separator
    both += (SAMPLES / "forged_bank.eml").read_bytes()
    evidence = kept(desk, written(tmp_path, "all.mbox", both))
    shown = text_of(look(desk, evidence))
    assert "This is a sample." in shown
    assert len(evidence.claims) == 1


def test_nothing_plain_is_left_on_the_disk(desk: Desk, tmp_path: Path) -> None:
    """Raw bytes of everything written: neither the text nor the pixels are in it."""
    sources = tmp_path / "sources"
    sources.mkdir()
    note = written(sources, "note.txt", (CANARY + "\n").encode() * 50)
    picture = written(sources, "photo.png", image("PNG", (90, 60), colour="teal"))
    for path in (note, picture):
        look(desk, kept(desk, path))
        assert path.exists()
        path.unlink()
    desk.close()
    teal = bytes((0, 128, 128)) * 20
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(left) >= 3
    for path in left:
        data = path.read_bytes()
        assert CANARY.encode() not in data
        assert teal not in data
        assert b"\x89PNG" not in data


def test_a_changed_file_shows_nothing(desk: Desk, tmp_path: Path) -> None:
    evidence = kept(desk, written(tmp_path, "note.txt", CANARY.encode()))
    sealed = vault_of(desk).folder / "sealed" / f"{evidence.id}.age"
    data = bytearray(sealed.read_bytes())
    data[-5] ^= 1
    sealed.write_bytes(data)
    with pytest.raises(EvidenceChangedError) as refused:
        look(desk, evidence)
    assert CANARY not in str(refused.value)
    assert views(desk, evidence) == 0
    sealed.unlink()
    with pytest.raises(EvidenceMissingError):
        look(desk, evidence)


def test_a_file_that_is_too_big_is_not_opened(desk: Desk, tmp_path: Path) -> None:
    evidence = kept(desk, written(tmp_path, "note.txt", b"words"))
    shown = text_of(look(desk, replace(evidence, size=LARGEST_PREVIEW + 1)))
    assert "too big to look into here" in shown
    assert views(desk, evidence) == 0


def test_where_nothing_can_be_added_it_says_so(desk: Desk, tmp_path: Path) -> None:
    evidence = kept(desk, written(tmp_path, "note.txt", CANARY.encode()))
    closed = replace(desk, opened=replace(vault_of(desk), read_only=True))
    shown = text_of(look(closed, evidence))
    assert CANARY in shown
    assert "This look was not noted" in shown
    assert views(desk, evidence) == 0


def test_without_a_vault_there_is_nothing_to_look_into(
    desk: Desk, tmp_path: Path
) -> None:
    evidence = kept(desk, written(tmp_path, "note.txt", b"words"))
    with pytest.raises(LockedError):
        look(fresh_desk(desk.library), evidence)


def test_before_keeping_a_photo_it_asks_and_claims(tmp_path: Path) -> None:
    seen = before_keeping(written(tmp_path, "renamed.txt", dated_jpeg()))
    assert seen.media_type == "image/jpeg"
    assert seen.asks
    assert [claim.what for claim in seen.claims] == [
        *("EXIF DateTimeOriginal", "EXIF DateTime", "EXIF GPSDateStamp"),
    ]


def test_before_keeping_a_mail_its_date_is_a_claim(tmp_path: Path) -> None:
    data = (
        b"From: a@one.example\nTo: b@two.example\n"
        b"Date: Tue, 3 Nov 2026 22:10:00 +0100\n\nhello\n"
    )
    at = datetime(2026, 11, 3, 21, 10, tzinfo=UTC)
    written_as = "Tue, 3 Nov 2026 22:10:00 +0100"
    assert before_keeping(written(tmp_path, "mail.eml", data)) == Looked(
        media_type=MAIL,
        claims=(Claim(what="Date", value=written_as, at=at),),
        asks=False,
    )


LINE = b"[22:10] zed: I know where you live\n"


@pytest.mark.parametrize(
    ("data", "asks"),
    [
        pytest.param(LINE, False, id="short"),
        pytest.param(LINE * (START // len(LINE) + 9), False, id="a long chat"),
        pytest.param(b"a" * START + b"b", False, id="one byte more than a first look"),
        pytest.param(LINE * 40_000 + image(), True, id="a picture behind a long text"),
        pytest.param(LINE * 300_000, True, id="too long to be sure"),
    ],
)
def test_a_long_text_is_read_on_to_be_sure(
    tmp_path: Path, data: bytes, asks: bool
) -> None:
    assert before_keeping(written(tmp_path, "chat.txt", data)).asks is asks


def _link(path: Path) -> None:
    path.symlink_to(path.parent / "elsewhere")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.skipif(os.name == "nt", reason="pipes and sockets of Unix")
@pytest.mark.parametrize(
    "make", [Path.mkdir, os.mkfifo, _link, _socket, lambda path: None]
)
def test_only_ordinary_files_are_opened(
    tmp_path: Path, make: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere").write_bytes(b"x")
    path = tmp_path / "photo.jpg"
    assert callable(make)
    make(Path(path.name) if make is _socket else path)
    with pytest.raises(UnreadableFileError):
        before_keeping(path)


def test_a_device_is_not_opened() -> None:
    with pytest.raises(UnreadableFileError):
        before_keeping(Path(os.devnull))


def test_a_huge_empty_file_is_only_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(5 << 30)
    assert before_keeping(path).asks


@pytest.mark.parametrize(
    "name", [b"two\nlines.txt", b"esc\x1b[2J.txt", b"no\xfftext.txt"]
)
def test_odd_names_do_no_harm(tmp_path: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))  # noqa: PTH118  its bytes are no text
    path.write_bytes(b"words")
    assert before_keeping(path).media_type == "text/plain"


def test_a_claim_is_said_as_one() -> None:
    claim = Claim(what="EXIF DateTimeOriginal", value="2026:11:03 \x1b[2J")
    assert told(claim) == "The file says that it was taken: 2026:11:03 ␛[2J"
    assert told(Claim(what="?", value="x")) == "The file names this time: x"
