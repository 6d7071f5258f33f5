"""The order of a start: all checks first, then Redis, the sandbox, the product and the demo."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable

from development.demo import prepare_demo
from development.demo_settings import settings_of, uses_real_zoho
from development.demo_visitor import DemoFailure
from development.http_probe import answers, body_of
from development.places import PYTHON, ROOT, Places
from development.plain_failure import PlainFailure
from development.plans import ports_of, product_plans, redis_plans, sandbox_plan
from development.ports import refuse_busy_ports
from development.running_copy import RunningCopy, RunningCopyFile
from development.supervisor import Plan, Supervisor

READY_TIMEOUT = 180.0
"""Seconds. A process that ends is reported at once; this is for one that hangs, on a machine that may be
busy.
"""

READ_SETTINGS = """
import os, sys
from config.settings import SettingsError, load_settings
try:
    load_settings(os.environ)
except SettingsError as fault:
    sys.exit(str(fault))
"""


def start_all(places: Places, supervisor: Supervisor, say: Callable[[str], None]) -> RunningCopyFile:
    """Returns when everything answers and the demo is ready. Raises PlainFailure."""
    servers, records_url, copies_url = redis_plans(places, os.environ)
    settings = settings_of(places, os.environ, records_url=records_url, copies_url=copies_url)
    sandbox = [] if uses_real_zoho(os.environ) else [sandbox_plan(places)]
    product = product_plans(places, settings)
    refuse_busy_ports(ports_of([*servers, *sandbox, *product], places), places)
    _refuse_half_settings(settings)

    portal = settings["FOYER_PORTAL_URL"].rstrip("/")
    copy = RunningCopy(
        supervisor=os.getpid(),
        portal=f"{portal}/",
        merchant_sign_in=f"{portal}/merchant",
        sandbox=f"{places.sandbox()}/app/" if sandbox else "",
    )
    copy_file = RunningCopyFile(places, copy)
    _start(supervisor, servers, "Starting Redis (records and copies) …", copy_file, say)
    _start(supervisor, sandbox, "Starting the Zoho sandbox, with its seed …", copy_file, say)
    _start(supervisor, product, "Starting workers, clock and web server …", copy_file, say)
    _wait_until_ready(places, supervisor)
    sign_ins = _demo(places, supervisor, say) if sandbox else []
    _tell(copy, sign_ins, say)
    copy_file.note(ready=True, sign_ins=sign_ins)
    return copy_file


def _start(
    supervisor: Supervisor,
    plans: list[Plan],
    message: str,
    copy_file: RunningCopyFile,
    say: Callable[[str], None],
) -> None:
    if plans:
        say(message)
    for plan in plans:
        try:
            supervisor.start(plan)
        finally:
            copy_file.note(processes=supervisor.pids())


def _wait_until_ready(places: Places, supervisor: Supervisor) -> None:
    address = f"{places.portal}/readyz"
    try:
        supervisor.wait_for(
            lambda: answers(address),
            READY_TIMEOUT,
            f"The portal was not ready within {READY_TIMEOUT:.0f} s",
        )
    except PlainFailure as failure:
        supervisor.refuse_ended()
        raise PlainFailure(
            f"{failure}: {address} says {body_of(address).strip() or 'nothing'}; logs: {places.logs}"
        ) from failure


def _demo(places: Places, supervisor: Supervisor, say: Callable[[str], None]) -> list[dict[str, str]]:
    say("Preparing the demo: Ada connects her organisation and invites Lena and Omar …")
    try:
        return prepare_demo(places, say)
    except DemoFailure as failure:
        supervisor.refuse_ended()
        raise PlainFailure(f"The demo could not be prepared: {failure}. Logs: {places.logs}") from failure


def _refuse_half_settings(settings: dict[str, str]) -> None:
    """Reject an incomplete configuration before anything runs, with the product's own error."""
    asked = subprocess.run(
        [str(PYTHON), "-c", READ_SETTINGS],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode != 0:
        message = asked.stderr.strip().splitlines()
        raise PlainFailure(message[-1] if message else "The settings could not be read.")


def _tell(copy: RunningCopy, sign_ins: list[dict[str, str]], say: Callable[[str], None]) -> None:
    say("")
    say(f"  Foyer is running.      {copy.portal}")
    say(f"  Merchants sign in at   {copy.merchant_sign_in}")
    if copy.sandbox:
        say(f"  The Zoho sandbox       {copy.sandbox}")
    for record in sign_ins:
        say(f"  {record['role']:<22} {record['how']}")
    say("")
    say("  Ctrl-C, or ./dev down, stops everything.")
