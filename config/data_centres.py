"""Zoho's data centres and their hosts for accounts and API (zoho.md 1.1)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

BUILT_IN: Mapping[str, tuple[str, str, str]] = {
    "us": ("United States", "https://accounts.zoho.com", "https://www.zohoapis.com"),
    "eu": ("Europe", "https://accounts.zoho.eu", "https://www.zohoapis.eu"),
    "in": ("India", "https://accounts.zoho.in", "https://www.zohoapis.in"),
    "au": ("Australia", "https://accounts.zoho.com.au", "https://www.zohoapis.com.au"),
    "jp": ("Japan", "https://accounts.zoho.jp", "https://www.zohoapis.jp"),
    # Canada's accounts server is on zohocloud.ca; accounts.zoho.ca, seen in some third-party lists, is wrong.
    "ca": ("Canada", "https://accounts.zohocloud.ca", "https://www.zohoapis.ca"),
    "sa": ("Saudi Arabia", "https://accounts.zoho.sa", "https://www.zohoapis.sa"),
    "cn": ("China", "https://accounts.zoho.com.cn", "https://www.zohoapis.com.cn"),
    # Missing in the table of the Books documentation; public clients of other Zoho products use it.
    "uk": ("United Kingdom", "https://accounts.zoho.uk", "https://www.zohoapis.uk"),
}


CODE = re.compile(r"[a-z][a-z0-9]{1,9}")
"""A code becomes part of URLs and of variable names."""

ORIGIN = re.compile(r"https?://[a-z0-9]+(?:[.-]+[a-z0-9]+)*(?::[0-9]{1,5})?")
"""A scheme, a host and an optional port. No user name and no path: our calls start with it and send tokens
there.
"""

PUBLIC = re.compile(r"https://(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+[a-z][a-z0-9-]*(?::[0-9]{1,5})?")
"""The same, but with a public DNS name: no IP address in any spelling, no internal name."""


@dataclass(frozen=True, kw_only=True)
class Hosts:
    """The URLs of one data centre, without trailing slash. has_billing: whether Zoho offers Billing there."""

    name: str
    accounts_url: str
    api_url: str
    has_billing: bool = True


@dataclass(frozen=True, kw_only=True)
class DataCentre(Hosts):
    """One data centre and the client registered there."""

    code: str
    client_id: str
    client_secret: str = field(repr=False)


class DataCentreError(ValueError):
    """The table of data centres cannot be read; the text says why."""


def known_hosts(path: Path | None) -> dict[str, Hosts]:
    """Code → hosts: Zoho's own table, with the additions and overrides of the JSON file at `path`.

    The file looks like {"ae": {"name": "Emirates", "accounts_url": "https://…", "api_url": "https://…",
    "billing": false}}.
    """
    hosts = {
        code: Hosts(name=name, accounts_url=accounts, api_url=api)
        for code, (name, accounts, api) in BUILT_IN.items()
    }
    if path is None:
        return hosts
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        for code, entry in given.items():
            if not CODE.fullmatch(code):
                raise DataCentreError(
                    f'{path}: {code!r} is no code of a data centre (small letters and digits, as in "us")'
                )
            hosts[code] = _overridden(
                hosts.get(code, Hosts(name=code.upper(), accounts_url="", api_url="")), entry
            )
            if not all(
                ORIGIN.fullmatch(address) for address in (hosts[code].accounts_url, hosts[code].api_url)
            ):
                raise DataCentreError(
                    f"{path}: data centre {code!r} needs accounts_url and api_url: a scheme and a host alone"
                )
    except DataCentreError:
        raise
    except (OSError, ValueError, AttributeError) as fault:
        raise DataCentreError(f"the data centres in {path} cannot be read: {fault}") from fault
    return hosts


def _overridden(known: Hosts, entry: Mapping[str, object]) -> Hosts:
    """Fields missing in the file keep their known values."""
    billing = entry.get("billing", known.has_billing)
    if not isinstance(billing, bool):
        raise DataCentreError('"billing" of a data centre is true or false')
    return Hosts(
        name=str(entry.get("name", known.name)),
        accounts_url=str(entry.get("accounts_url", known.accounts_url)).rstrip("/"),
        api_url=str(entry.get("api_url", known.api_url)).rstrip("/"),
        has_billing=billing,
    )
