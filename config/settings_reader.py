"""Reads environment variables with environs; each field of the settings names its variable by a kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from environs import Env, EnvValidationError, validate

ADDRESS = re.compile(r"[A-Za-z0-9.\-]+:[0-9]{1,5}\Z")
NOT_SET = "Environment variable not set."
"""What environs says about a variable without a value and without a default."""

NOT_A_NUMBER = {
    "invalid": "must be a number, not {input!r}",
    "too_large": "must be a smaller number",
    "special": "must be a number, and not an infinite one",
}

Read = Callable[["SettingsReader", Any], Any]
"""Takes the reader and the default, an Ellipsis if there is none; returns None after a fault."""


class SettingsReader(Env):
    """Reads the variables of a mapping. Blank ones are unset; spaces around a value do not count. Faults are
    collected instead of stopping at the first.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        super().__init__(eager=False)
        self._variables = variables

    def _get_value(self, env_key: str, default: Any) -> Any:
        # Where environs' own FileAwareEnv looks elsewhere as well: there is no public way.
        return self._variables.get(env_key, "").strip() or default

    def faults(self) -> list[str]:
        """Each fault as "NAME is missing" or "NAME must be …". Nothing can be read afterwards."""
        try:
            self.seal()
        except EnvValidationError as error:
            messages: Any = error.error_messages
            return [
                f"{name} {'is missing' if fault == NOT_SET else fault}"
                for name, faults in messages.items()
                for fault in faults
            ]
        return []


def text(name: str) -> dict[str, Read]:
    return {"read": lambda env, default: env.str(name, default)}


def url(name: str) -> dict[str, Read]:
    """Without slashes at its end."""
    return {"read": lambda env, default: (env.str(name, default) or "").rstrip("/")}


def path(name: str) -> dict[str, Read]:
    return {"read": lambda env, default: env.path(name, default)}


def texts(name: str) -> dict[str, Read]:
    """Separated by commas."""
    return {"read": lambda env, default: _split(env.str(name, default))}


def whole(name: str, *, at_least: int) -> dict[str, Read]:
    return {
        "read": lambda env, default: env.int(
            name, default, validate=_minimum(at_least), error_messages=NOT_A_NUMBER
        )
    }


def decimal(name: str, *, at_least: float) -> dict[str, Read]:
    return {
        "read": lambda env, default: env.float(
            name, default, validate=_minimum(at_least), error_messages=NOT_A_NUMBER
        )
    }


def choice(name: str, allowed: tuple[str, ...]) -> dict[str, Read]:
    is_allowed = validate.OneOf(allowed, error="must be one of {choices}, not {input!r}")
    return {"read": lambda env, default: env.str(name, default, validate=is_allowed)}


def address(name: str) -> dict[str, Read]:
    """host:port."""
    is_address = validate.Regexp(
        ADDRESS, error="must be host:port, for example 127.0.0.1:8605, not {input!r}"
    )
    return {"read": lambda env, default: env.str(name, default, validate=is_address)}


def _split(value: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").split(",") if part.strip())


def _minimum(at_least: float) -> validate.Range:
    return validate.Range(min=at_least, error="must be at least {min:g}")
