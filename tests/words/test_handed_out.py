"""What leaves the guide is in its language: the check of a bag, tables, dates, keys."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest

from guide.actions.case_choice import Choice
from guide.actions.handing_over import case_for
from guide.actions.mail_table import as_csv
from guide.actions.vault_facts import size_in_words
from guide.export.bag import verify
from guide.export.book.printing import moment, size_of
from guide.export.tables import log_csv, log_json
from guide.letters.templates import TemplateError, check_template
from guide.mail.desks import desk_problems
from guide.mail.registries import registry_problems
from guide.model.case import Recipient
from guide.model.telling import (
    long_day,
    one_decimal,
    short_months,
    the_month,
    whole_number,
)
from guide.model.trace import MailTable
from guide.words import speak
from tests.tui.screens import fresh_desk, real_library
from tests.unit.bag_samples import bag_with_journal, is_valid, verified, written
from tests.unit.case_reading import made
from tests.unit.case_samples import WHOLE
from tests.unit.test_case_tables import with_account
from tests.vault.keeping_desk import kept_at
from tests.words.pseudo import BEGINS, LANGUAGE, catalogue, pseudo, spoken, write

SHIPPED = Path(verify.__file__)
# The names of files in the bag, and how a hash and a head are written.
NAMES = re.compile(r"'data/[\w./-]+'|\b[0-9a-f]{4}\b|\b[0-9a-f]{64}\b|tmp\S*")
COMMANDS = re.compile(r"verify\.py|--?\w+|HEAD|KEY|folder")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("locale")
    write(place, catalogue())
    return place


@pytest.fixture
def foreign(folder: Path) -> Iterator[None]:
    with spoken(folder):
        yield


@pytest.fixture(scope="module")
def bag(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bag that was written in the pseudo-language."""
    place = tmp_path_factory.mktemp("handed")
    with spoken(folder):
        written(bag_with_journal(place / "vault"), place / "bag")
    return place / "bag"


def plain(said: str, known: re.Pattern[str] = NAMES) -> list[str]:
    """Every word of *said* in plain letters that is nothing's name."""
    return re.findall(r"[A-Za-z]+", known.sub("", said))


def test_a_whole_bag_is_called_whole_in_its_own_language(bag: Path) -> None:
    said = verified(bag)
    assert (said.returncode, said.stderr) == (0, "")
    assert pseudo(verify.SENTENCES["good"]) in said.stdout
    assert len(said.stdout.splitlines()) > 5
    assert not plain(said.stdout)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("data/originals/E-002.eml", "changed"),
        ("data/journal.jsonl", "entry"),
        ("bagit.txt", "bagit"),
    ],
)
def test_a_flipped_byte_is_told_in_its_own_language(
    bag: Path, name: str, sentence: str
) -> None:
    file = bag / name
    whole = file.read_bytes()
    file.write_bytes(whole[:30] + bytes([whole[30] ^ 1]) + whole[31:])
    try:
        said = verified(bag)
    finally:
        file.write_bytes(whole)
    assert (said.returncode, said.stderr) == (1, "")
    assert pseudo(verify.SENTENCES[sentence]).partition("{")[0] in said.stdout
    assert pseudo(verify.SENTENCES["bad"]).partition("{")[0] in said.stdout
    assert not plain(said.stdout.replace("'bagit.txt'", ""))


def test_how_to_use_it_is_told_in_its_own_language(bag: Path) -> None:
    said = verified(bag, "--help")
    assert said.returncode == 0
    assert pseudo("show this help message and exit")[:9] in said.stdout
    assert not plain(said.stdout, COMMANDS)


def test_the_lists_of_a_bag_know_the_translated_check(bag: Path) -> None:
    data = (bag / "verify.py").read_bytes()
    assert data != SHIPPED.read_bytes()
    assert sha256(data).hexdigest() in (bag / "tagmanifest-sha256.txt").read_text()
    assert is_valid(bag)


def test_in_english_the_check_is_the_shipped_one(tmp_path: Path) -> None:
    written(bag_with_journal(tmp_path / "vault"), tmp_path / "bag")
    assert (tmp_path / "bag" / "verify.py").read_bytes() == SHIPPED.read_bytes()


def test_only_the_table_of_the_check_differs(bag: Path) -> None:
    """And it is nothing but text: no translation can become a part of the program."""
    texts = [bag.joinpath("verify.py").read_text("utf-8"), SHIPPED.read_text("utf-8")]
    table = re.compile(r"^SENTENCES = ({\n.*?^}\n)", re.DOTALL | re.MULTILINE)
    ours, shipped = (table.sub("", text) for text in texts)
    assert ours == shipped
    found = table.search(texts[0])
    lines = found[1].splitlines() if found else []
    one = re.compile(r"    '[a-z ]+': (?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"),")
    assert [line for line in lines if not one.fullmatch(line)] == ["{", "}"]
    assert len(lines) == len(verify.SENTENCES) + 2


@pytest.mark.parametrize("said", ['"\nraise SystemExit("', "\\", "'", '"', "\u202e"])
def test_no_translation_leaves_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    made = catalogue()
    for message in made:
        if message.id == verify.SENTENCES["good"]:
            message.string = said
    write(tmp_path / "locale", made)
    with spoken(tmp_path / "locale"):
        written(bag_with_journal(tmp_path / "vault"), tmp_path / "bag")
    ended = verified(tmp_path / "bag")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.endswith(f"{said}\n")


def test_every_sentence_of_the_check_is_said_somewhere() -> None:
    """One that is missing in the table would end a check that found a fault."""
    text = SHIPPED.read_text("utf-8")
    said = re.findall(r'(?:say|fault)\("([a-z ]+)"|SENTENCES\["([a-z ]+)"\]', text)
    about = {"about", "run", "files", "journal", "signatures"}
    assert {*filter(None, sum(said, ())), *about} == verify.SENTENCES.keys()


def test_a_letter_that_cannot_be_shown_does_not_end_the_check(bag: Path) -> None:
    """Where a terminal has few letters, as some have on Windows."""
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-X", "utf8=0", str(bag / "verify.py")],
        capture_output=True,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.isascii()
    assert rb"\u27e6" in ended.stdout


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_columns_of_the_log_are_translated(foreign: None) -> None:
    """So are the words that a record chooses from, and the name of a changed cell."""
    head, *told = rows(log_csv(WHOLE))
    assert len(told) == len(WHOLE.incidents)
    assert not [name for name in head if plain(name) or name.split() != [name]]
    assert len({*head}) == len(head) == 21
    chosen = {row[at] for row in told for at in (4, 17, 18)} - {""}
    assert chosen
    assert not [word for word in chosen if plain(word)]
    ((_head, row)) = rows(log_csv(with_account("=1+1")))
    assert row[head.index("_".join(pseudo("what_happened").split()))] == "'=1+1"
    assert row[-1] == "_".join(pseudo("what_happened").split())


def test_programs_read_the_same_keys_in_every_language(foreign: None) -> None:
    told = json.loads(log_json(WHOLE))
    assert {"form", "title", "incidents", "exhibits"} <= told.keys()
    first = told["incidents"][0]
    assert {"label", "what_happened", "after_notice"} <= first.keys()
    assert first["precision"] in ("exact", "about", "range", "unknown")


def test_the_columns_of_the_table_of_senders_are_translated(foreign: None) -> None:
    ((head),) = rows(as_csv(MailTable(rows=(), messages=0)))
    assert len(head) == 7
    assert not [name for name in head if plain(name)]


def test_the_dates_of_a_book_are_in_its_language(foreign: None) -> None:
    """The case itself may have others: what was told stays as it was told."""
    page = unescape(made(WHOLE, "html").decode())
    day = WHOLE.made_at.date()
    assert moment(WHOLE.made_at) in page
    assert pseudo("Made on {day}").format(day=long_day(day)) in page
    assert the_month(WHOLE.marks[0].at.date()) in page
    assert not plain(moment(WHOLE.made_at), re.compile("UTC"))
    assert f">{short_months()[WHOLE.marks[0].at.month - 1]}<" in page


@pytest.mark.parametrize(
    ("sample", "thousand", "half", "whole"),
    [
        pytest.param("1,5", "1.000", "2,5", "1.234.567", id="German"),
        pytest.param("1,5", "1\u202f000", "2,5", "1\u202f234\u202f567", id="French"),
        pytest.param("1.5", "1000", "2.5", "1234567", id="none"),
        pytest.param("15", "one thousand", "2.5", "1,234,567", id="no samples"),
        pytest.param("1.25", "1,5", "2.5", "1,234,567", id="others"),
    ],
)
def test_numbers_have_the_signs_of_the_language(
    tmp_path: Path, sample: str, thousand: str, half: str, whole: str
) -> None:
    """One that is no number never changes one."""
    made = catalogue()
    for message in made:
        said = {"1.5": sample, "1,000": thousand, "{size} kB": "{size} Ko"}
        if message.id in said:
            message.string = said[str(message.id)]
    write(tmp_path, made)
    with spoken(tmp_path):
        assert (one_decimal(2.5), whole_number(1234567)) == (half, whole)
        assert size_in_words(2500) == f"{half} Ko"
        assert whole in size_of(1234567)
    speak()
    assert (one_decimal(2.5), size_of(1234567)) == ("2.5", "1,234,567 bytes")


def test_what_is_wrong_in_a_table_of_desks_is_translated(foreign: None) -> None:
    keys = {"nome": "x", "email": 1, "domains": 1, "networks": ["-"], "form": "x"}
    wrong: dict[str, object] = {"x": 1, "desk": [keys, {"confidence": "medium"}]}
    twice = {"name": "A", "source": "s", "checked": "2026-11", "confidence": "high"}
    twice |= {"email": "abuse@example.com"}
    both = [{**twice, "domains": ["example.com"]} for _number in range(2)]
    told = (*desk_problems(wrong), *desk_problems({}), *desk_problems({"desk": both}))
    lines = {"ipv4": ["x"], "ipv6": ["x"], "nome": "x"}
    told += registry_problems({"x": 1, "registry": [lines]}) + registry_problems({})
    assert len(told) > 20
    for each in told:
        assert BEGINS in each
        assert not plain(re.sub(r"'[\w.-]*'|^A: |example\.com| A", "", each)), each


@pytest.mark.parametrize(
    "source",
    [
        *("{{ x }}", "{{ a|upper }}", "{{ 10 ** 9 }}", "{{ 7 }}", "{% if a < '' %}"),
        *("x" * 20_001, "{% for x in a %}{% endfor %}", "{{ " + "not " * 60 + "a }}"),
        *("{{ a }}" * 2000, "{% set b = a %}"),
    ],
)
def test_what_is_wrong_in_a_letter_is_translated(foreign: None, source: str) -> None:
    whole = f"{source}x{{% endif %}}" if source.startswith("{% if") else source
    with pytest.raises(TemplateError) as caught:
        check_template(whole, ["a"], [])
    assert not plain(caught.value.what, re.compile(r"'\w+'"))


@pytest.mark.usefixtures("foreign")
def test_the_case_says_which_language_its_words_are_in(tmp_path: Path) -> None:
    desk = kept_at(fresh_desk(real_library()), tmp_path / "vault")
    case = case_for(desk, Choice(recipient=Recipient.LAWYER))
    desk.close()
    assert case.lang == LANGUAGE
