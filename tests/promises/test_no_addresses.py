"""Promise: nothing here sends an install anywhere, or tells where it was made.

Where libraries come from is the choice of whoever installs them. Known by shape,
so that this file names no address either.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MIRROR = "https://mirror.example"
SHAPES = re.compile(
    rb"""
      https?://[^\s"'<>)]+ (?: \.whl | \.tar\.gz | /simple (?![\w-]) )
    | https?://files\.
    | ^\s* (?: --? )? (?: extra- )? index-url \b
    | ^\s* (?: --? )? (?: i | f | find-links ) [ =]+ https?:
    | (?<![\w.~-]) / (?: home | Users | root ) / [\w.-]+ /
    """,
    re.VERBOSE | re.MULTILINE,
)


def _tracked() -> list[str]:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return [name for name in listed.stdout.decode().split("\0") if name]


def test_no_tracked_file_holds_an_index_or_package_address() -> None:
    """The pinned lists name versions and hashes, and nothing names a place."""
    found = [
        f"{name}: {match.group().decode(errors='replace').strip()}"
        for name in _tracked()
        if (ROOT / name).is_file()
        for match in SHAPES.finditer((ROOT / name).read_bytes())
    ]
    assert not found


def test_no_lock_file_is_tracked() -> None:
    """uv writes the address of its index into every line of that file."""
    assert "uv.lock" not in {Path(name).name for name in _tracked()}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"{MIRROR}/a/b-1.0.tar.gz", id="sdist"),
        pytest.param(f"{MIRROR}/b-1.0-py3-none-any.whl#x", id="wheel"),
        pytest.param(f"{MIRROR}/simple/", id="index"),
        pytest.param(MIRROR.replace("mirror", "files.mirror"), id="files host"),
        pytest.param("--index-url x", id="option"),
        pytest.param("extra-index-url = x", id="setting"),
        pytest.param(f"-i {MIRROR}", id="short option"),
        pytest.param("open('/{}/reader/guide/x')".format("home"), id="home folder"),
        pytest.param("/{}/reader/guide".format("Users"), id="mac home folder"),
    ],
)
def test_the_shapes_are_seen(line: str) -> None:
    """A check that sees nothing would pass for ever."""
    assert SHAPES.search(b"first line\n" + line.encode())


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("https://www.example.org/a/page", id="a source"),
        pytest.param(f"{MIRROR}/simple-steps", id="a longer word"),
        pytest.param("~/.cache/guide", id="no one's home"),
    ],
)
def test_sources_of_facts_are_left_alone(line: str) -> None:
    """Pages cite where a fact comes from; that is not where code comes from."""
    assert not SHAPES.search(line.encode())
