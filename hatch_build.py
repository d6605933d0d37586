"""Compiles the catalogues into the wheel; see ``guide/words``.

A translation with other blanks than its sentence would fail in front of a reader, so
it stops the build.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class Catalogues(BuildHookInterface):
    """Puts ``guide.mo`` where the guide looks for it; the checkout stays as it is."""

    def initialize(self, version: str, build_data: dict) -> None:
        """Compile every catalogue, before anything is packed."""
        self._folder = TemporaryDirectory()
        for source in sorted(ROOT.glob("guide/locale/*/LC_MESSAGES/guide.po")):
            name = source.relative_to(ROOT).with_suffix(".mo").as_posix()
            made = Path(self._folder.name, name.replace("/", "-"))
            made.write_bytes(compiled(source))
            build_data["force_include"][str(made)] = name

    def finalize(self, version: str, build_data: dict, artifact_path: str) -> None:
        """Leave nothing behind."""
        self._folder.cleanup()


def compiled(source: Path) -> bytes:
    """The catalogue in *source* as gettext reads it. Raises ValueError."""
    with source.open("rb") as file:
        catalog = read_po(file, abort_invalid=True)
    if wrong := [*faults(catalog)]:
        raise ValueError("\n".join([str(source), *wrong]))
    made = BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def faults(catalog: Catalog) -> Iterator[str]:
    """Every translation that would not do, with the reason."""
    sys.path.insert(0, str(ROOT))  # a build starts outside the checkout
    from guide.words.po import fits

    for message in catalog:
        one, *many = message.id if message.pluralizable else (message.id,)
        said = (message.string,) if isinstance(message.string, str) else message.string
        if not message.id or message.fuzzy or not any(said):
            continue
        if not fits(one, many[0] if many else None, said):
            yield f"{one}: the translation has other blanks, or is not whole"
        if many and len(said) != catalog.num_plurals:
            yield f"{one}: the language has {catalog.num_plurals} plural forms"
