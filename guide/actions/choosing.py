"""Choosing how the guide looks and listens: the only thing kept without a vault."""

from __future__ import annotations

from dataclasses import replace

from guide.files import write_whole
from guide.model.problems import InvalidAnswerError, NotWrittenError
from guide.settings import LOOKS, PLAIN, Kept, Settings, as_toml, read_settings
from guide.settings import settings_file as _settings_file
from guide.words import _


def preferences() -> Kept:
    """What was preferred so far; a faulty file gives the usual settings."""
    return read_settings(_settings_file())


def prefer_look(look: str) -> Settings:
    """Remember the look, ``plain`` among them. Raises NotWrittenError."""
    if look == PLAIN:
        return _remember(replace(preferences().settings, plain=True))
    if look not in LOOKS:
        raise InvalidAnswerError
    return _remember(replace(preferences().settings, theme=look, plain=False))


def prefer(
    *,
    plain: bool | None = None,
    keys: bool | None = None,
    erase_scrollback: bool | None = None,
    width: int | None = None,
) -> Settings:
    """Remember what is said here; the rest stays. Raises NotWrittenError."""
    now = preferences().settings
    return _remember(
        replace(
            now,
            plain=now.plain if plain is None else plain,
            keys=now.keys if keys is None else keys,
            erase_scrollback=now.erase_scrollback
            if erase_scrollback is None
            else erase_scrollback,
            width=now.width if width is None else width,
        )
    )


def _remember(settings: Settings) -> Settings:
    path = _settings_file()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, ValueError):
        raise NotWrittenError(
            _("There is no folder for the settings, and none could be made."),
            _("Nothing else changed. The choice holds until you leave."),
        ) from None
    write_whole(path, as_toml(settings), replace=True)
    return settings
