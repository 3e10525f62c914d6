"""A loss: one field, one site, asked for and given.

Losses are made by the engine alone, from the difference between the intent asked for and the intent read back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from translator.values import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS: Final[dict[str, str]] = {
    "dropped": "There is no counterpart, or it was left out.",
    "changed": "The nearest value was written; it is not the same.",
    "clamped": "The value lies beyond a limit; the limit was written.",
    "endpoint": "The URL is kept, but what must answer there, or what it will receive, is another format.",
    "default": "Nothing was said, and the platforms differ in what they do then.",
    "unknown": "This is not an attribute of the source dialect.",
    "invalid": "This is not a legal value in the source dialect.",
    "unresolved": "The value was passed on as written, but what it stands for is open, or the target may refuse it.",
    "step": "A neighbouring verb was not carried over.",
    "structure": "The target cannot hold this shape of document: branches, sections, nesting, comments.",
}

SEVERITIES: Final = ("notice", "warning", "error")
"""Rising. error: privacy, recording, who may start or end, where the call goes next, room identity;
warning: heard or seen by somebody; notice: only labels, or the platforms differ where nothing was said."""


def code_name(field: str) -> str:
    """The first half of a code: `exit_sound` -> `exit-sound`, `recordCallbackUrl` -> `record-callback-url`."""
    parts = []
    for index, character in enumerate(field):
        if character.isupper() and index and not field[index - 1].isupper():
            parts.append("-")
        parts.append(character.lower())
    return "".join(parts).replace("_", "-").replace(" ", "-")


class Loss:
    """What could not be carried over, in one place.

    Attributes:
        code: `<field or verb>/<kind>`, stable: `exit-sound/dropped`.
        kind: one of `KINDS`.
        severity: "error", "warning" or "notice".
        field: the canonical field, or the verb or attribute where there is none.
        said: whether the author said it, or it follows from what was left out.
        path: where in the source: `/Response/Dial/Conference/@beep`, `/sections/main/0/join_conference/beep`.
        line, column: the same place, from 1.
        source: as written there: `beep="true"`; "" where nothing is.
        asked, given: canonical values wanted, and found on reading the target back; "unknown" where nobody knows.
        message: what happens, in one or two plain sentences.
        remedy: what to do.
    """

    __slots__ = (
        "_explain",
        "_locate",
        "_text",
        "asked",
        "field",
        "given",
        "kind",
        "order",
        "path",
        "said",
        "severity",
        "source",
    )

    def __init__(
        self,
        kind: str,
        severity: str,
        field: str,
        *,
        said: bool,
        path: str,
        source: str,
        asked: Any,
        given: Any,
        explain: Callable[[Loss], tuple[str, str]],
        locate: Callable[[str], tuple[int, int]],
        order: tuple[int, ...] = (),
    ) -> None:
        self.kind = kind
        self.severity = severity
        self.field = field
        self.said = said
        self.path = path
        self.source = source
        self.asked = "unknown" if asked is UNKNOWN else asked
        self.given = "unknown" if given is UNKNOWN else given
        self.order = order
        self._explain = explain
        self._locate = locate
        self._text: tuple[str, str] | None = None

    @property
    def code(self) -> str:
        return f"{code_name(self.field)}/{self.kind}"

    @property
    def line(self) -> int:
        return self._locate(self.path)[0]

    @property
    def column(self) -> int:
        return self._locate(self.path)[1]

    @property
    def message(self) -> str:
        return self._words()[0]

    @property
    def remedy(self) -> str:
        return self._words()[1]

    def _words(self) -> tuple[str, str]:
        if self._text is None:
            self._text = self._explain(self)
        return self._text

    def as_dict(self) -> dict[str, Any]:
        """The loss as the JSON report has it."""
        return {
            "code": self.code,
            "kind": self.kind,
            "severity": self.severity,
            "field": self.field,
            "said": self.said,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "source": self.source,
            "asked": self.asked,
            "given": self.given,
            "message": self.message,
            "remedy": self.remedy,
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Loss) and self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash((self.kind, self.field, self.path))

    def __repr__(self) -> str:
        return f"Loss({self.code!r}, {self.severity!r}, {self.path!r}, asked={self.asked!r}, given={self.given!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.as_dict(), self.order)


def _restore(record: dict[str, Any], order: tuple[int, ...]) -> Loss:
    """A loss from another process: its words and place are fixed."""
    words, place = (record["message"], record["remedy"]), (record["line"], record["column"])
    names = ("said", "path", "source", "asked", "given")
    return Loss(
        record["kind"],
        record["severity"],
        record["field"],
        **{name: record[name] for name in names},
        explain=lambda _: words,
        locate=lambda _: place,
        order=order,
    )


def at_least(severity: str, threshold: str) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(threshold)
