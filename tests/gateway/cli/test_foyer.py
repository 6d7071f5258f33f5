"""The operators' command as a process of its own: what it says, and how it ends."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cache.records.accounts.accounts import ClientAccount
from cache.records.activity import keys as activity_keys
from cache.records.connections.connection import ConnectionState
from cache.records.email.emails import Email, new_email_id
from cache.records.orders.order import OrderState
from cache.records.portal.reviews import Review
from config.settings import Settings
from tests.gateway.conftest import EMAIL
from tests.gateway.sample_documents import an_estimate
from tests.gateway.seeding import ORG, Seeding
from tests.servers.free_ports import free_ports
from tests.servers.operators_command import foyer
from tests.servers.worker_process import an_answer
from workers.services import Services

Run = Callable[..., tuple[int, str, str]]
NAME = "Nora West"


@pytest.fixture
def run(settings: Settings, seed: Seeding, tmp_path: Path) -> Run:
    def command(*words: str, answer: str = "") -> tuple[int, str, str]:
        done = foyer(settings, tmp_path, *words, answer=answer)
        return done.returncode, done.stdout, done.stderr

    return command


@pytest.fixture
def nora(services: Services, seed: Seeding) -> ClientAccount:
    """With something in every record that the portal keeps of a person."""
    account = services.accounts.by_email(EMAIL)[0]
    services.sessions.start("client", account.id, ORG)
    email = Email(
        id=new_email_id(), org=ORG, to=EMAIL, kind="receipt", account_id=account.id, values={"wish": NAME}
    )
    services.emails.add(email, once_key="one")
    services.email_preferences.stop(account.id, "receipt")
    now = dt.datetime.now(dt.UTC)
    review = Review(
        org=ORG,
        account_id=account.id,
        customer_id=account.customer_id,
        person_name=NAME,
        customer_name="C",
        stars=4,
        text="Kind people",
        form_key="k" * 20,
        written_at=now,
        changed_at=now,
    )
    assert services.reviews.save(review, instead_of=None)
    services.activity.append(ORG, account.id, "something", {"person": NAME, "order": "R-1"})
    services.activity.append(ORG, "ada", "invited", {"account": account.id, "person": NAME})
    services.activity.append(ORG, "ada", "settings_saved", {"a": "b"})
    return account


def answered(services: Services, account: ClientAccount, *, is_final: bool) -> str:
    plain = an_answer(ORG, an_estimate())
    order = dataclasses.replace(
        plain, account_id=account.id, customer_id=account.customer_id, person_name=NAME, reason="I like it"
    )
    services.orders.record(order, form_key="f")
    if is_final:
        assert services.orders.withdraw(ORG, order.id, message=f"{NAME} withdrew it.")
    return order.id


def test_lists_and_their_exit_codes(run: Run, services: Services, nora: ClientAccount) -> None:
    code, said, _ = run("organisations")
    assert code == 0 and ORG in said and "2 clients" in said
    assert run("connections")[0] == 0
    order_id = answered(services, nora, is_final=False)
    code, said, _ = run("orders", ORG, "--open")
    assert code == 0 and order_id in said and NAME not in said
    claim = services.orders.claim(ORG, order_id, lease=5, settle=1)
    assert claim is not None
    services.orders.move(claim, OrderState.NEEDS_ATTENTION, message="x")
    assert run("orders", ORG)[0] == 1
    services.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED, why="Zoho said no.")
    code, said, _ = run("connections")
    assert code == 1 and "Zoho said no." in said


def test_what_cannot_be_done_is_one_plain_line(run: Run, settings: Settings, tmp_path: Path) -> None:
    code, _, said = run("orders", "us-999")
    assert code == 2 and "There is no organisation us-999" in said
    away = dataclasses.replace(settings, redis_url=f"redis://127.0.0.1:{free_ports(1)[0]}/0")
    done = foyer(away, tmp_path, "organisations")
    assert done.returncode == 2 and "Traceback" not in done.stderr and done.stderr.count("\n") == 1


def test_an_organisation_is_read_now_and_whole(run: Run, services: Services) -> None:
    services.sync_due.set_in(ORG, 3600)
    services.sync_states.update(ORG, "invoices", last_sweep=dt.datetime.now(dt.UTC))
    code, said, _ = run("resync", ORG, "--whole")
    assert code == 0 and "is read now" in said
    due = services.sync_due.at(ORG)
    assert due is not None and due <= dt.datetime.now(dt.UTC) and services.sync_states.take_expedite(ORG)
    assert services.sync_states.get(ORG, "invoices").last_sweep is None
    services.connections.mark(ORG, ConnectionState.RECONNECT_NEEDED)
    assert run("resync", ORG)[0] == 2


def test_the_chain_is_whole_or_the_first_broken_entry_is_named(
    run: Run, services: Services, nora: ClientAccount
) -> None:
    assert run("activity", "verify") == (0, "Every chain is whole.\n", "")
    text = str(services.stores.records.lindex(activity_keys.activity(ORG), 1))
    services.stores.records.lset(activity_keys.activity(ORG), 1, text.replace(NAME, "Eve Lund"))
    code, _, said = run("activity", "verify", ORG)
    assert code == 1 and f"{ORG}: entry 2 " in said


def test_an_export_holds_everything_and_no_secret(run: Run, services: Services, nora: ClientAccount) -> None:
    order_id = answered(services, nora, is_final=True)
    code, said, _ = run("client", "export", ORG, EMAIL)
    kept = json.loads(said)
    assert code == 0 and kept["account"]["email"] == EMAIL and kept["review"]["text"] == "Kind people"
    assert (
        [request["id"] for request in kept["requests"]] == [order_id]
        and len(kept["emails"]) == 1
        and len(kept["activity"]) == 2
    )
    assert str(nora.password_hash) not in said


def test_a_dry_run_says_what_would_go_and_changes_nothing(
    run: Run, services: Services, nora: ClientAccount
) -> None:
    answered(services, nora, is_final=True)
    before = services.stores.records.dbsize()
    code, said, _ = run("client", "erase", ORG, EMAIL, "--dry-run")
    assert (
        code == 0
        and "This would go:" in said
        and "names and words in the activity: 2" in said
        and "Kept: 1 requests" in said
    )
    assert services.accounts.get(nora.id) == nora and services.stores.records.dbsize() == before


def test_nothing_is_erased_while_something_is_on_its_way_or_without_a_yes(
    run: Run, services: Services, nora: ClientAccount
) -> None:
    assert run("client", "erase", ORG, EMAIL, answer="n\n")[0] == 1
    order_id = answered(services, nora, is_final=False)
    code, _, said = run("client", "erase", ORG, EMAIL, "--yes")
    assert code == 1 and order_id in said and services.accounts.get(nora.id) == nora


def test_an_erased_person_is_nowhere_and_the_chain_stays_whole(
    run: Run, services: Services, nora: ClientAccount
) -> None:
    order_id = answered(services, nora, is_final=True)
    digests = [entry.digest for entry in services.activity.recent(ORG, 10)]
    code, said, _ = run("client", "erase", ORG, EMAIL, "--yes")
    assert code == 0 and "Erased:" in said
    assert (
        services.accounts.by_email(EMAIL) == []
        and services.sessions.of(nora.id) == []
        and services.reviews.get(ORG, nora.id) is None
    )
    order = services.orders.get(ORG, order_id)
    assert (
        order is not None
        and (order.person_name, order.reason) == ("(erased)", "")
        and order.seen_total == an_estimate().total
    )
    records = services.stores.records
    for key in records.scan_iter("*", count=1000):
        held = records.dump(key) or b""
        text = json.dumps([str(part) for part in _content(records, key)]) if held else ""
        assert (
            NAME not in text and EMAIL not in text and "I like it" not in text and "Kind people" not in text
        ), key
    assert services.activity.first_broken(ORG) is None
    assert [entry.digest for entry in services.activity.recent(ORG, 10)][1:] == digests
    assert run("client", "erase", ORG, EMAIL, "--yes")[0] == 2


def _content(records: object, key: str) -> list[object]:
    kind = records.type(key)  # type: ignore[attr-defined]
    if kind == "string":
        return [key, records.get(key)]  # type: ignore[attr-defined]
    if kind == "hash":
        return [key, records.hgetall(key)]  # type: ignore[attr-defined]
    if kind == "list":
        return [key, records.lrange(key, 0, -1)]  # type: ignore[attr-defined]
    return [key, records.smembers(key) if kind == "set" else records.zrange(key, 0, -1)]  # type: ignore[attr-defined]
