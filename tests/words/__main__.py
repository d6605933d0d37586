"""``python3 -m tests.words``: take every sentence of the program into the template.

Run it after a sentence was changed. What is written is ``guide/locale/guide.pot``.
"""

from __future__ import annotations

from guide.bootstrap import prepare

if __name__ == "__main__":
    prepare("tests")

    from tests.words.template import TEMPLATE, template

    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8", newline="\n")
