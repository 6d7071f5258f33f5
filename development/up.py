"""./dev up: the whole product on this machine, with the sandbox as Zoho."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType

from development.demo_settings import settings_of, uses_real_zoho
from development.demo_visitor import DemoFailure, prepare_demo
from development.environment import ensure_environment
from development.http_look import answers, body_of
from development.places import PYTHON, ROOT, Places
from development.plain_failure import PlainFailure
from development.plans import ports_of, product_plans, redis_plans, sandbox_plan
from development.ports import refuse_busy_ports
from development.running_copy import RunningCopy, is_ours, read_running
from development.supervisor import Plan, Supervisor

LONGEST_START = 600.0
READY_PATIENCE = 60.0


class StopAsked(Exception):
    """Ctrl-C, or ./dev down."""


def up(places: Places) -> int:
    """Start everything, keep it running until Ctrl-C, stop everything. The exit code is 0 only after a clean stop."""
    ensure_environment("demo")
    refuse_second_copy(places)
    supervisor = Supervisor(say)
    # From here on a polite end unwinds this function, so that its children end in order.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_asked)
    try:
        _start_all(places, supervisor)
        while True:
            supervisor.watch_once()
            _note(places, supervisor, ready=True)
            time.sleep(0.5)
    except StopAsked:
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        say("Stopping …")
        supervisor.stop()
        places.running_file.unlink(missing_ok=True)
        say("Everything has stopped.")


def up_detached(places: Places) -> int:
    """Start a copy that outlives this terminal; returns when everything answers."""
    ensure_environment("demo")
    refuse_second_copy(places)
    places.logs.mkdir(parents=True, exist_ok=True)
    log = places.logs / "up.log"
    log.write_bytes(b"")
    with log.open("ab") as opened:
        started = subprocess.Popen(
            [sys.executable, str(ROOT / "dev"), "up"], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=opened, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    end, shown = time.monotonic() + LONGEST_START, 0
    while time.monotonic() < end:
        ended, running = started.poll(), read_running(places)
        text = log.read_text(encoding="utf-8", errors="replace")
        print(text[shown:], end="", flush=True)
        shown = len(text)
        if ended is not None:
            return ended or 1
        if running is not None and running.ready and running.supervisor == started.pid:
            print("  It goes on in the background: ./dev status, ./dev logs, ./dev down", flush=True)
            return 0
        time.sleep(0.2)
    started.terminate()
    raise PlainFailure(f"Foyer did not become ready within {LONGEST_START / 60:.0f} minutes; see {log}")


def refuse_second_copy(places: Places) -> None:
    running = read_running(places)
    if running is not None and is_ours(running.supervisor, "dev"):
        raise PlainFailure(f"Foyer is already running at {places.portal} (./dev status). Stop it with ./dev down.")


def say(words: str) -> None:
    print(words, flush=True)


def _start_all(places: Places, supervisor: Supervisor) -> None:
    servers, records_url, copies_url = redis_plans(places, os.environ)
    settings = settings_of(places, os.environ, records_url=records_url, copies_url=copies_url)
    sandbox = [] if uses_real_zoho(os.environ) else [sandbox_plan(places)]
    product = product_plans(places, settings)
    refuse_busy_ports(ports_of([*servers, *sandbox, *product], places), places)
    _check_settings(settings)
    _start(supervisor, servers, "Redis (records and copies)", places)
    _start(supervisor, sandbox, "the Zoho sandbox, with its seed", places)
    _start(supervisor, product, "workers, clock and web server", places)
    supervisor.wait_for("/readyz", lambda: answers(f"{places.portal}/readyz"), READY_PATIENCE)
    sign_ins: list[dict[str, str]] = []
    if sandbox:
        say("Preparing the demo: Ada connects her organisation and invites Lena and Omar …")
        try:
            sign_ins = prepare_demo(places)
        except DemoFailure as failure:
            raise PlainFailure(f"The demo could not be prepared: {failure}") from failure
    _tell(places, sign_ins, with_sandbox=bool(sandbox))
    _note(places, supervisor, ready=True, sign_ins=sign_ins)


def _start(supervisor: Supervisor, plans: list[Plan], words: str, places: Places) -> None:
    if plans:
        say(f"Starting {words} …")
    for plan in plans:
        supervisor.start(plan)
        _note(places, supervisor, ready=False)


def _check_settings(settings: dict[str, str]) -> None:
    """Half a configuration is refused before anything runs, in the product's own words."""
    program = "import os, sys; from config.settings import SettingsError, load_settings\n"
    program += "try: load_settings(os.environ)\nexcept SettingsError as fault: sys.exit(str(fault))"
    asked = subprocess.run([str(PYTHON), "-c", program], cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        raise PlainFailure(asked.stderr.strip().splitlines()[-1] if asked.stderr.strip() else "the settings could not be read")


def _note(places: Places, supervisor: Supervisor, *, ready: bool, sign_ins: list[dict[str, str]] | None = None) -> None:
    before = read_running(places)
    if sign_ins is None:
        sign_ins = before.sign_ins if before is not None and before.supervisor == os.getpid() else []
    running = RunningCopy(
        supervisor=os.getpid(), ready=ready, processes=supervisor.pids(), portal=f"{places.portal}/",
        merchant_sign_in=f"{places.portal}/merchant", sandbox=f"{places.sandbox()}/app/", sign_ins=sign_ins,
    )  # fmt: skip
    if running != before:
        running.write(places)


def _tell(places: Places, sign_ins: list[dict[str, str]], *, with_sandbox: bool) -> None:
    say("")
    say(f"  Foyer is running.      {places.portal}/")
    say(f"  Merchants sign in at   {places.portal}/merchant")
    if with_sandbox:
        say(f"  The Zoho sandbox       {places.sandbox()}/app/")
    for one in sign_ins:
        say(f"  {one['role']:<22} {one['how']}")
    say("")
    say("  Ctrl-C, or ./dev down, stops everything.")


def _stop_asked(_number: int, _frame: FrameType | None) -> None:
    raise StopAsked


def readiness_words(places: Places) -> str:
    """What the portal itself says is missing; "" when nothing answers."""
    return body_of(f"{places.portal}/readyz")
