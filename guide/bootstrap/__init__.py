"""Makes sure that the libraries are there, then gets out of the way.

Where they can be imported this costs a few look-ups. Elsewhere, and only in a
checkout, it starts again in an environment that holds exactly the pinned list;
`guide.bootstrap.install` makes that environment once, and says so.

Any Python 3 must be able to read this file, so that an old one gets a sentence
and not a ``SyntaxError``: no ``__future__``, no new syntax, quoted annotations.
Nothing is imported here that Python has not loaded already to run ``-m``.
"""

# Importing pathlib would cost more than all of this.
# ruff: noqa: PTH100, PTH110, PTH111, PTH118, PTH120, PTH123

import os
import sys
from importlib.util import find_spec

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STAMP = "guide-pins.txt"

_GUIDE_LIST = os.path.join(ROOT, "guide", "requirements.txt")
_TESTS_LIST = os.path.join(ROOT, "tests", "requirements.txt")
_GUIDE_IMPORTS = (
    "textual",
    "apsw",
    "typst",
    "docx",
    "publicsuffixlist",
    "pyrage",
    "cryptography",
    "xkcdpass",
    "platformdirs",
    "jinja2",
    "yaml",
    "click",
    "PIL",
    "keyring",
    "rfc3161_client",
)
_TESTS_IMPORTS = (
    "pytest",
    "pytest_asyncio",
    "xdist",
    "hypothesis",
    "syrupy",
    "pexpect",
    "pyte",
    "coverage",
    "pypdf",
    "textstat",
    "sievelib",
    "bagit",
    "setuptools",
    "babel",
    "hatchling",
    "ruff",
    "mypy",
    "importlinter",
)
IMPORTS = {"guide": _GUIDE_IMPORTS, "tests": _GUIDE_IMPORTS + _TESTS_IMPORTS}
# The test list holds the whole of the other one, so it serves the guide as well.
LISTS = {"guide": (_GUIDE_LIST, _TESTS_LIST), "tests": (_TESTS_LIST,)}


def prepare(what: str) -> None:
    """Return only in a Python that has the libraries for *what*."""
    _refuse_old_python()
    if has_libraries(what) or not os.path.exists(os.path.join(ROOT, "pyproject.toml")):
        return
    for place in places():
        if is_ready(place, what):
            _start_again_in(place)
    from guide.bootstrap.install import install

    _start_again_in(install(what))


def has_libraries(what: str) -> bool:
    """Whether this Python can import everything that *what* needs."""
    return all(find_spec(name) is not None for name in IMPORTS[what])


def places() -> "list[str]":
    """Every folder where the environment may be, best first.

    The reader's own choice stands alone. A checkout that cannot be written to
    falls back to ``GUIDE_HOME``, or to this platform's folder for caches.
    """
    chosen = os.environ.get("GUIDE_VENV")
    if chosen:
        return [os.path.abspath(os.path.expanduser(chosen))]
    name = "venv" + "".join(c if c.isalnum() else "-" for c in ROOT)[-60:]
    return [os.path.join(ROOT, ".venv"), os.path.join(_cache_folder(), name)]


def is_ready(place: str, what: str) -> bool:
    """Whether the environment in *place* holds the pinned list, whole.

    The stamp is the list itself, written last. An environment that is running
    and yet lacks its libraries had its Python changed, and is not ready.
    """
    stamp = _bytes_of(os.path.join(place, STAMP))
    return (
        stamp != b""
        and any(stamp == _bytes_of(pins) for pins in LISTS[what])
        and os.path.exists(python_in(place))
        and os.path.realpath(place) != os.path.realpath(sys.prefix)
    )


def python_in(place: str) -> str:
    """The interpreter of the environment in *place*."""
    if os.name == "nt":
        return os.path.join(place, "Scripts", "python.exe")
    return os.path.join(place, "bin", "python")


def _refuse_old_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  an old Python has no pip to stop it
        # Not translated: an old Python cannot read guide.words.
        sys.exit(
            "The guide needs Python 3.11 or newer; this is Python {}.{}.\n"
            "Nothing was changed. Install a newer Python, then start the guide\n"
            "with it, for example: python3.12 -m guide".format(*sys.version_info[:2])
        )


def _cache_folder() -> str:
    # By hand only here: platformdirs is one of the libraries still missing.
    home = os.path.expanduser("~")
    if os.environ.get("GUIDE_HOME"):
        return os.path.abspath(os.path.expanduser(os.environ["GUIDE_HOME"]))
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(base, "guide")


def _bytes_of(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def _start_again_in(place: str) -> None:
    """Become the same command, in the Python of *place*."""
    command = [python_in(place), *sys.orig_argv[1:]]
    if os.name == "nt":  # execv there returns to the shell before the guide ends
        import subprocess

        sys.exit(subprocess.call(command))  # noqa: S603  our own words, no shell
    os.execv(command[0], command)  # noqa: S606  a shell is what must not be here
