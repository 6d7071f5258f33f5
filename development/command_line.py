"""The subcommands of ./dev."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from development.auditing import audit
from development.checking import bench, check, lock, operations, screenshots, test, translations
from development.down import down
from development.logs import logs
from development.places import places
from development.plain_failure import PlainFailure
from development.status import status
from development.up import up, up_detached


def main(arguments: list[str]) -> int:
    """Run one command; known failures print one clear line to standard error and exit with 1."""
    if arguments[:1] == [
        "test"
    ]:  # everything behind it is pytest's, also what argparse would take for its own
        return _plainly(lambda: test(arguments[1:]))
    asked = _parser().parse_args(arguments)
    run: dict[str, Callable[[], int]] = {
        "up": lambda: up_detached(places()) if asked.detach else up(places()),
        "down": lambda: down(places()),
        "status": lambda: status(places(), as_json=asked.json),
        "logs": lambda: logs(places(), asked.name, follow=asked.follow),
        "check": check,
        "audit": lambda: audit(must=asked.must),
        "lock": lock,
        "operations": operations,
        "screenshots": screenshots,
        "translations": translations,
        "bench": lambda: bench(asked.names),
    }
    return _plainly(run[asked.command])


def _plainly(command: Callable[[], int]) -> int:
    try:
        return command()
    except PlainFailure as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./dev", description="Foyer for developers. FOYER_PORT_BASE moves all ports (default 8600)."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    starting = commands.add_parser("up", help="run the whole product here, with the Zoho sandbox")
    starting.add_argument(
        "--detach", action="store_true", help="go on in the background; return when everything answers"
    )
    commands.add_parser("down", help="stop it")
    telling = commands.add_parser("status", help="what runs where")
    telling.add_argument("--json", action="store_true", help="for programs")
    reading = commands.add_parser("logs", help="what the processes wrote")
    reading.add_argument(
        "name", nargs="?", help="web, push, pull, mail, clock, sandbox, records, copies or up"
    )
    reading.add_argument("-f", "--follow", action="store_true", help="and go on")
    commands.add_parser("test", help="run the tests: --quick, --for FILE, or arguments of pytest")
    commands.add_parser("check", help="lint and types")
    auditing = commands.add_parser("audit", help="ask whether weaknesses of the pinned packages are known")
    auditing.add_argument(
        "--must", action="store_true", help="fail where it cannot be asked, as a release should"
    )
    commands.add_parser("lock", help="pin the requirements again")
    commands.add_parser("operations", help="regenerate docs/zoho-operations.md")
    commands.add_parser("translations", help="update the translations from the code")
    commands.add_parser(
        "screenshots", help="take a picture of every page into var/screenshots, and those of the README again"
    )
    benching = commands.add_parser("bench", help="run the benchmarks")
    benching.add_argument("names", nargs="*", help="which ones; all if none is named")
    return parser
