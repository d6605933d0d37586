"""One letter template into one ``Letter``; faults are findings."""

from __future__ import annotations

from guide.library.front_matter import FrontMatterError, Value, split
from guide.library.keys import Keys
from guide.library.reading import MOST_TEXT
from guide.model.content import Field, FieldKind, Letter
from guide.model.problems import Finding
from guide.words import _

LETTER_KEYS = (
    *("title", "kind", "audience", "once", "gate", "before_you_send", "after"),
    *("may_reach", "needs_message", "fields", "why", "sources", "reviewed"),
    "translated_from",
)
FIELD_KEYS = frozenset(
    {"id", "label", "kind", "default", "required", "private", "from", "why"}
)
_SUBJECT = "Subject:"


def parse_letter(
    text: str, *, id_: str, lang: str, path: str
) -> tuple[Letter | None, list[Finding]]:
    """Read the file *path*; a letter that cannot be trusted is no letter at all."""
    findings: list[Finding] = []
    try:
        if len(text.encode("utf-8", "replace")) > MOST_TEXT:
            raise FrontMatterError(_("The letter is larger than 64 KiB."))
        values, body, first = split(text)
    except FrontMatterError as error:
        fix = _("Compare it with a letter that works.")
        return None, [Finding(path, error.line, "L001", error.what, fix)]
    keys = Keys(values, path, text, LETTER_KEYS, findings)
    subject, _found, rest = body.lstrip("\n").partition("\n")
    if not subject.startswith(_SUBJECT):
        fix = _("Begin the text with 'Subject: …'.")
        keys.fault("L002", _("The letter has no subject line."), fix, first)
        return None, findings
    letter = Letter(
        id=id_,
        title=keys.text("title", needed=True) or id_,
        audience=keys.text("audience", needed=True),
        subject=subject.removeprefix(_SUBJECT).strip(),
        body=rest.strip("\n"),
        fields=_fields(keys),
        gate=keys.text("gate"),
        once=keys.text("once") == "person",
        may_reach=keys.yes("may_reach"),
        needs_message=keys.yes("needs_message"),
        before_you_send=keys.text("before_you_send"),
        after=keys.text("after"),
        why=keys.text("why"),
        reviewed=keys.text("reviewed"),
        sources=keys.texts("sources"),
        lang=lang,
        path=path,
    )
    return letter, findings


def _fields(keys: Keys) -> tuple[Field, ...]:
    fields: list[Field] = []
    for value in keys.values_of("fields"):
        line = keys.line_of("fields") + 1 + len(fields)
        if not isinstance(value, dict) or not isinstance(value.get("id"), str):
            fix = _("Write - {id: …, label: …}.")
            keys.fault("L003", _("A field has no id."), fix, line)
            continue
        fields.append(_field(value, keys, line))
    return tuple(fields)


def _field(value: dict[str, Value], keys: Keys, line: int) -> Field:
    for key in value.keys() - FIELD_KEYS:
        what = _("A field has no '{key}'.").format(key=key)
        known = ", ".join(sorted(FIELD_KEYS))
        keys.fault("L003", what, _("A field has: {keys}.").format(keys=known), line)
    texts = {key: part for key, part in value.items() if isinstance(part, str)}
    kind = texts.get("kind", "text")
    if kind not in list(FieldKind):
        what = _("There is no field kind '{kind}'.").format(kind=kind)
        fix = _("Use one of: {words}.").format(words=", ".join(FieldKind))
        keys.fault("L003", what, fix, line)
        kind = "text"
    return Field(
        id=texts["id"],
        label=texts.get("label", texts["id"]),
        kind=FieldKind(kind),
        default=texts.get("default", ""),
        required=texts.get("required") == "yes",
        private=texts.get("private") == "yes",
        from_message=texts.get("from") == "message",
        why=texts.get("why", ""),
        line=line,
    )
