"""A merchant whose Zoho the judge knows: connected, read with patience, and changed behind everybody's
back.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import random
from collections.abc import Callable, Mapping
from typing import Any

from cache.records.connections import keys as connection_keys
from cache.records.connections.call_budget import CallClass
from cache.records.connections.connection import BillingUse, ConnectionState
from cache.store_services import build_store_services
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.api.errors import ZohoError
from connectors.zoho.clients import ZohoClients
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import connect_merchant, until
from workers.services import build_services

MANY = 1_000_000_000
TIMEOUT = 30.0
"""Seconds an answer is waited for. Only the workers' time with Zoho is short."""


class ZohoWorld:
    """pages: subscription → Zoho's page for its card, bank account → that for itself."""

    def __init__(self, settings: Settings, stores: Stores, sandbox: SandboxServer) -> None:
        self.settings, self.stores, self.sandbox = settings, stores, sandbox
        self.org = self.connect()
        self.organization_id = self.org.partition("-")[2]
        # The judge asks a lot; how fast this machine is must not bring it to Zoho's limit of a minute.
        self.sandbox.set(self.organization_id, calls_per_minute=MANY, billing_calls_per_minute=MANY)
        self.services = build_services(settings)
        patient = ZohoClients(
            build_store_services(dataclasses.replace(settings, zoho_read_timeout=TIMEOUT), stores)
        )
        self.books = patient.books(self.org, CallClass.PERSON)
        self.billing = patient.billing(self.org, CallClass.PERSON)
        self.pages: dict[str, str] = {}
        self._candidates: dict[str, list[Any]] = {}
        self._taken: set[tuple[str, str]] = set()
        self._known_calls = 0
        self._day_is_spent = self._is_revoked = False

    def connect(self) -> str:
        """The merchant agrees, for the first time or anew."""
        org = connect_merchant(self.settings, self.stores, uses_billing=True)
        build_services(self.settings).connections.save_billing(
            org, BillingUse.FOUND, billing_organization_id=org.partition("-")[2]
        )
        return org

    def reconnect_if_lost(self) -> None:
        """A merchant who meets one of the faults tries again. What waited for them goes on at once, as the
        portal sees to it.
        """
        connection = self.services.connections.get(self.org)
        while connection is None or connection.state is not ConnectionState.CONNECTED:
            with contextlib.suppress(ZohoError, ValueError, OSError):
                self.connect()
                self.services.orders.resume_waiting(self.org, message="The merchant has connected again.")
            connection = self.services.connections.get(self.org)

    def restore(self) -> None:
        """Before the judge looks: there are calls again, and a grant, whether or not anybody noticed that it
        was gone.
        """
        self.next_day()
        if self._is_revoked:
            self.connect()
            self._is_revoked = False

    def revoke(self) -> None:
        """The merchant takes the grant away, without notice."""
        self._is_revoked = True
        self.sandbox.http.post(
            f"{self.sandbox.origin('us')}/_sandbox/revoke", timeout=TIMEOUT
        ).raise_for_status()

    def candidates(self, role: str, find: Callable[[], list[Any]]) -> list[Any]:
        """All who could play this role, looked for once: the whole of Zoho is not read for every order."""
        if role not in self._candidates:
            self._candidates[role] = find()
        return self._candidates[role]

    def choose(
        self,
        rng: random.Random,
        role: str,
        find: Callable[[], list[Any]],
        *,
        where: Callable[[Any], bool] = lambda one: True,
    ) -> Any:
        """Who plays this role; nobody twice before `free`."""
        chosen = rng.choice(
            [
                candidate
                for candidate in self.candidates(role, find)
                if where(candidate) and (role, str(candidate)) not in self._taken
            ]
        )
        self._taken.add((role, str(chosen)))
        return chosen

    def release_candidates(self) -> None:
        """Everybody may play again, and Zoho's clock is right: plots that moved it on add up to hours, which
        no page would outlive.
        """
        self._taken.clear()
        self.sandbox.http.post(
            f"{self.sandbox.origin('us')}/_sandbox/clock", json={"offset": 0}, timeout=TIMEOUT
        ).raise_for_status()

    def last_call(self) -> int:
        """The number of the latest call; sandbox.calls takes it."""
        calls = self.sandbox.calls(self._known_calls)
        self._known_calls = calls[-1]["n"] if calls else self._known_calls
        return self._known_calls

    def truth(self, kind: str, document_id: str) -> dict[str, Any]:
        """A document as it really is in Zoho."""
        told = self.sandbox.state(organization_id=self.organization_id, kind=kind, id=document_id)
        found: dict[str, Any] = told[self.organization_id][kind][document_id]
        return found

    def all_of(self, kind: str) -> Mapping[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self.sandbox.state(
            organization_id=self.organization_id, kind=kind
        )[self.organization_id][kind]
        return found

    def tamper(self, kind: str, document_id: str, **fields: Any) -> None:
        """Change a document without a trace."""
        self._write(kind, document_id, fields, silently=True)

    def change(self, kind: str, document_id: str, **fields: Any) -> None:
        """Change a document as a person would: it has another time of change."""
        self._write(kind, document_id, fields, silently=False)

    def _write(self, kind: str, document_id: str, fields: dict[str, Any], *, silently: bool) -> None:
        body = {
            "organization_id": self.organization_id,
            "kind": kind,
            "id": document_id,
            "fields": fields,
            "silently": silently,
        }
        self.sandbox.http.post(
            f"{self.sandbox.origin('us')}/_sandbox/documents", json=body, timeout=TIMEOUT
        ).raise_for_status()

    def merchant_page(self, path: str, **form: str) -> None:
        """The merchant presses a button in Zoho Books."""
        address = f"{self.sandbox.origin('us')}/app/{self.organization_id}/{path}"
        self.sandbox.http.post(address, data=form, allow_redirects=False, timeout=TIMEOUT).raise_for_status()

    def spend_the_day(self) -> None:
        """Other programs of the merchant have used all calls of the day."""
        self.sandbox.set(self.organization_id, calls_per_day=1)
        self._day_is_spent = True

    def next_day(self) -> None:
        """There are calls again."""
        if self._day_is_spent:
            self.sandbox.set(self.organization_id, calls_per_day=MANY)
            self._day_is_spent = False
        self.stores.records.delete(connection_keys.day_figures(self.org, "books"))

    def allow_new_tokens(self) -> None:
        """The allowance of new tokens is whole again, in Zoho and in our own count of it (zoho.md 1.3):
        schedules pass in seconds.
        """
        self.sandbox.http.post(
            f"{self.sandbox.origin('us')}/_sandbox/throttle", timeout=TIMEOUT
        ).raise_for_status()
        self.stores.records.delete(connection_keys.refreshes(self.org))

    def today(self) -> dt.date:
        return dt.datetime.now(dt.UTC).date()

    def wait_for_effects(self) -> None:
        """Wait for effects that are still to come: of late commits, and of calls that nobody waits for any
        more.
        """
        until(lambda: self._to_come() == 0, seconds=60)

    def _to_come(self) -> int:
        told = self.sandbox.http.get(f"{self.sandbox.origin('us')}/_sandbox/faults", timeout=TIMEOUT).json()
        return int(told["late"]) + int(told["under_way"])
