"""Looking into files: before they are kept, and after. No plain copy is ever made.

Whatever is read from a file passes the text gate, and pictures and mails are taken
apart by a second, limited process. Every look into a kept file is noted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guide.actions.desk import Desk, VaultState
from guide.actions.picture_gate import is_drawn
from guide.actions.vault_facts import size_in_words
from guide.files import read_start
from guide.mail import HEADER_LIMIT, explain, read_source, split_mbox, story
from guide.mail.dates import written_date
from guide.mail.headers import read_headers
from guide.media import (
    MAIL,
    MAILBOX,
    Look,
    Preview,
    could_be_settled,
    in_words,
    mail_text,
    may_show_somebody_aside,
    preview,
)
from guide.media import claims as claims_in
from guide.media import media_type as kind_of
from guide.model.problems import LockedError, UnreadableFileError
from guide.model.records import Claim, CustodyAction, CustodyEvent, Evidence
from guide.model.text import Block, BlockKind, heading, paragraph
from guide.safety.display import show
from guide.vault.sealed_folder import never
from guide.vault.sealed_reading import LARGEST_PREVIEW, read_file
from guide.words import _

START = 1 << 20  # bytes that say what a file is
_SETTLING = 8 << 20  # bytes read of a text, to be sure that it is nothing more
_LONGEST_LINE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is known of a file before it is kept."""

    media_type: str
    claims: tuple[Claim, ...]
    asks: bool  # whether it may show somebody, so that the question comes first


def before_keeping(path: Path) -> Looked:
    """What the file at *path* is, from its start; ``asks`` is False only for sure.

    Raises UnreadableFileError for what is no ordinary file. Nothing is changed.
    """
    name, limit = path.name, START
    data = read_start(path, limit + 1)
    if len(data) > limit and could_be_settled(name, data[:limit]):
        limit = _SETTLING
        data = read_start(path, limit + 1)
    start = data[:START]
    media = kind_of(name, start)
    return Looked(
        media_type=media,
        claims=(*claims_in(media, start), *_mail_dates(media, start)),
        asks=may_show_somebody_aside(name, data[:limit], whole=len(data) <= limit),
    )


def told(claim: Claim) -> str:
    """A claim as a sentence that believes nothing."""
    words = {
        "EXIF DateTimeOriginal": _("The file says that it was taken: {time}"),
        "EXIF DateTimeDigitized": _("The file says that it was made digital: {time}"),
        "EXIF DateTime": _("The file says that it was changed last: {time}"),
        "EXIF GPSDateStamp": _("The file says that satellites gave this time: {time}"),
        "PNG tIME": _("The file says that it was changed last: {time}"),
        "PDF CreationDate": _("The file says that it was made: {time}"),
        "PDF ModDate": _("The file says that it was changed last: {time}"),
        "MP4 creation_time": _("The file says that it was recorded: {time}"),
        "Date": _("The message says that it was sent: {time}"),
    }
    form = words.get(claim.what, _("The file names this time: {time}"))
    return form.format(time=show(claim.value, limit=200))


def look(
    desk: Desk,
    evidence: Evidence,
    *,
    by: str = "",
    cancelled: Callable[[], bool] = never,
) -> tuple[Block, ...]:
    """A first look into a kept file, once all of its bytes were checked.

    Notes the look in its custody, where anything can be noted. It can take some
    seconds. Raises the errors of ``read_file``, and then shows nothing.
    """
    if desk.opened is None:
        raise LockedError
    facts = _facts(evidence)
    if shows_picture(evidence) and not is_drawn(desk, evidence):
        return (*facts, paragraph(_not_drawn()))
    if evidence.size > LARGEST_PREVIEW:
        return (*facts, paragraph(_too_big()))
    data = read_file(desk.opened, evidence, limit=LARGEST_PREVIEW, cancelled=cancelled)
    noted = _note(desk, evidence, by)
    return (*facts, *_shown(evidence.media_type, data), *noted)


def shows_picture(evidence: Evidence) -> bool:
    """Whether a look would draw a picture, which the reader may not want to see."""
    return evidence.media_type.startswith("image/")


def _not_drawn() -> str:
    return _(
        "This picture is not drawn. It is kept as it is, and can be verified. "
        "The guide draws no picture that is marked as intimate."
    )


def _too_big() -> str:
    return _(
        "This file is too big to look into here. Nothing is wrong with it. "
        "Verify it to be sure that it has not changed."
    )


def _note(desk: Desk, evidence: Evidence, by: str) -> tuple[Block, ...]:
    if desk.vault_state is VaultState.READ_ONLY:
        words = _("This look was not noted, because nothing can be added just now.")
        return (paragraph(words),)
    desk.vault.note_custody(
        CustodyEvent(
            evidence_id=evidence.id,
            at=desk.now(),
            action=CustodyAction.VIEWED,
            by=by,
        )
    )
    return ()


def _facts(evidence: Evidence) -> tuple[Block, ...]:
    known = {
        _("Kind"): in_words(evidence.media_type),
        _("Size"): size_in_words(evidence.size),
    }
    return tuple(
        Block(kind=BlockKind.FIELD, lead=f"{name}: ", text=show(text))
        for name, text in known.items()
    )


def _shown(media: str, data: bytes) -> tuple[Block, ...]:
    if media in (MAIL, MAILBOX):
        try:
            return tuple(_message(data))
        except UnreadableFileError:  # kept as a mail, but there is none in it
            pass
    return tuple(_blocks(preview(media, data)))


def _message(data: bytes) -> Iterator[Block]:
    """What its headers tell, then the first text in it."""
    trace = explain(data[:HEADER_LIMIT])
    messages = split_mbox(read_source(data[:START]))
    yield from (paragraph(show(sentence)) for sentence in story(trace))
    for problem in trace.problems:
        yield Block(kind=BlockKind.CALLOUT, lead=_("Note"), text=show(problem))
    says = {"From": trace.from_.address if trace.from_ else ""}
    says |= {"Date": trace.date_text, "Subject": trace.subject}
    for name, text in says.items():
        if text:
            yield Block(kind=BlockKind.FIELD, lead=f"{name}: ", text=show(text))
    yield heading(_("The text of the message"))
    yield from _blocks(mail_text(messages[0]))


def _blocks(seen: Preview) -> Iterator[Block]:
    if seen.look is Look.PICTURE:
        first, *more = seen.told
        yield Block(kind=BlockKind.PICTURE, text=first, picture=seen.picture)
        yield from map(paragraph, more)
        return
    yield from map(paragraph, seen.told)
    for line in seen.lines:
        yield Block(kind=BlockKind.CODE, text=show(line, limit=_LONGEST_LINE))


def _mail_dates(media: str, start: bytes) -> tuple[Claim, ...]:
    """The date in the headers of a mail, or of the first one in a mail folder."""
    if media not in (MAIL, MAILBOX):
        return ()
    try:
        message = split_mbox(read_source(start))[0]
    except UnreadableFileError:
        return ()
    headers, _cut = read_headers(message)
    dates = [each.value for each in headers if each.name == "date"]
    return tuple(
        Claim(what="Date", value=value, at=written_date(value)) for value in dates[:1]
    )
