"""``python3 -m tests.transcripts``: walk the main routes, and write what was said.

The shipped pages, the real plain mode, a desk that keeps nothing, a stopped clock.
"""

from __future__ import annotations

import sys

from tests.plain.talking import a_desk
from tests.transcripts import HERE
from tests.transcripts.all_routes import ROUTES
from tests.transcripts.walking import OffTheRouteError, transcript, walk


def main() -> int:
    """Write them all; 1 if a route can no longer be walked."""
    status = 0
    for route in ROUTES:
        try:
            text = transcript(route, walk(route, a_desk()))
        except OffTheRouteError as error:
            sys.stderr.write(f"{error}\n")
            status = 1
            continue
        (HERE / f"{route.name}.txt").write_text(text, "utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
