"""``python3 -m tests``: every check of this project, in one command.

All of them run, whatever fails on the way; the last line printed is the count
of tests. What follows on the command line goes to pytest.
Like `guide.bootstrap`, any Python 3 must be able to read this file.
"""

import os
import subprocess
import sys

from guide.bootstrap import ROOT, prepare

_PYTHON = (sys.executable, "-m")
_LINT_IMPORTS = (
    "import sys; from importlinter.cli import lint_imports_command as f; f()"
)
_CHECKS = (
    ("ruff check", (*_PYTHON, "ruff", "check")),
    ("ruff format", (*_PYTHON, "ruff", "format", "--check")),
    ("mypy", (*_PYTHON, "mypy")),
    ("lint-imports", (sys.executable, "-c", _LINT_IMPORTS)),
    ("guide check", (*_PYTHON, "guide", "check")),
)
# Many tests wait for a terminal, so three at once fill two processors.
_PYTEST = (*_PYTHON, "pytest", "-q", "-n", "3", "-m", "not long")
_NOT_TIMED = ("--ignore", os.path.join("tests", "bench"))  # noqa: PTH118  as in bootstrap


def main() -> int:
    """Run every check, then the tests; 0 only if nothing failed."""
    passed = [_passes(name, command) for name, command in _CHECKS]
    status = subprocess.call((*_PYTEST, *_NOT_TIMED, *sys.argv[1:]), cwd=ROOT)
    if status not in {0, 1}:  # pytest itself broke, and counted nothing
        sys.stdout.write("0 passed, 1 failed\n")
    return 0 if all(passed) and status == 0 else 1


def _passes(name: str, command: "tuple[str, ...]") -> bool:
    """Run one check and say how it went, with its words only if it failed."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    words = "" if done.returncode == 0 else done.stdout.decode(errors="replace")
    outcome = "failed" if done.returncode else "passed"
    sys.stdout.write("{}: {}\n{}".format(name, outcome, words))  # noqa: UP032  old Python
    sys.stdout.flush()
    return done.returncode == 0


if __name__ == "__main__":
    prepare("tests")
    sys.exit(main())
