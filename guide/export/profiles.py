"""What each recipient is given, and what stays behind. Pure.

A profile can only leave out. What leaves for nobody (private notes, drafts, forms of
the reader's own, intimate pictures) is left out before, in ``actions.handing_over``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from guide.model.case import Part, Recipient
from guide.words import _

# Parts of an incident that tell of the reader more than of what was done to them.
PERSONAL = frozenset({"witnesses", "effect", "done", "reported_to"})
_ALL = frozenset(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What goes to one kind of recipient.

    ``withheld`` names fields of an incident. ``files`` says whether they take the
    originals as a rule, and ``journal`` whether a bag for them holds all of it.
    """

    parts: frozenset[Part]
    withheld: frozenset[str] = frozenset()
    files: bool = False
    journal: bool = False


PROFILES: Mapping[Recipient, Profile] = MappingProxyType(
    {
        Recipient.POLICE: Profile(
            parts=_ALL - {Part.CHART}, files=True, journal=True, withheld=frozenset()
        ),
        Recipient.LAWYER: Profile(parts=_ALL, files=True, journal=True),
        # Advocates' services may be barred from holding proof (facts 2.1).
        Recipient.ADVOCATE: Profile(parts=_ALL - {Part.PRINTED}),
        Recipient.PROVIDER: Profile(
            parts=frozenset({Part.LOG, Part.EXHIBITS, Part.PRINTED}), withheld=PERSONAL
        ),
        Recipient.EMPLOYER: Profile(
            parts=frozenset({Part.TIMELINE, Part.LOG, Part.EXHIBITS}),
            withheld=PERSONAL,
        ),
        Recipient.MYSELF: Profile(parts=_ALL, files=True, journal=True),
    }
)


def name_of(recipient: Recipient) -> str:
    """Whom it is for, as a choice and on the cover."""
    return {
        Recipient.POLICE: _("The police"),
        Recipient.LAWYER: _("A lawyer or a court"),
        Recipient.ADVOCATE: _("An advocate or a help service"),
        Recipient.PROVIDER: _("A provider, site or app"),
        Recipient.EMPLOYER: _("An employer or a school"),
        Recipient.MYSELF: _("Myself"),
    }[recipient]


def what_goes(recipient: Recipient) -> str:
    """What they get, in a sentence."""
    return {
        Recipient.POLICE: _(
            "All incidents, talks with officials, letters and files. The list of "
            "what is still missing stays with you."
        ),
        Recipient.LAWYER: _("All of it, with the list of what is still missing."),
        Recipient.ADVOCATE: _(
            "All of it but the files. Many help services may not keep your proof."
        ),
        Recipient.PROVIDER: _(
            "What happened, with the proof. Nothing on witnesses, on how you feel, or "
            "on what you have done."
        ),
        Recipient.EMPLOYER: _(
            "What happened, and a list of the proof. Nothing on witnesses, on how "
            "you feel, or on what you have done."
        ),
        Recipient.MYSELF: _("All of it, for a safe place of your own."),
    }[recipient]


def ask_first(recipient: Recipient) -> str:
    """What to ask whoever may not keep the originals (facts 2.1); "" for the others."""
    if PROFILES[recipient].files:
        return ""
    return _(
        "Please ask them first if they want the files themselves, and may keep them. "
        "The case book lists each file, and that is often enough."
    )


def name_of_part(part: Part) -> str:
    """A part of a book, as its heading and in the preview."""
    return {
        Part.SUMMARY: _("Summary"),
        Part.TIMELINE: _("Timeline"),
        Part.LOG: _("Incidents"),
        Part.CHART: _("Evidence chart"),
        Part.CONTACTS: _("Contacts with officials"),
        Part.LETTERS: _("Letters sent"),
        Part.EXHIBITS: _("Exhibits"),
        Part.PRINTED: _("Pictures and mail headers"),
    }[part]
