"""A headless visitor for the demo: keeps cookies, follows redirects, fills in forms."""

from __future__ import annotations

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request

from development.page_forms import FormReader


class DemoFailure(Exception):
    """The demo could not be prepared; the text names the step."""


class Visitor:
    """One person's browser."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        self.address = ""
        self.page = FormReader()

    def open(self, address: str, fields: dict[str, str] | None = None) -> str:
        """GET, or POST with fields; returns the page's text."""
        body = urllib.parse.urlencode(fields).encode() if fields is not None else None
        try:
            with self._opener.open(urllib.parse.urljoin(self.address, address), body, timeout=60) as answer:
                self.address = answer.url
                text = answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as refused:
            raise DemoFailure(f"{refused.url} answered {refused.code}") from refused
        except OSError as fault:
            raise DemoFailure(f"{address} did not answer: {fault}") from fault
        self.page = FormReader()
        self.page.feed(text)
        return str(text)

    def press(self, label: str, more: dict[str, str] | None = None) -> str:
        """Submit the first form whose text, button included, contains all of `label`. more: fields to fill
        in.
        """
        wanted = label.split()
        for form in self.page.forms:
            if all(word in form.text for word in wanted):
                button = next(
                    ({name: value} for name, value, label in form.buttons if name and wanted[-1] in label), {}
                )
                fields = {**form.fields, **button, **(more or {})}
                if form.method == "get":
                    return self.open(f"{form.action}?{urllib.parse.urlencode(fields)}")
                return self.open(form.action or self.address, fields)
        raise DemoFailure(f"{self.address} has no button for “{label}”")
