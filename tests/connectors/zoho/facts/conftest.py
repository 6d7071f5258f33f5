"""The merchant's Books in the sandbox, its controls, and an eye on what goes over the wire."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests
from requests import PreparedRequest

from cache.records.connections.call_budget import CallClass
from connectors.zoho.books.client import BooksClient
from connectors.zoho.clients import ZohoClients
from tests.servers.sandbox_server import SandboxServer

Record = dict[str, Any]


class Sandbox:
    """One organisation as the sandbox itself knows it, and the control API over it."""

    def __init__(self, server: SandboxServer, org: str) -> None:
        self.server, self.org = server, org
        self.organization_id = org.partition("-")[2]

    def set(self, **settings: Any) -> None:
        wanted = {"organization_id": self.organization_id, **settings}
        requests.post(
            f"{self.server.origin('us')}/_sandbox/settings", json=wanted, timeout=10
        ).raise_for_status()

    def move_clock(self, *, days: float = 0.0, seconds: float = 0.0) -> None:
        wanted = {"seconds": days * 86_400 + seconds}
        requests.post(
            f"{self.server.origin('us')}/_sandbox/clock", json=wanted, timeout=10
        ).raise_for_status()

    def records(self, kind: str) -> dict[str, Record]:
        """id → the record, of "estimates", "invoices", "contacts", "payments" …"""
        found: dict[str, Record] = self.server.state(organization_id=self.organization_id, kind=kind)[
            self.organization_id
        ][kind]
        return found

    def one(self, kind: str, **wanted: Any) -> Record:
        """The first record with these values."""
        return next(
            record
            for record in self.records(kind).values()
            if all(record.get(name) == value for name, value in wanted.items())
        )

    def answer(self, path: str, token: str, **params: Any) -> Record:
        """Zoho's own JSON, as no document of ours has read it."""
        headers = {"Authorization": f"Zoho-oauthtoken {token}"}
        query = {"organization_id": self.organization_id, **params}
        found: Record = requests.get(
            f"{self.server.origin('us')}/books/v3{path}", params=query, headers=headers, timeout=10
        ).json()
        return found


@pytest.fixture
def zoho_truth(sandbox: SandboxServer, connect: Callable[..., str]) -> Sandbox:
    return Sandbox(sandbox, connect())


@pytest.fixture
def books(zoho: ZohoClients, zoho_truth: Sandbox) -> BooksClient:
    return zoho.books(zoho_truth.org, CallClass.PERSON)


def body_of(request: PreparedRequest) -> Any:
    """The JSON that was sent; None without any."""
    return json.loads(request.body) if request.body else None
