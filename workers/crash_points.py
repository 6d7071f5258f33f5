"""Named steps of a delivery at which a test may kill the worker, like a power failure. Does nothing without
its switch.
"""

from __future__ import annotations

import os
import signal

SWITCH = "FOYER_CRASH_AT"
"""`after_post` kills the process at this step; `after_post+parent` kills its worker too, as when a host dies.
"""

ALLOWED_IN = ("development", "test")

DELIVERY_STEPS = (
    "before_claim",
    "after_claim",
    "after_fetch",
    "after_note_sending",
    "after_post",
    "after_read_back",
    "after_confirm",
)
"""The steps of delivering one order to Zoho, in order."""


def reached(name: str) -> None:
    """Kill this process if the switch names this step. Nothing is cleaned up or flushed."""
    step, _, who = os.environ.get(SWITCH, "").partition("+")
    if step != name or os.environ.get("FOYER_ENVIRONMENT") not in ALLOWED_IN:
        return
    if who == "parent":
        os.kill(os.getppid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
