"""Promise: no file that may show somebody is kept before the question of facts 8.3.

"Yes" and "not sure" keep nothing and leave nothing. There is no way around: not in
the interface, not in plain mode, not for whoever calls the actions.
"""

from __future__ import annotations

import base64
import copy
import io
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.desk import Desk
from guide.actions.evidence import Tie, keep
from guide.actions.evidence_care import adopt, copy_out, word_for_copy
from guide.actions.finding import Found, find
from guide.actions.journey import Journey
from guide.actions.looking import look
from guide.actions.picture_gate import (
    AgeUnknownError,
    MayKeep,
    NotAskedError,
    StopHereError,
    answer_images,
    close_for_pictures,
    nothing_to_ask,
)
from guide.actions.places.place import Place
from guide.actions.working import Work
from guide.model.problems import GuideError
from guide.model.text import BlockKind
from guide.tui.app import GuideApp
from tests.plain.talking import talk
from tests.promises.scripted_reader import STRANGER, change_to, set_out
from tests.promises.test_image_gate import AGES, IMAGE_AGES, never_copied
from tests.tui.screens import (
    USUAL,
    fresh_desk,
    paste,
    press,
    real_library,
    settle,
    text_of,
)
from tests.unit.media_samples import dated_jpeg, image, moving
from tests.vault.evidence_desk import (
    NOTHING_SAID,
    allowed,
    found_at,
    in_vault,
    keep_all,
    orphaned,
    some_work,
)
from tests.vault.keeping_desk import kept_at

CANARY = "zebrafish-quartz"
STOP, QUESTION = "t-no-copy-minor", "evidence-pictures"
LIBRARY = real_library()
_BEGIN, _END = b"From a@example.com Tue Nov  3 22:10:00 2026\n", b"\n--x--\n"
_MAIL = (
    b"From: a@example.com\nTo: b@example.com\nSubject: x\nMIME-Version: 1.0\n"
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\n"
    b"Content-Type: text/plain\n\nhello\n--x\nContent-Type: image/jpeg\n"
    b"Content-Transfer-Encoding: base64\n\n"
)


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("notes.txt", "only words")
    return packed.getvalue()


def _in_a_mail() -> bytes:
    return _MAIL + base64.encodebytes(dated_jpeg()) + _END


ASKING: dict[str, tuple[str, Callable[[], bytes]]] = {
    "picture": (".jpg", dated_jpeg),
    "moving picture": (".gif", lambda: moving("GIF")),
    "picture called a text": (".txt", lambda: image("PNG")),
    "picture without an ending": ("", lambda: image("WEBP")),
    "packed": (".zip", _zip),
    "mail with a picture": (".eml", _in_a_mail),
    "mail folder with a picture": (".mbox", lambda: _BEGIN + _in_a_mail()),
    "film": (".mp4", lambda: b"\0\0\0\x18ftypisom" + bytes(200)),
    "document": (".pdf", lambda: b"%PDF-1.7\n" + bytes(50)),
    "of no known kind": (".bin", lambda: bytes(range(256)) * 4),
    "page with a picture in it": (
        ".html",
        lambda: b"<html><img src='data:image/png;base64,AAAA'></html>",
    ),
    "empty, called a picture": (".jpg", lambda: b""),
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = kept_at(fresh_desk(LIBRARY), tmp_path / "vault")
    yield opened
    opened.close()


@pytest.fixture
def dropped(tmp_path: Path) -> Path:
    """A folder of five texts and one picture, which comes last."""
    folder = tmp_path / f"{CANARY}-folder"
    (folder / "below").mkdir(parents=True)
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"only words {number}")
    (folder / "below" / f"{CANARY}.txt").write_bytes(image("JPEG"))
    return folder


def asking(folder: Path, name: str) -> Path:
    ending, make = ASKING[name]
    path = folder / f"{CANARY}{ending}"
    path.write_bytes(make())
    return path


def state(folder: Path) -> dict[str, bytes]:
    """Every file below *folder*, but the vault's own database and its lock."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "vault"
    }


def remembered(desk: Desk) -> str:
    """Everything that the record could remember of a file."""
    vault = desk.vault
    return repr(
        (
            *(vault.evidence_ids(), vault.fields(), vault.answers(), vault.binned()),
            *(vault.incidents(), vault.contacts(), vault.timeline()),
        )
    )


def assert_nothing_of_it(desk: Desk, tmp_path: Path) -> None:
    assert desk.vault.evidence_ids() == ()
    assert in_vault(tmp_path / "vault") == []
    assert CANARY not in remembered(desk)


@pytest.mark.parametrize("name", ASKING)
def test_whatever_may_show_somebody_is_asked_about(
    desk: Desk, tmp_path: Path, name: str
) -> None:
    found = found_at(desk, asking(tmp_path, name))
    assert found.asks
    with pytest.raises(NotAskedError):
        nothing_to_ask(desk, found)


@pytest.mark.parametrize("name", ASKING)
@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_yes_and_not_sure_keep_nothing_and_leave_nothing(
    desk: Desk, tmp_path: Path, name: str, answer: str
) -> None:
    """Through the screens, as both front ends walk them."""
    path = asking(tmp_path, name)
    before = (state(tmp_path), remembered(desk))
    journey = Journey(desk)
    at_the_question(journey, path)
    journey.choose(answer)
    assert journey.sheet().name == STOP
    assert (state(tmp_path), remembered(desk)) == before
    assert_nothing_of_it(desk, tmp_path)
    assert journey.back()
    assert journey.sheet().name == "evidence"
    assert CANARY not in repr(journey.sheet())


def at_the_question(journey: Journey, path: Path) -> None:
    journey.open("evidence")
    drop(journey, path)
    assert journey.sheet().name == "evidence-found"
    journey.choose("go-on")
    assert journey.sheet().name == QUESTION


def drop(journey: Journey, path: Path) -> None:
    """Drop *path*, and wait until it was looked at."""
    journey.typed(path.as_uri())
    work_off(journey)


def work_off(journey: Journey) -> None:
    assert journey.work
    journey.work.run()
    journey.follow_work()


def test_one_picture_among_texts_stops_all_of_them(
    desk: Desk, tmp_path: Path, dropped: Path
) -> None:
    journey = Journey(desk)
    at_the_question(journey, dropped)
    journey.choose("unsure")
    assert journey.sheet().name == STOP
    assert_nothing_of_it(desk, tmp_path)


@pytest.mark.parametrize(
    "sign", ["go-on", "skipped", "", "No", "NO", "no ", "none", "adult ", "go:", "next"]
)
def test_nothing_else_is_an_answer(
    desk: Desk, tmp_path: Path, dropped: Path, sign: str
) -> None:
    found = found_at(desk, dropped)
    with pytest.raises(StopHereError):
        answer_images(desk, found, sign)
    journey = Journey(desk)
    at_the_question(journey, dropped)
    values = [row.value for row in journey.sheet().rows]
    assert values == ["yes", "unsure", "adult", "no"]
    with suppress(GuideError):
        journey.choose(sign)
    assert not journey.sheet().name.startswith("evidence-source")
    assert_nothing_of_it(desk, tmp_path)


def test_the_question_takes_nothing_that_is_typed(desk: Desk, dropped: Path) -> None:
    journey = Journey(desk)
    at_the_question(journey, dropped)
    with pytest.raises(GuideError):
        journey.typed("no")
    assert journey.sheet().name == QUESTION
    assert journey.sheet().ask is None


def forged(found: Found) -> list[object]:
    """What somebody could make up instead of asking."""
    empty = object.__new__(MayKeep)
    return [None, True, "no", MayKeep(found), MayKeep(found, sensitive=True), empty]


def test_a_leave_that_was_made_up_is_worth_nothing(
    desk: Desk, tmp_path: Path, dropped: Path
) -> None:
    found = found_at(desk, dropped)
    for may in forged(found):
        with pytest.raises(NotAskedError):
            keep(desk, found, may, NOTHING_SAID, Tie(), some_work())  # type: ignore[arg-type]
    assert_nothing_of_it(desk, tmp_path)


def test_a_leave_is_good_for_those_files_alone(
    desk: Desk, tmp_path: Path, dropped: Path
) -> None:
    """Neither for others, nor for the same ones looked at again, nor as a copy."""
    text = tmp_path / "words.txt"
    text.write_text("only words")
    harmless = found_at(desk, text)
    may = nothing_to_ask(desk, harmless)
    found = found_at(desk, dropped)
    answered = answer_images(desk, found, "no")
    for files, leave in (
        (found, may),
        (found_at(desk, dropped), answered),
        (replace(harmless, files=found.files), may),
        (found, copy.copy(answered)),
        (found, copy.deepcopy(answered)),
        (found, replace(answered)),
    ):
        with pytest.raises(NotAskedError):
            keep(desk, files, leave, NOTHING_SAID, Tie(), some_work())
    assert_nothing_of_it(desk, tmp_path)
    with pytest.raises(AttributeError):
        answered.found = harmless  # type: ignore[misc]


def test_a_text_that_became_a_picture_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    """It was not asked about when it was a text."""
    path = tmp_path / f"{CANARY}.txt"
    path.write_text("only words")
    found = found_at(desk, path)
    may = nothing_to_ask(desk, found)
    seen = path.stat()
    path.write_bytes(image("PNG"))
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    result = keep(desk, found, may, NOTHING_SAID, Tie(), some_work())
    assert not result.kept
    assert len(result.refused) == 1
    assert_nothing_of_it(desk, tmp_path)


def test_a_picture_of_the_same_size_and_time_is_noticed(
    desk: Desk, tmp_path: Path
) -> None:
    """Whoever swaps it takes care of what can be seen from outside."""
    path, picture = tmp_path / f"{CANARY}.txt", image("PNG")
    path.write_bytes(b"x" * len(picture))
    found = found_at(desk, path)
    may = nothing_to_ask(desk, found)
    seen = path.stat()
    with path.open("r+b") as file:  # the same file, and its time set back
        file.write(picture)
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert not keep(desk, found, may, NOTHING_SAID, Tie(), some_work()).kept
    assert_nothing_of_it(desk, tmp_path)


def said(desk: Desk, **answers: str) -> None:
    for fact, value in answers.items():
        desk.vault.put_answer(fact, value, desk.now())


@pytest.mark.parametrize(
    ("age", "image_age"), [(a, i) for a in AGES for i in IMAGE_AGES]
)
@pytest.mark.parametrize("answer", ["no", "adult"])
def test_what_the_reader_said_in_the_guide_closes_it_too(
    desk: Desk, tmp_path: Path, dropped: Path, age: str, image_age: str, answer: str
) -> None:
    """Also if it was said only after the question here was answered with no."""
    found = found_at(desk, dropped)
    early = answer_images(desk, found, "no")
    script = {**STRANGER, "kinds": "images", "age": age, "image_age": image_age}
    set_out(desk).follow(script)
    if never_copied(age, image_age):
        with pytest.raises(StopHereError):
            answer_images(desk, found, answer)
        with pytest.raises(StopHereError):
            keep(desk, found, early, NOTHING_SAID, Tie(), some_work())
        with pytest.raises(StopHereError):
            found_at(desk, dropped)
        assert_nothing_of_it(desk, tmp_path)
    elif answer == "adult" and age != "adult":
        with pytest.raises(AgeUnknownError):
            answer_images(desk, found, answer)
    else:
        may = answer_images(desk, found, answer)
        kept = keep(desk, found, may, NOTHING_SAID, Tie(), some_work()).kept
        assert len(kept) == 6
        assert {each.sensitive for each in kept} == {answer == "adult"}


def test_an_answer_that_counts_no_more_still_closes_it(
    desk: Desk, dropped: Path
) -> None:
    """Said once, then an earlier answer changed so that it is asked no more."""
    script = {**STRANGER, "kinds": "images", "image_age": "unsure"}
    set_out(desk).follow(script)
    change_to(desk, "q-kinds", "messages")
    assert "image_age" not in desk.facts()
    with pytest.raises(StopHereError):
        found_at(desk, dropped)


def test_a_picture_named_for_removal_closes_it(desk: Desk, dropped: Path) -> None:
    desk.vault.put_answer("remove", ("minor",), desk.now())
    with pytest.raises(StopHereError):
        found_at(desk, dropped)


class Heard(Work):
    """Work that remembers what it said."""

    def __init__(self, words: str, do: Callable[[Work], Place]) -> None:
        super().__init__(words, do)
        self.heard: list[str] = []

    def say(self, words: str) -> None:
        self.heard.append(words)


def test_where_it_is_closed_nothing_more_is_read(
    desk: Desk, tmp_path: Path, dropped: Path
) -> None:
    """The search ends at the first picture, at the stop page; texts alone still go."""
    said(desk, image_age="unsure")
    journey = Journey(desk)
    journey.open("evidence")
    drop(journey, dropped)
    assert journey.sheet().name == STOP
    work = Heard("", lambda _work: journey.place)
    (dropped / "zz.txt").write_text("after the picture")
    (dropped / "a.jpg").write_bytes(dated_jpeg())
    with pytest.raises(StopHereError):
        find(desk, dropped.as_uri(), work, close_for_pictures(desk))
    assert not any("zz.txt" in words for words in work.heard)
    assert work.heard
    (dropped / "a.jpg").unlink()
    shutil.rmtree(dropped / "below")
    assert len(keep_all(desk, dropped).kept) == 6
    assert len(in_vault(tmp_path / "vault")) == 12


def test_a_picture_that_is_there_already_is_neither_drawn_nor_copied(
    desk: Desk, tmp_path: Path
) -> None:
    """It is not thrown away either: that could harm a case."""
    path = tmp_path / "a.png"
    path.write_bytes(image("PNG"))
    (file,) = keep_all(desk, path).kept
    assert any(block.kind is BlockKind.PICTURE for block in look(desk, file))
    said(desk, image_age="minor")
    assert not any(block.kind is BlockKind.PICTURE for block in look(desk, file))
    with pytest.raises(StopHereError):
        copy_out(desk, file.id, str(tmp_path / "out"), word_for_copy(), some_work())
    assert not (tmp_path / "out").exists()
    journey = Journey(desk)
    journey.open(f"evidence:{file.id}")
    journey.choose("look")
    assert journey.sheet().name == STOP
    assert desk.vault.evidence_ids() == (file.id,)


def test_a_lost_picture_is_not_taken_back_either(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(image("PNG"))
    lost = orphaned(desk, path, "image/png")
    said(desk, image_age="minor")
    with pytest.raises(StopHereError):
        adopt(desk, lost.id, some_work())
    assert desk.vault.evidence_ids() == ()


def test_an_intimate_picture_is_never_drawn(desk: Desk, tmp_path: Path) -> None:
    set_out(desk).follow(STRANGER)
    path = tmp_path / "a.png"
    path.write_bytes(image("PNG"))
    journey = Journey(desk)
    at_the_question(journey, path)
    journey.choose("adult")
    assert "enough for nearly every report" in repr(journey.sheet())
    assert journey.sheet().rows[0].text == "Do not keep it"
    journey.choose("go-on")
    journey.choose("check")
    journey.choose("keep")
    journey.choose("go-on")
    work_off(journey)
    (id_,) = desk.vault.evidence_ids()
    file = desk.vault.evidence(id_)
    assert file.sensitive
    assert not any(block.kind is BlockKind.PICTURE for block in look(desk, file))


def test_adults_beside_a_reader_of_unknown_age_are_not_kept(
    desk: Desk, tmp_path: Path, dropped: Path
) -> None:
    journey = Journey(desk)
    at_the_question(journey, dropped)
    journey.choose("adult")
    assert journey.sheet().name == "evidence-age"
    assert [row.value for row in journey.sheet().rows] == ["review"]
    assert_nothing_of_it(desk, tmp_path)


def test_every_file_is_kept_through_one_door() -> None:
    """Nothing in the guide but the one action calls the vault's own."""
    room = Path(__file__).parents[2] / "guide"
    callers = {
        str(path.relative_to(room))
        for path in room.rglob("*.py")
        if "keep_file" in path.read_text() or "add_evidence(" in path.read_text()
    }
    assert callers - {"vault/sealed_files.py", "vault/tables/evidence.py"} <= {
        "actions/evidence.py",
        "actions/evidence_care.py",  # one that is sealed already
        "vault/bringing.py",  # records without files
    }
    givers = [
        str(path.relative_to(room))
        for path in room.rglob("*.py")
        if "_given.add(" in path.read_text()
    ]
    assert givers == ["actions/picture_gate.py"]


@pytest.mark.parametrize("answer", ["1", "2"])
def test_plain_mode_stops_as_well(
    desk: Desk, tmp_path: Path, dropped: Path, answer: str
) -> None:
    reader = talk("g evi", str(dropped), "1", answer, "b", journey=Journey(desk))
    assert "Might it show someone under 18" in reader.heard
    assert "Please leave these pictures as they are" in reader.heard
    assert "Saved on this computer: yes" not in reader.heard
    assert_nothing_of_it(desk, tmp_path)


@pytest.mark.parametrize("answer", ["1", "2"])
async def test_the_interface_stops_as_well(
    desk: Desk,
    tmp_path: Path,
    dropped: Path,
    answer: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(GuideApp, "TOO_SOON", 0.0)
    journey = Journey(desk)
    app = GuideApp(journey)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        await press(pilot, "e")
        await paste(pilot, str(dropped))
        await press(pilot, "enter")
        for _time in range(200):
            if "What was found" in text_of(app):
                break
            await pilot.pause(0.02)
        await press(pilot, "n")
        assert "Might it show someone under 18" in text_of(app)
        await press(pilot, answer, "enter")
        assert journey.sheet().name == STOP
    assert_nothing_of_it(desk, tmp_path)


def test_an_honest_no_keeps_all_of_it(
    desk: Desk, tmp_path: Path, dropped: Path
) -> None:
    """The gate is not simply always shut."""
    found = found_at(desk, dropped)
    may = allowed(desk, found)
    result = keep(desk, found, may, NOTHING_SAID, Tie(), some_work())
    assert len(result.kept) == 6
    assert not result.refused
