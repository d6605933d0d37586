"""The journal as it lies in a bag: a line for each entry, its own bytes unchanged.

``VAULT_FORMAT.md`` says how an entry is hashed and signed, and so does ``verify.py``.
"""

from __future__ import annotations

from collections.abc import Iterable

from guide.export.bag.pieces import Piece
from guide.export.bag.problems import PieceChangedError

ENTRIES, KEY, HEAD = "journal.jsonl", "journal-key.txt", "journal-head.txt"
_HASH, _SIGNATURE = 32, 64


def pieces(
    lines: Iterable[tuple[bytes, bytes, bytes]], head: str, public_key: str
) -> tuple[Piece, ...]:
    """The journal as pieces of a bag: its entries, its head and its key.

    *lines* are the bytes, the hash and the signature of each entry. Raises
    ``PieceChangedError`` for one that cannot be of a journal.
    """
    entries = b"".join(_line(*each) for each in lines)
    return (
        Piece.of(ENTRIES, entries),
        Piece.of(HEAD, stamped(head)),
        Piece.of(KEY, f"{public_key}\n".encode("ascii")),
    )


def stamped(head: str) -> bytes:
    """The bytes that a time-stamp is for: the head as it is printed, and no more."""
    return head.encode("ascii")


def _line(body: bytes, digest: bytes, signature: bytes) -> bytes:
    """It is JSON, and between its fixed parts stand the bytes that were hashed."""
    sound = body.startswith(b"{") and body.endswith(b"}") and not _breaks(body)
    if not sound or len(digest) != _HASH or len(signature) != _SIGNATURE:
        raise PieceChangedError
    proof = f'{{"hash":"{digest.hex()}","signature":"{signature.hex()}","entry":'
    return proof.encode("ascii") + body + b"}\n"


def _breaks(body: bytes) -> bool:
    return b"\n" in body or b"\r" in body
