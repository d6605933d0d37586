"""Checking the signatures of a message with a key that the reader has in a file."""

from __future__ import annotations

from guide.files import path_typed, read_whole
from guide.mail.dkim import check_signature
from guide.model.problems import UnreadableFileError
from guide.model.records import OpenedMessage
from guide.model.trace import KeyCheck, Signature
from guide.words import _

_LARGEST_KEY = 64 * 1024


def key_names(message: OpenedMessage) -> tuple[str, ...]:
    """Where each signer publishes its key (RFC 6376 section 3.6.2.1)."""
    signed = message.trace.signatures
    names = (f"{x.selector}._domainkey.{x.domain}" for x in signed if x.selector)
    return tuple(dict.fromkeys(names))


def check_with_key(
    message: OpenedMessage, typed: str
) -> tuple[tuple[Signature, KeyCheck], ...]:
    """Each signature of *message*, checked with the record in the file *typed*.

    The file is only read. Raises UnreadableFileError where it holds no such record.
    """
    data = read_whole(path_typed(typed), _LARGEST_KEY)
    record = data.decode("utf-8", "replace")
    if "p=" not in record:
        raise UnreadableFileError(
            _("There is no key of a signature in this file. It was not changed."),
            _("It is one line with v=DKIM1 and p= in it. Save that line as a file."),
        )
    return tuple(
        (signature, check_signature(message.data, number, record))
        for number, signature in enumerate(message.trace.signatures)
    )


def in_words(checked: KeyCheck) -> str:
    """What a check means for somebody who may hand it on."""
    match checked:
        case KeyCheck.HOLDS:
            return _(
                "The signature holds for this key. What it covers is as it was signed. "
                "Make sure that the key is theirs: ask where it was taken from."
            )
        case KeyCheck.BROKEN:
            return _(
                "The signature does not fit this key and this file. A mailing list or "
                "a mail program may have changed the message, or the key is another."
            )
        case _:
            return _("The guide cannot check this signature with this key.")
