"""The engine: read, express, read back, difference.

Every attribute that is written is read back with the target's own table. The report is the difference between the
intent asked for and the intent read back. No loss is made anywhere else. (That the whole target document, parsed
anew, says the very same is a law: see `tests/test_laws.py`.)
"""

from __future__ import annotations

from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from translator import registry, syntax
from translator.course import settle
from translator.errors import InvalidOption, UnreadableDocument, UnsafeDocument
from translator.plan import plan
from translator.result import Result
from translator.sites import Reading, Writing
from translator.syntax import limits
from translator.translation import Translation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from translator.detection import Detection
    from translator.dialect import Dialect
    from translator.flow import Flow
    from translator.sites import Site
    from translator.syntax import Document

_count = count()
"""Of documents: a process that translates a single one need not look for others like it."""
_NO_OPTIONS: Mapping[str, str] = MappingProxyType({})
COMMON_OPTIONS = {
    "base_url": "absolute URL that relative URLs of the source are resolved against",
    "document_url": "absolute URL that the source document itself is asked from",
}


def translate(
    source: str | bytes,
    to: str,
    from_: str | None = None,
    *,
    syntax: str | None = None,
    options: Mapping[str, str] | None = None,
) -> Result:
    """Translate a document.

    Args:
        source: the document; bytes are best, as their encoding is then the document's own affair.
        to: name or alias of the target dialect.
        from_: name or alias of the source dialect; None: detected from the document.
        syntax: "xml", "json" or "yaml", where the target has several; None: the source's where both are one
            dialect, else the target's first.
        options: `base_url`, and what the target dialect documents.

    Raises:
        TranslatorError: one of its family, and nothing else, whatever the bytes.
    """
    target = registry.get(to)
    chosen = _checked(options, target) if options else _NO_OPTIONS
    document, dialect, detection = _open(source, from_)

    engine = Engine(dialect, target, syntax, chosen)
    if next(_count):
        from translator import filled

        result = filled.translated(document, engine)
    else:
        result = engine.translate(document)
    result.detection = detection
    return result


class Engine(NamedTuple):
    """Translates documents of one dialect, each as if it were the first."""

    dialect: Dialect
    target: Dialect
    syntax: str | None = None
    options: Mapping[str, str] = _NO_OPTIONS

    def read(self, document: Document) -> Reading:
        return read_document(document, self.dialect)

    def translate(self, document: Document) -> Result:
        reading = read_document(document, self.dialect)
        return _write(reading, document, self.target, self.dialect.name, self.syntax, self.options)


def read(source: str | bytes, from_: str | None = None) -> Flow:
    """The canonical intent of a document. Arguments and errors as for `translate`."""
    from translator import faces

    document, dialect, _ = _open(source, from_)
    return faces.flow(read_document(document, dialect), document)


def write(flow: Flow, to: str, *, syntax: str | None = None, options: Mapping[str, str] | None = None) -> Result:
    """Write a flow in a dialect, with the report of what could not be said there."""
    from translator import faces

    target = registry.get(to)
    chosen = _checked(options, target) if options else _NO_OPTIONS
    reading, document = faces.reading(flow)
    name = flow.dialect or "intent"
    result = _write(reading, document, target, name, syntax, chosen)
    result._flow = flow
    return result


def read_document(document: Document, dialect: Dialect) -> Reading:
    reading = Reading(dialect, document)
    dialect.envelope.read(document, reading)
    settle(reading)
    return reading


def _open(source: str | bytes, from_: str | None) -> tuple[Document, Dialect, Detection | None]:
    syntax.check_type(source)
    if from_ is None:
        from translator.detection import settle

        document, detection = settle(source)
        return document, registry.get(detection.dialect or ""), detection
    dialect = registry.get(from_)
    return syntax.parse(source, _syntax_of(source, dialect)), dialect, None


def _syntax_of(source: str | bytes, dialect: Dialect) -> str:
    """The syntax to read in: what the first character shows, where the dialect has it."""
    if len(dialect.syntaxes) == 1:
        return dialect.syntaxes[0]
    sniffed = syntax.sniff(source)
    if sniffed in dialect.syntaxes:
        return sniffed
    return dialect.syntaxes[0]


def _write(
    reading: Reading,
    document: Document,
    target: Dialect,
    source_name: str,
    syntax_name: str | None,
    options: Mapping[str, str],
) -> Result:
    chosen = _chosen_syntax(target, reading, syntax_name)
    translation = Translation(plan(reading.origin, target), reading, document, options, chosen)
    sites = translation.document_sites()
    if len(sites) > 10 or any([site.parts or site.branches for site in sites]):
        _check_output(sites)
    writing = Writing(target, sites, chosen, reading.origin, reading.remarks, options)
    try:
        text = syntax.write(target.envelope.write(writing), chosen)
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        if not reading.made:
            raise
        words = f"The foreign steps of the flow are not those of {target.title}: {error}."
        raise UnreadableDocument(words) from None
    if reading.made and not target.canonical:
        translation.check(sites, text)
    return Result(text, translation.losses(), source_name, target.name, chosen, lambda: reading, translation.trace)


def _checked(options: Mapping[str, str], target: Dialect) -> dict[str, str]:
    """The options of the caller, where there are such."""
    if not hasattr(options, "items"):
        raise InvalidOption("Options are a mapping of names to values.")
    if "base_url" in options:
        _check_base(options["base_url"])
    for name, value in options.items():
        if not isinstance(value, str):
            raise InvalidOption(f'The value of option "{name}" is text, not {type(value).__name__}.')
        if value != value.encode("utf-8", "replace").decode():
            raise InvalidOption(f'The value of option "{name}" is no text in UTF-8.')
        if name not in COMMON_OPTIONS and name not in target.options:
            known = ", ".join([*COMMON_OPTIONS, *target.options])
            raise InvalidOption(f'{target.title} knows no option "{name}"; it knows: {known}.')
    return dict(options)


def _check_output(sites: list[Site]) -> None:
    """Refuse to write what is far longer than its source: a few long values, said again in very many steps."""
    most, total = limits.current().max_output, 0
    weights: dict[int, int] = {}
    waiting = list(sites)
    while waiting:
        site = waiting.pop()
        waiting += site.parts
        for limb in site.branches:
            waiting += limb.sites
        for items in (site.said, *(items for _, items in site.nodes.values())):
            for value in items.values():
                if isinstance(value, str):
                    total += len(value)
                elif isinstance(value, dict | list | tuple):
                    if id(value) not in weights:
                        weights[id(value)] = len(str(value))
                    total += weights[id(value)]
        if total > most:
            raise UnsafeDocument(f"What would be written has more than {most:,} characters.")


def _check_base(base_url: Any) -> None:
    try:
        parts = urlsplit(base_url) if isinstance(base_url, str) else None
        _ = parts and parts.port
    except ValueError:
        parts = None
    if base_url != "" and (parts is None or not parts.scheme or not parts.netloc):
        raise InvalidOption(f'base_url is an absolute URL, such as https://app.example.com; not "{base_url}".')


def _chosen_syntax(target: Dialect, reading: Reading, asked: str | None) -> str:
    if asked is None:
        same = reading.origin is not None and reading.origin.name == target.name
        return reading.syntax if same and reading.syntax in target.syntaxes else target.syntaxes[0]
    if asked not in target.syntaxes:
        raise InvalidOption(f"{target.title} is not written in {asked}; it has: {', '.join(target.syntaxes)}.")
    return asked
