"""The main routes from the sixth on."""

from __future__ import annotations

from tests.transcripts.routes import (
    ASKED,
    CLOSED,
    KEPT,
    NOT_NOW,
    NOTICE,
    PICTURES,
    READ,
    begin,
    saved,
)
from tests.transcripts.walking import Route

R06 = Route(
    name="R06",
    head=(
        "R6: many people at once, and a home address made public.",
        "Must happen: proof of the posts, steps for the address, word to the",
        "employer, and a look at what else is out.",
        "Must not happen: the no-contact notice is never offered, on any screen.",
        READ,
    ),
    script=begin("posted")
    + """
    q-kinds: mob doxxing
    q-who-is-it: many
    q-red-flags: none"""
    + saved("social")
    + """
    h-plan: remove
    q-remove: personal
    q-saved-remove: yes
    s-doxx: page:s-employer
    s-employer: !b
    s-doxx: next
    h-plan: notice"""
    + ASKED
    + "q-notice-safe: many"
    + CLOSED,
    tree=(
        *("q-kinds", "s-ev-social", *KEPT, "q-remove", "q-saved-remove", "s-doxx"),
        *("s-employer", "s-doxx", "s-name-watch", "h-plan", *NOT_NOW),
    ),
    offers=frozenset({"page:s-remove-search", "letter:exposed-information"}),
    never=frozenset({NOTICE, "advised"}),
)
R07 = Route(
    name="R07",
    head=(
        "R7: an account that pretends to be the reader.",
        "Must happen: the fake is saved first, then reported where it is, and the",
        "reader's own contacts can be told with a ready message.",
        "Must not happen: a report or a block before 'have you saved it?'.",
        READ,
    ),
    script=begin("impostor")
    + """
    q-kinds: impostor
    q-who-is-it: stranger
    q-red-flags: none"""
    + saved("impostor")
    + """
    h-plan: remove
    q-remove: impostor
    q-saved-remove: yes
    s-followup: next
    h-plan: cut-off
    q-block: stop
    q-saved-first: yes
    s-block-social: next""",
    tree=(
        *("q-kinds", "s-ev-impostor", *KEPT, "q-saved-remove", "s-report-platform"),
        *("s-followup", "q-saved-first", "s-block-social", "s-people-around"),
    ),
    offers=frozenset({"letter:platform-report", "letter:contacts-message"}),
)
R08 = Route(
    name="R08",
    head=(
        "R8: somebody who does not trust the police.",
        "Must happen: an advocate instead; the provider, the platform, removal and",
        "what a court can do stay open.",
        "Must not happen: a page that opens only for those who go to the police.",
        READ,
    ),
    script=begin()
    + """
    q-kinds: messages posts
    q-who-is-it: stranger
    q-red-flags: none
    h-plan: tell
    h-report: police
    q-police: no
    h-report: provider
    q-provider: platform
    q-saved-report: yes
    s-followup: next
    h-report: court
    h-report: !g plan
    h-plan: remove
    q-remove: host
    q-saved-remove: yes""",
    tree=(
        *("h-plan", "h-report", "q-police", "s-advocate-first", "h-report"),
        *("q-provider", "q-saved-report", "s-report-platform", "s-followup"),
        *("h-report", "s-court", "h-plan", "q-remove", "s-remove-host"),
    ),
    never=frozenset({"s-police-prep", "s-police-go"}),
)
R09 = Route(
    name="R09",
    head=(
        "R9: a tracker was found, and the reader does not know whose it is.",
        "Must happen: how to keep the tracker as proof; danger is asked again; then",
        "location, after 'will they notice?'; the police and an advocate stay open.",
        "Must not happen: the notice; turning anything off before that question.",
        READ,
    ),
    script=begin("watched")
    + """
    q-kinds: following
    q-who-is-it: unknown
    q-red-flags: followed"""
    + saved("things")
    + """
    h-plan: review
    q-still: worse
    q-danger-now: no
    h-plan: lock-down
    q-hacked: no
    q-will-notice: planned
    h-plan: tell
    h-report: advocate
    h-report: police
    q-police: yes""",
    tree=(
        *("s-talk-first", "h-plan", "s-ev-things", *KEPT, "q-danger-now"),
        *("h-plan", "q-will-notice", "s-location", "h-report", "s-advocate-first"),
        *("q-police", "s-police-prep"),
    ),
    never=frozenset({NOTICE}),
)
R10 = Route(
    name="R10",
    head=(
        "R10: an advocate, with the person they support.",
        "Must happen: consent and duties first; then the forms on paper, from the",
        "incident sheet to the list of proof; at the end the hand-over sheet.",
        "Must not happen: a sexual picture is copied, or asked for.",
        READ,
    ),
    script=begin("helping", role="advocate")
    + """
    q-kinds: messages threats
    q-who-is-it: known
    q-red-flags: knows-where
    s-talk-first: page:s-safety-plan
    s-safety-plan: !b
    s-talk-first: next"""
    + saved("email texts")
    + """
    h-plan: !g letters
    letters: letter:advocate-handover""",
    tree=(
        *("s-advocate-mode", "q-age-target", "q-kinds", "s-talk-first"),
        *("s-safety-plan", "h-plan", "s-log", "s-ev-texts", "s-ev-email", *KEPT),
        *("letters", "advocate-handover"),
    ),
    offers=frozenset(
        {
            *("letter:incident-sheet", "letter:contact-sheet", "letter:safety-plan"),
            *("letter:warning-signs", "letter:exhibit-sheet"),
            *("letter:advocate-handover", "page:l-advocates"),
        }
    ),
    never=frozenset({"s-ev-intimate", "page:s-ev-intimate"}),
)
R11 = Route(
    name="R11",
    head=(
        "R11: an adult was sent a sexual picture of somebody under 18, by chance.",
        "Must happen: the stop that says 'do not copy', with its reporting lines,",
        "before anything else; it stays in the plan.",
        "Must not happen: a page on saving pictures, or the evidence tool.",
        READ,
    ),
    script=begin()
    + """
    q-kinds: messages images
    q-image-age: minor
    q-who-is-it: stranger
    q-red-flags: none
    h-plan: no-copy
    h-plan: notice"""
    + ASKED
    + "q-notice-safe: none"
    + CLOSED,
    tree=(
        *("q-kinds", "q-image-age", "t-no-copy-minor", "q-who-is-it", "h-plan"),
        *("t-no-copy-minor", "h-plan"),
    ),
    never=frozenset({NOTICE, "advised", *PICTURES}),
)
R12 = Route(
    name="R12",
    head=(
        "R12: the person lives abroad, and was told to stop already.",
        "Must happen: that message counts as the notice; silence; the provider; what",
        "to know when the two live in different countries.",
        "Must not happen: a second notice is never offered, on any screen.",
        READ,
    ),
    script=begin()
    + """
    q-kinds: messages
    q-who-is-it: known
    q-red-flags: none
    h-plan: notice
    q-notice-before: yes
    q-still: yes
    h-report: provider
    q-provider: mail
    q-saved-report: yes
    s-followup: page:s-cross-border""",
    tree=(
        *("h-plan", "q-notice-before", "s-notice-after", "s-silence", "q-still"),
        *("h-report", "q-provider", "s-find-isp", "s-isp-letter", "s-followup"),
        "s-cross-border",
    ),
    never=frozenset({NOTICE, "s-notice-write", "s-notice-send"}),
)
R13 = Route(
    name="R13",
    head=(
        "R13: somebody has paid a blackmailer already.",
        "Must happen: no blame; the bank or card first; then the calm steps for the",
        "demand itself.",
        "Must not happen: the notice; any word that paying again could end it.",
        READ,
    ),
    script=begin("threats")
    + """
    q-kinds: extortion
    q-extortion: paid
    q-who-is-it: unknown
    q-red-flags: none
    h-plan: notice"""
    + ASKED
    + "q-notice-safe: extortion"
    + CLOSED,
    tree=(
        "q-kinds",
        "q-extortion",
        "s-extort-paid",
        "s-extort-now",
        "h-plan",
        *NOT_NOW,
    ),
    offers=frozenset({"letter:payment-notice"}),
    never=frozenset({NOTICE, "advised"}),
)
R14 = Route(
    name="R14",
    head=(
        "R14: an employer gets mail full of lies about somebody on the staff.",
        "Must happen: what an employer can do, how to keep the mail as proof, and",
        "what to agree with the person it is about.",
        "Must not happen: the notice. It is not the employer's to write.",
        READ,
    ),
    script=begin("helping", role="employer")
    + """
    q-kinds: messages work
    q-who-is-it: known
    q-red-flags: none"""
    + saved("email")
    + """
    h-plan: tell
    h-report: work
    h-report: !g plan
    h-plan: notice"""
    + ASKED
    + "q-notice-safe: none"
    + CLOSED,
    tree=("s-help-others", "h-plan", "s-log", "s-ev-email", *KEPT, "s-employer"),
    offers=frozenset({"letter:employer-notice", "page:l-support-employer"}),
    never=frozenset({NOTICE, "advised"}),
)
