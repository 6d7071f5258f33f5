"""Zoho's data centres: where each one's accounts server and API live (FACTS 1.1)."""

from __future__ import annotations

import json
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
    # Not in the table of the Books documentation; public clients of other Zoho products use it.
    "uk": ("United Kingdom", "https://accounts.zoho.uk", "https://www.zohoapis.uk"),
}


@dataclass(frozen=True, kw_only=True)
class DataCentre:
    """One data centre and the client that is registered there. Addresses carry no trailing slash."""

    code: str
    name: str
    accounts_url: str
    api_url: str
    client_id: str
    client_secret: str = field(repr=False)


class DataCentreError(ValueError):
    """The table of data centres cannot be read; the text says why in plain words."""


def known_hosts(path: Path | None) -> dict[str, tuple[str, str, str]]:
    """Code → (name, accounts address, API address): Zoho's own table, with what the JSON file at `path` adds or overrides.

    The file looks like {"us": {"name": "United States", "accounts_url": "https://…", "api_url": "https://…"}}.
    """
    hosts = dict(BUILT_IN)
    if path is None:
        return hosts
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        for code, entry in given.items():
            known = hosts.get(code, (code.upper(), "", ""))
            name = str(entry.get("name", known[0]))
            accounts, api = str(entry.get("accounts_url", known[1])), str(entry.get("api_url", known[2]))
            if not (accounts.startswith(("https://", "http://")) and api.startswith(("https://", "http://"))):
                raise DataCentreError(f"{path}: data centre {code!r} needs accounts_url and api_url")
            hosts[code] = (name, accounts.rstrip("/"), api.rstrip("/"))
    except (OSError, ValueError, AttributeError) as fault:
        raise DataCentreError(f"the data centres in {path} cannot be read: {fault}") from fault
    return hosts
