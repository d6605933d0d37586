"""Every target by its name. A new one is one entry in a table, here or beside."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fuzz import (
    brought_targets,
    content_targets,
    faulty,
    place_targets,
    vault_targets,
)
from tests.fuzz.target import Target

# Cases of these are made up by chance, in tests/fuzz.
FUZZED: dict[str, Target] = (
    content_targets.TARGETS | vault_targets.TARGETS | brought_targets.TARGETS
)
# Cases of the others are made by hand only.
TARGETS: Mapping[str, Target] = FUZZED | place_targets.TARGETS | faulty.TARGETS
