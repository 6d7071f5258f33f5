"""The modules a merchant can switch off: their menu entries disappear and their URLs answer 404."""

from __future__ import annotations

from collections.abc import Mapping

from cache.records.portal.portal_settings import PortalSettings
from gateway.document_kinds import DOCUMENT_PAGES

PAYING = ("paying.review", "paying.start", "paying.resume", "paying.cancel")
"""All of it but the way back from Zoho's page, which leads to a receipt: a client who was there when the
switch went off comes back.
"""

OTHER_PAGES: Mapping[str, tuple[str, ...]] = {
    "estimates": (
        "estimate_answers",
        "comments.on_estimate",
        "shared_links.of_estimate",
        "shared_links.make_for_estimate",
        "shared_links.revoke_of_estimate",
    ),
    "invoices": (
        "invoice_credits",
        "payment_reports",
        *PAYING,
        "payment_batch",
        "comments.on_invoice",
        "shared_links.of_invoice",
        "shared_links.make_for_invoice",
        "shared_links.revoke_of_invoice",
    ),
    "statement": ("statements",),
    "cards": ("card_replacements", "payment_methods"),
}
"""Module → its pages beside those of the documents that belong to it."""

DOCUMENT_MODULES = dict.fromkeys(row.module for row in DOCUMENT_PAGES.values() if row.module)
MODULES: Mapping[str, tuple[str, ...]] = {
    module: (
        *dict.fromkeys(row.blueprint for row in DOCUMENT_PAGES.values() if row.module == module),
        *OTHER_PAGES.get(module, ()),
    )
    for module in dict.fromkeys([*DOCUMENT_MODULES, *OTHER_PAGES])
}
"""Module → the blueprints that are its pages, or single endpoints of a blueprint that serves several. Its
switch is shows_{module}.
"""

MODULE_OF: Mapping[str, str] = {part: module for module, parts in MODULES.items() for part in parts}


def module_of(endpoint: str) -> str | None:
    """The module a page belongs to; None for pages that are always available."""
    return MODULE_OF.get(endpoint) or MODULE_OF.get(endpoint.partition(".")[0])


def shows(settings: PortalSettings, module: str) -> bool:
    """Whether the merchant has this module switched on."""
    switched_on: bool = getattr(settings, f"shows_{module}")
    return switched_on


def page_is_enabled(settings: PortalSettings, endpoint: str) -> bool:
    """Whether the merchant's portal has this page."""
    module = module_of(endpoint)
    return module is None or shows(settings, module)
