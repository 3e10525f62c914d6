"""The canonical intent as JSON: a `Flow`, a dialect like the others.

Source: `translator.flow.Flow`; its JSON Schema is published as docs/intent.schema.json. It says nothing of its own:
what is unsaid stays what the dialect named in `dialect` does by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translator.codecs import Raw
from translator.dialect import Attribute, Dialect, Plain, Verb
from translator.errors import NoConference, UnreadableDocument
from translator.fields import FIELDS
from translator.registry import OURS
from translator.step_fields import STEPS
from translator.syntax import Document, pointer
from translator.values import UNKNOWN

if TYPE_CHECKING:
    from translator.sites import Reading, Writing


KINDS = (*STEPS, "foreign")


class IntentEnvelope:
    def read(self, document: Document, reading: Reading) -> None:
        from pydantic import ValidationError

        from translator import faces
        from translator.flow import Flow

        try:
            flow = Flow.model_validate_json(_dump(document.root))
        except ValidationError as error:
            raise _explain(document, error) from None
        found, _ = faces.reading(flow)
        reading.origin = found.origin
        reading.made = True
        reading.remarks = found.remarks
        for index, note in enumerate(reading.remarks):
            note.document = _Within(document, f"/remarks/{index}")
        reading.in_order = reading.alone = False
        reading.sites = [faces.site(step, f"/steps/{index}", found.origin) for index, step in enumerate(flow.steps)]
        if not flow.conferences:
            raise NoConference("The flow has no conference.", line=1, column=1)

    def write(self, writing: Writing) -> Any:
        from translator import faces
        from translator.sites import Reading

        reading = Reading(writing.dialect, Document("json", None))
        reading.origin, reading.sites, reading.remarks = writing.origin, writing.sites, writing.remarks
        flow = faces.flow(reading, reading.document)
        return _pruned(flow.model_dump(mode="json", exclude_none=True))

    def recognise(self, document: Document, dialect: Dialect) -> tuple[float, str]:
        root = document.root
        steps = root.get("steps") if isinstance(root, dict) else None
        if isinstance(steps, list) and any(isinstance(s, dict) and s.get("kind") in KINDS for s in steps):
            return 0.97, "an object with steps of kind conference"
        return 0.0, ""


class _Within(Document):
    """A document in which everything is found at one place: a remark tells of another document."""

    __slots__ = ("outer", "place")

    def __init__(self, outer: Document, place: str) -> None:
        super().__init__(outer.syntax, outer.root)
        self.outer = outer
        self.place = place

    def locate(self, path: str) -> tuple[int, int]:
        return self.outer.locate(self.place)


_DEFAULTS: dict[str, Any] = {
    "branches": [],
    "prompt": [],
    "targets": [],
    "remarks": [],
    "own": {},
    "raw": {},
    "kept": True,
    "conditional": True,
    "source": "",
    "remedy": "",
}


def _pruned(value: Any) -> Any:
    """Without what is empty by default, so that the document shows what was said and no more."""
    if isinstance(value, list):
        return [_pruned(each) for each in value]
    if not isinstance(value, dict):
        return value
    last = ("own", "raw")
    ordered = sorted(value, key=lambda key: (key in last, key != "kind")) if value.get("kind") in STEPS else list(value)
    return {
        key: value[key] if key in (*last, "stream", "parameters", "sip_headers") else _pruned(value[key])
        for key in ordered
        if key not in _DEFAULTS or value[key] != _DEFAULTS[key] or (key == "raw" and value.get("kind") == "foreign")
    }


def _dump(root: Any) -> str:
    from translator.syntax.json import write

    return write(root)


def _explain(document: Document, error: Any) -> UnreadableDocument:
    first = error.errors()[0]
    where, value = "", document.root
    for key in first["loc"]:  # keys of the document, between names of the model's alternatives
        if (isinstance(value, list) and isinstance(key, int)) or (isinstance(value, dict) and key in value):
            where, value = pointer(where, key), value[key]
    line, column = document.locate(where)
    name = where.rpartition("/")[2] or "the document"
    words = first["msg"].removeprefix("Value error, ")
    return UnreadableDocument(f"Not an intent: {name}: {words[0].lower()}{words[1:]}.", line=line, column=column)


ANY = Raw()

DIALECT = Dialect(
    **OURS["intent"]._asdict(),
    plain=Plain(named_by="kind"),
    envelope=IntentEnvelope(),
    verbs={
        "conference": Verb(
            "conference",
            tuple(Attribute(name, name, ANY, values="see the JSON Schema") for name in FIELDS),
            dict.fromkeys(FIELDS, UNKNOWN),
        )
    },
    canonical=True,
    sources=("translator.flow.Flow",),
    about=__doc__ or "",
)
