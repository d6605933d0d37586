"""One way to write values as bytes, so that a hash of them always says the same.

JSON with sorted keys, no spaces and UTF-8. Text goes in as it was given, in no
other Unicode form: evidence is not tidied. There are no fractions, because two
programs may write the same one differently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

Canonical = str | int | None | Mapping[str, "Canonical"]
_SAFE = 2**53 - 1  # larger whole numbers come back changed in other languages


def canonical(values: Mapping[str, Canonical]) -> bytes:
    r"""The bytes of *values*; anything but texts, whole numbers and nothing fails.

    Half a surrogate pair, which UTF-8 cannot hold, becomes its JSON escape.

    >>> canonical({"b": 1, "a": None, "c": {"e": "\udcff", "d": "é"}}).decode()
    '{"a":null,"b":1,"c":{"d":"é","e":"\\udcff"}}'
    """
    _refuse_others(values)
    text = json.dumps(
        _plain(values), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode("utf-8", "backslashreplace")


def _plain(value: Canonical) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _refuse_others(value: object) -> None:
    if isinstance(value, Mapping):
        for key, each in value.items():
            if not isinstance(key, str):
                raise TypeError("keys are texts")
            _refuse_others(each)
    elif isinstance(value, bool) or not isinstance(value, str | int | None):
        raise TypeError("only texts, whole numbers and nothing")
    elif isinstance(value, int) and abs(value) > _SAFE:
        raise ValueError("too large a number")
