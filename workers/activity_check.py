"""`python -m workers.activity_check [organisation …]`: is the chain of the activity whole? Names the first broken entry."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cache.redis_connections import StoreUnavailable, store_errors
from config.settings import SettingsError, load_settings
from workers.job_setup import Resources, build_resources


def check(desk: Resources, orgs: Sequence[str]) -> list[str]:
    """One line for each organisation whose chain is broken. orgs: all known ones if none is named."""
    broken = []
    for org in orgs or sorted(desk.connections.orgs()):
        place = desk.activity.first_broken(org)
        if place is not None:
            broken.append(f"{org}: entry {place} was changed, taken out or put in")
    return broken


def main(arguments: Sequence[str]) -> int:
    """0: whole. 1: broken, told on the error output. 2: could not look."""
    try:
        desk = build_resources(load_settings(os.environ))
        with store_errors():
            broken = check(desk, arguments)
    except (SettingsError, StoreUnavailable) as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    for line in broken:
        sys.stderr.write(f"{line}\n")
    if not broken:
        sys.stdout.write("Every chain is whole.\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
