"""A filter that is made: what it holds, how to put it in, saving it as a file."""

from __future__ import annotations

from dataclasses import replace

from guide.actions.desk import Desk
from guide.actions.filtering import (
    Known,
    filter_for,
    proposed_name,
    save_filter,
    whole_domains,
)
from guide.actions.places.place import Move, Open, Place, Show
from guide.filters import (
    FilterFormat,
    Made,
    Rule,
    Service,
    by_hand_reads,
    clicks,
)
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, heading, item, paragraph
from guide.safety.display import show, show_path
from guide.words import _

READ, MAKE, DOMAINS, SAVE, SURE = "read", "make", "domains", "save", "sure"
_MAKES_FOLDERS = frozenset({"sieve", "fastmail"})
_WITH_A_SCRIPT = frozenset({"sieve", "fastmail", "thunderbird", "procmail"})


class FilterPlace(Place):
    """One filter for one service."""

    def __init__(
        self, desk: Desk, service: Service, known: Known, rule: Rule, before: Place
    ) -> None:
        self._desk, self._service, self._known = desk, service, known
        self._rule, self._before = rule, before
        self._said = ""

    def sheet(self) -> Sheet:
        made = filter_for(self._service, self._rule)
        said = [paragraph(self._said)] if self._said else []
        return Sheet(
            name="filter",
            title=_("File their mail away: {service}").format(
                service=self._service.name
            ),
            trail=(_("File their mail away"),),
            blocks=(
                *said,
                *_warnings(self._service, self._known, made),
                *self._how(made),
                *self._content(made),
                *_what_it_does(self._service, self._rule),
            ),
            rows=self._rows(made),
            copy_text=made.text.replace("\r\n", "\n") or _listed(self._rule),
        )

    def _content(self, made: Made) -> list[Block]:
        if made.text:
            text = show(made.text.rstrip(), multiline=True, limit=200_000)
            return [
                heading(_("The filter")),
                Block(kind=BlockKind.CODE, text=text),
            ]
        return []

    def _how(self, made: Made) -> list[Block]:
        steps = list(clicks(self._service.id, self._rule))
        if self._service.format is FilterFormat.NONE and self._rule.mark_read:
            steps.append(by_hand_reads(self._service.id))
        blocks = [heading(_("How to put it in"))]
        blocks += [
            Block(kind=BlockKind.ITEM, text=each, lead=f"{number}. ")
            for number, each in enumerate(steps, 1)
        ]
        if not made.text:
            blocks.append(heading(_("The addresses"), 3))
            text = show(_listed(self._rule), multiline=True)
            blocks.append(Block(kind=BlockKind.CODE, text=text))
        return blocks

    def _rows(self, made: Made) -> tuple[Row, ...]:
        rows = []
        if made.text:
            rows.append(_button(SAVE, _("Save it as a file")))
        if self._service.reads:
            on, off = _("Also mark it as read"), _("Do not mark it as read")
            rows.append(_button(READ, off if self._rule.mark_read else on))
        if self._service.id in _MAKES_FOLDERS:
            on = _("Also make the folder, if the server can")
            off = _("Do not make the folder: it is there")
            rows.append(_button(MAKE, off if self._rule.make_folder else on))
        if self._rule.domains:
            rows.append(_button(DOMAINS, _("Only these addresses, no whole domain")))
        elif whole_domains(self._desk, self._known):
            rows.append(_button(DOMAINS, _("Also everybody at their domain")))
        log = _("Write it into your incident log")
        rows.append(Row(kind=RowKind.LINK, value="incidents", text=log))
        return tuple(rows)

    def choose(self, value: str) -> Move:
        rule = self._rule
        match value:
            case "read":
                return Show(self.with_rule(replace(rule, mark_read=not rule.mark_read)))
            case "make":
                made = replace(rule, make_folder=not rule.make_folder)
                return Show(self.with_rule(made))
            case "domains" if rule.domains:
                return Show(self.with_rule(replace(rule, domains=())))
            case "domains":
                return Show(DomainsPlace(self, whole_domains(self._desk, self._known)))
            case "save":
                return Show(SaveFilterPlace(self, self._service))
            case _:
                return Open(value)

    def with_rule(self, rule: Rule) -> FilterPlace:
        """The same filter with another rule."""
        return FilterPlace(self._desk, self._service, self._known, rule, self._before)

    def with_domains(self, domains: tuple[str, ...]) -> FilterPlace:
        """The same filter for everybody at *domains*, too."""
        return self.with_rule(replace(self._rule, domains=domains))

    def save(self, typed: str) -> Place:
        """Write the filter as a file, and say where it is."""
        made = filter_for(self._service, self._rule)
        saved = show_path(save_filter(made.text, typed))
        words = _(
            "Saved: {path}. It is not sealed: anyone with this file can read the "
            "addresses. Once it is in, you can delete the file."
        )
        again = self.with_rule(self._rule)
        again._said = words.replace("{path}", saved)  # noqa: SLF001  one of our own
        return again

    def back(self) -> Place | None:
        return self._before


class DomainsPlace(Place):
    """What a rule for a whole domain takes in, before it is made."""

    def __init__(self, before: FilterPlace, domains: tuple[str, ...]) -> None:
        self._before, self._domains = before, domains

    def sheet(self) -> Sheet:
        words = _(
            "Then mail from everybody at this domain goes into the folder. You may "
            "miss others there, such as a school, a court or a place of work."
        )
        better = _(
            "It helps only where the domain is theirs alone. If you are not sure, stay "
            "with the addresses."
        )
        listed = [item(f"@{show(each)}") for each in self._domains]
        return Sheet(
            name="filter-domains",
            title=_("Everybody at their domain?"),
            trail=(_("File their mail away"),),
            blocks=(
                Block(kind=BlockKind.CALLOUT, lead=_("Stop first"), text=words),
                *listed,
                paragraph(better),
            ),
            rows=(
                _button("no", _("No, only the addresses")),
                _button(SURE, _("Yes, everybody at this domain")),
            ),
        )

    def choose(self, value: str) -> Move:
        if value == SURE:
            return Show(self._before.with_domains(self._domains))
        return Show(self._before)

    def back(self) -> Place | None:
        return self._before


class SaveFilterPlace(Place):
    """Where to save a filter."""

    def __init__(self, made: FilterPlace, service: Service) -> None:
        self._made, self._service = made, service

    def sheet(self) -> Sheet:
        words = _(
            "The file holds their addresses, and anyone who can use this computer can "
            "read it. A stick that the person never touches is a better place."
        )
        proposed = proposed_name(self._service)
        return Sheet(
            name="save-filter",
            title=_("Where should the file go?"),
            trail=(_("File their mail away"),),
            blocks=(paragraph(words),),
            ask=Ask(label=_("Folder and file name"), value=proposed, verb=_("Save")),
        )

    def typed(self, text: str) -> Move:
        return Show(self._made.save(text))

    def back(self) -> Place | None:
        return self._made


def known_blocks(known: Known) -> list[Block]:
    """What goes into the filter, and what cannot."""
    given = ((_("Address"), known.addresses), (_("Chat name"), known.names))
    said = [
        Block(kind=BlockKind.FIELD, lead=f"{lead}: ", text=show(each))
        for lead, found in given
        for each in found
    ]
    if known.refused:
        words = _("No filter can hold these, so they are left out: {those}")
        those = show("; ".join(known.refused), limit=1_000)
        lead, text = _("Note"), words.replace("{those}", those)
        said.append(Block(kind=BlockKind.CALLOUT, lead=lead, text=text))
    return said


def _warnings(service: Service, known: Known, made: Made) -> list[Block]:
    said = [_note(_("Spam"), service.spam)]
    if service.id in _WITH_A_SCRIPT:
        words = _(
            "This adds to the filters that are there. Do not put it in their place: "
            "keep a copy of what is there first."
        )
        said.append(_note(_("Keep yours"), words))
    if service.format is FilterFormat.THUNDERBIRD:
        words = _(
            "The mail then is on this computer only, and no more at your service. Make "
            "a copy of it from time to time."
        )
        said.append(_note(_("One copy"), words))
    if made.left_out:
        words = _("This service could read these in another way. Add them by hand:")
        said.append(_note(_("Left out"), f"{words} {show('; '.join(made.left_out))}"))
    refused = [b for b in known_blocks(known) if b.kind is BlockKind.CALLOUT]
    return [*said, *refused]


def _what_it_does(service: Service, rule: Rule) -> list[Block]:
    words = _("Checked: {month}. Not each menu was: its names may differ.")
    if not service.sure:
        words = _("Checked: {month}. Not all of it was: look before you trust it.")
    moves = _("It moves new mail from these addresses into {folder}.")
    spam = []
    if service.format is not FilterFormat.GMAIL:  # there the filter keeps it out
        spam = [
            item(_("Mail that goes to spam first may stay there. Look there, too."))
        ]
    return [
        heading(_("What it does and does not do")),
        item(moves.format(folder=rule.folder)),
        *spam,
        item(_("It deletes nothing, answers nobody and sends nothing on.")),
        item(_("It does not see a new address. Add each new one to the filter.")),
        item(_("Each new address is worth a line in your incident log.")),
        item(_("You may miss a threat. Someone you trust can look there each week.")),
        item(_("Check that the folder does not empty itself.")),
        item(_("Whoever can open your mail can see the filter and the folder.")),
        item(_("Turn off any automatic reply: it says that your address works.")),
        paragraph(words.format(month=service.checked)),
    ]


def _listed(rule: Rule) -> str:
    return "\n".join([*rule.addresses, *(f"@{each}" for each in rule.domains)])


def _note(lead: str, text: str) -> Block:
    return Block(kind=BlockKind.CALLOUT, lead=lead, text=text)


def _button(value: str, text: str) -> Row:
    return Row(kind=RowKind.BUTTON, value=value, text=text)
