"""The 14 main routes, as scripts; the ids are those of pages, answers and offers."""

from __future__ import annotations

from tests.transcripts.walking import Route

NOTICE = "letter:no-contact-notice"
PICTURES = frozenset(
    {
        *("page:s-ev-intimate", "s-ev-intimate", "tool:evidence"),
        *("page:s-remove-ncii", "s-remove-ncii", "letter:intimate-image-removal"),
    }
)
READ = "Lines with > were typed; the guide said the rest. Kept: nothing."
ASKED = """
    q-notice-before: no
    q-notice-want: yes
"""
CLOSED = """
    s-notice-not-now: !g letters
    letters: letter:no-contact-notice
"""


def begin(
    came: str = "messages", device: str = "no", role: str = "me", age: str = "adult"
) -> str:
    """From the first screen to the question about what happens."""
    moved = "\n    s-safer-device: nosave" if device != "no" else ""
    own = "\n    s-not-your-fault: go-on" if role == "me" else ""
    return f"""
    home: {came}
    q-danger-now: no
    q-device-safe: {device}{moved}
    q-who-you-are: {role}{own}
    q-age-target: {age}"""


def saved(media: str, then: str = "") -> str:
    """The branch on keeping proof."""
    return f"""
    h-plan: evidence
    q-store: drive
    q-media: {media}{then}"""


_SPINE = ("home", "start-welcome", "q-danger-now", "q-device-safe")
_WHO = ("q-kinds", "q-who-is-it", "q-red-flags")
KEPT = ("s-ev-officials", "s-ev-copies", "h-plan")
NOT_NOW = ("q-notice-before", "q-notice-want", "q-notice-safe", "s-notice-not-now")

R01 = Route(
    name="R01",
    head=(
        "R1: a former partner writes threats, and may see this phone.",
        "Must happen: the safer device and the trained person come first; proof is",
        "kept quietly; mail is put aside; accounts wait until 'will they notice?'.",
        "Must not happen: the no-contact notice is never offered, on any screen.",
        READ,
    ),
    script=begin("watched", "unsure")
    + """
    q-kinds: messages threats
    q-who-is-it: partner
    q-red-flags: threats"""
    + saved("email")
    + """
    h-plan: cut-off
    q-block: keep
    q-saved-first: yes
    h-plan: lock-down
    q-hacked: yes
    q-will-notice: yes
    h-plan: notice"""
    + ASKED
    + "q-notice-safe: partner flag"
    + CLOSED,
    tree=(
        *(*_SPINE, "s-safer-device", "q-who-you-are", "q-age-target", *_WHO),
        *("s-talk-first", "h-plan", "q-store", "s-log", "s-ev-email", *KEPT),
        *("q-block", "q-saved-first", "s-filter-mail", "h-plan"),
        *("q-hacked", "q-will-notice", "s-talk-first", "h-plan", *NOT_NOW),
    ),
    never=frozenset({NOTICE, "s-accounts", "page:s-accounts"}),
)
R02 = Route(
    name="R02",
    head=(
        "R2: a stranger sends emails. No warning signs, and not told to stop yet.",
        "Must happen: proof first, then one notice at most, then silence; after",
        "that the mail provider, and the police if the reader wants to.",
        "Must not happen: a notice before every question about it was answered.",
        READ,
    ),
    script=begin()
    + """
    q-kinds: messages
    q-who-is-it: stranger
    q-red-flags: none"""
    + saved("email")
    + """
    h-plan: notice"""
    + ASKED
    + """q-notice-safe: none
    q-still: yes
    h-report: provider
    q-provider: mail
    q-saved-report: yes
    h-report: police
    q-police: yes
    s-followup: next""",
    tree=(
        *(*_SPINE, *_WHO, "h-plan", "q-store", "s-log", "s-ev-email", *KEPT),
        *("q-notice-before", "q-notice-want", "q-notice-safe", "s-notice-write"),
        *("s-notice-send", "s-notice-after", "s-silence", "q-still", "h-report"),
        *("q-provider", "s-find-isp", "s-isp-letter", "s-followup", "h-report"),
        *("q-police", "s-police-prep", "s-police-go"),
    ),
    offers=frozenset({NOTICE, "letter:provider-complaint", "letter:police-summary"}),
)
R03 = Route(
    name="R03",
    head=(
        "R3: insults in a chat room, and nothing else.",
        "Must happen: the log is saved first, then /ignore, then the people who run",
        "the room. What to save if there is a threat stands on the same page.",
        "Must not happen: blocking or reporting before 'have you saved it?'.",
        READ,
    ),
    script=begin()
    + """
    q-kinds: chat
    q-who-is-it: stranger
    q-red-flags: none"""
    + saved("chat")
    + """
    h-plan: cut-off
    q-block: stop
    q-saved-first: yes
    h-plan: tell
    h-report: admin
    q-saved-chat: yes
    s-followup: next""",
    tree=(
        *("q-kinds", "h-plan", "s-ev-chat", *KEPT, "q-saved-first"),
        *("s-block-chat", "h-plan", "h-report", "q-saved-chat", "s-report-admin"),
    ),
    offers=frozenset({"letter:admin-report"}),
)
R04 = Route(
    name="R04",
    head=(
        "R4: somebody under 18 is blackmailed with a sexual picture.",
        "Must happen: not their fault, the stop that says 'do not copy' with its",
        "reporting lines, and only then what to do about the demand.",
        "Must not happen: a page on saving pictures, the evidence tool, the notice.",
        READ,
    ),
    script=begin("threats", age="minor")
    + """
    q-kinds: images extortion
    q-image-age: minor
    q-extortion: gang
    q-who-is-it: unknown
    q-red-flags: none
    h-plan: no-copy
    h-plan: notice"""
    + ASKED
    + "q-notice-safe: minor extortion"
    + CLOSED,
    tree=(
        *("q-age-target", "s-minor-first", "q-kinds", "q-image-age"),
        *("t-no-copy-minor", "q-extortion", "s-extort-now", "h-plan"),
        *("t-no-copy-minor", "h-plan", *NOT_NOW),
    ),
    never=frozenset({NOTICE, "advised", *PICTURES}),
)
R05 = Route(
    name="R05",
    head=(
        "R5: a former partner posted a sexual picture of an adult.",
        "Must happen: the age is asked first; proof without the picture; a trained",
        "person; the request to remove it, then search results; police is a choice.",
        "Must not happen: the notice; a request to remove before 'saved?'.",
        READ,
    ),
    script=begin("posted")
    + """
    q-kinds: images
    q-image-age: adult
    q-who-is-it: partner
    q-red-flags: none"""
    + saved("images", "\nq-image-saved: adult")
    + """
    h-plan: support
    h-plan: remove
    q-remove: intimate
    q-saved-remove: yes
    h-plan: tell
    h-report: police
    q-police: yes
    s-followup: next
    h-report: court""",
    tree=(
        *("q-image-age", "h-plan", "q-image-saved", "s-ev-intimate", "s-talk-first"),
        *("q-saved-remove", "s-remove-ncii", "s-remove-search", "q-police", "s-court"),
    ),
    offers=frozenset({"letter:intimate-image-removal", "letter:lawyer-worksheet"}),
    never=frozenset({NOTICE}),
)
