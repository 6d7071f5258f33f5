"""./dev up: the whole product on this machine with the sandbox as Zoho, in the foreground or background."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from development.environment import ensure_environment
from development.places import ROOT, Places
from development.plain_failure import PlainFailure
from development.running_copy import SUPERVISOR, is_ours, read_running
from development.starting import start_all
from development.stop_signals import StopAsked, StopSignals
from development.supervisor import Supervisor

LONGEST_START = 600.0
LONGEST_STOP = 120.0


def up(places: Places) -> int:
    """Start everything, run until Ctrl-C, stop everything. The exit code is 0 only after a requested stop."""
    ensure_environment("demo")
    refuse_second_copy(places)
    signals = StopSignals()
    supervisor = Supervisor(say, signals.held)
    try:
        # From here on SIGTERM unwinds this function, so that its children end in order.
        signals.listen()
        copy_file = start_all(places, supervisor, say)
        while True:
            supervisor.watch_once()
            copy_file.note(processes=supervisor.pids())
            time.sleep(0.5)
    except StopAsked:
        return 0
    finally:
        signals.ignore()
        _stop(places, supervisor)


def up_detached(places: Places) -> int:
    """Start a copy that outlives this terminal; returns when everything answers."""
    ensure_environment("demo")
    refuse_second_copy(places)
    places.logs.mkdir(parents=True, exist_ok=True)
    log = places.logs / "up.log"
    with log.open("wb") as opened:
        started = subprocess.Popen(
            [sys.executable, str(ROOT / "dev"), "up"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=opened,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        return _follow(started, log, places)
    except KeyboardInterrupt:
        _give_up(started)
        raise


def _follow(started: subprocess.Popen[bytes], log: Path, places: Places) -> int:
    """Print the background copy's output until it is ready (0) or has ended (not 0)."""
    end, shown = time.monotonic() + LONGEST_START, 0
    while time.monotonic() < end:
        ended, running = started.poll(), read_running(places)
        text = log.read_text(encoding="utf-8", errors="replace")
        say(text[shown:], end="")
        shown = len(text)
        if ended is not None:
            return ended or 1
        if running is not None and running.ready and running.supervisor == started.pid:
            say("  It goes on in the background: ./dev status, ./dev logs, ./dev down")
            return 0
        time.sleep(0.2)
    _give_up(started)
    raise PlainFailure(f"Foyer did not become ready within {LONGEST_START / 60:.0f} minutes; see {log}")


def refuse_second_copy(places: Places) -> None:
    """Raises PlainFailure if this port base's copy is already running."""
    running = read_running(places)
    if running is not None and is_ours(running.supervisor, SUPERVISOR):
        raise PlainFailure(
            f"Foyer is already running at {running.portal} (./dev status). Stop it with ./dev down."
        )


def say(message: str, *, end: str = "\n") -> None:
    """Print a line for the user. A closed terminal must not leave anything undone."""
    try:
        print(message, end=end, flush=True)
    except OSError:
        return


def _give_up(started: subprocess.Popen[bytes]) -> None:
    started.terminate()
    try:
        started.wait(LONGEST_STOP)
    except subprocess.TimeoutExpired:
        started.kill()


def _stop(places: Places, supervisor: Supervisor) -> None:
    if supervisor.pids():
        say("Stopping …")
        supervisor.stop()
        say("Everything has stopped.")
        places.running_file.unlink(missing_ok=True)
