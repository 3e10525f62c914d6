"""Reports: one renderer a file, each from the same `Outcome` objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from translator.errors import TranslatorError
    from translator.loss import Loss


@dataclass(slots=True)
class Outcome:
    """What became of one document.

    Attributes:
        source: file name, or "-" for standard input.
        from_, to: dialects; None where the source could not be told.
        output: file name written, "-" for standard output, None where nothing was written.
        losses: all of them.
        error: why it failed, or None.
        assumed: how the source dialect was told, where nobody named it.
        waived: which losses do not count for the exit status, by their index in `losses`, and why: "accepted" or
            "baseline".
        lines: the lines of the source that its losses, or its error, stand in, by number; "" or no entry where unknown.
    """

    source: str
    from_: str | None
    to: str
    output: str | None = None
    losses: tuple[Loss, ...] = ()
    error: TranslatorError | None = None
    assumed: str = ""
    waived: dict[int, str] = field(default_factory=dict)
    lines: dict[int, str] = field(default_factory=dict)

    @property
    def status(self) -> str:
        if self.error is not None:
            return "failed"
        return "lossy" if self.losses else "lossless"


def count(losses: Iterable[Loss]) -> dict[str, int]:
    """Number of losses of each severity, gravest first."""
    found = {"error": 0, "warning": 0, "notice": 0}
    for loss in losses:
        found[loss.severity] += 1
    return found


def plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
