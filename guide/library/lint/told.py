"""The codes of faults that others find: while a file is read, or in another room."""

from __future__ import annotations

from guide.library.lint.rules import Check

TOLD = (
    Check(
        code="C001",
        title="A file cannot be read",
        means="The file is not UTF-8, too large, or its front matter or TOML is not"
        " valid. Nothing of it is used; the rest of the guide is.",
        mend="Look at the line named. A colon inside a text needs quotes around it.",
        example='why: "One thing: it helps."',
    ),
    Check(
        code="C002",
        title="An unknown key",
        means="The front matter or a route has a key that the guide does not know, so"
        " it does nothing. Often it is a slip of the pen.",
        mend="Correct it, or take it out. All keys are in content/README.md.",
        example="safer: s-talk-first",
    ),
    Check(
        code="C003",
        title="A condition cannot be read",
        means="The language of conditions is small: fact is value, fact has value, and,"
        " or, not, brackets. A condition that is anything else never holds.",
        mend="Write it in these words. What is needed twice gets a name in facts.toml.",
        example="kinds has threats and not (danger is no)",
    ),
    Check(
        code="C004",
        title="A route without a place to go",
        means="A route under 'next' or 'best' has no 'go', so it leads nowhere.",
        mend="Add 'go' with the id of a page.",
        example="next:\n  - {when: minor, go: s-minor-first}",
    ),
    Check(
        code="C005",
        title="A value of the wrong kind",
        means="A key has a value that it cannot have: a list for a text, or a word that"
        " is not one of those allowed.",
        mend="Use one of the values named in the finding.",
        example="kind: question",
    ),
    Check(
        code="C006",
        title="A key is missing",
        means="Without it the page cannot be shown or its answer cannot be kept.",
        mend="Add it at the top of the file.",
        example="title: Who is doing this?",
    ),
    Check(
        code="C007",
        title="What stands in { } is not understood",
        means="An option or a task ends in its id, and may have a condition. Something"
        " else stands there.",
        mend='Write {#id}, {#id only} or {#id when="condition"}.',
        example='- [ ] Save the chat {#save-chat when="media has chat"}',
    ),
    Check(
        code="C008",
        title="An option or task without an id",
        means="Answers and ticks are kept under the id. Without one this line cannot be"
        " chosen.",
        mend="Add an id at the end of the line: lower case, digits and hyphens.",
        example="- [ ] Write down the date {#date}",
    ),
    Check(
        code="C009",
        title="Derived facts go round in a circle",
        means="Each of these facts needs another one of them first, so none can be"
        " worked out and none ever holds.",
        mend="Let one of them follow from answers alone.",
        example='red_flag = "red_flags has any"',
    ),
    Check(
        code="C101",
        title="Two files have one name",
        means="The name of a file is the id of its page, in every folder. The second"
        " file is not used.",
        mend="Give one of them another name, and mend the links to it.",
        example="en/guide/2-records/s-log.md",
    ),
    Check(
        code="L001",
        title="A letter cannot be read",
        means="The front matter of the letter is not valid. The letter is left out.",
        mend="Look at the line named, and compare it with a letter that works.",
        example='why: "One thing: it helps."',
    ),
    Check(
        code="L002",
        title="A letter without a subject",
        means="The text of a letter begins with its subject line. Without it the letter"
        " is left out.",
        mend="Begin the text beneath the front matter with 'Subject:'.",
        example="Subject: Please keep our details private",
    ),
    Check(
        code="L003",
        title="A faulty field of a letter",
        means="A field has no id, an unknown key or an unknown kind.",
        mend="Write it as one line with id and label, and what else is in README.md.",
        example="- {id: since, label: Since when, kind: date}",
    ),
    Check(
        code="L101",
        title="A letter uses what letters do not have",
        means="A blank that is no field of this letter, or a piece of Jinja2 beyond"
        " the small part that letters know. The letter cannot be written.",
        mend="Declare the field, or use: {{ field }}, if, and, or, not, ==, != and a"
        " loop over a list field.",
        example="{% if since %}since {{ since | long_date }}{% endif %}",
    ),
    Check(
        code="D102",
        title="An abuse desk or a registry cannot be used",
        means="An entry of data/abuse_desks.toml or registries.toml is left out. A"
        " complaint that goes to a mistyped address is worse than none.",
        mend="Mend what is named. The head of the file lists its keys.",
        example='email = "abuse@example.com"',
    ),
)
