"""Ways to the screens of the vault and of what lies around it. Not a test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from guide.actions.journey import Journey
from guide.actions.places.place import Place
from tests.promises.hostile_world import Opened, Opener, World, finish_work


def brought(world: World, journey: Journey) -> Place:
    from guide.actions.bringing import Meanwhile, Told
    from guide.actions.places.bringing import BringPlace
    from guide.model.brought import Brought

    told = Told(id="field:x", name="Your name", now=world.said(), kept=world.said())
    along = Brought(
        people=1,
        seconds=(world.said(),),
        elsewhere=((world.said(), world.said()),),
    )
    return BringPlace(world.desk, Meanwhile(brought=along, told=(told,)))


def waiting(world: World, journey: Journey) -> Opened:
    """The same, opened by its name."""
    from guide.actions.bringing import Meanwhile, Told
    from guide.actions.places.targets import place_for

    told = Told(id="field:x", name="Your name", now=world.said(), kept=world.said())
    desk = replace(world.desk, meanwhile=Meanwhile(told=(told,)))
    return place_for(Journey(desk), "bring")


def doctor(world: World, journey: Journey) -> Place:
    from guide.actions.places.doctor import DoctorPlace
    from guide.actions.tracing import Traces
    from guide.safety.swap import Sealing, Swap
    from guide.safety.traces import Look, Seen

    path = Path(world.name())
    seen = Look(keeper="bash", path=path, seen=Seen.NAMED, lines=3)
    return DoctorPlace(
        world.desk,
        Traces(
            system="linux",
            program=path,
            libraries=(path,),
            settings=path,
            packs=path,
            vault=path,
            vault_size=3,
            vault_files=1,
            keyring=True,
            histories=(seen,),
            windows=(seen,),
            swaps=(Swap(path=world.said(), sealing=Sealing.UNKNOWN),),
        ),
    )


def removed(world: World, journey: Journey) -> Place:
    from guide.actions.destroying import Removed
    from guide.actions.places.vault_remove import RemovedPlace

    left = (world.name(), world.said())
    return RemovedPlace(Removed(folder=Path(world.name()), left=left))


def copied(world: World, journey: Journey) -> Opened:
    """The whole vault, to a folder with such a name."""
    journey.open("keep")
    journey.choose("copy")
    journey.typed((world.home / world.name(whole=True)).as_uri())
    finish_work(journey)
    return None


def a_folder(world: World, journey: Journey) -> Place:
    from guide.actions.places.vault import FolderPlace

    folder = world.home / world.name()
    return FolderPlace(world.desk, "a passphrase", folder, journey.place)


def a_sheet(file: int) -> Opener:
    def opened(world: World, journey: Journey) -> Opened:
        from guide.actions.places.vault_open import SheetFilePlace, SheetPlace

        sheet = SheetPlace(world.desk, ("one", "two"))
        return SheetFilePlace(sheet) if file else sheet

    return opened


def saved_sheet(world: World, journey: Journey) -> Place:
    from guide.actions.places.vault_open import SheetPlace

    path = world.new_folder() / "list.txt"
    return SheetPlace(world.desk, ("one", "two")).saved(path.as_uri())


def not_put_back(world: World, journey: Journey) -> Place:
    from guide.actions.places.vault_damaged import NotPutBackPlace
    from guide.model.problems import UnreadableFileError

    return NotPutBackPlace(str(UnreadableFileError()))


def saved_letter(world: World, journey: Journey) -> Opened:
    journey.open("letter:no-contact-notice")
    journey.choose("save:txt")
    journey.typed((world.new_folder() / "notes").as_uri())
    return None


def found_pages(world: World, journey: Journey) -> Opened:
    journey.open("search")
    journey.typing(world.said())
    return None
