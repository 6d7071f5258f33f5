"""Somebody's authenticator app, whose clock can be set."""

from __future__ import annotations

import time

import pyotp
from bs4 import BeautifulSoup

from gateway.account.security.second_factors import STEP
from tests.gateway.browser import Browser
from tests.gateway.seeding import PASSWORD


class App:
    """Holds the secret it was shown."""

    def __init__(self, secret: str) -> None:
        self.secret, self._steps = secret, -1

    @classmethod
    def reading(cls, page: BeautifulSoup) -> App:
        """Types the key that the page shows."""
        key = page.select_one(".numbered code")
        assert key is not None
        return cls(key.get_text().replace(" ", ""))

    def code(self) -> str:
        """The first is of now, the second of half a minute from now, which is taken as well. Good for two."""
        self._steps += 1
        assert self._steps < 2, "a third code would have to be waited for"
        return self.at(self._steps)

    def at(self, steps: int) -> str:
        """The code that was shown, or will be, so many half minutes from now."""
        return str(pyotp.TOTP(self.secret).at(int(time.time()) + steps * STEP))


def set_up(browser: Browser) -> tuple[App, list[str]]:
    """A signed-in client sets up a second factor: (the app, the recovery codes)."""
    app = App.reading(browser.get("/details/second-factor"))
    page = browser.send("/details/second-factor", {"password": PASSWORD, "code": app.code()}, status=200)
    return app, [element.get_text() for element in page.select(".recovery-codes code")]
