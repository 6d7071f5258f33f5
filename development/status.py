"""./dev status: what runs and on which ports, for people or (--json) for programs."""

from __future__ import annotations

import json

from development.down import left_running
from development.http_probe import body_of
from development.places import Places
from development.running_copy import SUPERVISOR, RunningCopy, is_ours, read_running


def status(places: Places, *, as_json: bool) -> int:
    """Exit code 0 when everything runs and answers, 1 otherwise."""
    running = read_running(places)
    if running is None or not is_ours(running.supervisor, SUPERVISOR):
        print(json.dumps({"running": False}) if as_json else _not_running(running))
        return 1
    if as_json:
        print(json.dumps({"running": True, **running.as_dict()}, indent=1))
        return 0 if running.ready else 1
    print(f"Foyer is {'running' if running.ready else 'starting'} at {running.portal}")
    print(f"  merchants sign in at {running.merchant_sign_in}")
    if running.sandbox:
        print(f"  the Zoho sandbox is at {running.sandbox}")
    for record in running.sign_ins:
        print(f"  {record['role']}: {record['how']}")
    for name, pid in running.processes.items():
        print(f"  {name:<8} process {pid}")
    print(f"  /readyz says {body_of(f'{places.portal}/readyz').strip() or 'nothing'}")
    return 0 if running.ready else 1


def _not_running(running: RunningCopy | None) -> str:
    left = left_running(running) if running is not None else []
    if left:
        return (
            f"Foyer is not running, but these of its processes are left: {', '.join(left)}. End "
            f"them with ./dev down."
        )
    return "Foyer is not running. Start it with ./dev up."
