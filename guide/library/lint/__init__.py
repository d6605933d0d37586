"""``guide check``: everything a content folder can get wrong, one function a code.

Reads all of it and stops for nothing. Sources are files alone, so the same folder has
the same findings on every computer; only an old review depends on the day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from types import MappingProxyType

from guide.library.lint import (
    data,
    facts,
    flow,
    letters,
    links,
    safety,
    strict,
    words,
)
from guide.library.lint.everything import open_everything
from guide.library.lint.pack import Pack, near
from guide.library.lint.packs import PACK_CODES
from guide.library.lint.rules import Check
from guide.library.lint.told import TOLD
from guide.library.lint.translated import TRANSLATED
from guide.library.loader import Shelf
from guide.model.problems import Finding, NotFoundError
from guide.words import _

_ROOMS = (links, facts, flow, words, safety, letters, data)


def _checks() -> Iterator[Check]:
    yield from TOLD
    for room in _ROOMS:
        yield from (each for each in vars(room).values() if isinstance(each, Check))


CHECKS: Mapping[str, Check] = MappingProxyType(
    {each.code: each for each in sorted(_checks(), key=lambda each: each.code)}
)


# What is looked for only when somebody asks for it: see `strict`.
STRICT: Mapping[str, Check] = MappingProxyType(
    {each.code: each for each in vars(strict).values() if isinstance(each, Check)}
)


# Everything that a finding, of whatever kind, can be called.
EVERY_CODE: Mapping[str, Check] = MappingProxyType(
    {**CHECKS, **STRICT, **TRANSLATED, **PACK_CODES}
)


def check(shelf: Shelf, *, today: date) -> tuple[Finding, ...]:
    """Every finding in the folder of *shelf*, in the order of files and lines."""
    return findings_in(open_everything(shelf, today))


def findings_in(
    opened: tuple[Pack, tuple[Finding, ...]], *, strictly: bool = False
) -> tuple[Finding, ...]:
    """What was found while reading, and what the checks find in the pack."""
    pack, found = opened
    checks = (*CHECKS.values(), *(STRICT.values() if strictly else ()))
    checked = (
        Finding(fault.path, fault.line, each.code, fault.what, fault.fix)
        for each in checks
        if each.search
        for fault in each.search(pack)
    )
    return tuple(sorted({*found, *checked}))


def findings_json(findings: tuple[Finding, ...]) -> str:
    """*findings* as JSON: a list of path, line, code, what and fix."""
    listed = [asdict(finding) for finding in findings]
    return json.dumps(listed, ensure_ascii=False, indent=2) + "\n"


def explain(code: str) -> str:
    """What *code* means, how to mend it, and an example. Raises NotFoundError."""
    known = EVERY_CODE.get(code.strip().upper())
    if known is None:
        fix = near(code.strip().upper(), EVERY_CODE.keys(), "")
        raise NotFoundError(_("There is no such code."), fix)
    example = "\n".join(f"    {line}" for line in known.example.split("\n"))
    mend = _("How to mend it: {mend}").format(mend=known.mend)
    parts = (f"{known.code}: {known.title}", known.means, mend, _("For example:"))
    return "\n\n".join((*parts, f"{example}\n"))
