"""What to click: to put a file in, or to make the same rule by hand.

Menus change their names. Every way here ends with a folder that was made first.
"""

from __future__ import annotations

from collections.abc import Callable

from guide.filters.rule import Rule
from guide.words import _

Steps = tuple[str, ...]


def clicks(service_id: str, rule: Rule) -> Steps:
    """What to do, step by step, for the service *service_id*. Raises KeyError."""
    ways: dict[str, Callable[[], Steps]] = {
        "gmail": _gmail,
        "outlook": _outlook,
        "outlook-windows": _outlook_windows,
        "apple-mail": _apple_mail,
        "icloud": _icloud,
        "yahoo": _yahoo,
        "proton": _proton,
        "gmx": _gmx,
        "fastmail": _fastmail,
        "thunderbird": _thunderbird,
        "sieve": _sieve,
        "procmail": _procmail,
    }
    steps = ways[service_id]()
    said = (each.replace("{folder}", rule.folder) for each in steps)
    return tuple(said)


def by_hand_reads(service_id: str) -> str:
    """How the mail is marked as read too, where the rule is clicked together."""
    words = {
        "outlook": _("Choose Add another action, then Mark as read."),
        "outlook-windows": _("Tick the action that marks it as read, if you see one."),
        "apple-mail": _("Choose the plus sign beside the action, then Mark as Read."),
    }
    fallback = _("Tick the box that marks it as read, if there is one.")
    return words.get(service_id, fallback)


def _gmail() -> Steps:
    return (
        _("Save this filter as a file. Open Gmail in a web browser on a computer."),
        _("Choose the gear, then See all settings."),
        _("Choose Filters and Blocked Addresses, then Import filters."),
        _("Choose the file, then Open file."),
        _("Tick each filter in the list, then choose Create filters."),
        _("Leave the box for mail that is there already as you like it."),
        _("Look for the label {folder} on the left."),
    )


def _outlook() -> Steps:
    return (
        _("Make a folder: right click on Folders, then Create new folder: {folder}."),
        _("Choose the gear. Choose Mail, then Rules, then Add new rule."),
        _("Give the rule a plain name, such as {folder}."),
        _("Under Add a condition, choose From. Type each address below."),
        _("Under Add an action, choose Move to, then the folder {folder}."),
        _("Tick Stop processing more rules. Choose Save."),
    )


def _outlook_windows() -> Steps:
    return (
        _("Make a folder: right click on the inbox, then New Folder: {folder}."),
        _("On the Home tab, choose Rules, then Manage Rules & Alerts."),
        _("Choose New Rule, then Move messages from someone to a folder."),
        _("Below, choose people or public group. Type each address under From."),
        _("Choose specified, then the folder {folder}. Choose Next."),
        _("See that Stop processing more rules is ticked. Choose Next, then Finish."),
        _("If it says client-only, it runs only while Outlook is open."),
    )


def _apple_mail() -> Steps:
    return (
        _("Make a mailbox: choose Mailbox, then New Mailbox: {folder}."),
        _("Choose Mail, then Settings, then Rules, then Add Rule."),
        _("After If, choose any. Then choose From and is equal to."),
        _("Type an address below. For each more, choose the plus sign."),
        _("Under Perform, choose Move Message and the mailbox {folder}."),
        _("Choose OK. Apply also moves the mail that is there already."),
        _("The rule runs only while the Mac is on and Mail is open."),
    )


def _icloud() -> Steps:
    return (
        _("Open iCloud.com in a web browser, then Mail."),
        _("Make a folder with the plus sign beside Folders: {folder}."),
        _("Choose the gear or Settings, then Rules, then Add a Rule."),
        _("Choose the rule for mail from an address. Type one address below."),
        _("Choose Move to Folder, then {folder}. Save it."),
        _("Make one rule for each address."),
    )


def _yahoo() -> Steps:
    return (
        _("Open the mail in a web browser. Choose the gear, then More settings."),
        _("Choose Filters, then Add new filters."),
        _("Give it a plain name. Type one address below next to From."),
        _("Choose the folder to move to, or make one: {folder}. Choose Save."),
        _("Make one filter for each address. Check that none is blocked."),
    )


def _proton() -> Steps:
    return (
        _("Make the folder first: choose the plus sign beside Folders: {folder}."),
        _("Choose the gear, then All settings, then Filters."),
        _("Choose Add sieve filter. Give it a plain name."),
        _("Put this whole filter in, in the place of what stands there. Save it."),
        _("A free account may have few filters. See that this one is switched on."),
    )


def _gmx() -> Steps:
    return (
        _("Open the mail in a web browser. Make a folder: {folder}."),
        _("Open Settings and look for filter rules. Make a new rule."),
        _("Choose the sender as the condition. Type one address below."),
        _("Choose to move the mail to the folder {folder}. Save it."),
        _("Make one rule for each address."),
    )


def _fastmail() -> Steps:
    return (
        _("Make a folder first: {folder}."),
        _("Open Settings and look for Filters & Rules."),
        _("Choose Edit custom Sieve code."),
        _("Put the line with require at the very top."),
        _("Put the rest where your own rules begin. Change nothing else. Save it."),
    )


def _thunderbird() -> Steps:
    return (
        _("Make a folder under Local Folders: {folder}."),
        _("Choose the menu, then Help, then Troubleshooting Information."),
        _("Beside Profile Folder, choose Open Folder. Then close Thunderbird."),
        _("Open Mail or ImapMail, then the folder of your account."),
        _("No msgFilterRules.dat is there: put this file there."),
        _("One is there: copy it first. Add the lines from name on at its end."),
        _("Start Thunderbird. Choose Tools, then Message Filters, and look at it."),
        _("With IMAP, choose a folder of your account there, if you want."),
    )


def _sieve() -> Steps:
    return (
        _("Make the folder first: {folder}."),
        _("In the settings of your mail, look for Filters, Rules or Sieve."),
        _("If a script is there, copy it first, and keep it."),
        _("Put the line with require at the very top of it."),
        _("Put the rest above your other rules. Save it."),
    )


def _procmail() -> Steps:
    return (
        _("Ask whoever runs the server if procmail is used, and where folders are."),
        _("Copy the file .procmailrc in your home folder first, if there is one."),
        _("Put these lines in it, below MAILDIR and above your other recipes."),
        _("Send yourself a test with one address of your own in a recipe."),
    )
