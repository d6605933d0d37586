"""An open vault: where it is, a sheet for the day the passphrase is lost, locking."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from guide.actions.desk import Desk
from guide.actions.keeping import (
    change_passphrase,
    has_recovery,
    recovery_sheet,
    save_sheet,
    sheet_text,
    vault_folder,
)
from guide.actions.places.place import Begin, Close, Move, Open, Place, Show
from guide.actions.spare_keys import spare_in_words
from guide.actions.vault_facts import (
    backup_in_words,
    size_of_vault,
    ways_in_words,
)
from guide.actions.ways_in import (
    changed_in_words,
    others_in_words,
    ways_are_others,
)
from guide.model.problems import GuideError
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, BlockKind, item, paragraph
from guide.safety.display import show_path
from guide.words import _

SHEET, CHANGE, FILE, NEXT, LOCK = "sheet", "change", "file", "next", "lock"
BACKUP, COPY, KEYRING, REMOVE = "backup", "copy", "keyring", "remove"


class VaultPlace(Place):
    """What is kept, where, and what can be done with the ways in."""

    def __init__(self, desk: Desk, said: str = "") -> None:
        self._desk, self._said = desk, said
        self._again = False  # a recovery sheet was made before
        self._others = False  # the ways in are not what the guide wrote last
        self._spare = ""  # what to do where the key file is lost or damaged
        self._facts = self._looked()  # once: a stick may be slow, or gone

    @property
    def _folder(self) -> Path:
        opened = self._desk.opened
        return opened.folder if opened else Path()

    def sheet(self) -> Sheet:
        said = [paragraph(self._said)] if self._said else []
        saved = _("What you answer and write is kept as soon as you enter it.")
        only = _("This vault can only be read here: nothing new is kept.")
        return Sheet(
            name="vault",
            title=_("My notes are kept"),
            trail=(_("Keep"),),
            blocks=(
                *said,
                paragraph(saved if self._desk.saving else only),
                *(
                    Block(kind=BlockKind.FIELD, lead=lead, text=text)
                    for lead, text in self._facts
                ),
                *self._cautions(),
            ),
            rows=self._rows(),
        )

    def _looked(self) -> list[tuple[str, str]]:
        facts = [(_("Your vault, a sealed folder: "), show_path(self._folder))]
        if self._desk.opened is not None:
            self._spare = spare_in_words(self._folder)
            with suppress(GuideError):  # then what cannot be seen is not said
                facts.append((_("Size: "), size_of_vault(self._desk)))
                facts.append((_("Last backup: "), backup_in_words(self._desk)))
                facts.append((_("Ways in: "), ways_in_words(self._desk)))
                self._again = has_recovery(self._desk)
                self._others = ways_are_others(self._desk)
        return facts

    def _cautions(self) -> list[Block]:
        opened = self._desk.opened
        lead, words = _("Look at this first"), others_in_words()
        warned = Block(kind=BlockKind.CALLOUT, lead=lead, text=words)
        found = [warned] if self._others else []
        if self._folder != vault_folder():
            words = _(
                "To open it next time, start with: guide --vault and this folder."
            )
            found.append(item(words))
        if opened and opened.others_can_look:
            found.append(
                item(_("This disk keeps no login out: keep the stick with you."))
            )
        if opened and opened.damaged_slots:
            found.append(
                item(_("One way into this vault is damaged. Copy the folder soon."))
            )
        if self._spare:
            found.append(item(self._spare))
        return found

    def _rows(self) -> tuple[Row, ...]:
        again = _("Make a new recovery sheet")
        sheet = again if self._again else _("Make a recovery sheet")
        note = _("Ten words on paper that open it if the passphrase is lost")
        home = Row(kind=RowKind.LINK, value="home", text=_("Go to the first screen"))
        if not self._desk.saving:
            return (home, Row(kind=RowKind.BUTTON, value=LOCK, text=_("Lock it now")))
        buttons = (
            (LOCK, _("Lock it now")),
            (COPY, _("Copy all of it to another disk")),
            (BACKUP, _("Back up now")),
            (CHANGE, _("Change the passphrase")),
            (KEYRING, _("Open it without a passphrase")),
            (REMOVE, _("Remove all that is kept")),
        )
        return (
            Row(kind=RowKind.BUTTON, value=SHEET, text=sheet, note=note),
            *(Row(kind=RowKind.BUTTON, value=x, text=text) for x, text in buttons),
            home,
        )

    def choose(self, value: str) -> Move:
        match value:
            case "sheet":
                return Show(ProofPlace(self, self._sheet_made))
            case "change":
                return Show(ProofPlace(self, self._change))
            case "backup":
                return self._back_up()
            case "copy" | "keyring" | "remove":
                return Show(self._other(value))
            case _:
                return Open(value)

    def _other(self, value: str) -> Place:
        from guide.actions.places.vault_copy import CopyPlace
        from guide.actions.places.vault_keyring import KeyringPlace
        from guide.actions.places.vault_remove import RemovePlace

        made = {"copy": CopyPlace, "keyring": KeyringPlace, "remove": RemovePlace}
        return made[value](self._desk)

    def _back_up(self) -> Move:
        from guide.actions.guarding import back_up
        from guide.actions.working import Work

        def copy(_work: Work) -> Place:
            back_up(self._desk)
            words = _(
                "Backed up. It is on the same disk: copy all of it to another disk too."
            )
            return VaultPlace(self._desk, words)

        words = _("Backing up what you wrote")
        return Begin(Work(words, copy), instead=True)

    def _sheet_made(self, proof: str) -> Move:
        return Show(SheetPlace(self._desk, recovery_sheet(self._desk, proof)))

    def _change(self, proof: str) -> Move:
        from guide.actions.places.vault import WordsPlace

        def then(new: str, _before: Place) -> Move:
            change_passphrase(self._desk, proof, new, new)
            return Show(VaultPlace(self._desk, changed_in_words()))

        return Show(WordsPlace(then, self))


class ProofPlace(Place):
    """The passphrase again: whoever sits here may not be the reader."""

    def __init__(
        self, before: Place, then: Callable[[str], Move], last: str = ""
    ) -> None:
        self._before, self._then = before, then
        self._last = last  # what cannot be undone once it is typed

    def sheet(self) -> Sheet:
        words = _(
            "Type the passphrase you have now. If you made a recovery sheet, its words "
            "work too."
        )
        return Sheet(
            name="proof",
            title=_("Is it you?"),
            trail=(_("Keep"),),
            blocks=(*([paragraph(self._last)] if self._last else []), paragraph(words)),
            ask=Ask(label=_("Passphrase"), secret=True),
        )

    def typed(self, text: str) -> Move:
        return self._then(text)

    def back(self) -> Place | None:
        return self._before


class SheetPlace(Place):
    """The recovery words, on this screen and on none after it."""

    def __init__(self, desk: Desk, words: tuple[str, ...], said: str = "") -> None:
        self._desk, self._words, self._said = desk, words, said

    def sheet(self) -> Sheet:
        first = _(
            "Write these ten words down in this order. They open everything, without "
            "the passphrase. They are not shown again."
        )
        rows = (
            Row(
                kind=RowKind.BUTTON, value=NEXT, text=_("I have written them"), key="n"
            ),
            Row(
                kind=RowKind.BUTTON,
                value=FILE,
                text=_("Save them as a text file, to print"),
            ),
        )
        said = [paragraph(self._said)] if self._said else []
        lines = [f"{n:>2}. {word}" for n, word in enumerate(self._words, 1)]
        listed = [Block(kind=BlockKind.CODE, text=line) for line in lines]
        return Sheet(
            name="recovery",
            title=_("Recovery words"),
            trail=(_("Keep"),),
            blocks=(paragraph(first), *listed, *said),
            rows=rows,
            copy_text=sheet_text(self._words),
        )

    def choose(self, value: str) -> Move:
        if value == FILE:
            return Show(SheetFilePlace(self))
        return Show(VaultPlace(self._desk, _("The recovery sheet is made.")))

    def saved(self, typed: str) -> Place:
        """Write the words to the file *typed*, and say where it is."""
        path = show_path(save_sheet(self._words, typed))
        words = _("Saved: {path}. Print it, then delete it.")
        return SheetPlace(self._desk, self._words, words.format(path=path))

    def back(self) -> Place | None:
        return VaultPlace(self._desk)


class SheetFilePlace(Place):
    """Where the recovery words shall be written, and what that risks."""

    def __init__(self, before: SheetPlace) -> None:
        self._before = before

    def sheet(self) -> Sheet:
        words = _(
            "Whoever finds this file can open all that you keep. A deleted file can "
            "often be brought back. Paper is safer."
        )
        return Sheet(
            name="recovery-file",
            title=_("Where should the file go?"),
            trail=(_("Keep"),),
            blocks=(
                Block(kind=BlockKind.CALLOUT, lead=_("It is not sealed"), text=words),
            ),
            ask=Ask(
                label=_("Folder and file name"),
                value=show_path(Path.cwd() / "list.txt"),
                verb=_("Save"),
            ),
        )

    def typed(self, text: str) -> Move:
        return Show(self._before.saved(text))

    def back(self) -> Place | None:
        return self._before


class NotKeptPlace(Place):
    """Said where something asks for a vault and the reader asked to keep nothing."""

    def sheet(self) -> Sheet:
        words = _(
            "The guide was started to keep nothing. To keep your notes, leave, and "
            "start it without --keep-nothing."
        )
        return Sheet(
            name="keep", title=_("Nothing is kept"), blocks=(paragraph(words),)
        )

    def choose(self, value: str) -> Move:
        return Close()
