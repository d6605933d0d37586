"""Promise: what is installed is what was tested, on every computer.

The two lists come from `pyproject.toml`; these tests fail until they agree again.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.markers import Marker

from guide.bootstrap import IMPORTS, LISTS, ROOT


def _pins(what: str) -> dict[str, str]:
    """Each pinned library, with its version, platforms and hashes."""
    text = Path(LISTS[what][0]).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)(==.*(?:\n .*)*)", text, re.MULTILINE))


def _where(pin: str) -> frozenset[tuple[str, str]]:
    """On which Pythons and systems a library is installed."""
    condition = pin.partition("\n")[0].rstrip("\\ ").partition(";")[2].strip()
    return frozenset(
        (python, system)
        for python in ("3.11", "3.12", "3.13", "3.14", "3.15")
        for system in ("linux", "darwin", "win32")
        if not condition or Marker(condition).evaluate(_computer(python, system))
    )


def _computer(python: str, system: str) -> dict[str, str]:
    full = f"{python}.1"
    return {
        "python_version": python,
        "python_full_version": full,
        "implementation_version": full,
        "sys_platform": system,
        "platform_system": {"win32": "Windows", "darwin": "Darwin"}.get(
            system, "Linux"
        ),
        "os_name": "nt" if system == "win32" else "posix",
    }


def _exactly(pin: str) -> tuple[str, frozenset[str]]:
    """The version, and the hashes of its files."""
    return re.split(r"[ ;\\]", pin)[0], frozenset(re.findall(r"sha256:\w+", pin))


def test_the_test_list_holds_the_whole_of_the_other() -> None:
    """One environment serves both, so they must not disagree."""
    guide, tests = _pins("guide"), _pins("tests")
    assert guide
    for name, pin in guide.items():
        assert _exactly(pin) == _exactly(tests[name])
        assert _where(pin) <= _where(tests[name]), name


def test_every_pin_has_a_hash_and_no_address() -> None:
    """pip takes a list either all with hashes or not at all."""
    for pin in _pins("tests").values():
        assert "--hash=sha256:" in pin
        assert "//" not in pin


@pytest.mark.parametrize("what", ["guide", "tests"])
def test_every_named_library_is_pinned_and_looked_for(what: str) -> None:
    """A library added to pyproject.toml alone would be missing at the next start."""
    project = tomllib.loads(Path(ROOT, "pyproject.toml").read_text(encoding="utf-8"))[
        "project"
    ]
    named = project["dependencies"]
    if what == "tests":
        named += project["optional-dependencies"]["test"]
    names = {re.split(r"[^\w.-]", line)[0].lower() for line in named}
    assert names <= _pins(what).keys()
    found = {
        owner.lower().replace("_", "-")
        for module, owners in packages_distributions().items()
        if module in IMPORTS[what]
        for owner in owners
    }
    only_for_mypy = {"types-pyyaml"}
    assert names - only_for_mypy <= found
