"""The main routes, in the order of the decision tree."""

from __future__ import annotations

from tests.transcripts.later_routes import (
    R06,
    R07,
    R08,
    R09,
    R10,
    R11,
    R12,
    R13,
    R14,
)
from tests.transcripts.routes import R01, R02, R03, R04, R05

ROUTES = (R01, R02, R03, R04, R05, R06, R07, R08, R09, R10, R11, R12, R13, R14)
