"""Keys are rotated while everything runs: no call fails, nothing keeps its old seal, and the old key may be
dropped.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken

from cache.records.connections.access_tokens import AccessTokens
from cache.records.connections.pending_grants import PendingGrants
from cache.records.connections.webhook_endpoints import WebhookEndpoints
from cache.records.email.emails import Email, Emails, new_email_id
from cache.records.sign_in.link_requests import LinkRequests
from cache.records.sign_in.second_factors import SecondFactors
from cache.records.sign_in.single_use_links import LinkKind
from cache.resealing import SEALED, reseal_records
from cache.sealing import Seal, SealBroken
from cache.stores import Stores
from config.settings import Settings
from tests.servers.operators_command import foyer
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import connect_merchant, until
from workers.services import build_services

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
ORG = "us-600123"


def sealed_texts(stores: Stores) -> list[str]:
    """Everything in records that looks sealed, wherever it stands."""
    found = []
    for key in stores.records.scan_iter("*"):
        kind = stores.records.type(key)
        held = (
            [stores.records.get(key)]
            if kind == "string"
            else list(stores.records.hgetall(key).values())
            if kind == "hash"
            else []
        )
        if not key.startswith("rq:"):
            found += [match[0] for text in held if text for match in SEALED.finditer(str(text))]
    return sorted(found)


def opens(sealed: str, key: str) -> bool:
    try:
        Fernet(key).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def every_kind(stores: Stores, seal: Seal) -> Callable[[Seal], None]:
    """One of each record that holds something sealed, and what reads them all."""
    records = stores.records
    WebhookEndpoints(records, seal).make(ORG)
    AccessTokens(records, seal).put(ORG, "1000.access", 3600)
    PendingGrants(records, seal).put("session-1", '{"grant": 1}')
    wish = LinkRequests(records, seal).record(LinkKind.RESET, "nora@x.example")
    SecondFactors(records, seal).set_up("account-1", "SECRETOFTHEAPP", step=1, salt="00", codes=["a"])
    SecondFactors(records, seal).offer("session-2", "ANOTHERSECRET")
    email = Email(id=new_email_id(), org=ORG, to="nora@x.example", kind="invitation", account_id="a")
    Emails(records, seal).add(email, once_key="once", secret_path="/invitations/marked-secret")

    def read_all(with_these: Seal) -> None:
        endpoint = WebhookEndpoints(records, with_these).of(ORG)
        token = AccessTokens(records, with_these).get(ORG)
        kept = Emails(records, with_these).get(email.id)
        assert (
            endpoint is not None and token is not None and token.value == "1000.access" and kept is not None
        )
        assert Emails(records, with_these).path_of(kept) == "/invitations/marked-secret"
        factor, asked = (
            SecondFactors(records, with_these).get("account-1"),
            LinkRequests(records, with_these).get(wish.id),
        )
        assert (
            factor is not None
            and factor.secret == "SECRETOFTHEAPP"
            and asked is not None
            and asked.secret == wish.secret
        )
        assert SecondFactors(records, with_these).offered("session-2") == "ANOTHERSECRET"
        assert PendingGrants(records, with_these).get("session-1") == '{"grant": 1}'

    return read_all


def test_every_record_is_sealed_anew_and_the_old_key_opens_nothing(stores: Stores) -> None:
    read_all = every_kind(stores, Seal((OLD,)))
    before, lives = (
        sealed_texts(stores),
        {key: stores.records.pttl(key) for key in stores.records.scan_iter("*")},
    )
    assert len(before) >= 8 and all(opens(item, OLD) for item in before)
    done = reseal_records(stores.records, Seal((NEW, OLD)))
    assert done.renewed == len(before) and done.broken == ()
    after = sealed_texts(stores)
    assert len(after) == len(before) and all(opens(item, NEW) and not opens(item, OLD) for item in after)
    read_all(Seal((NEW,)))
    assert all((stores.records.pttl(key) > 0) == (life > 0) for key, life in lives.items()), (
        "what has an end still has it"
    )
    assert reseal_records(stores.records, Seal((NEW, OLD))).renewed == 0, (
        "a second time there is nothing to do"
    )


def test_what_no_key_opens_is_named_and_left(stores: Stores) -> None:
    every_kind(stores, Seal((Fernet.generate_key().decode(),)))
    before = sealed_texts(stores)
    done = reseal_records(stores.records, Seal((NEW, OLD)))
    assert done.renewed == 0 and len(done.broken) >= 4 and sealed_texts(stores) == before


def test_what_somebody_typed_is_never_taken_for_sealed(stores: Stores) -> None:
    typed = Seal((OLD,)).seal("x", context="y")
    kept = f'{{"reason": "my words \\"sealed_path\\": \\"{typed}\\" and {typed}"}}'
    stores.records.set("o:{us-1}:order:R-1", kept)
    assert (
        reseal_records(stores.records, Seal((NEW, OLD))).renewed == 0
        and stores.records.get("o:{us-1}:order:R-1") == kept
    )


def test_no_call_fails_while_keys_are_rotated_and_the_old_one_is_dropped(
    settings: Settings, stores: Stores, sandbox: SandboxServer
) -> None:
    """Readers, token renewals and new secrets all the while; processes learn of the new key one after the
    other.
    """
    settings = dataclasses.replace(settings, sealing_keys=(OLD,), zoho_calls_per_minute=10_000)
    org = connect_merchant(settings, stores)
    read_all = every_kind(stores, Seal((OLD,)))
    faults: list[BaseException] = []
    ending, keys = threading.Event(), [(OLD, NEW)]
    rounds = {"calls": 0, "reads": 0, "writes": 0}

    def go_on(name: str, work: Callable[[Settings], None]) -> None:
        while not ending.is_set():
            try:
                work(dataclasses.replace(settings, sealing_keys=keys[0]))
                rounds[name] += 1
            except BaseException as fault:
                faults.append(fault)
                return

    def call(now: Settings) -> None:
        build_services(now).zoho.books(org).organizations.get(org.partition("-")[2])

    def write(now: Settings) -> None:
        seal = Seal(now.sealing_keys)
        AccessTokens(stores.records, seal).put("us-777", "1000.other", 60)
        WebhookEndpoints(stores.records, seal).make("us-777")
        found = WebhookEndpoints(stores.records, Seal((NEW, OLD))).of("us-777")
        assert found is not None

    jobs = {"calls": call, "reads": lambda now: read_all(Seal(now.sealing_keys)), "writes": write}
    threads = [threading.Thread(target=go_on, args=job) for job in jobs.items()]
    for thread in threads:
        thread.start()
    reseals(rounds)
    keys[0] = (NEW, OLD)
    reseals(rounds)
    for _ in range(3):
        reseal_records(stores.records, Seal((NEW, OLD)))
    keys[0] = (NEW,)
    reseals(rounds)
    ending.set()
    for thread in threads:
        thread.join(60)
    assert faults == [] and min(rounds.values()) > 3, rounds
    assert all(opens(text, NEW) for text in sealed_texts(stores))
    with pytest.raises(SealBroken):
        read_all(Seal((OLD,)))


def reseals(rounds: dict[str, int]) -> None:
    """Until everybody has begun anew: with the keys as they are now."""
    before = dict(rounds)
    until(
        lambda: all(rounds[name] >= before[name] + 2 for name in rounds), why=lambda: str(rounds), seconds=60
    )


def test_the_command_says_what_it_did(settings: Settings, stores: Stores, tmp_path: Path) -> None:
    every_kind(stores, Seal((OLD,)))
    done = foyer(dataclasses.replace(settings, sealing_keys=(NEW, OLD)), tmp_path, "keys", "rotate")
    assert done.returncode == 0 and "were sealed anew" in done.stdout
    done = foyer(dataclasses.replace(settings, sealing_keys=(OLD,)), tmp_path, "keys", "rotate")
    assert (
        done.returncode == 1
        and "No key opens" in done.stderr
        and NEW not in done.stderr
        and OLD not in done.stderr
    )
