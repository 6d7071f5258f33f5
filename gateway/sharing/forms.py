"""Forms of a document's shared-links page."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.web.posted_form import FormSchema


class SharedLinkForm(FormSchema):
    """Has no input: submitting it is the whole request."""


class RevokeLinkForm(FormSchema):
    """link: SharedLink.id."""

    link = fields.String(required=True, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))
