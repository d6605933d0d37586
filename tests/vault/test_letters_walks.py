"""Walks through everything that can be done to people and letters, in any order."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from guide.model.problems import GuideError
from guide.model.records import KeptDraft, LetterState
from tests.vault.rows import (
    NOON,
    NOTICE,
    Ledger,
    PowerCutError,
    letter,
    mail,
    opened,
    person,
)

_PEOPLE = st.sampled_from([f"p{n}" for n in range(5)])
_ADDRESSES = [f"x{n}@example.com" for n in range(5)]
_TYPED = st.sampled_from([*_ADDRESSES, *(f" {x.upper()} " for x in _ADDRESSES)])
_LABELS = st.sampled_from(["Alex", "alex ", "Sam", "Jo", ""])
_KINDS = st.sampled_from([NOTICE, NOTICE, NOTICE, "other-notice"])


class OnceForEver(RuleBasedStateMachine):
    """Any order of everything that can be done to people and letters."""

    totals: ClassVar[Counter[str]] = Counter()

    @initialize()
    def start(self) -> None:
        self.folder = Path(mkdtemp())
        self.ledger = Ledger()
        self.vault = opened(self.folder / "vault.db", self.ledger)
        self.made = 0
        self.closed: dict[str, set[str]] = {}  # by letter: what it reached, ever
        self.wants_crash = False
        for n in range(4):
            address = mail(_ADDRESSES[n])
            self.vault.put_person(person(f"p{n}", f"Person {n}", address), NOON)

    def teardown(self) -> None:
        if hasattr(self, "vault"):
            self.vault.close()
            shutil.rmtree(self.folder)

    def _try(self, name: str, act: Callable[[], object]) -> None:
        self.ledger.broken, self.wants_crash = self.wants_crash, False
        try:
            act()
        except GuideError:
            self.totals[f"{name} refused"] += 1
        except PowerCutError:
            self.totals[f"{name} cut"] += 1
            self.reopen()
        else:
            self.totals[name] += 1
        self.ledger.broken = False

    @rule(who=st.sampled_from(["p0", "p4"]), label=_LABELS, typed=st.lists(_TYPED))
    def put_person(self, who: str, label: str, typed: list[str]) -> None:
        value = person(who, label, *map(mail, typed))
        self._try("person", lambda: self.vault.put_person(value, NOON))

    @rule(who=_PEOPLE, label=_LABELS)
    def rename(self, who: str, label: str) -> None:
        self._try("rename", lambda: self.vault.rename_person(who, label, NOON))

    @rule(who=_PEOPLE, typed=_TYPED)
    def add(self, who: str, typed: str) -> None:
        self._try("add", lambda: self.vault.add_identifier(who, mail(typed), NOON))

    @rule(typed=_TYPED)
    def take_back(self, typed: str) -> None:
        wrong = mail(typed)
        who = self.vault.whose(wrong)
        self._try(
            "take back",
            lambda: self.vault.withdraw_identifier(who, wrong, "wrong", NOON),
        )

    @rule(kept=_PEOPLE, gone=_PEOPLE)
    def merge(self, kept: str, gone: str) -> None:
        self._try("merge", lambda: self.vault.merge_people(kept, gone, NOON))

    @rule(who=_PEOPLE, kind=_KINDS)
    def draft(self, who: str, kind: str) -> None:
        value = letter(f"d{who}", who, kind=kind)
        draft = KeptDraft(
            id=value.id,
            letter_id=kind,
            person_id=who,
            paper=value.paper,
            changed_at=NOON,
        )
        self._try("draft", lambda: self.vault.put_draft(draft, once=True))

    @rule(who=_PEOPLE, kind=_KINDS, to=st.one_of(st.just(""), _TYPED))
    def finish(self, who: str, kind: str, to: str) -> None:
        self.made += 1
        value = letter(f"l{self.made}", who, to, kind)
        self._try("finish", lambda: self.vault.add_letter(value, once=True))

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def send(self, data: st.DataObject) -> None:
        id_ = f"l{data.draw(st.integers(1, self.made))}"
        self._try("send", lambda: self.vault.mark_sent(id_, NOON))

    @precondition(lambda self: self.made)
    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        id_ = f"l{data.draw(st.integers(1, self.made))}"
        self._try("void", lambda: self.vault.void_letter(id_, "not sent", NOON))

    @rule()
    def reopen(self) -> None:
        self.vault.close()
        self.vault = opened(self.folder / "vault.db", self.ledger)

    @rule()
    def cut_the_next_change(self) -> None:
        self.wants_crash = True

    @invariant()
    def no_person_has_two_notices(self) -> None:
        """Worked out apart from the vault's own rule, from what it shows."""
        people, letters = self.vault.people(), self.vault.letters()
        root = {each.id: each.id for each in people}
        for merge in self.vault.merges():
            root = {
                **{
                    k: merge.kept_id if v == merge.merged_id else v
                    for k, v in root.items()
                },
                merge.merged_id: merge.kept_id,
            }
        groups = [{p.id, *(x.key for x in p.identifiers)} for p in people]
        live = {each.id for each in letters}
        self.closed = {k: v for k, v in self.closed.items() if k in live}
        for each in letters:
            reached = self.closed.setdefault(each.id, set())
            reached.add(_final(root, each.person_id))
            reached |= {x.strip().lower() for x in (each.paper.mail_to,) if x}
            _grow(reached, groups)
        for one, two in combinations(letters, 2):
            if one.letter_id == two.letter_id:
                assert not self.closed[one.id] & self.closed[two.id]
        sent = [x for x in letters if x.state is LetterState.SENT]
        to = Counter((_final(root, x.person_id), x.letter_id) for x in sent)
        assert max(to.values(), default=0) <= 1


def _final(root: dict[str, str], who: str) -> str:
    while root.get(who, who) != who:
        who = root[who]
    return who


def _grow(reached: set[str], groups: list[set[str]]) -> None:
    """Whoever shares anything that was reached is reached, until nobody is new."""
    while new := {x for group in groups if group & reached for x in group} - reached:
        reached |= new


def test_no_order_of_events_sends_a_person_two_notices() -> None:
    """Adding, renaming, joining, finishing, sending, voiding, cuts and restarts."""
    OnceForEver.totals.clear()
    run_state_machine_as_test(
        OnceForEver,
        settings=settings(
            max_examples=150,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    totals = OnceForEver.totals
    for event in ("finish", "send", "void", "merge", "take back"):
        assert totals[event] > 5, f"{event} hardly ever happens: {totals}"
    for refused in ("finish refused", "merge refused", "add refused"):
        assert totals[refused] > 0, f"{refused} never happens: {totals}"
    cut = sum(count for event, count in totals.items() if event.endswith(" cut"))
    assert cut > 5, f"hardly any change is cut: {totals}"


@pytest.mark.long
def test_no_long_order_of_events_sends_a_person_two_notices() -> None:
    """The same, 2,000 walks of 100 steps."""
    run_state_machine_as_test(
        OnceForEver,
        settings=settings(
            max_examples=2_000,
            stateful_step_count=100,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
