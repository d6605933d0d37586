"""Letters: a risky one is never without its gate, and gives nothing away."""

from __future__ import annotations

from collections.abc import Iterator

from guide.library.lint.pack import Pack, near
from guide.library.lint.rules import Fault, check
from guide.model.content import FORM
from guide.words import _

THE_PERSON = "person"


@check(
    "L102",
    "A letter to the person asks for something private",
    means="A field marked private (a home address, a phone number, a new name)"
    " would go to the one person who is not to have it.",
    mend="Take the field out. There is no exception.",
    example="- {id: their_name, label: The name they use}",
)
def private_to_person(pack: Pack) -> Iterator[Fault]:
    """A private field in a letter whose audience is the person."""
    for letter in pack.letters.values():
        for field in letter.fields:
            if field.private and letter.audience == THE_PERSON:
                words = _("'{field}' is private, and the person would read it.")
                what = words.format(field=field.id)
                yield Fault(letter.path, field.line, what, _("Take it out."))


@check(
    "L103",
    "A letter that may reach the person asks for something private",
    means="Whoever gets this letter may hand it on, and it has a private field. A"
    " warning: sometimes a reply address is needed.",
    mend="Take the field out, or ask for something that the person already knows.",
    example="- {id: reply_address, label: A safe address for their reply}",
)
def private_may_reach(pack: Pack) -> Iterator[Fault]:
    """A private field in a letter that may be handed on."""
    for letter in pack.letters.values():
        for field in letter.fields:
            may = letter.may_reach and letter.audience != THE_PERSON
            if field.private and may:
                words = _("'{field}' is private, and the letter may be handed on.")
                fix = _("Take it out, or ask for what the person already knows.")
                what = words.format(field=field.id)
                yield Fault(letter.path, field.line, what, fix)


@check(
    "L104",
    "A letter that can be written once has no gate",
    means="'once: person' is for a letter that cannot be taken back. Without a"
    " 'gate' anybody can write it, also where it is dangerous.",
    mend="Add 'gate:' with a derived fact that holds only when it is safe.",
    example="gate: notice_open",
)
def once_without_gate(pack: Pack) -> Iterator[Fault]:
    """A once-only letter that anybody can open."""
    for letter in pack.letters.values():
        if letter.once and not letter.gate:
            line = pack.key_line(letter.path, "once")
            what = _("This letter can be written once, and has no gate.")
            yield Fault(letter.path, line, what, _("Add 'gate: a-derived-fact'."))


@check(
    "L105",
    "The gate of a letter is not a derived fact",
    means="A gate is a name in facts.toml, so that the rule stands in one place. A"
    " gate that nobody derives never opens.",
    mend="Correct the name, or write the rule in facts.toml.",
    example='notice_open = "notice_clear or notice_advised is advised"',
)
def strange_gate(pack: Pack) -> Iterator[Fault]:
    """A gate that facts.toml does not know."""
    for letter in pack.letters.values():
        if letter.gate and letter.gate not in pack.derived:
            line = pack.key_line(letter.path, "gate")
            otherwise = _("Write it in facts.toml.")
            fix = near(letter.gate, pack.derived.keys(), otherwise)
            what = _("facts.toml does not derive '{gate}'.").format(gate=letter.gate)
            yield Fault(letter.path, line, what, fix)


@check(
    "L106",
    "No page offers this letter",
    means="No page has it under 'offers' or links to it, so nobody will find it.",
    mend="Offer it on the page where it helps, or take it out.",
    example="offers: [letter:provider-complaint]",
)
def unoffered(pack: Pack) -> Iterator[Fault]:
    """A letter that nobody can get to."""
    offered = {
        letter.id
        for page in pack.pages.values()
        for letter, _at in pack.letters_of(page)
    }
    for letter in pack.letters.values():
        if letter.id not in offered:
            what = _("No page offers the letter '{name}'.").format(name=letter.id)
            yield Fault(letter.path, 1, what, _("Offer it where it helps."))


@check(
    "L107",
    "A form for the reader goes to somebody",
    means="A letter with 'audience: me' is a form: the reader keeps it, and it may"
    " hold what nobody else is to know. It has no subject and no recipient, and"
    " nothing that belongs to sending.",
    mend="Take out what sends it, or give it the audience that it goes to.",
    example="audience: me\n\nSubject:\n\n# Safety plan",
)
def form_that_is_sent(pack: Pack) -> Iterator[Fault]:
    """A form with a subject, a recipient, or a key for letters that are sent."""
    for letter in pack.letters.values():
        sends = {
            "once": letter.once,
            "may_reach": letter.may_reach,
            "needs_message": letter.needs_message,
            "Subject": bool(letter.subject),
        }
        for key in (key for key, given in sends.items() if letter.is_form and given):
            line = pack.key_line(letter.path, key)
            what = _("A form has no '{key}'.").format(key=key)
            fix = _("Take it out, or name the audience.")
            yield Fault(letter.path, line, what, fix)
        for field in letter.fields if letter.is_form else ():
            if field.id in (f"{FORM}_name", f"{FORM}_address"):
                words = _("'{field}' would be whom it goes to, and it goes to nobody.")
                what, fix = words.format(field=field.id), _("Give it another id.")
                yield Fault(letter.path, field.line, what, fix)
