"""A letter as a mail draft (RFC 5322) that a mail program opens to be sent.

``X-Unsent: 1`` is what Outlook and others take for a draft. There is no Date and
no Message-ID: the mail program sets them when it sends, and a Message-ID made
here would hold this computer's name. Nothing in a value can start a new header.
"""

from __future__ import annotations

import hashlib
import re
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy

from guide.letters.formats import text
from guide.letters.formats.characters import clean, one_line, subtags
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


def write(letter: Paper) -> bytes:
    """The draft, with the original message attached byte for byte if there is one."""
    mail = EmailMessage(policy=_POLICY)
    mail["X-Unsent"] = "1"
    for name, address in (("From", letter.reply_from), ("To", letter.mail_to)):
        if address:
            mail[name] = _checked(address)
    mail["Subject"] = one_line(letter.subject)
    mail.set_content(text.body(letter), charset="utf-8")
    mail["Content-Language"] = "-".join(part for part in subtags(letter.lang) if part)
    if letter.original is None:
        return mail.as_bytes()
    return _with_original(mail, letter.original, _file_name(letter.original_name))


def _checked(address: str) -> str:
    if not _ADDRESS.fullmatch(address.strip()):
        raise NotWrittenError(
            _("A mail address in this letter is not complete, so no draft was made."),
            _("Correct the address, or save the letter as text and paste it."),
        )
    return address.strip()


def _file_name(name: str) -> str:
    return _FOLDER_MARKS.sub("_", one_line(name)) or "original.eml"


def _with_original(mail: EmailMessage, original: bytes, name: str) -> bytes:
    """Attach *original*, as a message where the bytes allow it, else as a file."""
    mark = _absent_from(original, clean(mail.as_string()))
    mail.make_mixed(boundary=mark)
    encoding = _encoding(original)
    if not encoding:
        mail.add_attachment(
            original, maintype="application", subtype="octet-stream", filename=name
        )
        return mail.as_bytes()
    return _spliced(mail, original, name, encoding)


def _spliced(mail: EmailMessage, original: bytes, name: str, encoding: str) -> bytes:
    """The stdlib writes the mail around a stand-in, which the bytes then replace.

    A parsed message would be folded and encoded anew when it is written, and a
    DKIM signature in it would no longer hold.
    """
    stand_in = f"stand-in-{mail.get_boundary()}"
    part = EmailMessage(policy=_POLICY)
    part["Content-Type"] = "message/rfc822"
    part["Content-Transfer-Encoding"] = encoding
    part.add_header("Content-Disposition", "attachment", filename=name)
    part.set_payload(stand_in)
    mail.attach(part)
    mail["Content-Transfer-Encoding"] = encoding  # RFC 2045 section 6.4: not less
    # Kept in the original's own line endings, the file is one kind throughout.
    linesep = "\r\n" if b"\r\n" in original else "\n"
    whole = mail.as_bytes(policy=_POLICY.clone(linesep=linesep))
    before, after = whole.split(stand_in.encode())
    return before + original + after


def _encoding(original: bytes) -> str:
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


def _absent_from(original: bytes, words: str) -> str:
    """A boundary found in neither, and the same for the same letter."""
    seed = original + words.encode()
    while True:
        mark = f"part-{hashlib.sha256(seed).hexdigest()[:40]}"
        if mark.encode() not in original and mark not in words:
            return mark
        seed = mark.encode()
