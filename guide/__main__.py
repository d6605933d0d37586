"""``python3 -m guide``: the libraries if they are missing, then the command line.

Like `guide.bootstrap`, any Python 3 must be able to read this file.
"""

import sys


def main() -> int:
    """Run the command line; the installed ``guide`` command calls this."""
    from guide.cli import main as run

    return run()


if __name__ == "__main__":
    from guide.bootstrap import prepare

    prepare("guide")
    sys.exit(main())
