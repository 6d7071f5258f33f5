"""A merchant who does anything at any time to a small organisation, and what is true in Zoho afterwards."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from tests.servers.sandbox_server import SandboxServer


class MerchantSimulator:
    """Every move is over HTTP; a move that is impossible just now is none. `changed`: (kind, id) of what a
    webhook would tell.
    """

    def __init__(self, sandbox: SandboxServer, org: str) -> None:
        self.origin, self.organization_id = sandbox.origin(org.partition("-")[0]), org.partition("-")[2]
        self.http = sandbox.http
        self.changed: list[tuple[str, str]] = []

    def truth(self, kind: str) -> dict[str, dict[str, Any]]:
        """Id → document as Zoho's details have it; vendors are none of ours."""
        narrow = {"organization_id": self.organization_id, "kind": kind}
        found: dict[str, dict[str, Any]] = self._ask("GET", "state", params=narrow)["organisations"][
            self.organization_id
        ][kind]
        return {item: body for item, body in found.items() if body.get("contact_type") != "vendor"}

    def pick(self, kind: str, number: int, *statuses: str) -> str:
        """Some document of the kind, in one of the statuses if any are named; "" when there is none."""
        found = sorted(
            item for item, body in self.truth(kind).items() if not statuses or body["status"] in statuses
        )
        return found[number % len(found)] if found else ""

    def creates(self, kind: str, number: int, days: int) -> None:
        """kind: estimates or invoices. A new one, sent to the customer, that ends after so many days."""
        customer = self.pick("contacts", number)
        if not customer:
            return
        today = self.today()
        end = "expiry_date" if kind == "estimates" else "due_date"
        form = {"customer_id": customer, "date": str(today), end: str(today + dt.timedelta(days=days))}
        place = self._page(
            f"{kind}/new",
            form | {"line-1-name": "Sail", "line-1-quantity": "1", "line-1-rate": str(number % 900 + 1)},
        )
        self.does(kind, place.rpartition("/")[2], "sent")

    def does(self, kind: str, document_id: str, action: str) -> None:
        if document_id:
            self._page(f"{kind}/{document_id}/{action}", {}, may_refuse=True)
            self.changed.append((kind, document_id))

    def rewrites(self, kind: str, document_id: str, text: str) -> None:
        """Another line and another price; a declined estimate becomes a draft again and is sent."""
        if not document_id:
            return
        now = self.truth(kind)[document_id]
        ends = {name: now[name] for name in ("expiry_date", "due_date") if name in now}
        line = {"line-1-name": text, "line-1-quantity": "2", "line-1-rate": "31.50"}
        form = {"date": now["date"], **ends, "reference_number": text, **line}
        self._page(f"{kind}/{document_id}/edit", form, may_refuse=True)
        self.does(kind, document_id, "sent")

    def books_payment(self, invoice_id: str, share: float) -> None:
        balance = float(self.truth("invoices")[invoice_id]["balance"]) if invoice_id else 0.0
        if balance > 0:
            form = {
                "amount": f"{max(0.01, balance * share):.2f}",
                "date": str(self.today()),
                "payment_mode": "cash",
            }
            self._page(f"invoices/{invoice_id}/payments/new", form, may_refuse=True)
            self.changed.append(("invoices", invoice_id))

    def deletes(self, kind: str, document_id: str) -> None:
        """Zoho deletes no invoice that was paid or credited."""
        payments = self.truth("payments").values() if kind == "invoices" else ()
        settled = {part["invoice_id"] for payment in payments for part in payment["invoices"]}
        if document_id and document_id not in settled:
            narrow = {"organization_id": self.organization_id, "kind": kind, "id": document_id}
            self._ask("DELETE", "documents", params=narrow)
            self.changed.append((kind, document_id))

    def waits(self, seconds: float) -> None:
        self._ask("POST", "clock", json={"seconds": seconds})

    def sets(self, **settings: Any) -> None:
        self._ask("POST", "settings", json={"organization_id": self.organization_id, **settings})

    def today(self) -> dt.date:
        return dt.datetime.fromisoformat(self._ask("GET", "clock")["now"].replace("Z", "+00:00")).date()

    def starts(self, *, invoices: int, customers: int, estimates: int) -> None:
        """Fills the empty organisation."""
        made = {
            "organization_id": self.organization_id,
            "invoices": invoices,
            "customers": customers,
            "seed": 3,
        }
        self._ask("POST", "generate", json=made)
        for number in range(estimates):
            self.creates("estimates", number, 10 + number)
        self.changed.clear()

    def _page(self, path: str, form: dict[str, str], *, may_refuse: bool = False) -> str:
        """Where the page leads to."""
        address = f"{self.origin}/app/{self.organization_id}/{path}"
        answer = self.http.post(address, data=form, timeout=10, allow_redirects=False)
        assert answer.status_code == 303 or (may_refuse and 400 <= answer.status_code < 500), answer.text
        return answer.headers.get("Location", "")

    def _ask(self, method: str, path: str, **how: Any) -> Any:
        answer = self.http.request(method, f"{self.origin}/_sandbox/{path}", timeout=10, **how)
        answer.raise_for_status()
        return json.loads(answer.text, parse_float=Decimal)
