"""What a translation gives back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translator.errors import InvalidOption, LossyTranslation
from translator.loss import at_least

if TYPE_CHECKING:
    from translator.detection import Detection
    from translator.dialect import Verb
    from translator.flow import Flow
    from translator.loss import Loss
    from translator.sites import Reading
    from translator.syntax import Document


class Result:
    """A translated document with its report.

    Attributes:
        text: the target document.
        losses: ordered by place, then code; the same for the same bytes, always.
        source_dialect, target_dialect: names.
        syntax: of `text`: "xml", "json" or "yaml".
        detection: how the source dialect was told, where the caller did not name it.
    """

    def __init__(
        self,
        text: str,
        losses: tuple[Loss, ...],
        source: str,
        target: str,
        syntax_name: str,
        reading: Reading,
        document: Document,
    ) -> None:
        self.text = text
        self.losses = losses
        self.source_dialect = source
        self.target_dialect = target
        self.syntax = syntax_name
        self._reading = reading
        self._document = document
        self._given: list[dict[str, Any]] = []  # what each conference was read back as, for the laws
        self._steps: list[tuple[Verb, dict[str, Any]]] = []  # and every other step, with its verb
        self.detection: Detection | None = None
        self._flow: Flow | None = None

    @property
    def flow(self) -> Flow:
        """The canonical intent read from the source."""
        if self._flow is None:
            from translator import faces

            self._flow = faces.flow(self._reading, self._document)
        return self._flow

    @property
    def lossless(self) -> bool:
        """No losses at all."""
        return not self.losses

    def raise_for_losses(self, severity: str = "warning") -> None:
        """Raise `LossyTranslation` with the losses at or above a severity: "notice", "warning" or "error"."""
        if severity not in ("notice", "warning", "error"):
            raise InvalidOption(f'"{severity}" is no severity; one of: notice, warning, error.')
        found = [loss for loss in self.losses if at_least(loss.severity, severity)]
        if found:
            raise LossyTranslation(found)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_flow": self.flow, "_reading": None, "_document": None, "_given": [], "_steps": []}

    def __repr__(self) -> str:
        return f"Result({self.source_dialect!r} -> {self.target_dialect!r}, {len(self.losses)} losses)"
