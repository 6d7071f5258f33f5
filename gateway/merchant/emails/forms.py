"""What the merchant's pages about letters may send, and what their addresses may ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import fields, validate

from cache.records.email.email_kinds import EMAIL_KINDS, EmailReader, Mode
from cache.records.email.emails import Email, EmailState
from gateway.web.posted_form import FormSchema

CLIENT_KINDS = tuple(
    kind for kind in EMAIL_KINDS.values() if kind.is_switchable and kind.reader is EmailReader.CLIENT
)
MERCHANT_KINDS = tuple(
    kind for kind in EMAIL_KINDS.values() if kind.is_switchable and kind.reader is EmailReader.MERCHANT
)

EmailSettingsForm = FormSchema.from_dict(
    {
        **{kind.name: fields.Boolean(load_default=False) for kind in CLIENT_KINDS},
        **{
            kind.name: fields.String(
                load_default=kind.default_mode.value, validate=validate.OneOf(list(Mode))
            )
            for kind in MERCHANT_KINDS
        },
        "digest_hour": fields.Integer(
            required=True,
            error_messages={"invalid": "Please choose an hour.", "required": "Please choose an hour."},
            validate=validate.Range(0, 23, error="Please choose an hour."),
        ),
    },
    name="EmailSettingsForm",
)


@dataclass(frozen=True)
class EmailsQuery:
    """state: one of EmailState, "" for all. search: words of the address or the subject."""

    state: str
    search: str

    @classmethod
    def of(cls, args: Mapping[str, str]) -> EmailsQuery:
        """?state=…&q=… ; what we do not know falls back to all."""
        state = args.get("state", "")
        search = "".join(sign for sign in args.get("q", "") if sign.isprintable()).strip()[:100]
        return cls(state if state in list(EmailState) else "", search)

    def matches(self, email: Email) -> bool:
        words = f"{email.to} {email.subject}".casefold()
        return self.state in ("", email.state) and all(
            word in words for word in self.search.casefold().split()
        )
