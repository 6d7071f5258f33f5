"""What is open to machines: webhooks in a flood, health, figures. None of them can be used against the
portal.
"""

from __future__ import annotations

import ast
import json
import socket
import urllib.request
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask
from rq import Queue
from rq.serializers import JSONSerializer

from cache.records.connections.webhook_endpoints import PER_MINUTE, Proof
from cache.stores import Stores, open_queue_redis
from config.settings import Settings
from gateway.merchant.webhooks.receiver_views import TOKEN_HEADER
from tests.gateway.seeding import ORG, Seeding
from tests.project_rules.project_files import text_of
from tests.servers.free_ports import free_ports
from workers.metrics import serve_metrics
from workers.services import Services, build_services

FLOOD = 1_000
BODY = json.dumps({"estimate": {"estimate_id": "4600000000000000123"}})


def test_a_flood_of_deliveries_is_answered_and_makes_no_more_work_than_a_few(
    app: Flask, seed: Seeding, services: Services, settings: Settings, stores: Stores
) -> None:
    """A thousand genuine ones: each is answered, and beyond the limit of a minute nothing is read, rung or
    kept because of them.
    """
    endpoint, client = services.webhook_endpoints.make(ORG, Proof.ADDRESS), app.test_client(use_cookies=False)
    before, outcomes = stores.records.dbsize(), Counter[str]()
    for _ in range(FLOOD):
        answer = client.post(
            f"/hooks/zoho/{endpoint.key}", data=BODY, headers={"Content-Type": "application/json"}
        )
        outcomes[str(answer.get_json()["outcome"])] += 1
    assert outcomes["accepted"] <= 2 * PER_MINUTE.most and outcomes["too_many"] >= FLOOD - 2 * PER_MINUTE.most
    jobs = Queue("pull", connection=open_queue_redis(settings), serializer=JSONSerializer).jobs
    assert len(jobs) <= outcomes["accepted"] / 10, (
        "one record is read once in a while, however often it is told of"
    )
    assert (
        stores.records.dbsize() < before + 20 + len(jobs)
        and len(services.webhook_endpoints.latest(ORG)) <= 20
    )


def test_a_flood_at_doors_that_are_not_there_keeps_nothing(app: Flask, seed: Seeding, stores: Stores) -> None:
    client, before = app.test_client(use_cookies=False), stores.records.dbsize()
    for number in range(300):
        assert client.post(f"/hooks/zoho/{'x' * 20}{number}", data=BODY).status_code == 404
    assert stores.records.dbsize() == before


@pytest.mark.parametrize("size", [256 * 1024 + 1, 5_000_000])
def test_a_large_delivery_is_refused(app: Flask, seed: Seeding, services: Services, size: int) -> None:
    endpoint = services.webhook_endpoints.make(ORG, Proof.ADDRESS)
    assert app.test_client().post(f"/hooks/zoho/{endpoint.key}", data=b"x" * size).status_code == 413


@pytest.mark.parametrize("said", ["", "x", "é", "a" * 5000, "\xff"])
def test_a_wrong_proof_of_any_shape_is_refused(
    app: Flask, seed: Seeding, services: Services, said: str
) -> None:
    for proof in (Proof.HEADER, Proof.SIGNATURE):
        endpoint = services.webhook_endpoints.make(ORG, proof)
        answer = app.test_client().post(
            f"/hooks/zoho/{endpoint.key}",
            data=BODY,
            headers={TOKEN_HEADER: said, "X-Zoho-Webhook-Signature": said},
        )
        assert answer.status_code == 401


def test_a_delivery_of_an_organisation_that_is_named_in_it_reaches_only_its_own_doors(
    app: Flask, seed: Seeding, services: Services, settings: Settings
) -> None:
    """The door says whose it is, never the body."""
    endpoint = services.webhook_endpoints.make(ORG, Proof.ADDRESS)
    body = json.dumps(
        {
            "organization_id": "999",
            "org": "eu-700456",
            "estimate": {"estimate_id": "1", "organization_id": "999"},
        }
    )
    app.test_client().post(
        f"/hooks/zoho/{endpoint.key}?organization_id=999",
        data=body,
        headers={"Content-Type": "application/json"},
    )
    assert {
        job.args[0]
        for job in Queue("pull", connection=open_queue_redis(settings), serializer=JSONSerializer).jobs
    } <= {ORG}


@pytest.mark.parametrize(
    "path",
    [
        "gateway/merchant/webhooks/receiver_views.py",
        "connectors/zoho/webhooks/deliveries.py",
        "gateway/web/csrf.py",
    ],
)
def test_secrets_are_compared_in_constant_time(path: str) -> None:
    """In the source: no `==` between what was sent and what is secret."""
    secret = ("secret", "digest", "signature", "token")
    for node in ast.walk(ast.parse(text_of(Path(path)))):
        if isinstance(node, ast.Compare) and any(isinstance(item, ast.Eq | ast.NotEq) for item in node.ops):
            assert not [item for item in secret if item in ast.unparse(node).lower()], (
                f"{path}:{node.lineno} {ast.unparse(node)}"
            )


def test_health_tells_words_and_nothing_about_anybody(app: Flask, seed: Seeding) -> None:
    for path in ("/healthz", "/readyz"):
        told = app.test_client().get(path)
        assert set(told.get_json()) <= {"status", "faults"} and "Set-Cookie" not in told.headers
        assert not [
            item
            for item in (ORG, "Harbour", "127.0.0.1", "redis", "version")
            if item in told.get_data(as_text=True)
        ]


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "/debug",
        "/console",
        "/.git/config",
        "/.env",
        "/server-status",
        "/static/../app.py",
        "/static/",
        "/_sandbox/state",
    ],
)
def test_nothing_of_the_inside_stands_at_the_portal(app: Flask, seed: Seeding, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


def test_figures_are_served_at_their_own_address_alone_and_name_no_person(
    settings: Settings, app: Flask, seed: Seeding
) -> None:
    (port,) = free_ports(1)
    serve_metrics(
        build_services(settings),
        settings.__class__(**{**vars(settings), "metrics_address": f"127.0.0.1:{port}"}),
    )
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
        text = answer.read().decode()
    assert "foyer_stores_up 1.0" in text
    assert not [name for name in ("nora", "@", "Northwind", "password", "token") if name in text]
    with socket.socket() as outside:
        outside.settimeout(1)
        assert outside.connect_ex((own_address(), port)) != 0 or own_address().startswith("127."), (
            "it listens where it was told, and nowhere else"
        )


def own_address() -> str:
    """An address of this machine that others could reach, 127.0.0.1 when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
