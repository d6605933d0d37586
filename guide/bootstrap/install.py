"""The first start: an environment filled with the pinned list, or a plain reason.

One at a time, whoever else starts meanwhile waits. The stamp is written last, so
whatever is interrupted is done again. Only a folder made here is ever emptied.
Nothing is fetched that is not in the list with its hash.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from guide.bootstrap import IMPORTS, LISTS, ROOT, STAMP, is_ready, places, python_in
from guide.model.problems import GuideError
from guide.words import _
from guide.words.wishes import speak_as_wished

LOCK = "guide-setup.lock"
LOG = "guide-setup.log"
SIZE_IN_MB = {"guide": 65, "tests": 110}

# How the owner of this computer reaches the network. Their other settings for pip
# (a target folder, --user, constraints, source builds) would break this install.
_KEPT_PIP_SETTINGS = frozenset(
    {
        *("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX", "PIP_FIND_LINKS"),
        *("PIP_TRUSTED_HOST", "PIP_PROXY", "PIP_CERT", "PIP_CLIENT_CERT"),
        *("PIP_TIMEOUT", "PIP_DEFAULT_TIMEOUT", "PIP_KEYRING_PROVIDER"),
        *("PIP_CACHE_DIR", "PIP_NO_CACHE_DIR", "PIP_CONFIG_FILE"),
    }
)


class SetUpError(GuideError):
    """The libraries are not there and could not be put there."""


class NotWrittenError(SetUpError):
    """The disk refused them."""

    what = "The libraries could not be written to the disk. Nothing else was changed."
    next_step = "Is the disk full? Make room, then start again."


def install(what: str) -> str:
    """Make a place with the libraries for *what*, or end with a plain sentence."""
    speak_as_wished()
    readers_umask = os.umask(0o022)
    # What others could write to, they could make the reader run.
    os.umask(readers_umask | 0o022)
    try:
        return _install(what)
    except GuideError as error:
        sys.exit(f"{error.what}\n{error.next_step}")
    except OSError as error:
        sys.exit(f"{NotWrittenError()} ({error.strerror})")
    except KeyboardInterrupt:
        sys.exit(_("Stopped. Start the guide again to go on with the set-up."))
    finally:
        os.umask(readers_umask)


def _install(what: str) -> str:
    for place in places():
        if (lock := _claim(Path(place))) is None:
            continue
        with _one_at_a_time(lock):
            if not is_ready(place, what):
                _build(Path(place), what, lock)
        return place
    raise SetUpError(
        _("There is no folder where the guide may keep its libraries."),
        _("Set GUIDE_VENV to the name of an empty folder that you can write to."),
    )


def _claim(place: Path) -> IO[str] | None:
    """The open lock of *place*, or None where the place is not ours to use."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        if not (place / LOCK).exists() and any(place.iterdir()):
            return None
        return (place / LOCK).open("a", encoding="ascii")
    except OSError:
        return None


@contextmanager
def _one_at_a_time(lock: IO[str]) -> Iterator[None]:
    """Hold *lock*; where another start holds it, say so and wait."""
    with lock:
        if not _try_lock(lock):
            _say(_("Another start is preparing the libraries. Waiting for it..."))
            while not _try_lock(lock):
                time.sleep(0.2)
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(lock: IO[str]) -> bool:
        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(lock: IO[str]) -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _build(place: Path, what: str, lock: IO[str]) -> None:
    pins = Path(LISTS[what][0]).read_bytes()
    _announce(place, what, pins)
    _make_environment(place)
    _run_pip(place, what, lock)
    _check_imports(place, what)
    _write_stamp(place, pins)
    _say(_("Done."))


def _announce(place: Path, what: str, pins: bytes) -> None:
    _say(
        _(
            "Setting up: {count} libraries go into {place}\nThis is done once, and "
            "can take a few minutes."
        ).format(count=pins.count(b"=="), place=place)
    )
    if _wheelhouse():
        _say(_("They are taken from the folder wheels, not from the network."))
        return
    _say(
        _(
            "About {size} MB are fetched. Nothing else that the guide does uses the "
            "network."
        ).format(size=SIZE_IN_MB[what])
    )


def _make_environment(place: Path) -> None:
    """Leave a whole environment as it is; make any other anew."""
    stamp = place / STAMP
    running = Path(sys.prefix).resolve() == place.resolve()
    if stamp.exists() and Path(python_in(str(place))).exists() and not running:
        stamp.unlink()
        return
    stamp.unlink(missing_ok=True)
    for entry in place.iterdir():
        if entry.name == LOCK:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    # Debian ships without ensurepip, so the running Python's pip fills it.
    venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False).create(place)


def _run_pip(place: Path, what: str, lock: IO[str]) -> None:
    log = place / LOG
    with log.open("wb") as output:
        # The child holds the lock too: kill this process alone and pip lives on.
        status = subprocess.run(  # noqa: S603  our own words, no shell
            _pip_command(place, what),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=_pip_environment(),
            pass_fds=() if os.name == "nt" else (lock.fileno(),),
            check=False,
        ).returncode
    if status:
        raise _why(log, what)
    log.unlink()


def _pip_command(place: Path, what: str) -> list[str]:
    base: str = getattr(sys, "_base_executable", sys.executable)
    python = sys.executable if find_spec("pip") else base
    offline = ["--no-index", "--find-links", _wheelhouse()] if _wheelhouse() else []
    return [
        *(python, "-m", "pip", "--python", python_in(str(place)), "install"),
        *("-q", "--no-input", "--disable-pip-version-check", "--retries", "2"),
        *("--no-user", "--no-deps", "--require-hashes", "--only-binary", ":all:"),
        *("--compile", *offline, "-r", LISTS[what][0]),
    ]


def _pip_environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PIP_") or name in _KEPT_PIP_SETTINGS
    } | {"PIP_REQUIRE_VIRTUALENV": "0"}


def _wheelhouse() -> str:
    folder = Path(ROOT, "wheels")
    return str(folder) if folder.is_dir() else ""


def _why(log: Path, what: str) -> SetUpError:
    """What the reader can do about it, from what pip wrote in *log*."""
    said = log.read_text(encoding="utf-8", errors="replace")
    if "No module named pip" in said:
        return SetUpError(
            _("This Python has no pip, which fetches the libraries."),
            _(
                "On Debian or Ubuntu run: sudo apt install python3-pip\n"
                "Elsewhere run: python3 -m ensurepip --user\nThen start again."
            ),
        )
    if "DO NOT MATCH THE HASHES" in said:
        return SetUpError(
            _("What came is not what the list expects, so it was not installed."),
            _("Start again on another network. If it happens again, do not go on."),
        )
    if "No space left" in said:
        return NotWrittenError()
    return SetUpError(
        _("The libraries could not be fetched. Nothing else was changed."),
        _(
            "If there is a network, check it and start again. If there is none, go to\n"
            "a computer like this one, with the same Python, and in this folder run\n"
            "    python3 -m pip download -r {pins} -d wheels\n"
            "Bring the folder wheels here, beside pyproject.toml, and start again.\n"
            "What pip said is in {log}"
        ).format(pins=Path(LISTS[what][0]).relative_to(ROOT).as_posix(), log=log),
    )


def _check_imports(place: Path, what: str) -> None:
    """Refuse an environment that would send the reader here again."""
    look = "import sys, importlib.util as u; sys.exit(not all(map(u.find_spec, {})))"
    command = [python_in(str(place)), "-c", look.format(IMPORTS[what])]
    if subprocess.run(command, check=False).returncode:  # noqa: S603  our own words
        raise SetUpError(
            _("The libraries were fetched, but this Python cannot find them."),
            _("Look for a setting of pip that moves them, such as a target folder."),
        )


def _write_stamp(place: Path, pins: bytes) -> None:
    """All of it or nothing, whatever happens meanwhile."""
    part = place / (STAMP + ".part")
    part.write_bytes(pins)
    part.replace(place / STAMP)


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()
