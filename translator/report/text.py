"""The report for people: like a good compiler's, one entry a loss, then one line that sums up."""

from __future__ import annotations

import os
import textwrap
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from translator.report import Outcome, Tally, count, numbers, skipped_words
from translator.report.excerpt import marked
from translator.report.safe import SHORT, inert, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from translator.loss import Loss

COLOURS = {"error": "red", "warning": "yellow", "notice": "cyan"}
WIDTH = 116
"""Columns of a line of words, or of source; fewer on a terminal that has fewer."""
MOST_WORDS = 2000
"""Characters of a sentence; the JSON report has all of it."""


def render(
    outcomes: Iterable[Outcome],
    *,
    verbose: bool = False,
    style: Callable[..., str] | None = None,
    skipped: Iterable[tuple[str, str]] = (),
) -> Iterator[str]:
    """The whole report, an entry a loss; with a heading for each file where there are several.

    Args:
        verbose: with notices, losses of the baseline, the place and values of each loss, and what was skipped.
        style: `click.style` where colour is wanted.
        skipped: (path, why) of what was not a document.
    """
    page = _Page(verbose, style)
    tally = Tally()
    counted = tally.through(outcomes)
    first, second = next(counted, None), next(counted, None)
    several = second is not None
    parted = False
    for outcome in chain((each for each in (first, second) if each is not None), counted):
        lines = [*page.entries(outcome, several)]
        if lines:
            yield "\n".join([*([""] if parted else []), *map(inert, lines), ""])
            parted = several
    if parted:
        yield "\n"
    left = [*skipped]
    if verbose:
        for path, why in left:
            yield inert(f"{printable(path)}: skipped, {printable(why)}") + "\n"
    yield inert(_summary(tally, None if several else first, verbose) + skipped_words(len(left))) + "\n"


class _Page:
    """How the entries of one report look."""

    def __init__(self, verbose: bool, style: Callable[..., str] | None) -> None:
        self.verbose = verbose
        self.style = style or _plain
        self.width = min(WIDTH, _terminal()) if style else WIDTH

    def entries(self, outcome: Outcome, several: bool) -> Iterator[str]:
        name = printable(outcome.source)
        if outcome.error is not None:
            yield from self._failure(outcome, name)
            return
        shown = [(i, loss) for i, loss in enumerate(outcome.losses) if self._is_shown(loss, outcome.waived.get(i))]
        if several and (shown or self.verbose):
            found = numbers(count(outcome.losses))
            yield f"{self.style(name, bold=True, underline=True)}  {outcome.from_} -> {outcome.to}: {found}"
        last: tuple[int, int, str] | None = None
        for index, loss in shown:
            here = (*loss.place, loss.source)
            yield from self._loss(outcome, name, index, here, repeats=here == last)
            last = here

    def _is_shown(self, loss: Loss, waived: str | None) -> bool:
        return self.verbose or (loss.severity != "notice" and waived != "baseline")

    def _loss(self, outcome: Outcome, name: str, index: int, here: tuple[int, int, str], *, repeats: bool) -> list[str]:
        loss, (line, column, written) = outcome.losses[index], here
        colour = COLOURS[loss.severity]
        place = self.style(f"{name}:{line}:{column}", bold=True)
        severity = self.style(loss.severity, fg=colour, bold=True)
        waived = f" ({outcome.waived[index]})" if index in outcome.waived else ""
        source = f"  {_short(printable(written))}" if written else ""
        found = [f"{place} {severity} {_short(printable(loss.code))}{waived}{source}"]
        if not repeats:
            found += self._excerpt(outcome.lines, line, column, written, colour)
        found += self._wrapped(loss.message)
        found += self._wrapped(loss.remedy)
        if self.verbose:
            from translator.report.loss import details

            words = "; ".join(f"{label} {value}" for label, value in details(loss) if label != "source")
            found += [self.style(each, dim=True) for each in self._wrapped(words)]
        return found

    def _failure(self, outcome: Outcome, name: str) -> Iterator[str]:
        error = outcome.error
        assert error is not None
        place = f":{error.line}:{error.column}" if error.line else ""
        failed = self.style("failed", fg="red", bold=True)
        yield f"{self.style(name + place, bold=True)} {failed}  {printable(error.message)}"
        if error.line and error.column:
            yield from self._excerpt(outcome.lines, error.line, error.column, "", "red")
        if error.cause:
            yield f"    Likely cause: {printable(error.cause)}."

    def _excerpt(self, lines: dict[int, str], number: int, column: int, source: str, colour: str) -> list[str]:
        """The source line with marks under the place."""
        gutter = f"{number:>5}"
        found = marked(lines.get(number, ""), column, source, self.width - len(gutter) - 4)
        if not found:
            return []
        text, marks = found
        below = " " * len(gutter)
        return [
            f"{self.style(f'{gutter} |', dim=True)} {text}",
            f"{self.style(f'{below} |', dim=True)} {self.style(marks, fg=colour)}",
        ]

    def _wrapped(self, text: str) -> Sequence[str]:
        return (_wrapped_short if len(text) <= SHORT else _wrapped)(text, self.width)


def _wrapped(text: str, width: int) -> tuple[str, ...]:
    """A sentence in lines of as many columns, printable."""
    text = _short(printable(text), MOST_WORDS)
    if 0 < len(text) <= width - 4:
        return (f"    {text}",)
    blanks = "    "
    lines = textwrap.wrap(
        text,
        width,
        initial_indent=blanks,
        subsequent_indent=blanks,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return tuple(lines)


_wrapped_short = lru_cache(maxsize=1024)(_wrapped)


def _terminal() -> int:
    """Columns of the terminal that standard error is; as many as we like where it is none."""
    try:
        return max(60, os.get_terminal_size(2).columns)
    except OSError:
        return WIDTH


def _short(text: str, most: int = 100) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."


def _summary(tally: Tally, only: Outcome | None, verbose: bool) -> str:
    hidden = [
        *(["notices"] if tally.losses["notice"] else []),
        *(["those of the baseline"] if tally.waived["baseline"] else []),
    ]
    shown = f" ({' and '.join(hidden)} are shown with -v)" if hidden and not verbose else ""
    if only is not None:
        if only.error is not None:
            return f"{printable(only.source)}: nothing was written."
        told = f" Source told by {printable(only.assumed)}." if only.assumed else ""
        return f"{only.from_} -> {only.to}: {tally.losses_words}{shown}.{told}"
    if not any(tally.files.values()):
        return "No document was found."
    if tally.files["failed"] and tally.files["failed"] == sum(tally.files.values()):
        return f"{tally.files_words}; nothing was written."
    return f"{tally.files_words}; {tally.losses_words}{shown}."


def _plain(text: str, **_: object) -> str:
    return text
