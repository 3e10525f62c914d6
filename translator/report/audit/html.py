"""The audit as one page for a browser: no script, no network, light and dark, and on paper.

It is built as a tree and not as text: nothing that came from a document can break out of its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml.html import builder as E  # noqa: N812 - its usual name
from lxml.html import tostring

from translator.audit import LEVELS, support
from translator.report.audit import LEVELS as WORDS
from translator.report.audit import (
    SUPPORT,
    by_number,
    documents,
    frees,
    headline,
    percent,
    place,
    share,
    sources,
    unnamed,
)
from translator.report.safe import escaped_markup, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from translator.audit import Audit, Code, Step, Target, Use

Node = Any
SHOWN = 15
"""Rows of a table that are not folded away."""
LONGEST = 300
"""Characters of what came from a document, in one cell."""

STYLE = """
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #fff; --text: #1b1f27; --soft: #5b6472; --line: #e1e5eb; --track: #edf0f4;
  --link: #1f5fbf; --lossless: #1a7f4b; --notice: #6fb98f; --warning: #e0a100; --error: #c8372d; --failed: #6b4aa0;
  --already: #a9b6c6; --failed-2: #9780bd; --warning-text: #855e00; --notice-text: #2f7a52;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151a; --card: #1b2027; --text: #e7eaef; --soft: #9aa5b4; --line: #2c333d; --track: #272e37;
    --link: #8ab4f8; --lossless: #35b574; --notice: #2b7350; --warning: #d9a514; --error: #ee6a5f; --failed: #a586dd;
    --already: #566579; --failed-2: #7c66a5; --warning-text: #e5b93f; --notice-text: #6cc596;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif;
}
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 64px; }
h1 {
  margin: 0; font-size: 14px; font-weight: 600; letter-spacing: .04em; text-transform: uppercase; color: var(--soft);
}
h2 { font-size: 20px; line-height: 1.3; margin: 40px 0 12px; }
h3 { font-size: 15px; margin: 24px 0 8px; }
p { margin: 0 0 12px; }
code { font: 13px/1.45 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
small, .soft { color: var(--soft); }
.lead { max-width: 34em; margin: 8px 0; font-size: 26px; line-height: 1.25; font-weight: 650; }
nav { margin: 0 0 16px; }
nav a { margin-right: 16px; color: var(--link); white-space: nowrap; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 18px; }
.card + .card { margin-top: 14px; }
.bar { display: flex; gap: 2px; height: 22px; border-radius: 5px; overflow: hidden; background: var(--track); }
.bar i { display: block; min-width: 3px; }
i.already { background: var(--already); }
i.lossless { background: var(--lossless); }
i.notice { background: var(--notice); }
i.warning { background: var(--warning); }
i.error { background: var(--error); }
i.failed { background: repeating-linear-gradient(45deg, var(--failed) 0 6px, var(--failed-2) 6px 9px); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 12px 0 0; padding: 0; list-style: none; }
.legend i { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 7px; }
.legend b, .n { font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-size: 12.5px; font-weight: 600; color: var(--soft); white-space: nowrap; }
th, td { padding: 7px 14px 7px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
tr:last-child td { border-bottom: 0; }
td:last-child { min-width: 200px; }
.n { text-align: right; white-space: nowrap; }
.name { white-space: nowrap; }
.meter { display: block; min-width: 90px; height: 8px; margin-top: 8px; border-radius: 4px; background: var(--track); }
.meter i { display: block; height: 100%; min-width: 2px; border-radius: 4px; }
.meter i.plain { background: var(--link); }
.tag { font-size: 12px; font-weight: 650; white-space: nowrap; }
.tag.error, .tag.no { color: var(--error); }
.tag.warning, .tag.partly { color: var(--warning-text); }
.tag.notice, .tag.yes { color: var(--notice-text); }
.tag.unknown, .tag.inert { color: var(--soft); }
.narrow { display: none; color: var(--soft); }
.todo { margin: 0; padding: 0; list-style: none; }
.todo li { display: grid; grid-template-columns: 34px 1fr; padding: 11px 0; border-bottom: 1px solid var(--line); }
.todo li:last-child { border-bottom: 0; }
.todo li > b { color: var(--soft); }
.todo code { display: inline-block; margin-right: 14px; color: var(--soft); }
summary { cursor: pointer; color: var(--link); padding: 10px 0 2px; }
footer { color: var(--soft); font-size: 13px; margin-top: 40px; }
@media (max-width: 640px) {
  main { padding: 20px 12px 40px; }
  .lead { font-size: 21px; }
  .card { padding: 12px 13px; }
  .todo li { grid-template-columns: 26px 1fr; }
  thead, td:empty, td:has(> .meter) { display: none; }
  tr { display: flex; flex-wrap: wrap; gap: 0 14px; padding: 8px 0; border-bottom: 1px solid var(--line); }
  tr:last-child { border-bottom: 0; }
  td { padding: 0; border: 0; }
  td:last-child { flex-basis: 100%; }
  .narrow { display: inline; }
  td.n::before { content: attr(data-head) " "; color: var(--soft); }
}
@media print {
  body { background: none; font-size: 12px; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .scroll { overflow: visible; }
  tr, li { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""


def render(audit: Audit, *, verbose: bool = False, style: Callable[..., str] | None = None) -> Iterator[str]:
    """The whole page, whatever `verbose`: long tables are folded."""
    parts = [
        E.H1("Migration audit"),
        E.P(E.CLASS("lead"), _tied(headline(audit, audit.by_readiness()[0]))),
        E.P(E.CLASS("soft"), sources(audit)),
        _navigation(audit),
    ]
    if audit.documents:
        parts += _readiness(audit)
        for target in audit.targets.values():
            parts += _target(audit, target)
        parts += _uses(audit)
        parts += _failures(audit)
    parts += _skipped(audit)
    parts.append(
        E.FOOTER(
            "As they are: nothing above a notice is lost. A notice is a label, or a difference where the document says "
            "nothing. Codes are explained by translator explain CODE."
        )
    )
    page = E.HTML(
        E.HEAD(
            E.META(charset="utf-8"),
            E.META(
                {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"}
            ),
            E.META(name="viewport", content="width=device-width, initial-scale=1"),
            E.TITLE("Migration audit"),
            E.STYLE(STYLE),
        ),
        E.BODY(E.MAIN(*parts)),
        lang="en",
    )
    yield escaped_markup(tostring(page, doctype="<!DOCTYPE html>", encoding="unicode")) + "\n"


def _navigation(audit: Audit) -> Node:
    found = [(f"to-{name}", target.title) for name, target in audit.targets.items()] if audit.documents else []
    found += [("uses", "What is used")] if audit.documents else []
    found += [("failed", "Failed")] if audit.failures else []
    return E.NAV(*(E.A(words, href=f"#{name}") for name, words in found))


def _readiness(audit: Audit) -> Iterator[Node]:
    targets = audit.by_readiness()
    if len(targets) > 1:
        yield E.H2("How ready, by target")
    for target in targets:
        card = E.DIV(E.CLASS("card"))
        if len(targets) > 1:
            words = f" {percent(target.ready, target.moving)} of {documents(target.moving)} can go as they are"
            card.append(E.P(E.B(target.title), E.SPAN(E.CLASS("soft"), words)))
        told = ", ".join(f"{WORDS[level]} {target.levels[level]:,}" for level in LEVELS)
        bar = E.DIV(E.CLASS("bar"), {"role": "img", "aria-label": told})
        legend = E.UL(E.CLASS("legend"))
        for level in LEVELS:
            number = target.levels[level]
            if number:
                bar.append(E.I(E.CLASS(level), style=f"flex: {number} 0 0"))
                words = ", ".join(filter(None, (f" {WORDS[level]}", share(target, level))))
                legend.append(E.LI(E.I(E.CLASS(level)), E.B(f"{number:,}"), E.SPAN(E.CLASS("soft"), words)))
        card.extend([bar, legend])
        yield card


def _target(audit: Audit, target: Target) -> Iterator[Node]:
    steps, codes = target.todo(), target.ranked()
    yield E.H2(f"To {target.title}", id=f"to-{target.name}")
    if len(audit.targets) > 1:
        yield E.P(_tied(headline(audit, target)))
    if steps:
        yield E.H3("What to do first")
        items = [_step(number, step) for number, step in enumerate(steps, 1)]
        yield E.DIV(E.CLASS("card"), *_folded(items, lambda some: E.OL(E.CLASS("todo"), *some)))
    if codes:
        yield E.H3("What is lost")
        head = ["severity", "code", "documents", "", "losses", "waived", "for example"]
        most = max(each.documents for each in codes)
        yield _table(head, [_code(each, most) for each in codes], numbers=(2, 4, 5))
    elif target.levels["lossless"]:
        yield E.P("Nothing is lost.")


def _step(number: int, step: Step) -> Node:
    more = f"; {frees(step)}" if step.alone else ""
    codes = [E.CODE(f"{_text(code)} ({times:,})") for code, times in by_number(step.codes)[:8]]
    words = E.SPAN(E.SPAN(E.CLASS(f"tag {step.severity}"), step.severity), f" {documents(step.documents)}{more}")
    return E.LI(E.B(str(number)), E.DIV(E.STRONG(_text(step.remedy)), E.DIV(words), E.DIV(*codes)))


def _code(each: Code, most: int) -> list[Node]:
    found = each.first
    example = [E.SMALL(E.CODE(_text(place(each.source, found))))]
    if found.written:
        example += [E.BR(), E.CODE(_text(found.written))]
    return [
        E.SPAN(E.CLASS(f"tag {found.severity}"), found.severity),
        E.CODE(E.CLASS("name"), _text(found.code), title=_text(found.remedy)),
        f"{each.documents:,}",
        _meter(each.documents, most, found.severity),
        f"{each.losses:,}",
        f"{each.waived:,}" if each.waived else "",
        E.SPAN(*example),
    ]


def _uses(audit: Audit) -> Iterator[Node]:
    yield E.H2("What the documents use", id="uses")
    names = [target.title for target in audit.targets.values()]
    for what, head in (("attribute", "Attributes of conferences"), ("verb", "Verbs around them")):
        uses = [use for use in audit.uses() if use.what == what]
        if uses:
            yield E.H3(head)
            rows = [_use(use, audit, uses[0].documents) for use in uses]
            yield _table([what, "dialect", "documents", "", "uses", *names], rows, numbers=(2, 4))


def _use(use: Use, audit: Audit, most: int) -> list[Node]:
    cells = []
    for to, target in audit.targets.items():
        there, name = support(use, to)
        mark = E.SPAN(E.CLASS(f"tag {there}"), SUPPORT[there])
        title = E.SPAN(E.CLASS("narrow"), f"{target.title} ")
        cells.append(E.SPAN(title, mark, " ", E.CODE(_text(name))))
    return [
        E.CODE(E.CLASS("name"), _text(use.name)),
        use.dialect,
        f"{use.documents:,}",
        _meter(use.documents, most),
        f"{use.uses:,}",
        *cells,
    ]


def _failures(audit: Audit) -> Iterator[Node]:
    if not audit.failures:
        return
    yield E.H2(f"Failed: {documents(audit.failed)}", id="failed")
    rows = []
    for each in audit.failures:
        error = each.error
        at = f":{error['line']}:{error['column']}" if error["line"] else ""
        cause = [E.BR(), E.SMALL(f"Likely cause: {_text(error['cause'])}.")] if error["cause"] else []
        only = f" (to {', '.join(each.targets)})" if len(each.targets) < len(audit.targets) else ""
        rows.append([E.CODE(_text(each.source + at)), E.SPAN(_text(error["message"]), only, *cause)])
    yield _table(["document", "why"], rows)
    rest = unnamed(audit, audit.failures)
    if rest:
        yield E.P(E.CLASS("soft"), f"And {rest:,} more.")


def _skipped(audit: Audit) -> Iterator[Node]:
    if audit.skipped:
        yield E.H2(f"Skipped: {documents(audit.skipped.total())}")
        yield _table(
            ["documents", "why"], [[f"{n:,}", _text(why)] for why, n in by_number(audit.skipped)], numbers=(0,)
        )


# -- pieces --------------------------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Sequence[Sequence[Node]], numbers: Iterable[int] = ()) -> Node:
    """A table in a card; what is beyond the first rows is folded."""
    right = set(numbers)

    def cells(make: Callable[..., Node], row: Sequence[Node]) -> list[Node]:
        return [
            make(each, {"class": "n", "data-head": head[index]} if index in right else {})
            for index, each in enumerate(row)
        ]

    def table(some: Sequence[Sequence[Node]]) -> Node:
        body = [E.TR(*cells(E.TD, row)) for row in some]
        return E.DIV(E.CLASS("scroll"), E.TABLE(E.THEAD(E.TR(*cells(E.TH, head))), E.TBODY(*body)))

    return E.DIV(E.CLASS("card"), *_folded(rows, table))


def _folded(rows: Sequence[Any], make: Callable[[Sequence[Any]], Node]) -> Iterator[Node]:
    yield make(rows[:SHOWN])
    rest = rows[SHOWN:]
    if rest:
        yield E.DETAILS(E.SUMMARY(f"{len(rest):,} more"), make(rest))


def _meter(part: int, whole: int, severity: str = "plain") -> Node:
    return E.SPAN(E.CLASS("meter"), E.I(E.CLASS(severity), style=f"width: {100 * part / whole:.1f}%"))


def _tied(text: str) -> str:
    """A text in which a percent sign stays with its number."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


def _text(text: str) -> str:
    text = printable(text)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."
