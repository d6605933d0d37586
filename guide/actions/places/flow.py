"""The interview as screens: questions, steps, stop pages and the plan."""

from __future__ import annotations

from guide.actions.answering import (
    answer,
    go_back,
    open_branch,
    review,
    tasks,
    the_plan,
    tick,
    ticks,
)
from guide.actions.desk import Desk
from guide.actions.places.offers import home_rows, keep_row, links_in, offer_rows
from guide.actions.places.place import Leave, Move, Open, Place, Show, Stay
from guide.actions.reading import crisis_lines, page_blocks
from guide.interview import offered, steps_taken
from guide.model.conditions import SKIPPED, UNSURE, AnswerValue
from guide.model.content import AnswerKind, Page, PageKind
from guide.model.progress import Answered, Position, Progress
from guide.model.sheet import Ask, Row, RowKind, Sheet
from guide.model.text import Block, heading, paragraph
from guide.words import _

GO, ONE_THING, NEXT_KEY = "go:", "one-thing", "n"
LEAVE_PAGE = "t-exit"


class FlowPlace(Place):
    """One position of the interview."""

    def __init__(
        self, desk: Desk, position: Position, *, one_thing: bool = False
    ) -> None:
        self._desk, self.position = desk, position
        self._one_thing = one_thing
        self._boxes: set[str] | None = None

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.position.page

    def sheet(self) -> Sheet:
        page, hub = self.page, self.page.kind is PageKind.HUB
        return Sheet(
            name=page.id,
            title=page.title,
            trail=(_("Your plan"),) if hub else (_("Guide"),),
            progress=self._plan_progress() if hub else self._progress(),
            blocks=page_blocks(self._desk, page),
            rows=self._plan_rows() if hub else self._rows(),
            ask=self._ask(),
            why=page.why,
            foot=self._foot(),
            leaves=page.id == LEAVE_PAGE,
        )

    def _progress(self) -> str:
        if self.page.id == self._desk.library.start:
            return ""
        step = steps_taken(self._desk.library, self.position)
        return _("Step {step} of about {about}").format(
            step=step, about=max(step, self.position.of_about)
        )

    def _plan_progress(self) -> str:
        found = the_plan(self._desk)
        if not found:
            return ""
        return _("{done} of {all} looked at").format(
            done=found[1].done, all=len(found[1].items)
        )

    def _value(self) -> AnswerValue | None:
        facts = self._desk.facts()
        question = self.page.question
        suggested = facts.get(question.suggest) if question else None
        return facts.get(self.page.fact, suggested)

    def _ticked(self) -> set[str]:
        if self._boxes is None:
            value = self._value()
            self._boxes = set((value,) if isinstance(value, str) else value or ())
        return self._boxes

    def _rows(self) -> tuple[Row, ...]:
        desk, page = self._desk, self.page
        states = ticks(desk, page)
        rows = [
            Row(kind=RowKind.TASK, value=t.id, text=t.text, state=states[t.id])
            for t in tasks(desk, page)
        ]
        rows += offer_rows(desk, page)
        if page.question:
            rows += self._answers()
        return (*rows, *self._things(), *links_in(desk, page))

    def _answers(self) -> list[Row]:
        page, question = self.page, self.page.question
        if question is None:
            return []
        options = offered(page, self._desk.facts())
        if question.kind is AnswerKind.MANY:
            rows = [
                Row(
                    kind=RowKind.BOX, value=o.id, text=o.text, on=o.id in self._ticked()
                )
                for o in options
            ]
            rows.append(
                Row(
                    kind=RowKind.BUTTON,
                    value=GO,
                    text=_("Go on with these"),
                    key=NEXT_KEY,
                )
            )
        elif page.kind is PageKind.QUESTION:
            value = self._value()
            rows = [
                Row(kind=RowKind.CHOICE, value=o.id, text=o.text, on=o.id == value)
                for o in options
            ]
        else:
            key = NEXT_KEY if len(options) == 1 else ""
            rows = [
                Row(kind=RowKind.BUTTON, value=o.id, text=o.text, key=key)
                for o in options
            ]
        return rows + self._other_ways()

    def _other_ways(self) -> list[Row]:
        question = self.page.question
        if question is None or question.required:
            return []
        value = self._value()
        said = (value,) if isinstance(value, str) else value or ()
        ways = [(SKIPPED, _("Skip this question"))]
        if not question.option(UNSURE):
            ways.insert(0, (UNSURE, _("Not sure")))
        return [
            Row(kind=RowKind.CHOICE, value=way, text=text, on=way in said)
            for way, text in ways
        ]

    def _ask(self) -> Ask | None:
        question = self.page.question
        if question is None or question.kind in (AnswerKind.ONE, AnswerKind.MANY):
            return None
        value = self._value()
        shown = (
            value if isinstance(value, str) and value not in (UNSURE, SKIPPED) else ""
        )
        return Ask(label=self.page.title, kind=question.kind, value=shown)

    def _plan_rows(self) -> tuple[Row, ...]:
        found = the_plan(self._desk)
        if not found:
            return ()
        plan, rows = found[1], []
        if self.page.id == found[0].id and plan.next_best:
            best = plan.next_best
            rows.append(
                Row(
                    kind=RowKind.LINK,
                    value=f"{GO}{best.page_id}",
                    text=best.title,
                    note=best.because,
                    group=_("A good next step"),
                )
            )
        if not self._one_thing:
            rows += self._branches()
        text = _("Show all my steps") if self._one_thing else _("Just one thing today")
        if self.page.id == found[0].id:
            rows.append(Row(kind=RowKind.BUTTON, value=ONE_THING, text=text, key="o"))
            rows += keep_row(self._desk)
        return (*rows, *links_in(self._desk, self.page))

    def _branches(self) -> list[Row]:
        notes = {
            Progress.NEW: "",
            Progress.UNDER_WAY: _("started"),
            Progress.DONE: _("looked at"),
        }
        facts = self._desk.facts()
        return [
            Row(
                kind=RowKind.LINK,
                value=option.id,
                text=option.text,
                note=notes[self._progress_of(option.go)],
                group=_("Everything you can do") if first else "",
            )
            for first, option in zip(
                (True, *[False] * 99), offered(self.page, facts), strict=False
            )
        ]

    def _progress_of(self, entry: str) -> Progress:
        from guide.interview import progress_of

        return progress_of(self._desk.library, self._desk.facts(), entry)

    def _by_boxes(self, answered: Answered) -> bool:
        question = self._desk.library.pages[answered.page_id].question
        return question is not None and question.kind is AnswerKind.MANY

    def _foot(self) -> tuple[Block, ...]:
        foot: list[Block] = []
        # Boxes that were ticked can be hard to read again, and easy over a shoulder.
        said = [each for each in review(self._desk) if not self._by_boxes(each)][-2:]
        if said and self.page.kind is PageKind.QUESTION:
            lines = "; ".join(f"{each.title} {each.answer}" for each in said)
            foot.append(paragraph(_("So far: {answers}").format(answers=lines)))
        if self.page.crisis:
            foot += [
                heading(_("If it is too much right now"), 3),
                *crisis_lines(self._desk),
            ]
        return tuple(foot)

    def choose(self, value: str) -> Move:
        if value == ONE_THING:
            other = not self._one_thing
            return Show(FlowPlace(self._desk, self.position, one_thing=other))
        if value in {task.id for task in self.page.tasks}:
            tick(self._desk, self.page, value)
            return Stay()
        if self._is_box(value):
            return self._toggle(value)
        outside = ":" in value and not value.startswith(GO)
        if outside or value in (row.value for row in self._things()):
            return Open(value)
        return self._moved(self._follow(value))

    def _things(self) -> list[Row]:
        at_home = self.page.id == self._desk.library.start
        return home_rows(self._desk) if at_home else []

    def _follow(self, value: str) -> Position:
        """Where a choice that moves on leads: a branch, the ticked boxes, an answer."""
        desk, page = self._desk, self.page
        if value == GO:
            return answer(desk, self.position, " ".join(self._ticked()))
        if value.startswith(GO) and page.kind is PageKind.HUB:
            return open_branch(desk, page.id, value.removeprefix(GO))
        return answer(desk, self.position, value)

    def _is_box(self, value: str) -> bool:
        question = self.page.question
        many = question is not None and question.kind is AnswerKind.MANY
        return many and question is not None and question.option(value) is not None

    def _toggle(self, value: str) -> Move:
        boxes, question = self._ticked(), self.page.question
        boxes ^= {value}
        alone = {o.id for o in question.options if o.only} if question else set()
        boxes -= {UNSURE, SKIPPED} - {value}
        if value in boxes:
            boxes -= boxes - {value} if value in alone else alone - {value}
        return Stay()

    def typed(self, text: str) -> Move:
        return self._moved(answer(self._desk, self.position, text))

    def _moved(self, position: Position) -> Move:
        if position.page.id == LEAVE_PAGE:
            return Leave()
        return Show(FlowPlace(self._desk, position))

    def back(self) -> Place | None:
        before = go_back(self._desk, self.position)
        return FlowPlace(self._desk, before) if before else None
