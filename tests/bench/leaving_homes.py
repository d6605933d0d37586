"""What stands on the disk before somebody leaves, and whether it still does after.

Every check opens the notes as a reader would, and says in words what is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guide.actions.keeping import make_vault, open_vault_desk
from guide.vault.keys import CHEAPEST, Argon2Profile
from guide.vault.store import Vault
from tests.bench.leaving_app import LEDGER
from tests.plain.talking import a_desk
from tests.vault.keeping_desk import NOON, WORDS
from tests.vault.working_desk import MEGABYTE, NAME, keeping, sealed_names

CANARY = "Zebrafish-Quartz-4471"
DRAFT = "Somebody stood at the gate and"  # in the midst of a sentence
# Half a second or so: long enough to leave in the midst of it.
_DEAR = Argon2Profile(memory_kib=64 * 1024, passes=8, lanes=1)
_LARGE = 512 * MEGABYTE


def settled(home: Path) -> None:
    """Somebody who has been here before."""
    (home / "settings.toml").write_text('theme = "night"\n', "utf-8")


def nobody(_home: Path) -> None:
    """Somebody who starts the guide for the first time."""


def with_notes(home: Path, profile: Argon2Profile = CHEAPEST) -> None:
    """Notes are kept, with a name in them."""
    settled(home)
    made = make_vault(a_desk(), home / "notes", WORDS, WORDS, NOON, profile=profile)
    made.vault.put_field("my_name", CANARY)
    made.close()


def with_dear_notes(home: Path) -> None:
    """Notes that take their time to open."""
    with_notes(home, _DEAR)


def with_a_file(home: Path) -> None:
    """Notes, and a large file that is not among them."""
    with_notes(home)
    with (home / NAME).open("wb") as file:
        file.truncate(_LARGE)


def with_a_kept_file(home: Path) -> None:
    """Notes, and a large file among them."""
    with_a_file(home)
    desk = open_vault_desk(a_desk(), home / "notes", WORDS)
    keeping(desk, home / NAME).run()
    desk.close()


def nothing_to_lose(_home: Path) -> str:
    """Nothing was kept."""
    return ""


def notes_lost(home: Path) -> str:
    """What was kept before, and is there no more."""
    with reopened(home) as vault:
        name = vault.fields().get("my_name", "")
    return "" if name == CANARY else f"the name is {name!r}"


def answers_lost(home: Path) -> str:
    """Which acknowledged answers are there no more, of those in the ledger."""
    ledger = home / LEDGER
    try:
        numbers = ledger.read_text("ascii").split()
        ledger.unlink()
    except FileNotFoundError:  # left before the first one was acknowledged
        return notes_lost(home)
    with reopened(home) as vault:
        answers = vault.answers()
    lost = [number for number in numbers if answers.get(f"n{number}") != number]
    if not numbers:
        return "nothing was committed"
    return f"answers {lost[:5]} of {len(numbers)}" if lost else notes_lost(home)


def draft_lost(home: Path) -> str:
    """The words that were being written down."""
    with reopened(home) as vault:
        drafts = [
            value for field, value in vault.fields().items() if field != "my_name"
        ]
        for field in [*vault.fields()]:
            if field != "my_name":
                vault.put_field(field, "")
    whole = any(DRAFT in draft for draft in drafts)
    return notes_lost(home) if whole else f"the draft is {drafts}"


def half_kept(home: Path) -> str:
    """Anything that a file half taken in has left, or done to the file itself."""
    lost = notes_lost(home)
    if sealed := sealed_names(home / "notes"):
        lost = f"sealed files {sealed}"
    with (home / NAME).open("rb") as file:
        zeros = not any(file.read(MEGABYTE))
    whole = zeros and (home / NAME).stat().st_size == _LARGE
    return lost if whole else "the file itself"


def kept_file_lost(home: Path) -> str:
    """Whether the file that was being checked is no longer kept."""
    with reopened(home) as vault:
        kept = vault.evidence_ids()
    sealed = sealed_names(home / "notes")
    there = len(kept) == 1 and f"{kept[0]}.age" in sealed
    return notes_lost(home) if there else f"the kept file: {sealed}"


@contextmanager
def reopened(home: Path) -> Iterator[Vault]:
    """The notes, opened again as a reader would; it takes away what was half done."""
    desk = open_vault_desk(a_desk(), home / "notes", WORDS)
    try:
        yield desk.vault
    finally:
        desk.close()
