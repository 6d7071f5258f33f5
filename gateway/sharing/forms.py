"""What the page of a document's links may send."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.web.posted_form import FormSchema


class SharedLinkForm(FormSchema):
    """Pressing the button is all there is."""


class RevokeLinkForm(FormSchema):
    """link: SharedLink.id."""

    link = fields.String(required=True, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))
