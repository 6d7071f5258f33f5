"""Webhooks: which organisation has one, what each change triggers, and the log of deliveries (zoho.md 6)."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from sandbox.billing.events import event_body
from sandbox.refusals import Refused, not_found
from sandbox.webhook_delivery import Delivery, DeliveryQueue
from sandbox.webhook_payloads import MODULES, owner_of, payload
from sandbox.world import Organisation, Record, World

FORMS = ("json", "form")
MODES = ("prompt", "late", "twice", "shuffled", "never")
"""late: after `delay`; twice: at once and again after `delay`; shuffled: what arrives within `delay` is sent
in reverse order.
"""
DEFAULTS: Record = {
    "form": "json",
    "mode": "prompt",
    "secret": "",
    "delay": 1.0,
    "headers": {},
    "modules": list(MODULES.values()),
}
BILLING_EVENT = "billing_event"
ANNOUNCED_KINDS = (*MODULES.values(), BILLING_EVENT)
SECRET = re.compile(r"[A-Za-z0-9]{12,50}")
LONGEST = 10_000
"""Log entries kept."""


def read_hook(body: Record) -> Record:
    """One webhook from the control API. Raises Refused for what Zoho or the sandbox would not accept."""
    hook: Record = {**DEFAULTS, **body}
    strange = sorted(set(hook) - {"url", *DEFAULTS})
    where = urlsplit(str(hook.get("url", "")))
    if strange or where.scheme != "http" or where.hostname not in ("127.0.0.1", "localhost"):
        raise Refused(4, f"A webhook needs url = http://127.0.0.1:port/…, and may have {', '.join(DEFAULTS)}")
    if (
        hook["form"] not in FORMS
        or hook["mode"] not in MODES
        or not set(hook["modules"]) <= set(ANNOUNCED_KINDS)
    ):
        raise Refused(
            4,
            (
                f"form = {' | '.join(FORMS)}; mode = {' | '.join(MODES)}; modules from "
                f"{', '.join(ANNOUNCED_KINDS)}"
            ),
        )
    if hook["secret"] and not SECRET.fullmatch(str(hook["secret"])):
        raise Refused(4, "A secret has 12 to 50 letters and digits")
    hook["delay"] = float(hook["delay"])
    return hook


class Webhooks:
    """Turns changes into deliveries. Called while holding the world's lock; never waits for a receiver."""

    def __init__(self, world: World, origins: dict[str, str]) -> None:
        self._world, self._origins, self._delivery_queue = world, origins, DeliveryQueue()
        self._lock = threading.Lock()
        self._log: deque[dict[str, Any]] = deque(maxlen=LONGEST)
        self._sent: dict[int, Delivery] = {}
        self._windows: dict[str, float] = {}
        self._last = 0

    def announce_changes(self) -> None:
        """Queue a delivery for every record changed since the last time, once each, in order of first change.

        Then for Billing's events, which have webhooks of their own (zoho.md 6.5).
        """
        for record in {id(item): item for item in self._world.take_modified()}.values():
            found = owner_of(self._world, record)
            if found is not None and found[1].webhook:
                centre, organisation, kind = found
                body = payload(self._world, organisation, kind, record, self._origins[centre.code])
                self.announce(
                    organisation, MODULES[kind], next(iter(body.values()))[f"{MODULES[kind]}_id"], body
                )
        for organisation, event in self._world.take_happened():
            self.announce(organisation, BILLING_EVENT, event["event_id"], event_body(organisation, event))

    def announce(self, organisation: Organisation, module: str, key: str, body: Record) -> None:
        """Send one body to the organisation's URL, according to its mode."""
        hook = organisation.webhook
        if not hook or module not in hook["modules"]:
            return
        text, now = json.dumps(body, ensure_ascii=False), time.monotonic()
        moments = {"late": (now + hook["delay"],), "twice": (now, now + hook["delay"])}.get(
            hook["mode"], (now,)
        )
        if hook["mode"] == "shuffled":
            window = self._windows.get(organisation.id, 0.0)
            self._windows[organisation.id] = window = window if window > now else now + hook["delay"]
            moments = (window,)
        for moment in moments:
            self._send(organisation, module, key, text, moment)

    def resend(self, number: int) -> None:
        """Repeat a delivery of the log, as a merchant can from Zoho's history. Raises Refused for an unknown
        one.
        """
        with self._lock:
            sent = self._sent.get(number)
        if sent is None:
            raise not_found()
        self._deliver(
            replace(sent, entry=self._entry({**sent.entry, "outcome": "scheduled", "status": 0})),
            time.monotonic(),
            0,
        )

    def log(self, since: int = 0) -> list[dict[str, Any]]:
        """Deliveries after that number: n, organization_id, module, id, mode, outcome scheduled | success |
        failure | skipped.
        """
        with self._lock:
            return [dict(record) for record in self._log if record["n"] > since]

    def waiting(self) -> int:
        """How many deliveries are still to come."""
        return self._delivery_queue.waiting()

    def clear(self) -> None:
        """Drop all pending and logged deliveries."""
        self._delivery_queue.clear()
        with self._lock:
            self._log.clear()
            self._sent.clear()
            self._windows.clear()
            self._last = 0

    def _send(self, organisation: Organisation, module: str, key: str, text: str, moment: float) -> None:
        hook = organisation.webhook
        outcome = "skipped" if hook["mode"] == "never" else "scheduled"
        fields = {
            "organization_id": organisation.id,
            "module": module,
            "id": key,
            "mode": hook["mode"],
            "signed": bool(hook["secret"]),
        }
        entry = self._entry(
            {**fields, "form": hook["form"], "outcome": outcome, "status": 0, "milliseconds": 0}
        )
        if outcome == "scheduled":
            delivery = Delivery(
                url=hook["url"],
                form=hook["form"],
                secret=hook["secret"],
                headers=hook["headers"],
                text=text,
                entry=entry,
            )
            self._deliver(delivery, moment, -entry["n"] if hook["mode"] == "shuffled" else entry["n"])

    def _entry(self, fields: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            self._last += 1
            entry = {**fields, "n": self._last, "at": self._world.clock.now().isoformat()}
            self._log.append(entry)
            return entry

    def _deliver(self, delivery: Delivery, moment: float, rank: int) -> None:
        with self._lock:
            self._sent[delivery.entry["n"]] = delivery
            self._sent.pop(delivery.entry["n"] - LONGEST, None)
        self._delivery_queue.send(delivery, at=moment, rank=rank)
