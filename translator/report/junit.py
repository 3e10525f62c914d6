"""The report as JUnit XML: a test case a document, which fails where a loss counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from translator.report import Outcome, count, numbers
from translator.report.loss import details
from translator.report.safe import escaped_markup, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def render(
    outcomes: Iterable[Outcome],
    *,
    verbose: bool = False,
    style: Callable[..., str] | None = None,
    skipped: Iterable[tuple[str, str]] = (),
) -> Iterator[str]:
    """The whole report, whatever `verbose`, in one piece: its counts stand at its head."""
    suite = etree.Element("testsuite", name="translator")
    for outcome in outcomes:
        _case(suite, outcome)
    for path, why in skipped:
        case = etree.SubElement(suite, "testcase", name=printable(path), classname="translator", time="0")
        etree.SubElement(case, "skipped", message=printable(why))
    suite.set("tests", str(len(suite)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("time", "0")
    root = etree.Element("testsuites")
    root.append(suite)
    etree.indent(root)
    yield escaped_markup(etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode()) + "\n"


def _case(suite: Any, outcome: Outcome) -> None:
    name = printable(outcome.source)
    classname = f"translator.{outcome.from_ or 'unknown'}.{outcome.to}"
    case = etree.SubElement(suite, "testcase", name=name, classname=classname, file=name, time="0")
    if outcome.error is not None:
        error = outcome.error
        place = f"{name}:{error.line}:{error.column}: " if error.line else f"{name}: "
        cause = f"\nLikely cause: {printable(error.cause)}." if error.cause else ""
        words = printable(error.message)
        found = etree.SubElement(case, "error", type=type(error).__name__, message=words)
        found.text = f"{place}{words}{cause}"
        return
    parts: dict[bool, list[int]] = {True: [], False: []}
    for index in range(len(outcome.losses)):
        parts[outcome.counts(index)].append(index)
    if parts[True]:
        losses = [outcome.losses[index] for index in parts[True]]
        found = etree.SubElement(case, "failure", type=printable(losses[0].code), message=numbers(count(losses)))
        found.text = _listing(outcome, parts[True])
    if parts[False]:
        etree.SubElement(case, "system-out").text = _listing(outcome, parts[False])


def _listing(outcome: Outcome, indexes: list[int]) -> str:
    return "\n".join(line for index in indexes for line in _lines(outcome, index))


def _lines(outcome: Outcome, index: int) -> Iterator[str]:
    loss, waived = outcome.losses[index], outcome.waived.get(index)
    place = f"{printable(outcome.source)}:{loss.line}:{loss.column}"
    yield f"{place} {loss.severity} {printable(loss.code)}" + (f" ({waived})" if waived else "")
    yield from (f"    {printable(words)}" for words in (loss.message, loss.remedy) if words)
    yield "    " + "; ".join(f"{label} {value}" for label, value in details(loss))
