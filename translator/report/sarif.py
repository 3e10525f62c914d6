"""The report as SARIF 2.1.0, for code review and dashboards: a rule for each code, a result for each loss."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from pathlib import PurePath
from textwrap import indent
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from translator import __version__
from translator.explanation import as_markdown, as_text, find
from translator.loss import KINDS
from translator.report import Outcome, unnumbered
from translator.report.excerpt import extent
from translator.report.loss import record
from translator.report.safe import escaped_json, masked
from translator.syntax.json import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from translator.errors import TranslatorError

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FAILED = "document/failed"
LEVELS = {"error": "error", "warning": "warning", "notice": "note"}
WAIVED = {"accepted": "Accepted by the policy of the run.", "baseline": "Known in the baseline of the run."}


def render(
    outcomes: Iterable[Outcome],
    *,
    verbose: bool = False,
    style: Callable[..., str] | None = None,
    skipped: Iterable[tuple[str, str]] = (),
) -> Iterator[str]:
    """The whole report, whatever `verbose`: the results as they come, then the rules that they name."""
    run = _Run()
    yield f'{{\n  "$schema": "{SCHEMA}",\n  "version": "2.1.0",\n  "runs": [\n    {{\n      "results": ['
    mark = "\n"
    for outcome in outcomes:
        for result in run.results(outcome):
            yield mark + _piece(result, 8)
            mark = ",\n"
    yield "]" if mark == "\n" else "\n      ]"
    notes = [
        {"level": "note", "message": {"text": masked(f"Skipped: {why}.")}, "locations": [_location(path)]}
        for path, why in skipped
    ]
    invocation = {"executionSuccessful": not run.failed, "toolExecutionNotifications": notes}
    driver = {"name": "conference-translator", "version": __version__, "rules": list(run.rules.values())}
    rest = {"columnKind": "unicodeCodePoints", "invocations": [invocation], "tool": {"driver": driver}}
    yield from (f',\n      "{key}": {_piece(value, 6).lstrip()}' for key, value in rest.items())
    yield "\n    }\n  ]\n}\n"


def _piece(value: Any, blanks: int) -> str:
    return indent(escaped_json(write(value)).rstrip(), " " * blanks)


class _Run:
    """What the results of one run have in common: their rules."""

    def __init__(self) -> None:
        self.rules: dict[str, dict[str, Any]] = {}
        self.failed = False
        self._indexes: dict[str, int] = {}

    def results(self, outcome: Outcome) -> Iterator[dict[str, Any]]:
        if outcome.error is not None:
            self.failed = True
            yield self._failure(outcome, outcome.error)
            return
        seen: Counter[str] = Counter()
        for index in range(len(outcome.losses)):
            yield self._loss(outcome, index, seen)

    def _loss(self, outcome: Outcome, index: int, seen: Counter[str]) -> dict[str, Any]:
        loss, waived = outcome.losses[index], outcome.waived.get(index)
        facts = record(loss, waived)
        mark = sha256("\0".join((facts["code"], unnumbered(facts["path"]), facts["source"])).encode()).hexdigest()
        seen[mark] += 1
        region: dict[str, Any] = {"startLine": loss.line, "startColumn": loss.column}
        length = extent(outcome.lines.get(loss.line, ""), loss.column, loss.source)
        if length:
            region["endColumn"] = loss.column + length
        if facts["source"]:
            region["snippet"] = {"text": facts["source"]}
        return {
            **self._rule(facts["code"], LEVELS[loss.severity], lambda: _described(facts["code"], loss.kind)),
            "message": {"text": f"{facts['message']} {facts['remedy']}".strip()},
            "locations": [_location(outcome.source, region, facts["path"])],
            "partialFingerprints": {"translatorLoss/v1": f"{mark}:{seen[mark]}"},
            "suppressions": [{"kind": "external", "justification": WAIVED[waived]}] if waived else [],
            "properties": {
                "from": outcome.from_,
                "to": outcome.to,
                "output": masked(outcome.output),
                **{name: facts[name] for name in facts if name not in ("code", "line", "column")},
            },
        }

    def _failure(self, outcome: Outcome, error: TranslatorError) -> dict[str, Any]:
        facts = masked(error.as_dict())
        region = {"startLine": error.line, "startColumn": error.column or 1} if error.line else None
        cause = f" Likely cause: {facts['cause']}." if error.cause else ""
        return {
            **self._rule(FAILED, "error", lambda: {"shortDescription": {"text": "The document cannot be translated."}}),
            "message": {"text": facts["message"] + cause},
            "locations": [_location(outcome.source, region)],
            "suppressions": [],
            "properties": {"from": outcome.from_, "to": outcome.to, **facts},
        }

    def _rule(self, name: str, level: str, describe: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """How a result names its rule, which is described where it is met first."""
        if name not in self._indexes:
            self._indexes[name] = len(self.rules)
            self.rules[name] = {"id": name, **describe(), "defaultConfiguration": {"level": level}}
        return {"ruleId": name, "ruleIndex": self._indexes[name], "level": level}


def _described(code: str, kind: str) -> dict[str, Any]:
    """What the tables know of a code; what its kind means, where it names something of the document's own."""
    described = {"shortDescription": {"text": KINDS[kind]}, "properties": {"tags": [kind]}}
    known = find(code.rpartition("/")[0], kind)
    return described | {"help": {"text": as_text(known), "markdown": as_markdown(known)}} if known else described


def _location(source: str, region: dict[str, Any] | None = None, path: str = "") -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(source)}}
    if region:
        place["region"] = region
    inside = {"logicalLocations": [{"fullyQualifiedName": path}]} if path else {}
    return {"physicalLocation": place, **inside}


def _uri(source: str) -> str:
    """A file name as a reference, percent-encoded; relative where it is."""
    path = PurePath(masked(source))
    name = path.as_posix()
    return f"file:///{quote(name.lstrip('/'), safe='/:')}" if path.is_absolute() else quote(name)
