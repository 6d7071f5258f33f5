"""Asks the sandbox everything it can answer, over HTTP, as an application with a grant of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from tests.servers.sandbox_server import SandboxServer

Record = dict[str, Any]
SCOPES = (
    "ZohoBooks.settings.ALL",
    "ZohoBooks.contacts.ALL",
    "ZohoBooks.estimates.ALL",
    "ZohoBooks.invoices.ALL",
    "ZohoBooks.customerpayments.ALL",
    "ZohoBooks.creditnotes.READ",
    "ZohoSubscriptions.settings.READ",
    "ZohoSubscriptions.subscriptions.READ",
    "ZohoSubscriptions.plans.READ",
    "ZohoSubscriptions.customers.READ",
    "ZohoSubscriptions.invoices.READ",
    "ZohoSubscriptions.hostedpages.ALL",
    "ZohoSubscriptions.webhooks.READ",
)
LISTS = {
    "contacts": ("/contacts", "contact_id", "status"),
    "estimates": ("/estimates", "estimate_id", "status"),
    "invoices": ("/invoices", "invoice_id", "status"),
    "customerpayments": ("/customerpayments", "payment_id", "payment_mode"),
    "recurring_invoices": ("/recurringinvoices", "recurring_invoice_id", "status"),
    "creditnotes": ("/creditnotes", "creditnote_id", "status"),
}
"""Key of the list → path, name of the id, and the field by which one row of each sort is looked at in
detail.
"""

BELOW = {
    "contacts": ("/address", "/comments", "/contactpersons", "/refunds"),
    "customerpayments": ("/refunds",),
    "estimates": ("/comments",),
    "invoices": ("/payments", "/creditsapplied", "/comments"),
}
WITH_PDF = ("estimates", "invoices", "customerpayments", "creditnotes")
WITH_BULK_PDF = {"estimates": "estimate_ids", "invoices": "invoice_ids"}


class Visitor:
    """One organisation, seen with one access token."""

    def __init__(self, http: requests.Session, origin: str, token: str, organization_id: str) -> None:
        self._http, self._base, self.organization_id = http, f"{origin}/books/v3", organization_id
        self._origin = origin
        self._headers = {"Authorization": f"Zoho-oauthtoken {token}"}

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, **params: Any
    ) -> requests.Response:
        query, all_headers = (
            {"organization_id": self.organization_id, **params},
            self._headers | (headers or {}),
        )
        return self._http.request(
            method, self._base + path, params=query, json=body, headers=all_headers, timeout=20
        )

    def billing(
        self, method: str, path: str, body: Any = None, organization_id: str | None = None, **params: Any
    ) -> requests.Response:
        """The same of Zoho Billing, which hears the organisation in a header; "" leaves it out (zoho.md
        2.1).
        """
        said = self.organization_id if organization_id is None else organization_id
        headers = self._headers | ({"X-com-zoho-subscriptions-organizationid": said} if said else {})
        return self._http.request(
            method, f"{self._origin}/billing/v1{path}", params=params, json=body, headers=headers, timeout=20
        )

    def use_page(self, url: str, form: dict[str, str]) -> None:
        """What a person does on one of Zoho's own pages; going back to the portal is not followed."""
        self._http.post(url, data=form, allow_redirects=False, timeout=20).raise_for_status()

    def with_token(self, token: str) -> Visitor:
        return Visitor(self._http, self._origin, token, self.organization_id)

    def set(self, **settings: Any) -> None:
        """Change this organisation's settings, by the sandbox's own control API."""
        wanted = {"organization_id": self.organization_id, **settings}
        self._http.post(f"{self._origin}/_sandbox/settings", json=wanted, timeout=20).raise_for_status()

    def get(self, path: str, **params: Any) -> Record:
        found: Record = self.ask("GET", path, **params).json()
        return found

    def rows(self, key: str, **params: Any) -> list[Record]:
        """A whole list, page by page."""
        path, rows, page = LISTS[key][0], [], 1
        while True:
            answer = self.get(path, page=page, per_page=200, **params)
            rows += answer[key]
            if not answer["page_context"]["has_more_page"]:
                return rows
            page += 1


def visitors(server: SandboxServer) -> Iterator[Visitor]:
    """One for each organisation, as the first of its people: a second one would spend the calls that its
    minute has.
    """
    met: set[str] = set()
    for dc, centre in server.data_centres.items():
        asked = {
            "scope": ",".join(SCOPES),
            "client_id": centre.client_id,
            "response_type": "code",
            "access_type": "offline",
            "redirect_uri": f"{server.portal}/merchant/zoho/callback",
            "prompt": "consent",
            "state": "contract",
        }
        page = server.http.get(f"{server.origin(dc)}/oauth/v2/auth", params=asked, timeout=20).text
        for person in re.findall(rf'value="({dc}:[^"]+)"', page):
            token = _token(server, dc, {**asked, "person": person, "decision": "allow"})
            seen = Visitor(server.http, server.origin(dc), token, "").get("/organizations")["organizations"]
            new = [record["organization_id"] for record in seen if record["organization_id"] not in met]
            met.update(new)
            yield from (
                Visitor(server.http, server.origin(dc), token, organization_id) for organization_id in new
            )


def _token(server: SandboxServer, dc: str, consent: dict[str, str]) -> str:
    back = server.http.post(
        f"{server.origin(dc)}/oauth/v2/auth", data=consent, allow_redirects=False, timeout=20
    )
    code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]
    centre = server.data_centres[dc]
    grant = server.http.post(
        f"{server.origin(dc)}/oauth/v2/token",
        timeout=20,
        data={
            "grant_type": "authorization_code",
            "client_id": centre.client_id,
            "client_secret": centre.client_secret,
            "redirect_uri": consent["redirect_uri"],
            "code": code,
        },
    )
    return str(grant.json()["access_token"])


def read_everything(visitor: Visitor) -> None:
    """Every list to its end, one document of each sort, what stands below it, and its PDF."""
    visitor.get(f"/organizations/{visitor.organization_id}")
    visitor.get("/users/me")
    for key, (path, id_name, sort) in LISTS.items():
        one_of_each = {row[sort]: row[id_name] for row in visitor.rows(key)}
        for found in one_of_each.values():
            visitor.ask("GET", f"{path}/{found}")
            for below in BELOW.get(key, ()):
                visitor.ask("GET", f"{path}/{found}{below}")
            if key == "contacts":
                persons = visitor.get(f"{path}/{found}/contactpersons")["contact_persons"]
                for person in persons[:1]:
                    visitor.ask("GET", f"{path}/{found}/contactpersons/{person['contact_person_id']}")
            if key in WITH_PDF:
                visitor.ask("GET", f"{path}/{found}", accept="pdf")
            if key in WITH_BULK_PDF:
                visitor.ask("GET", f"{path}/pdf", **{WITH_BULK_PDF[key]: found})


def read_refunds(visitor: Visitor) -> None:
    """Refunds of customers and payments that have some."""
    paid_back = next(
        (row["payment_id"] for row in visitor.rows("customerpayments") if row["bcy_refunded_amount"]), None
    )
    if paid_back:
        visitor.ask("GET", f"/customerpayments/{paid_back}/refunds", page=1, per_page=200)
        visitor.ask("GET", f"/customerpayments/{paid_back}")
    for note in visitor.rows("creditnotes", status="closed"):
        visitor.ask("GET", f"/contacts/{note['customer_id']}/refunds", page=1, per_page=200)


def write_everything(visitor: Visitor) -> None:
    """Each kind of change that succeeds."""
    estimates = visitor.rows("estimates", status="sent")
    for estimate, answer in zip(estimates, ("accepted", "declined"), strict=False):
        visitor.ask("POST", f"/estimates/{estimate['estimate_id']}/status/{answer}")
    first = estimates[0]["estimate_id"]
    visitor.ask(
        "POST", f"/estimates/{first}/comments", {"description": "Agreed.", "show_comment_to_clients": True}
    )
    visitor.ask("GET", f"/estimates/{first}/comments")
    visitor.ask(
        "POST", f"/estimates/{visitor.rows('estimates', status='draft')[0]['estimate_id']}/status/sent"
    )

    draft = visitor.rows("invoices", status="draft")[0]
    invoice = f"/invoices/{draft['invoice_id']}"
    visitor.ask("POST", f"{invoice}/comments", {"description": "Thank you."})
    for status in ("sent", "void", "draft", "sent"):
        visitor.ask("POST", f"{invoice}/status/{status}")
    part = {"invoice_id": draft["invoice_id"], "amount_applied": draft["balance"]}
    payment = {
        "customer_id": draft["customer_id"],
        "payment_mode": "banktransfer",
        "amount": draft["balance"],
        "date": draft["date"],
        "reference_number": "R-7K3M-9QXD",
        "invoices": [part],
    }
    visitor.ask("POST", "/customerpayments", payment)
    visitor.ask("GET", f"{invoice}/payments")
    _settle_invoices(visitor)
    _change_a_contact(visitor, draft["customer_id"])


def _settle_invoices(visitor: Visitor) -> None:
    """Credits, a write-off and its undoing, a payment by unique custom field, a merchant's files, a page to
    pay on.
    """
    owed = {row["customer_id"]: row for row in visitor.rows("invoices", status="sent")}
    note = next(row for row in visitor.rows("creditnotes", status="open") if row["customer_id"] in owed)
    spare = next(
        row for row in visitor.rows("customerpayments") if row["unused_amount"] and row["customer_id"] in owed
    )
    part = [{"creditnote_id": note["creditnote_id"], "amount_applied": 1}]
    path = f"/invoices/{owed[note['customer_id']]['invoice_id']}"
    visitor.ask("POST", f"{path}/credits", {"invoice_payments": [], "apply_creditnotes": part})
    visitor.ask("GET", f"{path}/creditsapplied")
    part = [{"payment_id": spare["payment_id"], "amount_applied": 1}]
    invoice = owed[spare["customer_id"]]
    path = f"/invoices/{invoice['invoice_id']}"
    visitor.ask("POST", f"{path}/credits", {"invoice_payments": part, "apply_creditnotes": []})
    visitor.set(unique_payment_field="cf_receipt")
    unique = {"X-Unique-Identifier-Key": "cf_receipt", "X-Unique-Identifier-Value": "R-1", "X-Upsert": "true"}
    applied = [{"invoice_id": invoice["invoice_id"], "amount_applied": 1}]
    paid = {"customer_id": invoice["customer_id"], "payment_mode": "cash", "amount": 1, "invoices": applied}
    for _ in ("made", "updated"):
        visitor.ask("PUT", "/customerpayments", paid, unique)
    for action in ("writeoff", "writeoff/cancel"):
        visitor.ask("POST", f"{path}/{action}")

    attached = next(row for row in visitor.rows("invoices") if row["has_attachment"])["invoice_id"]
    visitor.ask("GET", f"/invoices/{attached}/attachment")
    for document in visitor.get(f"/invoices/{attached}")["invoice"]["documents"]:
        one = f"/invoices/{attached}/documents/{document['document_id']}"
        visitor.ask("GET", one)
        visitor.ask("GET", one, responseformat="json")
    visitor.ask(
        "GET",
        "/share/paymentlink",
        transaction_id=attached,
        transaction_type="invoice",
        link_type="public",
        expiry_time="2099-12-31",
    )


def _change_a_contact(visitor: Visitor, contact_id: str) -> None:
    path = f"/contacts/{contact_id}"
    name = visitor.get(path)["contact"]["contact_name"]
    visitor.ask(
        "PUT",
        path,
        {"contact_name": name, "billing_address": {"attention": "Accounts", "city": "Pleasanton"}},
    )

    person = {
        "contact_id": contact_id,
        "first_name": "Robin",
        "last_name": "Marsh",
        "email": "robin@harbour.example",
    }
    new = visitor.ask("POST", "/contacts/contactpersons", person).json()["contact_person"]
    person_path = f"/contacts/contactpersons/{new['contact_person_id']}"
    visitor.ask("PUT", person_path, {**person, "designation": "Bookkeeper"})
    old = visitor.get(f"{path}/contactpersons")["contact_persons"][0]["contact_person_id"]
    visitor.ask("POST", f"{person_path}/primary")
    visitor.ask("POST", f"/contacts/contactpersons/{old}/primary")
    visitor.ask("DELETE", person_path)

    address = {
        "attention": "Store",
        "address": "4 Quay Road",
        "city": "Pleasanton",
        "zip": "94588",
        "country": "U.S.A",
    }
    made = visitor.ask("POST", f"{path}/address", address).json()["address_info"]
    visitor.ask("GET", f"{path}/address")
    visitor.ask("PUT", f"{path}/address/{made['address_id']}", {**address, "address_id": made["address_id"]})
    visitor.ask("DELETE", f"{path}/address/{made['address_id']}")


def be_refused_everything(visitor: Visitor) -> None:
    """Each kind of no: an unknown id, an answered estimate, a bad token, another's organisation, none, a
    limit.
    """
    for path, _, _ in LISTS.values():
        visitor.ask("GET", f"{path}/1")
    for status in ("invoiced", "draft"):
        for estimate in visitor.rows("estimates", status=status)[:1]:
            visitor.ask("POST", f"/estimates/{estimate['estimate_id']}/status/accepted")
            visitor.ask("POST", f"/estimates/{estimate['estimate_id']}/status/declined")
    visitor.ask("POST", "/customerpayments", {"customer_id": "1"})
    visitor.ask("GET", "/estimates", organization_id="1")
    visitor.ask("GET", "/estimates", organization_id=None)
    visitor.ask("GET", "/estimates", last_modified_time="yesterday")
    visitor.with_token("no-such-token").ask("GET", "/estimates")
    visitor.set(calls_per_minute=0)
    visitor.ask("GET", "/estimates")
