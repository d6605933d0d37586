"""A catalogue gives its words, packed or not; a faulty one never stops the guide."""

from __future__ import annotations

import gettext
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from guide import words
from guide.bootstrap import ROOT
from guide.model.problems import GuideError, LockedError
from guide.model.telling import long_day, short_day, the_day
from guide.words import _, plural, speak
from guide.words.po import catalogue, same_blanks
from tests.words.pseudo import LANGUAGE, spoken, write
from tests.words.pseudo import catalogue as in_pseudo

HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset={charset}\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n>1 && n<5 ? 1 : 2);\\n"

"""
DAY = date(2026, 11, 3)


def of(body: str, charset: str = "UTF-8") -> gettext.GNUTranslations:
    return catalogue(HEAD.format(charset=charset) + body)


def put(folder: Path, name: str, data: bytes) -> None:
    place = folder / LANGUAGE / "LC_MESSAGES" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)


def test_plural_forms_are_those_of_the_language() -> None:
    three = of(
        'msgid "{count} page"\nmsgid_plural "{count} pages"\n'
        'msgstr[0] "{count} strona"\nmsgstr[1] "{count} strony"\n'
        'msgstr[2] "{count} stron"\n'
    )
    said = [three.ngettext("{count} page", "{count} pages", n) for n in (1, 2, 7)]
    assert said == ["{count} strona", "{count} strony", "{count} stron"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param('msgid "a"\nmsgstr "b"', "b", id="plain"),
        pytest.param('msgid "a"\nmsgstr ""\n"b "\n"c"', "b c", id="several lines"),
        pytest.param('msgid "a"\nmsgstr "\\"b\\"\\n\\\\"', '"b"\n\\', id="escapes"),
        pytest.param('#. hm\nmsgid "a"\nmsgstr "b"\n#~ msgid "a"', "b", id="comments"),
        pytest.param('#, fuzzy\nmsgid "a"\nmsgstr "b"', "a", id="not sure"),
        pytest.param(
            '#, fuzzy\nmsgid "z"\nmsgstr "y"\nmsgid "a"\nmsgstr "b"',
            "b",
            id="only the one before is not sure",
        ),
        pytest.param('msgid "a"\nmsgstr ""', "a", id="not there"),
        pytest.param('msgid "a"\nmsgstr "{b}"', "a", id="a blank too many"),
    ],
)
def test_a_catalogue_is_read_as_it_is_written(source: str, said: str) -> None:
    assert of(source).gettext("a") == said


@pytest.mark.parametrize("charset", ["latin-1", "no such", "UTF-16"])
def test_the_words_are_right_whatever_the_head_says(charset: str) -> None:
    """The file was read as UTF-8; what the head says of it changes nothing now."""
    assert of('msgid "a"\nmsgstr "é"', charset).gettext("a") == "é"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("{a} of {b}", "{b}: {a}", True, id="order"),
        pytest.param("{a}", "", False, id="missing"),
        pytest.param("{a:02}", "{a}", False, id="another form"),
        pytest.param("{a}", "{a", False, id="broken"),
        pytest.param("{a}", "{}", False, id="without a name"),
    ],
)
def test_which_blanks_are_the_same(one: str, other: str, *, same: bool) -> None:
    """A translation with others would raise where a sentence is awaited."""
    assert same_blanks(one, other) is same


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("guide.po", b"msgid nothing", id="no catalogue"),
        pytest.param("guide.po", b'msgid "\xff"\nmsgstr ""', id="not UTF-8"),
        pytest.param("guide.po", b'msgid ""\nmsgstr "Plural-Forms: x"', id="no rule"),
        pytest.param("guide.mo", b"", id="empty"),
        pytest.param("guide.mo", b"\xde\x12\x04\x95" + b"\xff" * 40, id="torn"),
        pytest.param("guide.mo", b"PK\x03\x04 something else", id="another file"),
    ],
)
def test_a_faulty_catalogue_leaves_the_guide_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes
) -> None:
    put(tmp_path, name, data)
    monkeypatch.setattr(words, "_FOLDER", tmp_path)
    speak(LANGUAGE)
    assert _("Help") == "Help"
    assert words.spoken() == "en"


def test_the_file_and_what_babel_compiles_say_the_same(tmp_path: Path) -> None:
    """A checkout and a wheel speak alike: every sentence, every form."""
    made = in_pseudo()
    source = write(tmp_path, made)
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source.read_bytes())))
    packed = gettext.GNUTranslations(BytesIO(compiled.getvalue()))
    read = catalogue(source.read_text(encoding="utf-8"))
    for message in made:
        one, *many = message.id if isinstance(message.id, tuple) else (str(message.id),)
        if not one:
            continue
        assert read.gettext(one) == packed.gettext(one)
        for count in (1, 2) if many else ():
            forms = [x.ngettext(one, many[0], count) for x in (read, packed)]
            assert forms[0] == forms[1] != (many[0] if count > 1 else one)


def test_errors_dates_and_counts_are_translated(tmp_path: Path) -> None:
    write(tmp_path, in_pseudo())
    with spoken(tmp_path):
        assert str(LockedError()).count("⟦") == 2
        assert str(GuideError("said")).startswith("said ⟦")
        assert plural("{count} page", "{count} pages", 2).startswith("⟦2 þ")
        assert "Ñöṽéɱƀéŕ" in the_day(DAY)
        assert "Ţûéšðåý" in the_day(DAY)
    assert the_day(DAY) == "Tuesday 3 November 2026"


def test_a_language_puts_its_dates_in_its_own_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = HEAD.format(charset="UTF-8") + "\n\n".join(
        f'msgid "{one}"\nmsgstr "{other}"'
        for one, other in (
            ("{day} {month} {year}", "{year}年{month}{day}日"),
            ("{weekday} {day} {month} {year}", "{year}年{month}{day}日{weekday}"),
            ("November", "11月"),
            ("Tuesday", "火曜日"),
            ("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "1 2 3"),
        )
    )
    put(tmp_path, "guide.po", source.encode())
    monkeypatch.setattr(words, "_FOLDER", tmp_path)
    speak(LANGUAGE)
    try:
        assert long_day(DAY) == "2026年11月3日"
        assert the_day(DAY) == "2026年11月3日火曜日"
        # Twelve short names or none: the long one is never wrong.
        assert short_day(DAY) == "03 11月 2026"
    finally:
        speak()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What a wheel is built from, without the pages."""
    place = tmp_path / "checkout"
    skip = shutil.ignore_patterns("__pycache__", "locale")
    shutil.copytree(Path(ROOT, "guide"), place / "guide", ignore=skip)
    (place / "content").mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "hatch_build.py"):
        shutil.copy(Path(ROOT, name), place)
    return place


def build(checkout: Path) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist")
    return subprocess.run(
        command, cwd=checkout, capture_output=True, text=True, check=False
    )


def test_the_wheel_holds_the_catalogue_compiled(checkout: Path) -> None:
    write(checkout / "guide" / "locale", in_pseudo())
    before = sorted(checkout.rglob("*"))
    done = build(checkout)
    assert done.returncode == 0, done.stderr
    (wheel,) = (checkout / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = [name for name in packed.namelist() if "/locale/" in name]
        data = packed.read(f"guide/locale/{LANGUAGE}/LC_MESSAGES/guide.mo")
    assert names == [f"guide/locale/{LANGUAGE}/LC_MESSAGES/guide.mo"]
    assert gettext.GNUTranslations(BytesIO(data)).gettext("Help").startswith("⟦Ĥéļþ")
    left = {*checkout.rglob("*")} - {*before}
    assert not [
        x for x in left if "dist" not in x.parts and "__pycache__" not in str(x)
    ]


def test_a_translation_that_would_fail_stops_the_build(checkout: Path) -> None:
    made = in_pseudo()
    for message in made:
        if message.id == "{day} {month} {year}":
            message.string = "{dia} {month} {year}"
    write(checkout / "guide" / "locale", made)
    done = build(checkout)
    assert done.returncode != 0
    assert "{day} {month} {year}: the translation has other blanks" in done.stderr
