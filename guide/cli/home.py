"""What ``guide`` and ``guide plan`` say where nothing is asked: plain sentences."""

from __future__ import annotations

from guide.words import _


def home_page() -> list[str]:
    """What the guide is, its commands, and the way to people who help."""
    return [
        _("A calm guide for people targeted by online stalking or harassment,"),
        _("and for those who help them. It keeps nothing unless you ask it to,"),
        _("and it never uses the network."),
        "",
        _("In danger now? Call your emergency number."),
        _("Help lines, by country:"),
        "  guide read help-lines",
        "",
        _("The guide, in a terminal window:"),
        "  guide           " + _("questions first, then steps that fit"),
        "  guide --plain   " + _("the same, line by line, for screen readers"),
        "",
        _("To read and to find:"),
        "  guide read contents    " + _("every page, by chapter"),
        "  guide read PAGE        " + _("one page as plain text"),
        "  guide search WORD      " + _("pages that hold a word"),
        "",
        _("Letters and saved emails:"),
        "  guide letter list            " + _("which letters there are"),
        "  guide letter new LETTER      " + _("write one"),
        "  guide mail explain FILE      " + _("what a saved email shows"),
        "  guide mail complaint FILE    " + _("write to its provider"),
        "",
        _("To keep notes, sealed with a passphrase:"),
        "  guide vault new              " + _("begin; after that, guide asks for it"),
        "  guide incident add           " + _("write down what happened"),
        "  guide evidence add FILE      " + _("keep a file that shows it"),
        "  guide help case              " + _("hand it over to somebody"),
        "",
        _("All commands:"),
        "  guide help",
    ]


def about_the_plan() -> list[str]:
    """Where a plan comes from: without answers there is none."""
    return [
        _("There is no plan here: a plan is made from answers."),
        _("To see yours, or to make one, start the guide and answer its questions:"),
        "  guide",
        _("To read what can be in a plan:"),
        "  guide read h-plan",
    ]
