"""Whole dialects as pages: for `translator dialects NAME` and the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translator.explain import attribute_title, columns, row_values, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from translator.dialect import Attribute, Dialect


def dialect_data(dialect: Dialect) -> dict[str, Any]:
    """One dialect's table as plain data."""
    verb = dialect.conference
    return {
        "name": dialect.name,
        "title": dialect.title,
        "syntaxes": list(dialect.syntaxes),
        "suffixes": list(dialect.suffixes),
        "aliases": list(dialect.aliases),
        "sources": list(dialect.sources),
        "verb": verb.wire,
        "attributes": [
            {
                "attribute": attribute_title(row),
                "fields": list(row.names),
                "values": row_values(row),
                "note": _note(row),
            }
            for row in verb.attributes
        ],
        "implied": {name: shown(value) for name, value in verb.implied.items()},
        "notes": dict(verb.notes),
        "hints": dict(verb.hints),
        "neighbours": {verb: f"{n.does} ({n.severity})" for verb, n in dialect.neighbours.items()},
    }


def dialect_page(dialect: Dialect, *, markdown: bool) -> str:
    """One dialect's table for people, as plain text or Markdown."""
    data = dialect_data(dialect)
    verb = dialect.conference
    attributes = [(attribute_title(r), ", ".join(r.names), row_values(r), _note(r)) for r in verb.attributes]
    sections: list[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]]]] = [
        ("Attributes", ("attribute", "carries", "values", "note"), attributes)
    ]
    if not dialect.canonical:
        implied = [(name, shown(value), verb.notes.get(name, "")) for name, value in verb.implied.items()]
        sections += [
            ("When nothing is said", ("field", "the platform does", "note"), implied),
            ("Often written, never legal", ("written", "probably meant"), list(verb.hints.items())),
            (
                "Neighbouring verbs",
                ("verb", "what it does", "severity of losing it"),
                [(name, n.does, n.severity) for name, n in dialect.neighbours.items()],
            ),
        ]
    lines = [f"# {dialect.title}" if markdown else dialect.title, "", dialect.about.strip(), ""]
    lines += [f"File names: {', '.join(dialect.suffixes)}. Verb: {data['verb']}."]
    if dialect.aliases:
        lines.append(f"Also called: {', '.join(dialect.aliases)}.")
    for title, head, rows in sections:
        if rows:
            lines += ["", f"## {title}" if markdown else title, ""]
            lines += _markdown([head, *rows]) if markdown else columns([head, *rows])
    return "\n".join(lines) + "\n"


def _note(row: Attribute) -> str:
    parts = [row.note, f"No effect on a conference: {row.inert}." if row.inert else ""]
    parts.append("" if row.confirmed else "Known to the vendor's SDK types only.")
    return " ".join(part for part in parts if part)


def _markdown(rows: list[tuple[str, ...]]) -> list[str]:
    cells = [[cell.replace("|", "\\|").replace("<", "&lt;") for cell in row] for row in rows]
    head, *body = cells
    return ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *body)]
