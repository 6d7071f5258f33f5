"""What the merchant's pages about letters may send, and what their addresses may ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import fields, validate

from cache.records.letter_kinds import LETTER_KINDS, Mode, Reader
from cache.records.letters import Letter, LetterState
from gateway.forms.posted_form import FormSchema

SWITCHED = tuple(
    kind for kind in LETTER_KINDS.values() if kind.is_switchable and kind.reader is Reader.CLIENT
)
CHOSEN = tuple(
    kind for kind in LETTER_KINDS.values() if kind.is_switchable and kind.reader is Reader.MERCHANT
)

LetterSettingsForm = FormSchema.from_dict(
    {
        **{kind.name: fields.Boolean(load_default=False) for kind in SWITCHED},
        **{
            kind.name: fields.String(load_default=kind.usual.value, validate=validate.OneOf(list(Mode)))
            for kind in CHOSEN
        },
        "digest_hour": fields.Integer(
            required=True,
            error_messages={"invalid": "Please choose an hour.", "required": "Please choose an hour."},
            validate=validate.Range(0, 23, error="Please choose an hour."),
        ),
    },
    name="LetterSettingsForm",
)


@dataclass(frozen=True)
class LettersQuery:
    """state: one of LetterState, "" for all. search: words of the address or the subject."""

    state: str
    search: str

    @classmethod
    def of(cls, args: Mapping[str, str]) -> LettersQuery:
        """?state=…&q=… ; what we do not know falls back to all."""
        state = args.get("state", "")
        search = "".join(sign for sign in args.get("q", "") if sign.isprintable()).strip()[:100]
        return cls(state if state in list(LetterState) else "", search)

    def matches(self, letter: Letter) -> bool:
        words = f"{letter.to} {letter.subject}".casefold()
        return self.state in ("", letter.state) and all(
            word in words for word in self.search.casefold().split()
        )
