"""``guide doctor``: what this computer remembers of the guide. It only looks."""

from __future__ import annotations

import json
import sys

from guide.actions.places.doctor import DoctorPlace
from guide.actions.tracing import look_for_traces
from guide.actions.tracing_words import traces_as_json
from guide.cli.ending import FINE, say
from guide.cli.reading import readable
from guide.cli.starting import Wishes, sitting


def tell_traces(wishes: Wishes, *, as_json: bool) -> int:
    """Print what was found, not found, and cannot be known."""
    here = sitting(wishes)
    traces = look_for_traces(here)
    if as_json:  # escaped to ASCII, which no terminal obeys
        sys.stdout.write(json.dumps(traces_as_json(traces), indent=2) + "\n")
    else:
        say(readable(here, DoctorPlace(here, traces).sheet()))
    return FINE
