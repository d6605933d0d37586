"""Letters: draft, finished, sent; or void, with a reason, if it never left.

One that is written once for a person is written once for ever: for every name,
address and number of theirs, also those learnt later, and for whoever turns out to
be the same person. The database keeps that rule (schema.sql, ``reached``); the
words for a refusal are here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import apsw

from guide.model.people import folded
from guide.model.problems import LetterClosedError, NotFoundError
from guide.model.records import KeptDraft, LetterState, WrittenLetter
from guide.model.times import When, exactly
from guide.vault.problems import LetterLeftError, ReasonNeededError
from guide.vault.tables.bodies import packed_paper, unpacked_paper, words_of
from guide.vault.tables.letter_rows import (
    LETTER,
    NEW,
    SECONDS,
    facts_of,
    letter_of,
    values_of,
)
from guide.vault.tables.people import People
from guide.vault.tables.records import Kind, Line
from guide.vault.tables.table import (
    stamp,
    storable,
    time_of,
)
from guide.words import _


class Letters(People):
    """Drafts and letters."""

    def drafts(self) -> tuple[KeptDraft, ...]:
        """Every letter that is being written, the one changed last first."""
        sql = "select id, letter_id, person_id, paper, at from draft order by at desc"
        return tuple(
            KeptDraft(
                id=str(id_),
                letter_id=str(letter_id),
                person_id=str(person_id),
                paper=unpacked_paper(str(paper)),
                changed_at=time_of(at),
            )
            for id_, letter_id, person_id, paper, at in self._rows(sql)
        )

    def put_draft(self, draft: KeptDraft, *, once: bool) -> None:
        """Keep a draft as it is now. Refused where its letter is closed."""
        to = draft.paper.mail_to
        if once and self.closed_by(draft.letter_id, draft.person_id, to):
            raise _closed(namesake=False)
        sql = "select 1 from letter where id = ?"
        if self._row(sql, (draft.id,)):
            raise _closed(namesake=False)
        with self._change():
            new = not self._do("delete from draft where id = ?", (draft.id,))
            self._do(
                "insert into draft values (?, ?, ?, ?, ?)",
                (
                    *(draft.id, draft.letter_id, draft.person_id),
                    *(packed_paper(draft.paper), stamp(draft.changed_at)),
                ),
            )
            if new:
                facts = {"letter": draft.id, "kind": draft.letter_id}
                self._write("letter.draft", facts, draft.changed_at)

    def letters(self) -> tuple[WrittenLetter, ...]:
        """Every finished or sent letter, oldest first; none that is void."""
        return tuple(self._letters("where state <> 'void' order by rowid"))

    def void_letters(self) -> tuple[WrittenLetter, ...]:
        """Every letter that was set aside, with its reason, oldest first."""
        return tuple(self._letters("where state = 'void' order by rowid"))

    def letters_ever(self) -> tuple[WrittenLetter, ...]:
        """Every letter that was finished, void ones too, by its number."""
        return tuple(self._letters("order by rowid"))

    def written_letter(self, id_: str) -> WrittenLetter:
        """One finished letter, in whatever state; NotFoundError if it is not there."""
        found = next(self._letters("where id = ?", id_), None)
        if found is None:
            raise NotFoundError
        return found

    def _letters(self, which: str, *values: str) -> Iterator[WrittenLetter]:
        for row in self._rows(f"{LETTER} {which}", values):
            yield letter_of(row)

    def closed_by(
        self, letter_id: str, person_id: str, address: str = ""
    ) -> WrittenLetter | None:
        """The once-only letter of this kind that closes it for this person.

        Or for the address it would go to, whoever that belongs to. A namesake is
        only noticed by ``add_letter``.
        """
        root = self._root(person_id) or person_id
        key = storable(folded(address))
        sql = "select letter from reached where letter_id = ? and subject in (?, ?)"
        row = self._row(sql, (letter_id, f"p:{root}", f"k:{key}" if key else ""))
        return next(self._letters("where id = ?", str(row[0])), None) if row else None

    def add_letter(self, letter: WrittenLetter, *, once: bool) -> None:
        """Keep a finished letter; a second one of a once-only kind is refused.

        Its draft is gone with the same change. Raises LetterClosedError where it is
        closed for this person, for the address it goes to, or for a namesake.
        """
        with self._change():
            try:
                self._do(NEW, values_of(letter, once=once))
            except apsw.ConstraintError as error:
                raise _closed(namesake="namesake" in str(error)) from None
            self._do("delete from draft where id = ?", (letter.id,))
            self._put_letter_line(letter, once=once)
            self._write(
                "letter.finish", facts_of(letter, once=once), letter.finished_at
            )
            if letter.sent_at:
                self._write("letter.sent", {"letter": letter.id}, letter.sent_at)

    def add_second(self, letter: WrittenLetter) -> None:
        """Keep a once-only letter that was written elsewhere, beside the first one.

        It was written, perhaps sent, so it is not thrown away. It opens nothing: its
        kind stays closed by the first one, and by this one when that is set aside.
        """
        with self._change():
            self._do(NEW, values_of(letter, once=False))
            self._put_letter_line(letter, once=True)
            self._write(
                "letter.finish", facts_of(letter, once=False), letter.finished_at
            )

    def mark_sent(
        self, letter_id: str, at: datetime, *, left: datetime | None = None
    ) -> None:
        """Say that a finished letter has left; it cannot be taken back.

        *left*: when it did, where that was before *at*. Said again, it changes
        nothing. Raises LetterClosedError for a void letter.
        """
        sent_at = left or at
        letter = next(self._letters("where id = ?", letter_id), None)
        if letter is None or letter.state is LetterState.SENT:
            return
        if letter.state is LetterState.VOID:
            raise LetterClosedError(
                _("This letter was set aside, so it cannot be noted as sent."),
                _("If it did leave, write that down as something that happened."),
            )
        with self._change():
            self._do(
                "update letter set state = ?, sent_at = ? where id = ?",
                (LetterState.SENT, stamp(sent_at), letter_id),
            )
            self._list_as_sent(letter_id, exactly(sent_at))
            self._write("letter.sent", {"letter": letter_id}, at)

    def void_letter(self, letter_id: str, reason: str, at: datetime) -> None:
        """Set a finished letter aside that never left. It stays readable.

        Only then is its kind open again for the person. A reason is needed.
        """
        if not reason.strip():
            raise ReasonNeededError
        letter = next(self._letters("where id = ?", letter_id), None)
        if letter is None:
            raise NotFoundError
        if letter.state is LetterState.SENT:
            raise LetterLeftError
        if letter.state is LetterState.VOID:
            return
        with self._change():
            self._do(
                "update letter set state = ?, voided_at = ?, void_reason = ?"
                " where id = ?",
                (LetterState.VOID, stamp(at), storable(reason.strip()), letter_id),
            )
            self._close_by_second(letter.letter_id)
            self._write("letter.void", {"letter": letter_id}, at)

    def _close_by_second(self, kind: str) -> None:
        """What a void letter opened stays closed where a second one was written."""
        for id_, root, key in tuple(self._rows(SECONDS, (kind,))):
            subjects = (f"p:{root}", *([f"k:{key}"] if key else []))
            self.close_for(str(id_), subjects)

    def closed_for(self, letter_id: str) -> tuple[str, ...]:
        """Everyone and everything that a letter has closed its kind for."""
        sql = "select subject from reached where letter = ? order by subject"
        return tuple(str(subject) for (subject,) in self._rows(sql, (letter_id,)))

    def close_for(self, letter_id: str, subjects: Iterable[str]) -> None:
        """Close the kind of a letter for these, too, where no other letter does."""
        sql = (
            "insert into reached select l.letter_id, ?1, l.id from letter as l"
            " where l.id = ?2 and l.state <> 'void' and not exists (select 1 from"
            " reached as r where r.letter_id = l.letter_id and r.subject = ?1)"
        )
        with self._change():
            for subject in subjects:
                self._do(sql, (subject, letter_id))

    def _list_as_sent(self, letter_id: str, when: When) -> None:
        """A letter stands on the time-line from the moment it left."""
        day = when.day.isoformat() if when.day else ""
        self._do(
            "update record set at = ?1, until = ?1, day = ?2, precision = ?3,"
            " listed = 1 where id = ?4 and kind in (?5, ?6)",
            (
                *(stamp(when.start), day, when.precision),
                *(letter_id, Kind.LETTER, Kind.NOTICE),
            ),
        )

    def _put_letter_line(self, letter: WrittenLetter, *, once: bool) -> None:
        self._put_line(
            Line(
                kind=Kind.NOTICE if once else Kind.LETTER,
                id=letter.id,
                title=letter.paper.title,
                text=words_of(letter.paper),
                when=exactly(letter.sent_at) if letter.sent_at else When(),
                person=letter.person_id,
                listed=letter.sent_at is not None,
            )
        )


def _closed(*, namesake: bool) -> LetterClosedError:
    if namesake:
        return LetterClosedError(
            _("You have already written this letter to somebody of this name."),
            _("If this is somebody else, give them another name in your record."),
        )
    return LetterClosedError(
        _("You have already written this letter to this person."),
        _("A second one could start the contact again. Open the first one."),
    )
