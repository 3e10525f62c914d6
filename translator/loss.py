"""A loss: one field, one site, asked for and given.

Losses are made by the engine alone, from the difference between the intent asked for and the intent read back.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Protocol

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


@lru_cache(maxsize=4096)
def code_name(field: str) -> str:
    """The first half of a code: `exit_sound` -> `exit-sound`, `recordCallbackUrl` -> `record-callback-url`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", field).replace("_", "-").replace(" ", "-").lower()


class Origin(Protocol):
    """Where a loss comes from. Asked only when somebody looks: most losses are counted, not read."""

    def path(self, loss: Loss) -> str:
        """Where in the source."""

    def written(self, loss: Loss) -> str:
        """What stands there, as written."""

    def locate(self, path: str) -> tuple[int, int]:
        """(line, column)."""

    def words(self, loss: Loss) -> tuple[str, str]:
        """(message, remedy)."""


class Fixed:
    """An origin whose place and words are known."""

    __slots__ = ("_find", "_place", "_words")

    def __init__(self, place: tuple[str, str], words: tuple[str, str], find: Callable[[str], tuple[int, int]]) -> None:
        self._place = place
        self._words = words
        self._find = find

    def path(self, _: Loss) -> str:
        return self._place[0]

    def written(self, _: Loss) -> str:
        return self._place[1]

    def locate(self, path: str) -> tuple[int, int]:
        return self._find(path)

    def words(self, _: Loss) -> tuple[str, str]:
        return self._words


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

    __slots__ = ("_cache", "_origin", "asked", "field", "given", "kind", "order", "said", "severity")

    def __init__(
        self,
        kind: str,
        severity: str,
        field: str,
        said: bool,
        asked: Any,
        given: Any,
        origin: Origin,
        order: int = 0,
    ) -> None:
        self.kind = kind
        self.severity = severity
        self.field = field
        self.said = said
        self.asked = asked
        self.given = given
        self.order = order
        self._origin = origin
        self._cache: tuple[str, str] | None = None

    @property
    def code(self) -> str:
        return f"{code_name(self.field)}/{self.kind}"

    @property
    def path(self) -> str:
        return self._origin.path(self)

    @property
    def source(self) -> str:
        return self._origin.written(self)

    @property
    def place(self) -> tuple[int, int]:
        """(line, column): it is dear to ask for each by itself."""
        return self._origin.locate(self.path)

    @property
    def line(self) -> int:
        return self.place[0]

    @property
    def column(self) -> int:
        return self.place[1]

    @property
    def message(self) -> str:
        return self._words()[0]

    @property
    def remedy(self) -> str:
        return self._words()[1]

    @property
    def origin(self) -> Origin:
        """Who knows its place and words."""
        return self._origin

    def _words(self) -> tuple[str, str]:
        if self._cache is None:
            self._cache = self._origin.words(self)
        return self._cache

    def as_dict(self) -> dict[str, Any]:
        """The loss as the JSON report has it."""
        path, words = self.path, self._words()
        line, column = self._origin.locate(path)
        return {
            "code": self.code,
            "kind": self.kind,
            "severity": self.severity,
            "field": self.field,
            "said": self.said,
            "path": path,
            "line": line,
            "column": column,
            "source": self.source,
            "asked": self.asked,
            "given": self.given,
            "message": words[0],
            "remedy": words[1],
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Loss) and self.as_dict() == other.as_dict()

    def __hash__(self) -> int:
        return hash((self.kind, self.field, self.path))

    def __repr__(self) -> str:
        return f"Loss({self.code!r}, {self.severity!r}, {self.path!r}, asked={self.asked!r}, given={self.given!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        path = self.path
        facts = (self.kind, self.severity, self.field, self.said, self.asked, self.given)
        return _restore, (facts, (path, self.source), self._words(), self._origin.locate(path))


def _restore(
    facts: tuple[str, str, str, bool, Any, Any], spot: tuple[str, str], words: tuple[str, str], place: tuple[int, int]
) -> Loss:
    """A loss from another process: its words and place are fixed."""
    return Loss(*facts, Fixed(spot, words, lambda _: place))


def at_least(severity: str, threshold: str) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(threshold)
