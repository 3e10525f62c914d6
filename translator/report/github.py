"""The report as workflow commands of GitHub Actions: each loss is an annotation of its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from translator.report import Outcome, Tally, skipped_words
from translator.report.excerpt import extent
from translator.report.loss import details
from translator.report.safe import inert, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from translator.loss import Loss

SHOWN = 10
"""Annotations of one severity that GitHub shows for one step."""


def render(
    outcomes: Iterable[Outcome],
    *,
    verbose: bool = False,
    style: Callable[..., str] | None = None,
    skipped: Iterable[tuple[str, str]] = (),
) -> Iterator[str]:
    """An annotation a loss or a failed document; the last line sums up.

    What does not count is a notice, and notices are shown where `verbose`: there is room for few.
    """
    tally = Tally()
    commands = dict.fromkeys(("error", "warning", "notice"), 0)
    for outcome in tally.through(outcomes):
        for level, line in _commands(outcome):
            if verbose or level != "notice":
                commands[level] += 1
                yield line + "\n"
    left = [*skipped]
    if verbose:
        for path, why in left:
            yield inert(f"{printable(path)}: skipped, {printable(why)}") + "\n"
    yield f"{tally.files_words}; {tally.losses_words}.{skipped_words(len(left))}\n"
    if max(commands.values()) > SHOWN:
        yield f"GitHub shows the first {SHOWN} of each severity; this log has all.\n"


def _commands(outcome: Outcome) -> Iterator[tuple[str, str]]:
    if outcome.error is not None:
        error = outcome.error
        words = [error.message, f"Likely cause: {error.cause}." if error.cause else ""]
        place = {"line": error.line, "col": error.column} if error.line else {}
        yield "error", _command("error", outcome.source, type(error).__name__, words, **place)
    for index, loss in enumerate(outcome.losses):
        waived = outcome.waived.get(index)
        level = "notice" if waived else loss.severity
        title = f"{loss.code} ({waived}: {loss.severity})" if waived else loss.code
        facts = "; ".join(f"{label} {value}" for label, value in details(loss))
        words = [loss.message, loss.remedy, f"{outcome.from_} -> {outcome.to}: {facts}"]
        yield level, _command(level, outcome.source, title, words, **_place(outcome, loss))


def _place(outcome: Outcome, loss: Loss) -> dict[str, int]:
    place = {"line": loss.line, "endLine": loss.line, "col": loss.column}
    length = extent(outcome.lines.get(loss.line, ""), loss.column, loss.source)
    return place | {"endColumn": loss.column + length} if length else place


def _command(level: str, source: str, title: str, words: list[str], **place: int | None) -> str:
    properties: dict[str, object] = {} if source == "-" else {"file": source}
    properties |= {**place, "title": title}
    said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None)
    return f"::{level} {said}::" + "%0A".join(_data(each) for each in words if each)


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
