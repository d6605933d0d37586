"""Every screen with a line to type on, and a way there at a real vault.

Not a test: ``test_canaries_table`` types a canary on each of them, and fails where a
screen of the guide is missing here.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from guide.actions.evidence_care import word_for_copy
from guide.actions.journey import Journey
from guide.actions.notes import INCIDENT, Notes
from guide.actions.packs import add_pack, read_pack
from guide.actions.recording import keep_incident
from guide.model.problems import GuideError
from tests.promises.canaries import PASSPHRASE, canary
from tests.unit.small_packs import as_folder
from tests.unit.test_pack_forms import FILES, FORM
from tests.vault.evidence_desk import keep_all
from tests.vault.keeping_desk import TO_THE_NOTICE

NOTICE = "letter:no-contact-notice"
THEM = f"{canary('them')}@example.com"


@dataclass
class Typist:
    """Types a canary on the screen on top, and remembers which screen that was."""

    journey: Journey
    login: Path
    on: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def type(self, text: str = "") -> None:
        """*text*, or a canary of this screen; a refusal is one more way to leak."""
        place = type(self.journey.place)
        module = place.__module__.rpartition(".")[2]
        self.on.add(f"{module}.{place.__name__}")
        text = text or canary(f"on-{place.__name__}")
        self.said.append(text)
        self.journey.typing(text)
        with suppress(GuideError):
            self.journey.typed(text)

    def works(self) -> None:
        """Until what was begun has ended, and is shown."""
        work = self.journey.work
        assert work is not None
        work.start()
        assert work.wait(30)
        self.journey.follow_work()

    def ways(self, *values: str) -> None:
        for each in values:
            self.journey.choose(each)

    def given(self, name: str) -> Path:
        (found,) = (self.login / "given").glob(f"{canary(name)}.*")
        return found


def the_notice(at: Typist) -> None:
    """Finished, saved, noted as sent at a time; another one set aside."""
    journey = at.journey
    for choice in TO_THE_NOTICE:
        journey.choose(choice)
    journey.open(NOTICE)
    journey.fill("their_contact", THEM)
    journey.fill("their_name", canary("their-name"))
    journey.choose("finish")
    at.type()
    at.type(THEM)
    at.ways("void")
    at.type()
    journey.open(NOTICE)
    journey.choose("finish")
    at.type(f"{canary('on-FinishPlace')}@example.com")
    at.type(THEM)
    at.ways("save:txt")
    at.type(str(at.login / "asked" / "notice.txt"))
    at.ways("sent", "earlier")
    at.type()


def a_record(at: Typist) -> None:
    """Written step by step in the table of steps; corrected, and put in the bin."""
    journey = at.journey
    values = {"account": canary("before")}
    kept = keep_incident(journey.desk, Notes(kind=INCIDENT, values=values))
    journey.open(f"incident:{kept.id}")
    at.ways("correct", "step:when")
    at.type()
    at.type("2026-11-03 22:10")
    at.ways("zone")
    at.type()
    at.type("Europe/London")
    journey.choose("when:0")
    at.ways("step:account")
    at.type()
    at.ways("keep")
    at.type()
    at.ways("to-bin")
    at.type()


def people(at: Typist) -> None:
    """Added, named again, with an address that is taken back."""
    journey = at.journey
    journey.open("people")
    at.ways("add")
    at.type(f"@{canary('on-LinePlace')}")
    at.ways("identifier")
    at.type(f"{canary('identifier')}@example.com")
    at.ways("rename")
    at.type(canary("renamed"))
    at.ways("wrong")
    at.ways(journey.sheet().rows[0].value)
    at.type()


def evidence(at: Typist) -> None:
    """Named, kept, and a plain copy asked for."""
    journey = at.journey
    journey.open("evidence")
    at.type()
    with suppress(GuideError):
        at.works()
    (file,) = keep_all(journey.desk, at.given("file-name")).kept
    journey.open(f"evidence:{file.id}")
    at.ways("copy-out")
    at.type()
    at.type(word_for_copy())
    at.type(str(at.login / "asked" / "plain.txt"))
    at.works()


def mail(at: Typist) -> None:
    """Opened, its service named, its key checked, more of it added, its table saved."""
    journey = at.journey
    journey.open("tool:mail")
    at.type()
    at.type(str(at.given("mail-name")))
    at.ways("own:other")
    at.type()
    at.type(f"{canary('own-service')}.example.com")
    at.ways("key")
    at.type()
    journey.back()
    at.ways("to:0", "more")
    at.type()
    journey.open("tool:mail")
    journey.typed(str(at.login / "asked" / "many.mbox"))
    at.ways("table")
    at.works()
    at.ways("save")
    at.type(str(at.login / "asked" / "table.csv"))


def a_filter(at: Typist) -> None:
    """For an address, and saved."""
    at.journey.open("tool:filters")
    with suppress(GuideError):
        at.ways("unsafe")
    at.type(f"{canary('on-WhoPlace')}@example.com")
    at.ways("sieve", "save")
    at.type(str(at.login / "asked" / "filter.sieve"))


def hand_over(at: Typist) -> None:
    """A case for the police, written as a file; then who took it."""
    journey = at.journey
    values = {"account": canary("case-account"), "note": canary("case-note")}
    keep_incident(journey.desk, Notes(kind=INCIDENT, values=values))
    journey.open("case")
    at.ways("police", "fewer")
    at.type()
    journey.back()
    at.ways("book", "html")
    at.type(str(at.login / "asked" / "book.html"))
    at.works()
    at.ways("given")
    at.type()


def a_bag(at: Typist) -> None:
    """A folder with the files: plain, and sealed with a passphrase of its own."""
    journey = at.journey
    journey.open("case")
    at.ways("police", "bag", "plain")
    at.type()
    at.type(word_for_copy())
    at.type(str(at.login / "asked" / "bag"))
    at.works()
    journey.open("case")
    at.ways("police", "bag", "key")
    at.type()
    journey.back()
    at.ways("words")
    for _time in range(2):
        at.type(f"{canary('bag')} under fourteen moons")
    at.type(str(at.login / "sealed-bag"))
    at.works()


def a_stamp(at: Typist) -> None:
    """A request for a time-stamp, and what is no reply to it."""
    at.journey.open("case")
    at.ways("stamps", "ask")
    at.type(str(at.login / "asked" / "request.tsq"))
    at.ways("reply")
    for _time in ("the reply", "the root"):
        at.type()


def reading(at: Typist) -> None:
    """What is searched for, and where somebody may live."""
    for target in ("search", "help-lines"):
        at.journey.open(target)
        at.type()


def lessons(at: Typist) -> None:
    """A form filled in and saved; a checklist of one's own, and each line of it."""
    add_pack(read_pack(str(as_folder(at.login / "asked" / "pack", FILES)), "lessons"))
    journey = at.journey
    journey.open(FORM)
    at.ways("fill")
    at.type()
    at.type(canary("form-long"))
    journey.open(FORM)
    at.ways("save-copy", "save:txt")
    at.type(str(at.login / "asked" / "form.txt"))
    journey.open("pack:lessons/mail/s_why.md")
    at.ways("lesson-find")
    at.type()
    journey.open("pack:!mine/new")
    at.type()
    at.type()
    at.ways("rename")
    at.type(canary("list-renamed"))
    at.ways("change", journey.sheet().rows[0].value.replace("tick:", "line:"))
    at.type(canary("line-changed"))


def lessons_added(at: Typist) -> None:
    """Named wrongly, then looked at and added."""
    folder = as_folder(at.login / "asked" / "stick", FILES)
    at.journey.open("packs")
    at.ways("add")
    at.type()
    with suppress(GuideError):
        at.works()
    at.type(str(folder))
    at.works()
    at.ways("add")
    at.works()


def care(at: Typist) -> None:
    """Copies, sheets and passphrases of an open vault."""
    journey = at.journey
    journey.open("keep")
    at.ways("copy")
    at.type(str(at.login / "copy"))
    at.works()
    journey.open("keep")
    at.ways("sheet")
    at.type()
    at.type(PASSPHRASE)
    at.ways("file")
    at.type(str(at.login / "asked" / "sheet.txt"))
    journey.open("keep")
    at.ways("change")
    at.type(PASSPHRASE)
    at.ways("own")
    at.type(f"{canary('other-passphrase')} under twelve moons")
    at.type()
    journey.open("keep")
    at.ways("remove", "go")
    at.type()


def the_door(at: Typist) -> None:
    """Locked; wrong words, then those of a sheet, then the right ones."""
    journey = at.journey
    journey.open("lock")
    at.type()
    at.type(PASSPHRASE)


WAYS: tuple[Callable[[Typist], None], ...] = (
    *(the_notice, a_record, people, evidence, mail, a_filter, hand_over),
    *(a_bag, a_stamp, reading, lessons, lessons_added, care, the_door),
)
