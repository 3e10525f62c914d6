"""The audit for people at a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from translator.audit import LEVELS, support
from translator.report.audit import LEVELS as WORDS
from translator.report.audit import (
    SUPPORT,
    by_number,
    documents,
    frees,
    headline,
    percent,
    place,
    share,
    sources,
    unnamed,
)
from translator.report.safe import inert, printable
from translator.report.text import COLOURS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from translator.audit import Audit, Target

BAR = 40
"""Characters of the longest bar."""
SHOWN = 10
"""Rows of a table, where `verbose` does not ask for all."""
_COLOURS = {**COLOURS, "already": "blue", "lossless": "green", "failed": "magenta"}


def render(audit: Audit, *, verbose: bool = False, style: Callable[..., str] | None = None) -> Iterator[str]:
    """The audit: how ready, what to do first, which codes, what is used, what failed.

    Args:
        verbose: all rows of every table, and why documents were skipped.
        style: `click.style` where colour is wanted.
    """
    yield from map(inert, _lines(audit, verbose, style or _plain))


def _lines(audit: Audit, verbose: bool, paint: Callable[..., str]) -> Iterator[str]:
    most = None if verbose else SHOWN
    yield f"{sources(audit)}\n"
    if verbose:
        yield from (f"    {number:,} skipped: {printable(why)}\n" for why, number in by_number(audit.skipped))
    if not audit.documents:
        return
    if len(audit.targets) > 1:
        yield from _comparison(audit, paint)
    for target in audit.targets.values():
        yield f"\n{paint(headline(audit, target), bold=True)}\n"
        yield from _levels(audit, target, paint)
        yield from _todo(target, most, paint)
        yield from _codes(target, most, verbose, paint)
    yield from _uses(audit, most)
    yield from _failures(audit, most, paint)


def _comparison(audit: Audit, paint: Callable[..., str]) -> Iterator[str]:
    yield f"\n{paint('Targets', bold=True)}\n"
    rows = [
        (target.title, percent(target.ready, target.moving), *(f"{target.levels[level]:,}" for level in LEVELS))
        for target in audit.by_readiness()
    ]
    yield from _table(["target", "ready", *(WORDS[level] for level in LEVELS)], rows, right=range(1, 8))


def _levels(audit: Audit, target: Target, paint: Callable[..., str]) -> Iterator[str]:
    for level in LEVELS:
        number = target.levels[level]
        if number:
            bar = paint("#" * max(1, round(BAR * number / audit.documents)), fg=_COLOURS[level])
            yield f"  {WORDS[level]:<13} {number:>7,}  {share(target, level):>9}  {bar}\n"


def _todo(target: Target, most: int | None, paint: Callable[..., str]) -> Iterator[str]:
    steps = target.todo()
    if not steps:
        return
    yield f"\n{paint(f'What to do first for {target.title}', bold=True)}\n"
    for number, step in enumerate(steps[:most], 1):
        more = f"; {frees(step)}" if step.alone else ""
        severity = paint(step.severity, fg=_COLOURS[step.severity], bold=True)
        yield f"{number:>3}. {severity}, {documents(step.documents)}{more}:\n"
        yield from _wrapped(step.remedy)
        yield from _wrapped(", ".join(f"{code} ({times:,})" for code, times in by_number(step.codes)[:8]))
    yield from _rest(len(steps), most, "step")


def _codes(target: Target, most: int | None, verbose: bool, paint: Callable[..., str]) -> Iterator[str]:
    ranked = target.ranked()
    shown = [each for each in ranked if verbose or each.first.severity != "notice"]
    if ranked:
        yield f"\n{paint(f'Losses for {target.title}', bold=True)}\n"
    if shown:
        rows = [
            (
                each.first.severity,
                _cut(each.first.code),
                f"{each.documents:,}",
                f"{each.losses:,}",
                f"{each.waived:,}" if each.waived else "",
                f"{_cut(place(each.source, each.first), 60)}  {_cut(each.first.written)}".rstrip(),
            )
            for each in shown[:most]
        ]
        yield from _table(["", "code", "documents", "losses", "waived", "for example"], rows, right=range(2, 5))
        yield from _rest(len(shown), most, "code")
    hidden = len(ranked) - len(shown)
    if hidden:
        yield f"  {target.losses['notice']:,} notices of {hidden:,} codes are shown with -v.\n"


def _uses(audit: Audit, most: int | None) -> Iterator[str]:
    for what, head in (("attribute", "Attributes of conferences"), ("verb", "Verbs around them")):
        uses = [use for use in audit.uses() if use.what == what]
        if not uses:
            continue
        yield f"\n{head}\n"
        rows = [
            (
                _cut(f"{use.name} ({use.dialect})" if len(audit.dialects) > 1 else use.name),
                f"{use.documents:,}",
                f"{use.uses:,}",
                *(_support(*support(use, to)) for to in audit.targets),
            )
            for use in uses[:most]
        ]
        yield from _table([what, "documents", "uses", *audit.targets], rows, right=range(1, 3))
        yield from _rest(len(uses), most, what)


def _support(there: str, name: str) -> str:
    """`yes: beep`, `no`; the name is cut, as several targets stand side by side."""
    return f"{there}: {_cut(name, 30)}" if name else SUPPORT[there]


def _failures(audit: Audit, most: int | None, paint: Callable[..., str]) -> Iterator[str]:
    if not audit.failures:
        return
    yield f"\n{paint(f'Failed: {documents(audit.failed)}', bold=True)}\n"
    for each in audit.failures[:most]:
        error = each.error
        at = f":{error['line']}:{error['column']}" if error["line"] else ""
        only = "" if len(each.targets) == len(audit.targets) else f" (to {', '.join(each.targets)})"
        yield f"  {_cut(each.source + at, 200)}{only}  {_cut(error['message'], 300)}\n"
        if error["cause"]:
            yield f"      Likely cause: {_cut(error['cause'], 300)}.\n"
    yield from _rest(unnamed(audit, audit.failures[:most]), 0, "document")


def _rest(number: int, most: int | None, what: str) -> Iterator[str]:
    over = number - most if most is not None else 0
    if over > 0:
        yield f"  ... and {over:,} more {what}{'' if over == 1 else 's'}.\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> Iterator[str]:
    """Aligned columns; those of numbers to the right."""
    rows = [head, *rows]
    widths = [max(len(row[index]) for row in rows) for index in range(len(head))]
    numbers = set(right)
    for row in rows:
        cells = [
            cell.rjust(width) if index in numbers else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"  {'  '.join(cells).rstrip()}\n"


def _cut(text: str, most: int = 50) -> str:
    text = printable(text)
    return text if len(text) <= most else text[: most - 3] + "..."


def _wrapped(text: str) -> Iterator[str]:
    for line in textwrap.wrap(printable(text), 100, break_long_words=False, break_on_hyphens=False):
        yield f"     {line}\n"


def _plain(text: str, **_: object) -> str:
    return text
