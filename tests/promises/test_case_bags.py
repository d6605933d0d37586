"""A bag out of a real vault: whole, checked by others, sealed where that is said."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest

from guide.actions import case_bags, stamping
from guide.actions.case_choice import Choice
from guide.actions.desk import Desk
from guide.actions.evidence_care import word_for_copy
from guide.actions.given import waiting
from guide.actions.handing_over import case_for
from guide.export.bag.problems import BagStoppedError, NoSuchKeyError
from guide.export.bag.sealed import CASE, KEY
from guide.export.bag.stamp import StampRefusedError
from guide.model.case import Recipient
from guide.model.problems import GuideError
from guide.model.records import CustodyAction
from guide.vault import sealing
from guide.vault.problems import StoppedError
from guide.vault.sealed_folder import places_of
from tests.tui.screens import fresh_desk, real_library
from tests.unit.bag_samples import is_valid, verified
from tests.unit.stamp_authority import Authority
from tests.vault.case_desk import DRAFT, MAIL, PRIVATE, TO_A_FRIEND, fill_case
from tests.vault.evidence_desk import some_work
from tests.vault.keeping_desk import WORDS, kept_at

LIBRARY = real_library()
LAWYER = Choice(recipient=Recipient.LAWYER)
THEIRS = "seven grey geese left the pond"
needs_openssl = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="needs openssl to play the authority"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = kept_at(fresh_desk(LIBRARY), tmp_path / "vault")
    yield opened
    opened.close()


@pytest.fixture
def ids(desk: Desk, tmp_path: Path) -> dict[str, str]:
    return fill_case(desk, tmp_path)


def plain(desk: Desk, folder: Path, choice: Choice = LAWYER) -> Path:
    work, word = some_work(), word_for_copy()
    return case_bags.write_bag(desk, choice, str(folder), word, work).path


def all_bytes(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_bag_holds_the_originals_and_others_say_that_it_is_whole(
    desk: Desk, ids: dict[str, str], tmp_path: Path
) -> None:
    folder = plain(desk, tmp_path / "bag")
    assert is_valid(folder)
    assert verified(folder).returncode == 0
    listed = subprocess.run(
        ["sha256sum", "-c", "manifest-sha256.txt"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert listed.returncode == 0
    originals = {each.name: each for each in (folder / "data/originals").iterdir()}
    assert originals["E-001.eml"].read_bytes() == MAIL
    names = {each.file_name for each in case_for(desk, LAWYER).exhibits}
    assert set(originals) == names
    assert (folder / "data/journal.jsonl").exists()
    for id_ in (ids["mail"], ids["photo"]):
        last = desk.vault.custody(id_)[-1]
        assert last.action is CustodyAction.EXPORTED
    assert waiting(desk)[0].evidence_ids


@pytest.mark.usefixtures("ids")
def test_nothing_that_stays_is_in_it(desk: Desk, tmp_path: Path) -> None:
    whole = all_bytes(plain(desk, tmp_path / "bag"))
    for canary in (PRIVATE, DRAFT, TO_A_FRIEND, "mine.png", str(tmp_path)):
        assert canary.encode() not in whole


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("recipient", [Recipient.PROVIDER, Recipient.EMPLOYER])
def test_a_company_gets_no_journal(
    desk: Desk, recipient: Recipient, tmp_path: Path
) -> None:
    folder = plain(desk, tmp_path / "bag", Choice(recipient=recipient))
    assert verified(folder).returncode == 0
    assert not (folder / "data/journal.jsonl").exists()


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("typed", ["", "yes", "plain", "plain copies"])
def test_without_the_words_nothing_plain_is_written(
    desk: Desk, tmp_path: Path, typed: str
) -> None:
    with pytest.raises(GuideError):
        case_bags.write_bag(desk, LAWYER, str(tmp_path / "bag"), typed, some_work())
    assert not (tmp_path / "bag").exists()
    assert waiting(desk) == ()


@pytest.mark.usefixtures("ids")
def test_a_twin_has_no_bag_and_a_bag_is_never_in_the_vault(
    desk: Desk, tmp_path: Path
) -> None:
    with pytest.raises(GuideError, match="taken out"):
        plain(desk, tmp_path / "bag", LAWYER.taking_out("wrote"))
    with pytest.raises(GuideError, match="inside the vault"):
        plain(desk, tmp_path / "vault" / "bag")
    assert not (tmp_path / "bag").exists()


def test_a_damaged_file_makes_no_bag(
    desk: Desk, ids: dict[str, str], tmp_path: Path
) -> None:
    opened = desk.opened
    assert opened is not None
    data = places_of(opened, ids["mail"]).data
    whole = bytearray(data.read_bytes())
    whole[-1] ^= 1
    data.write_bytes(whole)
    with pytest.raises(GuideError):
        plain(desk, tmp_path / "bag", Choice(recipient=Recipient.ADVOCATE))
    assert not (tmp_path / "bag").exists()
    assert waiting(desk) == ()


@pytest.mark.usefixtures("ids")
def test_a_stop_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    work = some_work()
    work.stop()
    with pytest.raises((BagStoppedError, StoppedError)):
        case_bags.write_bag(desk, LAWYER, str(tmp_path / "bag"), word_for_copy(), work)
    assert not (tmp_path / "bag").exists()
    assert waiting(desk) == ()


@pytest.mark.usefixtures("ids")
def test_sealed_with_a_passphrase(desk: Desk, tmp_path: Path) -> None:
    target, work = tmp_path / "bag", some_work()
    made = case_bags.seal_to_words(desk, LAWYER, str(target), THEIRS, work)
    whole = all_bytes(made.path)
    assert b"they wrote" not in whole
    assert THEIRS.encode() not in whole
    key = (target / KEY).read_bytes()
    own = sealing.unlocked(key, THEIRS, watch=lambda: None).decode().strip()
    tar = pyrage.decrypt(
        (target / CASE).read_bytes(), [pyrage.x25519.Identity.from_str(own)]
    )
    (tmp_path / "case.tar").write_bytes(tar)
    subprocess.run(["tar", "xf", "case.tar"], cwd=tmp_path, check=True)
    assert is_valid(tmp_path / case_bags.NAME)
    assert verified(tmp_path / case_bags.NAME).returncode == 0


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("words", [WORDS, "short", ""])
def test_a_weak_passphrase_or_that_of_the_notes_is_refused(
    desk: Desk, tmp_path: Path, words: str
) -> None:
    target = tmp_path / "bag"
    with pytest.raises(GuideError):
        case_bags.seal_to_words(desk, LAWYER, str(target), words, some_work())
    assert not target.exists()


@pytest.mark.usefixtures("ids")
def test_sealed_to_a_key_and_to_nothing_else(desk: Desk, tmp_path: Path) -> None:
    own = pyrage.x25519.Identity.generate()
    target, key = tmp_path / "bag", str(own.to_public())
    assert case_bags.key_typed(f" {key.upper()} ") == key
    case_bags.seal_to_key(desk, LAWYER, str(target), key, some_work())
    assert pyrage.decrypt((target / CASE).read_bytes(), [own])
    assert not (target / KEY).exists()
    for wrong in (str(own), key[:-1], "age1"):
        with pytest.raises(NoSuchKeyError):
            case_bags.key_typed(wrong)


# Time-stamps.


@needs_openssl
def test_a_stamp_is_asked_for_checked_kept_and_handed_on(
    desk: Desk, ids: dict[str, str], tmp_path: Path
) -> None:
    assert ids
    authority = Authority(tmp_path / "authority")
    (tmp_path / "root.pem").write_bytes(authority.root)
    path = stamping.ask(desk, str(tmp_path / "request"))
    assert path.suffix == ".tsq"
    assert path.stat().st_size < 200  # no room for a word of the record
    reply = tmp_path / "reply.tsr"
    reply.write_bytes(authority.reply(path.read_bytes()))
    kept = stamping.take_reply(desk, str(reply), str(tmp_path / "root.pem"))
    assert kept.trusted
    assert kept.given_at is not None
    assert "Throw-away authority" in kept.who
    assert stamping.stamps(desk) == (kept,)
    folder = plain(desk, tmp_path / "bag")
    assert verified(folder).returncode == 0
    stamps = folder / "data/time-stamps"
    checked = subprocess.run(
        [
            *("openssl", "ts", "-verify", "-data", str(stamps / "1.head.txt")),
            *("-in", str(stamps / "1.tsr"), "-CAfile", str(tmp_path / "root.pem")),
        ],
        capture_output=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr


@needs_openssl
def test_a_reply_to_another_request_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority")
    path = stamping.ask(desk, str(tmp_path / "first"))
    first = authority.reply(path.read_bytes())
    data = bytearray(first)
    data[-1] ^= 1
    for wrong in (b"", b"words", bytes(data[:-9])):
        (tmp_path / "reply.tsr").write_bytes(wrong)
        with pytest.raises(StampRefusedError):
            stamping.take_reply(desk, str(tmp_path / "reply.tsr"))
    assert not stamping.stamps(desk)[0].reply


def test_verify_needs_only_a_python(desk: Desk, tmp_path: Path) -> None:
    """What a clerk would run, in a folder that was carried elsewhere."""
    fill_case(desk, tmp_path)
    folder = plain(desk, tmp_path / "bag").rename(tmp_path / "carried")
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (folder / "data/originals/E-001.eml").write_bytes(MAIL + b" ")
    assert verified(folder).returncode == 1
    assert not is_valid(folder)
