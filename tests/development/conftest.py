"""Port bases of one's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.development.dev_command import DevCommand
from tests.servers.running_product import a_free_base


@pytest.fixture
def dev() -> Iterator[DevCommand]:
    command = DevCommand(a_free_base())
    yield command
    command.clean()


@pytest.fixture
def other_dev() -> Iterator[DevCommand]:
    command = DevCommand(a_free_base())
    yield command
    command.clean()
