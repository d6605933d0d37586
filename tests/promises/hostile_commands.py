"""Commands that repeat what was typed, named or kept; each with its exit code.

Not a test. ``{text}`` is hostile and stands on one line; ``{file}`` is a mail with
such a name and contents, ``{box}`` a mailbox, ``{folder}`` a folder, ``{none}`` is
nothing that is there, ``{saved}`` can be written, ``{pack}`` is a pack of lessons.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One command, and how it ends; a passphrase is typed where it is *kept*."""

    words: tuple[str, ...]
    code: int
    kept: bool = False


COMMANDS = (
    Said(("{text}",), 2),
    Said(("--{text}",), 2),
    Said(("read", "{text}"), 4),
    Said(("read", "help:{text}"), 4),
    Said(("read", "one", "{text}"), 2),
    Said(("start", "{text}"), 4),
    Said(("help", "{text}"), 2),
    Said(("letter", "{text}"), 2),
    Said(("letter", "new", "{text}"), 4),
    Said(("letter", "show", "{text}"), 4),
    Said(("search", "{text}"), 0),  # the pack holds such words
    Said(("config", "theme", "{text}"), 2),
    Said(("config", "{text}"), 2),
    Said(("completion", "{text}"), 2),
    Said(("check", "{none}"), 4),
    Said(("check", "--explain", "{text}"), 4),
    Said(("map", "--format", "{text}"), 2),
    Said(("--lang", "{text}", "read", "help-lines"), 0),
    Said(("--vault", "{none}", "incident", "list"), 4),
    Said(("--vault", "{folder}", "vault", "check"), 4),
    Said(("--passphrase-fd", "{text}", "plan"), 2),
    Said(("mail", "explain", "{file}"), 0),
    Said(("mail", "explain", "{file}", "--json"), 0),
    Said(("mail", "explain", "{none}"), 4),
    Said(("mail", "table", "{box}"), 0),
    Said(("mail", "table", "{box}", "--json"), 0),
    Said(("doctor",), 0),
    Said(("pack", "list"), 0),
    Said(("pack", "list", "--json"), 0),
    Said(("pack", "check", "{pack}"), 3),
    Said(("pack", "check", "{pack}", "--walk"), 3),
    Said(("pack", "check", "{pack}", "--json"), 3),
    Said(("pack", "check", "{none}"), 4),
    Said(("pack", "add", "{folder}"), 1),
    Said(("pack", "add", "{pack}"), 0),
    Said(("pack", "remove", "{text}"), 4),
    Said(("--pack", "{pack}", "pack", "list"), 0),
    Said(("case", "preview", "--for", "{text}"), 2),
    Said(("case", "preview", "--for", "lawyer"), 0, kept=True),
    Said(
        ("case", "export", "--for", "police", "--format", "csv", "{saved}"),
        0,
        kept=True,
    ),
    Said(
        ("case", "receipt", "--for", "police", "--format", "txt", "{saved}"),
        0,
        kept=True,
    ),
    Said(
        ("case", "bag", "--for", "lawyer", "--key", "{text}", "{saved}"), 1, kept=True
    ),
    Said(("incident", "list"), 0, kept=True),
    Said(("incident", "list", "--json"), 0, kept=True),
    Said(("incident", "show", "1"), 0, kept=True),
    Said(("contact", "list"), 0, kept=True),
    Said(("contact", "list", "--json"), 0, kept=True),
    Said(("person", "list"), 0, kept=True),
    Said(("person", "list", "--json"), 0, kept=True),
    Said(("timeline",), 0, kept=True),
    Said(("timeline", "--json"), 0, kept=True),
    Said(("evidence", "list"), 0, kept=True),
    Said(("evidence", "list", "--json"), 0, kept=True),
    Said(("evidence", "show", "1"), 0, kept=True),
    Said(("evidence", "add", "{none}"), 4, kept=True),
    Said(("letter", "list"), 0, kept=True),
    Said(("plan",), 0, kept=True),
    Said(("vault", "check"), 0, kept=True),
)
