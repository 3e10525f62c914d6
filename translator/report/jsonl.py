"""The report for machines that read as it comes: a result a line, then the summary; docs/report-lines.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from translator.report import Outcome, Tally
from translator.report.json import VERSION, closed, result, result_schema, summary, summary_schema
from translator.report.safe import escaped_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def render(
    outcomes: Iterable[Outcome],
    *,
    verbose: bool = False,
    style: Callable[..., str] | None = None,
    skipped: Iterable[tuple[str, str]] = (),
) -> Iterator[str]:
    """`{"version": 1, "result": ...}` for each document; `{"version": 1, "summary": ...}` in the last line."""
    tally = Tally()
    for outcome in tally.through(outcomes):
        yield _line("result", result(outcome))
    yield _line("summary", summary(tally))


def _line(name: str, value: dict[str, Any]) -> str:
    return escaped_json(to_json({"version": VERSION, name: value}, inf_nan_mode="strings").decode()) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of one line."""
    version = {"const": VERSION}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of the report of conference-translator",
        "oneOf": [
            closed({"version": version, "result": result_schema()}),
            closed({"version": version, "summary": summary_schema()}),
        ],
    }
