"""The main routes of the decision tree, as talks that anybody can read."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
