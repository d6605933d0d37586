"""The process leaves no traces: each case runs in a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guide.safety.process import crash_report

REPOSITORY = Path(__file__).parents[2]
SECRET = "CANARY-of-the-reader"  # noqa: S105  what must never be printed
HARDEN = "from guide.safety.process import harden; harden()\n"
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux only")


def run(
    code: str, *options: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *options, "-c", HARDEN + code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        cwd=REPOSITORY,
        check=False,
    )


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param("socket.socket()", id="IPv4"),
        pytest.param("socket.socket(socket.AF_INET6)", id="IPv6"),
        pytest.param("socket.socket(type=socket.SOCK_DGRAM)", id="datagram"),
        pytest.param("socket.create_connection(('192.0.2.1', 9))", id="connect"),
        pytest.param("socket.getaddrinfo('a.invalid', 80)", id="look up a name"),
        pytest.param("socket.gethostbyname('a.invalid')", id="the old way"),
        pytest.param("socket.gethostbyaddr('192.0.2.1')", id="look up an address"),
        pytest.param("socket.create_server(('', 0))", id="listen"),
        pytest.param("urllib.request.urlopen('http://192.0.2.1/')", id="fetch a page"),
        pytest.param(
            "webbrowser.GenericBrowser('true').open('https://a.invalid/')",
            id="open a link",
        ),
    ],
)
def test_nothing_reaches_the_network(attempt: str) -> None:
    ended = run(f"import socket, urllib.request, webbrowser\n{attempt}")
    assert ended.returncode == 1
    assert "NetworkRefusedError" in ended.stderr


def test_an_address_is_refused_on_a_socket_from_elsewhere() -> None:
    """A socket made before, as a child could inherit one, cannot connect."""
    code = """import socket, sys
sys.path.insert(0, "")
early = socket.socket()
from guide.safety.process import harden; harden()
early.connect(("127.0.0.1", 9))"""
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        check=False,
    )
    assert "NetworkRefusedError" in ended.stderr


def test_the_event_loop_still_works() -> None:
    ended = run("import asyncio\nprint(asyncio.run(asyncio.sleep(0, 'ran')))")
    assert ended.stdout == "ran\n"


@pytest.mark.parametrize(
    "crash",
    [
        pytest.param("int('{0}')", id="a message that quotes"),
        pytest.param("raise KeyError('{0}')", id="a key"),
        pytest.param("raise ExceptionGroup('{0}', [ValueError('{0}')])", id="group"),
        pytest.param("raise ValueError from KeyError('{0}')", id="a cause"),
        pytest.param(
            "error = ValueError()\nerror.add_note('{0}')\nraise error", id="note"
        ),
        pytest.param("raise type('Odd', (Exception,), {{}})('{0}')", id="its own type"),
    ],
)
def test_a_crash_prints_no_values(crash: str) -> None:
    ended = run(crash.format(SECRET))
    assert ended.returncode == 1
    assert SECRET not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert "<string>:" in ended.stderr
    assert len(ended.stderr.splitlines()) == 2


@pytest.mark.parametrize("options", [(), ("-X", "dev"), ("-X", "faulthandler")])
def test_nothing_in_the_background_prints_values(options: tuple[str, ...]) -> None:
    """A thread, a destructor, a lost task and a late coroutine all fail."""
    code = f"""import asyncio, threading
def fail():
    raise ValueError({SECRET!r})
class Late:
    def __del__(self):
        fail()
thread = threading.Thread(target=fail); thread.start(); thread.join()
Late()
async def forget():
    async def task():
        fail()
    running = asyncio.create_task(task(), name={SECRET!r})
    await asyncio.sleep(0.01)
asyncio.run(forget(), debug=True)
print("done")"""
    ended = run(code, *options)
    assert ended.stdout == "done\n"
    assert SECRET not in ended.stderr
    assert ended.stderr.count("ValueError") == 1


def test_the_reader_leaving_is_no_crash() -> None:
    assert run("raise KeyboardInterrupt").stderr == ""


def test_a_report_names_the_type_and_the_place_only() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        report = crash_report(error)
    assert "ValueError, promises/test_process.py:" in report
    assert SECRET not in report


def test_the_environment_steers_nothing() -> None:
    ended = run(
        "import os\nprint(sorted(n for n in os.environ if n.startswith('TEXTUAL')))\n"
        "breakpoint()\n"
        "from textual import constants\n"
        "print(constants.LOG_FILE, constants.DRIVER, constants.DISABLE_KITTY_KEY)",
        TEXTUAL_LOG="/nowhere/log",
        TEXTUAL_DRIVER="evil:Driver",
        TEXTUAL_SCREENSHOT="1",
        TEXTUAL_DISABLE_KITTY_KEY="0",
        PYTHONBREAKPOINT="os.abort",
    )
    assert ended.stdout.splitlines() == [
        "['TEXTUAL_ALLOW_SIGNALS', 'TEXTUAL_DISABLE_KITTY_KEY']",
        "None None True",
    ]


@posix
def test_files_are_for_the_reader_only(tmp_path: Path) -> None:
    made = tmp_path / "made"
    run(f"open({str(made)!r}, 'w').close()")
    assert made.stat().st_mode & 0o777 == 0o600


@posix
def test_no_core_file_is_written() -> None:
    ended = run("import resource\nprint(resource.getrlimit(resource.RLIMIT_CORE))")
    assert ended.stdout == "(0, 0)\n"


@linux
def test_the_kernel_hides_the_memory_and_a_child_keeps_that() -> None:
    get_dumpable = 3
    code = f"""import ctypes, os
if os.fork() == 0:
    print(ctypes.CDLL(None).prctl({get_dumpable}), flush=True)
    os._exit(0)
os.wait()
print(ctypes.CDLL(None).prctl({get_dumpable}))"""
    assert run(code).stdout.split() == ["0", "0"]


def test_hardening_twice_is_the_same_as_once() -> None:
    ended = run("harden()\nimport socket\nsocket.socket()")
    assert ended.stderr.count("NetworkRefusedError") == 1
