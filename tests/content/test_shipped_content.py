"""The guide as it ships: no finding, and no promise that the check would not miss.

Each promise of the decision tree is broken in a copy, to see that it is found.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from guide.actions.checking import check_content
from guide.library.lint.reading import why_not
from guide.library.lint.safety import (
    BLOCKING,
    CHANGING,
    DANGER,
    IMAGES,
    NOTICING,
    POLICE,
    SAVED,
    STOPS,
)
from guide.library.loader import Shelf, content_root
from guide.model.problems import Finding
from tests.content.small_packs import page

TODAY = date(2026, 11, 20)
START, NOTICE = "en/guide/1-start", "en/guide/3-notice"
RECORDS, CUT_OFF, TELL = "en/guide/2-records", "en/guide/4-cut-off", "en/guide/5-tell"
SAFE, WRITE = f"{NOTICE}/q-notice-safe.md", "s-notice-write"


def found(root: Path) -> tuple[Finding, ...]:
    return check_content(TODAY, root).findings


def test_the_shipped_content_has_no_finding() -> None:
    assert [str(each) for each in found(content_root())] == []


def test_what_could_not_be_checked_is_said() -> None:
    assert check_content(TODAY).notes == ((why_not(),) if why_not() else ())


def test_the_pages_that_the_promises_name_are_there() -> None:
    """A page that is renamed would take its promise with it."""
    named = {*BLOCKING, *CHANGING, *STOPS, *SAVED, *NOTICING, *POLICE, DANGER, IMAGES}
    assert named <= Shelf(content_root()).library().pages.keys()


class Break(NamedTuple):
    """One edit of a shipped page that breaks a promise."""

    code: str
    path: str
    old: str
    new: str


BREAKS = {
    "a route to the notice asks for less than its gate": Break(
        "C601", SAFE, "{when: notice_clear, go", "{when: notice_want is yes, go"
    ),
    "the plan leads to the notice": Break(
        "C601", f"{START}/h-plan.md", "(q-block.md)", f"({WRITE}.md)"
    ),
    "a link in the text leads to the notice": Break(
        "C601", f"{NOTICE}/s-silence.md", "\n- [ ] ", f"\n[It]({WRITE}.md)\n- [ ] "
    ),
    "not sure of the age leads on": Break(
        "C602", f"{RECORDS}/q-image-age.md", "when: image_minor", "when: minor"
    ),
    "pictures are offered before the age is asked": Break(
        "C602",
        f"{RECORDS}/s-log.md",
        "offers: [",
        f"offers: [page:{IMAGES}, ",
    ),
    "blocking comes before saving": Break(
        "C603", f"{CUT_OFF}/q-block.md", "(q-saved-first.md)", "(s-block-social.md)"
    ),
    "an offer leads round the question on saving": Break(
        "C603", f"{START}/s-talk-first.md", "page:s-safety-plan", "page:s-report-admin"
    ),
    "nobody asks if they would notice": Break(
        "C604", f"{CUT_OFF}/q-hacked.md", "(q-will-notice.md)", "(s-spyware.md)"
    ),
    "danger is not asked first": Break(
        "C605", f"{START}/start-welcome.md", "go: q-danger-now", "go: q-device-safe"
    ),
    "the stop is a step": Break(
        "C606", f"{START}/t-emergency.md", "kind: stop", "kind: step"
    ),
    "a step only opens through the police": Break(
        "C607", f"{TELL}/s-police-go.md", "offers: [", "offers: [page:s-new, "
    ),
    "a step without help lines": Break(
        "C608", f"{START}/s-safer-device.md", "](help:)", "](t-emergency.md)"
    ),
}


@pytest.mark.parametrize("edit", BREAKS.values(), ids=BREAKS)
def test_a_broken_promise_is_found(tmp_path: Path, edit: Break) -> None:
    root = tmp_path / "content"
    shutil.copytree(content_root(), root)
    if "s-new" in edit.new:
        body = "A step. See the [help lines](help:)."
        (root / f"{TELL}/s-new.md").write_text(page(body, "kind: step"), "utf-8")
    text = (root / edit.path).read_text("utf-8")
    assert edit.old in text
    assert edit.code not in {each.code for each in found(root)}
    (root / edit.path).write_text(text.replace(edit.old, edit.new), "utf-8")
    assert edit.code in {each.code for each in found(root)}


def test_a_missing_stop_page_is_found(tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(content_root(), root)
    (root / f"{START}/t-emergency.md").unlink()
    assert {"C103", "C606"} <= {each.code for each in found(root)}
