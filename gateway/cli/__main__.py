"""`python -m gateway.cli …`, with the environment of a web process."""

from __future__ import annotations

from gateway.cli.foyer import foyer

if __name__ == "__main__":
    foyer()
