"""Front matter: the YAML between two ``---`` lines, as strings only.

``no`` stays the word "no". Aliases, anchors, merge keys, tags and duplicate keys are
refused, and so is anything large or deep: a kilobyte of YAML with merge keys keeps
a careless reader busy for minutes (``design/security.md``).
"""

from __future__ import annotations

from typing import TypeAlias

import yaml

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
        raise FrontMatterError("The file does not begin with a line of '---'.")
    end = next((n for n, x in enumerate(lines[1:], 1) if x.rstrip() == _FENCE), 0)
    if not end:
        raise FrontMatterError("The front matter has no closing line of '---'.")
    keys = load("\n".join(lines[1:end]), first_line=2)
    return keys, "\n".join(lines[end + 1 :]), end + 2


def load(text: str, first_line: int = 1) -> dict[str, Value]:
    """A mapping of strings, lists and mappings, from YAML written in *text*."""
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise FrontMatterError("The front matter is larger than 64 KiB.", first_line)
    try:
        loaded = yaml.load(text, Loader=_Strings)  # noqa: S506  a SafeLoader, made narrower
    except FrontMatterError as error:
        raise FrontMatterError(error.what, first_line + error.line) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        what = f"The front matter is not valid: {error.problem}."
        raise FrontMatterError(what, first_line + line) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise FrontMatterError("The front matter is not valid.", first_line) from None
    if loaded is None or loaded == "":
        return {}
    if not isinstance(loaded, dict):
        raise FrontMatterError("The front matter is not a list of keys.", first_line)
    return loaded


class _Strings(yaml.SafeLoader):
    """Every scalar is the string that was written."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, object]]] = {}  # noqa: RUF012  pyyaml's own name and kind

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._depth = self._nodes = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]  # pyyaml's stubs leave it out
        if self.check_event(yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refusal("anchors and aliases are not allowed", event)
        if getattr(event, "tag", None):
            raise _refusal("tags are not allowed", event)
        self._depth += 1
        self._nodes += 1
        if self._depth > DEEPEST or self._nodes > MOST_NODES:
            raise _refusal("it is too deep or too large", event)
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        seen: set[str] = set()
        for key, _value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.value == "<<":
                raise _refusal("a key must be one plain word", key)
            if key.value in seen:
                raise _refusal(f"'{key.value}' is there twice", key)
            seen.add(key.value)


def _refusal(what: str, place: yaml.Event | yaml.Node) -> FrontMatterError:
    line = place.start_mark.line if place.start_mark else 0
    return FrontMatterError(f"The front matter is refused: {what}.", line)
