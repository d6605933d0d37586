"""Promise: what is installed is what was tested, on every computer.

The two lists come from `pyproject.toml`; these tests fail until they agree again.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from guide.bootstrap import IMPORTS, LISTS, ROOT


def _pins(what: str) -> dict[str, str]:
    """Each pinned library, with its version, platforms and hashes."""
    text = Path(LISTS[what][0]).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)(==.*(?:\n .*)*)", text, re.MULTILINE))


def test_the_test_list_holds_the_whole_of_the_other() -> None:
    """One environment serves both, so they must not disagree."""
    assert _pins("guide")
    assert _pins("guide").items() <= _pins("tests").items()


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
