"""Every error that leaves the library. Each is one plain sentence, with a place where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translator.loss import Loss


class TranslatorError(Exception):
    """The family of all errors: nothing else leaves the library, whatever the bytes.

    Attributes:
        line, column: place in the source, both from 1; None where there is none.
        cause: the likely cause, in plain words, or "".
    """

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None, cause: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.cause = cause

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}: " if self.line else ""
        cause = f" Likely cause: {self.cause}." if self.cause else ""
        return f"{place}{self.message}{cause}"

    def as_dict(self) -> dict[str, object]:
        return {
            "type": type(self).__name__,
            "message": self.message,
            "line": self.line,
            "column": self.column,
            "cause": self.cause,
        }


class UnreadableDocument(TranslatorError):
    """The bytes are not a document of the syntax: carries line, column and the likely cause."""


class UnsafeDocument(TranslatorError):
    """The document is refused for safety: DOCTYPE, alias, too deep, too large."""


class NoConference(TranslatorError):
    """The document is sound but joins no conference; `cause` names a look-alike where one stands."""


class UnknownDialect(TranslatorError):
    """No dialect has this name. `suggestions` are the nearest names."""

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.suggestions = tuple(suggestions)


class BrokenDialect(TranslatorError):
    """A plugin cannot be loaded, or takes a name that is not its own."""


class AmbiguousDialect(TranslatorError):
    """The document fits several dialects, or none: `candidates` are their names, likeliest first."""

    def __init__(self, message: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class InvalidOption(TranslatorError):
    """An option of the call is not one the target knows, or has a wrong value."""


class LossyTranslation(TranslatorError):
    """Raised by `Result.raise_for_losses`; `losses` holds those at or above the severity asked for."""

    def __init__(self, losses: Sequence[Loss]) -> None:
        self.losses = tuple(losses)
        codes = ", ".join(sorted({loss.code for loss in self.losses}))
        super().__init__(f"{len(self.losses)} losses in the translation: {codes}.")
