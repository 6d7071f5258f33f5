"""Sends webhooks one after another from its own thread: what Zoho posts and how it signs it (zoho.md 6.2,
6.3).
"""

from __future__ import annotations

import hashlib
import heapq
import hmac
import http.client
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

TIMEOUT = 10.0
"""Seconds for the receiver to answer; Zoho's figure is not documented (zoho.md 6.4)."""

SIGNATURE = "X-Zoho-Webhook-Signature"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One post. form: json (raw body) or form (field JSONString). An empty secret means unsigned."""

    url: str
    form: str
    secret: str
    headers: Mapping[str, str]
    text: str
    entry: dict[str, Any]
    """Its entry in the log; `outcome`, `status` and `milliseconds` are filled in."""


def signature(secret: str, url: str, form: Mapping[str, str], raw_body: str) -> str:
    """HMAC-SHA256, hex: query and form parameters sorted by key, key and value joined without separators,
    then the raw body.
    """
    fields = [*parse_qsl(urlsplit(url).query, keep_blank_values=True), *form.items()]
    text = "".join(name + value for name, value in sorted(fields)) + raw_body
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


class DeliveryQueue:
    """Deliveries waiting for their send time."""

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._waiting: list[tuple[float, int, Delivery]] = []
        self._under_way = 0
        threading.Thread(target=self._run, name="webhooks", daemon=True).start()

    def send(self, delivery: Delivery, *, at: float, rank: int) -> None:
        """Send at a time of time.monotonic(); at equal times the lower rank goes first."""
        with self._ready:
            heapq.heappush(self._waiting, (at, rank, delivery))
            self._ready.notify()

    def waiting(self) -> int:
        """How many are not delivered yet."""
        with self._ready:
            return len(self._waiting) + self._under_way

    def clear(self) -> None:
        """Drop what was not sent yet."""
        with self._ready:
            self._waiting.clear()

    def _run(self) -> None:
        while True:
            delivery = self._next()
            started = time.monotonic()
            outcome = _post(delivery)
            delivery.entry.update(outcome, milliseconds=round((time.monotonic() - started) * 1000))
            with self._ready:
                self._under_way -= 1

    def _next(self) -> Delivery:
        with self._ready:
            while True:
                now = time.monotonic()
                if self._waiting and self._waiting[0][0] <= now:
                    self._under_way += 1
                    return heapq.heappop(self._waiting)[2]
                self._ready.wait(self._waiting[0][0] - now if self._waiting else None)


def _post(delivery: Delivery) -> dict[str, Any]:
    """The outcome as Zoho names it, and the receiver's status; 0 if there was none."""
    where = urlsplit(delivery.url)
    headers, body = _message(delivery)
    line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=TIMEOUT)
    try:
        line.request(
            "POST", (where.path or "/") + (f"?{where.query}" if where.query else ""), body.encode(), headers
        )
        status = line.getresponse().status
    except (OSError, http.client.HTTPException):
        return {"outcome": "failure", "status": 0}
    finally:
        line.close()
    return {"outcome": "success" if 200 <= status < 300 else "failure", "status": status}


def _message(delivery: Delivery) -> tuple[dict[str, str], str]:
    fields = {"JSONString": delivery.text} if delivery.form == "form" else {}
    raw = "" if fields else delivery.text
    kind = "application/x-www-form-urlencoded" if fields else "application/json"
    headers = {**delivery.headers, "Content-Type": kind, "User-Agent": "ZohoBooks"}
    if delivery.secret:
        headers[SIGNATURE] = signature(delivery.secret, delivery.url, fields, raw)
    return headers, urlencode(fields) if fields else raw
