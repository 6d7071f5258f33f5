"""The forms of a page, parsed for a visitor without a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """fields: what would be submitted. text: all of its text. buttons: (name, value, label). choices: id of a
    radio button → its name and value. labels: id of a control → its label's text.
    """

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    text: str = ""
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    choices: dict[str, tuple[str, str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    def choice_called(self, label: str) -> dict[str, str]:
        """The field and value of the radio button whose label contains `label`; empty if there is none."""
        for control, (name, value) in self.choices.items():
            if label in self.labels.get(control, ""):
                return {name: value}
        return {}


class FormReader(HTMLParser):
    """Collects a page's forms with their hidden and chosen fields, text, and named buttons."""

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
        if (
            tag == "input"
            and given.get("name")
            and (given.get("type") not in ("checkbox", "radio", "submit") or "checked" in given)
        ):
            self._open.fields[given["name"]] = given.get("value", "")
        if tag == "input" and given.get("type") == "radio":
            self._open.choices[given.get("id", "")] = (given.get("name", ""), given.get("value", ""))
        if tag == "label":
            self._label = given.get("for", "")
        if tag == "select":
            self._select = given.get("name", "")
        if (
            tag == "option"
            and self._select
            and (self._select not in self._open.fields or "selected" in given)
        ):
            self._open.fields[self._select] = given.get("value", "")
        if tag == "button":
            self._button = (given.get("name", ""), given.get("value", ""))
            self._open.buttons.append((*self._button, ""))

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.text += data
            if self._label:
                self._open.labels[self._label] = self._open.labels.get(self._label, "") + data
            if self._button is not None:
                name, value, label = self._open.buttons[-1]
                self._open.buttons[-1] = (name, value, label + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "button":
            self._button = None
        elif tag == "select":
            self._select = ""
        elif tag == "label":
            self._label = ""
