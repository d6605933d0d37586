"""Made to break the guide: refused in its own words, at once, and nothing changes.

Each case meets its reader in a process of its own, which is timed and weighed.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guide.actions.desk import keep_nothing
from guide.actions.writing import draft
from guide.library.markdown import MOST_BLOCKS, blocks
from guide.model.problems import LetterClosedError
from tests.fuzz.held import Held
from tests.fuzz.place_targets import TYPED
from tests.promises.bombs import READ, REFUSED
from tests.vault.making import made

_Ask = Callable[[str, bytes], str]
_KNOWN_WORDS = ("Traceback", "object at 0x", "Exception", "Errno", "NoneType")


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Ask]:
    """Gives a case to a target; what was said of it, if it was refused."""
    folder = tmp_path_factory.mktemp("scratch")
    processes: dict[str, Held] = {}

    def answer(target: str, case: bytes) -> str:
        process = processes.setdefault(target, Held(target, folder))
        answered = process.ask(case)
        assert answered.finding == ""
        assert not any(word in answered.refused for word in _KNOWN_WORDS)
        return answered.refused

    yield answer
    for process in processes.values():
        process.end()


@pytest.mark.parametrize(
    ("target", "name"), [(x, name) for x, cases in REFUSED.items() for name in cases]
)
def test_a_bomb_is_refused(ask: _Ask, target: str, name: str) -> None:
    """In words of ours, within a second and 256 MiB."""
    refused = ask(target, REFUSED[target][name])
    assert refused
    kind, _colon, words = refused.partition(": ")
    assert kind.endswith("Error")
    assert words


@pytest.mark.parametrize(
    ("target", "name"), [(x, name) for x, cases in READ.items() for name in cases]
)
def test_a_bomb_is_read_as_far_as_it_goes(ask: _Ask, target: str, name: str) -> None:
    """A page is shown whatever it holds, and settings never stop the guide."""
    assert ask(target, READ[target][name]) == ""


def test_a_page_that_costs_too_much_is_shown_as_it_stands() -> None:
    """Nothing of it is hidden, and none of it is mark-up any more."""
    shown = blocks("# Start\n" + "![" * 5_000 + "\n**end**")
    assert [block.text for block in shown] == ["# Start", "![" * 5_000, "**end**"]
    assert len(blocks("a\n\n" * 20_000)) == MOST_BLOCKS


def test_two_parts_of_a_letter_are_not_checked_as_one(content: Path) -> None:
    """What a subject leaves open would hide the start of the text from the check."""
    (content / "en/letters/note.md").write_text(
        "---\ntitle: z\naudience: me\n---\nSubject: z{#\n\n{{ 'a' * 10**9 }}#}\n"
    )
    desk = keep_nothing(content)
    with pytest.raises(LetterClosedError):
        draft(desk, desk.library.letters["note"])


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _link_to_a_copy(path: Path) -> None:
    copy = path.with_name(f"copy of {path.name}")
    if path.exists():
        path.rename(copy)
    path.symlink_to(copy)


def _link_to_nothing(path: Path) -> None:
    _remove(path)
    path.symlink_to("nothing")


def _link_to_a_folder(path: Path) -> None:
    _remove(path)
    outside = path.parents[1] / "outside"
    outside.mkdir(exist_ok=True)
    (outside / f"{'0' * 32}.part").write_text("of somebody else")
    path.symlink_to(outside)


def _pipe(path: Path) -> None:
    _remove(path)
    os.mkfifo(path, 0o600)


def _folder(path: Path) -> None:
    _remove(path)
    path.mkdir(mode=0o700)


def _endless_device(path: Path) -> None:
    _remove(path)
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("may not make a device")


def _socket(path: Path) -> None:
    _remove(path)
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made_here:
            made_here.bind(path.name)
    finally:
        os.chdir(here)
    path.chmod(0o600)


def _gigabyte(path: Path) -> None:
    _remove(path)
    with path.open("wb") as file:
        file.truncate(1 << 30)
    path.chmod(0o600)


_HUGE = "a gigabyte"
_STRANGE = {
    "a link": _link_to_a_copy,
    "a link to nothing": _link_to_nothing,
    "a link to a folder": _link_to_a_folder,
    "a pipe": _pipe,
    "a folder": _folder,
    "a device": _endless_device,
    "a socket": _socket,
    _HUGE: _gigabyte,
}
_Shape = tuple[str, int, int, str]


def _as_it_is(folder: Path) -> list[_Shape]:
    """Every name under *folder*, what it is, how large, and what it holds."""
    shapes = []
    for path in sorted(folder.rglob("*")):
        found = path.lstat()
        held = ""
        if path.is_symlink():
            held = str(path.readlink())
        elif stat.S_ISREG(found.st_mode) and found.st_size < 1 << 20:
            held = path.read_bytes().hex()
        size = found.st_size if stat.S_ISREG(found.st_mode) else 0
        shapes.append((str(path.relative_to(folder)), found.st_mode, size, held))
    return shapes


# A lock may be of any size, and folders are what these are.
_FINE = {("lock", "a gigabyte"), ("sealed", "a folder"), ("backup", "a folder")}
_PARTS = (
    *("vault.json", "vault.db", "vault.db-wal", "vault.db-journal"),
    *("lock", "sealed", "backup"),
)


@pytest.mark.parametrize("strange", _STRANGE)
@pytest.mark.parametrize("name", _PARTS)
def test_a_strange_part_of_a_vault_is_refused(
    ask: _Ask, tmp_path: Path, name: str, strange: str
) -> None:
    """It is neither read nor followed nor waited for, and nothing is changed."""
    if (name, strange) in _FINE or (name.startswith("vault.db-") and strange == _HUGE):
        pytest.skip("this is nothing strange there")
    folder = tmp_path / "vault"
    made(folder, TYPED).close()
    _STRANGE[strange](folder / name)
    before = _as_it_is(tmp_path)
    refused = ask("vault folder", os.fsencode(folder))
    assert refused.partition(": ")[0] in (
        *("DamagedVaultError", "PlaceRefusedError", "VaultDiskError"),
    )
    assert _as_it_is(tmp_path) == before


@pytest.mark.parametrize("strange", _STRANGE)
def test_strange_settings_count_as_none(
    ask: _Ask, tmp_path: Path, strange: str
) -> None:
    """The guide starts with the usual ones, and says so."""
    file = tmp_path / "home" / "settings.toml"
    file.parent.mkdir()
    file.write_text('theme = "pink"\n')
    _STRANGE[strange](file)
    before = _as_it_is(tmp_path)
    refused = ask("settings file", os.fsencode(file))
    assert strange == "a link to nothing" or refused.startswith("ToldError: ")
    assert _as_it_is(tmp_path) == before


@pytest.mark.parametrize("strange", _STRANGE)
def test_a_strange_file_is_not_taken(ask: _Ask, tmp_path: Path, strange: str) -> None:
    """A mail or a picture that the reader names and that is none."""
    file = tmp_path / "home" / "mail.eml"
    file.parent.mkdir()
    file.write_text("Subject: x\n")
    _STRANGE[strange](file)
    before = _as_it_is(tmp_path)
    assert ask("file brought", os.fsencode(file)).startswith("UnreadableFileError: ")
    assert _as_it_is(tmp_path) == before


_CONTENT = {
    "pack.toml": 'title = "x"\nstart = "home"\nbase = "en"\n',
    "en/guide/1-start/home.md": "---\ntitle: x\n---\nx\n",
    "en/guide/1-start/other.md": "---\ntitle: y\n---\ny\n",
    "en/letters/note.md": "---\ntitle: z\naudience: me\n---\nSubject: z\n\nz\n",
    "en/facts.toml": 'a = "b is yes"\n',
    "data/services.toml": "",
}


_FOLDERS = ("a folder", "a link to a folder")
_FOUND_BY_NAME = ("en/guide/1-start/other.md", "en/letters/note.md")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small folder of content without a fault."""
    for name, text in _CONTENT.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "content"


@pytest.mark.parametrize("strange", sorted(_STRANGE.keys() - {"a link"}))
@pytest.mark.parametrize("name", sorted(_CONTENT))
def test_a_strange_file_of_content_is_left_out(
    ask: _Ask, content: Path, name: str, strange: str
) -> None:
    """The rest is read, or the guide says that its pages are damaged."""
    _STRANGE[strange](content / name)
    before = _as_it_is(content)
    refused = ask("content folder", os.fsencode(content))
    only_a_folder = strange in _FOLDERS and name in _FOUND_BY_NAME
    assert only_a_folder or refused.startswith(("ToldError: ", "ContentError: "))
    assert _as_it_is(content) == before


@pytest.mark.parametrize("base", ["../outside", "/", "en/../..", "", "a\\u0000b", "."])
def test_the_language_of_content_never_leads_out_of_it(
    ask: _Ask, content: Path, base: str
) -> None:
    """It is the name of a folder beside the others, and nothing else."""
    outside = content.parent / "outside" / "guide"
    outside.mkdir(parents=True)
    (outside / "home.md").write_text("---\ntitle: from outside\n---\nx\n")
    (content / "pack.toml").write_text(f'start = "home"\nbase = "{base}"\n')
    assert "'base' is not a language" in ask("content folder", os.fsencode(content))
