"""Two merchants, each with clients, and one client whose documents nobody else may see: the world for the
walls.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from flask import Flask
from werkzeug.test import TestResponse

from cache.records.accounts.merchants import Merchant
from cache.records.orders.order import Order, OrderKind, OrderState, OrderStep, new_order_id
from cache.records.orders.payment_batches import BatchPart
from cache.scope import CustomerScope
from gateway.web.csrf import FIELD, csrf_token
from gateway.web.services import EXTENSION
from gateway.web.sessions import cookie_name
from tests.gateway.sample_documents import (
    CUSTOMER,
    OTHER_CUSTOMER,
    PERSON,
    a_credit_note,
    a_customer,
    a_payment,
    a_recurring_invoice,
    an_estimate,
    an_invoice,
)
from tests.gateway.seeding import Seeding
from workers.services import Services

ORG, OTHER_ORG = "us-600123", "eu-700456"
ESTIMATE, INVOICE, PAYMENT, SUBSCRIPTION = (
    "46000000003001",
    "46000000004001",
    "46000000005001",
    "46000000006001",
)
CREDIT_NOTE = "46000000007001"
NORA_MARKERS = (
    "Northwind",
    "Spring refit",
    "EST-003001",
    "INV-004001",
    "PAY-005001",
    "CN-007001",
    "Winter berth",
    "Nora",
    "nora@",
)
"""Words that stand in Nora's documents and details, and nowhere else."""


@dataclass(frozen=True)
class Person:
    """Somebody's browser: the cookie of a session, "" for none."""

    app: Flask
    cookie: str

    def ask(
        self,
        method: str,
        path: str,
        form: dict[str, str] | None = None,
        *,
        headers: dict[str, str] | None = None,
        is_genuine: bool = True,
    ) -> TestResponse:
        """One request. What changes something carries a genuine token of this person's own session, if there
        is one and unless it shall not.
        """
        browser = self.app.test_client()
        fields = dict(form or {})
        if self.cookie:
            browser.set_cookie(self._cookie_name(), self.cookie)
            if is_genuine and method not in ("GET", "HEAD", "OPTIONS"):
                fields[FIELD] = self._token()
        return browser.open(path, method=method, data=fields or None, headers=headers)

    def _cookie_name(self) -> str:
        with self.app.test_request_context():
            return cookie_name()

    def _token(self) -> str:
        with self.app.test_request_context(headers={"Cookie": f"{self._cookie_name()}={self.cookie}"}):
            return csrf_token()


class TwoOrganisations:
    """Harbour Light with Nora (whose things are looked for) and Otto; Weber & Sohn with Bea."""

    def __init__(self, app: Flask) -> None:
        self.app, self.services = app, cast(Services, app.extensions[EXTENSION])
        seed = Seeding(self.services)
        seed.connect(ORG, connected_by="ada")
        seed.connect(OTHER_ORG, name="Weber & Sohn", connected_by="jonas")
        self._merchant("ada", "Ada Okafor", ORG)
        self._merchant("jonas", "Jonas Weber", OTHER_ORG)
        nora = seed.client(CUSTOMER, PERSON, email="nora@northwind.example", name="Nora West")
        otto = seed.client(
            OTHER_CUSTOMER, "46000000002002", email="otto@southgate.example", name="Otto South"
        )
        # Bea's customer has the same id in another organisation: only the organisation keeps the two apart.
        bea = seed.client(
            CUSTOMER, "46000000002003", email="bea@ostwerk.example", name="Bea Ost", org=OTHER_ORG
        )
        seed.has(
            a_customer(),
            an_estimate(ESTIMATE),
            an_invoice(INVOICE),
            a_payment(PAYMENT),
            a_recurring_invoice(SUBSCRIPTION),
        )
        seed.has(a_credit_note(CREDIT_NOTE))
        issued = (an_estimate(ESTIMATE), an_invoice(INVOICE), a_payment(PAYMENT), a_credit_note(CREDIT_NOTE))
        for kind, document in zip(("estimates", "invoices", "payments", "credit_notes"), issued, strict=True):
            self.services.pdfs.put(ORG, kind, document.id, document.version, b"%PDF-1.7 for Northwind")
        seed.has(a_customer(OTHER_CUSTOMER, name="Southgate", company_name="Southgate", persons=()))
        seed.has(a_customer(name="Ostwerk", company_name="Ostwerk", persons=()), org=OTHER_ORG)
        for org in (ORG, OTHER_ORG):
            seed.synced(org)
            # What is behind a switch must be there, or a wall in front of it proves nothing.
            seed.settings(org, may_apply_credit=True, may_share_links=True)
        self.seed, self._nora_id = seed, nora.id
        self.order = self._ask_something(nora.id)
        part = BatchPart(INVOICE, "INV-004001", "USD", Decimal("300.00"))
        self.batch_id = self.services.payment_batches.begin(CustomerScope(ORG, CUSTOMER), nora.id, [part]).id
        self.nobody = Person(app, "")
        self.nora = self._signed_in("client", nora.id, ORG)
        self.otto = self._signed_in("client", otto.id, ORG)
        self.bea = self._signed_in("client", bea.id, OTHER_ORG)
        self.ada = self._signed_in("merchant", "ada", "")
        self.jonas = self._signed_in("merchant", "jonas", "")

    def revoke_nora(self) -> None:
        """Her merchant takes her access away. Her sessions are still there."""
        self.seed.revoke(self._nora_id)

    def new_nora_session(self) -> Person:
        """Another session of hers."""
        return self._signed_in("client", self._nora_id, ORG)

    def _merchant(self, merchant_id: str, name: str, org: str) -> None:
        self.services.merchants.save(
            Merchant(
                id=merchant_id,
                zoho_user_id="1",
                dc=org[:2],
                name=name,
                email=f"{merchant_id}@x.example",
                orgs=(org,),
            )
        )

    def _ask_something(self, account_id: str) -> Order:
        now = dt.datetime.now(dt.UTC)
        order = Order(
            id=new_order_id(),
            org=ORG,
            kind=OrderKind.DECLINE_ESTIMATE,
            customer_id=CUSTOMER,
            account_id=account_id,
            person_name="Nora West",
            document_id="46000000003999",
            document_number="EST-003999",
            seen_version="",
            seen_digest="",
            seen_total=Decimal("10.00"),
            currency="USD",
            state=OrderState.RECORDED,
            steps=(OrderStep(at=now, state=OrderState.RECORDED, message="Recorded."),),
            recorded_at=now,
            next_at=now,
            not_after=now + dt.timedelta(days=3),
        )
        return self.services.orders.record(order, form_key="walls")

    def _signed_in(self, kind: str, subject: str, org: str) -> Person:
        cookie, _ = self.services.sessions.start(kind, subject, org)
        return Person(self.app, cookie)
