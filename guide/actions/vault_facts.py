"""What can be said of an open vault in a line: its size, its backup, its ways in."""

from __future__ import annotations

from collections import Counter

from guide.actions.desk import Desk
from guide.actions.guarding import last_backup
from guide.actions.keeping import vault_of
from guide.model.telling import one_decimal, the_minute
from guide.vault.changing import slots
from guide.vault.folder import vault_files
from guide.vault.slots import SlotKind
from guide.words import _, plural


def size_in_words(size: int) -> str:
    """How big something is, in the decimal units that disks are sold in.

    >>> size_in_words(999), size_in_words(1500), size_in_words(5 * 10**9)
    ('999 bytes', '1.5 kB', '5.0 GB')
    """
    if size < 1000:
        return plural("{count} byte", "{count} bytes", size)
    units = (_("{size} kB"), _("{size} MB"), _("{size} GB"), _("{size} TB"))
    scaled, unit = size / 1000, 0
    while scaled >= 999.95 and unit < len(units) - 1:
        scaled, unit = scaled / 1000, unit + 1
    return units[unit].format(size=one_decimal(scaled))


def size_of_vault(desk: Desk) -> str:
    """How big the folder is, and how many files are in it."""
    found = vault_files(vault_of(desk).folder)
    files = plural("{count} file", "{count} files", len(found))
    return f"{size_in_words(sum(each.size for each in found))}, {files}"


def backup_in_words(desk: Desk) -> str:
    """When the last backup was made."""
    made_at = last_backup(desk)
    return the_minute(made_at.astimezone()) if made_at else _("none yet")


def ways_in_words(desk: Desk) -> str:
    """What opens the vault, and how many of each kind; a damaged way is said so."""
    names = {
        SlotKind.PASSPHRASE: _("passphrase"),
        SlotKind.RECOVERY: _("recovery sheet"),
        SlotKind.KEYRING: _("keyring of this login"),
        SlotKind.RECIPIENT: _("an advocate's key"),
    }
    found = []
    for way in slots(vault_of(desk)):
        name = names[way.kind] if way.kind else _("one that cannot be read")
        found.append(_("{name} (damaged)").format(name=name) if way.damaged else name)
    # Two of a kind are no accident: the guide itself makes one of each.
    several = _("{name} ({count} of them)")
    return ", ".join(
        name if count == 1 else several.format(name=name, count=count)
        for name, count in Counter(found).items()
    )
