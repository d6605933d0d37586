"""Whatever stands in a zip or in a text of a pack: an answer, and never a traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guide.library.packs.about import about, at_its_top
from guide.library.packs.opening import OpenPack, open_pack
from guide.library.packs.walking import walk
from guide.library.packs.zipped import checked_zip
from guide.model.problems import GuideError
from tests.promises.hostile_packs import raw_zip, sound
from tests.unit.small_packs import OWN, UMBRELLA, as_folder

MANY, LONG = 150, 20_000
_TOKENS = (
    *("---\n", "index: ", "title: ", "list:\n", "- check: ", "- label: ", "screens:\n"),
    *("  items:\n", "  - name: x\n", "    type: label\n", "&a ", "*a", "<<: ", "!!x "),
    *(
        "{",
        "}",
        "[",
        "]",
        ": ",
        "'",
        '"',
        "\\",
        "\n",
        "\t",
        "\r",
        "\0",
        "\x1b",
        "\u202e",
    ),
    *("é", "\u202e"),
    *("![", "](", ")", "umbrella://", "../", "# ", "```", "> ", "|", "<!--", "&#27;"),
    *("::: when a is b\n", "::: data x\n", "{#a", " when=", "- [ ] ", "漢", "1"),
)
TEXTS = st.lists(st.sampled_from(_TOKENS) | st.text(max_size=5), max_size=40).map(
    "".join
)
FUZZED = ("s_x.md", "c_x.yml", ".category.yml")


def survives(data: bytes) -> None:
    """The zip is opened and walked through, or refused in words."""
    try:
        tree = at_its_top(checked_zip(io.BytesIO(data), len(data), "x"))
        walk(OpenPack(tree=tree, about=about(tree)))
    except GuideError as error:
        assert error.what
        assert error.next_step


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return raw_zip(tmp_path_factory.mktemp("zip") / "x.zip", sound()).read_bytes()


_CHANGES = st.lists(
    st.tuples(
        st.integers(0, 2_000),
        st.sampled_from(["set", "cut", "put"]),
        st.binary(max_size=6),
    ),
    min_size=1,
    max_size=6,
)


def _changed(data: bytes, changed: list[tuple[int, str, bytes]]) -> bytes:
    for place, how, new in changed:
        at = place % max(len(data), 1)
        end = at if how == "put" else at + max(len(new), 1)
        data = data[:at] + (b"" if how == "cut" else new) + data[end:]
    return data


@settings(max_examples=MANY, deadline=None)
@given(changed=_CHANGES)
def test_a_changed_zip(good: bytes, changed: list[tuple[int, str, bytes]]) -> None:
    survives(_changed(good, changed))


@pytest.mark.long
@settings(max_examples=LONG, deadline=None)
@given(changed=_CHANGES)
def test_many_changed_zips(good: bytes, changed: list[tuple[int, str, bytes]]) -> None:
    survives(_changed(good, changed))


@settings(max_examples=MANY, deadline=None)
@given(data=st.binary(max_size=400))
def test_bytes_that_are_no_zip(data: bytes) -> None:
    survives(data)
    survives(b"PK\x03\x04" + data + b"PK\x05\x06" + data[:18].ljust(18, b"\0"))


@settings(max_examples=MANY, deadline=None)
@given(names=st.lists(st.text(max_size=30), max_size=6, unique=True))
def test_any_names_in_a_zip(names: list[str]) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("en/mail/s_x.md", "x")
        for name in names:
            try:
                archive.writestr(f"en/{name}", "x")
            except ValueError:  # zipfile does not write all of them
                return
    survives(made.getvalue())


@settings(
    max_examples=MANY,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=TEXTS, toml=TEXTS)
def test_any_text_in_any_file(tmp_path: Path, text: str, toml: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    texts = {f"en/mail/{name}": data for name in FUZZED}
    forms = {"en/forms/f_x.yml": data}
    page = {"en/learn/l-x.md": data, "pack.toml": toml.encode("utf-8", "replace")}
    for number, files in enumerate(({**UMBRELLA, **texts, **forms}, {**OWN, **page})):
        opened = open_pack(as_folder(tmp_path / str(number), files))
        assert walk(opened).failed == []
        assert all(str(finding) for finding in opened.findings())
