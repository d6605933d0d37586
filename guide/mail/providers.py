"""The several names of one large mail service.

A service writes ``mx.google.com`` on the mail of ``gmail.com``. Whoever does not
know that they are one takes the reader's own service for a stranger.
"""

from __future__ import annotations

from guide.mail.domains import registrable_domain

_FAMILIES = tuple(
    frozenset(names.split())
    for names in (
        "google.com gmail.com googlemail.com",
        "outlook.com hotmail.com live.com msn.com microsoft.com office365.com "
        "exchangelabs.com",
        "yahoo.com yahoodns.net yahoo.net yahooinc.com ymail.com "
        "rocketmail.com aol.com",
        "icloud.com me.com mac.com apple.com",
        "proton.me protonmail.com protonmail.ch pm.me",
        "tuta.com tutanota.com tutanota.de tutamail.com tuta.io keemail.me tuta.de",
        "fastmail.com fastmail.fm messagingengine.com",
        "gmx.net gmx.de gmx.com gmx.at gmx.ch web.de mail.com",
        "zoho.com zoho.eu zoho.in zohomail.com zohomail.eu zohocorp.com",
        "mail.ru bk.ru inbox.ru list.ru internet.ru",
        "yandex.ru yandex.com yandex.net ya.ru",
    )
)


def family(domain: str) -> frozenset[str]:
    """Every registrable domain known to be run together with that of *domain*."""
    own = registrable_domain(domain) or domain.strip().rstrip(".").lower()
    return next((names for names in _FAMILIES if own in names), frozenset({own}))


_NAMES = {
    "google.com": "Gmail",
    "outlook.com": "Outlook",
    "yahoo.com": "Yahoo",
    "icloud.com": "iCloud",
    "proton.me": "Proton",
    "tuta.com": "Tuta",
    "fastmail.com": "Fastmail",
    "gmx.net": "GMX",
    "zoho.com": "Zoho",
    "mail.ru": "Mail.ru",
    "yandex.ru": "Yandex",
}
_OWN_NAMES = {"web.de": "WEB.DE", "aol.com": "AOL", "mail.com": "mail.com"}


def service_name(domain: str) -> str:
    """What people call the service that *domain* belongs to; else the domain.

    >>> service_name("googlemail.com"), service_name("mail.example.org")
    ('Gmail', 'example.org')
    """
    own = registrable_domain(domain)
    if own in _OWN_NAMES:
        return _OWN_NAMES[own]
    names = family(domain)
    known = (name for main, name in _NAMES.items() if main in names)
    return next(known, own or domain)
