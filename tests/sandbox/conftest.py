"""An application with a grant of its own, speaking to the sandbox as any client of Zoho would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.servers.sandbox_server import SandboxServer

ALL_SCOPES = (
    "ZohoBooks.settings.ALL,"
    "ZohoBooks.contacts.ALL,"
    "ZohoBooks.estimates.ALL,"
    "ZohoBooks.invoices.ALL,"
    "ZohoBooks.customerpayments.ALL,"
    "ZohoBooks.creditnotes.ALL"
)
ORGANISATIONS = {"us": "600123101", "eu": "200345601", "in": "600987301"}

BILLING_SCOPES = (
    "ZohoSubscriptions.settings.READ,"
    "ZohoSubscriptions.subscriptions.ALL,"
    "ZohoSubscriptions.plans.READ,"
    "ZohoSubscriptions.customers.ALL,"
    "ZohoSubscriptions.invoices.ALL,"
    "ZohoSubscriptions.hostedpages.ALL,"
    "ZohoSubscriptions.webhooks.READ"
)


class Visitor:
    """One application in one data centre: walks through consent, keeps its tokens, calls Books."""

    def __init__(self, sandbox: SandboxServer, dc: str = "us") -> None:
        self.sandbox, self.dc, self.origin = sandbox, dc, sandbox.origin(dc)
        self.organization_id = ORGANISATIONS[dc]
        self.redirect_uri = f"{sandbox.portal}/merchant/zoho/callback"
        self.http = requests.Session()
        self.access_token = self.refresh_token = ""

    def asked(self, **changes: str) -> dict[str, str]:
        """The parameters of a consent request."""
        return {
            "scope": ALL_SCOPES,
            "client_id": f"foyer-sandbox-{self.dc}",
            "response_type": "code",
            "redirect_uri": self.redirect_uri,
            "access_type": "offline",
            "prompt": "consent",
            "state": "a-state",
        } | changes

    def decide(self, decision: str = "allow", person: str = "", **changes: str) -> dict[str, str]:
        """Press a button on the consent page; what the callback would be told."""
        page = self.http.get(f"{self.origin}/oauth/v2/auth", params=self.asked(**changes), timeout=10)
        assert page.status_code == 200, page.text
        chosen = person or re.findall(rf'value="({self.dc}:\d+)"', page.text)[0]
        data = self.asked(**changes) | {"person": chosen, "decision": decision}
        answer = self.http.post(f"{self.origin}/oauth/v2/auth", data=data, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        assert answer.headers["Location"].startswith(f"{self.redirect_uri}?")
        return {
            name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()
        }

    def token(self, **data: str) -> requests.Response:
        """Ask the token endpoint."""
        client = {"client_id": f"foyer-sandbox-{self.dc}", "client_secret": f"sandbox-secret-{self.dc}"}
        return self.http.post(f"{self.origin}/oauth/v2/token", data=client | data, timeout=10)

    def exchange(self, code: str, **data: str) -> dict[str, Any]:
        return self.token(
            grant_type="authorization_code", code=code, redirect_uri=self.redirect_uri, **data
        ).json()

    def refresh(self) -> requests.Response:
        return self.token(grant_type="refresh_token", refresh_token=self.refresh_token)

    def connect(self, **changes: str) -> Visitor:
        """The whole flow."""
        grant = self.exchange(self.decide(**changes)["code"])
        self.access_token, self.refresh_token = grant["access_token"], grant.get("refresh_token", "")
        return self

    def call(
        self,
        method: str,
        path: str,
        *,
        organization_id: str | None = None,
        body: Any = None,
        headers: dict[str, str] | None = None,
        **query: Any,
    ) -> requests.Response:
        """One Books call; organization_id="" leaves it out."""
        org = self.organization_id if organization_id is None else organization_id
        return self.http.request(
            method,
            f"{self.origin}/books/v3{path}",
            params=({"organization_id": org} if org else {}) | query,
            json=body,
            timeout=30,
            headers={"Authorization": f"Zoho-oauthtoken {self.access_token}"} | (headers or {}),
        )

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """A read that must succeed."""
        answer = self.call("GET", path, **query)
        assert answer.status_code == 200 and answer.json()["code"] == 0, answer.text
        return answer.json()

    def first(self, kind: str, **query: Any) -> dict[str, Any]:
        """The first row of a list."""
        return self.get(f"/{kind}", **query)[kind][0]

    def control(self, method: str, path: str, **body: Any) -> Any:
        """The control API; the body as JSON."""
        answer = self.http.request(method, f"{self.origin}/_sandbox/{path}", json=body or None, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def settings(self, **settings: Any) -> None:
        self.control("POST", "settings", organization_id=self.organization_id, **settings)

    def move_clock(self, seconds: float) -> None:
        self.control("POST", "clock", seconds=seconds)


class BillingVisitor:
    """The same application, speaking to Billing; the organisation goes into the header."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor

    def call(
        self, method: str, path: str, *, organisation: str | None = None, body: Any = None, **query: Any
    ) -> requests.Response:
        """One call; organisation="" leaves the header out."""
        org = self.visitor.organization_id if organisation is None else organisation
        headers = {"Authorization": f"Zoho-oauthtoken {self.visitor.access_token}"}
        return self.visitor.http.request(
            method,
            f"{self.visitor.origin}/billing/v1{path}",
            params=query,
            json=body,
            timeout=30,
            headers=headers | ({"X-com-zoho-subscriptions-organizationid": org} if org else {}),
        )

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """A read that must succeed."""
        answer = self.call("GET", path, **query)
        assert answer.status_code == 200 and answer.json()["code"] == 0, answer.text
        return answer.json()

    def customer(self, name: str) -> dict[str, Any]:
        """The contact of Books with that name."""
        return self.visitor.first("contacts", contact_name=name)


@pytest.fixture
def billing_type() -> type[BillingVisitor]:
    """For tests with a visitor of another data centre."""
    return BillingVisitor


@pytest.fixture
def billing(stranger: Visitor) -> BillingVisitor:
    """Connected to Harbour Light Studio with every scope of Books and Billing."""
    return BillingVisitor(stranger.connect(scope=f"{ALL_SCOPES},{BILLING_SCOPES}"))


@pytest.fixture
def visitor_type() -> type[Visitor]:
    """For tests that start a sandbox of their own."""
    return Visitor


@pytest.fixture
def stranger(sandbox: SandboxServer) -> Iterator[Visitor]:
    """An application of the US data centre without a grant."""
    visitor = Visitor(sandbox)
    yield visitor
    visitor.http.close()


@pytest.fixture
def zoho(stranger: Visitor) -> Visitor:
    """The same, connected to Harbour Light Studio with every scope."""
    return stranger.connect()


@pytest.fixture
def german(sandbox: SandboxServer) -> Iterator[Visitor]:
    """One connected to Weber & Sohn in the EU."""
    visitor = Visitor(sandbox, "eu").connect()
    yield visitor
    visitor.http.close()
