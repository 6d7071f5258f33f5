"""Plays the first minutes of the demo through the real pages: a merchant connects and invites, clients choose passwords."""

from __future__ import annotations

import http.cookiejar
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from development.places import Places

MERCHANT = "Ada Okafor"
ORGANISATION = "Harbour Light Studio"
CLIENTS = (("Lena Hartmann", "lena@brightwater.example"), ("Omar Haddad", "omar@northgate.example"))
PASSWORD = "lighthouse-keeper-demo"  # noqa: S105 - printed on purpose; it opens a sandbox on this machine only
PATIENCE = 90.0


class DemoFailure(Exception):
    """The demo could not be prepared; the text says at which step."""


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    words: str = ""
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    choices: dict[str, tuple[str, str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def choice_called(self, words: str) -> dict[str, str]:
        """The field and value of the radio button whose label holds `words`; nothing when there is none."""
        for control, (name, value) in self.choices.items():
            if words in self.labels.get(control, ""):
                return {name: value}
        return {}


class FormReader(HTMLParser):
    """Collects the forms of a page with their hidden and chosen fields, their words, and their named buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._open: Form | None = None
        self._button: tuple[str, str] | None = None
        self._select = self._label = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        if self._open is None:
            return
        if tag == "input" and given.get("name") and (given.get("type") not in ("checkbox", "radio", "submit") or "checked" in given):
            self._open.fields[given["name"]] = given.get("value", "")
        if tag == "input" and given.get("type") == "radio":
            self._open.choices[given.get("id", "")] = (given.get("name", ""), given.get("value", ""))
        if tag == "label":
            self._label = given.get("for", "")
        if tag == "select":
            self._select = given.get("name", "")
        if tag == "option" and self._select and (self._select not in self._open.fields or "selected" in given):
            self._open.fields[self._select] = given.get("value", "")
        if tag == "button":
            self._button = (given.get("name", ""), given.get("value", ""))
            self._open.buttons.append((*self._button, ""))

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.words += data
            if self._label:
                self._open.labels[self._label] = self._open.labels.get(self._label, "") + data
            if self._button is not None:
                name, value, words = self._open.buttons[-1]
                self._open.buttons[-1] = (name, value, words + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "button":
            self._button = None
        elif tag == "select":
            self._select = ""
        elif tag == "label":
            self._label = ""


class Visitor:
    """A browser without a screen: keeps cookies, follows redirects, fills forms."""

    def __init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.address = ""
        self.page = FormReader()

    def open(self, address: str, fields: dict[str, str] | None = None) -> str:
        """GET, or POST with fields; returns the page's text."""
        body = urllib.parse.urlencode(fields).encode() if fields is not None else None
        try:
            with self._opener.open(urllib.parse.urljoin(self.address, address), body, timeout=30) as answer:
                self.address = answer.url
                text = answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as refused:
            raise DemoFailure(f"{refused.url} answered {refused.code}") from refused
        except OSError as fault:
            raise DemoFailure(f"{address} did not answer: {fault}") from fault
        self.page = FormReader()
        self.page.feed(text)
        return str(text)

    def press(self, words: str, more: dict[str, str] | None = None) -> str:
        """Send the first form whose words, button included, hold all of `words`; more: fields to fill in."""
        wanted = words.split()
        for form in self.page.forms:
            if all(word in form.words for word in wanted):
                button = next(({name: value} for name, value, label in form.buttons if name and wanted[-1] in label), {})
                fields = {**form.fields, **button, **(more or {})}
                if form.method == "get":
                    return self.open(f"{form.action}?{urllib.parse.urlencode(fields)}")
                return self.open(form.action or self.address, fields)
        raise DemoFailure(f"{self.address} has no button for “{words}”")


def prepare_demo(places: Places) -> list[dict[str, str]]:
    """Connect Ada's organisation and let two clients choose their passwords. Harmless when it was done before.

    Returns the demo's sign-ins: role, how (for people), and for clients email and password.
    """
    merchant = Visitor()
    base = _connect(merchant, places)
    for name, email in CLIENTS:
        _let_in(merchant, base, name, email, places)
    return [
        {"role": "Merchant", "how": f"{places.portal}/merchant → Connect Zoho Books → {MERCHANT}"},
        *(
            {"role": f"Client {name}", "how": f"{places.portal}/sign-in  {email}  {PASSWORD}", "email": email, "password": PASSWORD}
            for name, email in CLIENTS
        ),
    ]


def _connect(merchant: Visitor, places: Places) -> str:
    """Returns the address of the organisation's page."""
    merchant.open(f"{places.portal}/merchant")
    merchant.press("Connect Zoho Books", {"dc": "us"})
    agree(merchant, MERCHANT)
    merchant.press(ORGANISATION)
    if not merchant.address.endswith("/"):
        raise DemoFailure(f"connecting ended at {merchant.address}")
    return merchant.address


def agree(visitor: Visitor, person: str) -> None:
    """On the sandbox's consent page: say who is signing in at Zoho, and allow."""
    chosen = next((found for form in visitor.page.forms if (found := form.choice_called(person))), None)
    if chosen is None:
        raise DemoFailure(f"the consent page at {visitor.address} does not offer {person}")
    visitor.press("Allow", chosen)


def _let_in(merchant: Visitor, base: str, name: str, email: str, places: Places) -> None:
    clients = f"{base}clients?{urllib.parse.urlencode({'q': email})}"
    _until(lambda: name in merchant.open(clients), f"{name} was not read from the sandbox")
    if not any("Invite" in form.words and name in form.words for form in merchant.page.forms):
        return
    merchant.press(f"Invite {name}")
    links: list[str] = []

    def letter_is_there() -> bool:
        merchant.open(f"{base}mails")
        links[:] = [link for link in merchant.page.links if "/invitations/" in link]
        return bool(links)

    _until(letter_is_there, f"no letter to {name} arrived")
    client = Visitor()
    client.open(links[0])
    client.press("password", {"password": PASSWORD, "again": PASSWORD})
    if client.address != f"{places.portal}/":
        raise DemoFailure(f"{name} could not sign in; the visit ended at {client.address}")


def _until(true: Callable[[], bool], words: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise DemoFailure(words)
        time.sleep(0.5)
