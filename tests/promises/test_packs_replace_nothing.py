"""Whatever a pack is called and holds, every word of the guide stays its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.actions.packs import add_pack, pack_of, read_pack
from guide.actions.places.library_own import OWN
from guide.actions.places.library_reading import CONTENTS, FIND, FORWARD
from guide.cli.reading import target
from guide.library.loader import content_root
from guide.library.packs.walking import open_lesson
from guide.model.content import PageKind
from guide.model.problems import GuideError
from tests.plain.talking import a_desk
from tests.unit.small_packs import UMBRELLA, as_folder, category, lesson

FALSE = "REPLACED-BY-A-PACK"


@pytest.fixture(autouse=True)
def portable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDE_HOME", str(tmp_path / "home"))


def every_file_of_ours() -> Iterator[tuple[str, str]]:
    """Every file of the guide's own content, with other words in it."""
    root = content_root()
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".md":
            text = path.read_text("utf-8")
            kept = [x for x in text.split("\n") if x.startswith(("kind:", "once:"))]
            yield name, "\n".join(["---", f"title: {FALSE}", *kept, "---", FALSE, ""])
        elif path.suffix == ".toml" and name != "pack.toml":
            yield name, f'[{FALSE}]\nnumber = "123"\n'


def our_pack() -> dict[str, str]:
    """A pack that is built like the guide and says that it is the guide."""
    head = (content_root() / "pack.toml").read_text("utf-8")
    return {**dict(every_file_of_ours()), "pack.toml": head}


def umbrella_pack() -> dict[str, str | bytes]:
    """A pack of lessons that are called like our pages."""
    files: dict[str, str | bytes] = {**UMBRELLA}
    for name, _text in every_file_of_ours():
        stem = name.rpartition("/")[2].partition(".")[0]
        files[f"en/{stem}/.category.yml"] = category(FALSE)
        files[f"en/{stem}/s_{stem}.md"] = lesson(FALSE, 1, FALSE)
    return files


@pytest.fixture(params=["own", "umbrella"])
def beside(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """A desk beside which the pack was added, and named for this run as well."""
    files = our_pack() if request.param == "own" else umbrella_pack()
    folder = as_folder(tmp_path / "guide", files)
    add_pack(read_pack(str(folder), "guide"))
    desk = a_desk()
    desk.lessons.named = str(folder)
    return desk


def test_the_pack_is_there_and_says_something_else(beside: Desk) -> None:
    """Without this, the rest could be true of a pack that did not open."""
    pack = pack_of(beside, "guide").read_in()
    false = [each for each in pack.everything() if each.title == FALSE]
    assert len(false) >= 0.9 * len(beside.library.pages)
    page = open_lesson(pack_of(beside, "guide"), false[0]).pages[0]
    assert FALSE in page


def test_every_name_of_ours_is_still_ours(beside: Desk) -> None:
    alone = a_desk().library
    mine = beside.library
    assert dict(mine.pages) == dict(alone.pages)
    assert dict(mine.letters) == dict(alone.letters)
    assert {n: dict(t) for n, t in mine.data.items()} == {
        n: dict(t) for n, t in alone.data.items()
    }
    assert dict(mine.derived) == dict(alone.derived)
    assert (mine.start, mine.title) == (alone.start, alone.title)


def names_of_ours(desk: Desk) -> Iterator[str]:
    yield from (f"page:{id_}" for id_ in desk.library.pages)
    yield from (f"letter:{id_}" for id_ in desk.library.letters)
    yield from ("home", "help-lines", "help:x", "letters", "contents", "review")


def test_every_screen_of_ours_shows_what_it_shows_without_a_pack(beside: Desk) -> None:
    for pack in ("guide", "this-run"):  # both are open from here on
        Journey(beside).open(f"pack:{pack}")
    stops = 0
    for name in names_of_ours(beside):
        with_pack, without = Journey(beside), Journey(a_desk())
        with_pack.open(name)
        without.open(name)
        assert with_pack.sheet() == without.sheet(), name
        assert FALSE not in str(with_pack.sheet())
        page = beside.library.pages.get(name.removeprefix("page:"))
        stops += page is not None and page.kind is PageKind.STOP
    assert stops > 0, "no stop page was looked at"


def test_what_is_typed_after_guide_read_never_opens_a_pack(beside: Desk) -> None:
    for id_ in beside.library.pages:
        assert target(beside, id_) == f"page:{id_}"
    for name in ("pack:guide", "guide/q-danger-now", "pack/guide/x", "this-run"):
        with pytest.raises(GuideError):
            target(beside, name)


def test_what_a_search_finds_in_a_pack_is_never_taken_for_ours(beside: Desk) -> None:
    from guide.actions.searching import Search
    from guide.library.search import Wanted

    Journey(beside).open("pack:guide")
    search = Search(beside)
    search.finish()
    found = search.find(Wanted(text=FALSE))
    assert found.ours == ()
    assert found.others
    assert all(hit.target.startswith("pack:") and hit.pack for hit in found.others)
    assert not search.find(Wanted(text=FALSE, pack="")).hits


def test_ours_stand_first_and_others_under_their_heading(beside: Desk) -> None:
    journey = Journey(beside)
    journey.open("search")
    journey.typed(f"{FALSE} danger")
    rows = journey.sheet().rows
    groups = [row.group for row in rows if row.group]
    assert groups == ["From the guide", "By others, not part of the guide"]
    first = [row.value for row in rows].index(
        next(row.value for row in rows if row.group == groups[1])
    )
    assert all(row.value.startswith("page:") for row in rows[:first])
    assert all(not row.value.startswith("page:") for row in rows[first:])


@pytest.mark.parametrize(
    "link",
    [
        *("letter:no-contact-notice", "tool:mail", "help:GB", "page:home", "leave"),
        *("keep", "lock", "look:plain", "form:x", "javascript:x", "file:///etc/passwd"),
        *("../../../../../../etc/passwd.md", "pack:other/x", "umbrella://../x"),
    ],
)
def test_a_lesson_can_only_lead_into_its_own_pack(tmp_path: Path, link: str) -> None:
    body = f"[Go]({link})"
    files = {**UMBRELLA, "en/mail/s_x.md": lesson("X", 9, body)}
    add_pack(read_pack(str(as_folder(tmp_path / "x", files)), "x"))
    journey = Journey(a_desk())
    journey.open("pack:x/mail/s_x.md")
    assert any("Go" in block.text for block in journey.sheet().blocks)
    ways = {"next", "before", CONTENTS, FIND, FORWARD, *OWN}
    for row in journey.sheet().rows:
        assert row.value in ways or row.value.startswith("pack:x/")
        assert row.value.startswith("pack:x/") or row.text != "Go"
    for row in journey.sheet().rows:
        if row.text == "Go":
            journey.choose(row.value)
            assert journey.sheet().name.startswith("pack/x/")


def test_no_name_in_a_pack_is_a_name_of_ours(beside: Desk) -> None:
    """Ticks and screens of a pack are kept under names that no page can have."""
    journey = Journey(beside)
    for listed in pack_of(beside, "guide").read_in().everything():
        journey.open(f"pack:guide/{listed.path}")
        name = journey.sheet().name
        assert name.startswith("pack/guide/")
        assert name not in beside.library.pages
        assert "/" in name
    assert not any("/" in id_ for id_ in beside.library.pages)
