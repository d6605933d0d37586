"""Files that the reader brings or keeps: what they are, what they claim, how they look.

Whatever is in a file was written by somebody else. Nothing here writes to a disk,
and pictures and mail bodies are taken apart only by a second, limited process.
"""

from guide.media.aside import may_show_somebody_aside
from guide.media.claims import claims
from guide.media.kinds import HTML, MAIL, MAILBOX, TEXT, UNKNOWN, media_type
from guide.media.names import in_words
from guide.media.preview import Look, Preview, mail_text, preview, text_preview
from guide.media.somebody import could_be_settled, may_show_somebody

__all__ = [
    "HTML",
    "MAIL",
    "MAILBOX",
    "TEXT",
    "UNKNOWN",
    "Look",
    "Preview",
    "claims",
    "could_be_settled",
    "in_words",
    "mail_text",
    "may_show_somebody",
    "may_show_somebody_aside",
    "media_type",
    "preview",
    "text_preview",
]
