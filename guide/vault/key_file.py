"""``vault.json``: the format, the id and the key slots, and nothing else in clear.

It is read with limits, because it may come from anybody, and written whole or not
at all: beside, onto the disk, then renamed. There is no moment without a valid one.
"""

from __future__ import annotations

import errno
import json
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from guide.vault.disk import DISK, Disk
from guide.vault.problems import (
    DamagedVaultError,
    NewerVaultError,
    VaultDiskError,
    disk_problem,
)
from guide.vault.slots import (
    FORMAT,
    VERSION,
    Slot,
    SlotKind,
    affordable,
    has_form,
    parse_slot,
)
from guide.vault.whereabouts import KEY_FILE
from guide.words import _

KEY_FILE_PART = f"{KEY_FILE}.part"
MOST_BYTES, MOST_SLOTS = 64 * 1024, 16

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What ``vault.json`` says."""

    id: str
    slots: tuple[Slot, ...]

    def of_kind(self, kind: SlotKind) -> tuple[Slot, ...]:
        """The slots of one *kind*, those of no kind left out."""
        return tuple(slot for slot in self.slots if slot.kind is kind)

    @property
    def damaged(self) -> bool:
        """Whether any slot is not what was written."""
        return any(slot.damaged for slot in self.slots)

    def with_slots(self, *slots: Slot) -> KeyFile:
        """The same vault with other ways in."""
        return replace(self, slots=slots)


def key_file_bytes(keys: KeyFile) -> bytes:
    """``vault.json`` as it is written."""
    slots = [slot.said for slot in keys.slots]
    file = {"format": FORMAT, "version": VERSION, "id": keys.id, "slots": slots}
    return json.dumps(file, indent=1).encode("ascii") + b"\n"


def parse_key_file(source: bytes) -> KeyFile:
    """What *source* says, refused as a whole if it is no key file at all."""
    file = _object(source)
    if file.get("format") != FORMAT:
        raise DamagedVaultError
    version = file.get("version")
    if type(version) is int and version > VERSION:
        raise NewerVaultError
    slots = file.get("slots")
    if (
        set(file) != {"format", "version", "id", "slots"}
        or (type(version), version) != (int, VERSION)
        or not has_form(_ID, file["id"])
        or not isinstance(slots, list)
        or not 1 <= len(slots) <= MOST_SLOTS
    ):
        raise DamagedVaultError
    vault_id = str(file["id"])
    read = [parse_slot(each, vault_id) for each in slots]
    return KeyFile(id=vault_id, slots=tuple(affordable(read)))


def read_key_file(folder: Path, disk: Disk = DISK, *, name: str = KEY_FILE) -> KeyFile:
    """The key file of the vault in *folder*; only an ordinary file is read."""
    with disk_worded():
        try:
            found = read_ordinary(folder / name, MOST_BYTES + 1, disk)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENXIO, errno.EISDIR):
                raise DamagedVaultError from None
            raise
    return parse_key_file(found)


def replace_key_file(
    folder: Path, keys: KeyFile, disk: Disk = DISK, *, name: str = KEY_FILE
) -> None:
    """Put *keys* in place of what was there, and on the disk."""
    part, data = folder / f"{name}.part", key_file_bytes(keys)
    with disk_worded():
        part.unlink(missing_ok=True)
        try:
            write_new(part, data, disk)
            if read_ordinary(part, len(data) + 1, disk) != data:
                raise OSError(errno.EIO, "")
            disk.rename(part, folder / name)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        try:
            disk.sync_folder(folder)
        except OSError:
            raise _not_sure() from None


def write_new(path: Path, data: bytes, disk: Disk = DISK) -> None:
    """Make a file of *data* for this login alone, and wait until it is on the disk."""
    descriptor = disk.create(path)
    try:
        disk.write_all(descriptor, data)
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)


@contextmanager
def disk_worded() -> Iterator[None]:
    """Say in words of the reader what the disk refused."""
    try:
        yield
    except OSError as error:
        raise disk_problem(error.errno) from None
    except ValueError:  # a NUL, or half of a character that no name can hold
        raise disk_problem(errno.EINVAL) from None


def _not_sure() -> VaultDiskError:
    return VaultDiskError(
        _("The disk reported a fault just after the change, so it may not last."),
        _("Keep the old way in as well, and copy the vault to another disk."),
    )


def read_ordinary(path: Path, size: int, disk: Disk = DISK) -> bytes:
    """The first *size* bytes of an ordinary file."""
    descriptor = disk.open(path)
    try:
        if not stat.S_ISREG(disk.stat(descriptor).st_mode):
            raise OSError(errno.ENXIO, "")
        found = b""
        while part := disk.read(descriptor, size - len(found)):
            found += part
        return found
    finally:
        disk.close(descriptor)


def _object(source: bytes) -> dict[str, object]:
    if len(source) > MOST_BYTES:
        raise DamagedVaultError
    try:
        loaded = json.loads(
            source.decode("ascii"),
            object_pairs_hook=_without_repeats,
            parse_float=_refuse,
            parse_constant=_refuse,
        )
    except (ValueError, RecursionError):
        loaded = None
    if not isinstance(loaded, dict):
        raise DamagedVaultError
    return loaded


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(_text: str) -> NoReturn:
    raise ValueError("not a number of a key file")
