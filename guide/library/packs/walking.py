"""Opens everything in a pack, in every language, and says what was wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from guide.library.markdown import blocks
from guide.library.packs.lessons import (
    read_checklist,
    read_form,
    read_lesson,
    read_page,
    where,
)
from guide.library.packs.links import find, image_path, is_inside, links_in
from guide.library.packs.opening import OpenPack
from guide.library.packs.problems import EMPTY, IMAGE, LINK
from guide.model.pack import Kind, Lesson, Listed, Pack, Shape
from guide.model.problems import Finding, GuideError
from guide.words import _


class Failed(NamedTuple):
    """One file that did not open, and why."""

    path: str
    why: str


@dataclass(slots=True, kw_only=True)
class Walked:
    """How many of each kind opened, and which did not."""

    opened: dict[Kind, int] = field(default_factory=dict)
    failed: list[Failed] = field(default_factory=list)
    links: int = 0
    broken: int = 0

    @property
    def listed(self) -> int:
        """How many there were to open."""
        return sum(self.opened.values()) + len(self.failed)


def walk(opened: OpenPack) -> Walked:
    """Open every lesson, checklist and form; what is odd joins the findings."""
    walked = Walked()
    for lang in opened.about.languages:
        pack = opened.read_in(lang)
        for listed in pack.everything():
            if listed.lang != lang:
                continue  # it was opened with its own language
            try:
                _open_one(opened, pack, listed, walked)
            except GuideError as error:
                walked.failed.append(Failed(where(listed), error.what))
                continue
            walked.opened[listed.kind] = walked.opened.get(listed.kind, 0) + 1
    return walked


def _open_one(opened: OpenPack, pack: Pack, listed: Listed, walked: Walked) -> None:
    text = opened.tree.read(where(listed)).decode("utf-8", "replace")
    match listed.kind:
        case Kind.LESSON:
            lesson = open_lesson(opened, listed)
            if not any(blocks(page) for page in lesson.pages) and not lesson.tasks:
                what = _("There is nothing to read in it.")
                opened.tree.findings.add(EMPTY, where(listed), what, _("Write it."))
        case Kind.CHECKLIST:
            read_checklist(opened.tree, listed)
        case Kind.FORM:
            read_form(opened.tree, listed)
            return
    _check_links(opened, pack, listed, text, walked)


def open_lesson(opened: OpenPack, listed: Listed) -> Lesson:
    """The words of a lesson, in whichever format it is written."""
    if opened.about.shape is Shape.OWN:
        return read_page(opened.tree, listed)
    return read_lesson(opened.tree, listed)


def _check_links(
    opened: OpenPack, pack: Pack, listed: Listed, text: str, walked: Walked
) -> None:
    path = where(listed)
    for link in links_in(text):
        if not is_inside(link.target):
            continue
        if link.image:
            _check_image(opened, listed, link.target, link.line)
            continue
        walked.links += 1
        if not find(pack, link.target, listed.path):
            walked.broken += 1
            words = _("The link '{target}' leads nowhere in this pack.")
            what, fix = words.format(target=link.target[:120]), _("Correct it.")
            opened.tree.findings.add(LINK, path, what, fix, link.line)


def _check_image(opened: OpenPack, listed: Listed, target: str, line: int) -> None:
    """An image is there in its own language or in the base one."""
    path = image_path(target, listed.path)
    langs = (listed.lang, opened.about.base)
    if not any(f"{lang}/{path}" in opened.tree.sizes for lang in langs):
        what = _("The image '{target}' is missing.").format(target=target[:120])
        fix = _("Add it. Its text is shown in its place.")
        opened.tree.findings.add(IMAGE, where(listed), what, fix, line)


def all_findings(opened: OpenPack) -> tuple[Finding, ...]:
    """What is odd in the order and the titles of every language."""
    for lang in opened.about.languages:
        opened.read_in(lang)
    return opened.findings()
