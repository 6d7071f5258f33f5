"""What the portal calls: the hosts of the table of data centres and its own address, whatever a record, an
answer or a form says.
"""

from __future__ import annotations

import ast
import dataclasses
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from cache.records.connections import keys as connection_keys
from cache.records.connections.connections import Connections
from cache.sealing import Seal
from cache.stores import Stores
from config.data_centres import PUBLIC, DataCentre
from config.settings import Settings
from connectors.zoho.api.errors import ZohoError, ZohoUnavailable
from connectors.zoho.api.transport import Transport
from connectors.zoho.oauth.accounts_server import AccountsRefused, AccountsServer
from connectors.zoho.webhooks.endpoint_check import EndpointCheck, check_endpoint
from tests.project_rules.project_files import python_files, text_of
from tests.servers.sandbox_server import SandboxServer
from tests.servers.worker_process import connect_merchant
from workers.pull.organisation import pull_organisation
from workers.services import build_services

SENDERS = frozenset(
    {
        "request",
        "get",
        "post",
        "put",
        "delete",
        "patch",
        "send",
        "fetch_token",
        "refresh_token",
        "fetch_access_token",
    }
)
BEGINNINGS = ("{self._data_centre.accounts_url}/", "{data_centre.api_url}{", "{self._tenant.api_url}{")
"""How the addresses of calls may begin: a host of the table, which no answer and no record can change."""

HANDED_ON = {"self._token_url", "url", "call.url", "address"}
"""Names by which an address is handed on: made of the beginnings above, or the portal's own address of the
settings.
"""


class Listener:
    """A server on loopback that notes whoever calls it and sends them on to `onward`, if there is any."""

    def __init__(self, onward: str = "") -> None:
        self.asked: list[str] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.asked.append(f"{self.command} {self.path} {self.headers.get('Authorization', '')}")
                self.rfile.read(int(self.headers.get("Content-Length", "0")))
                self.send_response(307 if onward else 200)
                self.send_header("Location", onward) if onward else None
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            do_POST = do_PUT = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def inside() -> Iterator[Listener]:
    """Something of the inside that nobody must be led to: a metadata service, a database."""
    one = Listener()
    yield one
    one.close()


@pytest.fixture
def redirecting_host(inside: Listener) -> Iterator[Listener]:
    """A host of the table that sends its callers on to the inside."""
    one = Listener(onward=f"{inside.origin}/latest/meta-data")
    yield one
    one.close()


def test_no_call_follows_where_an_answer_sends_it(redirecting_host: Listener, inside: Listener) -> None:
    transport = Transport(connect_timeout=5, read_timeout=5)
    for method in ("GET", "POST", "PUT"):
        answer = transport.send(
            method, f"{redirecting_host.origin}/books/v3/x", access_token="1000.a.b", params={}, headers={}
        )
        assert answer.status == 307
    assert check_endpoint(f"{redirecting_host.origin}/hooks/zoho/x", "secret") is EndpointCheck.REFUSED
    centre = DataCentre(
        code="us",
        name="US",
        accounts_url=redirecting_host.origin,
        api_url=redirecting_host.origin,
        client_id="a",
        client_secret="marked-client-secret",
    )
    accounts = AccountsServer(centre, connect_timeout=5, read_timeout=5)
    for step in (
        lambda: accounts.refresh("1000.r.r"),
        lambda: accounts.exchange("1000.c.c", code_verifier="v", redirect_uri="https://x.example"),
    ):
        with pytest.raises((ZohoError, ZohoUnavailable, AccountsRefused)):
            step()
    assert accounts.revoke("1000.r.r") is False
    assert len(redirecting_host.asked) >= 7 and inside.asked == []


def test_an_address_in_a_record_leads_nowhere(
    settings: Settings, stores: Stores, sandbox: SandboxServer, inside: Listener
) -> None:
    """Whoever can write into a store is not sent the tokens."""
    org = connect_merchant(settings, stores)
    connections = Connections(stores.records, Seal(settings.sealing_keys))
    connection = connections.get(org)
    assert connection is not None
    connections.save(
        dataclasses.replace(connection, api_domain=inside.origin, accounts_server=inside.origin),
        refresh_token=None,
    )
    stores.records.delete(connection_keys.access_token(org))
    since, services = len(sandbox.calls()), build_services(settings)
    pull_organisation(org, services)
    services.zoho.disconnect(org)
    assert len(sandbox.calls()) > since + 3 and inside.asked == []


def test_every_address_that_is_called_begins_with_a_host_of_the_table() -> None:
    """In the source: no call of ours takes a whole address from an answer, a record or a form."""
    assert [
        fault for path in python_files("connectors") for fault in address_faults(path, text_of(path))
    ] == []


def address_faults(path: Path, source: str) -> list[str]:
    faults = []
    for call in (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ):
        holder = ast.unparse(call.func.value)  # type: ignore[attr-defined]
        if call.func.attr not in SENDERS or not (
            "session" in holder or "transport" in holder or holder == "requests"
        ):  # type: ignore[attr-defined]
            continue
        addresses = [
            item
            for item in call.args[:2]
            if isinstance(item, ast.JoinedStr | ast.Name | ast.Attribute | ast.BinOp)
        ]
        for address in addresses:
            words = ast.unparse(address)
            is_handed_on = words in HANDED_ON or words in ("method", "call.method")
            if not is_handed_on and not words[2:].startswith(BEGINNINGS):
                faults.append(f"{path}:{call.lineno} calls {words}")
        if not addresses:
            faults.append(f"{path}:{call.lineno} calls an address that cannot be read")
    return faults


def test_the_rule_catches_an_address_of_somewhere_else() -> None:
    for call in (
        "session.get(answer.next_page)",
        'requests.post(f"{connection.api_domain}/x")',
        'self._transport.send("GET", row["url"])',
    ):
        assert address_faults(Path("connectors/new.py"), call) != [], call


@pytest.mark.parametrize(
    "address",
    [
        "http://www.zohoapis.com",
        "https://127.0.0.1",
        "https://2130706433",
        "https://0x7f.1",
        "https://[::1]",
        "https://localhost",
        "https://redis",
        "https://user@www.zohoapis.com",
        "https://www.zohoapis.com/x",
        "https://www.zohoapis.com?x",
        "https://www.zohoapis.com.",
        "https://017700000001",
        "https://www.zohoapis.com@10.0.0.1",
        "https://10.0.0.1:443",
        "https://ｗww.zohoapis.com",
        "https://www.zohoapis.com\n",
        "file:///etc/passwd",
    ],
)
def test_no_number_and_no_name_of_the_inside_is_a_data_centre_in_production(address: str) -> None:
    assert PUBLIC.fullmatch(address) is None


@pytest.mark.parametrize(
    "address",
    ["https://accounts.zoho.com.au", "https://www.zohoapis.eu", "https://accounts.zohocloud.ca:443"],
)
def test_zohos_own_are(address: str) -> None:
    assert PUBLIC.fullmatch(address)
