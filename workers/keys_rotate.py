"""`python -m workers.keys_rotate`: seal every secret anew with the first of FOYER_SEALING_KEYS, while everything runs."""

from __future__ import annotations

import os
import sys

from cache.redis_connections import StoreUnavailable, open_redis, store_errors
from cache.resealing import reseal_records
from cache.sealing import Seal
from config.settings import SettingsError, load_settings


def main() -> int:
    """0: everything is sealed with the first key. 1: something is sealed with a key that is not there. 2: could not look."""
    try:
        settings = load_settings(os.environ)
        with store_errors():
            done = reseal_records(open_redis(settings).records, Seal(settings.sealing_keys))
    except (SettingsError, StoreUnavailable) as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    sys.stdout.write(f"{done.renewed} secrets were sealed anew with the first key.\n")
    for key in done.broken:
        sys.stderr.write(f"No key opens what is sealed in {key}.\n")
    return 1 if done.broken else 0


if __name__ == "__main__":
    sys.exit(main())
