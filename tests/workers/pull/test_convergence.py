"""Whatever a merchant does and whatever goes wrong: when the world rests, the mirror is what Zoho has, for
every customer, list and filter.

FOYER_CONVERGENCE_RUNS=3000 plays more histories than the usual three hundred.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from cache import keys
from cache.document_kind import DocumentKind
from cache.records.connections import keys as connection_keys
from cache.scope import CustomerScope
from config.settings import Settings
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.documents.invoice import Invoice
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import connect_merchant
from tests.workers.pull.killable_stores import Killed, with_killable_stores
from tests.workers.pull.merchant_simulator import MerchantSimulator
from tests.workers.pull.mirror_truth import figure, groups, version_of_text
from workers.pull import organisation, read_list
from workers.pull.one_document import read_one_document
from workers.pull.organisation import pull_organisation
from workers.services import Services

RUNS, STEPS, SHARES = int(os.environ.get("FOYER_CONVERGENCE_RUNS", "300")), 50, 4
FAULTS: tuple[dict[str, Any], ...] = (
    {"do": "cut_before"},
    {"do": "cut_after"},
    {"do": "status", "status": 500},
    {"do": "html", "status": 502},
    {"do": "half_answer"},
    {"do": "status", "status": 429, "code": 1070},
    {"do": "expire_token"},
    {"do": "status", "status": 401, "code": 57},
)
NUMBERS = st.integers(0, 999)
KINDS = ("contacts", "estimates", "invoices", "payments", "credit_notes", "recurring_invoices")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return dataclasses.replace(settings, zoho_calls_per_minute=1_000_000, zoho_read_timeout=5.0)


class World(RuleBasedStateMachine):
    """One history. The rules are what may happen between two breaths of the sync."""

    services: Services
    sandbox: SandboxServer

    def __init__(self) -> None:
        """A small organisation of four customers, a few documents of each kind, without limits of calls;
        nothing is read yet.
        """
        super().__init__()
        self.sandbox.reset()
        self.services.stores.records.flushdb()
        self.services.stores.copies.flushdb()
        self.org = connect_merchant(self.services.settings, self.services.stores, "in")
        self.simulator = MerchantSimulator(self.sandbox, self.org)
        self.simulator.sets(calls_per_minute=10**6, calls_per_day=10**6)
        self.simulator.starts(invoices=10, customers=4, estimates=6)

    @rule(kind=st.sampled_from(["estimates", "invoices"]), number=NUMBERS, days=st.integers(1, 40))
    def the_merchant_draws_up(self, kind: str, number: int, days: int) -> None:
        self.simulator.creates(kind, number, days)

    @rule(number=NUMBERS, action=st.sampled_from(["accepted", "declined", "invoice", "sent"]))
    def an_estimate_moves(self, number: int, action: str) -> None:
        self.simulator.does("estimates", self.simulator.pick("estimates", number), action)

    @rule(number=NUMBERS, action=st.sampled_from(["void", "draft", "sent", "writeoff", "restore"]))
    def an_invoice_moves(self, number: int, action: str) -> None:
        self.simulator.does("invoices", self.simulator.pick("invoices", number), action)

    @rule(kind=st.sampled_from(["estimates", "invoices"]), number=NUMBERS)
    def the_merchant_rewrites(self, kind: str, number: int) -> None:
        self.simulator.rewrites(kind, self.simulator.pick(kind, number), f"rework {number}")

    @rule(number=NUMBERS, share=st.sampled_from([0.3, 1.0]))
    def a_payment_comes_in(self, number: int, share: float) -> None:
        self.simulator.books_payment(
            self.simulator.pick("invoices", number, "sent", "overdue", "partially_paid"), share
        )

    @rule(kind=st.sampled_from(["estimates", "invoices", "payments"]), number=NUMBERS)
    def the_merchant_deletes(self, kind: str, number: int) -> None:
        self.simulator.deletes(kind, self.simulator.pick(kind, number))

    @rule(seconds=st.sampled_from([1, 1, 61, 3600, 86_400 * 9]))
    def time_passes(self, seconds: int) -> None:
        self.simulator.waits(seconds)

    @rule(
        fault=st.sampled_from(FAULTS),
        path=st.sampled_from(["*", "invoices*", "estimates*", "contacts*"]),
        times=st.integers(1, 3),
    )
    def zoho_stumbles(self, fault: dict[str, Any], path: str, times: int) -> None:
        self.sandbox.fault(method="GET", path=f"/books/v3/{path}", times=times, **fault)

    @rule(kind=st.sampled_from(["estimates", "invoices", "payments"]), ignored=st.booleans())
    def zoho_changes_its_mind_about_a_filter(self, kind: str, ignored: bool) -> None:
        self.simulator.sets(ignores_modified_since=[kind] if ignored else [])

    @rule(seed=NUMBERS, doubled=st.booleans(), lost=st.integers(0, 3))
    def webhooks_arrive(self, seed: int, doubled: bool, lost: int) -> None:
        """Some of them, in any order, some twice."""
        told, self.simulator.changed = self.simulator.changed[lost:], []
        random.Random(seed).shuffle(told)
        for kind, item in told[:4] * (2 if doubled else 1):
            read_one_document(self.org, kind, item, self._fresh())

    @rule()
    def copies_are_emptied(self) -> None:
        self.services.stores.copies.flushdb()

    @rule(number=NUMBERS)
    def a_copy_is_evicted(self, number: int) -> None:
        found = sorted(self.services.stores.copies.scan_iter("o:*", count=1000))
        if found:
            self.services.stores.copies.delete(found[number % len(found)])

    @rule(short=st.booleans())
    def run_sync_round(self, short: bool) -> None:
        self._pull(self._fresh(), short=short)

    @rule(steps=st.integers(1, 60), after=st.booleans(), short=st.booleans())
    def a_worker_is_killed_in_the_middle(self, steps: int, after: bool, short: bool) -> None:
        with contextlib.suppress(Killed):
            self._pull(with_killable_stores(self._fresh(), steps=steps, after=after), short=short)

    @rule()
    def everything_is_due(self) -> None:
        """As after a night."""
        for name in DocumentKind:
            self.services.sync_states.update(self.org, name, last_sweep=None)

    def teardown(self) -> None:
        """The world rests: nothing goes wrong any more. What a client opens may turn out to be torn by an
        eviction: nothing of it is shown, and the next round mends it. Then every change is there; and after
        two nights also what no change tells.
        """
        self.sandbox.clear_faults()
        self.simulator.sets(ignores_modified_since=[])
        self.simulator.waits(1200)
        self._sync_rounds()
        self._faults()
        self._sync_rounds()
        assert self._missed() == []
        for _ in range(2):
            self.simulator.waits(2)
            self.everything_is_due()
            self._sync_rounds()
        assert self._faults() == []

    def _missed(self) -> list[str]:
        """Changes that are not in the mirror; what was deleted, or is overdue by the calendar, is found at
        night.
        """
        faults = []
        for kind in ("estimates", "invoices"):
            for item, body in self.simulator.truth(kind).items():
                row, version = (
                    self.services.mirror.by_id(self.org, kind, item),
                    version_of_text(body["last_modified_time"]),
                )
                if row is None or row.version != version:
                    faults.append(
                        f"{kind} {item} is known as of {row.version if row else 'never'}, changed {version}"
                    )
        return faults

    def _sync_rounds(self) -> None:
        """Until the next one lies ahead."""
        self.services.sync_states.expedite(self.org)
        for _ in range(12):
            self._pull(self._fresh(), short=False)
            if (due := self.services.sync_due.at(self.org)) is not None and due > dt.datetime.now(dt.UTC):
                break

    def _pull(self, services: Services, *, short: bool) -> None:
        organisation.RUN_SECONDS = 0.0 if short else 25.0
        try:
            pull_organisation(self.org, services)
        finally:
            organisation.RUN_SECONDS = 25.0

    def _fresh(self) -> Services:
        """What waiting would bring back: the breaker closes, Zoho's "not now" is over, tokens may be had
        again.
        """
        self.services.breaker.note_success(self.org)
        self.services.stores.records.delete(
            connection_keys.blocked(self.org, "books"),
            connection_keys.refreshes(self.org),
            keys.lock(f"pull:{self.org}"),
        )
        return self.services

    def _faults(self) -> list[str]:
        """Where mirror and truth differ."""
        truth = {kind: self.simulator.truth(kind) for kind in KINDS}
        faults = [
            f"{kind} has other ids"
            for kind in KINDS
            if self.services.mirror.ids(self.org, kind) != set(truth[kind])
        ]
        faults += [
            f"{kind} is not complete"
            for kind in KINDS
            if not self.services.mirror.is_complete(self.org, kind)
        ]
        people = {
            person["contact_person_id"]
            for contact in truth["contacts"].values()
            for person in contact["contact_persons"]
        }
        if self.services.mirror.ids(self.org, "persons") != people:
            faults.append("other persons")
        today = self.simulator.today()
        estimates = [Estimate.from_zoho(body) for body in truth["estimates"].values()]
        invoices = [Invoice.from_zoho(body) for body in truth["invoices"].values()]
        for customer in truth["contacts"]:
            faults += self._list_faults("estimates", customer, estimates, today)
            faults += self._list_faults("invoices", customer, invoices, today)
        return faults

    def _list_faults(self, kind: str, customer: str, documents: list[Any], today: dt.date) -> list[str]:
        scope, found = CustomerScope(self.org, customer), []
        for name, statuses, narrowed, belongs in groups(kind, today):
            page = self.services.mirror.page(
                scope,
                kind,
                statuses=statuses,
                narrowed=narrowed,
                sort="date",
                descending=False,
                offset=0,
                limit=500,
            )
            if page.is_torn:
                found.append(f"torn {kind} of {customer}")
                continue
            shown = [(row.id, row.status, figure(row.body)) for row in page.rows]
            mine = [
                document
                for document in documents
                if document.customer_id == customer and (statuses is None or document.status in statuses)
            ]
            wanted = sorted((item for item in mine if belongs(item)), key=lambda one: (one.date, one.id))
            if shown != [
                (item.id, item.status, figure(item.to_stored())) for item in wanted
            ] or page.total != len(wanted):
                found.append(
                    f"{kind} {name} of {customer}: {shown} instead of "
                    f"{[(item.id, item.status) for item in wanted]}"
                )
        return found


@pytest.fixture
def quick_records(services: Services) -> Iterator[None]:
    """Records that need not reach the disk: here workers die, not the store."""
    services.stores.records.config_set("appendfsync", "no")
    yield
    services.stores.records.config_set("appendfsync", "always")


@pytest.mark.usefixtures("quick_records")
@pytest.mark.parametrize("share", range(SHARES))
def test_when_the_world_rests_the_mirror_is_what_zoho_has(
    services: Services, sandbox: SandboxServer, share: int
) -> None:
    play(services, sandbox, RUNS // SHARES)


@pytest.mark.usefixtures("quick_records")
def test_a_sync_whose_cursor_runs_ahead_is_found_out(
    services: Services, sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The judge of the histories can find fault: here a cursor skips what it has not read. One history that
    shows it, and not as many as chance may need for it.
    """
    monkeypatch.setattr(read_list, "next_cursor", lambda *_, **__: "2999-01-01T00:00:00+00:00")
    world = world_of(services, sandbox)()
    for _ in range(3):
        world.run_sync_round(short=False)
    world.the_merchant_rewrites(kind="invoices", number=1)
    with pytest.raises(AssertionError, match="is known as of"):
        world.teardown()


def world_of(services: Services, sandbox: SandboxServer) -> type[World]:
    return type("World", (World,), {"services": services, "sandbox": sandbox})


def play(services: Services, sandbox: SandboxServer, runs: int) -> None:
    """So many histories; the first one that goes wrong is told step by step."""
    how = hypothesis_settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate),
        print_blob=True,
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(world_of(services, sandbox), settings=how)
