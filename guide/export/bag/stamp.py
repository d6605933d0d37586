"""A time-stamp for the head of the journal (RFC 3161): the request, and its reply.

Nothing is sent from here: whoever is online carries the request to an authority. A
time-stamp shows that the record, as far as that head, was there at that time. It does
not show that what is in it is true.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from guide.export.bag.journal import stamped
from guide.model.problems import GuideError
from guide.words import _

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

LARGEST = 1 << 20  # bytes of a reply; real ones have a few thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStamp:
    """What a reply says, and how far that was checked.

    It answers our request: that is always so. ``trusted`` is whether its signature was
    checked, up to a root the reader gave. Without one, nothing says who made it.
    ``who`` is what the certificate in it says of its owner: it was written elsewhere,
    so show it through the text gate.
    """

    who: str
    when: datetime  # UTC
    policy: str  # under which the authority gives stamps: its number, with dots
    trusted: bool


class StampRefusedError(GuideError):
    """A reply that proves nothing for this record."""

    what = "This is not a time-stamp for this record. Nothing was changed."
    next_step = "Send the request again, to this authority or another one."


def timestamp_request(head: str) -> bytes:
    """A request for the SHA-256 of *head*, to be saved as a file that ends in .tsq.

    Each one is another: it has a number of its own, which the reply repeats.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder(
        data=stamped(head), hash_algorithm=HashAlgorithm.SHA256
    )
    return builder.build().as_bytes()


def check_reply(
    head: str, request: bytes, reply: bytes, roots: Sequence[bytes] = ()
) -> TimeStamp:
    """What *reply* says of *head*; ``StampRefusedError`` if it is no answer to this.

    *request* is the one that was sent. *roots* are certificates of authorities that
    the reader trusts, as PEM or DER; with any, the reply must come from one of them.
    """
    answer = _read(reply)
    _refuse_others(head, request, answer)
    who = _signer(answer)
    trusted = bool(roots)
    if trusted:
        _refuse_untrusted(head, request, answer, [_certificate(x) for x in roots])
    return TimeStamp(
        who=who,
        when=answer.tst_info.gen_time,
        policy=answer.tst_info.policy.dotted_string,
        trusted=trusted,
    )


def _read(reply: bytes) -> TimeStampResponse:
    from rfc3161_client import PKIStatus, decode_timestamp_response

    unreadable = StampRefusedError(
        _("This file cannot be read as a time-stamp. Nothing was changed."),
        _("Choose the file that the authority sent. It often ends in .tsr."),
    )
    if len(reply) > LARGEST:
        raise unreadable
    try:
        answer = decode_timestamp_response(reply)
        status = answer.status
    except ValueError:
        raise unreadable from None
    if status not in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS):
        raise StampRefusedError(
            _("The authority did not give a time-stamp. Nothing was changed."),
            _("Ask it why, or send the request to another authority."),
        )
    return answer


def _refuse_others(head: str, request: bytes, answer: TimeStampResponse) -> None:
    """It must be for this head, and for this request."""
    from rfc3161_client.verify import SHA256_OID

    wanted = sha256(stamped(head)).digest()
    try:
        told, nonce = answer.tst_info, _nonce_of(request)
        imprint = told.message_imprint
        algorithm = imprint.hash_algorithm.dotted_string
        same = (algorithm, imprint.message) == (SHA256_OID, wanted)
        ours = wanted in request and nonce is not None and told.nonce == nonce
    except ValueError:
        raise StampRefusedError from None
    if not same:
        raise StampRefusedError(
            _("This time-stamp is for something else. Nothing was changed."),
            _("Choose the reply to the request for this head of the journal."),
        )
    if not ours:
        raise StampRefusedError(
            _("This time-stamp answers another request. Nothing was changed."),
            _("Choose the reply to the request that was made last."),
        )


def _nonce_of(request: bytes) -> int | None:
    """The number in a request that only its own reply repeats."""
    # The library reads its own requests, and has no public name for that.
    from rfc3161_client._rust import parse_timestamp_request

    return parse_timestamp_request(request).nonce


def _signer(answer: TimeStampResponse) -> str:
    """Who says to have signed it, with a certificate for this that was valid then."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they would be printed onto the screen
            certificate = _certificate_of_signer(answer)
            who = certificate.subject.rfc4514_string()
            good = _may_sign(certificate, answer)
    except (
        LookupError,
        ValueError,
        StopIteration,
        UnsupportedAlgorithm,
        x509.DuplicateExtension,
        x509.ExtensionNotFound,
        x509.InvalidVersion,
    ):
        raise _wrongly_signed() from None
    if not good:
        raise _wrongly_signed()
    return who


def _certificate_of_signer(answer: TimeStampResponse) -> Certificate:
    from cryptography import x509

    (signer,) = answer.signed_data.signer_infos
    named = (signer.issuer, signer.serial_number)
    certificates = (bytes(each) for each in answer.signed_data.certificates)
    found = (x509.load_der_x509_certificate(each) for each in certificates)
    return next(x for x in found if (x.issuer, x.serial_number) == named)


def _may_sign(certificate: Certificate, answer: TimeStampResponse) -> bool:
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    at = answer.tst_info.gen_time
    return (
        ExtendedKeyUsageOID.TIME_STAMPING in purposes.value
        and certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
    )


def _wrongly_signed() -> StampRefusedError:
    return StampRefusedError(
        _("The signature of this time-stamp is not right. Nothing was changed."),
        _("Get the reply from the authority again. It may have been damaged."),
    )


def _refuse_untrusted(
    head: str, request: bytes, answer: TimeStampResponse, roots: list[Certificate]
) -> None:
    from rfc3161_client import VerificationError, VerifierBuilder

    try:
        builder = VerifierBuilder(roots=roots, nonce=_nonce_of(request))
        builder.build().verify_message(answer, stamped(head))
    except (VerificationError, ValueError):
        raise StampRefusedError(
            _("This time-stamp is not from the authority whose certificate you gave."),
            _("Check that it is the root certificate of that authority."),
        ) from None


def _certificate(data: bytes) -> Certificate:
    from cryptography import x509

    try:
        if b"-----BEGIN" in data[:1000]:
            return x509.load_pem_x509_certificate(data)
        return x509.load_der_x509_certificate(data)
    except ValueError:
        raise StampRefusedError(
            _("This file is not a certificate. Nothing was changed."),
            _("Choose the root certificate of the authority, as .pem, .crt or .cer."),
        ) from None
