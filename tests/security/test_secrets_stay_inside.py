"""The whole product with marked secrets: none of them stands in a log, an address, an answer, a figure, the
process list or a store.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from prometheus_client import CollectorRegistry, generate_latest
from redis import Redis

from cache.records.connections.access_tokens import AccessTokens
from cache.records.connections.webhook_endpoints import Proof
from cache.stores import Stores
from config.logging_setup import set_up_logging
from config.settings import Settings
from gateway.app import create_app
from gateway.web.access import open_to_all
from gateway.web.services import EXTENSION
from tests.gateway.browser import Browser
from tests.gateway.merchant_browser import MerchantBrowser
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import WorkerProcesses, until
from workers.metrics import StoreMetrics
from workers.pull.organisation import pull_organisation
from workers.services import Services, build_services

PASSWORD, WRONG, SMTP = (
    "marked-password-of-lena-5d1c",
    "marked-wrong-password-9e2f",
    "marked-smtp-password-77aa",
)
LENA = "lena@brightwater.example"
TOKEN = re.compile(r"1000\.[0-9a-fA-F]{16,}\.[0-9a-fA-F]{16,}")
"""The shape of Zoho's tokens and codes."""


@pytest.fixture
def marked(settings: Settings) -> Settings:
    return dataclasses.replace(settings, smtp_url=f"smtp://foyer:{SMTP}@127.0.0.1:1", log_level="DEBUG")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The log of this process, as production writes it, into a file."""
    told = logging.raiseExceptions
    set_up_logging("DEBUG", environment="production")
    path, (handler,) = tmp_path / "portal.log", logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    with path.open("w", encoding="utf-8") as file:
        handler.setStream(file)
        yield path
    logging.raiseExceptions = told
    logging.getLogger().handlers[:] = []
    structlog.reset_defaults()


@pytest.fixture
def worker_processes(
    marked: Settings, stores: Stores, sandbox: SandboxServer, tmp_path: Path
) -> Iterator[WorkerProcesses]:
    worker_processes = WorkerProcesses(marked, tmp_path / "worker_processes")
    yield worker_processes
    worker_processes.end()


class Day:
    """Ada connects, invites Lena and opens a door for webhooks; Lena signs in; somebody guesses; a page
    breaks.
    """

    def __init__(self, settings: Settings) -> None:
        self.app, self.worker_services = create_app(settings), build_services(settings)
        self.services: Services = self.app.extensions[EXTENSION]
        self.secrets: dict[str, str] = {
            "the sealing key": settings.sealing_keys[0],
            "a password": PASSWORD,
            "a wrong password": WRONG,
            "the mail server's password": SMTP,
            **{
                f"the client secret of {code}": centre.client_secret
                for code, centre in settings.data_centres.items()
            },
        }
        self.answers: list[str] = []

    def passes(self, sandbox: SandboxServer) -> None:
        ada = MerchantBrowser(self.app)
        ada.connect()
        org = ada.choose("Harbour Light Studio")
        for _ in range(3):
            pull_organisation(org, self.worker_services)
        ada.get(f"/merchant/{org}/clients?q={LENA}")
        ada.send(f"/merchant/{org}/clients/invite")
        endpoint = self.services.webhook_endpoints.make(org, Proof.HEADER)
        lena = self._lena_signs_in()
        for path in ("/", "/estimates", "/invoices", "/details", "/no-such-page"):
            lena.get(path, status=404 if "such" in path else 200)
            self.answers.append(lena.answer.get_data(as_text=True) + str(lena.answer.headers))
        machine = self.app.test_client(use_cookies=False)
        self.answers.append(
            machine.post(
                f"/hooks/zoho/{endpoint.key}", data="{}", headers={"X-Foyer-Token": "wrong"}
            ).get_data(as_text=True)
        )
        stranger = Browser(self.app)
        stranger.get("/sign-in")
        stranger.try_password(LENA, WRONG)
        self.answers.append(stranger.answer.get_data(as_text=True))
        self._a_page_breaks()
        access = AccessTokens(self.services.stores.records, self.services.seal).get(org)
        assert access is not None
        self.secrets |= {
            "a refresh token": self.services.connections.refresh_token(org),
            "Ada's cookie": ada.cookie(),
            "Lena's cookie": lena.cookie(),
            "the webhooks' address": endpoint.key,
            "the webhooks' secret": endpoint.secret,
            "an access token": access.value,
        }

    def _lena_signs_in(self) -> Browser:
        account = self.services.accounts.by_email(LENA)[0]
        secret = self.services.invitations.make(account.id)
        self.secrets["an invitation"] = secret
        lena = Browser(self.app)
        lena.get(f"/invitations/{secret}")
        lena.send(f"/invitations/{secret}", {"password": PASSWORD, "again": PASSWORD})
        fresh = Browser(self.app)
        fresh.sign_in(LENA, PASSWORD)
        return fresh

    def _a_page_breaks(self) -> None:
        secrets = {**self.secrets, "token": self.services.settings.sealing_keys[0]}

        def broken() -> str:
            raise RuntimeError(
                f"cannot go on: Authorization: Zoho-oauthtoken 1000.{'ab' * 16}.{'cd' * 16} for "
                f"{LENA} in {len(secrets)}"
            )

        self.app.view_functions["contact.show"] = open_to_all(broken)
        answer = self.app.test_client().get("/contact")
        assert answer.status_code == 500
        self.answers.append(answer.get_data(as_text=True))


def found_in(text: str, secrets: dict[str, str]) -> list[str]:
    return [name for name, secret in secrets.items() if secret and secret in text] + (
        ["a token of Zoho's"] if TOKEN.search(text) else []
    )


def dump(url: str) -> str:
    """Every key of a store and what it holds, unpacked."""
    store = Redis.from_url(url)
    read: dict[bytes, Any] = {
        b"string": store.get,
        b"hash": store.hgetall,
        b"set": store.smembers,
        b"list": lambda name: store.lrange(name, 0, -1),
        b"zset": lambda name: store.zrange(name, 0, -1, withscores=True),
        b"stream": store.xrange,
    }
    return "\n".join(
        f"{key!r} {unpacked(read.get(store.type(key), store.type)(key))}"
        for key in store.scan_iter("*", count=1000)
    )


def unpacked(held: Any) -> Any:
    if isinstance(held, bytes):
        return zlib.decompress(held) if held[:2] == b"x\x9c" else held
    if isinstance(held, dict):
        return {unpacked(name): unpacked(value) for name, value in held.items()}
    return [unpacked(item) for item in held] if isinstance(held, list | tuple | set) else held


def test_no_secret_gets_out(
    marked: Settings, stores: Stores, sandbox: SandboxServer, log: Path, worker_processes: WorkerProcesses
) -> None:
    day = Day(marked)
    day.passes(sandbox)
    workers = [worker_processes.worker("mail"), worker_processes.worker("pull"), worker_processes.clock()]
    until(lambda: all(worker.log.read_text("utf-8") for worker in workers), why=worker_processes.logs)
    told = log.read_text("utf-8")
    assert "sign_in_refused" in told and "unexpected_error" in told, "the log was written to"
    places = {
        "the log": told,
        "the workers' logs": worker_processes.logs(),
        "an answer": "\n".join(day.answers),
        "records": dump(marked.redis_url),
        "copies": dump(marked.cache_redis_url),
        "the figures": figures(day.worker_services),
        "the process list": process_list(),
        "the settings, printed": repr(marked),
        "addresses at Zoho": addresses(sandbox),
    }
    leaks = {place: found_in(text, day.secrets) for place, text in places.items()}
    assert {place: names for place, names in leaks.items() if names} == {}
    assert [
        place
        for place in ("the log", "the workers' logs", "the figures", "the process list")
        if LENA in places[place]
    ] == []
    assert "o:{" in places["records"] and "foyer_" in places["the figures"]
    for worker in workers:
        worker.terminate()


def figures(worker_services: Services) -> str:
    registry = CollectorRegistry()
    registry.register(StoreMetrics(worker_services))
    return generate_latest(registry).decode()


def process_list() -> str:
    """Of every process of this machine that may be looked at: what it was started with."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
        except OSError:
            continue
    assert any("workers.start" in line for line in lines)
    return "\n".join(lines)


def addresses(sandbox: SandboxServer) -> str:
    """The address of every call to Zoho, query included."""
    return json.dumps([{name: call.get(name) for name in ("path", "query")} for call in sandbox.calls()])


def test_the_search_can_fail() -> None:
    assert found_in(f"x {PASSWORD} y", {"a password": PASSWORD}) == ["a password"]
    assert found_in("1000." + "ab" * 16 + "." + "cd" * 16, {}) == ["a token of Zoho's"]
