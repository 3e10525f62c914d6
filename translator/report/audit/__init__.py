"""The reports of an audit: one renderer a file, each from the same `Audit`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

from translator.report import plural, skipped_words

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Iterator

    from translator.audit import Audit, Failure, Found, Step, Target

FORMATS: Final[dict[str, str]] = {
    name: f"translator.report.audit.{name}" for name in ("text", "json", "markdown", "html")
}
"""Format -> the module that renders it."""

LEVELS: Final[dict[str, str]] = {
    "already": "already there",
    "lossless": "lossless",
    "notice": "notices only",
    "warning": "warnings",
    "error": "errors",
    "failed": "failed",
}
"""`translator.audit.LEVELS` in words."""

SUPPORT: Final[dict[str, str]] = {
    "yes": "yes",
    "partly": "partly",
    "no": "no",
    "unknown": "not of its dialect",
    "inert": "has no effect",
}
"""`translator.audit.Support` in words."""


class Renderer(Protocol):
    """What every module of `FORMATS` has as `render`."""

    def __call__(
        self, audit: Audit, *, verbose: bool = False, style: Callable[..., str] | None = None
    ) -> Iterator[str]:
        """The report in pieces.

        Args:
            verbose: with all codes and what was skipped, where the format leaves some out otherwise.
            style: `click.style` where colour is wanted; only the text report has any.
        """


def renderer(name: str) -> Renderer:
    """The renderer of a format of `FORMATS`."""
    render: Renderer = import_module(FORMATS[name]).render
    return render


def percent(part: int, whole: int) -> str:
    """A share in words: never 0 % of something, never 100 % of less than all."""
    if not part or not whole:
        return "0 %"
    share = 100 * part / whole
    if share < 1:
        return "under 1 %"
    return "over 99 %" if 99 < share < 100 else f"{share:.0f} %"


def share(target: Target, level: str) -> str:
    """The part that a level is of the documents that have to go; "" for those that are there already."""
    return "" if level == "already" else percent(target.levels[level], target.moving)


def headline(audit: Audit, target: Target) -> str:
    """How ready the documents are for one target, in a sentence."""
    if not audit.documents:
        return "No document was found."
    if not target.moving:
        return f"All documents are {target.title} already."
    rest = [
        ("warning", "after a look at the warnings"),
        ("error", "lose something grave on the way"),
        ("failed", "cannot be translated"),
    ]
    parts = [
        f"{percent(target.ready, target.moving)} of {documents(target.moving)} can go to {target.title} as they are",
        *(f"{share(target, level)} {words}" for level, words in rest if target.levels[level]),
    ]
    already = target.levels["already"]
    over = f"; {already:,} {'is' if already == 1 else 'are'} {target.title} already" if already else ""
    return f"{', '.join(parts)}{over}."


def sources(audit: Audit) -> str:
    """`2,000 documents: 1,640 twiml, 360 cxml. 12 were skipped.`"""
    dialects = ", ".join(f"{number:,} {name or 'of no known dialect'}" for name, number in by_number(audit.dialects))
    over = skipped_words(audit.skipped.total())
    return f"{documents(audit.documents)}{f': {dialects}' if dialects else ''}.{over}"


def documents(number: int) -> str:
    return plural(number, "document")


def frees(step: Step) -> str:
    """What doing it is good for, beyond itself; "" where more must be done in every document."""
    if not step.alone:
        return ""
    return (
        f"in {step.alone:,} of them nothing else stands in the way"
        if step.documents > 1
        else "nothing else is in the way"
    )


def unnamed(audit: Audit, shown: Iterable[Failure]) -> int:
    """How many of the documents that failed are not shown; one may stand there more than once, for several targets."""
    return audit.failed - len({each.source for each in shown})


def place(source: str, found: Found) -> str:
    return f"{source}:{found.line}:{found.column}"


def by_number(numbers: Counter[str]) -> list[tuple[str, int]]:
    """The most frequent first; by name where two are alike."""
    return sorted(numbers.items(), key=lambda each: (-each[1], each[0]))
