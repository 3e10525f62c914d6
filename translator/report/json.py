"""The report for machines: one JSON object, version 1; its schema is docs/report.schema.json."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING, Any

from translator.loss import KINDS, SEVERITIES
from translator.report import Outcome, Tally
from translator.report.loss import record
from translator.report.safe import escaped_json, masked
from translator.syntax.json import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

VERSION = 1


def result(outcome: Outcome) -> dict[str, Any]:
    """What became of one document, as plain data."""
    return {
        "source": masked(outcome.source),
        "from": outcome.from_,
        "to": outcome.to,
        "output": masked(outcome.output),
        "status": outcome.status,
        "error": masked(outcome.error.as_dict()) if outcome.error else None,
        "losses": [record(loss, outcome.waived.get(index)) for index, loss in enumerate(outcome.losses)],
    }


def summary(tally: Tally) -> dict[str, Any]:
    return {"files": sum(tally.files.values()), **tally.files, "losses": tally.losses}


def render(
    outcomes: Iterable[Outcome],
    *,
    verbose: bool = False,
    style: Callable[..., str] | None = None,
    skipped: Iterable[tuple[str, str]] = (),
) -> Iterator[str]:
    """The whole report, whatever `verbose`; a result at a time, so that many need no more memory than one."""
    tally = Tally()
    yield f'{{\n  "version": {VERSION},\n  "results": ['
    mark = "\n"
    for outcome in tally.through(outcomes):
        yield mark + indent(escaped_json(write(result(outcome))).rstrip(), "    ")
        mark = ",\n"
    end = "]" if mark == "\n" else "\n  ]"
    yield f'{end},\n  "summary": {indent(write(summary(tally)).rstrip(), "  ").lstrip()}\n}}\n'


def schema() -> dict[str, Any]:
    """The JSON Schema of the report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report of conference-translator",
        **closed(
            {
                "version": {"const": VERSION},
                "results": {"type": "array", "items": result_schema()},
                "summary": summary_schema(),
            }
        ),
    }


def result_schema() -> dict[str, Any]:
    text, place = {"type": "string"}, {"type": ["integer", "null"], "minimum": 1}
    loss = {
        "code": {"type": "string", "pattern": f"^.+/({'|'.join(KINDS)})$"},
        "kind": {"enum": list(KINDS)},
        "severity": {"enum": list(SEVERITIES)},
        "field": text,
        "said": {"type": "boolean"},
        "path": text,
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "source": text,
        "asked": {},
        "given": {},
        "message": text,
        "remedy": text,
    }
    waived = {"enum": ["accepted", "baseline"], "description": "Why it does not count; absent where it does."}
    error = {"type": text, "message": text, "line": place, "column": place, "cause": text}
    return closed(
        {
            "source": text,
            "from": {"type": ["string", "null"]},
            "to": text,
            "output": {"type": ["string", "null"]},
            "status": {"enum": ["lossless", "lossy", "failed"]},
            "error": {"anyOf": [{"type": "null"}, closed(error)]},
            "losses": {"type": "array", "items": closed(loss, {"waived": waived})},
        }
    )


def summary_schema() -> dict[str, Any]:
    number = {"type": "integer", "minimum": 0}
    losses = closed(dict.fromkeys(("error", "warning", "notice"), number))
    return closed({**dict.fromkeys(("files", "lossless", "lossy", "failed"), number), "losses": losses})


def closed(properties: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """The schema of an object that has these properties and, but for the optional ones, no others."""
    return {
        "type": "object",
        "properties": properties | (optional or {}),
        "required": list(properties),
        "additionalProperties": False,
    }
