"""Real worker and clock processes, the connected merchant they work for, and the answers of clients that they
bring.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

import requests

from cache.records.connections.connection import Connection, ConnectionState
from cache.records.connections.connections import Connections
from cache.records.orders.order import Order, OrderKind, OrderState, OrderStep, new_order_id
from cache.records.orders.seen_document import SeenDocument
from cache.sealing import Seal
from cache.store_services import build_store_services
from cache.stores import Stores
from config.settings import Settings
from connectors.zoho.api.scopes import scopes_to_request
from connectors.zoho.clients import ZohoClients
from connectors.zoho.documents.estimate import Estimate
from connectors.zoho.oauth.authorization_code import (
    Callback,
    code_challenge_of,
    consent_url,
    exchange_code,
    new_code_verifier,
)

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")


def connect_merchant(
    settings: Settings, stores: Stores, dc: str = "us", *, uses_billing: bool = False
) -> str:
    """The merchant's part: consent in the sandbox, choose the active organisation. Returns our key of it."""
    scopes = scopes_to_request(uses_billing=uses_billing)
    verifier, redirect = new_code_verifier(), f"{settings.portal_url}/merchant/zoho/callback"
    challenge = code_challenge_of(verifier)
    address = consent_url(
        settings.data_centres[dc],
        redirect_uri=redirect,
        state="a-test",
        code_challenge=challenge,
        scopes=scopes,
    )
    page = requests.get(address, timeout=20).text
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    person = re.findall(rf'value="({dc}:[^"]+)"', page)[0]
    form |= {"person": person, "decision": "allow"}
    back = requests.post(address.partition("?")[0], data=form, allow_redirects=False, timeout=20)
    params = {name: values[0] for name, values in parse_qs(urlsplit(back.headers["Location"]).query).items()}
    callback = Callback(
        code=params["code"], location=params["location"], accounts_server=params["accounts-server"]
    )
    grant = exchange_code(
        settings, callback, redirect_uri=redirect, code_verifier=verifier, flow_dc=dc, requested_scopes=scopes
    )
    organization = next(
        zohoclient
        for zohoclient in ZohoClients(build_store_services(settings, stores)).organizations_of_grant(grant)
        if zohoclient.is_active
    )
    now = dt.datetime.now(dt.UTC)
    connection = Connection(
        org=f"{grant.dc}-{organization.id}",
        dc=grant.dc,
        organization_id=organization.id,
        name=organization.name,
        api_domain=grant.api_domain,
        accounts_server=grant.accounts_server,
        scopes=grant.scopes,
        state=ConnectionState.CONNECTED,
        connected_at=now,
        connected_by="a-test",
        time_zone=organization.time_zone,
        currency=organization.currency,
        profile={},
        profile_as_of=now,
    )
    Connections(stores.records, Seal(settings.sealing_keys)).save(
        connection, refresh_token=grant.refresh_token
    )
    return connection.org


def an_answer(
    org: str,
    estimate: Estimate,
    kind: OrderKind = OrderKind.ACCEPT_ESTIMATE,
    *,
    reason: str = "",
    time_limit: dt.timedelta = dt.timedelta(hours=72),
) -> Order:
    """What the portal records when Erin presses the button on this very estimate."""
    now = dt.datetime.now(dt.UTC)
    return Order(
        id=new_order_id(),
        org=org,
        kind=kind,
        customer_id=estimate.customer_id,
        account_id="account-of-erin",
        person_name="Erin Solberg",
        document_id=estimate.id,
        document_number=estimate.number,
        seen_version=estimate.version,
        seen_digest=estimate.digest(),
        seen_total=estimate.total,
        currency=estimate.currency,
        reason=reason,
        state=OrderState.RECORDED,
        steps=(OrderStep(at=now, state=OrderState.RECORDED, message="Recorded."),),
        recorded_at=now,
        next_at=now,
        not_after=now + time_limit,
        payload=SeenDocument(estimate.to_stored()),
    )


def environment_of(settings: Settings, folder: Path) -> dict[str, str]:
    """The environment in which a process reads these very settings."""
    hosts = {
        code: {"name": centre.name, "accounts_url": centre.accounts_url, "api_url": centre.api_url}
        for code, centre in settings.data_centres.items()
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "data_centres.json").write_text(json.dumps(hosts), "utf-8")
    clients = {}
    for code, centre in settings.data_centres.items():
        clients[f"FOYER_ZOHO_CLIENT_ID_{code.upper()}"] = centre.client_id
        clients[f"FOYER_ZOHO_CLIENT_SECRET_{code.upper()}"] = centre.client_secret
    mine = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("FOYER_", "REDIS_", "CACHE_"))
    }
    return {
        **mine,
        **clients,
        "FOYER_ENVIRONMENT": settings.environment,
        "FOYER_PORTAL_URL": settings.portal_url,
        "REDIS_URL": settings.redis_url,
        "CACHE_REDIS_URL": settings.cache_redis_url,
        "FOYER_SEALING_KEYS": ",".join(settings.sealing_keys),
        "FOYER_DATA_CENTRES": str(folder / "data_centres.json"),
        "FOYER_ZOHO_READ_TIMEOUT": str(settings.zoho_read_timeout),
        "FOYER_ORDER_LEASE": str(settings.order_lease),
        "FOYER_ORDER_SETTLE": str(settings.order_settle),
        "FOYER_ORDER_SWEEP": str(settings.order_sweep),
        "FOYER_ZOHO_CALLS_PER_MINUTE": str(settings.zoho_calls_per_minute),
        "FOYER_ZOHO_BILLING_CALLS_PER_MINUTE": str(settings.zoho_billing_calls_per_minute),
        "FOYER_ZOHO_CALLS_AT_ONCE": str(settings.zoho_calls_at_once),
        "FOYER_SYNC_INTERVAL": str(settings.sync_interval),
        "FOYER_MAIL_DELIVERY": settings.mail_delivery,
        "FOYER_MAIL_FOLDER": str(settings.mail_folder),
        "FOYER_MAIL_FROM": settings.mail_from,
        "FOYER_SMTP_URL": settings.smtp_url,
        "FOYER_INVITATIONS_PER_MINUTE": str(settings.invitations_per_minute),
        "FOYER_LOG_LEVEL": "INFO",
    }


class WorkerProcesses:
    """Starts workers and clocks with one test's settings, and ends every one of them."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.environment, self.folder = environment_of(settings, folder), folder
        self.members: list[WorkerProcess] = []

    def worker(self, queue: str, *, crash_at: str = "") -> WorkerProcess:
        return self._start(f"{queue}-worker", ["workers.start", queue], crash_at)

    def clock(self) -> WorkerProcess:
        return self._start("clock", ["workers.clock"], "")

    def end(self) -> None:
        for member in self.members:
            member.kill()

    def logs(self) -> str:
        """What they wrote, for the message of a failed test."""
        return "\n".join(
            f"--- {path.name}\n{path.read_text('utf-8')[-3000:]}"
            for path in sorted(self.folder.glob("*.log"))
        )

    def _start(self, name: str, module: list[str], crash_at: str) -> WorkerProcess:
        environment = {**self.environment, **({"FOYER_CRASH_AT": crash_at} if crash_at else {})}
        member = WorkerProcess(module, environment, self.folder / f"{name}-{len(self.members)}.log")
        self.members.append(member)
        return member


class WorkerProcess:
    """One process in a session of its own, so that a kill takes its children along as the death of a host
    would.
    """

    def __init__(self, module: list[str], environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def lost_a_job(self) -> bool:
        """Whether a job of this worker was killed under it."""
        return "terminated unexpectedly" in self.log.read_text("utf-8")

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """SIGKILL to it and to whatever it had forked: jobs run in process groups of their own."""
        if not self.is_alive:
            # Its number may be somebody else's by now.
            return
        children = children_of(self.process.pid)
        for pid in (self.process.pid, *children):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait(60)

    def terminate(self) -> int:
        """SIGTERM, and its exit code."""
        self.process.terminate()
        return self.process.wait(60)


def children_of(pid: int) -> list[int]:
    """Process ids of its children now."""
    answer = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(part) for part in answer.stdout.split()]


def until(condition: Callable[[], T], *, seconds: float = 120.0, why: Callable[[], str] = str) -> T:
    """What `look` returns once it is true; AssertionError with `why` when that takes too long."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < end, why()
        time.sleep(0.05)
