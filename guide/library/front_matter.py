"""Front matter: the YAML between two ``---`` lines, as strings only.

``no`` stays the word "no". Aliases, anchors, merge keys, tags and duplicate keys are
refused, and so is anything large or deep: a kilobyte of YAML with merge keys keeps
a careless reader busy for minutes (``design/security.md``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import yaml

from guide.words import _

if TYPE_CHECKING:
    _Loader = yaml.SafeLoader
else:  # libyaml reads five times as fast; a wheel without it is still right
    _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
MOST_BYTES, MOST_NODES, DEEPEST = 64 * 1024, 20_000, 16
_FENCE = "---"


class FrontMatterError(ValueError):
    """The front matter cannot be used; ``line`` counts from the top of the file."""

    def __init__(self, what: str, line: int = 1) -> None:
        super().__init__(what)
        self.what, self.line = what, line


def split(text: str) -> tuple[dict[str, Value], str, int]:
    """The keys, the body beneath them, and the line the body begins on."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        raise FrontMatterError(_("The file does not begin with a line of '---'."))
    end = next((n for n, x in enumerate(lines[1:], 1) if x.rstrip() == _FENCE), 0)
    if not end:
        raise FrontMatterError(_("The front matter has no closing line of '---'."))
    keys = load("\n".join(lines[1:end]), first_line=2)
    return keys, "\n".join(lines[end + 1 :]), end + 2


def load(text: str, first_line: int = 1) -> dict[str, Value]:
    """A mapping of strings, lists and mappings, from YAML written in *text*."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        what = _("The front matter is larger than 64 KiB.")
        raise FrontMatterError(what, first_line)
    try:
        _refuse_tricks(text)
        loaded = yaml.load(text, Loader=_Strings)  # noqa: S506  a SafeLoader, made narrower
    except FrontMatterError as error:
        raise FrontMatterError(error.what, first_line + error.line) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        what = _("The front matter is not valid: {problem}.")
        problem = what.format(problem=error.problem)
        raise FrontMatterError(problem, first_line + line) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        what = _("The front matter is not valid.")
        raise FrontMatterError(what, first_line) from None
    if loaded is None or loaded == "":
        return {}
    if not isinstance(loaded, dict):
        what = _("The front matter is not a list of keys.")
        raise FrontMatterError(what, first_line)
    return loaded


def _refuse_tricks(text: str) -> None:
    """Refuse aliases, anchors, tags and depth before anything is built from them."""
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = _(
                "The front matter is refused: anchors and aliases are not allowed."
            )
            raise _refusal(what, event)
        if getattr(event, "tag", None):
            what = _("The front matter is refused: tags are not allowed.")
            raise _refusal(what, event)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        if depth > DEEPEST or nodes > MOST_NODES:
            what = _("The front matter is refused: it is too deep or too large.")
            raise _refusal(what, event)


class _Strings(_Loader):
    """Every scalar is the string that was written."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, object]]] = {}  # noqa: RUF012  pyyaml's own name and kind

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        seen: set[str] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                what = _("The front matter is refused: a key must be one plain word.")
                raise _refusal(what, key)
            if key.value in seen:
                what = _("The front matter is refused: '{key}' is there twice.")
                raise _refusal(what.format(key=key.value), key)
            seen.add(key.value)


def _refusal(what: str, place: yaml.Event | yaml.Node) -> FrontMatterError:
    line = place.start_mark.line if place.start_mark else 0
    return FrontMatterError(what, line)
