"""What is wrong with a pack: refused as a whole, or a finding in one place of it."""

from __future__ import annotations

from guide.library.packs.limits import MOST_FINDINGS
from guide.model.problems import Finding, GuideError
from guide.words import _, plural

# The codes of findings, stable for ever.
LEFT_OUT = "P001"  # a link, a device, a name that cannot be: never opened
CLASH = "P002"  # two names that are one name on many computers
TOO_LARGE = "P003"
ENCODING = "P004"
EMPTY = "P005"
FRONT = "P006"  # front matter or YAML that is missing or cannot be read
KEY = "P007"  # a key that is not known, or translated
NEEDED = "P008"  # a title or an index that is missing
ORDER = "P009"  # not in the language that the order is taken from
FOLDER = "P010"  # a folder without its .category.yml, or one too many
LINK = "P011"
IMAGE = "P012"
ITEM = "P013"  # a line of a checklist, an item of a form
NOT_USED = "P014"  # letters, facts and data: a pack brings none
UNKNOWN = "P015"  # a file of no known kind


class PackRefusedError(GuideError):
    """A pack that is not opened at all; nothing of it was read or written."""

    what = "This pack is not opened, because it is not built as packs are."
    next_step = "Ask whoever made it for a plain folder, or for a plain zip."


class PackThereError(GuideError):
    """There is a pack with that name, and nobody asked to replace it."""

    what = "There is a pack with that name. It was not changed."
    next_step = "Choose another name with --name, or use --replace."


class Findings:
    """What was found so far. Hostile packs have no end of faults: some are enough."""

    def __init__(self) -> None:
        self._found: list[Finding] = []
        self.more = 0

    def add(self, code: str, path: str, what: str, fix: str, line: int = 1) -> None:
        """Keep one finding, or only count it."""
        if len(self._found) >= MOST_FINDINGS:
            self.more += 1
            return
        self._found.append(Finding(path, line, code, what, fix))

    def sorted(self) -> tuple[Finding, ...]:
        """Each finding once, in the order of files and lines."""
        found = sorted(set(self._found))
        if self.more:
            what = plural(
                "{count} more problem is not shown.",
                "{count} more problems are not shown.",
                self.more,
            )
            found.append(Finding("", 1, UNKNOWN, what, _("Mend these first.")))
        return tuple(found)


def not_in_order(base: str) -> tuple[str, str]:
    """What is wrong with a file that the first language has not, and how to mend it."""
    what = _("It is not there in the language that the order is taken from.")
    return what, _("Add it to {lang}, or remove it here.").format(lang=base)


def refused(what: str) -> PackRefusedError:
    """The refusal of a whole pack, for the reason *what*."""
    return PackRefusedError(f"{what} {_('Nothing of it was opened.')}")
