"""Which losses count: the severity to fail on, what is accepted, and what a baseline already knows.

A policy changes the exit status, never the losses.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from translator.errors import InvalidOption
from translator.report import unnumbered
from translator.report.safe import escaped_json, mask, masked, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from translator.report import Outcome

VERSION: Final = 1
_LINE = r"(?s):\d+(?= \(id .*\)$)"
"""What moves in the name of a document in JSON Lines that has an id."""
_IN_FILE = r"(?s)(?<=\w)(:\d+| \(id .*\))$"
"""Which of the documents in a file it is."""


class Policy:
    """What makes a run fail.

    Args:
        fail_on: "error", "warning", "notice": fail on a loss of this severity or above; "never".
        accept: globs of codes that do not count, `say/*`; after a glob of file names and a colon, in those files
            alone: `legacy/*:say/*`. A `*` stands for slashes too.
        baseline: the losses that are known already.
    """

    def __init__(self, fail_on: str = "error", accept: Sequence[str] = (), baseline: Baseline | None = None) -> None:
        self.fail_on = fail_on
        self.accept = tuple(accept)
        self.baseline = baseline
        self.idle = dict.fromkeys(self.accept)
        """The globs of `accept` that no loss was accepted by yet."""

    def judge(self, outcome: Outcome) -> None:
        """Fill `outcome.waived` and `outcome.fail_on`. Each outcome is judged once: a baseline is used up."""
        outcome.fail_on = self.fail_on
        waived = self.baseline.covered(outcome) if self.baseline else set()
        outcome.waived = dict.fromkeys(sorted(waived), "baseline")
        if self.accept:
            source = outcome.source.replace(os.sep, "/")
            accepted = {code: self._accepts(code, source) for code in {loss.code for loss in outcome.losses}}
            outcome.waived |= {i: "accepted" for i, loss in enumerate(outcome.losses) if accepted[loss.code]}

    def fails(self, outcome: Outcome) -> bool:
        """Whether a judged outcome makes the run fail: it failed itself, or has a loss that counts."""
        return outcome.fails

    def _accepts(self, code: str, source: str) -> bool:
        found = [glob for glob in self.accept if _matches(glob, code, source)]
        for glob in found:
            self.idle.pop(glob, None)
        return bool(found)


def _matches(glob: str, code: str, source: str) -> bool:
    path, _, codes = glob.rpartition(":")
    return fnmatchcase(code, glob) or bool(path and fnmatchcase(source, path) and fnmatchcase(code, codes))


class _Entry(NamedTuple):
    """One loss, wherever in its file it stands. `asked` and `given` are JSON."""

    source: str
    to: str
    code: str
    path: str
    asked: str
    given: str


class Baseline:
    """The losses of an earlier run, kept in a file; later only new ones count.

    A loss is known by its file, target, code, place in the document without numbers, and by what was asked for and
    given: not by its line. Of equal losses, as many are known as there were. File names stand in it relative to its
    own directory, passwords not at all.

    Args:
        path: the file. It is not read here, see `read`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: Counter[_Entry] = Counter()
        self._seen: set[tuple[str, str]] = set()

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read a baseline file.

        Raises:
            InvalidOption: it is missing, or no baseline; with its place.
        """
        baseline = cls(path)
        for record in _records(path):
            count = record.pop("count")
            asked, given = _json(record.pop("asked")), _json(record.pop("given"))
            baseline._known[_Entry(**record, asked=asked, given=given)] += count
        return baseline

    def add(self, outcome: Outcome) -> None:
        """Know the losses of an outcome, too."""
        self._known.update(self._entries(outcome))

    def covered(self, outcome: Outcome) -> set[int]:
        """The indexes of the losses that are known; each use takes one away."""
        found = set()
        for index, entry in enumerate(self._entries(outcome)):
            if self._known[entry] > 0:
                self._known[entry] -= 1
                found.add(index)
        if outcome.error is None:
            self._seen.add((self._relative(outcome.source), outcome.to))
        return found

    @property
    def gone(self) -> int:
        """The number of entries that no longer occur: of the documents of this run, and of files that are no more."""
        return sum(count > 0 and self._is_gone(entry) for entry, count in self._known.items())

    def note(self) -> str:
        """What to say at the end of a run; "" where every entry still occurs."""
        number = self.gone
        if not number:
            return ""
        some, verb = ("1 entry", "occurs") if number == 1 else (f"{number} entries", "occur")
        return f"{some} of the baseline no longer {verb}; --write-baseline writes it anew."

    def write(self) -> None:
        """Write the file, whole or not at all: one entry a line, sorted.

        Raises:
            OSError: it cannot be written.
        """
        import json

        from translator import files

        lines = []
        for entry, count in sorted(self._known.items()):
            record = entry._asdict() | {"asked": json.loads(entry.asked), "given": json.loads(entry.given)}
            lines.append(_json(record | {"count": count}, sort=False))
        body = "[\n    " + ",\n    ".join(lines) + "\n  ]" if lines else "[]"
        text = f'{{\n  "version": {VERSION},\n  "losses": {body}\n}}\n'
        files.write_atomically(self.path, escaped_json(text))

    def __len__(self) -> int:
        return self._known.total()

    def _entries(self, outcome: Outcome) -> Iterator[_Entry]:
        source = self._relative(outcome.source)
        for loss in outcome.losses:
            path = unnumbered(mask(loss.path))
            values = [_json(*masked({loss.field: each}).values()) for each in (loss.asked, loss.given)]
            yield _Entry(source, outcome.to, loss.code, path, *values)

    def _relative(self, source: str) -> str:
        source = mask(re.sub(_LINE, "", source))
        if _is_standard_input(source):
            return source
        try:
            source = os.path.relpath(source, self.path.parent)
        except ValueError:  # on another drive
            source = str(Path(source).absolute())
        except OSError:  # the working directory was removed
            pass
        return source.replace(os.sep, "/")

    def _is_gone(self, entry: _Entry) -> bool:
        if (entry.source, entry.to) in self._seen:
            return True
        file = re.sub(_IN_FILE, "", entry.source)
        return not _is_standard_input(file) and not os.path.exists(self.path.parent / file)  # noqa: PTH110 - any name


def _is_standard_input(source: str) -> bool:
    return source == "-" or source.startswith(("-:", "- (id "))


def _json(value: Any, sort: bool = True) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, sort_keys=sort, default=str)


_FIELDS: Final = (*_Entry._fields, "count")


def _records(path: Path) -> list[dict[str, Any]]:
    """The entries of a baseline file, checked."""
    import json

    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text)
    except FileNotFoundError:
        raise InvalidOption(f"There is no baseline {printable(str(path))}. --write-baseline writes one.") from None
    except OSError as error:
        raise InvalidOption(f"The baseline cannot be read: {error.strerror}: {printable(str(path))}.") from None
    except json.JSONDecodeError as error:
        raise _broken(path, error.lineno, error.colno, f"not JSON: {error.msg}") from None
    except (ValueError, RecursionError):
        raise _broken(path, 1, 1, "not JSON in UTF-8 of a usual size and depth") from None
    fault = _fault(data)
    if fault:
        from translator.syntax.json import places

        pointer, words = fault
        raise _broken(path, *places(text)[pointer], words)
    records: list[dict[str, Any]] = data["losses"]
    return records


def _fault(data: Any) -> tuple[str, str] | None:
    """Where and why data is no baseline, or None."""
    if not isinstance(data, dict) or not isinstance(data.get("losses"), list) or "version" not in data:
        return "", 'a baseline is an object with "version" and "losses"'
    if data["version"] != VERSION or data["version"] is True:
        return "/version", f"this is for version {VERSION} of baselines"
    for index, record in enumerate(data["losses"]):
        here = f"/losses/{index}"
        if not isinstance(record, dict) or set(record) != set(_FIELDS):
            return here, f"an entry has {', '.join(_FIELDS)}"
        for name in ("source", "to", "code", "path"):
            if not isinstance(record[name], str):
                return f"{here}/{name}", f"{name} is text"
        if type(record["count"]) is not int or record["count"] < 1:
            return f"{here}/count", "count is a whole number from 1"
    return None


def _broken(path: Path, line: int, column: int, words: str) -> InvalidOption:
    return InvalidOption(f"{printable(str(path))}:{line}:{column}: not a baseline of this tool: {words}.")
