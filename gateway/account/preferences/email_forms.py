"""What the page of a client's letters may send: a box per kind, which is not sent when it is not ticked."""

from __future__ import annotations

from marshmallow import fields

from cache.records.email.email_kinds import STOPPABLE
from gateway.web.posted_form import FormSchema

EmailPreferencesForm = FormSchema.from_dict(
    {kind: fields.Boolean(load_default=False) for kind in STOPPABLE}, name="EmailPreferencesForm"
)
