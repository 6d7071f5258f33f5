"""What the page about the portal's look may send, beside the picture."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, pre_load, validate

from config.colours import COLOUR, FOYERS
from gateway.forms.posted_form import FormSchema
from gateway.forms.text_fields import Words

WRONG_COLOUR = "Please give the colour as # and six signs of 0 to 9 and a to f, for example #0b6e4f."


class PortalLookForm(FormSchema):
    """do: save, or preview without saving. removes_logo: no logo from now on."""

    portal_name = Words(longest=80, load_default="")
    colour = fields.String(
        load_default="", validate=validate.Regexp(rf"\A({COLOUR.pattern})?\Z", error=WRONG_COLOUR)
    )
    banner = Words(longest=500, load_default="")
    welcome = Words(longest=500, load_default="")
    removes_logo = fields.Boolean(load_default=False)
    do = fields.String(load_default="save", validate=validate.OneOf(["save", "preview"]))

    @pre_load
    def _one_way_to_write_it(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Foyer's own colour is no colour of the merchant's."""
        colour = str(data.get("colour", "")).strip().lower()
        return {**data, "colour": "" if colour == FOYERS else colour}
