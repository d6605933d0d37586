"""Opens a pack: which files, which format, in which language, in which order.

Titles and order are read when a pack is opened, and texts only when they are shown.
What works an order out is loaded only for a pack that was not added.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass, field, replace
from pathlib import Path

from guide.library.packs import kept_index
from guide.library.packs.tree import Tree, folder_tree
from guide.model.pack import About, Pack, Shape
from guide.model.problems import Finding, NotFoundError
from guide.words import _


@dataclass(slots=True, kw_only=True)
class OpenPack:
    """A pack whose files can be asked for; one `Pack` for each language."""

    tree: Tree
    about: About
    kept: bool = False  # this program made the copy, so its index is believed
    _packs: dict[str, Pack] = field(default_factory=dict)

    def language(self, wished: str = "") -> str:
        """The wished language where it is there, else the nearest, else the base."""
        near = (tag for tag in self.about.languages if wished.startswith(f"{tag}-"))
        if wished in self.about.languages:
            return wished
        return next(near, self.about.base)

    def read_in(self, wished: str = "") -> Pack:
        """Everything in it by title and in its order."""
        lang = self.language(wished)
        if lang not in self._packs:
            known = kept_index.read(self.tree, self.about, lang) if self.kept else None
            self._packs[lang] = known or outline(self.tree, self.about, lang)
        return self._packs[lang]

    def findings(self) -> tuple[Finding, ...]:
        """What was odd in what was read so far."""
        return self.tree.findings.sorted()

    def close(self) -> None:
        """Let go of the zip."""
        self.tree.close()


def outline(tree: Tree, about: About, lang: str) -> Pack:
    """The order of everything in *tree*, worked out from its files."""
    if about.shape is Shape.OWN:
        from guide.library.packs.own import chapters

        return Pack(about=about, lang=lang, modules=chapters(tree, about, lang))
    from guide.library.packs.umbrella import modules_and_forms

    modules, forms = modules_and_forms(tree, about, lang)
    return Pack(about=about, lang=lang, modules=modules, forms=forms)


def open_pack(path: Path, name: str = "") -> OpenPack:
    """The pack in a folder, a Git checkout or one zip.

    Raises NotFoundError, UnreadableFileError, PackRefusedError.
    """
    from guide.library.packs.about import about, at_its_top

    tree = _tree(path)
    try:
        tree = at_its_top(tree)
        return OpenPack(tree=tree, about=about(tree, name))
    except BaseException:
        tree.close()
        raise


def open_kept(path: Path) -> OpenPack:
    """A pack that was added: its copy, and the order that was written into it.

    Only a copy that this program made is read so: it is in the reader's own folder.
    Raises what `open_pack` raises.
    """
    tree = _tree(path)
    try:
        known = kept_index.read_about(tree) or _about(tree)
        known = replace(known, name=path.stem)
        return OpenPack(tree=tree, about=known, kept=True)
    except BaseException:
        tree.close()
        raise


def _about(tree: Tree) -> About:
    from guide.library.packs.about import about

    return about(tree)


def _tree(path: Path) -> Tree:
    try:
        mode = path.stat().st_mode  # the reader may name a link; inside, none is
    except (OSError, ValueError):
        raise NotFoundError(
            _("There is no folder and no zip with that name."),
            _("Check the name and the folder."),
        ) from None
    if stat.S_ISDIR(mode):
        return folder_tree(path)
    from guide.library.packs.zipped import zip_tree  # few packs are zips

    return zip_tree(path.resolve())
