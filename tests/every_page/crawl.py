"""Walks the portal by its links, as a curious person would, and sees each kind of page at least once."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing.exceptions import RequestRedirect

from gateway.web.access import STATIC_ENDPOINTS, Access, access_of

CHANGES_WHAT_IS_SEEN = frozenset({"language.choose_for_browser"})
"""Links that are no page: following one would change the language of all the others."""

NEEDS_A_CHOICE = frozenset({"invoices.download"})
"""Where forms lead that send what was ticked: without that there is nothing to look at but the list again."""


class Crawl:
    """One person's walk. After it: `seen`, endpoint → the address of the page looked at; `files`, endpoints
    that give no page.
    """

    def __init__(self, page: Page, app: Flask, portal: str) -> None:
        self._page, self._portal = page, portal
        self._routes = app.url_map.bind(urlsplit(portal).netloc)
        self.seen: dict[str, str] = {}
        self.files: set[str] = set()

    def pages(self, *starts: str) -> Iterator[str]:
        """The endpoint of each page that is reached, once, while the browser stands on it."""
        waiting = [self._portal + start for start in starts]
        while waiting:
            address = waiting.pop(0)
            endpoint = self.endpoint_of(address)
            if endpoint is None or endpoint in self.seen or endpoint in self.files:
                continue
            if not self._is_page(address):
                self.files.add(endpoint)
                continue
            self._page.goto(address)
            landed = self.endpoint_of(self._page.url) or endpoint
            if landed in self.seen:
                continue
            self.seen[landed] = self._page.url
            waiting += self._links()
            yield landed

    def endpoint_of(self, address: str) -> str | None:
        """The name of the view behind an address of the portal; None for strangers' addresses and static
        files.
        """
        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" != self._portal:
            return None
        try:
            endpoint = str(self._routes.match(parts.path, method="GET")[0])
        except (HTTPException, RequestRedirect):
            return None
        return None if endpoint in STATIC_ENDPOINTS | CHANGES_WHAT_IS_SEEN | NEEDS_A_CHOICE else endpoint

    def _is_page(self, address: str) -> bool:
        """Not what a letter looks like: it is shown with its scripts off, also those that judge a page."""
        headers = self._page.request.get(address).headers
        is_shut_off = "sandbox" in headers.get("content-security-policy", "")
        return headers.get("content-type", "").startswith("text/html") and not is_shut_off

    def _links(self) -> list[str]:
        """Also those inside of closed drop-downs, and where forms that only ask lead to."""
        links = self._page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        asking = self._page.eval_on_selector_all(
            "form:not([method=post])", "all => all.map(one => one.action)"
        )
        return [*links, *asking]


def page_endpoints(app: Flask, *kinds: Access) -> set[str]:
    """Every route of these kinds that can be opened with GET."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and access_of(app.view_functions[rule.endpoint]) in kinds
    }
