"""All there is to know of one code, from the tables: as plain data, text or Markdown."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from translator.dialect import Neighbour
from translator.errors import InvalidOption
from translator.explain import SHAPES, attribute_title, codes, platforms, row_values, support
from translator.fields import CONFERENCE
from translator.loss import KINDS, code_name
from translator.step_fields import STEPS
from translator.tables import columns, markdown_table
from translator.wording import REMEDIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translator.fields import FieldFacts, Kind


def explain(code: str) -> dict[str, Any]:
    """What a code means, how each dialect has it, and what to do, as plain data.

    Args:
        code: `exit-sound/dropped`, or its first half alone.

    Returns:
        See `find`.

    Raises:
        InvalidOption: no table has it; with what may have been meant.
    """
    head, _, kind = code.strip().partition("/")
    if kind and kind not in KINDS:
        near = get_close_matches(kind, KINDS, 1, 0.4)
        meant = f" Did you mean {head}/{near[0]}?" if near else ""
        raise InvalidOption(f'"{kind}" is no kind of loss.{meant} Kinds: {", ".join(KINDS)}.')
    known = find(head, kind)
    if known is None:
        near = get_close_matches(head, {each.partition("/")[0] for each in codes()}, 3, 0.5)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        raise InvalidOption(f'No table knows "{head}".{meant}')
    return known


def find(head: str, kind: str) -> dict[str, Any] | None:
    """What is known of `head/kind`, or of `head` alone where `kind` is ""; None where no table has it.

    Returns:
        `code`, `kind` and its `meaning`, `what_to_do`; and what has that name: `fields` with their `dialects`,
        `attributes` that one dialect alone has, `verbs`, `hints` (names often written, and never legal), `shapes` of
        documents.
    """
    fields = list(_fields(head, kind))
    known = {
        "fields": fields,
        "attributes": list(_attributes(head)),
        "verbs": list(_verbs(head)),
        "hints": list(_hints(head)),
        "shapes": list(_shapes(head, kind)),
    }
    if not any(known.values()):
        return None
    code = f"{head}/{kind}" if kind else head
    remedy = fields[0]["what_to_do"] if fields else REMEDIES.get(kind, "")
    return {"code": code, "kind": kind, "meaning": KINDS.get(kind, ""), "what_to_do": remedy, **known}


def _fields(head: str, kind: str) -> Iterator[dict[str, Any]]:
    for step in STEPS.values():
        for facts in step.fields.values():
            if code_name(step.prefix + facts.name) == head:
                yield _field(step, facts, kind)


def _field(step: Kind, facts: FieldFacts, kind: str) -> dict[str, Any]:
    weights = {"dropped": facts.dropped, "changed": facts.changed, "default": facts.unsaid, "endpoint": "warning"}
    weights["clamped"] = facts.changed
    general = kind in ("endpoint", "unresolved", "unknown", "invalid") or not facts.remedy
    return {
        "field": facts.name,
        "step": step.name,
        "of": "" if step is CONFERENCE else f"a step that {step.meaning}",
        "meaning": facts.meaning,
        "unit": facts.unit,
        "depends": facts.depends,
        "unless": facts.unless,
        "capacity": facts.capacity,
        "severity": weights.get(kind, ""),
        "what_to_do": REMEDIES.get(kind, "") if general else facts.remedy,
        "dialects": [each._asdict() for each in support(facts.name, step)],
    }


def _attributes(head: str) -> Iterator[dict[str, Any]]:
    """Attributes that one dialect alone has."""
    seen = []
    for dialect in platforms().values():
        for verb in dialect.verbs.values():
            for name, row in verb.own.items():
                if code_name(verb.facts.prefix + name) != head:
                    continue
                found = {
                    "title": dialect.title,
                    "attribute": attribute_title(row),
                    "verb": "conference" if verb.kind == "conference" else verb.name or verb.kind,
                    "values": row_values(row),
                    "note": row.note,
                    "inert": row.inert,
                    "severity": row.severity,
                }
                if found not in seen:
                    seen.append(found)
                    yield {"dialect": dialect.name, **found}


def _verbs(head: str) -> Iterator[dict[str, Any]]:
    for dialect in platforms().values():
        known = dict(dialect.neighbours)
        for verb in dialect.verbs.values():
            if verb.kind != "conference" and not verb.implicit:
                known.setdefault(verb.name or verb.kind, Neighbour(verb.facts.meaning, verb.facts.severity))
                known.setdefault(verb.kind, Neighbour(f"{verb.facts.meaning}, as {verb.wire}", verb.facts.severity))
        for name, each in known.items():
            if code_name(name) == head:
                severity = each.severity
                yield {
                    "dialect": dialect.name,
                    "title": dialect.title,
                    "verb": name,
                    "does": each.does,
                    "severity": severity,
                }


def _hints(head: str) -> Iterator[dict[str, Any]]:
    for dialect in platforms().values():
        for verb in dialect.verbs.values():
            what = "conference" if verb.kind == "conference" else verb.name
            for wire, hint in verb.hints.items():
                if code_name(verb.facts.prefix + wire) == head:
                    yield {
                        "dialect": dialect.name,
                        "title": dialect.title,
                        "verb": what,
                        "written": wire,
                        "meant": hint,
                    }


def _shapes(head: str, kind: str) -> Iterator[dict[str, str]]:
    for code, words in SHAPES.items():
        name, _, its_kind = code.partition("/")
        if name == head and kind in ("", its_kind):
            yield {"code": code, "meaning": words}


# -- for people ----------------------------------------------------------------------------------------------------


class _Section(NamedTuple):
    """One thing that has the name of a code: a title, sentences, a table with its head, notes."""

    title: str
    sentences: list[str]
    table: Sequence[tuple[str, ...]]
    notes: list[str]


def as_text(known: dict[str, Any]) -> str:
    """What `explain` gives, as plain text."""
    blocks = ["\n".join([known["code"], *(f"  {line}" for line in _head(known))])]
    for title, sentences, table, notes in _sections(known):
        lines = [title, *(f"  {each}" for each in sentences)]
        if table:
            lines += ["", *columns(table)]
        if notes:
            lines += ["", *(f"  {each}" for each in notes)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def as_markdown(known: dict[str, Any]) -> str:
    """What `explain` gives, as Markdown."""
    blocks = [f"# `{known['code']}`", *_head(known)]
    for title, sentences, table, notes in _sections(known):
        blocks += [f"## {title}", *sentences]
        if table:
            blocks.append("\n".join(markdown_table(table)))
        if notes:
            blocks.append("\n".join(f"- {each}" for each in notes))
    return "\n\n".join(blocks) + "\n"


def _head(known: dict[str, Any]) -> list[str]:
    lines = [f"{known['kind']}: {known['meaning']}"] if known["kind"] else []
    if known["what_to_do"] and not known["fields"]:
        lines.append(f"What to do: {known['what_to_do']}")
    return lines


def _sections(known: dict[str, Any]) -> Iterator[_Section]:
    code = known["code"]
    for field in known["fields"]:
        whose = f" of {field['of']}" if field["of"] else ""
        head = [("", "attribute", "values", "when not said")]
        table = [tuple(each[key] for key in ("title", "attribute", "values", "implied")) for each in field["dialects"]]
        notes = [f"{each['title']}: {each['note']}" for each in field["dialects"] if each["note"]]
        yield _Section(f"{field['field']}{whose}", list(_about(field, code)), head + table, notes)
    for own in known["attributes"]:
        on = "" if own["verb"] == "conference" else f" of {own['verb']}"
        sentences = [f"No other dialect has it. Values: {own['values']}."]
        sentences += [own["note"]] if own["note"] else []
        sentences += [f"It has no effect here: {own['inert']}."] if own["inert"] else []
        sentences.append(f"Severity of its loss: {own['severity']}.")
        yield _Section(f"{own['title']} {own['attribute']}{on}", sentences, [], [])
    if known["verbs"]:
        head = [("", "verb", "what it does", "severity of its loss")]
        rows = [(each["title"], each["verb"], each["does"], each["severity"]) for each in known["verbs"]]
        yield _Section("Verbs", [], head + rows, [])
    if known["hints"]:
        head = [("", "verb", "written", "probably meant")]
        rows = [(each["title"], each["verb"], each["written"], each["meant"]) for each in known["hints"]]
        yield _Section("Often written, never legal", [], head + rows, [])
    for shape in known["shapes"]:
        yield _Section(shape["code"] if shape["code"] != code else "The document", [shape["meaning"]], [], [])


def _about(field: dict[str, Any], code: str) -> Iterator[str]:
    """What is to be said of a field, a sentence each."""
    yield field["meaning"]
    if field["unit"]:
        yield f"In {field['unit']}."
    if field["depends"]:
        yield f"It has an effect only while there is a {field['depends'].replace(':', ' of ')}."
    if field["unless"]:
        yield f"It has no effect beside a {field['unless']}."
    if field["capacity"]:
        yield "A capacity: not said means the platform's own limit, and is never written out."
    if field["severity"]:
        yield f"Severity of {code}: {field['severity']}."
    if field["what_to_do"]:
        yield f"What to do: {field['what_to_do']}"
