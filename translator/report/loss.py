"""A loss as it is shown to machines: plain data, and JSON, without passwords."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from translator.report.safe import SHORT, masked, masked_as, printable

if TYPE_CHECKING:
    from translator.loss import Loss


def record(loss: Loss, waived: str | None = None) -> dict[str, Any]:
    """A loss as plain data, passwords masked; with "waived" where it does not count."""
    found = _masked(loss.as_dict())
    return found | {"waived": waived} if waived else found


def as_json(loss: Loss) -> str:
    """`record` as JSON in one line: what nobody said is told of very many documents, each time in another line."""
    found = loss.as_dict()
    if loss.said or not (_is_small(loss.asked) and _is_small(loss.given) and _is_small(found["path"])):
        return _json(_masked(found))
    line, column = found.pop("line"), found.pop("column")
    before, after = _around(*found.values())
    return f"{before}{line}{_BETWEEN}{column}{after}"


_BETWEEN = ',"column":'
_NAMES = ("code", "kind", "severity", "field", "said", "path", "source", "asked", "given", "message", "remedy")
"""What `Loss.as_dict` has, in its order, without the line and the column."""


@lru_cache(maxsize=1024, typed=True)
def _around(*values: Any) -> tuple[str, str]:
    """A loss as JSON, up to its line, and from behind its column on."""
    found = _masked(dict(zip(_NAMES, values, strict=True)))
    end = _NAMES.index("source")
    before, after = ({name: found[name] for name in names} for names in (_NAMES[:end], _NAMES[end:]))
    return f'{_json(before)[:-1]},"line":', f",{_json(after)[1:]}"


def _is_small(value: Any) -> bool:
    """Whether a value may be remembered: a text that is not long, or what has no parts."""
    return value is None or type(value) in (bool, int) or (type(value) is str and len(value) <= SHORT)


def _json(found: dict[str, Any]) -> str:
    return to_json(found, inf_nan_mode="strings").decode()


def _masked(found: dict[str, Any]) -> dict[str, Any]:
    field = found["field"]
    for name in ("code", "field", "path", "source", "message", "remedy"):  # the others are words of ours
        found[name] = masked(found[name])
    for name in ("asked", "given"):  # whose key says nothing, and whose field may be a password
        found[name] = masked_as(field, found[name])
    return found


def details(loss: Loss) -> list[tuple[str, str]]:
    """What a loss has beside its words, as (label, printable text), for formats that have no fields of their own."""
    found = record(loss)
    values = {name: json.dumps(found[name], ensure_ascii=False, default=str) for name in ("asked", "given")}
    said = "said" if loss.said else "not said"
    told = {"path": found["path"], "source": found["source"], "field": f"{found['field']} ({said})", **values}
    return [(label, printable(text)) for label, text in told.items() if text]
