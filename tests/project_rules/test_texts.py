"""Nothing in the tree belongs to one machine, to one registry or to somebody's vault, and nothing is half
done.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project_rules.project_files import text_files, text_of
from tests.project_rules.text_rules import (
    machine_path_faults,
    registry_faults,
    secret_faults,
    unfinished_faults,
)

Rule = Callable[[Path, str], list[str]]
RULES = (registry_faults, machine_path_faults, secret_faults, unfinished_faults)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_file_of_ours_holds_it(rule: Rule) -> None:
    assert [fault for path in text_files() for fault in rule(path, text_of(path))] == []


RANDOM_KEY = base64.urlsafe_b64encode(bytes(range(150, 182))).decode()
READABLE_KEY = base64.urlsafe_b64encode(b"only for development on loopback").decode()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (registry_faults, "index-url = https://" + "py" + "pi.org/simple"),
        (registry_faults, "https://files.python" + "hosted.org/packages/x.whl"),
        (registry_faults, "resolved: https://registry.np" + "mjs.org/x"),
        (machine_path_faults, "cd /wo" + "rk/here"),
        (machine_path_faults, "open('/ro" + "ot/.ssh/id')"),
        (machine_path_faults, "PATH=/ho" + "me/ada/bin"),
        (secret_faults, "-----BEGIN RSA PRIVATE" + " KEY-----"),
        (secret_faults, "refresh = '1000." + "0a" * 16 + "." + "1b" * 16 + "'"),
        (secret_faults, f'SEALING_KEY = "{RANDOM_KEY}"'),
        (secret_faults, "client_sec" + "ret = 'q7Zr2Kx9Lw4Tn8Vb1Yc6Hd3Mf5'"),
        (unfinished_faults, "# TO" + "DO: later"),
        (unfinished_faults, "raise NotImplemented" + "Error"),
        (unfinished_faults, "@pytest.mark.sk" + "ip"),
        (unfinished_faults, "pytest.importorsk" + "ip('x')"),
        (unfinished_faults, "@pytest.mark.xf" + "ail"),
    ],
)
def test_the_rule_catches(rule: Rule, text: str) -> None:
    assert rule(Path("cache/keys.py"), f"first line\n{text}\n") != []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (registry_faults, "pip install foyer"),
        (
            machine_path_faults,
            "/usr/bin/chromium, teamwork/works, /workers/x, {root}/x, https://x.example/roots",
        ),
        (secret_faults, f'SEALING_KEY = "{READABLE_KEY}"'),
        (secret_faults, 'client_secret = f"sandbox-secret-{dc}"'),
        (unfinished_faults, "skipped = rows_to_skip(page)"),
    ],
)
def test_the_rule_lets_the_right_way_pass(rule: Rule, text: str) -> None:
    assert rule(Path("cache/keys.py"), text) == []


def test_the_one_permitted_place_may_leave_out_one_test_and_no_more() -> None:
    once = "pytest.sk" + "ip('no files')\n"
    place = Path("tests/contract/test_shapes_are_current.py")
    assert unfinished_faults(place, once) == []
    assert unfinished_faults(place, once * 2) != []
    assert unfinished_faults(Path("tests/contract/test_answers.py"), once) != []
