"""Ways to the screens of files and emails with hostile words in them. Not a test."""

from __future__ import annotations

from pathlib import Path

from guide.actions.evidence import Kept as KeptFiles
from guide.actions.evidence import Tie
from guide.actions.journey import Journey
from guide.actions.places.place import Begin, Place
from guide.actions.working import Work
from tests.promises.hostile_samples import known_mail, samples
from tests.promises.hostile_world import Opened, Opener, World, finish_work


def inside(kind: str) -> Opener:
    """A look into the kept file with this ending, all the way."""

    def opened(world: World, journey: Journey) -> Opened:
        journey.open(f"evidence:{world.files[kind]}")
        journey.choose("look")
        finish_work(journey)
        return None

    return opened


def copying(world: World, journey: Journey) -> Opened:
    """Where a plain copy goes."""
    journey.open(f"evidence:{world.files['csv']}")
    journey.choose("copy-out")
    journey.typed(confirmed())
    return None


def files_of_all_kinds(world: World) -> tuple[Path, ...]:
    text = world.file(".txt", b"Something that was not there before.")
    (link := world.file(".lnk", b"x")).unlink()
    link.symlink_to(text)
    picture = world.file(".jpg", b"\xff\xd8\xff\xe0 no picture")
    return text, link, picture


def intake(world: World, journey: Journey) -> None:
    """What was found behind names that were dropped."""
    typed = " ".join(each.absolute().as_uri() for each in files_of_all_kinds(world))
    journey.open("evidence")
    journey.typed(typed)
    finish_work(journey)


def taken_in(*choices: str) -> Opener:
    def opened(world: World, journey: Journey) -> Opened:
        intake(world, journey)
        for choice in choices:
            journey.choose(choice)
            finish_work(journey)
        return None

    return opened


def kept(world: World, journey: Journey) -> Place:
    from guide.actions.finding import Refused
    from guide.actions.places.evidence_kept import KeptPlace
    from guide.safety.display import show_path

    file = world.desk.vault.evidence(world.files["txt"])
    again = world.desk.vault.evidence(world.files["csv"])
    name = show_path(world.name())
    refused = (Refused(name=name, why="It is a link."),)
    result = KeptFiles(kept=(file,), again=(again,), refused=refused, stopped=(name,))
    return KeptPlace(world.desk, result, Tie(incident_id=world.incident))


def checked(world: World, journey: Journey) -> Place:
    from guide.actions.evidence_care import Checked
    from guide.actions.places.evidence_care import CheckedPlace
    from guide.vault.sealed_reading import FileState

    file = world.desk.vault.evidence(world.files["txt"])
    return CheckedPlace(Checked(intact=0, others=((file, FileState.CHANGED),)))


def copied_out(world: World, journey: Journey) -> Opened:
    """A plain copy, to a folder with such a name."""
    journey.open(f"evidence:{world.files['csv']}")
    journey.choose("copy-out")
    journey.typed(confirmed())
    journey.typed(world.new_folder().as_uri())
    finish_work(journey)
    return None


def confirmed() -> str:
    from guide.actions.evidence_care import word_for_copy

    return word_for_copy()


def working(world: World, journey: Journey) -> Place:
    from guide.actions.places.working import WorkingPlace

    def never(_work: Work) -> Place:
        raise AssertionError

    work = Work(f"Looking at {world.said()}", never)
    work.progress(3, 7)
    return WorkingPlace(Begin(work))


def message(world: World, ending: str = "eml") -> Path:
    return world.file(f".{ending}", samples(world.words)[ending])


def a_mail(world: World) -> str:
    return message(world).as_uri()


def a_known_mail(world: World) -> str:
    return world.file(".eml", known_mail(world.words)).as_uri()


def a_mailbox(world: World) -> str:
    return message(world, "mbox").as_uri()


def saved_table(world: World, journey: Journey) -> Opened:
    journey.open("tool:mail")
    journey.typed(a_mailbox(world))
    journey.choose("table")
    finish_work(journey)
    journey.choose("save")
    journey.typed((world.new_folder() / "table.csv").as_uri())
    return None


def small_mailbox(world: World, journey: Journey) -> Place:
    from guide.actions.places.mail_table import MailboxPlace

    return MailboxPlace(world.desk, a_mailbox(world))


def checked_key(world: World, journey: Journey) -> Opened:
    key = world.file(".txt", b"v=DKIM1; k=rsa; p=AAAA")
    journey.open("tool:mail")
    journey.typed(a_mail(world))
    journey.choose("key")
    journey.typed(key.as_uri())
    return None


def own_service(world: World, journey: Journey) -> Place:
    from guide.actions.places.own_service import OtherServicePlace

    return OtherServicePlace(world.desk, "example.com", lambda: journey.place)


def link_of_a_page(world: World) -> str:
    """A link as it is pasted: no blanks, and a name that can be read."""
    return f"https://example.com/{''.join(world.said().split())}"


def which(world: World, journey: Journey) -> Place:
    from guide.actions.places.evidence_which import WhichPlace
    from guide.actions.places.place import Stay

    return WhichPlace(world.desk, lambda _tie: Stay(), journey.place, none=True)
