"""The matrix as one HTML page: no script, nothing fetched, light or dark as the reader has it."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from translator import explain, registry
from translator.fields import CONFERENCE
from translator.step_fields import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from translator.fields import Kind

STYLE = """
:root { color-scheme: light dark; --ink: #1c1f24; --quiet: #68707c; --paper: #fff; --band: #f4f6f8; --line: #dfe3e8;
  --link: #1558b0; --error: #b3261e; --warning: #8a5a00; --notice: #2b6a78; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --quiet: #98a1ad; --paper: #14171b; --band: #1d2228;
  --line: #313841; --link: #86b7ff; --error: #ff8a80; --warning: #f0b95b; --notice: #7fc7d6; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 100rem; color: var(--ink); background: var(--paper);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.7rem; margin: 0 0 .3rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .6rem; scroll-margin-top: 1rem; }
h2 small { color: var(--quiet); font-weight: normal; font-size: .95rem; }
p { max-width: 46rem; margin: .3rem 0; }
nav { margin: 1rem 0 0; display: flex; flex-wrap: wrap; gap: .2rem 1rem; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
table { border-collapse: separate; border-spacing: 0; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .7rem; border-bottom: 1px solid var(--line); }
thead th { position: sticky; top: 0; z-index: 2; background: var(--band); border-bottom: 2px solid var(--line);
  font-weight: 600; white-space: nowrap; }
tbody th { font-weight: 600; font-size: .93em; background: var(--paper); position: sticky; left: 0; }
tbody tr:hover > * { background: var(--band); }
code { font: .88em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.quiet, .none, .arrives { color: var(--quiet); }
.quiet { display: block; font-size: .87em; overflow-wrap: anywhere; }
.error { color: var(--error); } .warning { color: var(--warning); } .notice { color: var(--notice); }
[title] { cursor: help; }
.fields { table-layout: fixed; min-width: 64rem; }
@media print { body { padding: 0; font-size: 10px; } nav { display: none; } thead th { position: static; } }
"""

_PARTS = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[_@])")


class Cell(NamedTuple):
    """One cell: code, quiet words under it, what a pointer shows, and a class of `STYLE`."""

    text: str
    quiet: str = ""
    hint: str = ""
    tone: str = ""

    def __str__(self) -> str:
        hint = f' title="{escape(self.hint)}"' if self.hint else ""
        tone = f' class="{self.tone}"' if self.tone else ""
        quiet = f'<span class="quiet">{escape(self.quiet)}</span>' if self.quiet else ""
        return f"<td{tone}{hint}><code>{_name(self.text)}</code>{quiet}</td>"


class Section(NamedTuple):
    """A table under its heading."""

    id: str
    title: str
    meaning: str
    head: Sequence[str]
    rows: Iterable[tuple[str, Sequence[Cell]]]


def matrix_page() -> str:
    """How every dialect has every field, with values, notes and what happens where nothing is said."""
    head = ("field", *(dialect.title for dialect in explain.platforms().values()))
    sections = [Section(kind.name, kind.name, kind.meaning, head, _fields(kind)) for kind in STEPS.values()]
    words = (
        "The name of each field on the wire of each dialect; under it, what the platform does when nothing is said. "
        "A dash: the dialect cannot say it. The values it takes, and notes, are shown where the pointer rests."
    )
    return _page("Every field in every dialect", words, sections, "fields")


def _fields(kind: Kind) -> Iterable[tuple[str, Sequence[Cell]]]:
    if kind is not CONFERENCE:
        yield "(verb)", [_cell(verb, "") for verb in explain.matrix(kind)[1][1:]]
    for name, facts in kind.fields.items():
        if not facts.format_of:
            yield name, [_cell(each.attribute, _unsaid(each), _hint(each)) for each in explain.support(name, kind)]


def _cell(text: str, quiet: str, hint: str = "") -> Cell:
    return Cell("–", quiet, hint, "none") if text == "-" else Cell(text, quiet, hint)


def _unsaid(each: explain.Support) -> str:
    return "" if each.implied in ("none", "-") else f"unsaid: {each.implied}"


def _hint(each: explain.Support) -> str:
    return "\n".join(words for words in (each.values, each.note) if words)


def direction_page(source: str, target: str) -> str:
    """What one direction loses."""
    here, there = registry.get(source).title, registry.get(target).title
    sections = [
        Section(f"part-{number}", title, "", rows[0], ((row[0], list(map(_way, row[1:]))) for row in rows[1:]))
        for number, (title, rows) in enumerate(explain.one_way(source, target), 1)
    ]
    words = (
        f"What becomes of everything that {here} can say, found by translating it, and what differs when it is silent."
    )
    return _page(f"{here} to {there}", words, sections, "")


def _way(text: str) -> Cell:
    return Cell(text, tone=text if text in ("error", "warning", "notice", "arrives") else "")


def _name(text: str) -> str:
    """A name, which may be broken between its parts."""
    return _PARTS.sub("<wbr>", escape(text))


def _page(title: str, words: str, sections: Sequence[Section], shape: str) -> str:
    links = "".join(f'<a href="#{each.id}">{escape(each.title)}</a>' for each in sections)
    tables = "".join(_table(each, shape) for each in sections)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n<p>{escape(words)}</p>\n<nav>{links}</nav>\n{tables}</body>\n</html>\n"
    )


def _table(section: Section, shape: str) -> str:
    meaning = f" <small>{escape(section.meaning)}</small>" if section.meaning else ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in section.head)
    body = "".join(
        f'<tr><th scope="row">{_name(name)}</th>{"".join(map(str, cells))}</tr>\n' for name, cells in section.rows
    )
    return (
        f'<h2 id="{section.id}">{escape(section.title)}{meaning}</h2>\n'
        f'<table class="{shape}">\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n'
    )
