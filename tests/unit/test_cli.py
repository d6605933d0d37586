"""The command line as a shell sees it: words, numbers, and which stream."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pexpect
import pytest

from guide.cli.home import home_page
from guide.cli.starting import Surroundings, look_of, why_plain
from guide.cli.tongue import TAKE_A_VALUE, content_language, flag_among
from guide.library.loader import content_root
from guide.settings import Settings
from guide.words.wishes import wished
from tests.plain.talking import TO_THE_NOTICE, TO_THE_PLAN

REPOSITORY = Path(__file__).parents[2]
SAMPLE = "tests/mail_samples/genuine_from_gmail.eml"
TERMINAL = Surroundings(typed=True, read=True, utf8=True, columns=80, lines=24)
NOWHERE = Surroundings(typed=False, read=False, utf8=True, columns=80, lines=24)
FILLED = ("Sam", "sam@example.com", "", "", "", "", "sam@example.com")


def an_environment(home: Path, **more: str) -> dict[str, str]:
    """An environment in which nothing of this computer shows."""
    given = {"PATH": os.environ["PATH"], "GUIDE_HOME": str(home), "TERM": "xterm"}
    return {**given, "LANG": "C.UTF-8", **more}


def run(
    home: Path, *words: str, typed: str | bytes = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """Run ``guide`` with *words*, and *typed* on its standard input."""
    data = typed if isinstance(typed, bytes) else typed.encode()
    done = subprocess.run(
        [sys.executable, "-m", "guide", *words],
        cwd=REPOSITORY,
        env=an_environment(home, **more),
        input=data,
        capture_output=True,
        timeout=60,
        check=False,
    )
    out, err = (each.decode("utf-8", "replace") for each in (done.stdout, done.stderr))
    assert "\x1b" not in out + err
    assert "Traceback" not in err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


@pytest.mark.parametrize(
    ("words", "code", "on_stdout", "on_stderr"),
    [
        pytest.param((), 0, "guide read help-lines", "", id="nothing"),
        pytest.param(("--help",), 0, "Usage: guide", "", id="help option"),
        pytest.param(("-h",), 0, "Usage: guide", "", id="short help option"),
        pytest.param(("help",), 0, "Usage: guide", "", id="help"),
        pytest.param(
            ("help", "letter", "new"), 0, "Usage: guide letter new", "", id="help of"
        ),
        pytest.param(("help", "x"), 2, "", "no such command", id="help of nothing"),
        pytest.param(("--version",), 0, "guide 0.", "", id="version"),
        pytest.param(("serch",), 2, "", "Did you mean: search?", id="mistyped"),
        pytest.param(("letter", "nwe"), 2, "", "Did you mean: new?", id="below"),
        pytest.param(("zzzz",), 2, "", "no such command.", id="unlike any"),
        pytest.param(("--plan",), 2, "", "Did you mean: --plain?", id="option"),
        pytest.param(("read",), 2, "", "Something is missing here: PAGE", id="no page"),
        pytest.param(("read", "a", "b"), 2, "", "more on this line", id="too much"),
        pytest.param(("read", "s-log"), 0, "Heading 1: ", "", id="read"),
        pytest.param(("read", "s-lgo"), 4, "", "Did you mean: s-log?", id="no such"),
        pytest.param(("read", "zzzz"), 4, "", "guide read contents", id="far off"),
        pytest.param(("read", "contents"), 0, "guide read q-kinds", "", id="contents"),
        pytest.param(("read", "help:gb"), 0, "999", "", id="help lines of a country"),
        pytest.param(("read", "help:xx"), 4, "", "no help lines", id="no country"),
        pytest.param(("read", "help-lines"), 0, "guide read help:GB", "", id="lines"),
        pytest.param(("start", "zzzz"), 4, "", "no page with", id="start at nothing"),
        pytest.param(("search", "police"), 0, "guide read q-police", "", id="search"),
        pytest.param(("search", "zzzzqq"), 4, "", "No page has", id="nothing found"),
        pytest.param(("search",), 7, "", "No words were given", id="search nothing"),
        pytest.param(("plan",), 0, "no plan here", "", id="plan"),
        pytest.param(("letter",), 0, "Usage: guide letter", "", id="letter alone"),
        pytest.param(("letter", "list"), 0, "no-contact-notice", "", id="letters"),
        pytest.param(
            ("letter", "show", "no-contact-notice"), 0, "________", "", id="blank"
        ),
        pytest.param(("letter", "show", "x"), 4, "", "no letter with", id="no letter"),
        pytest.param(("letter", "new", "x"), 4, "", "no letter with", id="new nothing"),
        pytest.param(
            ("letter", "new", "no-contact-notice"), 7, "Question: ", "Next: ", id="new"
        ),
        pytest.param(
            ("letter", "new", "x", "--format", "zip"), 2, "", "txt, md", id="format"
        ),
        pytest.param(("mail",), 0, "Usage: guide mail", "", id="mail alone"),
        pytest.param(("mail", "explain", SAMPLE), 0, "Message-ID: ", "", id="mail"),
        pytest.param(("mail", "explain", "no"), 4, "", "no file", id="no mail"),
        pytest.param(("mail", "explain", "."), 1, "", "a folder", id="a folder"),
        pytest.param(("mail", "complaint", "no"), 4, "", "no file", id="no complaint"),
        pytest.param(("mail", "complaint", SAMPLE), 7, "Heading 1", "", id="complain"),
        pytest.param(("check", "/nowhere"), 4, "", "no folder", id="check nowhere"),
        pytest.param(("check", "--explain", "C001"), 0, "C001", "", id="explain"),
        pytest.param(("check", "--explain", "X9"), 4, "", "no such code", id="no code"),
        pytest.param(("map",), 0, "flowchart", "", id="map"),
        pytest.param(("map", "--format", "dot"), 0, "digraph", "", id="map in dot"),
        pytest.param(("completion", "zsh"), 0, "#compdef guide", "", id="completion"),
        pytest.param(("completion", "fsh"), 2, "", "bash, zsh", id="no such shell"),
        pytest.param(("--plain",), 0, "Plain mode is on: you asked", "", id="plain"),
        pytest.param(("start",), 0, "no terminal to draw on", "", id="start"),
        pytest.param(("--tui",), 7, "", "no terminal", id="screen without one"),
        pytest.param(("--lang", "xx"), 0, "A calm guide", "", id="no such language"),
    ],
)
def test_what_a_command_says_and_returns(
    tmp_path: Path, words: tuple[str, ...], code: int, on_stdout: str, on_stderr: str
) -> None:
    done = run(tmp_path, *words)
    assert on_stdout in done.stdout
    assert on_stderr in done.stderr
    assert done.returncode == code
    if code:
        error, then = done.stderr.splitlines()[-2:]
        assert error.startswith("Error: ")
        assert then.startswith("Next: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("word", ["\x1b[2Jhello", "my secret", "--my-secret"])
def test_what_was_mistyped_is_not_repeated(tmp_path: Path, word: str) -> None:
    """It may not have been meant for this program."""
    done = run(tmp_path, word)
    assert done.returncode == 2
    assert "secret" not in done.stderr
    assert "hello" not in done.stderr


def test_answers_from_a_pipe_are_taken_as_typed(tmp_path: Path) -> None:
    done = run(tmp_path, "--plain", typed="1\n\n2\n")
    assert "Choice: No, not at this moment. Saved on this computer: no." in done.stdout
    assert done.returncode == 0


def test_leaving_from_a_pipe_is_fine(tmp_path: Path) -> None:
    done = run(tmp_path, "start", typed="q\n1\n")
    assert done.returncode == 0
    assert "Choice" not in done.stdout


def test_starting_at_a_page_shows_it(tmp_path: Path) -> None:
    done = run(tmp_path, "start", "s-log")
    assert "Heading 1: Start a log" in done.stdout
    assert "Question: What is happening?" not in done.stdout


@pytest.mark.parametrize("ending", ["txt", "eml"])
def test_a_notice_is_written_by_one_command(tmp_path: Path, ending: str) -> None:
    """Every question from a pipe, then one file and nothing else."""
    home, out = tmp_path / "home", tmp_path / f"notice.{ending}"
    answers = "\n".join((*TO_THE_PLAN, *TO_THE_NOTICE[1:], *FILLED, ""))
    words = ("letter", "new", "no-contact-notice", "--out", str(out))
    done = run(home, *words, typed=answers)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Saved: {out}" in done.stdout
    assert b"Do not contact me again." in out.read_bytes()
    assert list(tmp_path.iterdir()) == [out]


def test_a_complaint_is_written_by_one_command(tmp_path: Path) -> None:
    choices = ("1", "1", "1", "", "", "me@example.com", "", "14 messages", "")
    answers = "\n".join((*choices, *[""] * 7, "", "Gmail", ""))
    words = ("mail", "complaint", SAMPLE, "--out", str(tmp_path), "--format", "eml")
    done = run(tmp_path / "home", *words, typed=answers)
    assert (done.returncode, done.stderr) == (0, "")
    (file,) = tmp_path.iterdir()
    assert file.name.startswith("notes-")
    assert b"14 messages" in file.read_bytes()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        pytest.param("taken.txt", "something with that name", id="taken"),
        pytest.param("none/new.txt", "no such folder", id="no folder"),
    ],
)
def test_a_place_that_will_not_do_is_refused_first(
    tmp_path: Path, name: str, says: str
) -> None:
    """Before anybody has answered a question."""
    (tmp_path / "taken.txt").write_text("mine", "utf-8")
    words = ("letter", "new", "no-contact-notice", "--out", str(tmp_path / name))
    done = run(tmp_path, *words)
    assert says in done.stderr
    assert (done.stdout, done.returncode) == ("", 1)
    assert (tmp_path / "taken.txt").read_text("utf-8") == "mine"


def test_json_stands_alone_on_standard_output(tmp_path: Path) -> None:
    mail = run(tmp_path, "mail", "explain", SAMPLE, "--json")
    said = json.loads(mail.stdout)
    assert said["trace"]["verdict"] == "genuine"
    assert said["complaints"][0]["desk"]["name"] == "Gmail"
    check = run(tmp_path, "check", "--json")
    assert isinstance(json.loads(check.stdout), list)
    assert check.returncode in {0, 3}


def test_check_returns_three_when_there_are_findings(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    (folder / "en" / "guide").mkdir(parents=True)
    (folder / "pack.toml").write_text('id = "x"\nstart = "home"\n', "utf-8")
    (folder / "en" / "guide" / "home.md").write_text("no front matter", "utf-8")
    done = run(tmp_path / "home", "check", str(folder))
    assert "en/guide/home.md:1: C001" in done.stdout
    assert done.returncode == 3


def test_whoever_has_read_enough_may_close_the_pipe(tmp_path: Path) -> None:
    """As in ``guide read contents | head -1``."""
    command = f"'{sys.executable}' -m guide read contents | head -c 20; true"
    script = f"{command}; '{sys.executable}' -m guide map | true"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {script}"],
        cwd=REPOSITORY,
        env=an_environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize(
    "variables",
    [
        pytest.param({"LANG": "C"}, id="LANG=C"),
        pytest.param({"LC_ALL": "C", "PYTHONUTF8": "0"}, id="LC_ALL=C"),
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="ASCII"
        ),
        pytest.param({"PYTHONIOENCODING": "ascii:strict"}, id="strictly ASCII"),
        pytest.param({"TERM": "dumb"}, id="TERM=dumb"),
        pytest.param({"NO_COLOR": "1"}, id="NO_COLOR"),
        pytest.param({"GUIDE_LANG": "../../etc"}, id="a language that is a path"),
        pytest.param({"GUIDE_THEME": "\x1b[2J"}, id="a look that is none"),
    ],
)
def test_no_environment_stops_it(tmp_path: Path, variables: dict[str, str]) -> None:
    """Türkiye has a letter that ASCII lacks, and a reader types a byte that is none."""
    done = run(tmp_path, "read", "help-lines", **variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert "rkiye" in done.stdout
    typed = run(tmp_path, "--plain", typed=b"g mail\n\xff\xfe\nq\n", **variables)
    assert (typed.returncode, typed.stderr) == (0, "")
    assert "Error: " in typed.stdout


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_stream_that_is_closed_is_no_fault(tmp_path: Path, closed: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m guide read s-log {closed}"],
        cwd=REPOSITORY,
        env=an_environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_faulty_settings_file_is_one_sentence(tmp_path: Path) -> None:
    """The guide starts all the same."""
    (tmp_path / "settings.toml").write_text("theme = 3", "utf-8")
    done = run(tmp_path, "--plain", typed="q\n")
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1
    assert "settings file" in done.stderr


def test_a_preference_is_kept_and_decides_the_next_start(tmp_path: Path) -> None:
    """It is said that this leaves a file behind."""
    done = run(tmp_path, "config", "erase-scrollback", "no")
    assert done.stdout == f"Saved: {tmp_path / 'settings.toml'}\n"
    assert "can see from that file" in done.stderr
    shown = run(tmp_path, "config").stdout
    assert "theme: usual\nplain: no\nkeys: yes\nerase-scrollback: no\n" in shown
    run(tmp_path, "config", "theme", "day")
    assert (tmp_path / "settings.toml").read_text("utf-8") == (
        'theme = "day"\nerase_scrollback = false\n'
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param(("colour", "day"), "NAME] takes one of these: theme", id="name"),
        pytest.param(("theme", "pink"), "theme takes one of these: night", id="look"),
        pytest.param(("plain", "perhaps"), "plain takes one of these: yes", id="value"),
        pytest.param(("keys",), "keys takes one of these: yes, no", id="no value"),
    ],
)
def test_a_preference_that_makes_no_sense_is_refused(
    tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    done = run(tmp_path, "config", *words)
    assert says in done.stderr
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("flag", "environment", "settings", "around", "plain"),
    [
        pytest.param(None, {"TERM": "xterm"}, Settings(), TERMINAL, "", id="screen"),
        pytest.param(True, {}, Settings(), TERMINAL, "asked for it", id="flag"),
        pytest.param(
            False, {"GUIDE_PLAIN": "1"}, Settings(plain=True), NOWHERE, "", id="no flag"
        ),
        pytest.param(
            None, {"GUIDE_PLAIN": "1"}, Settings(), TERMINAL, "GUIDE_PLAIN", id="env"
        ),
        pytest.param(
            None,
            {"GUIDE_PLAIN": "0", "ACCESSIBLE": "1"},
            Settings(plain=True),
            TERMINAL,
            "",
            id="GUIDE_PLAIN=0 decides",
        ),
        pytest.param(
            None, {"ACCESSIBLE": "1"}, Settings(), TERMINAL, "ACCESSIBLE", id="access"
        ),
        pytest.param(
            None,
            {"TERM": "xterm"},
            Settings(plain=True),
            TERMINAL,
            "settings",
            id="kept",
        ),
        pytest.param(
            None, {"GUIDE_THEME": "plain"}, Settings(), TERMINAL, "settings", id="theme"
        ),
        pytest.param(
            None, {"TERM": "xterm"}, Settings(), NOWHERE, "no terminal", id="no tty"
        ),
        pytest.param(
            None, {"TERM": "dumb"}, Settings(), TERMINAL, "draw a screen", id="dumb"
        ),
        pytest.param(None, {}, Settings(), TERMINAL, "draw a screen", id="no TERM"),
        pytest.param(
            None,
            {"TERM": "xterm"},
            Settings(),
            Surroundings(typed=True, read=True, utf8=False, columns=80, lines=24),
            "UTF-8",
            id="no UTF-8",
        ),
        pytest.param(
            None,
            {"TERM": "xterm"},
            Settings(),
            Surroundings(typed=True, read=True, utf8=True, columns=39, lines=24),
            "smaller than 40 by 12",
            id="narrow",
        ),
        pytest.param(
            None,
            {"TERM": "xterm"},
            Settings(),
            Surroundings(typed=True, read=True, utf8=True, columns=40, lines=12),
            "",
            id="just large enough",
        ),
    ],
)
def test_why_plain_mode_is_on(
    flag: bool | None,
    environment: dict[str, str],
    settings: Settings,
    around: Surroundings,
    plain: str,
) -> None:
    """The first that says anything decides; it is said in the first line."""
    why = why_plain(flag, environment, settings, around)
    assert plain in why
    assert bool(why) is bool(plain)


@pytest.mark.parametrize(
    ("environment", "settings", "look"),
    [
        pytest.param({}, Settings(), "night", id="usual"),
        pytest.param({}, Settings(theme="day"), "day", id="kept"),
        pytest.param(
            {"GUIDE_THEME": "terminal"}, Settings(theme="day"), "terminal", id="env"
        ),
        pytest.param({"GUIDE_THEME": "pink"}, Settings(), "night", id="nonsense"),
    ],
)
def test_the_look(environment: dict[str, str], settings: Settings, look: str) -> None:
    assert look_of(environment, settings) == look


@pytest.mark.parametrize(
    ("flag", "variables", "tags"),
    [
        pytest.param("pt-BR", {}, ("pt-BR", "pt"), id="flag"),
        pytest.param("", {"GUIDE_LANG": "de_DE.UTF-8"}, ("de-DE", "de"), id="env"),
        pytest.param("", {"LANG": "C.UTF-8"}, (), id="C is no language"),
        pytest.param("", {"LANG": "es_ES@euro"}, ("es-ES", "es"), id="system"),
        pytest.param("../x", {}, (), id="a path"),
    ],
)
def test_which_language_is_wished_for(
    monkeypatch: pytest.MonkeyPatch,
    flag: str,
    variables: dict[str, str],
    tags: tuple[str, ...],
) -> None:
    for name in ("GUIDE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert wished(flag) == tags
    assert content_language(content_root(), flag) == "en"


def test_every_command_of_the_home_page_works(tmp_path: Path) -> None:
    """What it names is there: a promise to somebody in a hurry."""
    fixed = [
        line.split("guide ", 1)[1].split("  ")[0].split()
        for line in home_page()
        if "guide " in line and line.startswith("  ")
    ]
    names = {"PAGE": "s-log", "WORD": "police", "LETTER": "no-contact-notice"}
    for words in fixed:
        given = [names.get(word, SAMPLE if word == "FILE" else word) for word in words]
        assert run(tmp_path, *given).returncode in {0, 7}


def test_a_start_without_a_word_loads_neither_click_nor_pages(tmp_path: Path) -> None:
    """The supervisor stays small, and the first paint does not wait for it."""
    program = (
        "import sys; from guide.cli import main; main([]);"
        "bad = {'click', 'textual', 'rich', 'yaml', 'apsw', 'guide.actions'};"
        "sys.exit(', '.join(bad & sys.modules.keys()) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        env=an_environment(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def a_terminal(
    home: Path, *words: str, size: tuple[int, int] = (24, 80), **more: str
) -> pexpect.spawn[str]:
    """``guide`` in a pseudo-terminal."""
    return pexpect.spawn(
        sys.executable,
        ["-m", "guide", *words],
        cwd=str(REPOSITORY),
        env=an_environment(home, **more),
        encoding="utf-8",
        timeout=20,
        dimensions=size,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
@pytest.mark.parametrize("key", ["\x03", "\x11", "q\r"], ids=["ctrl+c", "ctrl+q", "q"])
def test_leaving_a_terminal_is_at_once_and_fine(tmp_path: Path, key: str) -> None:
    """The screen is wiped, and the shell hears 0."""
    child = a_terminal(tmp_path, "--plain")
    child.expect("Plain mode is on: you asked for it")
    child.expect("q to leave: ")
    child.send(key)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "\x1b[3J" in (child.before or "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
def test_a_dumb_terminal_gets_plain_mode_and_no_escape(tmp_path: Path) -> None:
    """The first minute, then the guide, and not one byte that moves a cursor."""
    child = a_terminal(tmp_path, TERM="dumb")
    child.expect("Plain mode is on: this terminal cannot draw a screen.")
    child.expect("Question: Does the person who worries you")
    child.expect("q to leave: ")
    heard = child.before or ""
    child.send("4\r")
    child.expect("Question: What is happening")
    heard += child.before or ""
    child.send("\x04")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "\x1b" not in heard + (child.before or "")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
def test_a_finished_letter_stays_on_the_screen(tmp_path: Path) -> None:
    """Leaving wipes; having finished does not, for the reader is told where it is."""
    out = tmp_path / "notice.txt"
    words = ("letter", "new", "no-contact-notice", "--out", str(out))
    child = a_terminal(tmp_path, *words)
    typed = (*TO_THE_PLAN, *TO_THE_NOTICE[1:], *FILLED)
    for answer in typed:
        while child.expect([r"There is more.*: $", r"(leave|end): $"]) == 0:
            child.send("\r")
        child.send(f"{answer}\r")
    child.expect("Saved: ")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "\x1b" not in (child.before or "")
    assert "Do not contact me again." in out.read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
@pytest.mark.parametrize(
    ("variables", "size", "why"),
    [
        pytest.param(
            {"GUIDE_PLAIN": "1"}, (24, 80), "GUIDE_PLAIN asks for it", id="env"
        ),
        pytest.param({"ACCESSIBLE": "1"}, (24, 80), "ACCESSIBLE asks", id="accessible"),
        pytest.param({}, (11, 80), "smaller than 40 by 12", id="low"),
        pytest.param(
            {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            (24, 80),
            "does not use UTF-8",
            id="ASCII",
        ),
    ],
)
def test_the_first_line_says_why(
    tmp_path: Path, variables: dict[str, str], size: tuple[int, int], why: str
) -> None:
    child = a_terminal(tmp_path, size=size, **variables)
    child.expect("Plain mode is on: ([^\r]*)\r\n")
    assert why in str(child.match and child.match[1])
    child.send("\x03")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def press_until(child: pexpect.spawn[str], keys: str, said: str) -> None:
    """As a person does it: press again when nothing happens."""
    for _ in range(5):
        child.send(keys)
        if child.expect([said, pexpect.TIMEOUT], timeout=3) == 0:
            return
    pytest.fail(f"never heard: {said}")


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
def test_plain_mode_chosen_in_the_interface_follows_it(tmp_path: Path) -> None:
    """The screen goes, the lines come, and Ctrl+C still leaves at once."""
    child = a_terminal(tmp_path)
    child.expect("worries you")
    press_until(child, "3\r", "should it look")
    press_until(child, "4\r", "Plain mode is on: you chose it.")
    child.expect("What is happening")
    child.expect(r"q to leave: $")
    child.send("\x03")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "\x1b[3J" in (child.before or "")


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        pytest.param(("--lang", "pt-BR", "--help"), "pt-BR", id="a word after"),
        pytest.param(("--lang=es",), "es", id="in one word"),
        pytest.param(
            ("--vault", "x", "--lang", "es", "plan"), "es", id="after a value"
        ),
        pytest.param(("check", "--lang", "es"), "", id="that of a command"),
        pytest.param(("--vault", "--lang", "es"), "", id="a folder of that name"),
        pytest.param(("--", "--lang", "es"), "", id="no option any more"),
        pytest.param(("--lang",), "", id="nothing"),
    ],
)
def test_the_language_is_known_before_the_help(
    words: tuple[str, ...], flag: str
) -> None:
    assert flag_among(words) == flag


def test_every_option_with_a_value_is_known_there() -> None:
    """Or its value would be taken for the command, and the language overlooked."""
    from guide.cli.commands import guide

    options = [each for each in guide.params if isinstance(each, click.Option)]
    named = {each.opts[0] for each in options if not each.is_flag}
    assert named - {"--lang"} == TAKE_A_VALUE
