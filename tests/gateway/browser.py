"""A small browser for tests: follows its cookie, judges every page it gets, sends forms the way a person
does.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from tests.gateway.page_checks import check_headers, check_page


class Browser:
    """One person's browser. The page last fetched is in .page, the whole answer in .answer."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._client = app.test_client()
        self.page = BeautifulSoup("", "html5lib")
        self.answer = TestResponse(iter(()), "200 OK", {}, None)  # type: ignore[arg-type]

    def get(self, path: str, *, status: int = 200) -> BeautifulSoup:
        """Fetch a page; raises AssertionError when the status is another or the page is not as pages must
        be.
        """
        return self._take(self._client.get(path), status)

    def post(self, path: str, form: dict[str, str], *, status: int = 303) -> BeautifulSoup:
        """Send a form's fields as they are given, without looking at any page."""
        return self._take(self._client.post(path, data=form), status)

    def send(self, action: str, fields: dict[str, str] | None = None, *, status: int = 303) -> BeautifulSoup:
        """Fill in and send the form of the current page that leads to `action`, with all its hidden
        fields.
        """
        form = self.form(action)
        hidden = {
            str(field["name"]): str(field.get("value", "")) for field in form.select("input[type=hidden]")
        }
        return self.post(action, {**hidden, **(fields or {})}, status=status)

    def form(self, action: str) -> Tag:
        """The form of the current page that leads to `action`."""
        form = self.page.find("form", action=action)
        assert isinstance(form, Tag), f"no form leads to {action}"
        return form

    def follow(self, *, status: int = 200) -> BeautifulSoup:
        """Go where the last answer sent us."""
        return self.get(self.answer.headers["Location"], status=status)

    def cookie(self, name: str = "foyer") -> str:
        """What the cookie holds, the session's unless another is named; "" without one."""
        cookie = self._client.get_cookie(name)
        return cookie.value if cookie else ""

    def set_cookie(self, name: str, value: str) -> None:
        self._client.set_cookie(name, value)

    def move_to(self, address: str) -> None:
        """The same browser goes on at another network address."""
        self._client.environ_base["REMOTE_ADDR"] = address

    def sign_in(self, email: str, password: str) -> None:
        self.get("/sign-in")
        self.send("/sign-in", {"email": email, "password": password})

    def try_password(self, email: str, password: str) -> int:
        """Send the sign-in form of the current page, whatever comes of it; the answer's status."""
        token = str(self.form("/sign-in").select("input[name=csrf_token]")[0]["value"])
        self.answer = self._client.post(
            "/sign-in", data={"email": email, "password": password, "csrf_token": token}
        )
        return self.answer.status_code

    def status_of(self, path: str) -> int:
        """What a page answers, without looking at it."""
        return self._client.get(path).status_code

    def leads_from(self, path: str) -> set[str]:
        """Where the links and forms of a page lead within the portal; none where there is no page. Does not
        judge it.
        """
        page = BeautifulSoup(self._client.get(path).get_data(as_text=True), "html.parser")
        leads = {
            str(element.get("href") or element.get("formaction") or element.get("action"))
            for element in page.select("a, form, button[formaction]")
        }
        return {lead for lead in leads if lead.startswith("/")}

    def retry_password(self, email: str, password: str) -> int:
        """The same with the sign-in page fetched before."""
        self.get("/sign-in")
        return self.try_password(email, password)

    @property
    def text(self) -> str:
        """What the main part of the page says, on one line."""
        main = self.page.find("main")
        return " ".join(main.get_text(" ").split()) if main else ""

    def _take(self, answer: TestResponse, status: int) -> BeautifulSoup:
        self.answer = answer
        assert answer.status_code == status, f"{answer.status}: {answer.get_data(as_text=True)[:600]}"
        headers = dict(answer.headers)
        if answer.mimetype == "text/html" and answer.status_code not in (301, 302, 303, 307, 308):
            self.page = check_page(answer.get_data(as_text=True), headers)
        else:
            check_headers(headers)
        return self.page
