"""Settings: read from the environment once into one frozen object. A faulty configuration stops the start and
lists all faults.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from config.data_centres import PUBLIC, DataCentre, DataCentreError, known_hosts

T = TypeVar("T")

ENVIRONMENTS = ("development", "production", "test")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SANDBOX_SECRET = "sandbox-secret-"  # noqa: S105 - what the sandbox's made-up secrets begin with; production refuses them


ADDRESS = re.compile(r"[A-Za-z0-9.\-]+:[0-9]{1,5}")


class SettingsError(Exception):
    """The configuration is incomplete or wrong; the text is one line that names every fault."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The operator's settings. Durations are in seconds; URLs have no trailing slash."""

    environment: str
    portal_url: str
    redis_url: str = field(repr=False)
    cache_redis_url: str = field(repr=False)
    sealing_keys: tuple[str, ...] = field(repr=False)
    data_centres: Mapping[str, DataCentre]
    zoho_connect_timeout: float = 3.0
    zoho_read_timeout: float = 20.0
    zoho_calls_per_minute: int = 95
    zoho_billing_calls_per_minute: int = 28
    zoho_calls_at_once: int = 4
    zoho_calls_per_day: int = 1000
    order_lease: int = 60
    order_settle: int = 120
    order_time_limit: int = 72 * 3600
    order_sweep: int = 5
    sync_interval: int = 300
    page_time_budget: float = 2.5
    session_idle: int = 3600
    session_life: int = 24 * 3600
    merchant_session_idle: int = 4 * 3600
    merchant_session_life: int = 24 * 3600
    mail_delivery: str = "folder"
    mail_folder: Path = Path("var/mails")
    mail_from: str = ""
    invitations_per_minute: int = 300
    smtp_url: str = field(default="", repr=False)
    log_level: str = "INFO"
    trusted_proxies: int = 0
    metrics_address: str = ""

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def is_https(self) -> bool:
        return self.portal_url.startswith("https://")


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ` (names: config/environment.example). Raises SettingsError."""
    reader = _Reader(environ)
    environment = reader.choice("FOYER_ENVIRONMENT", ENVIRONMENTS, "production")
    settings = Settings(
        environment=environment,
        portal_url=reader.text("FOYER_PORTAL_URL").rstrip("/"),
        redis_url=reader.text("REDIS_URL"),
        cache_redis_url=reader.text("CACHE_REDIS_URL"),
        sealing_keys=tuple(
            key.strip() for key in reader.text("FOYER_SEALING_KEYS").split(",") if key.strip()
        ),
        data_centres=_data_centres(reader, environ),
        zoho_read_timeout=reader.number("FOYER_ZOHO_READ_TIMEOUT", float, 20.0, at_least=0.1),
        zoho_calls_per_day=reader.number("FOYER_ZOHO_CALLS_PER_DAY", int, 1000, at_least=1),
        zoho_calls_per_minute=reader.number("FOYER_ZOHO_CALLS_PER_MINUTE", int, 95, at_least=1),
        zoho_billing_calls_per_minute=reader.number(
            "FOYER_ZOHO_BILLING_CALLS_PER_MINUTE", int, 28, at_least=1
        ),
        zoho_calls_at_once=reader.number("FOYER_ZOHO_CALLS_AT_ONCE", int, 4, at_least=1),
        order_lease=reader.number("FOYER_ORDER_LEASE", int, 60, at_least=1),
        order_settle=reader.number("FOYER_ORDER_SETTLE", int, 120, at_least=0),
        order_sweep=reader.number("FOYER_ORDER_SWEEP", int, 5, at_least=1),
        sync_interval=reader.number("FOYER_SYNC_INTERVAL", int, 300, at_least=1),
        session_idle=reader.number("FOYER_SESSION_IDLE", int, 3600, at_least=60),
        session_life=reader.number("FOYER_SESSION_LIFE", int, 24 * 3600, at_least=60),
        merchant_session_idle=reader.number("FOYER_MERCHANT_SESSION_IDLE", int, 4 * 3600, at_least=60),
        merchant_session_life=reader.number("FOYER_MERCHANT_SESSION_LIFE", int, 24 * 3600, at_least=60),
        mail_delivery=reader.choice(
            "FOYER_MAIL_DELIVERY", ("folder", "smtp"), "smtp" if environment == "production" else "folder"
        ),
        mail_folder=Path(reader.text("FOYER_MAIL_FOLDER", "var/mails")),
        mail_from=reader.text("FOYER_MAIL_FROM"),
        invitations_per_minute=reader.number("FOYER_INVITATIONS_PER_MINUTE", int, 300, at_least=1),
        smtp_url=reader.text("FOYER_SMTP_URL", ""),
        log_level=reader.choice("FOYER_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO"),
        metrics_address=reader.address("FOYER_METRICS_ADDRESS"),
        trusted_proxies=reader.number("FOYER_TRUSTED_PROXIES", int, 0, at_least=0),
    )
    faults = reader.faults + _contradictions(settings)
    if faults:
        raise SettingsError("Foyer cannot start: " + "; ".join(faults) + ". See config/environment.example.")
    return settings


class _Reader:
    """Reads variables and collects all faults instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def text(self, name: str, default: str | None = None) -> str:
        value = self.environ.get(name, "").strip()
        if not value and default is None:
            self.faults.append(f"{name} is missing")
        return value or default or ""

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in allowed:
            self.faults.append(f"{name} must be one of {', '.join(allowed)}, not {value!r}")
        return value

    def address(self, name: str) -> str:
        """host:port, or "" if unset."""
        value = self.text(name, "")
        if value and not ADDRESS.fullmatch(value):
            self.faults.append(f"{name} must be host:port, for example 127.0.0.1:8605, not {value!r}")
        return value

    def number(self, name: str, kind: Callable[[str], T], default: T, *, at_least: float) -> T:
        value = self.environ.get(name, "").strip()
        if not value:
            return default
        try:
            number = kind(value)
        except ValueError:
            self.faults.append(f"{name} must be a number, not {value!r}")
            return default
        if number < at_least:  # type: ignore[operator]  # kind is int or float
            self.faults.append(f"{name} must be at least {at_least:g}")
        return number


def _data_centres(reader: _Reader, environ: Mapping[str, str]) -> dict[str, DataCentre]:
    """The data centres with their own client credentials, or the common ones (Multi-DC registration, zoho.md
    1.2).
    """
    path = environ.get("FOYER_DATA_CENTRES", "").strip()
    try:
        hosts = known_hosts(Path(path) if path else None)
    except DataCentreError as fault:
        reader.faults.append(str(fault))
        return {}
    found = {}
    for code, host in hosts.items():
        client_id = environ.get(f"FOYER_ZOHO_CLIENT_ID_{code.upper()}") or environ.get(
            "FOYER_ZOHO_CLIENT_ID", ""
        )
        secret = environ.get(f"FOYER_ZOHO_CLIENT_SECRET_{code.upper()}") or environ.get(
            "FOYER_ZOHO_CLIENT_SECRET", ""
        )
        if client_id and secret:
            found[code] = DataCentre(code=code, client_id=client_id, client_secret=secret, **vars(host))
        elif client_id or secret:
            reader.faults.append(f"the Zoho client of data centre {code} needs both an id and a secret")
    if not found:
        reader.faults.append(
            "no Zoho client is configured (FOYER_ZOHO_CLIENT_ID and FOYER_ZOHO_CLIENT_SECRET)"
        )
    return found


def _contradictions(settings: Settings) -> list[str]:
    faults = []
    for key in settings.sealing_keys:
        try:
            Fernet(key)
        except ValueError:
            faults.append(
                "FOYER_SEALING_KEYS must hold Fernet keys (32 bytes in url-safe base64), separated by commas"
            )
            break
    if settings.portal_url and not _may_be_opened(settings.portal_url):
        faults.append("FOYER_PORTAL_URL must be https (plain http only on loopback)")
    if settings.mail_delivery == "smtp" and not settings.smtp_url:
        faults.append("FOYER_SMTP_URL is missing (mail delivery is smtp)")
    if (
        settings.session_idle > settings.session_life
        or settings.merchant_session_idle > settings.merchant_session_life
    ):
        faults.append(
            "a session cannot be idle for longer than it lives (FOYER_SESSION_IDLE, "
            "FOYER_MERCHANT_SESSION_IDLE)"
        )
    if settings.is_production:
        for centre in settings.data_centres.values():
            if centre.client_secret.startswith(SANDBOX_SECRET):
                faults.append(f"data centre {centre.code} has the sandbox's secret, which production refuses")
            if not (PUBLIC.fullmatch(centre.accounts_url) and PUBLIC.fullmatch(centre.api_url)):
                faults.append(
                    f"data centre {centre.code} must be reached by https in production, and by a "
                    f"name of the DNS"
                )
        if not settings.is_https and settings.portal_url:
            faults.append("FOYER_PORTAL_URL must be https in production")
    return faults


def _may_be_opened(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    )
