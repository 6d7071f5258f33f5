"""Text as people type it: stripped, without control characters, and of bounded length."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from config.stored_messages import N_, StoredMessage

ALLOWED_CONTROLS = "\n\t"


class TextField(fields.String):
    """Plain text of one or more lines. required: may not be empty; missing: the error message for that."""

    def __init__(
        self, *, max_length: int, required_message: str = N_("Please fill this in."), **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.max_length, self.required_message = max_length, required_message
        self.error_messages = {**self.error_messages, "required": required_message, "null": required_message}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs)).replace("\r\n", "\n").strip()
        text = "".join(
            item
            for item in text
            if item in ALLOWED_CONTROLS or unicodedata.category(item) not in ("Cc", "Cs")
        )
        if self.required and not text:
            raise ValidationError(self.required_message)
        if len(text) > self.max_length:
            raise ValidationError(
                StoredMessage("Please use at most %(count)s characters.", count=self.max_length)
            )
        return text


class PasswordField(fields.String):
    """A password exactly as typed, spaces included. NFKC-normalised, so that different keyboards give the
    same password.
    """

    def __init__(self, *, required_message: str = N_("Please fill this in."), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.required_message = required_message
        self.error_messages = {**self.error_messages, "required": required_message, "null": required_message}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = unicodedata.normalize("NFKC", str(super()._deserialize(value, attr, data, **kwargs)))
        if not text:
            raise ValidationError(self.required_message)
        return text
