"""Incidents, contacts with officials and letters, each in full, as blocks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guide.export.book.blocks import (
    Block,
    Exact,
    Field,
    Fields,
    Heading,
    Items,
    Table,
    Words,
)
from guide.export.book.printing import grouped, heading_of, moment, visible
from guide.model.case import Case, CaseContact, CaseIncident, CaseLetter
from guide.model.characters import one_line
from guide.model.paper import Paper, Paragraph, ParagraphKind
from guide.model.people import Person
from guide.model.telling import in_words, long_day
from guide.model.times import AfterNotice, Precision, When
from guide.words import _


def fields(*pairs: tuple[str, str], many: bool = False) -> Iterator[Block]:
    """The pairs that say something."""
    said = tuple(
        Field(lead=lead, value=visible(value).strip())
        for lead, value in pairs
        if value.strip()
    )
    if said:
        yield Fields(fields=said, many=many)


def listed(values: Iterable[str]) -> str:
    """Short values after each other, or one on a line if one has more than a line."""
    told = [value for value in values if value.strip()]
    joint = "\n" if any("\n" in value or len(value) > 60 for value in told) else ", "
    return joint.join(told)


def person(each: Person) -> str:
    """Who it is, and by what they are known."""
    known = (
        f"{one.value} ({one.service})" if one.service else one.value
        for one in each.identifiers
    )
    return visible(": ".join(filter(None, (each.label, ", ".join(known)))))


def log(case: Case) -> Iterator[Block]:
    """Every incident, in the order of the case."""
    if not case.incidents:
        yield _nothing()
    for each in case.incidents:
        yield Heading(level=2, text=heading_of(f"{each.label}: {_when(each)}"))
        yield from _incident(each)


def _when(each: CaseIncident) -> str:
    if each.incident.when.start is None:
        return _("time not known")
    return each.when or in_words(each.incident.when)


def _incident(each: CaseIncident) -> Iterator[Block]:
    told = each.incident
    yield from fields(
        (_("What happened"), told.account),
        (_("In short"), told.what),
        (_("When, as told"), told.when.words),
        (_("Time"), exact_time(told.when)),
        (_("After the notice"), after_notice(told.after_notice)),
        (_("How"), told.platform),
        (_("Where"), told.where),
        (_("Who"), each.person),
        (_("Witnesses"), listed(told.witnesses)),
        (_("Effect"), told.effect),
        (_("What was done"), told.done),
        (_("Told"), listed(told.reported_to)),
        (_("Exhibits"), ", ".join(each.exhibits)),
        (_("Not known"), ", ".join(map(asked, told.not_known))),
        (_("Written down"), moment(told.recorded_at)),
        many=True,
    )


def asked(field: str) -> str:
    """What a field of an incident is called, for those answered "I don't know"."""
    return {
        "account": _("What happened"),
        "when": _("When"),
        "platform": _("How"),
        "where": _("Where"),
        "who": _("Who"),
        "witnesses": _("Witnesses"),
        "effect": _("Effect"),
        "done": _("What was done"),
        "told": _("Told"),
    }.get(field, field)


def numbers(when: When) -> str:
    """The moment in the form of RFC 3339, with the name of its zone."""
    moments = (each.isoformat() for each in (when.start, when.end) if each)
    told = " / ".join(moments)
    return f"{told} [{when.zone}]" if told and when.zone else told


def exact_time(when: When) -> str:
    """The moment as numbers, and how well it is known."""
    return ", ".join(filter(None, (numbers(when), precision(when))))


def precision(when: When) -> str:
    """How well a time is known, in words."""
    return {
        Precision.EXACT: _("exact"),
        Precision.ABOUT: _("about"),
        Precision.RANGE: _("a stretch of time"),
        Precision.UNKNOWN: _("not known"),
    }[when.precision]


def after_notice(after: AfterNotice) -> str:
    """Whether it came after the notice; nothing where it did not."""
    return {
        AfterNotice.NO: "",
        AfterNotice.YES: _("yes"),
        AfterNotice.PERHAPS: _("perhaps: the time is not exact enough to say"),
    }[after]


def contacts(case: Case) -> Iterator[Block]:
    """Every talk with an official."""
    if not case.contacts:
        yield _nothing()
    for each in case.contacts:
        where = each.contact.organisation or _("office not written down")
        yield Heading(level=2, text=heading_of(f"{each.label}: {where}"))
        yield from _contact(each)


def _contact(each: CaseContact) -> Iterator[Block]:
    told = each.contact
    ask_on = long_day(told.follow_up_on) if told.follow_up_on else ""
    done = _("{day} (done)").format(day=ask_on) if ask_on else _("done")
    yield from fields(
        (_("When"), moment(told.at)),
        (_("Office"), told.organisation),
        (_("Person"), told.person),
        (_("Badge or staff number"), told.badge_number),
        (_("How"), told.channel),
        (_("Reference"), told.reference),
        (_("What they said"), told.outcome),
        (_("What they promised"), told.promised),
        (_("Ask again on"), done if told.followed_up else ask_on),
        (_("Incidents"), ", ".join(each.incidents)),
        (_("Exhibits"), ", ".join(each.exhibits)),
        (_("Letter"), each.letter),
    )


def letters(case: Case) -> Iterator[Block]:
    """Every letter that was sent: when, its hash, and its words."""
    if not case.letters:
        yield _nothing()
    for each in case.letters:
        yield Heading(level=2, text=heading_of(f"{each.label}: {each.title}"))
        yield from _letter(each)


def _letter(each: CaseLetter) -> Iterator[Block]:
    told = each.letter
    pairs = [(_("Finished"), moment(told.finished_at))]
    if told.sent_at:
        pairs.append((_("Sent"), moment(told.sent_at)))
    hashed = Field(lead="SHA-256", value=grouped(told.sha256), exact=True)
    plain = tuple(Field(lead=lead, value=value) for lead, value in pairs)
    yield Fields(fields=(*plain, hashed))
    yield from _paper(told.paper)


def _paper(paper: Paper) -> Iterator[Block]:
    yield from fields(
        (_("Date"), paper.date_line), (_("To"), paper.to), (_("Subject"), paper.subject)
    )
    items: list[str] = []
    for paragraph in paper.paragraphs:
        if paragraph.kind is ParagraphKind.ITEM:
            items.append(visible(paragraph.text).strip())
            continue
        if items:
            yield Items(texts=tuple(items))
            items = []
        yield from _paragraph(paragraph)
    if items:
        yield Items(texts=tuple(items))


def _paragraph(paragraph: Paragraph) -> Iterator[Block]:
    text = visible(paragraph.text)
    match paragraph.kind:
        case ParagraphKind.TABLE:
            yield from _table(paragraph.rows)
        case ParagraphKind.EXACT:
            yield Exact(text=text)
        case ParagraphKind.HEADING if heading_of(text):
            heading = heading_of(text)
            yield Heading(level=3, text=heading)
            if heading != one_line(text):
                yield Words(text=text.strip())
        case _:
            yield Words(text=text.strip())


def _table(rows: tuple[tuple[str, ...], ...]) -> Iterator[Block]:
    width = max(map(len, rows), default=0)
    if width:
        clean = [
            (*(visible(cell).strip() for cell in row), *("",) * (width - len(row)))
            for row in rows
        ]
        yield Table(head=clean[0], rows=tuple(clean[1:]), shares=(1,) * width)


def _nothing() -> Words:
    return Words(text=_("There is nothing in this part."))
