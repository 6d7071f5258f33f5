"""A link to one of Zoho's pages for one person: a bearer link, sent in one response and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from connectors.zoho.api.errors import ZohoNotFound, ZohoScopeMissing
from connectors.zoho.organisation_clients import OrganisationClients
from gateway.web.services import services


@dataclass(frozen=True)
class ZohoPage:
    """page_id: Zoho's id of a Billing page, "" for the invoice's own page. url: the bearer link."""

    url: str
    page_id: str = ""

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def is_allowed(self) -> bool:
        """Whether to redirect a browser there: http(s) only, in production https only."""
        scheme = urlsplit(self.url).scheme
        return bool(self.host) and (
            scheme == "https" or (scheme == "http" and not services().settings.is_production)
        )


def reopen_page(zoho: OrganisationClients, page_id: str) -> ZohoPage | None:
    """The link to an open page; None when it can no longer be used. Raises ZohoError."""
    try:
        fetched = zoho.billing.hosted_pages.get(page_id)
    except (ZohoNotFound, ZohoScopeMissing):
        return None
    page = fetched.value
    has_run_out = page.expires_at is not None and fetched.as_of >= page.expires_at
    return None if page.is_closed or has_run_out else ZohoPage(page.url, page.id)
