"""``guide doctor``: it tells what is here, repeats nothing, and changes nothing."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from guide.actions.desk import keep_nothing
from guide.actions.journey import Journey
from guide.actions.places.doctor import DoctorPlace
from guide.actions.tracing import look_for_traces
from guide.actions.tracing_words import (
    traces_as_json,
    what_cannot_be_known,
    what_is_here,
)
from guide.safety.swap import Sealing, Swap
from tests.plain.talking import a_desk, talk
from tests.unit.test_cli import run
from tests.vault.keeping_desk import kept_at

SECRET = "Zebrafish-Quartz-4471"  # noqa: S105  what must not be repeated
posix = pytest.mark.skipif(sys.platform == "win32", reason="HOME is POSIX")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home where the guide was used, and a name stands beside it."""
    line = f"python3 -m guide mail explain {SECRET}.eml\n"
    (tmp_path / ".bash_history").write_text("ls\n" + line * 3)
    (tmp_path / ".tmux" / "resurrect").mkdir(parents=True)
    (tmp_path / ".tmux" / "resurrect" / "last").write_text(f"pane {line}")
    (tmp_path / "settings.toml").write_text('theme = "day"\n')
    kept_at(a_desk(), tmp_path / "notes").close()
    return tmp_path


def everything(home: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file with what is in it and when it was changed and read."""
    found = {}
    for path in sorted(home.rglob("*")):
        about = path.lstat()
        data = path.read_bytes() if path.is_file() else b""
        found[str(path)] = (data, about.st_mtime_ns, about.st_mode)
    return found


@posix
def test_it_tells_what_is_here_and_repeats_no_line(home: Path) -> None:
    done = run(home, "doctor", HOME=str(home))
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert "Past commands of bash: 3 lines with the word guide" in text
    assert "What tmux-resurrect keeps of its windows has the word guide" in text
    assert "settings.toml" in text
    assert "Your sealed notes" in text
    assert "Sudden cleaning can itself alarm someone" in text
    assert "Whether there is spyware" in text
    assert SECRET not in done.stdout + done.stderr


@posix
def test_as_json_it_is_places_and_counts(home: Path) -> None:
    done = run(home, "doctor", "--json", HOME=str(home))
    told = json.loads(done.stdout)
    assert done.returncode == 0
    assert SECRET not in done.stdout
    (bash,) = told["histories"]
    assert (bash["keeper"], bash["seen"], bash["lines"]) == ("bash", "named", 3)
    assert told["vault"]["keyring"] is False
    assert told["vault"]["spare_key_file"] is True
    assert told["vault"]["bytes"] > 0
    assert told["cannot_know"]
    assert done.stderr == ""


@posix
def test_it_changes_nothing(home: Path) -> None:
    before = everything(home)
    run(home, "doctor", HOME=str(home))
    run(home, "doctor", "--json", HOME=str(home))
    assert everything(home) == before


@posix
def test_an_empty_home_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "doctor", HOME=str(tmp_path))
    text = " ".join(done.stdout.split())
    assert "No settings file was found." in text
    assert "No sealed notes were found" in text
    assert "list of past commands of: bash, zsh, fish" in text
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_vault_elsewhere_is_found_when_it_is_named(home: Path) -> None:
    (home / "notes").rename(home / "elsewhere")
    folder = str(home / "elsewhere")
    done = run(home, "--vault", folder, "doctor", "--json", HOME=str(home))
    assert json.loads(done.stdout)["vault"]["path"] == folder


def test_it_runs_no_program_and_reaches_no_network(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Python itself sees it: none of these events comes."""
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GUIDE_HOME", str(home))
    seen: list[str] = []
    watching = True

    def watch(event: str, _arguments: tuple[object, ...]) -> None:
        if watching:
            seen.append(event)

    sys.addaudithook(watch)
    try:
        DoctorPlace(keep_nothing()).sheet()
    finally:
        watching = False
    begins = ("subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork")
    assert "open" in seen
    assert [x for x in seen if x.startswith((*begins, "socket.", "webbrowser."))] == []
    changes = ("os.remove", "os.rename", "os.mkdir", "os.chmod", "os.truncate")
    assert [x for x in seen if x.startswith((*changes, "os.utime", "shutil."))] == []


@pytest.mark.parametrize("target", ["doctor", "tool:doctor"])
def test_both_names_open_the_screen(target: str) -> None:
    journey = Journey(a_desk())
    journey.open(target)
    assert journey.sheet().name == "doctor"
    journey.choose("page:l-this-guide")
    assert "tool:doctor" in {row.value for row in journey.sheet().rows}


def test_all_commands_lead_to_it() -> None:
    journey = Journey(a_desk())
    journey.open("commands")
    assert "doctor" in {row.value for row in journey.sheet().rows}


def test_plain_mode_says_the_same() -> None:
    journey = Journey(a_desk())
    journey.open("doctor")
    heard = " ".join(talk("q", journey=journey).heard.split())
    assert "What this computer remembers of the guide" in heard
    assert "Sudden cleaning can itself alarm someone" in heard


@pytest.mark.parametrize(
    ("system", "said"),
    [
        pytest.param("darwin", "On macOS, not looked at: swap", id="macOS"),
        pytest.param("win32", "On Windows, not looked at: the page file", id="Windows"),
        pytest.param("freebsd14", "On this system, not looked at", id="another"),
        pytest.param("linux", "not looked at: swap", id="Linux without /proc"),
    ],
)
def test_what_is_not_looked_at_is_said(system: str, said: str) -> None:
    traces = replace(look_for_traces(a_desk()), system=system, swaps=None)
    assert any(said in each for each in what_cannot_be_known(traces))
    assert traces_as_json(traces)["swap"] is None


@pytest.mark.parametrize("sealing", Sealing)
def test_a_hostile_name_cannot_draw(sealing: Sealing) -> None:
    swap = Swap(path="/sw\x1b[2Jap", sealing=sealing)
    traces = replace(look_for_traces(a_desk()), swaps=(swap,))
    (said,) = [each for each in what_is_here(traces) if "/sw" in each]
    assert "\x1b" not in said
    assert ("No encryption" in said) is (sealing is Sealing.NOT_SEEN)
    assert "\x1b" not in json.dumps(traces_as_json(traces), ensure_ascii=False)


def test_the_home_of_this_login_is_what_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("HISTFILE", raising=False)
    (tmp_path / ".zsh_history").write_text("guide" + os.linesep)
    (look,) = look_for_traces(a_desk()).histories
    assert look.keeper == "zsh"
