"""What the page about the portal's look may send, beside the picture."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, pre_load, validate

from config.colours import COLOUR, DEFAULT_COLOUR
from gateway.web.form_fields import TextField
from gateway.web.posted_form import FormSchema

WRONG_COLOUR = "Please give the colour as # and six signs of 0 to 9 and a to f, for example #0b6e4f."


class BrandingForm(FormSchema):
    """do: save, or preview without saving. removes_logo: no logo from now on."""

    portal_name = TextField(max_length=80, load_default="")
    colour = fields.String(
        load_default="", validate=validate.Regexp(rf"\A({COLOUR.pattern})?\Z", error=WRONG_COLOUR)
    )
    banner = TextField(max_length=500, load_default="")
    welcome = TextField(max_length=500, load_default="")
    removes_logo = fields.Boolean(load_default=False)
    do = fields.String(load_default="save", validate=validate.OneOf(["save", "preview"]))

    @pre_load
    def _normalise_colour(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Foyer's own colour is no colour of the merchant's."""
        colour = str(data.get("colour", "")).strip().lower()
        return {**data, "colour": "" if colour == DEFAULT_COLOUR else colour}
