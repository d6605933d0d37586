"""Small limits of the rooms: what is beyond them is said, and the rest still works."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guide.actions.evidence_words import captured_of, claims_of
from guide.files import MOST_TYPED, path_typed, paths_typed, read_start
from guide.filters.addresses import is_public
from guide.letters.templates import FieldValue, TemplateError, check_template, fill
from guide.library.entries import MOST_ENTRIES, Entry
from guide.library.keys import Keys
from guide.library.loader import MOST_FACTS, Shelf
from guide.library.markdown import blocks
from guide.library.pages import LONGEST_LINE, parse_page
from guide.library.reading import UnusableFileError, read_text, read_toml
from guide.model.problems import Finding, GuideError, UnreadableFileError
from guide.model.text import BlockKind
from guide.model.times import When
from guide.vault.changing import add_recovery
from guide.vault.key_file import KeyFile, key_file_bytes, parse_key_file
from guide.vault.keys import CHEAPEST, DESKTOP, Argon2Profile, Root
from guide.vault.opening import Way, fitting_slot
from guide.vault.problems import NoSuchSlotError
from guide.vault.slots import DEAREST, MOST_WORK, Slot, SlotKind, new_slot
from tests.vault.making import TYPED, made

VAULT_ID = "00112233445566778899aabbccddeeff"
SECRET = b"a secret of the reader"
ROOT = Root.new(VAULT_ID)


@pytest.mark.parametrize("typed", ["~\0", "a\0b", "x" * (MOST_TYPED + 1)])
def test_what_no_file_is_called_is_refused_in_words(typed: str) -> None:
    """It is not taken apart, and nothing is looked for."""
    with pytest.raises(UnreadableFileError, match="cannot be the name"):
        read_start(path_typed(typed), 10)
    with pytest.raises(UnreadableFileError, match="cannot be the name"):
        read_start(paths_typed(typed)[0], 10)


def test_a_domain_longer_than_any_is_everybodys() -> None:
    """So that no rule can hold it, and nothing is made of its parts."""
    assert is_public("a." * 50_000 + "example")
    assert not is_public("mail.example.com")


@pytest.mark.parametrize("said", ["[" * 60_000, "{", "[1, 2]", '["x", "y"]'])
def test_a_record_of_somebody_else_says_nothing(said: str) -> None:
    """What it claims is left out, and it can still be shown."""
    assert claims_of({"claims": said}) == ()
    assert captured_of({"captured": said}) == When()


def test_a_list_of_data_is_cut_and_said_to_be() -> None:
    """Whoever reads it has the first ones; whoever wrote it is told."""
    entry = Entry("x", {"line": [""] * (MOST_ENTRIES + 1)}, ("line",))
    assert len(entry.each("line")) == MOST_ENTRIES
    assert entry.faults == ["x: “line” holds more than 2,000. Shorten it."]


def test_many_unknown_keys_are_told_by_their_first() -> None:
    """A slip of the pen is found; a file that is nothing else costs no minutes."""
    values = {f"key{n}": n for n in range(40_000)}
    assert len(Entry("x", values, ("name",)).remarks) == 5
    findings: list[Finding] = []
    Keys({f"k{n}": "" for n in range(6_000)}, "x", "", ("title",), findings)
    assert len(findings) == 50


def test_a_long_line_is_no_option_and_said_to_be_none() -> None:
    """What it says stays in the text."""
    line = f"- [ ] {'a' * LONGEST_LINE} {{#a}}"
    page, findings = parse_page(
        f"---\ntitle: x\n---\n{line}\n- [ ] b {{#b}}",
        id_="x",
        chapter="",
        lang="en",
        path="x.md",
    )
    assert [task.id for task in page.tasks] == ["b"]
    assert page.body == line
    assert [(found.line, found.code) for found in findings] == [(4, "C007")]


def test_too_many_facts_are_none(tmp_path: Path) -> None:
    """A gate that follows from none of them stays closed."""
    home = tmp_path / "en" / "guide" / "1" / "home.md"
    home.parent.mkdir(parents=True)
    home.write_text("---\ntitle: x\n---\n")
    (tmp_path / "pack.toml").write_text('start = "home"\n')
    facts = tmp_path / "en" / "facts.toml"
    facts.write_text("".join(f'a{n} = "b"\n' for n in range(MOST_FACTS)))
    assert len(Shelf(tmp_path).library().derived) == MOST_FACTS
    facts.write_text("".join(f'a{n} = "b"\n' for n in range(MOST_FACTS + 1)))
    shelf = Shelf(tmp_path)
    assert not shelf.library().derived
    assert "more than 500 facts" in shelf.findings[0].what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("a" + ".a" * 33 + "=1", "more than 32 dots", id="dots"),
        pytest.param("a=" + "[" * 5_000, "too deep", id="deep"),
        pytest.param("a=" + "9" * 5_000, "too long", id="a long number"),
        pytest.param("a=", "not valid TOML", id="no TOML"),
    ],
)
def test_toml_that_is_refused(text: str, what: str) -> None:
    """In words for its author."""
    with pytest.raises(UnusableFileError, match=what):
        read_toml(text)


def test_lines_end_as_they_do_everywhere(tmp_path: Path) -> None:
    """A file from another system reads as it reads there."""
    file = tmp_path / "x"
    file.write_bytes("é\r\nb\rc\n".encode())
    assert read_text(file) == "é\nb\nc\n"


@pytest.mark.parametrize("more", ["*aa", "**aa", "aa", "a=aa"])
def test_a_filter_of_a_letter_is_given_nothing_more(more: str) -> None:
    """Not even by the forms that Jinja keeps apart from the plain ones."""
    with pytest.raises(TemplateError, match="no filter"):
        check_template(f"{{{{ aa|or_line({more}) }}}}", ["aa"], ["aa"])


@pytest.mark.parametrize("value", [True, ("2026-11-03", "x"), "", "soon"])
def test_what_is_no_day_is_written_as_it_stands(value: FieldValue) -> None:
    """An author's mistake is to be read in the letter; it ends nothing."""
    source = "{{ aa|long_date }}"
    check_template(source, ["aa"], [])
    assert fill(source, {"aa": value}) == str(value)


@pytest.mark.parametrize("deep", range(1, 60, 3))
def test_a_template_that_passes_can_be_filled(deep: int) -> None:
    """However deep: what would stop Python is refused before it is filled."""
    sources = (
        "{% if a %}" * deep + "x" + "{% endif %}" * deep,
        "{% if a %}{% else %}" * deep + "x" + "{% endif %}" * deep,
        "{{ a" + "|or_line" * deep + " }}",
        "{{ a" + " and a" * deep + " }}",
        "{{ " + "not " * deep + "a }}",
        "{% for b in c %}"
        + "{% if a %}" * deep
        + "{% endif %}" * deep
        + "{% endfor %}",
    )
    for source in sources:
        try:
            check_template(source, ["a"], ["c"])
        except TemplateError as error:
            assert error.what == "The template is nested too deeply."
            assert deep > 12
        else:
            fill(source, {"a": "x", "c": ("y", "z")})


def test_a_page_of_many_links_is_shown_as_it_stands() -> None:
    """As code, line by line; a page of fewer is read as Markdown."""
    many = blocks("[a](b) " * 4_001)
    assert [block.kind for block in many] == [BlockKind.CODE]
    assert blocks("[a](b) " * 300)[0].kind is BlockKind.PARAGRAPH


def _parsed(*slots: Slot) -> KeyFile:
    return parse_key_file(key_file_bytes(KeyFile(id=VAULT_ID, slots=slots)))


def _slot(profile: Argon2Profile, secret: bytes = SECRET) -> Slot:
    return new_slot(SlotKind.PASSPHRASE, secret, ROOT, profile)


def test_the_slots_of_a_file_have_one_budget() -> None:
    """What is beyond it opens nothing; what comes before and after still does."""
    dear = Argon2Profile(memory_kib=64 * 1024, passes=8, lanes=1)
    first, second, last = _slot(dear), _slot(dear, b"another"), _slot(CHEAPEST, b"last")
    assert first.work <= MOST_WORK < 2 * first.work
    keys = _parsed(first, second, last)
    assert [slot.kind is None for slot in keys.slots] == [False, True, False]
    assert [slot.damaged for slot in keys.slots] == [False, True, False]
    assert keys.slots[1].said == second.said  # it is kept as it was
    assert fitting_slot(keys, Way(SlotKind.PASSPHRASE, b"last"))[0] == last


def test_the_profile_of_the_guide_fits_four_times() -> None:
    """A passphrase, a recovery sheet, and the ones that take their place."""
    assert 4 * DESKTOP.memory_kib * DESKTOP.passes == MOST_WORK
    assert DESKTOP.memory_kib <= DEAREST.memory_kib <= 128 * 1024
    keys = _parsed(*[_slot(DESKTOP)] * 4)
    assert not keys.damaged
    with pytest.raises(GuideError):
        fitting_slot(keys, Way(SlotKind.PASSPHRASE, b"a wrong one"))


def test_a_way_in_that_is_too_dear_is_not_added(tmp_path: Path) -> None:
    """Written, it would open nothing: so nothing is written."""
    dear = Argon2Profile(memory_kib=64 * 1024, passes=13, lanes=4)
    assert dear.memory_kib * dear.passes > MOST_WORK
    with made(tmp_path / "vault", TYPED) as vault:
        before = (vault.folder / "vault.json").read_bytes()
        with pytest.raises(NoSuchSlotError):
            add_recovery(vault, TYPED, profile=dear)
        assert (vault.folder / "vault.json").read_bytes() == before


def test_a_key_file_is_what_json_says() -> None:
    """The budget changes nothing of what is written back."""
    dear = _slot(Argon2Profile(memory_kib=64 * 1024, passes=8, lanes=1))
    file = key_file_bytes(KeyFile(id=VAULT_ID, slots=(dear,) * 3))
    assert json.loads(key_file_bytes(parse_key_file(file))) == json.loads(file)
