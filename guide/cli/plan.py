"""``guide plan``: the plan made from the answers in the vault, with its ticks."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from guide.actions.answering import due
from guide.actions.planning import Branch, Checklist, WholePlan, whole_plan
from guide.cli.ending import FINE, note, say
from guide.cli.home import about_the_plan
from guide.cli.opening import working_desk
from guide.cli.starting import Wishes
from guide.cli.vault import quietly
from guide.model.progress import Progress
from guide.plain.lines import said, state_words, wrapped
from guide.words import _


def show_plan(wishes: Wishes, *, as_json: bool) -> int:
    """Print the plan; without one, how to come to one."""

    def show() -> int:
        here = working_desk(wishes)
        try:
            found = whole_plan(here)
            if as_json:
                told = _as_values(found) if found else {}
                sys.stdout.write(json.dumps(told, indent=2) + "\n")
            elif found:
                say(_as_lines(found))
            if not found:
                _say_how(as_json=as_json)
            elif due(here):
                note(_("Some answers are a week old. The guide asks for them again."))
        finally:
            here.close()
        return FINE

    return quietly(show)


def _say_how(*, as_json: bool) -> None:
    if as_json:
        note(about_the_plan()[0])
    else:
        say(about_the_plan())


def _as_lines(found: WholePlan) -> Iterator[str]:
    yield from said(_("Heading {level}").format(level=1), found.page.title)
    words = _("{done} of {all} looked at")
    yield words.format(done=found.plan.done, all=len(found.branches))
    best = found.plan.next_best
    if best:
        yield ""
        yield from said(_("A good next step"), best.title)
        yield from wrapped(best.because, indent="  ", first="  ")
        yield f"  guide read {best.page_id}"
    for each in found.branches:
        yield from _branch(each)


def _branch(branch: Branch) -> Iterator[str]:
    item = branch.item
    yield ""
    yield from said(_("Heading {level}").format(level=2), item.text)
    yield from wrapped(_progress()[item.progress], indent="  ", first="  ")
    for each in branch.checklists:
        yield from _checklist(each)


def _checklist(checklist: Checklist) -> Iterator[str]:
    yield from wrapped(f"{checklist.page.title}", indent="  ", first="  ")
    for task, state in checklist.tasks:
        yield from wrapped(f"- {task.text} ({state_words(state)})", indent="    ")


def _progress() -> dict[Progress, str]:
    return {
        Progress.NEW: _("not begun"),
        Progress.UNDER_WAY: _("started"),
        Progress.DONE: _("looked at"),
    }


def _as_values(found: WholePlan) -> dict[str, object]:
    best = found.plan.next_best
    return {
        "page": found.page.id,
        "title": found.page.title,
        "looked_at": found.plan.done,
        "next": {"page": best.page_id, "title": best.title, "because": best.because}
        if best
        else None,
        "branches": [
            {
                "page": each.item.page_id,
                "text": each.item.text,
                "progress": each.item.progress,
                "checklists": [_checklist_values(x) for x in each.checklists],
            }
            for each in found.branches
        ],
    }


def _checklist_values(checklist: Checklist) -> dict[str, object]:
    return {
        "page": checklist.page.id,
        "title": checklist.page.title,
        "tasks": [
            {"id": task.id, "text": task.text, "state": state}
            for task, state in checklist.tasks
        ],
    }
