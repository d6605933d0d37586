"""Facts: every condition asks for something that can be known when it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from guide.library.lint.comparisons import Comparison, comparisons
from guide.library.lint.order import Order
from guide.library.lint.pack import Pack, Said, near
from guide.library.lint.rules import Fault, check
from guide.library.tables import DATA
from guide.model.conditions import SKIPPED, UNSURE, Condition, ConditionError
from guide.model.content import AnswerKind, Page
from guide.words import _

GIVEN = frozenset({"notice_state", "vault_open"})  # told by the vault, asked nowhere
_CHOSEN = (AnswerKind.ONE, AnswerKind.MANY)


@check(
    "C201",
    "A condition asks for a fact that nobody knows",
    means="No page asks for this fact and facts.toml does not derive it, so the"
    " condition is never true. What it guards is never shown, or always.",
    mend="Correct the name: it is what stands under 'ask' in a page, or a name in"
    " facts.toml.",
    example="::: when kinds has threats",
)
def unknown_fact(pack: Pack) -> Iterator[Fault]:
    """A condition on a fact that no page asks for."""
    known = _known(pack)
    for said in pack.conditions:
        for fact in sorted(said.condition.names() - known):
            fix = near(fact, known, _("Ask for it, or derive it in facts.toml."))
            what = _("There is no fact '{fact}'.").format(fact=fact)
            yield Fault(said.path, said.line, what, fix)


def _known(pack: Pack) -> frozenset[str]:
    return pack.derived_names | pack.askers.keys() | GIVEN


@check(
    "C202",
    "A condition asks for a fact too early",
    means="Whoever comes to this page for the first time has not met the question"
    " yet: every way to it passes this page first, or none leads back here.",
    mend="Ask the question earlier, or move the rule behind it.",
    example="next:\n  - {when: relation is partner, go: s-talk-first}",
)
def asked_too_late(pack: Pack) -> Iterator[Fault]:
    """A condition depends on a question that comes later."""
    order = Order(pack)
    for said in pack.conditions:
        page = pack.pages.get(said.page)
        if page is None or page.id not in pack.reached:
            continue
        for fact in sorted(said.condition.names()):
            asked = _late(pack, order, said, page, fact)
            if asked:
                words = _("'{fact}' is asked later, in {page}.")
                what = words.format(fact=fact, page=asked)
                fix = _("Ask it first, or move the rule there.")
                yield Fault(said.path, said.line, what, fix)


def _late(pack: Pack, order: Order, said: Said, page: Page, fact: str) -> str:
    """The page that asks for *fact* too late, or "" when it is known in time."""
    if fact in GIVEN or (said.late and page.fact == fact):
        return ""
    base = base_facts(fact, pack.derived)
    late = ""
    for each in sorted(base):
        askers = [x.id for x in pack.askers.get(each, ()) if x.id in pack.reached]
        if not askers or any(order.before(asker, page) for asker in askers):
            return ""
        late = late or askers[0]
    return late


def base_facts(fact: str, derived: Mapping[str, Condition]) -> set[str]:
    """The asked facts that *fact* follows from; itself, when it is asked."""
    found, waiting = set(), [fact]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in derived:
            waiting += derived[name].names()
        else:
            found.add(name)
    return found


@check(
    "C203",
    "A condition asks for an answer that does not exist",
    means="The fact is asked, but no option has this id, so the comparison never"
    " holds. ('unsure' and 'skipped' exist unless the question is required.)",
    mend="Correct the id: it is what stands in {#…} at the option.",
    example="kinds has threats",
)
def unknown_value(pack: Pack) -> Iterator[Fault]:
    """A condition on a value that no option has."""
    values = lru_cache(maxsize=None)(lambda fact: _values(pack, fact))
    for said in pack.conditions:
        for fact, _word, value in _compared(said.condition.source):
            known = values(fact)
            if value and known and value not in known:
                what = _("'{fact}' is never '{value}'.").format(fact=fact, value=value)
                one_of = _("Use one of: {words}.").format(
                    words=", ".join(sorted(known))
                )
                yield Fault(said.path, said.line, what, near(value, known, one_of))


@lru_cache(maxsize=4096)
def _compared(source: str) -> tuple[Comparison, ...]:
    return tuple(dict.fromkeys(comparisons(source)))


def _values(pack: Pack, fact: str) -> frozenset[str]:
    """Every value of *fact*, empty when anything can be typed."""
    found: set[str] = set()
    for page in pack.askers.get(fact, ()):
        question = page.question
        if question is None or question.kind not in _CHOSEN:
            return frozenset()
        found |= {option.id for option in question.options}
        found |= set() if question.required else {UNSURE, SKIPPED}
    return frozenset(found or ({"yes"} if fact in pack.derived else ()))


@check(
    "C204",
    "Two pages ask for one fact in different ways",
    means="Both keep their answer under the same name, but their options differ."
    " An answer given on one page means nothing on the other.",
    mend="Give both the same ids and the same 'answer', or give one another 'ask'.",
    example="ask: image_age",
)
def asked_differently(pack: Pack) -> Iterator[Fault]:
    """Two pages with one fact and other options."""
    for fact, pages in pack.askers.items():
        first = pages[0]
        for page in pages[1:]:
            if _asked(first) != _asked(page):
                line = pack.key_line(page.path, "ask")
                words = _("'{fact}' has other options here than in {page}.")
                what = words.format(fact=fact, page=first.id)
                yield Fault(page.path, line, what, _("Use the same ids in both."))


def _asked(page: Page) -> tuple[object, ...]:
    question = page.question
    if question is None:
        return ()
    return (question.kind, frozenset(option.id for option in question.options))


@check(
    "C205",
    "A comparison of the wrong kind",
    means="'is' compares one answer, 'has' one of many, and a bare fact holds when"
    " it is 'yes'. With the wrong word, the condition never holds.",
    mend="Use 'has' for a question with 'answer: many', 'is' for the others. Write"
    " a bare fact only where 'yes' can be an answer, or for derived facts.",
    example="kinds has threats and danger is yes",
)
def wrong_word(pack: Pack) -> Iterator[Fault]:
    """``is`` on many answers, or a bare fact that is never yes."""
    for said in pack.conditions:
        for fact, word, _value in _compared(said.condition.source):
            askers = pack.askers.get(fact, ())
            kinds = {page.question.kind for page in askers if page.question}
            if word == "is" and kinds == {AnswerKind.MANY}:
                words = _("'{fact}' has many answers, so 'is' never holds.")
                what = words.format(fact=fact)
                yield Fault(said.path, said.line, what, _("Write 'has'."))
            known = _values(pack, fact) if askers else frozenset()
            if not word and known and "yes" not in known and fact not in pack.derived:
                words = _("'{fact}' is never yes, so on its own it never holds.")
                fix = _("Write '{fact} is …'.").format(fact=fact)
                yield Fault(said.path, said.line, words.format(fact=fact), fix)


@check(
    "C206",
    "A derived fact has the name of a question",
    means="A name in facts.toml is also under 'ask' in a page, or is the id of a"
    " page. The answer of the reader would be thrown away.",
    mend="Give the derived fact another name.",
    example='red_flag = "red_flags has any"',
)
def overwritten(pack: Pack) -> Iterator[Fault]:
    """A name that is both asked and derived."""
    for name in sorted(pack.derived_names & pack.askers.keys()):
        asked = pack.askers[name][0].id
        words = _("'{name}' is also what {page} asks.")
        what = words.format(name=name, page=asked)
        line = pack.derived_line(name)
        yield Fault(pack.facts_path, line, what, _("Give it another name."))


@check(
    "C207",
    "The condition of a paragraph cannot be read",
    means="What stands after '::: when' is not a condition, so the paragraphs are"
    " never shown.",
    mend="Use: fact is value, fact has value, a derived fact, and, or, not, brackets.",
    example="::: when role is helper or role is parent",
)
def unreadable_container(pack: Pack) -> Iterator[Fault]:
    """A ``::: when`` whose condition is not one."""
    for page in pack.pages.values():
        for line, source in pack.containers(page):
            try:
                Condition.parse(source)
            except ConditionError as error:
                words = _("The condition '{source}'")
                what = error.told(words.format(source=source.strip()))
                fix = _("Use: fact is value, fact has value, and, or, not, brackets.")
                yield Fault(page.path, line, what, fix)


@check(
    "C208",
    "Paragraphs with a condition do not end, or do not begin",
    means="'::: when …' opens and ':::' closes. Without the second, everything to"
    " the end of the page has the condition.",
    mend="Put ':::' alone on the line beneath the last paragraph.",
    example="::: when minor\nYou are not in trouble.\n:::",
)
def unclosed_container(pack: Pack) -> Iterator[Fault]:
    """A ``:::`` without its other half, or of another form."""
    for page in pack.pages.values():
        opened = 0
        for number, line in enumerate(pack.lines(page.path), 1):
            if not line.startswith(":::") or line.startswith(DATA):
                continue  # a list is one line, and has no end
            opens, closes = line.startswith("::: when "), line.rstrip() == ":::"
            if bool(opened) == opens or not (opens or closes):
                what = _("This ':::' does not fit the one before.")
                fix = _("Open, close, then open again.")
                yield Fault(page.path, number, what, fix)
            opened = number if opens else 0
        if opened:
            what = _("These paragraphs are never closed.")
            yield Fault(page.path, opened, what, _("Add a line of ':::'."))
