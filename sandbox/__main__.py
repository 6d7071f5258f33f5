"""`python -m sandbox`: the stand-in Zoho, three data centres in one process on loopback."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from sandbox import snapshot
from sandbox.application import create_application
from sandbox.call_log import CallLog
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.limits import Limits
from sandbox.runtime import Runtime
from sandbox.seed.build import CENTRES, SeedBox
from sandbox.server import LOOPBACK, LoopbackServer
from sandbox.webhooks import Webhooks
from sandbox.world import World

MAY_RUN_IN = ("development", "test")
"""The default environment is production, as for the portal."""


def main(arguments: list[str]) -> int:
    """Serve until SIGTERM or SIGINT, then write the snapshot. Returns the exit status."""
    asked = _read(arguments)
    if os.environ.get("FOYER_ENVIRONMENT") not in MAY_RUN_IN:
        sys.stderr.write(
            "The sandbox has no passwords. It runs only where FOYER_ENVIRONMENT is development or test.\n"
        )
        return 2
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    seeds = SeedBox(asked.seed)
    world = snapshot.load(asked.state, asked.seed) or _new_world(seeds)
    origins = {dc: f"http://{asked.host}:{port}" for dc, port in asked.ports.items()}
    runtime = Runtime(
        world=world,
        seeds=seeds,
        origins=origins,
        redirect_addresses=tuple(
            f"{portal.rstrip('/')}/merchant/zoho/callback" for portal in asked.portal.split(",")
        ),
        calls=CallLog(),
        faults=Faults(),
        limits=Limits(world.clock),
        webhooks=Webhooks(world, origins),
    )
    try:
        servers = [
            LoopbackServer(asked.host, port, create_application(runtime, dc))
            for dc, port in asked.ports.items()
        ]
    except (OSError, ValueError) as problem:
        sys.stderr.write(
            f"The sandbox cannot listen on {asked.host}, ports {sorted(asked.ports.values())}: {problem}\n"
        )
        return 1
    writer = snapshot.SnapshotWriter(world, asked.state, asked.seed)
    writer.start()
    for server in servers:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    sys.stdout.write(
        f"Zoho Books, sandbox: {', '.join(f'{runtime.origins[dc]}/app/' for dc in asked.ports)}\n"
    )
    sys.stdout.flush()
    ending.wait()
    for server in servers:
        server.shutdown()
    writer.stop()
    return 0


def _new_world(seeds: SeedBox) -> World:
    clock = Clock()
    return World(seeds.fresh(clock), clock)


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument(
        "--ports", type=_ports, default="us=8610,eu=8611,in=8612", help="data centre = port, comma separated"
    )
    parser.add_argument(
        "--portal",
        default="http://127.0.0.1:8600",
        help="the portal's address; its callback is the registered redirect address",
    )
    parser.add_argument("--state", type=Path, default=Path("var/sandbox.json"), help="snapshot file")
    parser.add_argument("--seed", type=int, default=7, help="number from which all documents follow")
    parser.add_argument("--host", default=LOOPBACK, help="nothing but 127.0.0.1 is accepted")
    return parser.parse_args(arguments)


def _ports(text: str) -> dict[str, int]:
    """us=8610,eu=8611,in=8612 as a mapping; all three data centres are required."""
    try:
        ports = {
            name.strip(): int(port) for name, _, port in (part.partition("=") for part in text.split(","))
        }
    except ValueError:
        raise argparse.ArgumentTypeError("write it like us=8610,eu=8611,in=8612") from None
    if set(ports) != set(CENTRES):
        raise argparse.ArgumentTypeError(f"name exactly the data centres {', '.join(CENTRES)}")
    return ports


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
