"""The audit for machines: one JSON object, version 1; its schema is docs/audit.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from translator.audit import LEVELS, Support, support
from translator.loss import SEVERITIES
from translator.report.audit import by_number, headline
from translator.report.json import closed
from translator.report.safe import escaped_json, masked
from translator.syntax.json import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translator.audit import Audit, Target

VERSION = 1


def render(audit: Audit, *, verbose: bool = False, style: Callable[..., str] | None = None) -> Iterator[str]:
    """The whole audit, whatever `verbose`."""
    yield escaped_json(write(masked(report(audit))))


def report(audit: Audit) -> dict[str, Any]:
    """The audit as plain data."""
    return {
        "version": VERSION,
        "documents": audit.documents,
        "failed": audit.failed,
        "skipped": [{"why": why, "documents": number} for why, number in by_number(audit.skipped)],
        "dialects": [{"from": name or None, "documents": number} for name, number in by_number(audit.dialects)],
        "targets": [_target(audit, target) for target in audit.targets.values()],
        "uses": [
            {
                "from": use.dialect,
                "what": use.what,
                "name": use.name,
                "documents": use.documents,
                "uses": use.uses,
                "targets": [
                    {"to": to, "support": there, "as": name}
                    for to in audit.targets
                    for there, name in [support(use, to)]
                ],
            }
            for use in audit.uses()
        ],
        "failures": [{"source": each.source, "to": each.targets, "error": each.error} for each in audit.failures],
    }


def _target(audit: Audit, target: Target) -> dict[str, Any]:
    return {
        "to": target.name,
        "headline": headline(audit, target),
        "lossless": target.levels["lossless"] + target.levels["already"],
        "lossy": target.lossy,
        "failed": target.levels["failed"],
        "levels": {level: target.levels[level] for level in LEVELS},
        "losses": {severity: target.losses[severity] for severity in reversed(SEVERITIES)},
        "todo": [
            {
                "remedy": step.remedy,
                "severity": step.severity,
                "documents": step.documents,
                "alone": step.alone,
                "codes": [{"code": code, "documents": number} for code, number in by_number(step.codes)],
            }
            for step in target.todo()
        ],
        "codes": [
            {
                "code": each.first.code,
                "severity": each.first.severity,
                "documents": each.documents,
                "losses": each.losses,
                "waived": each.waived,
                "remedy": each.first.remedy,
                "example": {
                    "source": each.source,
                    "line": each.first.line,
                    "column": each.first.column,
                    "written": each.first.written,
                },
            }
            for each in target.ranked()
        ],
    }


def schema() -> dict[str, Any]:
    """The JSON Schema of the audit."""
    text, number = {"type": "string"}, {"type": "integer", "minimum": 0}
    place, from_ = {"type": ["integer", "null"], "minimum": 1}, {"type": ["string", "null"]}
    severity = {"enum": list(SEVERITIES)}

    def several(**properties: Any) -> dict[str, Any]:
        return {"type": "array", "items": closed(properties)}

    target = {
        "to": text,
        "headline": text,
        **dict.fromkeys(("lossless", "lossy", "failed"), number),
        "levels": closed(dict.fromkeys(LEVELS, number)),
        "losses": closed(dict.fromkeys(reversed(SEVERITIES), number)),
        "todo": several(
            remedy=text,
            severity=severity,
            documents=number,
            alone={**number, "description": "Of these, those in which nothing else above a notice would be left."},
            codes=several(code=text, documents=number),
        ),
        "codes": several(
            code=text,
            severity=severity,
            documents=number,
            losses=number,
            waived={**number, "description": "Losses that are accepted, or in the baseline."},
            remedy=text,
            example=closed({"source": text, "line": place, "column": place, "written": text}),
        ),
    }
    uses = {
        "from": text,
        "what": {"enum": ["attribute", "verb"]},
        "name": text,
        "documents": number,
        "uses": number,
        "targets": several(to=text, support={"enum": list(get_args(Support))}, **{"as": text}),
    }
    error = {"type": text, "message": text, "line": place, "column": place, "cause": text}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Audit of conference-translator",
        **closed(
            {
                "version": {"const": VERSION},
                "documents": number,
                "failed": {**number, "description": "Documents that failed for at least one target."},
                "skipped": several(why=text, documents=number),
                "dialects": several(**{"from": from_}, documents=number),
                "targets": several(**target),
                "uses": several(**uses),
                "failures": several(source=text, to={"type": "array", "items": text}, error=closed(error)),
            }
        ),
    }
