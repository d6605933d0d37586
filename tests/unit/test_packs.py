"""Packs of lessons open from a folder, a checkout or a zip, in both formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.library.packs import kept_index
from guide.library.packs.copying import packed
from guide.library.packs.lessons import read_checklist, read_form
from guide.library.packs.links import find, wanted_title
from guide.library.packs.opening import OpenPack, open_kept, open_pack
from guide.library.packs.problems import PackRefusedError
from guide.library.packs.walking import all_findings, open_lesson, walk
from guide.model.pack import Kind, Shape
from guide.model.problems import NotFoundError
from tests.unit.small_packs import (
    HEAD,
    OWN,
    UMBRELLA,
    Files,
    as_folder,
    as_zip,
    category,
    lesson,
)

BEGINNER = "mail/passwords/beginner"
LONG = f"{BEGINNER}/s_long.md"
NUMBERS = " ".join(str(number) for number in range(15_000))  # 84 KB


@pytest.fixture(params=["folder", "zip", "zip with a folder around", "checkout"])
def umbrella(request: pytest.FixtureRequest, tmp_path: Path) -> OpenPack:
    match request.param:
        case "folder":
            return open_pack(as_folder(tmp_path / "lessons", UMBRELLA))
        case "zip":
            return open_pack(as_zip(tmp_path / "lessons.zip", UMBRELLA))
        case "checkout":
            checkout = {**UMBRELLA, ".git/HEAD": "x", ".git/en/s_x.md": lesson("No")}
            return open_pack(as_folder(tmp_path / "lessons", checkout))
    zipped = as_zip(tmp_path / "lessons.zip", UMBRELLA, above="lessons-main/")
    return open_pack(zipped)


def test_modules_subjects_levels_and_lessons_stand_in_their_order(
    umbrella: OpenPack,
) -> None:
    pack = umbrella.read_in("en")
    assert [module.title for module in pack.modules] == ["Mail and calls", "Glossary"]
    mail = pack.modules[0]
    assert [subject.title for subject in mail.parts] == ["Passwords", "Calls"]
    assert [level.title for level in mail.parts[0].parts] == ["Beginner", "Advanced"]
    assert mail.parts[0].parts[0].about == "The basics."
    shown = [(each.kind, each.title) for each in mail.parts[0].parts[0].items]
    assert shown == [
        (Kind.LESSON, "Short ones"),
        (Kind.LESSON, "Long ones"),
        (Kind.CHECKLIST, "Check"),
    ]
    assert [form.title for form in pack.forms] == ["What happened"]
    assert all_findings(umbrella) == ()
    umbrella.close()


def test_a_glossary_stands_by_title(umbrella: OpenPack) -> None:
    glossary = umbrella.read_in("en").glossary()
    assert glossary is not None
    assert [term.title for term in glossary.items] == ["AES", "Worm"]


def test_another_language_keeps_the_english_order_and_shows_what_is_missing(
    umbrella: OpenPack,
) -> None:
    pack = umbrella.read_in("es")
    assert pack.lang == "es"
    assert [module.title for module in pack.modules] == ["Correo", "Glossary"]
    level = pack.part(BEGINNER)
    assert level is not None
    assert [(each.title, each.lang) for each in level.items] == [
        ("Las cortas", "es"),
        ("Long ones", "en"),
        ("Check", "en"),
    ]
    assert umbrella.read_in("es-MX").lang == "es"
    assert umbrella.read_in("zh").lang == "en"


def test_everything_opens(umbrella: OpenPack) -> None:
    walked = walk(umbrella)
    assert walked.failed == []
    assert walked.opened == {Kind.LESSON: 10, Kind.CHECKLIST: 1, Kind.FORM: 1}
    assert walked.listed == 12
    broken = [str(each) for each in umbrella.findings()]
    assert broken == [
        f"{HEAD}/s_long.md:9: P011 The link 'umbrella://mail/gone/expert' leads"
        " nowhere in this pack. Correct it."
    ]


def test_only_the_first_front_matter_is_cut_off(umbrella: OpenPack) -> None:
    listed = umbrella.read_in("en").find(LONG)
    assert listed is not None
    (page,) = open_lesson(umbrella, listed).pages
    assert page.startswith("# Long\n\n---\n\nSee [calls]")


def test_a_checklist_and_a_form_open(umbrella: OpenPack) -> None:
    pack = umbrella.read_in("en")
    listed = pack.find(f"{BEGINNER}/c_check.yml")
    assert listed is not None
    checklist = read_checklist(umbrella.tree, listed)
    assert [(line.text, line.heading) for line in checklist.lines] == [
        ("First", True),
        ("Change one", False),
        ("Write none", False),
    ]
    assert checklist.checks == 2
    form = read_form(umbrella.tree, pack.forms[0])
    assert [item.label for item in form.screens[0].items] == ["Your name", "How"]
    assert form.screens[0].items[1].options == ("Mail",)


@pytest.mark.parametrize(
    ("target", "found"),
    [
        pytest.param("umbrella://mail/calls/.", "mail/calls", id="subject"),
        pytest.param("umbrella://mail", "mail", id="module"),
        pytest.param(f"umbrella://{BEGINNER}", BEGINNER, id="level"),
        pytest.param("umbrella://forms/f_what.yml", "forms/f_what.yml", id="form"),
        pytest.param("umbrella://glossary/s_aes.md", "glossary/s_aes.md", id="term"),
        pytest.param("s_short.md", f"{BEGINNER}/s_short.md", id="beside"),
        pytest.param("../../calls/s_calls.md", "mail/calls/s_calls.md", id="up"),
        pytest.param("umbrella://mail/gone", "", id="missing"),
        pytest.param("umbrella://../../etc/passwd", "", id="out of it"),
        pytest.param("umbrella://", "", id="nothing"),
    ],
)
def test_links_lead_to_what_they_name(
    umbrella: OpenPack, target: str, found: str
) -> None:
    assert find(umbrella.read_in("en"), target, LONG) == found


def test_known_broken_links_of_umbrella_lead_on(tmp_path: Path) -> None:
    files = {
        **UMBRELLA,
        "en/communications/.category.yml": category("Talk", 3),
        "en/communications/email/.category.yml": category("Email", 1),
        "en/communications/email/advanced/.category.yml": category("Advanced", 2),
        "en/communications/email/advanced/s_x.md": lesson("X"),
    }
    pack = open_pack(as_folder(tmp_path, files)).read_in()
    advanced = "communications/email/advanced"
    assert find(pack, "umbrella://communications/email/expert") == advanced
    assert find(pack, "umbrella://lesson/courriel/1") == advanced
    assert find(pack, "umbrella://communications/courriel/advanced") == advanced
    assert wanted_title("umbrella://mail/the-web/expert") == "The web"


ODD: list[tuple[str, str, Files]] = [
    ("P006", "no front matter", {"en/mail/s_x.md": "Just words.\n"}),
    ("P006", "front matter without an end", {"en/mail/s_x.md": "---\nindex: 1\n"}),
    ("P006", "key twice", {"en/mail/s_x.md": "---\nindex: 1\nindex: 2\n---\nX\n"}),
    ("P006", "broken YAML", {"en/mail/c_x.yml": "index: 1\nlist: [\n"}),
    ("P006", "a list", {"en/mail/c_x.yml": "- a\n- b\n"}),
    ("P007", "translated keys", {"en/mail/s_x.md": "---\nindice: 1\n---\nX\n"}),
    ("P007", "title is a list", {"en/mail/s_x.md": "---\nindex: 1\ntitle: [x]\n---\n"}),
    ("P008", "no index", {"en/mail/s_x.md": "---\ntitle: X\n---\nX\n"}),
    ("P008", "no title", {"en/mail/s_x.md": "---\nindex: 3\n---\nX\n"}),
    ("P008", "index is a word", {"en/mail/s_x.md": lesson("X", "first")}),
    ("P005", "empty", {"en/mail/s_x.md": ""}),
    ("P005", "blank", {"en/mail/s_x.md": " \n\n"}),
    ("P004", "UTF-16", {"en/mail/s_x.md": lesson("X").encode("utf-16")}),
    ("P004", "mark", {"en/mail/s_x.md": "\ufeff".encode() + lesson("X").encode()}),
    ("P004", "Latin-1", {"en/mail/s_x.md": lesson("Café").encode("latin-1")}),
    ("P010", "no category", {"en/new/s_x.md": lesson("X")}),
    ("P010", "too deep", {"en/mail/a/b/c/s_x.md": lesson("X")}),
    ("P010", "in no module", {"en/s_x.md": lesson("X")}),
    ("P011", "broken link", {"en/mail/s_x.md": lesson("X", 1, "[x](s_no.md)")}),
    ("P012", "no image", {"en/mail/s_x.md": lesson("X", 1, "![x](no.png)")}),
    ("P013", "no list", {"en/mail/c_x.yml": "index: 1\ntitle: X\n"}),
    ("P013", "odd line", {"en/mail/c_x.yml": "index: 1\nlist:\n- other: x\n"}),
    ("P013", "no screens", {"en/forms/f_x.yml": "title: X\n"}),
    ("P013", "no items", {"en/forms/f_x.yml": "title: X\nscreens:\n- title: Y\n"}),
    ("P009", "not in English", {"es/mail/s_only.md": lesson("Sólo")}),
    ("P015", "unknown file", {"en/mail/notes.txt": "x"}),
    ("P015", "odd name", {"en/mail/s_x.txt": "x"}),
    ("P003", "too large", {"en/mail/s_x.md": lesson("X", 1, NUMBERS)}),
    ("P001", "long name", {f"en/mail/s_{'x' * 130}.md": lesson("X")}),
    ("P001", "deep", {"en/a/b/c/d/e/f/g/h/i/s_x.md": lesson("X")}),
    ("P002", "case", {"en/mail/s_WHY.md": lesson("X")}),
    ("P014", "pack in a pack", {"en/mail/more.zip": b"PK\x05\x06" + b"\0" * 18}),
]


@pytest.mark.parametrize(
    ("code", "files"), [pytest.param(c, f, id=i) for c, i, f in ODD]
)
@pytest.mark.parametrize("shape", ["folder", "zip"])
def test_what_is_odd_is_a_finding_and_never_a_crash(
    tmp_path: Path, shape: str, code: str, files: Files
) -> None:
    whole = {**UMBRELLA, **files}
    if shape == "zip":
        opened = open_pack(as_zip(tmp_path / "lessons.zip", whole))
    else:
        opened = open_pack(as_folder(tmp_path / "lessons", whole))
    walked = walk(opened)
    assert walked.failed == []
    assert code in {finding.code for finding in opened.findings()}
    assert opened.read_in("en").find(LONG), "the rest of the pack is there"


def test_a_pack_in_our_own_format_is_read_page_by_page(tmp_path: Path) -> None:
    opened = open_pack(as_zip(tmp_path / "x.zip", OWN))
    pack = opened.read_in()
    assert pack.about.shape is Shape.OWN
    assert (pack.about.name, pack.about.title) == ("neighbours", "Neighbours")
    assert (pack.about.author, pack.about.licence) == ("A group", "CC0")
    assert pack.about.date == "2026-11"
    assert [(part.title, len(part.items)) for part in pack.modules] == [
        ("Begin", 2),
        ("Learn", 1),
    ]
    question, step = pack.modules[0].items
    assert "- [This](s-two.md)" in open_lesson(opened, question).pages[0]
    assert open_lesson(opened, step).tasks == ("Do it",)
    assert find(pack, "s-two.md", question.path) == step.path
    assert walk(opened).failed == []
    assert [finding.code for finding in opened.findings()] == ["P014"]


def test_the_copy_that_is_kept_says_the_same(tmp_path: Path) -> None:
    opened = open_pack(as_folder(tmp_path / "lessons", UMBRELLA))
    copy = tmp_path / "lessons.zip"
    copy.write_bytes(packed(opened))
    kept = open_kept(copy)
    for lang in ("en", "es"):
        assert kept_index.read(kept.tree, kept.about, lang), "it was worked out again"
        assert kept.read_in(lang) == opened.read_in(lang)
    walked = walk(kept)
    assert walked.failed == []
    assert walked.listed == 12
    assert f"{HEAD}/lock.png" in kept.tree.sizes, "a small picture comes along"


def test_a_copy_whose_order_was_damaged_is_read_afresh(tmp_path: Path) -> None:
    opened = open_pack(as_folder(tmp_path / "lessons", UMBRELLA))
    files: dict[str, str | bytes] = {**UMBRELLA, "order/en.json": b'{"modules": [[1]]}'}
    kept = open_kept(as_zip(tmp_path / "kept.zip", {**files, "about.json": "[]"}))
    assert kept.read_in("en").modules == opened.read_in("en").modules


def test_an_order_that_somebody_else_wrote_is_not_believed(tmp_path: Path) -> None:
    files: Files = {**UMBRELLA, "order/en.json": b'{"modules": [], "forms": []}'}
    opened = open_pack(as_zip(tmp_path / "x.zip", files))
    assert opened.read_in("en").find(LONG)


def test_a_folder_without_lessons_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackRefusedError):
        open_pack(as_folder(tmp_path / "x", {"letter.txt": "x", "de/x.txt": "x"}))
    with pytest.raises(NotFoundError):
        open_pack(tmp_path / "nothing")
