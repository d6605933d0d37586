"""What damage and malice do to a document that was whole.

Every change asks ``choose`` where and how, a function that picks one of *n*: so the
same changes serve Hypothesis, which can make a case smaller, and the long run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import TypeAlias

Choose: TypeAlias = Callable[[int], int]
Reseal: TypeAlias = Callable[[object], object]
LARGEST = 96 * 1024
_MOST_CHANGES = 4
_TOKEN = re.compile(rb"[A-Za-z0-9_]+|[^\sA-Za-z0-9_]")
_PAIRS = (
    *((b"[", b"]"), (b"{", b"}"), (b"(", b")"), (b'"', b'"'), (b"'", b"'")),
    *((b"{{", b"}}"), (b"{%", b"%}"), (b"*", b"*"), (b"<", b">"), (b"> ", b"")),
    *((b"- ", b""), (b"[", b"]("), (b"not ", b""), (b"{a: ", b"}"), (b"`", b"`")),
)
ODD = (
    *(b"\0", b"\r", b"\n\n", b"\t", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80"),
    *(b"\xe2\x80\xae", b"\x1b[2J", b"\xf4\x8f\xbf\xbf", b"\\", b"%", b"$", b"|"),
    *(b"-1", b"0", b"9" * 5000, b"1e999", b"NaN", b"18446744073709551616", b"0x7f"),
    *(b"true", b"null", b"no", b"~", b"<<", b"*a", b"&a", b"!!python/name:os", b"..."),
)


def mutated(
    data: bytes, others: Sequence[bytes], words: Sequence[bytes], choose: Choose
) -> bytes:
    """*data* with up to four changes; *words* mean something where it is read."""
    known = (*words, *ODD)
    for _each in range(1 + choose(_MOST_CHANGES)):
        change = _CHANGES[choose(len(_CHANGES))]
        data = change(data, others, known, choose)[:LARGEST]
    return data


def _place(data: bytes, choose: Choose) -> int:
    return choose(len(data) + 1)


def _span(data: bytes, choose: Choose) -> tuple[int, int]:
    a, b = _place(data, choose), _place(data, choose)
    return min(a, b), max(a, b)


_Others: TypeAlias = Sequence[bytes]


def _drop(data: bytes, _others: _Others, _words: _Others, choose: Choose) -> bytes:
    a, b = _span(data, choose)
    return data[:a] + data[b:]


def _cut(data: bytes, _others: _Others, _words: _Others, choose: Choose) -> bytes:
    return data[: _place(data, choose)]


def _flip(data: bytes, _others: _Others, _words: _Others, choose: Choose) -> bytes:
    octets = bytearray(data)
    for _each in range(min(len(data), 1 + choose(8))):
        octets[choose(len(octets))] = choose(256)
    return bytes(octets)


def _again(data: bytes, _others: _Others, _words: _Others, choose: Choose) -> bytes:
    """One piece, many times over."""
    a = _place(data, choose)
    piece = data[a : a + 1 + choose(40)]
    return data[:a] + piece * (1 << choose(14)) + data[a:]


def _insert(data: bytes, _others: _Others, words: _Others, choose: Choose) -> bytes:
    a = _place(data, choose)
    times = (1, 1, 2, 40, 2_000, 30_000)[choose(6)]
    return data[:a] + words[choose(len(words))] * times + data[a:]


def _replace(data: bytes, _others: _Others, words: _Others, choose: Choose) -> bytes:
    """One word by another one that means something."""
    tokens = [match.span() for match in _TOKEN.finditer(data[:8192])]
    if not tokens:
        return data
    a, b = tokens[choose(len(tokens))]
    return data[:a] + words[choose(len(words))] + data[b:]


def _nest(data: bytes, _others: _Others, _words: _Others, choose: Choose) -> bytes:
    a, b = _span(data, choose)
    first, last = _PAIRS[choose(len(_PAIRS))]
    deep = (1, 2, 17, 300, 10_000)[choose(5)]
    return data[:a] + first * deep + data[a:b] + last * deep + data[b:]


def _lines(data: bytes, _others: _Others, _words: _Others, choose: Choose) -> bytes:
    """A line taken to another place, or doubled there."""
    lines = data.split(b"\n")
    line = lines[choose(len(lines))]
    if choose(2):
        lines.remove(line)
    lines.insert(choose(len(lines) + 1), line)
    return b"\n".join(lines)


def _splice(data: bytes, others: _Others, _words: _Others, choose: Choose) -> bytes:
    """A piece of another document."""
    other = others[choose(len(others))]
    a, b = _span(other, choose)
    c, d = _span(data, choose)
    return data[:c] + other[a:b] + data[d:]


_CHANGES = (
    *(_drop, _cut, _flip, _again, _insert, _insert, _replace, _replace),
    *(_nest, _lines, _lines, _splice),
)

_ODD_VALUES: tuple[object, ...] = (
    *(None, True, False, -1, 0, 1, 2**31, 2**40, 2**63, 2**64, 10**9, 10**400, 1.5),
    *("", "x", "\0", "\ud800", "é", "0", "9999-12-31T23:59:59+23:59", "ff" * 32),
    *([], {}, [[]], {"": None}, ["x"] * 3000, {"at": {"at": {}}}, "a" * 5000),
    *("passphrase", "0001-01-01T00:00:00-23:59", "AA==", "../../x", "\u202e", "-0"),
)


def json_mutated(data: bytes, choose: Choose, reseal: Reseal) -> bytes:
    """A JSON document with some values changed; *reseal* mends what vouches for it."""
    whole: list[object] = [json.loads(data)]
    for _each in range(1 + choose(_MOST_CHANGES)):
        _change_somewhere(whole, choose)
    changed = whole[0] if whole else None
    return json.dumps(reseal(changed) if choose(4) else changed).encode()


def _change_somewhere(whole: list[object], choose: Choose) -> None:
    node: object = whole
    while True:
        keys = _keys_of(node)
        if not keys:
            return
        key = keys[choose(len(keys))]
        inner = _get(node, key)
        if _keys_of(inner) and choose(4):
            node = inner
            continue
        _change(node, key, inner, choose)
        return


def _keys_of(node: object) -> list[str | int]:
    if isinstance(node, dict):
        return list(node)
    return list(range(len(node))) if isinstance(node, list) else []


def _get(node: object, key: str | int) -> object:
    if isinstance(node, dict):
        return node[key]
    return node[int(key)] if isinstance(node, list) else None


def _change(node: object, key: str | int, inner: object, choose: Choose) -> None:
    value = deepcopy(_ODD_VALUES[choose(len(_ODD_VALUES))])
    if isinstance(node, list):
        at = int(key)
        times = (0, 1, 2, 20)[choose(4)]
        node[at : at + 1] = [deepcopy(inner) for _each in range(times)] or [value]
        if choose(8) == 0:
            del node[at]
    elif isinstance(node, dict):
        if choose(4) == 0:
            del node[key]
        else:
            node[str(key) if choose(4) else "more"] = value
