"""What a translation gives back."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from translator.errors import InvalidOption, LossyTranslation
from translator.loss import at_least

if TYPE_CHECKING:
    from collections.abc import Callable

    from translator.detection import Detection
    from translator.dialect import Verb
    from translator.flow import Flow
    from translator.loss import Loss
    from translator.sites import Reading


class Trace(NamedTuple):
    """How a result came about, for the laws.

    Attributes:
        given: what each conference was read back as.
        steps: and every other step, with its verb.
    """

    given: list[dict[str, Any]]
    steps: list[tuple[Verb, dict[str, Any]]]


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
        reading: Callable[[], Reading],
        trace: Callable[[], Trace],
    ) -> None:
        self.text = text
        self.losses = losses
        self.source_dialect = source
        self.target_dialect = target
        self.syntax = syntax_name
        self.detection: Detection | None = None
        self._read: Callable[[], Reading] | None = reading
        self._trace: Callable[[], Trace] | None = trace
        self._flow: Flow | None = None

    @cached_property
    def reading(self) -> Reading:
        """What was read; not of a result from another process."""
        assert self._read is not None
        return self._read()

    @cached_property
    def trace(self) -> Trace:
        """How it came about; not of a result from another process."""
        assert self._trace is not None
        return self._trace()

    @property
    def flow(self) -> Flow:
        """The canonical intent read from the source."""
        if self._flow is None:
            from translator import faces

            self._flow = faces.flow(self.reading, self.reading.document)
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
        state = {**self.__dict__, "_flow": self.flow, "_read": None, "_trace": None}
        return {name: value for name, value in state.items() if name not in ("reading", "trace")}

    def __repr__(self) -> str:
        return f"Result({self.source_dialect!r} -> {self.target_dialect!r}, {len(self.losses)} losses)"
