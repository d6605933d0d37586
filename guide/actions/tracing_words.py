"""The traces of the guide in words, and as plain values for other programs. Pure.

What cannot be known is said as plainly as what was found.
"""

from __future__ import annotations

from guide.actions.tracing import Traces
from guide.actions.vault_facts import size_in_words
from guide.safety.display import show_path
from guide.safety.swap import Sealing, Swap
from guide.safety.traces import (
    Look,
    Seen,
    keepers_of_history,
    keepers_of_windows,
)
from guide.words import _, plural


def what_is_here(traces: Traces) -> tuple[str, ...]:
    """A sentence for everything that was found."""
    said = [
        _("The guide itself: {path}").format(path=show_path(traces.program)),
        *(
            _("The libraries that it uses: {path}").format(path=show_path(path))
            for path in traces.libraries
        ),
    ]
    if traces.settings:
        words = _("A small settings file: {path}. It holds nothing about you.")
        said.append(words.format(path=show_path(traces.settings)))
    if traces.scrollback_stays:
        said.append(_("It says: leaving does not empty what can be scrolled back to."))
    if traces.steering:
        words = _("Set in this window, and choosing where the guide looks: {names}.")
        said.append(words.format(names=", ".join(traces.steering)))
    if traces.packs:
        words = _("Lessons of others that you added: {path}. They are not sealed.")
        said.append(words.format(path=show_path(traces.packs)))
    if traces.vault:
        said += [_vault_in_words(traces), *_keys_in_words(traces)]
    if traces.keyring:
        said.append(_("Your notes say that the keyring of this login may open them."))
    said += [_named(look) for look in traces.histories if look.seen is Seen.NAMED]
    said += [_window(look) for look in traces.windows if look.seen is Seen.NAMED]
    said += [_swap(each) for each in traces.swaps or ()]
    return tuple(said)


def _vault_in_words(traces: Traces) -> str:
    path = show_path(traces.vault or "")
    if traces.vault_size < 0:
        return _("Your sealed notes: {path}. Their size cannot be told.").format(
            path=path
        )
    files = plural("{count} file", "{count} files", traces.vault_files)
    words = _("Your sealed notes: {path} ({size}, {files}). Others can see that.")
    size = size_in_words(traces.vault_size)
    return words.format(path=path, size=size, files=files)


def _keys_in_words(traces: Traces) -> list[str]:
    said = []
    if traces.key_missing:
        gone = _("The file that opens them is gone: vault.json. Keep the folder.")
        said.append(gone)
    if traces.spare_keys:
        words = _("A spare of the file that opens them: {path}.")
        said.append(words.format(path=show_path(traces.spare_keys)))
    if traces.spare_keys and traces.key_missing:
        said.append(_("Put that spare back with: guide vault restore keys"))
    return said


def _named(look: Look) -> str:
    words = _("Past commands of {keeper}: {lines} with the word guide, in {path}")
    lines = plural("{count} line", "{count} lines", look.lines)
    return words.format(
        keeper=_called(look.keeper), lines=lines, path=show_path(look.path)
    )


def _window(look: Look) -> str:
    words = _("What {keeper} keeps of its windows has the word guide: {path}")
    return words.format(keeper=_called(look.keeper), path=show_path(look.path))


def _swap(swap: Swap) -> str:
    match swap.sealing:
        case Sealing.ENCRYPTED:
            words = _("Memory may be written to {path}. That place is encrypted.")
        case Sealing.MEMORY:
            words = _("Memory is packed into {path}, which is not on a disk.")
        case Sealing.NOT_SEEN:
            words = _(
                "Memory may be written to {path}. No encryption of it can be seen."
            )
        case _:
            words = _(
                "Memory may be written to {path}. Whether that is encrypted cannot "
                "be told."
            )
    return words.format(path=show_path(swap.path))


def what_is_not_here(traces: Traces) -> tuple[str, ...]:
    """What was looked for and is not there, and what could not be read."""
    said = []
    if not traces.settings:
        said.append(_("No settings file was found."))
    if not traces.vault:
        said.append(_("No sealed notes were found in the usual or chosen folder."))
    said.append(_about_lists(traces.histories, keepers_of_history()))
    said.append(_about_windows(traces.windows, keepers_of_windows()))
    said += [_closed(x) for x in (*traces.histories, *traces.windows) if _is_closed(x)]
    if traces.swaps == ():
        said.append(_("No place on a disk is in use now for parts of memory."))
    return tuple(said)


def _is_closed(look: Look) -> bool:
    return look.seen is Seen.CLOSED


def _closed(look: Look) -> str:
    words = _("Kept by {keeper}, and not to be read from here: {path}")
    return words.format(keeper=_called(look.keeper), path=show_path(look.path))


def _about_lists(looks: tuple[Look, ...], keepers: tuple[str, ...]) -> str:
    names = _not_seen(looks, keepers)
    words = _("The word guide was not found in a list of past commands of: {names}.")
    return words.format(names=names)


def _about_windows(looks: tuple[Look, ...], keepers: tuple[str, ...]) -> str:
    names = _not_seen(looks, keepers)
    words = _("The word guide was not found in kept windows of: {names}.")
    return words.format(names=names)


def _called(keeper: str) -> str:
    """The name of a program. One is a common word, and needs another beside it."""
    return _("Terminal of macOS") if keeper == "Terminal of macOS" else keeper


def _not_seen(looks: tuple[Look, ...], keepers: tuple[str, ...]) -> str:
    told = {x.keeper for x in looks if x.seen is not Seen.CLEAR}
    return ", ".join(_called(each) for each in keepers if each not in told) or _("none")


def what_cannot_be_known(traces: Traces) -> tuple[str, ...]:
    """What no program can find out, and what this one did not look at here."""
    return (
        _("Whether there is spyware, a camera or a record of the screen."),
        _("What somebody saw, or what another login of this computer can see."),
        _("Copies in backups, in online storage or on other disks."),
        _("What the clipboard, a log of the terminal or recent files remember."),
        _("Letters and copies that you saved: the guide keeps no list of them."),
        _("Deleted files and old parts of memory that are still on the disk."),
        _("What a network or a provider noted when the guide was set up."),
        _("Lists in places that were changed, or of programs not named here."),
        _(
            "The list of a window that is still open. Many shells write it only "
            "when the window is closed."
        ),
        _("Whether a line with the word guide is about this guide."),
        *_not_looked_at(traces),
    )


def _not_looked_at(traces: Traces) -> tuple[str, ...]:
    match traces.system:
        case "linux" if traces.swaps is not None:
            return (
                _("The logs of the system, and the keyring itself: it is not asked."),
                _("A disk that encrypts by itself: from here it looks like any other."),
            )
        case "darwin":
            return (
                _(
                    "On macOS, not looked at: swap, FileVault, the keychain itself, "
                    "Time Machine, system logs and recent items."
                ),
            )
        case "win32":
            return (
                _(
                    "On Windows, not looked at: the page file, BitLocker, the "
                    "Credential Manager itself, lists of started programs, recent "
                    "files, Recall and the registry."
                ),
            )
        case _:
            return (
                _("On this system, not looked at: swap, the keyring and system logs."),
            )


def before_you_change_anything() -> tuple[str, ...]:
    """Why nothing is cleaned here, and what may be better."""
    return (
        _("This only looked. Nothing was changed, and nothing has to be changed."),
        _(
            "Sudden cleaning can itself alarm someone: an empty list or a missing "
            "file can be noticed."
        ),
        _(
            "If the person may check this computer, talk to a support service first, "
            "from another device."
        ),
        _(
            "If you typed a command to see this, that command may be added to the "
            "list of past commands."
        ),
    )


def traces_as_json(traces: Traces) -> dict[str, object]:
    """The same as plain values: places and counts, and no line of any list."""
    return {
        "system": traces.system,
        "program": show_path(traces.program),
        "libraries": [show_path(path) for path in traces.libraries],
        "settings": show_path(traces.settings) if traces.settings else None,
        "packs": show_path(traces.packs) if traces.packs else None,
        "vault": _vault_as_json(traces),
        "histories": [_look_as_json(look) for look in traces.histories],
        "windows": [_look_as_json(look) for look in traces.windows],
        "scrollback_stays": traces.scrollback_stays,
        "steering": list(traces.steering),
        "swap": None if traces.swaps is None else [_plain(x) for x in traces.swaps],
        "cannot_know": list(what_cannot_be_known(traces)),
        "before_changing": list(before_you_change_anything()),
    }


def _vault_as_json(traces: Traces) -> dict[str, object] | None:
    if not traces.vault:
        return None
    return {
        "path": show_path(traces.vault),
        "bytes": None if traces.vault_size < 0 else traces.vault_size,
        "files": traces.vault_files,
        "keyring": traces.keyring,
        "key_file": not traces.key_missing,
        "spare_key_file": traces.spare_keys is not None,
    }


def _look_as_json(look: Look) -> dict[str, object]:
    path = show_path(look.path)
    seen = str(look.seen)
    return {"keeper": look.keeper, "path": path, "seen": seen, "lines": look.lines}


def _plain(swap: Swap) -> dict[str, object]:
    return {"path": show_path(swap.path), "sealing": str(swap.sealing)}
