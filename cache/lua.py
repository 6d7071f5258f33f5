"""Lua scripts are files beside the store that runs them; a script may include fragments of its own package.

The head of each file lists KEYS and ARGV, what it answers, and the prefixes of keys that it builds itself.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

INCLUDE = re.compile(r"^-- include: ([a-z_]+)$", re.MULTILINE)


@cache
def load_script(package: str, name: str) -> str:
    """The text of `<name>.lua` in a package, each line `-- include: <fragment>` replaced by that file."""
    text = (files(package) / f"{name}.lua").read_text(encoding="utf-8")
    return INCLUDE.sub(lambda line: load_script(package, line[1]), text)
