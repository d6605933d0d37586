"""How much of somebody else's files is read at all.

The whole tree of Umbrella in seven languages is some 6,000 files, its longest lesson
57 KB, its deepest folder the fourth. Nothing honest comes near these.
"""

from __future__ import annotations

MOST_FILES = 20_000  # entries of a folder or zip, whatever they are
MOST_TEXT = 64 * 1024 * 1024  # bytes of all texts together
LARGEST_FILE = 64 * 1024  # bytes of one text
DEEPEST = 8  # folders above a file
LONGEST_NAME = 120  # characters of one name
LONGEST_PATH = 400  # characters from the top of the pack
LARGEST_ZIP = 256 * 1024 * 1024  # bytes of the zip itself, with its images
LARGEST_LIST = 4 * 1024 * 1024  # bytes of the list of files inside a zip
MOST_TIMES = 100  # how many times its packed size a text may unpack to
MOST_FINDINGS = 2_000  # after which a pack is only said to be full of faults
MOST_OF_A_KIND = 20  # findings of one kind in one file
LARGEST_PICTURE = 4 * 1024 * 1024  # bytes of a picture that is drawn
LARGEST_KEPT = 64 * 1024  # bytes of a picture that goes into the copy that is kept
MOST_KEPT = 8 * 1024 * 1024  # bytes of all of those together
