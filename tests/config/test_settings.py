"""Settings: whole or not at all, every fault named at once, nothing for play in production."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from config.settings import SettingsError, load_settings

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
WHOLE = {
    "FOYER_ENVIRONMENT": "production",
    "FOYER_PORTAL_URL": "https://portal.example.com/",
    "REDIS_URL": "redis://r",
    "CACHE_REDIS_URL": "redis://c",
    "FOYER_SEALING_KEYS": KEY,
    "FOYER_ZOHO_CLIENT_ID": "1000.ABC",
    "FOYER_ZOHO_CLIENT_SECRET": "a-real-one",
    "FOYER_MAIL_FROM": "p@example.com",
    "FOYER_SMTP_URL": "smtp://mail.example.com:587",
}


def faults(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as refusal:
        load_settings(environ)
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def test_a_whole_environment_becomes_settings_that_cannot_be_changed() -> None:
    settings = load_settings(WHOLE)
    assert (
        settings.portal_url == "https://portal.example.com" and settings.is_https and settings.is_production
    )
    assert set(settings.data_centres) == {"us", "eu", "in", "au", "jp", "ca", "sa", "cn", "uk"}
    with pytest.raises(AttributeError):
        settings.portal_url = "http://elsewhere"  # type: ignore[misc]


def test_every_missing_variable_is_named_at_once() -> None:
    expected = faults({})
    for name in (
        "FOYER_PORTAL_URL",
        "REDIS_URL",
        "CACHE_REDIS_URL",
        "FOYER_SEALING_KEYS",
        "FOYER_ZOHO_CLIENT_ID",
        "FOYER_MAIL_FROM",
    ):
        assert name in expected


@pytest.mark.parametrize("missing", sorted(set(WHOLE) - {"FOYER_ENVIRONMENT"}))
def test_half_a_configuration_does_not_start(missing: str) -> None:
    expected = faults({name: value for name, value in WHOLE.items() if name != missing})
    assert missing in expected or "needs both an id and a secret" in expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"FOYER_ENVIRONMENT": "prod"}, "FOYER_ENVIRONMENT must be one of"),
        ({"FOYER_PORTAL_URL": "http://portal.example.com"}, "https"),
        ({"FOYER_PORTAL_URL": "http://127.0.0.1:8600"}, "https in production"),
        ({"FOYER_SEALING_KEYS": "short"}, "Fernet"),
        ({"FOYER_SEALING_KEYS": f"{KEY},short"}, "Fernet"),
        ({"FOYER_ZOHO_CLIENT_SECRET": "sandbox-secret-us"}, "sandbox"),
        ({"FOYER_ORDER_LEASE": "soon"}, "FOYER_ORDER_LEASE must be a number"),
        ({"FOYER_ORDER_LEASE": "0"}, "FOYER_ORDER_LEASE must be at least 1"),
        ({"FOYER_ZOHO_READ_TIMEOUT": "inf"}, "FOYER_ZOHO_READ_TIMEOUT must be a number"),
        ({"FOYER_ORDER_LEASE": "1.5"}, "FOYER_ORDER_LEASE must be a number, not '1.5'"),
        ({"FOYER_METRICS_ADDRESS": "8605"}, "FOYER_METRICS_ADDRESS must be host:port"),
        ({"FOYER_ZOHO_READ_TIMEOUT": "-1"}, "FOYER_ZOHO_READ_TIMEOUT must be at least"),
        ({"FOYER_MAIL_DELIVERY": "pigeon"}, "FOYER_MAIL_DELIVERY must be one of"),
        ({"FOYER_LOG_LEVEL": "loud"}, "FOYER_LOG_LEVEL must be one of"),
        ({"FOYER_SESSION_IDLE": "7200", "FOYER_SESSION_LIFE": "3600"}, "idle for longer than it lives"),
        ({"FOYER_MERCHANT_SESSION_IDLE": "30"}, "must be at least 60"),
    ],
)
def test_what_cannot_be_is_refused_in_words(changes: dict[str, str], expected: str) -> None:
    assert expected in faults(WHOLE | changes)


def test_faults_of_every_sort_are_named_together() -> None:
    named = faults(WHOLE | {"REDIS_URL": "", "FOYER_ORDER_LEASE": "soon", "FOYER_SMTP_URL": " "})
    assert named == (
        "Foyer cannot start: REDIS_URL is missing; FOYER_ORDER_LEASE must be a number, not 'soon'; "
        "FOYER_SMTP_URL is missing (mail delivery is smtp). See config/environment.example."
    )


def test_a_blank_variable_is_unset_and_spaces_around_a_value_do_not_count() -> None:
    settings = load_settings(WHOLE | {"FOYER_ORDER_LEASE": " ", "FOYER_SYNC_INTERVAL": " 60 "})
    assert (settings.order_lease, settings.sync_interval) == (60, 60)


def test_plain_http_is_for_loopback_in_development_only() -> None:
    development = WHOLE | {"FOYER_ENVIRONMENT": "development", "FOYER_PORTAL_URL": "http://127.0.0.1:8600"}
    assert not load_settings(development).is_https
    assert "https" in faults(development | {"FOYER_PORTAL_URL": "http://portal.example.com"})


def test_a_data_centre_may_have_a_client_of_its_own() -> None:
    settings = load_settings(
        WHOLE | {"FOYER_ZOHO_CLIENT_ID_EU": "1000.EU", "FOYER_ZOHO_CLIENT_SECRET_EU": "eu-secret"}
    )
    assert settings.data_centres["eu"].client_secret == "eu-secret"
    assert settings.data_centres["us"].client_secret == "a-real-one"


def test_only_data_centres_with_a_client_are_offered() -> None:
    environ = {name: value for name, value in WHOLE.items() if "ZOHO_CLIENT" not in name}
    settings = load_settings(
        environ | {"FOYER_ZOHO_CLIENT_ID_EU": "1000.EU", "FOYER_ZOHO_CLIENT_SECRET_EU": "eu-secret"}
    )
    assert set(settings.data_centres) == {"eu"}


def test_a_data_centre_is_added_without_code(tmp_path: Path) -> None:
    file = tmp_path / "data_centres.json"
    file.write_text(
        json.dumps(
            {
                "ae": {
                    "name": "Emirates",
                    "accounts_url": "https://accounts.zoho.ae/",
                    "api_url": "https://www.zohoapis.ae",
                }
            }
        )
    )
    settings = load_settings(WHOLE | {"FOYER_DATA_CENTRES": str(file)})
    assert settings.data_centres["ae"].accounts_url == "https://accounts.zoho.ae"
    assert settings.data_centres["ca"].accounts_url == "https://accounts.zohocloud.ca"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{not json", '{"ae": {}}', '{"ae": {"accounts_url": "ftp://x", "api_url": "https://y"}}'],
)
def test_a_table_of_data_centres_that_cannot_be_read_stops_the_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "data_centres.json"
    file.write_text(text)
    assert str(file) in faults(WHOLE | {"FOYER_DATA_CENTRES": str(file)})


def test_plain_http_to_zoho_is_refused_in_production(tmp_path: Path) -> None:
    file = tmp_path / "data_centres.json"
    file.write_text(
        json.dumps({"us": {"accounts_url": "http://127.0.0.1:1", "api_url": "http://127.0.0.1:1"}})
    )
    assert "https in production" in faults(WHOLE | {"FOYER_DATA_CENTRES": str(file)})


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    printed = repr(load_settings(WHOLE))
    assert "a-real-one" not in printed and KEY not in printed and "redis://" not in printed
