"""Settings: read from the environment once into one frozen object. A faulty configuration stops the start and
lists all faults.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from config.data_centres import PUBLIC, DataCentre, DataCentreError, known_hosts
from config.settings_reader import (
    SettingsReader,
    address,
    choice,
    decimal,
    path,
    text,
    texts,
    url,
    whole,
)

ENVIRONMENTS = ("development", "production", "test")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SANDBOX_SECRET = "sandbox-secret-"  # noqa: S105 - what the sandbox's made-up secrets begin with; production refuses them


class SettingsError(Exception):
    """The configuration is incomplete or wrong; the text is one line that names every fault."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The operator's settings, each with its variable, its limits, and its default if it has one. Durations
    are in seconds; URLs have no trailing slash.
    """

    environment: str = field(metadata=choice("FOYER_ENVIRONMENT", ENVIRONMENTS))
    portal_url: str = field(metadata=url("FOYER_PORTAL_URL"))
    redis_url: str = field(repr=False, metadata=text("REDIS_URL"))
    cache_redis_url: str = field(repr=False, metadata=text("CACHE_REDIS_URL"))
    sealing_keys: tuple[str, ...] = field(repr=False, metadata=texts("FOYER_SEALING_KEYS"))
    data_centres: Mapping[str, DataCentre]
    zoho_connect_timeout: float = 3.0
    zoho_read_timeout: float = field(default=20.0, metadata=decimal("FOYER_ZOHO_READ_TIMEOUT", at_least=0.1))
    zoho_calls_per_minute: int = field(default=95, metadata=whole("FOYER_ZOHO_CALLS_PER_MINUTE", at_least=1))
    zoho_billing_calls_per_minute: int = field(
        default=28, metadata=whole("FOYER_ZOHO_BILLING_CALLS_PER_MINUTE", at_least=1)
    )
    zoho_calls_at_once: int = field(default=4, metadata=whole("FOYER_ZOHO_CALLS_AT_ONCE", at_least=1))
    zoho_calls_per_day: int = field(default=1000, metadata=whole("FOYER_ZOHO_CALLS_PER_DAY", at_least=1))
    order_lease: int = field(default=60, metadata=whole("FOYER_ORDER_LEASE", at_least=1))
    order_settle: int = field(default=120, metadata=whole("FOYER_ORDER_SETTLE", at_least=0))
    order_time_limit: int = 72 * 3600
    order_sweep: int = field(default=5, metadata=whole("FOYER_ORDER_SWEEP", at_least=1))
    sync_interval: int = field(default=300, metadata=whole("FOYER_SYNC_INTERVAL", at_least=1))
    page_time_budget: float = 2.5
    session_idle: int = field(default=3600, metadata=whole("FOYER_SESSION_IDLE", at_least=60))
    session_life: int = field(default=24 * 3600, metadata=whole("FOYER_SESSION_LIFE", at_least=60))
    merchant_session_idle: int = field(
        default=4 * 3600, metadata=whole("FOYER_MERCHANT_SESSION_IDLE", at_least=60)
    )
    merchant_session_life: int = field(
        default=24 * 3600, metadata=whole("FOYER_MERCHANT_SESSION_LIFE", at_least=60)
    )
    mail_delivery: str = field(default="folder", metadata=choice("FOYER_MAIL_DELIVERY", ("folder", "smtp")))
    mail_folder: Path = field(default=Path("var/mails"), metadata=path("FOYER_MAIL_FOLDER"))
    mail_from: str = field(metadata=text("FOYER_MAIL_FROM"))
    invitations_per_minute: int = field(
        default=300, metadata=whole("FOYER_INVITATIONS_PER_MINUTE", at_least=1)
    )
    smtp_url: str = field(default="", repr=False, metadata=text("FOYER_SMTP_URL"))
    log_level: str = field(
        default="INFO", metadata=choice("FOYER_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"))
    )
    trusted_proxies: int = field(default=0, metadata=whole("FOYER_TRUSTED_PROXIES", at_least=0))
    metrics_address: str = field(default="", metadata=address("FOYER_METRICS_ADDRESS"))

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def is_https(self) -> bool:
        return self.portal_url.startswith("https://")


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ` (names: config/environment.example). Raises SettingsError."""
    env, values, faults = SettingsReader(environ), dict[str, Any](), list[str]()
    for setting in fields(Settings):
        if "read" in setting.metadata:
            value = setting.metadata["read"](env, _default(setting.name, setting.default, values))
            # A faulty value is replaced, so that the rest can still be judged.
            values[setting.name] = _blank(setting.default) if value is None else value
    values["data_centres"] = _data_centres(env, faults)
    settings = Settings(**values)
    faults = env.faults() + faults + _contradictions(settings)
    if faults:
        raise SettingsError("Foyer cannot start: " + "; ".join(faults) + ". See config/environment.example.")
    return settings


def _default(name: str, default: Any, values: Mapping[str, Any]) -> Any:
    """What an unset variable means; an Ellipsis if it must be set."""
    if name == "environment":
        return "production"
    if name == "mail_delivery" and values["environment"] == "production":
        return "smtp"
    return ... if default is MISSING else default


def _blank(default: Any) -> Any:
    return "" if default is MISSING else default


def _data_centres(env: SettingsReader, faults: list[str]) -> dict[str, DataCentre]:
    """The data centres with their own client credentials, or the common ones (Multi-DC registration, zoho.md
    1.2).
    """
    table: Path | None = env.path("FOYER_DATA_CENTRES", None)
    try:
        hosts = known_hosts(table)
    except DataCentreError as fault:
        faults.append(str(fault))
        return {}
    common_id, common_secret = env.str("FOYER_ZOHO_CLIENT_ID", ""), env.str("FOYER_ZOHO_CLIENT_SECRET", "")
    found = {}
    for code, host in hosts.items():
        client_id = env.str(f"FOYER_ZOHO_CLIENT_ID_{code.upper()}", common_id)
        secret = env.str(f"FOYER_ZOHO_CLIENT_SECRET_{code.upper()}", common_secret)
        if client_id and secret:
            found[code] = DataCentre(code=code, client_id=client_id, client_secret=secret, **vars(host))
        elif client_id or secret:
            faults.append(f"the Zoho client of data centre {code} needs both an id and a secret")
    if not found:
        faults.append("no Zoho client is configured (FOYER_ZOHO_CLIENT_ID and FOYER_ZOHO_CLIENT_SECRET)")
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
