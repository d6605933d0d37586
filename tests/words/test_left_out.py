"""No sentence is left out of the catalogue, and a longer language still fits."""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

import guide
from guide.actions.journey import Journey
from guide.actions.places.place import Move, Place, Stay
from guide.bootstrap import ROOT
from guide.model.problems import GuideError
from guide.model.sheet import Sheet
from guide.plain.lines import block_lines, place_lines, row_lines, title_lines
from guide.safety.display import show
from guide.tui.app import GuideApp
from guide.tui.bars import Footer, bar, danger
from guide.tui.lines import lay_out
from guide.words import _
from tests.plain.talking import talk
from tests.promises.hostile_places import SURFACES
from tests.promises.hostile_world import World
from tests.promises.payloads import Words
from tests.tui.screens import SMALL, at, fresh_desk, real_library, settle, text_of
from tests.words.left_out import texts, untranslated
from tests.words.pseudo import LANGUAGE, catalogue, pseudo, spoken, write

NARROW = SMALL[0]
# What the hostile world says instead of words, and what it names.
ITS_OWN = re.compile(
    r"[Zz]q\w*|zed|example|com|given|more|Long|Street|It|is|a|link|Untitled|beginner"
    r"|txt|csv|eml|mbox|jpg|png|pdf|toml|html|zip|lnk|sieve|kng|tsq|CreationDate|obj"
    r"|packs"
    r"|domainkey|redacted|invalid|To|the|abuse|team|at|Gmail|tmp|pytest|home|venv|width"
)
# Programs and the words of their files, which are names in every language.
NAMES = re.compile(
    r"bash|zsh|fish|[kc]sh|nushell|xonsh|PowerShell|atuin|tmux|resurrect|kitty|WezTerm"
    r"|iTerm|Terminal|of|macOS|Windows|require|fileinto|if|address|Usage|config"
)
OWN = re.compile(f"{ITS_OWN.pattern}|{NAMES.pattern}")
BY_LOT = frozenset({"notes, six words"})  # another six each time
DRAWN = ("home", "a step, long", "letter, form", "at work", "search", "notes", "person")


# The letters that are keys, and the sign that there is more below.
AROUND = re.compile("v|q|r|w|y|g|n|o|j|k|p")


_SPACE = re.compile(r"[\s|]")  # and the line beside a callout


class Still(Place):
    """Shows one sheet, and does nothing."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def sheet(self) -> Sheet:
        return self._sheet

    def choose(self, value: str) -> Move:
        return Stay()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("locale")
    write(place, catalogue())
    return place


@pytest.fixture
def foreign(folder: Path) -> Iterator[None]:
    with spoken(folder):
        yield


@pytest.fixture(scope="module")
def sheets(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Sheet]]:
    """Every screen that a reader can meet, in the pseudo-language."""
    before, environment = Path.cwd(), dict(os.environ)
    with spoken(folder):
        world = World(Words(["7"]), tmp_path_factory.mktemp("home"))
        yield dict(shown(world))
    os.chdir(before)
    os.environ.clear()
    os.environ |= environment


def shown(world: World) -> Iterator[tuple[str, Sheet]]:
    for each in SURFACES:
        journey = world.afresh()
        place = each.open(world, journey) or journey.place
        yield each.name, place.sheet()
    for page in world.desk.library.pages:
        journey = world.afresh()
        journey.open(f"page:{page}")
        yield f"page {page}", journey.sheet()
        yield f"step {page}", at(journey, page).sheet()


def test_no_sentence_of_a_screen_is_left_out(sheets: dict[str, Sheet]) -> None:
    left: dict[str, str] = {}
    for name in sheets.keys() - BY_LOT:
        for text in texts(sheets[name]):
            left |= dict.fromkeys(untranslated(text, OWN), name)
    assert len(sheets) > 300
    assert not left


@pytest.mark.parametrize("said", ["Not now", "⟦Ñöţ⟧ now", "⟦Ļöñĝ 1 kept byte for⟧"])
def test_a_sentence_that_is_left_out_is_seen(said: str) -> None:
    assert untranslated(f"{pseudo('Kept')} {said.replace('now', 'nowadays')}", OWN)


def test_at_sixty_columns_every_word_of_a_screen_is_there(
    sheets: dict[str, Sheet], foreign: None
) -> None:
    """Titles, text, rows and notes are wrapped and never cut."""
    for name, sheet in sheets.items():
        lines = [
            "".join(text for text, _style in line.pieces)
            for line in lay_out(sheet, NARROW, cursor=None).lines
        ]
        assert max(map(cell_len, lines)) <= NARROW, name
        assert_all_there(name, lines, [sheet.title, *texts((sheet.blocks, sheet.foot))])
        notes = [each for row in sheet.rows for each in (row.text, row.note)]
        assert_all_there(name, lines, notes)


def test_in_plain_mode_every_word_of_a_screen_is_there(
    sheets: dict[str, Sheet], foreign: None
) -> None:
    for name, sheet in sheets.items():
        lines = [*place_lines(sheet), *title_lines(sheet), *block_lines(sheet.blocks)]
        lines += row_lines(sheet.rows)
        rows = [each for row in sheet.rows for each in (row.text, row.note)]
        said = [sheet.progress, *sheet.trail, sheet.title, *rows]
        assert_all_there(name, lines, said)
        words = "\n".join(lines)
        assert not untranslated(words, OWN) or name in BY_LOT, name


def assert_all_there(name: str, lines: list[str], said: list[str]) -> None:
    """Each text stands in *lines*, whatever breaks it has there."""
    drawn = _SPACE.sub("", "".join(lines))
    for text in said:
        for part in show(text, multiline=True, limit=200_000).split("\n"):
            assert _SPACE.sub("", part) in drawn, (name, part)


def test_the_bars_give_way_in_their_known_way(
    sheets: dict[str, Sheet], foreign: None
) -> None:
    """What is kept, how far it is and the key for help stay whole on the right."""
    assert cell_len(danger(NARROW)) <= NARROW
    assert danger(NARROW).endswith(pseudo("! = help lines"))
    for name, sheet in sheets.items():
        top = bar(sheet, NARROW, saving=True)
        assert cell_len(top) <= NARROW, name
        assert top.endswith(pseudo("Saved")), name


@pytest.mark.parametrize("name", DRAWN)
async def test_what_is_drawn_around_a_screen_is_translated(
    sheets: dict[str, Sheet], foreign: None, name: str
) -> None:
    """Its bars, its keys, its line to type on and the blanks of its form."""
    journey = Journey(fresh_desk(real_library()))
    shown = Still(sheets[name])
    journey._places = [shown]
    app = GuideApp(journey)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        drawn = text_of(app)
        footer = str(app.query_one(Footer).content)
    assert not untranslated(drawn, re.compile(f"{OWN.pattern}|{AROUND.pattern}"))
    assert footer.startswith(f"^q {pseudo('Leave now')}")
    assert cell_len(footer) <= NARROW


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(("h", "", "zzqx", "", "?", ""), id="help"),
        pytest.param(("1", "", "99", "back", "", "commands", ""), id="a wrong number"),
        pytest.param(("search", "police", ""), id="search"),
        pytest.param(("why", "", "review", "", "help", ""), id="by name"),
    ],
)
def test_a_talk_in_plain_mode_is_translated(foreign: None, typed: tuple[str]) -> None:
    reader = talk(*typed, journey=Journey(fresh_desk(real_library())))
    said = [line for line in reader.lines if line not in typed]
    assert len(said) > 20
    known = re.compile(
        rf"{OWN.pattern}|{AROUND.pattern}|{'|'.join(map(re.escape, typed))}"
    )
    assert not [x for line in said for x in untranslated(line, known)]


def kinds(kind: type[GuideError]) -> Iterator[type[GuideError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from kinds(each)


def test_every_exception_for_the_reader_is_translated(foreign: None) -> None:
    for module in pkgutil.walk_packages(guide.__path__, "guide."):
        if not module.name.endswith(("__main__", "_worker")):
            importlib.import_module(module.name)
    found = {each for each in kinds(GuideError) if each.__module__.startswith("guide.")}
    assert len(found) > 40
    for kind in found:
        for words in (kind.what, kind.next_step):
            assert not words or _(words) == pseudo(words), kind


ALL_HELP = """
import sys
from pathlib import Path
from guide import words
words._FOLDER = Path(sys.argv[1])
from guide.words.wishes import speak_as_wished
speak_as_wished("{language}")
import click
from guide.cli.commands import guide
def each(command, above):
    print(command.get_help(above))
    print("====")
    for name, one in getattr(command, "commands", {{}}).items():
        each(one, click.Context(one, parent=above, info_name=name))
each(guide, click.Context(guide, info_name="guide"))
"""


def test_the_help_of_every_command_is_translated(folder: Path) -> None:
    """In whole sentences; the names of commands and options are the same everywhere."""
    script = ALL_HELP.format(language=LANGUAGE)
    command = (sys.executable, "-c", script, str(folder))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    helps = [each.strip() for each in done.stdout.split("====") if each.strip()]
    assert len(helps) > 50
    names = set(
        re.findall(r"^  (?:-h, )?([a-z][\w-]*|-.*?)(?:  |$)", done.stdout, re.M)
    )
    typed = {word for name in names for word in re.findall(r"[A-Za-z]+", name)}
    known = re.compile("|".join([OWN.pattern, "[A-Z]+", *sorted(typed)]))
    for each in helps:
        body = each.partition("\n")[2]  # after the line of usage
        choices = re.sub(r"\[[\w|.<>=-]+\]", "", body)
        assert not untranslated(choices, known), each
        assert not re.search(r"\w\.\.\.$", body, re.M), each
        assert each.startswith(pseudo("Usage:"))
