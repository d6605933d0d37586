"""The interface that draws the whole screen. The only room that imports Textual.

Three modules that Textual would load are left out, a tenth of the start: TLS, which
nothing here speaks; the command palette, which is turned off; and tables of colours
for those who design with Textual.
"""

from __future__ import annotations

import gc
import sys
from types import ModuleType

_UNUSED = ("ssl", "textual.command", "rich.table")


class _LeftOut(ModuleType):
    """Stands where a module would: every name in it is a class without a use."""

    def __getattr__(self, name: str) -> type[object]:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def _load_lean() -> None:
    """Load Textual without the three; a later import finds them as ever."""
    left_out = [name for name in _UNUSED if name not in sys.modules]
    for name in left_out:
        sys.modules[name] = _LeftOut(name)
    if "ssl" in left_out:
        # What Python documents as "not there"; asyncio does without it.
        sys.modules["ssl"] = None  # type: ignore[assignment]
    import textual.app  # noqa: F401  only loaded

    for name in left_out:
        del sys.modules[name]


def _load() -> None:
    """Load all that the first screen needs, and spare the collector from it.

    None of it is ever thrown away; looking for that costs a tenth of the start.
    """
    collecting = gc.isenabled()
    gc.disable()
    if "textual.app" not in sys.modules:
        _load_lean()
    import guide.actions.journey  # noqa: F401  only loaded

    gc.freeze()
    if collecting:
        gc.enable()


_load()
