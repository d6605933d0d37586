"""What was done with the library before a vault was opened, in words and beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from guide.actions.desk import Desk
from guide.actions.library_notes import Sort, in_words, noted_id
from guide.actions.pack_forms import answers_in, together
from guide.library.packs.names import in_words as named
from guide.safety.display import show
from guide.words import _, plural


def is_form(field_id: str) -> bool:
    """Whether answers to a form of a pack lie there: they are asked about alone."""
    found = noted_id(field_id)
    return found is not None and found.sort is Sort.FORM


def is_marked(field_id: str) -> bool:
    """Whether a star, a bookmark, a level or a checklist of the reader's lies there."""
    found = noted_id(field_id)
    return found is not None and found.sort is not Sort.FORM


def counted(field_ids: Collection[str]) -> Iterator[str]:
    """How many there are of each."""
    found = [noted_id(each) for each in field_ids]
    sorts = [each.sort for each in found if each]
    for sort in Sort:
        if sort in sorts:
            yield in_words(sort, sorts.count(sort))


def form_name(field_id: str) -> str:
    """The form by the name of its file: its pack may not be there."""
    words = _("Form: {title}")
    return words.format(title=show(named(field_id.rpartition("/")[2])))


def answered(text: str) -> str:
    """How much of a form is filled in; nothing where nothing is."""
    count = answers_in(text)
    return plural("{count} answer", "{count} answers", count) if count else ""


def beside_kept(desk: Desk, field_id: str, text: str) -> str:
    """What is kept of a form with *text* in it; of anything else, *text*."""
    if not is_form(field_id):
        return text
    return together(desk.vault.fields().get(field_id, ""), text)
