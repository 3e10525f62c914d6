"""The public faces of what is read: plain sites <-> the pydantic models of a `Flow`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translator import registry
from translator.codecs import Illegal
from translator.dialect import raw_key
from translator.errors import UnreadableDocument
from translator.fields import FIELDS
from translator.flow import Branch, Flow, Foreign, Remark
from translator.intent import Conference
from translator.sites import Limb, Note, Reading, Site
from translator.syntax import Document
from translator.values import Template, is_template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.dialect import Attribute
    from translator.flow import Step


def flow(reading: Reading, document: Document) -> Flow:
    """The flow of a reading; it remembers the document, so that losses found later have their place."""
    result = Flow(
        dialect=reading.origin.name if reading.origin is not None else None,
        steps=_steps(reading.sites),
        remarks=tuple(_remark(note) for note in reading.remarks),
    )
    result._origin = document
    return result


def _remark(note: Note) -> Remark:
    path, source = note.place()
    message, remedy = note.words()
    return Remark.model_validate(
        {
            "kind": note.kind,
            "field": note.field,
            "severity": note.severity,
            "path": path,
            "source": source,
            "value": note.value,
            "message": message,
            "remedy": remedy,
            "kept": note.kept,
        }
    )


def _steps(sites: list[Site]) -> tuple[Step, ...]:
    return tuple(_conference(site) if site.is_conference else _foreign(site) for site in sites)


def _conference(site: Site) -> Conference:
    said = {name: value for name, value in site.said.items() if name in FIELDS}
    own = {name: value for name, value in site.said.items() if name not in FIELDS}
    raw = dict(site.raw)
    for element, child in site.children:
        raw[raw_key(element, f"<{len(raw)}>")] = _raw(child)  # no attribute has such a name
    step = Conference.model_validate({**said, "own": own, "raw": raw})
    step._origin = site
    return step


def _foreign(site: Site) -> Foreign:
    branches = []
    for limb in site.branches:
        branch = Branch(place=limb.place, label=limb.label, conditional=limb.conditional, steps=_steps(limb.sites))
        branch._origin = limb.path
        branches.append(branch)
    step = Foreign(verb=site.verb, raw=_raw(site.value), branches=tuple(branches))
    step._origin = site.path
    return step


def _retold(value: str, row: Attribute | None, said: dict[str, Any]) -> str:
    """A text as its reader gave it: a template where it is a whole attribute that takes no such text."""
    if row is None or not is_template(value) or any(said.get(name) != value for name in row.names):
        return value
    try:
        row.codec.read(value)
    except Illegal:
        return Template(value) if row.names[0] != "name" else value
    return value


def _raw(value: Any) -> Any:
    """A raw value as JSON: XML becomes text."""
    if hasattr(value, "getroottree"):
        from translator.syntax.xml import fragment

        return fragment(value)
    return value


def reading(flow: Flow) -> tuple[Reading, Document]:
    """The sites of a flow, for writing; and the document it was read from, for places."""
    if not isinstance(flow, Flow):
        raise UnreadableDocument(f"A flow is what read() gives, not {type(flow).__name__}.")
    document = flow._origin or Document("json", None)
    origin = registry.get(flow.dialect) if flow.dialect else None
    result = Reading(origin or registry.get("intent"), document)
    result.origin = origin
    result.in_order = False
    result.made = True
    result.sites = [site(step, rows=origin.conference.by_field if origin else {}) for step in flow.steps]
    result.remarks = [
        Note(
            each.kind,
            each.field,
            each.severity,
            (each.path, each.source),
            (each.message, each.remedy),
            document,
            value=each.value,
            kept=each.kept,
        )
        for each in flow.remarks
    ]
    return result, document


def site(step: Conference | Foreign, path: str = "", rows: Mapping[str, Attribute] | None = None) -> Site:
    """The site of a step.

    Args:
        path: its place, where the document is the flow itself.
        rows: the rows of the dialect that it was read in: what was changed since is no longer in the source.
    """
    rows = rows or {}
    if isinstance(step, Foreign):
        result = Site(step.verb, path or step._origin or "", step.raw)
        result.branches = [
            Limb(
                branch.place,
                branch.label,
                [
                    site(inner, f"{path}/branches/{i}/steps/{j}" if path else "", rows)
                    for j, inner in enumerate(branch.steps)
                ],
                branch._origin or (f"{path}/branches/{i}" if path else ""),
                branch.conditional,
            )
            for i, branch in enumerate(step.branches)
        ]
        return result
    before: Site | None = step._origin
    result = Site("conference", path or (before.path if before else ""), is_conference=True)
    said = {name: getattr(step, name) for name in FIELDS if getattr(step, name) is not None}
    everything = {**said, **step.own}
    result.said = {
        name: _retold(value, rows.get(name), everything) if type(value) is str else value
        for name, value in everything.items()
    }
    for key, value in step.raw.items():
        element, _, wire = key.rpartition("@")
        if wire.startswith("<"):
            from translator.syntax.xml import from_fragment

            text = str(value)
            result.children.append((element, from_fragment(text) if text.startswith("<") else text))
        else:
            result.raw[key] = value
    if path:
        result.nodes[""] = (path, {**said, **step.own})
    elif before is not None:
        changed = [name for name, value in result.said.items() if before.said.get(name) != value and name in rows]
        result.nodes = before.nodes
        if changed:
            gone = {(rows[name].element, rows[name].wire) for name in changed}
            result.nodes = {
                element: (place, {wire: value for wire, value in items.items() if (element, wire) not in gone})
                for element, (place, items) in before.nodes.items()
            }
    return result
