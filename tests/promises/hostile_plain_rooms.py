"""The screens whose sentences are all ours, opened over the same hostile vault.

Not a test. Each has to be there without one of the payloads.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.journey import Journey
from guide.actions.places.place import Move, Place, Stay
from tests.promises.hostile_rows import Surface
from tests.promises.hostile_world import Opened, Opener, World


def with_desk(make: str) -> Opener:
    """A screen that is made of the desk alone, by its module and its name."""

    def opened(world: World, journey: Journey) -> Opened:
        from importlib import import_module

        room, _dot, name = make.partition(".")
        place: Place = getattr(import_module(f"guide.actions.places.{room}"), name)(
            world.desk
        )
        return place

    return opened


def with_folder(name: str) -> Opener:
    """A door to a vault in a folder with a hostile name."""

    def opened(world: World, journey: Journey) -> Opened:
        from guide.actions.places import vault_door, vault_keys

        folder = here(world.desk)
        if name == "RecoveryPlace":
            return vault_door.RecoveryPlace(world.desk, folder, journey.place)
        if name == "SpareKeysPlace":
            return vault_keys.SpareKeysPlace(world.desk, folder, journey.place)
        made = {"DoorPlace": vault_door.DoorPlace, "NotesPlace": vault_door.NotesPlace}
        return made[name](world.desk, folder)

    return opened


def here(desk: Desk) -> Path:
    assert desk.opened is not None
    return desk.opened.folder


def never(_passphrase: str, _before: Place) -> Move:
    return Stay()


def words(world: World, journey: Journey) -> Place:
    from guide.actions.places.vault import WordsPlace

    return WordsPlace(never, journey.place)


def own(world: World, journey: Journey) -> Place:
    from guide.actions.places.vault import OwnPlace

    return OwnPlace(never, journey.place)


def again(world: World, journey: Journey) -> Place:
    from guide.actions.places.vault import AgainPlace

    return AgainPlace(world.said(), never, journey.place)


def damaged(name: str) -> Opener:
    def opened(world: World, journey: Journey) -> Place:
        from guide.actions.guarding import Offered
        from guide.actions.places import vault_damaged

        at = datetime(2026, 11, 1, tzinfo=UTC)
        folder = here(world.desk)
        offered = Offered(name=world.name(), made_at=at, files_since=3)
        made = {
            "DamagedPlace": vault_damaged.DamagedPlace,
            "OpenDamagedPlace": vault_damaged.OpenDamagedPlace,
        }
        return made[name](world.desk, folder, offered)

    return opened


def age_unknown(world: World, journey: Journey) -> Place:
    from guide.actions.picture_gate import AgeUnknownError
    from guide.actions.places.evidence_intake import AgeUnknownPlace

    return AgeUnknownPlace(str(AgeUnknownError()))


def not_kept(world: World, journey: Journey) -> Place:
    from guide.actions.places.vault_open import NotKeptPlace

    return NotKeptPlace()


def locking(world: World, journey: Journey) -> Place:
    from guide.actions.places.working import LockingPlace

    return LockingPlace()


ROOMS = (
    Surface("watched", with_desk("first_run.WatchedPlace"), quiet=True),
    Surface("safer", with_desk("first_run.SaferPlace"), quiet=True),
    Surface("practise", with_desk("first_run.PractisePlace"), quiet=True),
    Surface("notes, begun", with_desk("vault.KeepPlace"), quiet=True),
    Surface("notes, six words", words, quiet=True),
    Surface("notes, own words", own, quiet=True),
    Surface("notes, words again", again, quiet=True),
    Surface("notes, damaged", damaged("DamagedPlace"), quiet=True),
    Surface("notes, damaged within", damaged("OpenDamagedPlace"), quiet=True),
    Surface("notes, door", with_folder("DoorPlace"), quiet=True),
    Surface("notes, found", with_folder("NotesPlace"), quiet=True),
    Surface("notes, spare keys", with_folder("SpareKeysPlace"), quiet=True),
    Surface("notes, recovery", with_folder("RecoveryPlace"), quiet=True),
    Surface("notes, not kept", not_kept, quiet=True),
    Surface("notes, locking", locking, quiet=True),
    Surface("evidence, no vault", with_desk("evidence.NoVaultPlace"), quiet=True),
    Surface("evidence, no age", age_unknown, quiet=True),
    Surface("bin, for ever", with_desk("bin.EmptyPlace"), quiet=True),
)
