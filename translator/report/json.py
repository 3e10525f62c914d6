"""The report for machines: one JSON object, version 1; its schema is docs/report.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translator.loss import KINDS, SEVERITIES
from translator.report import Outcome, count
from translator.report.safe import escaped_json, masked

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION = 1


def report(outcomes: Iterable[Outcome]) -> dict[str, Any]:
    """The report as plain data."""
    outcomes = list(outcomes)
    status = [outcome.status for outcome in outcomes]
    return {
        "version": VERSION,
        "results": [
            {
                "source": outcome.source,
                "from": outcome.from_,
                "to": outcome.to,
                "output": outcome.output,
                "status": outcome.status,
                "error": masked(outcome.error.as_dict()) if outcome.error else None,
                "losses": [masked(loss.as_dict()) for loss in outcome.losses],
            }
            for outcome in outcomes
        ],
        "summary": {
            "files": len(outcomes),
            **{each: status.count(each) for each in ("lossless", "lossy", "failed")},
            "losses": count(loss for outcome in outcomes for loss in outcome.losses),
        },
    }


def render(outcomes: Iterable[Outcome]) -> str:
    from translator.syntax.json import write

    return escaped_json(write(report(outcomes)))


def schema() -> dict[str, Any]:
    """The JSON Schema of the report."""
    text, number = {"type": "string"}, {"type": "integer", "minimum": 0}
    place = {"type": ["integer", "null"], "minimum": 1}
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
    error = {"type": text, "message": text, "line": place, "column": place, "cause": text}
    result = {
        "source": text,
        "from": {"type": ["string", "null"]},
        "to": text,
        "output": {"type": ["string", "null"]},
        "status": {"enum": ["lossless", "lossy", "failed"]},
        "error": {"anyOf": [{"type": "null"}, _object(error)]},
        "losses": {"type": "array", "items": _object(loss)},
    }
    summary = {
        "files": number,
        "lossless": number,
        "lossy": number,
        "failed": number,
        "losses": _object(dict.fromkeys(("error", "warning", "notice"), number)),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Report of conference-translator",
        **_object(
            {
                "version": {"const": VERSION},
                "results": {"type": "array", "items": _object(result)},
                "summary": _object(summary),
            }
        ),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
