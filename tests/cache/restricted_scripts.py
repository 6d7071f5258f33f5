"""Runs every script as a user of Redis who may touch only what the script declares.

Declared are its KEYS and, after "Builds:" in its head, the keys that it makes from a prefix: `ARGV[1]*` or
`KEYS[1]:n`. Anything else is refused by Redis itself ("ACL failure in script").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import Any

from redis import Redis
from redis.commands.core import Script

BUILDS = re.compile(r"^-- Builds: (.+)$", re.MULTILINE)
PART = re.compile(r"(KEYS|ARGV)\[(\d+)\]")
SPECIAL = re.compile(r"([*?\[\]\\])")
NUMBERS = count()
"""One user per call, since several threads run scripts at once."""


def declared(text: str, keys: Sequence[str], args: Sequence[Any]) -> list[str]:
    """Patterns of ACL for one call of a script."""
    given = {"KEYS": [str(key) for key in keys], "ARGV": [str(value) for value in args]}
    patterns = [_literal(key) for key in given["KEYS"]]
    for line in BUILDS.findall(text):
        for built in line.split(", "):
            prefix, star = built.removesuffix("*"), "*" if built.endswith("*") else ""
            patterns.append(_literal(PART.sub(lambda part: given[part[1]][int(part[2]) - 1], prefix)) + star)
    return patterns


def run_restricted(script: Script, keys: Sequence[str], args: Sequence[Any], client: Redis) -> Any:
    """One call as that user. Raises redis' ResponseError when the script touches anything else."""
    patterns = (f"~{pattern}" for pattern in declared(script.script, keys, args))
    user = f"script-{next(NUMBERS)}"
    client.execute_command("ACL", "SETUSER", user, "reset", "on", "nopass", "+@all", *patterns)
    place = client.connection_pool.connection_kwargs
    try:
        with Redis(
            host=place.get("host", "127.0.0.1"),
            port=place["port"],
            username=user,
            password="",
            decode_responses=True,
        ) as restricted:
            return restricted.eval(script.script, len(keys), *keys, *args)
    finally:
        client.execute_command("ACL", "DELUSER", user)


def _literal(text: str) -> str:
    """A key as a pattern that matches it; ACL rules cannot hold spaces."""
    return re.sub(r"\s", "?", SPECIAL.sub(r"\\\1", text))
