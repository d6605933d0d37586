"""The codes of what is odd in a pack of lessons, explained; they are found elsewhere.

A pack is somebody else's, so none of these is a fault of the guide's own pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from guide.library.lint.rules import Check, Sentence
from guide.library.packs import problems

_TOLD = (
    Check(
        code=problems.LEFT_OUT,
        title="A file is left out",
        means="It is a link, a pipe or a device, or its name cannot be used on every"
        " computer. The guide never opens such a file; the rest of the pack is read.",
        mend="Put a plain file with a short, plain name in its place, or take it out.",
        example="en/mail/s_first-steps.md",
    ),
    Check(
        code=problems.CLASH,
        title="Two names that are one name elsewhere",
        means="Many computers tell neither capitals nor accents apart. One of the two"
        " files would go over the other there, so the second is not opened.",
        mend="Give one of them another name.",
        example=Sentence("s_backup.md and s_backup-phone.md, not s_Backup.md"),
    ),
    Check(
        code=problems.TOO_LARGE,
        title="A file is too large",
        means="A text has at most 64 KiB. A larger one is not"
        " opened, so that no pack can keep the computer busy.",
        mend="Split it into two lessons.",
        example=Sentence("s_phones-1.md and s_phones-2.md"),
    ),
    Check(
        code=problems.ENCODING,
        title="A text is not plain UTF-8",
        means="It begins with a byte order mark, or is in another encoding. It is read"
        " as far as it goes, and letters may be missing.",
        mend="Save it as UTF-8 without a byte order mark.",
        example=Sentence("In most editors: Save as, Encoding: UTF-8."),
    ),
    Check(
        code=problems.EMPTY,
        title="There is nothing to read",
        means="The file is empty, or holds nothing that can be shown.",
        mend="Write it, or take it out.",
        example="---\nindex: 1\ntitle: Strong passwords\n---\nWhat they are for.",
    ),
    Check(
        code=problems.FRONT,
        title="The first lines cannot be read",
        means="A lesson begins with a line of '---', its keys, and '---' again. A"
        " checklist and a form are YAML. What cannot be read is passed over.",
        mend="Write one key and its value on each line. A colon inside needs quotes.",
        example='---\nindex: 1\ntitle: "Phones: the basics"\n---',
    ),
    Check(
        code=problems.KEY,
        title="An unknown key",
        means="There is a key that the format does not have. Often the keys were"
        " translated with the text, and then the title is missing.",
        mend="Write the keys in English. The finding lists them.",
        example="title: Les mots de passe",
    ),
    Check(
        code=problems.NEEDED,
        title="A key is missing",
        means="Without an index the place in the order is lost: it comes last. Without"
        " a title the name of the file is shown.",
        mend="Add it. An index is a whole number.",
        example="index: 3\ntitle: Strong passwords",
    ),
    Check(
        code=problems.ORDER,
        title="It is not in the first language",
        means="The order is taken from one language, most often English. What is only"
        " in another one has no place there, and comes after the rest.",
        mend="Add it to the first language, or take it out here.",
        example=Sentence("en/mail/s_only.md beside es/mail/s_only.md"),
    ),
    Check(
        code=problems.FOLDER,
        title="A folder stands where none can be",
        means="A folder has no .category.yml, or stands deeper than module, subject and"
        " level. What is too deep is not shown.",
        mend="Add the file with index and title, or move the lessons up.",
        example="en/mail/passwords/beginner/.category.yml",
    ),
    Check(
        code=problems.LINK,
        title="A link leads nowhere",
        means="What it names is not in this pack. The reader is told so, and where the"
        " guide has a page on it, is led there.",
        mend="Correct the link, or take it out.",
        example="[Passwords](umbrella://mail/passwords/beginner)",
    ),
    Check(
        code=problems.IMAGE,
        title="An image is missing",
        means="It is there neither in this language nor in the first one. Its text is"
        " shown in its place.",
        mend="Add the image, or correct its name.",
        example="![The lock of a browser](lock.png)",
    ),
    Check(
        code=problems.ITEM,
        title="A line of a list or a form cannot be used",
        means="A checklist holds 'check' and 'label', a form holds screens of items. A"
        " line that is neither is left out. An item without a label shows its name.",
        mend="Write the line as the example does.",
        example="list:\n- label: First\n- check: Change the password",
    ),
    Check(
        code=problems.NOT_USED,
        title="A pack brings only what can be read",
        means="Letters, facts, tables and packs inside a pack are never used: no pack"
        " can change what the guide asks, writes or warns of.",
        mend="Take it out, or add it as a pack of its own.",
        example="en/guide/1-begin/s-first.md",
    ),
    Check(
        code=problems.UNKNOWN,
        title="A file of no known kind",
        means="Lessons are s_….md, checklists c_….yml and forms f_….yml; a page of our"
        " own format ends in .md. Any other file is passed over.",
        mend="Give it such a name, or take it out.",
        example="c_before-you-travel.yml",
    ),
)

PACK_CODES: Mapping[str, Check] = MappingProxyType({each.code: each for each in _TOLD})
