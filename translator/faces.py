"""The public faces of what is read: plain sites <-> the pydantic models of a `Flow`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translator import registry
from translator.codecs import Illegal
from translator.dialect import raw_key
from translator.errors import UnreadableDocument
from translator.flow import Branch, Flow, Foreign, Remark
from translator.intent import Conference
from translator.sites import Limb, Note, Reading, Site
from translator.step_fields import STEPS
from translator.steps import MODELS, NeighbourStep, Target
from translator.syntax import Document
from translator.values import Template, is_template

if TYPE_CHECKING:
    from translator.dialect import Attribute, Dialect, Verb
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
    path, source = note.path(), note.written()
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
    return tuple(_step(site) for site in sites)


def _step(site: Site) -> Any:
    if site.is_conference:
        return _conference(site)
    return _neighbour(site) if site.kind else _foreign(site)


def _conference(site: Site) -> Conference:
    step = Conference.model_validate(_said(site))
    step._origin = site
    return step


def _neighbour(site: Site) -> NeighbourStep:
    kind = STEPS[site.kind]
    found = {**_said(site), "verb": site.form.wire if site.form is not None else None}
    if kind.part:
        found[kind.part] = tuple(_neighbour(part) for part in site.parts)
    step = MODELS[site.kind].model_validate(found)
    step._origin = site
    return step


def _said(site: Site) -> dict[str, Any]:
    fields = STEPS[site.kind].fields
    said = {name: value for name, value in site.said.items() if name in fields}
    own = {
        name: list(value) if type(value) is tuple else value for name, value in site.said.items() if name not in fields
    }
    raw = dict(site.raw)
    for element, child in site.children:
        raw[raw_key(element, f"<{len(raw)}>")] = _raw(child)  # no attribute has such a name
    return {**said, "own": own, "raw": raw}


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
    result.in_order = result.alone = False
    result.made = True
    result.sites = [site(step, origin=origin) for step in flow.steps]
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


def site(step: Step | Target, path: str = "", origin: Dialect | None = None) -> Site:
    """The site of a step.

    Args:
        path: its place, where the document is the flow itself.
        origin: the dialect that it was read in: what was changed since is no longer in the source.
    """
    if isinstance(step, Foreign):
        result = Site(step.verb, path or step._origin or "", step.raw)
        result.branches = [
            Limb(
                branch.place,
                branch.label,
                [
                    site(inner, f"{path}/branches/{i}/steps/{j}" if path else "", origin)
                    for j, inner in enumerate(branch.steps)
                ],
                branch._origin or (f"{path}/branches/{i}" if path else ""),
                branch.conditional,
            )
            for i, branch in enumerate(step.branches)
        ]
        return result
    kind = STEPS[step.kind]
    said = {name: getattr(step, name) for name in kind.fields if getattr(step, name) is not None}
    form = _form(step, {**said, **step.own}, origin)
    rows = form.by_field if form is not None else {}
    everything = {**said, **{name: _own(value, rows.get(name)) for name, value in step.own.items()}}
    before: Site | None = step._origin
    verb = form.name if form is not None and form.wire else step.kind
    result = Site(verb, path or (before.path if before else ""), kind=kind.name, form=form)
    result.said = {
        name: _retold(value, rows.get(name), everything) if type(value) is str else value
        for name, value in everything.items()
    }
    if kind.part:
        nested = enumerate(getattr(step, kind.part))
        result.parts = [site(each, f"{path}/{kind.part}/{i}" if path else "", origin) for i, each in nested]
    for key, value in step.raw.items():
        element, _, wire = key.rpartition("@")
        if wire.startswith("<") and wire.strip("<>").isdigit():
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


def _own(value: Any, row: Attribute | None) -> Any:
    """A value of an own field as its codec has it: JSON knows no tuples."""
    listed = isinstance(value, list) and row is not None and row.codec.vocabulary != "raw"
    return tuple(value) if listed else value


def _form(step: Any, said: dict[str, Any], origin: Dialect | None) -> Verb | None:
    """The verb of the origin dialect whose unsaid behaviour applies."""
    if origin is None or origin.canonical:
        return None
    if isinstance(step, Conference):
        return origin.conference
    forms = origin.forms.get(step.kind, ())
    named = [form for form in forms if form.wire == step.verb]
    taking = [form for form in forms if form.takes is None or form.takes(said)]
    both = [form for form in named if form in taking]
    return next(iter([*both, *named, *taking]), None)
