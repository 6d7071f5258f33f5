"""What the scripts answer and leave behind, each run as a user who may touch only what it declares."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography.fernet import Fernet

from cache.records.activity.activity import Activity
from cache.records.connections import keys as connection_keys
from cache.records.connections.access_tokens import AccessTokens
from cache.records.connections.call_budget import BudgetSpent, CallBudget, CallClass
from cache.records.connections.connection import BillingUse, ConnectionState
from cache.records.connections.connections import Connections
from cache.records.invitations.bulk_invitations import BulkInvitations, InvitationOutcome
from cache.records.scheduler.due_times import DueTimes
from cache.records.sign_in.link_requests import PER_MAILBOX, LinkRequests
from cache.records.sign_in.second_factors import SecondFactors
from cache.records.sync.sync_state import SyncStates
from cache.resealing import reseal_records
from cache.sealing import Seal
from cache.stores import Stores

ORG = "us-1"
FIRST, SECOND = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def seal() -> Seal:
    return Seal((FIRST,))


def test_activity_is_appended_in_order_and_loses_only_its_personal_text(stores: Stores) -> None:
    activity = Activity(stores.records)
    activity.append(ORG, "client:1", "estimate_accepted", {"customer": "5", "reason": "Nice"})
    activity.append(ORG, "client:1", "estimate_declined", {"customer": "5", "reason": "No"})
    activity.erase_personal_text(ORG, [1])
    assert [entry.event for entry in activity.recent(ORG, 5)] == ["estimate_declined", "estimate_accepted"]
    assert activity.first_broken(ORG) is None


def test_a_token_is_dropped_only_if_it_is_the_refused_one(stores: Stores, seal: Seal) -> None:
    tokens = AccessTokens(stores.records, seal)
    tokens.put(ORG, "new", 3600)
    tokens.drop(ORG, if_value="old")
    assert tokens.get(ORG) is not None
    tokens.drop(ORG, if_value="new")
    assert tokens.get(ORG) is None


def test_refreshes_are_counted_in_their_window(stores: Stores, seal: Seal) -> None:
    tokens = AccessTokens(stores.records, seal)
    waits = [tokens.seconds_until_refresh(ORG) for _ in range(12)]
    assert waits[0] == 0 and waits[-1] > 0


def test_the_budget_answers_when_the_minute_is_full_and_keeps_the_day(stores: Stores) -> None:
    budget = CallBudget(stores.records, per_minute=2, at_once=5)
    for _ in range(2):
        with budget.take(ORG, CallClass.PERSON, wait=0):
            pass
    with pytest.raises(BudgetSpent), budget.take(ORG, CallClass.PERSON, wait=0):
        pass
    budget.note_day(ORG, 1000, 900, 3600)
    assert budget.day(ORG).limit == 1000


def test_a_connection_that_is_not_there_is_not_made_by_a_mark(stores: Stores, seal: Seal) -> None:
    connections = Connections(stores.records, seal)
    connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    connections.save_billing(ORG, BillingUse.NOT_FOUND)
    assert not stores.records.exists(connection_keys.connection(ORG))
    stores.records.hset(connection_keys.connection(ORG), "state", "connected")
    connections.mark(ORG, ConnectionState.RECONNECT_NEEDED, why="refused")
    connections.save_billing(ORG, BillingUse.NOT_FOUND, billing_organization_id="7")
    assert stores.records.hmget(connection_keys.connection(ORG), ["why", "billing_organization_id"]) == [
        "refused",
        "7",
    ]


def test_a_bulk_invitation_begins_once_and_counts_each_item_once(stores: Stores) -> None:
    bulk = BulkInvitations(stores.records)
    for _ in range(2):
        bulk.start(ORG, "m1", ["a", "b"], form_key="f1")
    newest = bulk.newest(ORG)
    assert newest is not None and newest.waiting == 2
    outcome = next(iter(InvitationOutcome))
    for _ in range(2):
        bulk.settle(ORG, newest.id, "a", outcome)
    found = bulk.get(ORG, newest.id)
    assert found is not None and found.counts[outcome] == 1 and found.waiting == 1


def test_what_is_due_is_claimed_for_a_lease_and_never_put_off_by_sooner(stores: Stores) -> None:
    due = DueTimes(stores.records, "sync")
    due.set_in("a", -1)
    assert due.claim_due(10, lease=60) == ["a"] and due.claim_due(10, lease=60) == []
    due.sooner("a", 600)
    at = due.at("a")
    assert at is not None and at < dt.datetime.now(dt.UTC) + dt.timedelta(seconds=120)


def test_an_email_address_gets_so_many_links_in_a_window(stores: Stores, seal: Seal) -> None:
    requests = LinkRequests(stores.records, seal)
    answers = [requests.allow("lena@cafe.example", "203.0.113.9") for _ in range(PER_MAILBOX.most + 1)]
    assert answers == [0] * PER_MAILBOX.most + [None]


def test_a_step_of_the_app_is_used_once(stores: Stores, seal: Seal) -> None:
    factors = SecondFactors(stores.records, seal)
    factor = factors.set_up("a1", "JBSWY3DPEHPK3PXP", step=10, salt="s", codes=["c"])
    assert factors.take_step(factor, 11) and not factors.take_step(factor, 11)


def test_fields_of_a_sync_state_change_alone(stores: Stores) -> None:
    states = SyncStates(stores.records)
    states.update(ORG, "invoices", pages_read=3)
    states.update(ORG, "invoices", rows_seen=600)
    assert (states.get(ORG, "invoices").pages_read, states.get(ORG, "invoices").rows_seen) == (3, 600)


def test_a_token_is_resealed_where_it_is(stores: Stores, seal: Seal) -> None:
    AccessTokens(stores.records, seal).put(ORG, "new", 3600)
    stores.records.set("o:{us-1}:sealed", seal.seal("secret", context="x"))
    assert reseal_records(stores.records, Seal((SECOND, FIRST))).renewed >= 1
    token = AccessTokens(stores.records, Seal((SECOND,))).get(ORG)
    assert token is not None and token.value == "new"
