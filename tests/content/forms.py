"""The forms that ship, and each one as it is when nothing was typed."""

from __future__ import annotations

import re

from guide.model.content import Field, FieldKind
from guide.model.paper import Paper
from tests.content.filled_letters import filled

FILLED = (
    *("safety-plan", "warning-signs", "account-list"),
    *("company-reports", "exposed-information"),
)
SHEETS = ("incident-sheet", "contact-sheet", "exhibit-sheet")
FORMS = (*FILLED, *SHEETS)
LINE = re.compile(r"_{40,}")


def nothing(field: Field) -> str:
    """Nothing typed, and no box ticked."""
    return "no" if field.kind is FieldKind.YESNO else ""


def bare(id_: str) -> Paper:
    """The form as it is when nothing at all was typed."""
    return filled(id_, nothing).paper
