"""A letter as a mail draft (RFC 5322) that a mail program opens to be sent.

``X-Unsent: 1`` is what Outlook and others take for a draft. There is no Date and
no Message-ID: the mail program sets them when it sends, and a Message-ID made
here would hold this computer's name. Nothing in a value can start a new header.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy

from guide.letters.formats import text
from guide.model.characters import clean, one_line, subtags
from guide.model.paper import Paper
from guide.model.problems import NotWrittenError
from guide.words import _

# 7bit: no relay on the way has a reason to re-encode what the reader approved.
_POLICY: EmailPolicy[EmailMessage] = SMTP.clone(cte_type="7bit")
_LONGEST_LINE = 998  # RFC 5322 section 2.1.1
# RFC 5322 dot-atom, narrowed as in the HTML standard's "valid e-mail address".
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
)
_FIELD_NAME = re.compile(rb"[!-9;-~]+[ \t]*:")  # RFC 5322 section 2.2
_FOLDER_MARKS = re.compile(r'[/\\:"]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A whole message that goes along, byte for byte."""

    name: str
    data: bytes


def write(letter: Paper, others: Sequence[Attached] = ()) -> bytes:
    """The draft, with the original message attached byte for byte if there is one.

    *others* follow it, in their order.
    """
    mail = draft_head(letter)
    mail.set_content(text.body(letter), charset="utf-8")
    mail["Content-Language"] = "-".join(part for part in subtags(letter.lang) if part)
    if letter.original is None:
        return mail.as_bytes()
    first = Attached(name=letter.original_name, data=letter.original)
    return spliced(mail, (first, *others))


def draft_head(letter: Paper) -> EmailMessage:
    """A draft that says whom it is to and what it is about, without its text."""
    mail = EmailMessage(policy=_POLICY)
    mail["X-Unsent"] = "1"
    for name, address in (("From", letter.reply_from), ("To", letter.mail_to)):
        if address:
            mail[name] = _checked(address)
    mail["Subject"] = one_line(letter.subject)
    return mail


def _checked(address: str) -> str:
    if not _ADDRESS.fullmatch(address.strip()):
        raise NotWrittenError(
            _("A mail address in this letter is not complete, so no draft was made."),
            _("Correct the address, or save the letter as text and paste it."),
        )
    return address.strip()


def _file_name(name: str) -> str:
    return _FOLDER_MARKS.sub("_", one_line(name)) or "original.eml"


def spliced(
    mail: EmailMessage, messages: Sequence[Attached], facts: EmailMessage | None = None
) -> bytes:
    """*mail* with *facts*, if any, and then *messages* as its last parts.

    The stdlib writes the mail around stand-ins, which the bytes then replace. A parsed
    message would be folded and encoded anew when it is written, and a DKIM signature
    in it would no longer hold. What cannot travel as a message does as a file.
    """
    mark = _absent_from(messages, clean(mail.as_string()))
    mail.make_mixed(boundary=mark)
    if facts:
        mail.set_type("multipart/report")
        mail.set_param("report-type", "feedback-report")
        mail.attach(facts)
    # Kept in the first message's own line endings, the file is one kind throughout.
    linesep = "\r\n" if b"\r\n" in messages[0].data else "\n"
    encodings = [_encoding_beside(each.data, linesep) for each in messages]
    if not any(encodings):
        linesep = "\r\n"
    for number, (each, encoding) in enumerate(zip(messages, encodings, strict=True)):
        _attach(mail, each, encoding, f"stand-in-{number}-{mark}")
    if any(encodings):  # RFC 2045 section 6.4: not less than that of any part
        mail["Content-Transfer-Encoding"] = "8bit" if "8bit" in encodings else "7bit"
    whole = mail.as_bytes(policy=_POLICY.clone(linesep=linesep))
    for number, each in enumerate(messages):
        before, stand_in, after = whole.partition(f"stand-in-{number}-{mark}".encode())
        whole = before + each.data + after if stand_in else whole
    return whole


def _attach(
    mail: EmailMessage, message: Attached, encoding: str, stand_in: str
) -> None:
    name = _file_name(message.name)
    if not encoding:
        mail.add_attachment(
            message.data, maintype="application", subtype="octet-stream", filename=name
        )
        return
    part = EmailMessage(policy=_POLICY)
    part["Content-Type"] = "message/rfc822"
    part["Content-Transfer-Encoding"] = encoding
    part.add_header("Content-Disposition", "attachment", filename=name)
    part.set_payload(stand_in)
    mail.attach(part)


def _encoding_beside(original: bytes, linesep: str) -> str:
    """As ``travels_as``; "" where its line endings are not those of the file."""
    other = (b"\r\n" in original) != (linesep == "\r\n") and b"\n" in original
    return "" if other else travels_as(original)


def travels_as(original: bytes) -> str:
    """How RFC 2046 section 5.2.1 lets these bytes be a message/rfc822; "" if not.

    What it does not let through (a NUL, an endless line, mixed line endings, no
    header) travels as an ordinary file, where base64 keeps every byte.
    """
    lines = original.replace(b"\r\n", b"\n")
    mixed = b"\r" in lines or original.count(b"\r\n") not in (0, lines.count(b"\n"))
    longest = max(map(len, lines.split(b"\n")))
    if mixed or b"\0" in lines or longest > _LONGEST_LINE:
        return ""
    if not _FIELD_NAME.match(original):
        return ""
    return "7bit" if original.isascii() else "8bit"


def _absent_from(messages: Sequence[Attached], words: str) -> str:
    """A boundary found in none of them, and the same for the same letter."""
    originals = b"".join(each.data for each in messages)
    seed = originals + words.encode()
    while True:
        mark = f"part-{hashlib.sha256(seed).hexdigest()[:40]}"
        if mark.encode() not in originals and mark not in words:
            return mark
        seed = mark.encode()
