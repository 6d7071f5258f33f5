"""A merchant's browser: goes from the portal through Zoho's consent page and back, as a person does."""

from __future__ import annotations

from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import requests
from bs4 import BeautifulSoup
from flask import Flask

from tests.gateway.browser import Browser


class MerchantBrowser(Browser):
    """asked: the scopes of the consent page last seen."""

    def __init__(self, app: Flask, person: str = "Ada Okafor") -> None:
        super().__init__(app)
        self.person = person
        self.asked: tuple[str, ...] = ()

    def connect(
        self, *, ticks_billing: bool = False, dc: str = "us", decision: str = "allow", status: int = 303
    ) -> None:
        """From the landing page to wherever the callback sends us."""
        self.get("/merchant")
        self.send("/merchant/connect", {"dc": dc} | ({"uses_billing": "true"} if ticks_billing else {}))
        self.agree(decision=decision, status=status)

    def agree(self, *, decision: str = "allow", status: int = 303) -> None:
        """The last answer leads to Zoho: decide there, and come back."""
        self.come_back(self.at_zoho(decision=decision), status=status)

    def at_zoho(self, *, decision: str = "allow") -> dict[str, str]:
        """The last answer leads to Zoho: decide there. Returns what Zoho would say to the callback."""
        address = self.answer.headers["Location"]
        self.asked = tuple(parse_qs(urlsplit(address).query)["scope"][0].split(","))
        page = BeautifulSoup(requests.get(address, timeout=10).text, "html.parser")
        chosen = next(
            field
            for field in page.find_all("input", attrs={"name": "person"})
            if self.person in field.parent.get_text()
        )
        hidden = {field["name"]: field["value"] for field in page.find_all("input", type="hidden")}
        form = hidden | {"person": chosen["value"], "decision": decision}
        back = requests.post(address.partition("?")[0], data=form, timeout=10, allow_redirects=False)
        return dict(parse_qsl(urlsplit(back.headers["Location"]).query, keep_blank_values=True))

    def come_back(self, said: dict[str, str], *, status: int = 303) -> None:
        """The browser arrives at the callback with these words."""
        self._take(self._client.get(f"/merchant/zoho/callback?{urlencode(said)}"), status)

    def choose(self, name: str) -> str:
        """The organisation of that name, on the page that asks which. Returns our key of it."""
        self.follow()
        button = next(element for element in self.page.select("form button") if name in element.get_text())
        form = button.find_parent("form")
        assert form is not None
        self.post(
            str(form["action"]),
            {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden]")},
        )
        return self.answer.headers["Location"].split("/")[2]
