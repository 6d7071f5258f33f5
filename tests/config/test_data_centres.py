"""The table of data centres: Zoho's own, and what an operator adds without touching code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from config.data_centres import DataCentreError, Hosts, known_hosts

ZOHO_HOSTS = {
    "us": ("accounts.zoho.com", "www.zohoapis.com"),
    "eu": ("accounts.zoho.eu", "www.zohoapis.eu"),
    "in": ("accounts.zoho.in", "www.zohoapis.in"),
    "au": ("accounts.zoho.com.au", "www.zohoapis.com.au"),
    "jp": ("accounts.zoho.jp", "www.zohoapis.jp"),
    "ca": ("accounts.zohocloud.ca", "www.zohoapis.ca"),
    "sa": ("accounts.zoho.sa", "www.zohoapis.sa"),
    "cn": ("accounts.zoho.com.cn", "www.zohoapis.com.cn"),
    "uk": ("accounts.zoho.uk", "www.zohoapis.uk"),
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "data_centres.json"


@pytest.mark.parametrize("code", ZOHO_HOSTS)
def test_facts_1_1_every_data_centre_has_zohos_hosts(code: str) -> None:
    host = known_hosts(None)[code]
    assert (host.accounts_url, host.api_url) == tuple(f"https://{name}" for name in ZOHO_HOSTS[code])


def test_facts_1_1_there_is_no_other_data_centre_until_one_is_configured() -> None:
    assert known_hosts(None).keys() == ZOHO_HOSTS.keys()


def test_a_file_adds_one_and_leaves_the_others_alone(table: Path) -> None:
    added = {
        "name": "Emirates",
        "accounts_url": "https://accounts.zoho.ae/",
        "api_url": "https://www.zohoapis.ae",
        "billing": False,
    }
    table.write_text(json.dumps({"ae": added}), encoding="utf-8")
    hosts = known_hosts(table)
    assert hosts.pop("ae") == Hosts(
        name="Emirates",
        accounts_url="https://accounts.zoho.ae",
        api_url="https://www.zohoapis.ae",
        has_billing=False,
    )
    assert hosts == known_hosts(None)


def test_a_file_overrides_only_what_it_names(table: Path) -> None:
    table.write_text(
        json.dumps({"uk": {"billing": False}, "eu": {"api_url": "https://api.example"}}), encoding="utf-8"
    )
    hosts = known_hosts(table)
    assert (hosts["uk"].api_url, hosts["uk"].has_billing) == ("https://www.zohoapis.uk", False)
    assert (hosts["eu"].accounts_url, hosts["eu"].api_url, hosts["eu"].has_billing) == (
        "https://accounts.zoho.eu",
        "https://api.example",
        True,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"ae": {"name": "Emirates"}}', "needs accounts_url and api_url"),
        (
            '{"ae": {"accounts_url": "accounts.zoho.ae", "api_url": "https://www.zohoapis.ae"}}',
            "needs accounts_url and api_url",
        ),
        (
            '{"A/E": {"accounts_url": "https://a.example", "api_url": "https://b.example"}}',
            "is no code of a data centre",
        ),
        ('{"uk": {"billing": "no"}}', "true or false"),
        ('{"uk": 5}', "cannot be read"),
        ("[1]", "cannot be read"),
        ("{", "cannot be read"),
    ],
)
def test_a_file_that_is_wrong_says_how(table: Path, text: str, expected: str) -> None:
    table.write_text(text, encoding="utf-8")
    with pytest.raises(DataCentreError, match=expected):
        known_hosts(table)
