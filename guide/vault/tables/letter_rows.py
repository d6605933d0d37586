"""A finished letter as it stands in its row, and the questions asked of all rows."""

from __future__ import annotations

from guide.model.people import folded
from guide.model.records import LetterState, WrittenLetter
from guide.vault.tables.bodies import packed_paper, unpacked_paper
from guide.vault.tables.table import (
    Facts,
    Row,
    fingerprint,
    moment,
    stamp,
    storable,
    time_of,
)

# No letter is ever removed, so its place among them is its number for ever.
LETTER = (
    "select id, letter_id, person_id, paper, sha256, finished_at, state, sent_at,"
    " voided_at, void_reason, (select count(*) from letter as o"
    " where o.rowid <= letter.rowid) from letter"
)
NEW = (
    "insert into letter (id, letter_id, person_id, paper, to_key, sha256,"
    " finished_at, state, sent_at, once) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

# Those that were kept beside a first one, of a kind that is written once.
SECONDS = (
    "select l.id, p.root, l.to_key from letter as l"
    " join person as p on p.id = l.person_id"
    " where l.letter_id = ? and l.once = 0 and l.state <> 'void' and exists"
    " (select 1 from letter as o where o.letter_id = l.letter_id and o.once = 1)"
    " order by l.rowid"
)

# When each person was sent a letter of such a kind: by what the letters reached, and
# by those that were kept beside a first one.
SENT_NOTICES = (
    "(select person, min(at) as at from ("
    "select p.id as person, l.sent_at as at from reached as r"
    " join letter as l on l.id = r.letter and l.state = 'sent'"
    " join person as p on r.subject = 'p:' || p.root"
    " union all select p.id, l.sent_at from letter as l"
    " join person as me on me.id = l.person_id join person as p on p.root = me.root"
    " where l.once = 0 and l.state = 'sent' and exists"
    " (select 1 from letter as o where o.letter_id = l.letter_id and o.once = 1)"
    ") group by person)"
)


def values_of(letter: WrittenLetter, *, once: bool) -> tuple[str | int | None, ...]:
    """A letter as it stands in its row."""
    sent = stamp(letter.sent_at) or None
    return (
        *(letter.id, letter.letter_id, letter.person_id),
        *(packed_paper(letter.paper), storable(folded(letter.paper.mail_to))),
        *(letter.sha256, stamp(letter.finished_at), letter.state),
        *(sent, int(once)),
    )


def facts_of(letter: WrittenLetter, *, once: bool) -> Facts:
    """What the journal learns of a finished letter."""
    return {
        "letter": letter.id,
        "kind": letter.letter_id,
        "person": letter.person_id,
        "sha256": letter.sha256,
        "paper_sha256": fingerprint("", packed_paper(letter.paper)),
        "once": int(once),
    }


def letter_of(row: Row) -> WrittenLetter:
    """The letter that stands in a row."""
    texts = [str(part) if part is not None else "" for part in row]
    return WrittenLetter(
        id=texts[0],
        letter_id=texts[1],
        person_id=texts[2],
        paper=unpacked_paper(texts[3]),
        sha256=texts[4],
        finished_at=time_of(texts[5]),
        state=LetterState(texts[6]),
        sent_at=moment(texts[7]),
        voided_at=moment(texts[8]),
        void_reason=texts[9],
        number=int(texts[10]),
    )
