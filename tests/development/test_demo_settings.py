"""What the product's processes are told by ./dev."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import load_settings
from development.demo_settings import QUICK, settings_of
from development.places import Places

REAL_CLIENT = {"FOYER_ZOHO_CLIENT_ID": "1000.AN-ID", "FOYER_ZOHO_CLIENT_SECRET": "a-secret"}


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setattr("development.places.ROOT", tmp_path)
    return Places(12_000)


def told(places: Places, **environ: str) -> dict[str, str]:
    return settings_of(
        places, environ, records_url="redis://127.0.0.1:12001/0", copies_url="redis://127.0.0.1:12002/0"
    )


def test_the_product_can_start_with_them_and_knows_the_sandbox_as_zoho(places: Places) -> None:
    settings = load_settings(told(places))
    assert settings.environment == "development"
    assert settings.portal_url == "http://127.0.0.1:12000"
    assert {code: centre.accounts_url for code, centre in settings.data_centres.items()} == {
        "us": "http://127.0.0.1:12010",
        "eu": "http://127.0.0.1:12011",
        "in": "http://127.0.0.1:12012",
    }
    assert (settings.sync_interval, settings.order_settle) == (15, 5)


def test_zoho_itself_is_never_asked_at_the_demos_pace(places: Places) -> None:
    environ = told(places, **REAL_CLIENT)
    assert not QUICK.keys() & environ.keys()
    settings = load_settings(environ)
    assert (settings.sync_interval, settings.order_settle) == (300, 120)
    assert settings.data_centres["us"].accounts_url == "https://accounts.zoho.com"
    assert "FOYER_DATA_CENTRES" not in environ


def test_what_the_person_has_set_wins_except_for_the_port(places: Places) -> None:
    environ = told(places, FOYER_SYNC_INTERVAL="60", FOYER_MAIL_FROM="", PORT="3000")
    assert environ["FOYER_SYNC_INTERVAL"] == "60"
    assert environ["FOYER_MAIL_FROM"] == "portal@foyer.example"
    assert environ["PORT"] == "12000"


def test_the_sealing_key_is_made_once_for_this_copy_and_read_by_its_owner_only(places: Places) -> None:
    key = told(places)["FOYER_SEALING_KEYS"]
    assert told(places)["FOYER_SEALING_KEYS"] == key
    assert (places.folder / "sealing.key").stat().st_mode & 0o777 == 0o600
    assert settings_of(Places(12_100), {}, records_url="r", copies_url="c")["FOYER_SEALING_KEYS"] != key
