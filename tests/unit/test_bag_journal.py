"""The journal in a bag: whoever gets it can check it, and sees what was changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from guide.export.bag import journal
from guide.export.bag.pieces import Bag, Piece
from guide.export.bag.problems import PieceChangedError
from tests.unit.bag_samples import bag_with_journal, is_valid, verified, written
from tests.vault.keeping import journal_of, reopened

NAME = "journal.jsonl"
needs_openssl = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="needs openssl to look at signatures"
)


def with_journal(bag: Bag, data: bytes) -> Bag:
    """The same bag, made anew around another journal: its lists are all right."""
    pieces = [x for x in bag.pieces if x.name != NAME]
    return replace(bag, pieces=(*pieces, Piece.of(NAME, data)))


def lines_of(bag: Bag) -> list[bytes]:
    whole = bytearray()
    next(x for x in bag.pieces if x.name == NAME).pour(whole.extend)
    return bytes(whole).splitlines(keepends=True)


def test_each_line_is_json_and_holds_the_very_bytes_of_the_entry(
    tmp_path: Path,
) -> None:
    lines = lines_of(bag_with_journal(tmp_path / "vault"))
    with reopened(tmp_path / "vault") as vault:
        entries = list(journal_of(vault).lines())
    assert len(lines) == len(entries)
    for line, (body, digest, signature) in zip(lines, entries, strict=True):
        read = json.loads(line)
        assert read["entry"] == json.loads(body)
        assert body in line
        assert bytes.fromhex(read["hash"]) == digest
        assert bytes.fromhex(read["signature"]) == signature


@needs_openssl
def test_the_head_and_every_signature_are_confirmed(tmp_path: Path) -> None:
    bag = bag_with_journal(tmp_path / "vault")
    written(bag, tmp_path / "bag")
    typed = ["--head", bag.head.upper().replace(" ", "  "), "--key", bag.public_key]
    said = verified(tmp_path / "bag", *typed, "--every")
    assert said.returncode == 0, said.stdout
    assert "confirmed: 4" in said.stdout
    assert bag.head in said.stdout
    assert bag.public_key in said.stdout


def test_without_openssl_it_says_so_and_the_rest_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(bag_with_journal(tmp_path / "vault"), tmp_path / "bag")
    monkeypatch.setenv("PATH", str(tmp_path))
    said = verified(tmp_path / "bag")
    assert said.returncode == 0
    assert "signatures were not checked" in said.stdout


@pytest.mark.parametrize("option", ["--head", "--key"])
def test_another_head_or_key_on_paper_is_found(tmp_path: Path, option: str) -> None:
    bag = bag_with_journal(tmp_path / "vault")
    written(bag, tmp_path / "bag")
    right = bag.head if option == "--head" else bag.public_key
    wrong = right.replace(right[-1], "0" if right[-1] != "0" else "1")
    said = verified(tmp_path / "bag", option, wrong)
    assert said.returncode == 1
    assert "not the same" in said.stdout


def test_a_head_on_paper_and_no_journal_in_the_bag_is_found(tmp_path: Path) -> None:
    bag = bag_with_journal(tmp_path / "vault")
    bare = replace(bag, pieces=bag.pieces[:2], head="", public_key="")
    written(bare, tmp_path / "bag")
    assert verified(tmp_path / "bag").returncode == 0
    assert verified(tmp_path / "bag", "--head", bag.head).returncode == 1


def test_a_bag_may_name_the_head_of_a_journal_that_stays_behind(
    tmp_path: Path,
) -> None:
    """An employer gets no journal, but its head shows that there was one."""
    bag = bag_with_journal(tmp_path / "vault")
    bare = replace(bag, pieces=bag.pieces[:2])
    written(bare, tmp_path / "bag")
    said = verified(tmp_path / "bag", "--head", bag.head)
    assert said.returncode == 0, said.stdout
    assert bag.head in said.stdout
    assert "not in this bag" in (tmp_path / "bag" / "README.txt").read_text("utf-8")
    other = bag.head.replace("4:", "5:")
    assert verified(tmp_path / "bag", "--head", other).returncode == 1


def test_a_journal_that_was_changed_is_found_though_every_list_is_right(
    tmp_path: Path,
) -> None:
    """Somebody changed the bag and made all its lists again."""
    bag = bag_with_journal(tmp_path / "vault")
    first, second, third, last = lines_of(bag)
    forged = {
        "an entry changed": [first, second.replace(b'"n":1', b'"n":7'), third, last],
        "an entry gone": [first, third, last],
        "the first gone": [second, third, last],
        "the last gone": [first, second, third],
        "two swapped": [first, third, second, last],
        "one twice": [first, second, second, third, last],
        "all gone": [],
        "half a line": [first, second, third, last[:-9]],
        "no entries": [b"{}\n"],
    }
    for name, lines in forged.items():
        target = tmp_path / name
        written(with_journal(bag, b"".join(lines)), target)
        assert is_valid(target)
        said = verified(target)
        assert said.returncode == 1, name
        assert said.stderr == "", name


@needs_openssl
def test_a_chain_that_was_made_anew_is_not_signed(tmp_path: Path) -> None:
    """Hashes anyone can make; signatures not, and the head on paper is another."""
    bag = bag_with_journal(tmp_path / "vault")
    last, lines = bytes(32), []
    for line in lines_of(bag):
        body = line[line.index(b',"entry":') + 9 : -2].replace(b'"n":1', b'"n":7')
        last = hashlib.sha256(b"guide/log/1\0" + last + body).digest()
        lines.append((body, last, bytes.fromhex(json.loads(line)["signature"])))
    digits = last.hex()
    head = "4: " + " ".join(digits[n : n + 4] for n in range(0, 64, 4))
    pieces = journal.pieces(lines, head, bag.public_key)
    kept = [x for x in bag.pieces if not x.name.startswith("journal")]
    forged = replace(bag, pieces=(*kept, *pieces), head=head)
    written(forged, tmp_path / "bag")
    said = verified(tmp_path / "bag")
    assert said.returncode == 1
    assert "A signature is not right" in said.stdout


@pytest.mark.parametrize(
    ("body", "digest", "signature"),
    [
        pytest.param(b'{"a":\n1}', bytes(32), bytes(64), id="a line break"),
        pytest.param(b'{"a":\r1}', bytes(32), bytes(64), id="a return"),
        pytest.param(b"a", bytes(32), bytes(64), id="no object"),
        pytest.param(b"{}", bytes(31), bytes(64), id="a short hash"),
        pytest.param(b"{}", bytes(32), bytes(63), id="a short signature"),
    ],
)
def test_an_entry_that_cannot_be_one_is_refused(
    body: bytes, digest: bytes, signature: bytes
) -> None:
    with pytest.raises(PieceChangedError):
        journal.pieces([(body, digest, signature)], "1: ", "")


def test_a_journal_without_entries_has_a_head_of_zeros(tmp_path: Path) -> None:
    written(bag_with_journal(tmp_path / "vault", entries=0), tmp_path / "bag")
    said = verified(tmp_path / "bag")
    assert said.returncode == 0, said.stdout
    assert "0: 0000 0000" in said.stdout
