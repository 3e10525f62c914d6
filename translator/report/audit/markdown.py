"""The audit as Markdown, for a ticket or the summary page of a CI run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translator.audit import LEVELS, support
from translator.report.audit import LEVELS as WORDS
from translator.report.audit import SUPPORT, by_number, documents, frees, headline, percent, place, sources, unnamed
from translator.report.markdown import code, prose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from translator.audit import Audit, Target

SHOWN = 25
"""Rows of a table, where `verbose` does not ask for all."""


def render(audit: Audit, *, verbose: bool = False, style: Callable[..., str] | None = None) -> Iterator[str]:
    """The audit; with notices, all rows and why documents were skipped where `verbose`."""
    most = None if verbose else SHOWN
    targets = audit.targets.values()
    yield f"# Migration audit\n\n{sources(audit)}\n"
    if not audit.documents:
        return
    yield "\n" + "".join(f"- **{prose(headline(audit, target))}**\n" for target in targets) + "\n"
    yield from _table(
        ["target", "ready", *(WORDS[level] for level in LEVELS)],
        [
            [target.title, percent(target.ready, target.moving), *(f"{target.levels[level]:,}" for level in LEVELS)]
            for target in audit.by_readiness()
        ],
    )
    for target in targets:
        yield from _todo(target, most)
        yield from _codes(target, most, verbose)
    yield from _uses(audit, most)
    if audit.failures:
        yield f"\n## Failed: {documents(audit.failed)}\n\n"
        yield from _table(
            ["document", "line", "targets", "why"],
            [
                [
                    code(each.source),
                    str(each.error["line"] or ""),
                    "all" if len(each.targets) == len(audit.targets) else ", ".join(each.targets),
                    prose(" ".join(filter(None, (each.error["message"], each.error["cause"])))),
                ]
                for each in audit.failures[:most]
            ],
        )
        rest = unnamed(audit, audit.failures[:most])
        if rest:
            yield f"\nAnd {rest:,} more.\n"
    if verbose and audit.skipped:
        yield "\n## Skipped\n\n"
        yield from _table(["documents", "why"], [[f"{n:,}", prose(why)] for why, n in by_number(audit.skipped)])


def _todo(target: Target, most: int | None) -> Iterator[str]:
    steps = target.todo()
    if steps:
        yield f"\n## What to do first for {target.title}\n\n"
    for step in steps[:most]:
        more = f"; {frees(step)}" if step.alone else ""
        codes = ", ".join(f"{code(name)} ({times:,})" for name, times in by_number(step.codes)[:8])
        yield f"1. {prose(step.remedy)} **{step.severity}**, {documents(step.documents)}{more}: {codes}\n"
    yield from _rest(len(steps), most)


def _codes(target: Target, most: int | None, verbose: bool) -> Iterator[str]:
    ranked = [each for each in target.ranked() if verbose or each.first.severity != "notice"]
    if not ranked:
        return
    yield f"\n## Losses for {target.title}\n\n"
    yield from _table(
        ["severity", "code", "documents", "losses", "waived", "for example"],
        [
            [
                each.first.severity,
                code(each.first.code),
                f"{each.documents:,}",
                f"{each.losses:,}",
                f"{each.waived:,}",
                " ".join(code(text) for text in (place(each.source, each.first), each.first.written) if text),
            ]
            for each in ranked[:most]
        ],
    )
    yield from _rest(len(ranked), most)


def _uses(audit: Audit, most: int | None) -> Iterator[str]:
    for what, head in (("attribute", "Attributes of conferences"), ("verb", "Verbs around them")):
        uses = [use for use in audit.uses() if use.what == what]
        if not uses:
            continue
        yield f"\n## {head}\n\n"
        rows = []
        for use in uses[:most]:
            there = [support(use, to) for to in audit.targets]
            cells = [f"{has}: {code(name)}" if name else SUPPORT[has] for has, name in there]
            rows.append([code(use.name), use.dialect, f"{use.documents:,}", f"{use.uses:,}", *cells])
        yield from _table([what, "dialect", "documents", "uses", *audit.targets], rows)
        yield from _rest(len(uses), most)


def _rest(number: int, most: int | None) -> Iterator[str]:
    if most is not None and number > most:
        yield f"\nAnd {number - most:,} more, shown with `-v`.\n"


def _table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |\n"
