"""The report for people: like a good compiler's, one entry a loss, then one line that sums up."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from translator.report import Outcome, count, plural
from translator.report.safe import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

COLOURS = {"error": "red", "warning": "yellow", "notice": "cyan"}


def render(
    outcomes: Iterable[Outcome],
    *,
    verbose: bool = False,
    style: Callable[..., str] | None = None,
    skipped: Iterable[tuple[str, str]] = (),
) -> str:
    """The whole report.

    Args:
        verbose: show notices too, and what was skipped.
        style: `click.style` where colour is wanted.
    """
    outcomes = list(outcomes)
    lines: list[str] = []
    for outcome in outcomes:
        lines += _entries(outcome, verbose, style or _plain)
    if verbose:
        lines += [f"{printable(path)}: skipped, {printable(why)}" for path, why in skipped]
    lines.append(_summary(outcomes, verbose))
    return "\n".join(lines) + "\n"


def _entries(outcome: Outcome, verbose: bool, style: Callable[..., str]) -> Iterator[str]:
    name = printable(outcome.source)
    if outcome.error is not None:
        error = outcome.error
        place = f":{error.line}:{error.column}" if error.line else ""
        yield f"{style(name + place, bold=True)} {style('failed', fg='red', bold=True)}  {printable(error.message)}"
        if error.cause:
            yield f"    Likely cause: {printable(error.cause)}."
        return
    for index, loss in enumerate(outcome.losses):
        if loss.severity == "notice" and not verbose:
            continue
        place = style(f"{name}:{loss.line}:{loss.column}", bold=True)
        severity = style(loss.severity, fg=COLOURS[loss.severity], bold=True)
        waived = f" ({outcome.waived[index]})" if index in outcome.waived else ""
        source = f"  {_short(printable(loss.source))}" if loss.source else ""
        yield f"{place} {severity} {_short(printable(loss.code))}{waived}{source}"
        yield from _wrapped(loss.message)
        yield from _wrapped(loss.remedy)


MOST_WORDS = 2000
"""Characters of a sentence; the JSON report has all of it."""


def _short(text: str, most: int = 100) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        _short(printable(text), MOST_WORDS),
        116,
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _summary(outcomes: list[Outcome], verbose: bool) -> str:
    numbers = count(loss for outcome in outcomes for loss in outcome.losses)
    found = ", ".join(plural(number, severity) for severity, number in numbers.items() if number)
    hidden = " (notices are shown with -v)" if numbers["notice"] and not verbose else ""
    if len(outcomes) == 1:
        (outcome,) = outcomes
        if outcome.error is not None:
            return f"{printable(outcome.source)}: nothing was written."
        told = f" Source told by {printable(outcome.assumed)}." if outcome.assumed else ""
        return f"{outcome.from_} -> {outcome.to}: {found or 'nothing was lost'}{hidden}.{told}"
    status = [outcome.status for outcome in outcomes]
    parts = [
        f"{plural(status.count(each), 'file')} {each}" for each in ("lossless", "lossy", "failed") if each in status
    ]
    if status and all(each == "failed" for each in status):
        return f"{', '.join(parts)}; nothing was written."
    return f"{', '.join(parts) or 'no file to convert'}; {found or 'nothing was lost'}{hidden}."


def _plain(text: str, **_: object) -> str:
    return text
