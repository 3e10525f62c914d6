"""JSON Lines: documents as a database gives them, one object a line, translated as they come.

In: `{"id": ..., "from": "cxml", "document": "<Response>..."}`; `id` is anything, `from` may be missing, and a
document in JSON may stand there as it is. Out: `{"id", "to", "document", "losses"}`, the document always as text;
where it failed the document is null, and `line` and `error` stand behind: the number of the line, the error as in the
JSON report.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from pydantic_core import to_json

from translator import syntax
from translator.conversion import DIED, tell
from translator.engine import translate
from translator.errors import InvalidOption, TranslatorError, UnreadableDocument
from translator.report import Outcome
from translator.report.loss import as_json
from translator.report.safe import escaped_json, masked
from translator.syntax import limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST_ID = 60
"""Characters of an id that a report shows; what is left out is told apart by its sum: a baseline goes by it."""


class Line(NamedTuple):
    """One line: its number, from 1, and its bytes."""

    number: int
    text: bytes


class Translated(NamedTuple):
    """What became of a line: for the report, and as a line of the output."""

    outcome: Outcome
    text: str


def lines(file: IO[bytes]) -> Iterator[Line]:
    """The lines of a file that are not blank; of one longer than a document may be, only the beginning."""
    most = limits.current().max_bytes + 1
    number = 0
    while text := file.readline(most):
        number += 1
        rest = text
        while len(rest) == most and not rest.endswith(b"\n"):
            rest = file.readline(most)
        if text.strip():
            yield Line(number, text)


@dataclass(frozen=True, slots=True)
class LineConversion:
    """How lines are translated. Can be pickled.

    Attributes:
        name: the file, as reports name it.
        to, from_, syntax, options: as for `translate`; a line's own `from` comes before `from_`.
        notices: as for `Conversion`.
    """

    name: str
    to: str
    from_: str | None = None
    syntax: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    notices: bool = True

    def __call__(self, line: Line) -> Translated:
        """Translate one line.

        Raises:
            InvalidOption: one of `options` is wrong.
        """
        outcome = Outcome(self.name, self.from_, self.to)
        identity: Any = None
        source: str | bytes = b""
        try:
            row = _row(line)
            identity = row.get("id")
            outcome.source = self._source(line, identity)
            source, named = _document(row), _dialect(row) or self.from_
            result = translate(source, self.to, named, syntax=self.syntax, options=self.options)
        except InvalidOption:
            raise
        except TranslatorError as error:
            outcome.error = error
            tell(outcome, source, (), notices=self.notices)
            return self._failed(line, identity, outcome)
        outcome.from_ = result.source_dialect
        outcome.assumed = result.detection.why if result.detection else ""
        tell(outcome, source, result.losses, notices=self.notices)
        losses = ",".join(map(as_json, result.losses))
        row = {"id": identity, "to": self.to, "document": result.text}
        return Translated(outcome, _line(f'{_json(row)[:-1]},"losses":[{losses}]}}'))

    def lost(self, line: Line) -> Translated:
        """What is given for a line on which a process has died."""
        outcome = Outcome(self._source(line, None), self.from_, self.to, error=TranslatorError(DIED))
        return self._failed(line, None, outcome)

    def _source(self, line: Line, identity: Any) -> str:
        shown = identity if isinstance(identity, str) else to_json(identity).decode()
        short = shown if len(shown) <= LONGEST_ID else f"{shown[: LONGEST_ID - 12]}...{crc32(shown.encode()):08x}"
        return f"{self.name}:{line.number}" + (f" (id {short})" if identity is not None else "")

    def _failed(self, line: Line, identity: Any, outcome: Outcome) -> Translated:
        error = masked(outcome.error.as_dict()) if outcome.error else None
        nothing = {"id": identity, "to": self.to, "document": None, "losses": []}
        return Translated(outcome, _line(_json({**nothing, "line": line.number, "error": error})))


def opened(line: Line, name: str) -> tuple[str, str | bytes, str | None]:
    """How a report names the document of a line, the document, and its dialect where the line says it.

    Args:
        name: the file, as reports name it.
    """
    row = _row(line)
    return LineConversion(name, "")._source(line, row.get("id")), _document(row), _dialect(row)


def _row(line: Line) -> dict[str, Any]:
    """The object of a line; an error has the place in the file, not in the line."""
    try:
        row = syntax.parse(line.text, "json").root
    except TranslatorError as error:
        raise type(error)(error.message, line=line.number, column=error.column or 1, cause=error.cause) from None
    if isinstance(row, dict):
        return row
    words = 'A line is an object, {"id": ..., "from": ..., "document": ...}.'
    raise UnreadableDocument(words, line=line.number, column=1)


def _document(row: dict[str, Any]) -> str | bytes:
    document = row.get("document")
    if isinstance(document, str):
        return document
    if isinstance(document, dict | list):
        return syntax.write(document, "json").encode()
    raise UnreadableDocument('The line has no "document": text, or JSON.')


def _dialect(row: dict[str, Any]) -> str | None:
    name = row.get("from")
    if name is None or isinstance(name, str):
        return name
    raise UnreadableDocument('"from" is the name of a dialect, as text.')


def _json(row: dict[str, Any]) -> str:
    return to_json(row, inf_nan_mode="strings").decode()


def _line(text: str) -> str:
    return escaped_json(text) + "\n"
