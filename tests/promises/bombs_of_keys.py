"""Key files made to break whoever reads them, each vouched for by its checksum."""

from __future__ import annotations

import json

from tests.fuzz.vault_targets import TARGETS, with_checks


def _key_file(**changes: object) -> bytes:
    """A real key file whose first slot is changed, and vouched for."""
    file = json.loads(TARGETS["vault.json"].seeds()[2])
    file["slots"][0] |= changes
    return json.dumps(with_checks(file)).encode()


def _whole(**changes: object) -> bytes:
    return json.dumps(json.loads(_REAL) | changes).encode()


_REAL = TARGETS["vault.json"].seeds()[2]
KEY_FILES = {
    "memory without end": _key_file(memory_kib=2**40),
    "more memory than 128 MiB": _key_file(memory_kib=128 * 1024 + 1),
    "a time without end": _key_file(passes=10**9),
    "lanes without end": _key_file(lanes=2**31, memory_kib=131_072),
    "too little memory for its lanes": _key_file(lanes=8, memory_kib=8),
    "no memory": _key_file(memory_kib=0),
    "less than nothing": _key_file(memory_kib=-1, passes=-3, lanes=-4),
    "true for one": _key_file(passes=True, lanes=True),
    "a number in quotes": _key_file(memory_kib="8"),
    "half a number": _REAL.replace(b'"passes": 1', b'"passes": 1.5'),
    "no number": _REAL.replace(b'"passes": 1', b'"passes": NaN'),
    "no end of a number": _REAL.replace(b'"passes": 1', b'"passes": Infinity'),
    "a number of 5,000 digits": _REAL.replace(
        b'"passes": 1', b'"passes": ' + b"9" * 5000
    ),
    "a list for a number": _key_file(passes=[1]),
    "no salt": _key_file(salt=""),
    "half a salt": _key_file(salt="ab" * 8),
    "a salt of other letters": _key_file(salt="zz" * 16),
    "a nonce too long": _key_file(nonce="ab" * 13),
    "nothing sealed": _key_file(sealed=""),
    "another kind": _key_file(kind="keyring"),
    "no such kind": _key_file(kind="open"),
    "one thing more": _key_file(more=1),
    "all dear": json.dumps(
        with_checks(
            json.loads(_REAL)
            | {
                "slots": [
                    json.loads(_REAL)["slots"][0]
                    | {"memory_kib": 128 * 1024, "passes": 6, "lanes": 8}
                ]
                * 16
            }
        )
    ).encode(),
    "thousands of slots": _whole(slots=[{"kind": "passphrase"}] * 2_000),
    "17 slots": _whole(slots=json.loads(_REAL)["slots"][:1] * 17),
    "no slots": _whole(slots=[]),
    "slots that are none": _whole(slots=[1, None, "x", [], {}]),
    "slots as a table": _whole(slots={"0": {}}),
    "version 999": _whole(version=999),
    "version of 400 digits": _whole(version=10**400),
    "version 0": _whole(version=0),
    "version true": _whole(version=True),
    "another format": _whole(format="zip"),
    "an id that leads elsewhere": _whole(id="../../../../etc/passwd"),
    "an id in capitals": _whole(id="AB" * 16),
    "a key twice": _REAL.replace(b'"version"', b'"id": "x", "version"', 1),
    "100,000 deep": b"[" * 100_000,
    "deep within its size": b'{"format":' * 6_000,
    "too large": _REAL + b" " * (64 * 1024),
    "cut off": _REAL[:-40],
    "nothing": b"",
    "no text": b"\xff\xfe" * 100,
    "UTF-16": _REAL.decode().encode("utf-16"),
    "a mark before it": b"\xef\xbb\xbf" + _REAL,
    "a NUL": b"\0" + _REAL,
    "null": b"null",
    "a list": b"[]",
}
