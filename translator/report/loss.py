"""A loss as it is shown to machines: plain data, and JSON, without passwords."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

from translator.filled import Filled
from translator.loss import Fixed, Loss
from translator.report.safe import SHORT, masked, masked_as, printable


def record(loss: Loss, waived: str | None = None) -> dict[str, Any]:
    """A loss as plain data, passwords masked; with "waived" where it does not count."""
    found = loss.as_dict()
    for name in ("code", "field", "path", "source", "message", "remedy"):  # the others are words of ours
        found[name] = masked(found[name])
    for name in ("asked", "given"):  # whose key says nothing, and whose field may be a password
        found[name] = masked_as(loss.field, found[name])
    return found | {"waived": waived} if waived else found


def as_json(loss: Loss) -> str:
    """`record` as JSON in one line: most is told of very many documents, each time in another line."""
    origin = loss.origin
    if type(origin) is Filled:
        halves = origin.shown(loss, _halves)
    elif loss.said or not (_is_small(loss.asked) and _is_small(loss.given) and _is_small(loss.path)):
        halves = None
    else:
        halves = _unsaid(
            loss.kind,
            loss.severity,
            loss.field,
            loss.asked,
            loss.given,
            loss.path,
            loss.source,
            loss.message,
            loss.remedy,
        )
    if halves is None:
        return _json(record(loss))
    line, column = loss.place
    return f"{halves[0]}{line}{_BETWEEN}{column}{halves[1]}"


_BETWEEN = ',"column":'


def _halves(loss: Loss) -> tuple[str, str]:
    """A loss as JSON, up to its line, and from behind its column on."""
    found = record(loss)
    names = [*found]
    end = names.index("line")
    before, after = ({name: found[name] for name in part} for part in (names[:end], names[end + 2 :]))
    return f'{_json(before)[:-1]},"line":', f",{_json(after)[1:]}"


@lru_cache(maxsize=1024, typed=True)
def _unsaid(
    kind: str, severity: str, field: str, asked: Any, given: Any, path: str, source: str, message: str, remedy: str
) -> tuple[str, str]:
    """What nobody said."""
    origin = Fixed((path, source), (message, remedy), lambda _: (1, 1))
    return _halves(Loss(kind, severity, field, False, asked, given, origin))


def _is_small(value: Any) -> bool:
    """Whether a value may be remembered: a text that is not long, or what has no parts."""
    return value is None or type(value) in (bool, int) or (type(value) is str and len(value) <= SHORT)


def _json(found: dict[str, Any]) -> str:
    return to_json(found, inf_nan_mode="strings").decode()


def details(loss: Loss) -> list[tuple[str, str]]:
    """What a loss has beside its words, as (label, printable text), for formats that have no fields of their own."""
    found = record(loss)
    values = {name: json.dumps(found[name], ensure_ascii=False, default=str) for name in ("asked", "given")}
    said = "said" if loss.said else "not said"
    told = {"path": found["path"], "source": found["source"], "field": f"{found['field']} ({said})", **values}
    return [(label, printable(text)) for label, text in told.items() if text]
