"""``python3 -m guide``: the libraries if they are missing, then the command line.

Like `guide.bootstrap`, any Python 3 must be able to read this file.
"""

import signal
import sys


def main() -> int:
    """Run the command line; the installed ``guide`` command calls this."""
    # Until the command line has begun, Ctrl+C ends it without a word: Python would
    # print the names of folders and files.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from guide.cli import main as run

    signal.signal(signal.SIGINT, before)
    return run()


if __name__ == "__main__":
    from guide.bootstrap import prepare

    prepare("guide")
    sys.exit(main())
