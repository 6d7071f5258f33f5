"""Text as people type it: without the spaces around it, without characters that no keyboard has, and of
bounded length.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from config.phrases import Phrase, marked

KEPT_CONTROLS = "\n\t"


class Words(fields.String):
    """One line or several of plain text. required says the field may not be empty; missing is the sentence
    for that.
    """

    def __init__(
        self, *, longest: int, empty_words: str = marked("Please fill this in."), **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.longest, self.empty_words = longest, empty_words
        self.error_messages = {**self.error_messages, "required": empty_words, "null": empty_words}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs)).replace("\r\n", "\n").strip()
        text = "".join(
            one for one in text if one in KEPT_CONTROLS or unicodedata.category(one) not in ("Cc", "Cs")
        )
        if self.required and not text:
            raise ValidationError(self.empty_words)
        if len(text) > self.longest:
            raise ValidationError(Phrase("Please use at most %(count)s characters.", count=self.longest))
        return text


class Secret(fields.String):
    """A password exactly as typed, spaces included. NFKC, so that the same word typed on two keyboards is the
    same password.
    """

    def __init__(self, *, empty_words: str = marked("Please fill this in."), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.empty_words = empty_words
        self.error_messages = {**self.error_messages, "required": empty_words, "null": empty_words}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = unicodedata.normalize("NFKC", str(super()._deserialize(value, attr, data, **kwargs)))
        if not text:
            raise ValidationError(self.empty_words)
        return text
