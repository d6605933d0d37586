"""The promise: no command obeys what it was given, what it reads or what it repeats.

Each runs in a real terminal. All payloads stand in its words, in the names and
contents of its files, in the folder that it runs with and in its settings file.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pytest

from tests.promises.hostile_commands import COMMANDS, Said
from tests.promises.hostile_pty import CTRL_Q, TALL, WIDE, Reader
from tests.promises.hostile_samples import known_mail, samples
from tests.promises.hostile_world import World
from tests.promises.payloads import LONG, MARK, PAYLOADS, Words
from tests.promises.terminal_stream import text_in
from tests.vault.keeping_desk import WORDS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
ALL = Words([text for name, text in PAYLOADS.items() if name not in LONG])


@dataclass(frozen=True, slots=True)
class Given:
    """What the commands are given: a vault, and names of files and folders."""

    vault: str
    home: str
    names: dict[str, str]

    def filled(self, words: tuple[str, ...], turn: int) -> list[str]:
        text = ALL.one_line(turn, most=900)
        return [each.format(text=text, **self.names) for each in words]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Given]:
    before, environment = Path.cwd(), dict(os.environ)
    world = World(ALL, tmp_path_factory.mktemp("home"))
    opened = world.desk.opened
    assert opened is not None
    folder = str(opened.folder)
    names = {
        "file": str(world.file(".eml", known_mail(ALL))),
        "box": str(world.file(".mbox", samples(ALL)["mbox"])),
        "folder": str(world.new_folder()),
        "pack": str(world.lessons),
        "saved": str(world.new_folder() / "it"),
        "none": str(world.home / world.name()),
    }
    world.desk.close()
    yield Given(folder, os.environ["GUIDE_HOME"], names)
    os.chdir(before)
    os.environ.clear()
    os.environ |= environment


@pytest.mark.parametrize("said", COMMANDS, ids=lambda said: " ".join(said.words))
def test_no_command_obeys_what_it_says(
    given: Given, tmp_path: Path, said: Said
) -> None:
    vault = ["--vault", given.vault] if said.kept else []
    words = given.filled(said.words, COMMANDS.index(said))
    reader = Reader(tmp_path, "-m", "guide", *vault, *words, GUIDE_HOME=given.home)
    asks = said.kept or "--vault" in said.words
    if asks and reader.terminal.expect_exact(["Passphrase: ", pexpect.EOF]) == 0:
        reader.terminal.send(WORDS.encode() + b"\n")
    code = reader.end()
    text = text_in(reader.sent)
    assert code == said.code, text
    assert "Traceback" not in text
    assert "stopped because of a fault" not in text


SETTINGS = {
    "a theme": b'theme = "%b"\n',
    "a name": b'"%b" = true\n',
    "no TOML": b"%b\n",
    "a text for yes": b'plain = "%b"\nkeys = "%b"\n',
}


@pytest.mark.parametrize("form", SETTINGS.values(), ids=SETTINGS)
@pytest.mark.parametrize("mode", ["--tui", "--plain"])
def test_no_settings_file_is_obeyed(tmp_path: Path, form: bytes, mode: str) -> None:
    raw = (
        ALL.one_line(3)
        .encode("utf-8", "replace")
        .replace(b'"', b"")
        .replace(b"\\", b"")
    )
    (tmp_path / "settings.toml").write_bytes(form.replace(b"%b", raw))
    reader = Reader(tmp_path, "-m", "guide", mode)
    reader.terminal.expect_exact(b"emergency")
    reader.settle()
    reader.terminal.send(CTRL_Q)
    assert reader.end() == 0
    text = text_in(reader.sent, (WIDE, TALL) if mode == "--tui" else (0, 0))
    assert MARK not in text
