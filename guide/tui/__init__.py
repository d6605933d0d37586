"""The interface that draws the whole screen. The only room that imports Textual.

Two modules that Textual would load are left out, a tenth of the start: TLS, which
nothing here speaks, and the command palette, which is turned off.
"""

from __future__ import annotations

import gc
import sys
from types import ModuleType


class _LeftOut(ModuleType):
    """Stands where a module would: every name in it is a class without a use."""

    def __getattr__(self, name: str) -> type[object]:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def _load_lean() -> None:
    """Load Textual without the two; a later ``import ssl`` finds it as ever."""
    palette = "textual.command"
    if "textual.app" in sys.modules:
        return
    collecting = gc.isenabled()
    gc.disable()  # nothing of what is loaded here is ever thrown away
    without_tls = "ssl" not in sys.modules
    if without_tls:
        # What Python documents as "not there"; asyncio does without it.
        sys.modules["ssl"] = None  # type: ignore[assignment]
    sys.modules.setdefault(palette, _LeftOut(palette))
    import textual.app  # noqa: F401  only loaded

    if without_tls:
        del sys.modules["ssl"]
    if collecting:
        gc.enable()


_load_lean()
