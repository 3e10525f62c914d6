"""The report as Markdown, for a comment or the summary page of a CI run: a table of all, then one for each file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from translator.report import Outcome, Tally, count, numbers
from translator.report.loss import details
from translator.report.safe import inert, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_MARKS = re.compile(r"[\\`*_\[\]<>&|~$]")
"""What Markdown or HTML reads as more than text."""
_LINKS = re.compile(r"(?<=[@#:])(?=\S)|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-\d)", re.IGNORECASE)
"""Where a mention, a reference, a URL or an emoji would be made of text, were it escaped or not."""


def render(
    outcomes: Iterable[Outcome],
    *,
    verbose: bool = False,
    style: Callable[..., str] | None = None,
    skipped: Iterable[tuple[str, str]] = (),
) -> Iterator[str]:
    """The report; with notices, losses of the baseline and what was skipped where `verbose`.

    The tables of the files wait for the counts above them: as text, not as outcomes.
    """
    tally = Tally()
    files = [part for outcome in tally.through(outcomes) for part in _file(outcome, verbose)]
    counts = {"files": sum(tally.files.values()), **tally.files}
    counts |= {f"{severity}s": number for severity, number in tally.losses.items()} | tally.waived
    yield "# Translation report\n\n" + _table(list(counts), [[str(number) for number in counts.values()]])
    yield from files
    left = [[code(path), prose(why)] for path, why in skipped] if verbose else []
    if left:
        yield "\n## Skipped\n\n" + _table(["file", "why"], left)
    if not verbose and (tally.losses["notice"] or tally.waived["baseline"]):
        yield "\nNotices, and losses of the baseline, are counted, and shown with `-v`.\n"


def _file(outcome: Outcome, verbose: bool) -> Iterator[str]:
    head = f"\n## {code(outcome.source)}\n\n"
    if outcome.error is not None:
        error = outcome.error
        place = f"Line {error.line}, column {error.column}: " if error.line else ""
        cause = f" Likely cause: {prose(error.cause)}." if error.cause else ""
        yield f"{head}**failed** ({type(error).__name__}). {place}{prose(error.message)}{cause}\n"
        return
    rows = [
        _loss(outcome, index)
        for index, loss in enumerate(outcome.losses)
        if verbose or (loss.severity != "notice" and outcome.waived.get(index) != "baseline")
    ]
    if rows:
        way = f"{outcome.from_} to {outcome.to}: {numbers(count(outcome.losses))}.\n\n"
        yield head + way + _table(["place", "severity", "code", "what happens, and what to do"], rows)


def _loss(outcome: Outcome, index: int) -> list[str]:
    loss, waived = outcome.losses[index], outcome.waived.get(index)
    words = [prose(text) for text in (loss.message, loss.remedy) if text]
    facts = ", ".join(f"{label} {code(text)}" for label, text in details(loss))
    severity = f"{loss.severity} ({waived})" if waived else loss.severity
    return [f"{loss.line}:{loss.column}", severity, code(loss.code), "<br>".join([*words, f"<sub>{facts}</sub>"])]


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    return "".join("| " + " | ".join(row) + " |\n" for row in (head, ["---"] * len(head), *rows))


def code(text: str) -> str:
    """Any text as code in a cell: it cannot end the code, the cell or the line, nor become a link or a mention."""
    text = printable(text)
    if "`" in text or "|" in text or not text.strip() or inert(text) != text:
        return f"<code>{_escaped(text)}</code>"
    return f"` {text} `" if text != text.strip() else f"`{text}`"


def prose(text: str) -> str:
    """Any text as words in a cell: it cannot end the cell or the line, nor become markup, a link or a mention."""
    return _escaped(_LINKS.sub("\0", printable(text))).replace("\0", "<!-- -->")


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda found: f"&#{ord(found[0])};", text)
