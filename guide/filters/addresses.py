r"""What may stand in a filter: addresses, domains and chat names, by what they hold.

A short list of signs is let in, and all else is refused. So no address can end the
string that it stands in, whatever the format: no quote, space, bracket, backslash,
control character or letter outside ASCII comes through here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

# RFC 5322, 3.2.3: the "dot-atom" that nearly every address is.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = rf"{_ATOM}(?:\.{_ATOM})*"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = rf"(?:{_LABEL}\.)+(?!\d+\Z){_LABEL}"
_ADDRESS = re.compile(rf"({_LOCAL})@({_DOMAIN})", re.IGNORECASE)
_ONLY_DOMAIN = re.compile(_DOMAIN, re.IGNORECASE)
# RFC 2812, 2.3.1, with the names of other chats that hold nothing more.
_CHAT = re.compile(r"[A-Za-z0-9_\[\]\\`^{}|-]{1,64}")
_MATRIX = re.compile(rf"@[A-Za-z0-9._=/+-]{{1,200}}:{_DOMAIN}(?::\d{{1,5}})?")
_LONGEST_LOCAL, _LONGEST_DOMAIN = 64, 253
# A name in brackets is how guides show where a name goes; they are not typed.
_BRACKETS = {"<": ">", "(": ")", '"': '"'}
_SQUARE = {"[": "]"}  # in a chat they can be part of a name

# Everybody can have an address there: a rule for the whole of one would take in
# friends, courts and banks. The table of abuse desks names more of them.
_BIG = """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com passport.com
    yahoo.com ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com
    proton.me protonmail.com pm.me tuta.com tutanota.com tuta.io keemail.me
    fastmail.com fastmail.fm gmx.com gmx.net gmx.de gmx.at gmx.ch web.de mail.com
    email.com usa.com zoho.com zohomail.com hey.com duck.com mail.ru bk.ru inbox.ru
    list.ru yandex.ru yandex.com ya.ru rambler.ru qq.com foxmail.com 163.com 126.com
    sina.com yeah.net naver.com daum.net hanmail.net rediffmail.com libero.it
    virgilio.it laposte.net orange.fr wanadoo.fr free.fr sfr.fr t-online.de
    freenet.de posteo.de mailbox.org seznam.cz wp.pl o2.pl onet.pl interia.pl
    bigpond.com optusnet.com.au btinternet.com sky.com virginmedia.com talktalk.net
    comcast.net verizon.net att.net sbcglobal.net cox.net charter.net shaw.ca
    rogers.com uol.com.br bol.com.br terra.com.br mailinator.com guerrillamail.com
    yopmail.com hushmail.com disroot.org riseup.net privaterelay.appleid.com
    mozmail.com simplelogin.com anonaddy.com
"""
_PUBLIC = frozenset(_BIG.split())
_OFFICIAL = frozenset(
    """
    gov govt gouv gob gub gc mil police polizei politie policia polizia polis
    justice justiz court courts edu ac sch k12 nhs
    """.split()  # noqa: SIM905  a list of this length reads better as text
)
# A company that serves the public in many countries, under many endings.
_PUBLIC_NAMES = frozenset({"gmail", "hotmail", "outlook", "live", "yahoo", "gmx"})


def address_in(text: str) -> str:
    """The mail address that *text* is; "" where it is none that a filter can hold.

    >>> address_in("<Some.One@Example.COM>"), address_in('a"b@example.com')
    ('Some.One@example.com', '')
    """
    found = _ADDRESS.fullmatch(_bare(text))
    if not found or len(found[1]) > _LONGEST_LOCAL or len(found[2]) > _LONGEST_DOMAIN:
        return ""
    return f"{found[1]}@{found[2].lower()}"


def domain_in(text: str) -> str:
    """The domain that *text* is, or "".

    >>> domain_in("Example.COM"), domain_in("example.com) or (subject,contains,")
    ('example.com', '')
    """
    found = len(text) <= _LONGEST_DOMAIN and _ONLY_DOMAIN.fullmatch(text)
    return text.lower() if found else ""


def is_public(domain: str, known: Collection[str] = ()) -> bool:
    """Whether many people have addresses at *domain*; *known* names more such.

    >>> is_public("gmail.com"), is_public("mail.yahoo.co.jp"), is_public("example.com")
    (True, True, False)
    """
    if len(domain) > _LONGEST_DOMAIN:  # whatever it is, no rule may hold it
        return True
    labels = domain.lower().split(".")
    whole = {".".join(labels[n:]) for n in range(len(labels) - 1)}
    return bool(
        len(labels) < 2
        or whole & _PUBLIC
        or whole & {each.lower() for each in known}
        or _PUBLIC_NAMES & set(labels[:-1])
    )


def is_official(domain: str) -> bool:
    """Whether *domain* says that it is of the state, a court, the police or a school.

    Mail in their name can be forged, and a rule for all of it would hide theirs.

    >>> is_official("court.example.gov"), is_official("police.example.com")
    (True, True)
    """
    return bool(_OFFICIAL & set(domain.lower().split(".")))


def chat_name_in(text: str) -> str:
    r"""The chat name that *text* is, without brackets around it, or "".

    >>> chat_name_in(" <somebody> "), chat_name_in("@somebody"), chat_name_in("a b")
    ('somebody', 'somebody', '')
    """
    plain = _within(text, _BRACKETS).removeprefix("@")
    return plain if _CHAT.fullmatch(plain) and not plain.startswith("-") else ""


def matrix_name_in(text: str) -> str:
    """The Matrix name that *text* is, or "".

    >>> matrix_name_in("[@somebody:example.org]"), matrix_name_in("@somebody")
    ('@somebody:example.org', '')
    """
    plain = _bare(text)
    return plain if _MATRIX.fullmatch(plain) else ""


def _bare(text: str) -> str:
    """Without what stands around a name in other guides: blanks, one pair of marks."""
    return _within(text, _BRACKETS | _SQUARE)


def _within(text: str, brackets: Mapping[str, str]) -> str:
    plain = text.strip(" \t")
    if len(plain) > 2 and brackets.get(plain[0]) == plain[-1]:
        return plain[1:-1]
    return plain
