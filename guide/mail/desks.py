"""The table of abuse desks: read strictly, so that no address is a slip.

The table is ``content/data/abuse_desks.toml``, one ``[[desk]]`` an entry. An entry
with a fault is left out and named in ``desk_problems``; a complaint that goes to
a mistyped address is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from guide.mail.domains import ascii_form, owner_domain, registrable_domain
from guide.model.trace import AbuseDesk, Registry
from guide.words import _

_TEXTS = ("name", "email", "form", "page", "wants", "note", "source", "checked")
_LISTS = ("domains", "networks")
_KEYS = frozenset((*_TEXTS, *_LISTS, "confidence"))
_EMAIL = re.compile(r"[a-z0-9.-]+@[a-z0-9.-]+\.[a-z]+")
_WEB = re.compile(r"https://[!-~]+")
_SURE = frozenset({"high", "medium"})  # "none" is for guesses, never for the table


def parse_desks(table: Mapping[str, object]) -> tuple[AbuseDesk, ...]:
    """The desks of *table* that have no fault."""
    return tuple(_desk(entry) for entry in _entries(table) if not any(_faults(entry)))


def desk_problems(table: Mapping[str, object]) -> tuple[str, ...]:
    """What is wrong in *table*, one sentence each, for authors."""
    wrong_key, without = _("the file has an unknown key '{key}'."), _("desk {number}")
    unknown = [wrong_key.format(key=key) for key in table if key != "desk"]
    entries = _entries(table)
    if not entries:
        unknown.append(_("the file has no [[desk]]."))
    faults = (
        f"{entry.get('name', without.format(number=place))}: {fault}"
        for place, entry in enumerate(entries, start=1)
        for fault in _faults(entry)
    )
    return tuple(chain(unknown, faults, _twice(parse_desks(table))))


def _entries(table: Mapping[str, object]) -> list[Mapping[str, object]]:
    listed = table.get("desk")
    entries = listed if isinstance(listed, list) else []
    return [entry if isinstance(entry, Mapping) else {} for entry in entries]


def _faults(entry: Mapping[str, object]) -> Iterator[str]:
    unknown = _("the key '{key}' is unknown.")
    yield from (unknown.format(key=key) for key in entry if key not in _KEYS)
    for key in (*_TEXTS, "confidence"):
        if not isinstance(entry.get(key, ""), str):
            yield _("'{key}' is not text.").format(key=key)
    for key in _LISTS:
        if _strings(entry.get(key, [])) is None:
            yield _("'{key}' is not a list of text.").format(key=key)
    yield from _wrong_values(entry)


def _wrong_values(entry: Mapping[str, object]) -> Iterator[str]:
    text = {key: str(entry.get(key, "")) for key in (*_TEXTS, "confidence")}
    if not text["name"] or not text["source"]:
        yield _("it needs a name and a source.")
    if not re.fullmatch(r"20\d\d-(?:0[1-9]|1[0-2])", text["checked"]):
        yield _("'checked' is not a month such as 2026-11.")
    if text["confidence"] not in _SURE:
        yield _("'confidence' is neither high nor medium.")
    if text["confidence"] == "medium" and not text["note"]:
        yield _("a desk that is not sure needs a note that says so.")
    if not (text["email"] or text["form"] or text["page"]):
        yield _("it has neither email nor form nor page.")
    forms = {"email": _EMAIL, "form": _WEB, "page": _WEB}
    wrong = (x for x, form in forms.items() if text[x] and not form.fullmatch(text[x]))
    yield from (_("'{key}' is not well written.").format(key=key) for key in wrong)
    names = chain.from_iterable(_strings(entry.get(key, [])) or () for key in _LISTS)
    for name in names:
        if ascii_form(name) != name or not name:
            yield _("'{name}' is not a domain.").format(name=name)


def _twice(desks: Sequence[AbuseDesk]) -> Iterator[str]:
    """A domain may lead to one desk only, or the reader would meet either."""
    for key in _LISTS:
        seen: dict[str, str] = {}
        for desk in desks:
            for domain in desk.domains if key == "domains" else desk.networks:
                if domain in seen:
                    words = _("'{name}' is also at {other}.")
                    fault = words.format(name=domain, other=seen[domain])
                    yield f"{desk.name}: {fault}"
                seen[domain] = desk.name


def _strings(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list):
        return None
    texts = tuple(item for item in value if isinstance(item, str))
    return texts if len(texts) == len(value) else None


def _desk(entry: Mapping[str, object]) -> AbuseDesk:
    text = {key: str(entry.get(key, "")) for key in _TEXTS}
    return AbuseDesk(
        name=text["name"],
        domains=_strings(entry.get("domains", [])) or (),
        networks=_strings(entry.get("networks", [])) or (),
        email=text["email"],
        form=text["form"],
        page=text["page"],
        wants=text["wants"],
        note=text["note"],
        checked=text["checked"],
        source=text["source"],
        confidence=str(entry.get("confidence", "")),
    )


def desk_for_address(domain: str, desks: Sequence[AbuseDesk]) -> AbuseDesk | None:
    """The desk for addresses at *domain*: by itself, then by who registered it."""
    return _look_up(domain, [(desk, desk.domains) for desk in desks]) or _look_up(
        domain, [(desk, desk.networks) for desk in desks]
    )


def desk_for_network(name: str, desks: Sequence[AbuseDesk]) -> AbuseDesk | None:
    """The desk for a computer called *name*, as the receiver looked it up."""
    return _look_up(name, [(desk, desk.networks) for desk in desks]) or _look_up(
        name, [(desk, desk.domains) for desk in desks]
    )


def _look_up(
    domain: str, listed: Sequence[tuple[AbuseDesk, tuple[str, ...]]]
) -> AbuseDesk | None:
    for name in (ascii_form(domain), registrable_domain(domain), owner_domain(domain)):
        for desk, domains in listed:
            if name and name in domains:
                return desk
    return None


def guessed_desk(domain: str) -> AbuseDesk:
    """The address that RFC 2142 gives to every domain, which nobody has checked."""
    owner = owner_domain(domain)
    return AbuseDesk(
        name=owner,
        domains=(owner,),
        email=f"abuse@{owner}",
        note=_(
            "Look at their abuse page first. This address is a guess: every domain "
            "should have it, and nobody has checked if this one does."
        ),
        source="RFC 2142",
        confidence="none",
    )


def is_guess(desk: AbuseDesk) -> bool:
    """Whether *desk* was worked out from a name, and stands in no table."""
    return desk.confidence == "none"


def network_to_look_up(
    ip: str, name: str, registry: Registry | None = None, *, legacy: bool = False
) -> AbuseDesk:
    """No desk is known for this address: how to find it, and no invented e-mail."""
    return AbuseDesk(
        name=name or ip,
        page=f"{registry.lookup}{ip}" if registry else f"https://rdap.org/ip/{ip}",
        note=" ".join(_how_to_look_up(ip, registry, legacy=legacy)),
        checked=registry.checked if registry else "",
        source=registry.source if registry else "RFC 9082",
        confidence="none",
    )


def _how_to_look_up(
    ip: str, registry: Registry | None, *, legacy: bool
) -> Iterator[str]:
    if registry is None:
        yield _("Look up who runs the internet address {ip} (RDAP).").format(ip=ip)
        yield _("In the answer, find the contact with the role abuse.")
        return
    words = _("Ask {registry} who runs the internet address {ip}.")
    yield words.format(registry=registry.name, ip=ip)
    yield registry.hint
    if legacy:
        yield _("The block is an old one: the answer may point on to another registry.")
    yield _("The lookup shows them the address of this computer, not your name.")
