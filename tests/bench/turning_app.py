"""The interface on a pack of lessons; F12, a key without a meaning, opens the next one.

``turning_app.py TREE``. The lessons come in the order of `lessons_to_turn`.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guide.safety.leave import supervised
from guide.safety.process import harden

if TYPE_CHECKING:
    from guide.actions.desk import Desk
    from guide.model.pack import Listed

F12 = b"\x1b[24~"
LONGEST, MOST = 40, 160  # lessons


def desk_with(tree: Path) -> Desk:
    """A desk that keeps nothing, with the lessons in *tree*."""
    from guide.actions.desk import keep_nothing

    desk = keep_nothing()
    desk.lessons.named = str(tree)
    return desk


def lessons_to_turn(desk: Desk, tree: Path) -> list[Listed]:
    """The longest ones first, then some from everywhere; no title twice in a row."""
    from guide.actions.packs import pack_of

    every = [*pack_of(desk, "this-run").read_in("en").everything()]
    size = {each.path: _size(tree / "en" / each.path) for each in every}
    by_size = sorted(every, key=lambda each: -size[each.path])
    others = by_size[LONGEST:]
    step = max(1, len(others) // (MOST - LONGEST))
    chosen = [*by_size[:LONGEST], *others[::step]]
    return [each for n, each in enumerate(chosen) if each.title != chosen[n - 1].title]


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def interface() -> int:
    gc.disable()
    from textual.binding import Binding

    from guide.actions.journey import Journey
    from guide.tui.keys import BINDINGS

    tree = Path(sys.argv[1])
    desk = desk_with(tree)
    lessons = iter(lessons_to_turn(desk, tree))
    BINDINGS.append(Binding("f12", "nothing", priority=True))
    from guide.tui.app import GuideApp, run

    def turn(app: GuideApp) -> None:
        app.action_open(f"pack:this-run/{next(lessons).path}")

    setattr(GuideApp, "action_nothing", turn)  # noqa: B010  mypy minds "="
    return run(Journey(desk))


if __name__ == "__main__":
    harden()
    sys.exit(supervised(interface, raw=True))
