"""Reports: one renderer a file, each from the same `Outcome` objects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from translator.errors import TranslatorError
    from translator.loss import Loss

FORMATS: Final[dict[str, str]] = {
    name: f"translator.report.{name}" for name in ("text", "json", "jsonl", "github", "sarif", "junit", "markdown")
}
"""Format -> the module that renders it."""

LONGEST_LINE: Final = 10_000
"""Characters of a source line that is kept for a report; a longer one is not shown."""

_NUMBERS = r"\[\d+\]|(?<=/)\d+(?=/|$)"
"""What moves in a path when a step is put before another: `[2]` of XML, `/2` of JSON."""


class Renderer(Protocol):
    """What every module of `FORMATS` has as `render`."""

    def __call__(
        self,
        outcomes: Iterable[Outcome],
        *,
        verbose: bool = False,
        style: Callable[..., str] | None = None,
        skipped: Iterable[tuple[str, str]] = (),
    ) -> Iterator[str]:
        """The report in pieces, made while `outcomes` are consumed.

        Args:
            verbose: with notices, and with what was skipped, where the format leaves them out otherwise.
            style: `click.style` where colour is wanted; only the text report has any.
            skipped: (path, why) of what was not a document; asked for after the last outcome.
        """


@dataclass(eq=False, repr=False, slots=True)
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
        fail_on: from which severity on a loss that is not waived fails: "error", "warning", "notice" or "never".
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
    fail_on: str = "error"

    @property
    def status(self) -> str:
        if self.error is not None:
            return "failed"
        return "lossy" if self.losses else "lossless"

    @property
    def fails(self) -> bool:
        """Whether it makes the exit status 1: it failed, or one of its losses counts."""
        if self.error is not None or self.fail_on == "never":
            return self.error is not None
        return any(self.counts(index) for index in range(len(self.losses)))

    def counts(self, index: int) -> bool:
        """Whether a loss makes the exit status 1: it is grave enough, and not waived."""
        from translator.loss import at_least

        if self.fail_on == "never" or index in self.waived:
            return False
        return at_least(self.losses[index].severity, self.fail_on)


class Tally:
    """Counts outcomes as they pass, so that nobody has to keep them."""

    def __init__(self) -> None:
        self.files = {"lossless": 0, "lossy": 0, "failed": 0}
        self.losses = count(())
        self.grave = 0  # documents with an error among their losses
        self.waived = {"accepted": 0, "baseline": 0}

    def add(self, outcome: Outcome) -> None:
        self.files[outcome.status] += 1
        found = count(outcome.losses)
        self.grave += found["error"] > 0
        for severity, number in found.items():
            self.losses[severity] += number
        for why in outcome.waived.values():
            self.waived[why] += 1

    def through(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The same outcomes, counted."""
        for outcome in outcomes:
            self.add(outcome)
            yield outcome

    @property
    def files_words(self) -> str:
        """`3 documents: 2 lossless, 1 lossy`."""
        statuses = ", ".join(f"{number:,} {status}" for status, number in self.files.items() if number)
        return f"{plural(sum(self.files.values()), 'document')}{f': {statuses}' if statuses else ''}"

    @property
    def losses_words(self) -> str:
        """`3 errors in 2 documents, 1 warning, 2 of them accepted`."""
        words = numbers(self.losses)
        if self.grave and sum(self.files.values()) > 1:
            errors = plural(self.losses["error"], "error")
            words = words.replace(errors, f"{errors} in {plural(self.grave, 'document')}", 1)
        accepted, known = self.waived.values()
        if accepted:
            words += f", {accepted:,} of them accepted"
        if known:
            words += f", {known:,} of them in the baseline"
        return words


def renderer(name: str) -> Renderer:
    """The renderer of a format of `FORMATS`."""
    render: Renderer = import_module(FORMATS[name]).render
    return render


def excerpts(source: str | bytes, losses: Iterable[Loss], error: TranslatorError | None = None) -> dict[int, str]:
    """The lines of a document that its losses, or its error, stand in: `Outcome.lines`.

    Whatever the bytes, it raises nothing: a line that cannot be told, or is longer than `LONGEST_LINE`, is left out.
    """
    from translator import syntax

    wanted = {loss.line for loss in losses} | ({error.line} if error and error.line else set())
    if not wanted:
        return {}
    if isinstance(source, str):
        text = source.removeprefix("\ufeff")
    elif syntax.sniff(source) == "xml":
        text = syntax.module("xml").decoded(source)
    else:
        text = source.decode(syntax.encoding(source), "replace")
    lines = text.split("\n")
    found = {number: lines[number - 1].removesuffix("\r") for number in sorted(wanted) if number <= len(lines)}
    return {number: line for number, line in found.items() if len(line) <= LONGEST_LINE and "\0" not in line}


def count(losses: Iterable[Loss]) -> dict[str, int]:
    """Number of losses of each severity, gravest first."""
    found = {"error": 0, "warning": 0, "notice": 0}
    for loss in losses:
        found[loss.severity] += 1
    return found


def numbers(counted: dict[str, int]) -> str:
    """`2 errors, 1 notice`; `nothing was lost` where there is none."""
    return ", ".join(plural(number, severity) for severity, number in counted.items() if number) or "nothing was lost"


def plural(number: int, word: str) -> str:
    """`1 file`, `2,000 files`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def skipped_words(number: int) -> str:
    """` 2 were skipped.`; "" where nothing was."""
    return f" {number:,} {'was' if number == 1 else 'were'} skipped." if number else ""


def unnumbered(path: str) -> str:
    """A path in a document that stays when a step is put before another: `/sections/main/*/play`, `/Response/Dial`."""
    return re.sub(_NUMBERS, lambda found: "" if found[0][0] == "[" else "*", path)
