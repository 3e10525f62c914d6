"""Golden cases: documents with their translations and losses, kept beside each other and compared.

golden/<case>/source.<dialect>.<ext>
golden/<case>/to.<dialect>.<ext>            one for each other dialect
golden/<case>/to.<dialect>.losses.json      the losses, without messages
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from translator import files, registry
from translator.detection import by_name
from translator.engine import translate
from translator.errors import TranslatorError
from translator.syntax.json import write as to_json

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("message", "remedy")


class Case:
    """One directory with a source: what stands in it, and what should.

    Attributes:
        path: the directory.
        fault: what is wrong with the case itself, in a plain sentence; "" where it is sound. With a fault, nothing
            is expected of it.
        source: the source, or the directory where there are several.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.source = path
        self.fault = ""
        self._dialect = ""
        sources = sorted(path.glob("source.*"))
        if len(sources) != 1:
            names = ", ".join(each.name for each in sources)
            self.fault = f"{path}: several sources: {names}; a case has one."
            return
        self.source = sources[0]
        self._dialect = by_name(self.source.name) or ""
        if not self._dialect:
            self.fault = f"{self.source}: the name says no known dialect; it should be source.<dialect>.<ext>."

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the files that should stand beside the source."""
        targets = [name for name in registry.names() if name != self._dialect] if not self.fault else []
        return tuple(name for target in targets for name in _names(target))

    @cached_property
    def expected(self) -> dict[str, str]:
        """Name -> text of the files that should stand beside the source; `fault` says why, where it is empty."""
        found = {}
        try:
            data = self.source.read_bytes() if self.names else b""
            for target in registry.names() if self.names else ():
                if target != self._dialect:
                    result = translate(data, target, self._dialect)
                    document, losses = _names(target)
                    found[document] = result.text
                    found[losses] = to_json([_bare(loss.as_dict()) for loss in result.losses])
        except TranslatorError as error:
            self.fault = f"{self.source}: {error}"
            return {}
        except OSError as error:
            self.fault = f"{self.source}: {error.strerror}."
            return {}
        return found

    @property
    def orphans(self) -> list[Path]:
        """What stands there, and should not. Hidden files are nobody's business."""
        known = {*self.names, self.source.name}
        return [each for each in sorted(self.path.iterdir()) if each.name not in known and each.name[0] != "."]

    def compare(self, name: str) -> str:
        """What is wrong with one of the files, in words or as a unified diff; "" where it is as it should be."""
        path = self.path / name
        text = self.expected.get(name)
        if text is None:
            return self.fault or orphan(path)
        try:
            found = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return f"{path}: missing."
        except UnicodeDecodeError:
            return f"{path}: not UTF-8."
        except OSError as error:
            return f"{path}: {error.strerror}."
        return "" if found == text else diff(found, text, str(path))


def check(directory: Path, *, update: bool = False) -> tuple[int, list[str], list[str]]:
    """Check every case below a directory, or write what it should hold.

    Returns:
        the number of cases, the faults in words (with a unified diff), the names of files written or removed.
    """
    cases, strays = find(directory)
    changed: list[str] = []
    if not cases:
        return 0, [nothing(directory)], []
    faults = [stray(each) for each in strays]
    for case in cases:
        if not case.expected:
            faults.append(case.fault)
        elif update:
            faults += _update(case, changed)
        else:
            faults += [fault for name in case.names if (fault := case.compare(name))]
            faults += map(orphan, case.orphans)
    return len(cases), faults, changed


def find(directory: Path) -> tuple[list[Case], list[Path]]:
    """The cases of a directory (or the one that it is itself), and the directories that are none."""
    if any(path.is_file() for path in directory.glob("source.*")):
        return [Case(directory)], []
    below = sorted(path for path in directory.iterdir() if path.is_dir() and path.name[0] != ".")
    paths = [path for path in below if any(each.is_file() for each in path.glob("source.*"))]
    return [Case(path) for path in paths], [path for path in below if path not in paths and any(path.iterdir())]


def nothing(directory: Path) -> str:
    """The fault of a directory without a case."""
    return f"{directory}: no golden case found (a case is a directory with source.<dialect>.<ext>)."


def stray(path: Path) -> str:
    """The fault of a directory that is no case."""
    return f"{path}: a directory without source.<dialect>.<ext>."


def orphan(path: Path) -> str:
    """The fault of a file that should not be there."""
    return f"{path}: an orphan, no dialect writes it."


def diff(found: str, text: str, path: str) -> str:
    """The unified diff of a file as it is and as it would be written now."""
    return files.diff(found, text, f"{path} (golden)", f"{path} (now)")


def _names(target: str) -> tuple[str, str]:
    """The files of one target: the document, the losses."""
    return f"to{registry.get(target).suffixes[0]}", f"to.{target}.losses.json"


def _bare(loss: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in loss.items() if key not in WORDS}


def _update(case: Case, changed: list[str]) -> list[str]:
    """Write what should be there, and remove translations that should not; the faults that remain."""
    faults = []
    for name, text in case.expected.items():
        path = case.path / name
        if not case.compare(name):
            continue
        try:
            if path.is_dir():
                raise IsADirectoryError(21, "Is a directory")
            files.write_atomically(path, text)
        except OSError as error:
            faults.append(f"{path}: cannot be written: {error.strerror}.")
            continue
        changed.append(str(path))
    for path in case.orphans:
        if not path.name.startswith("to.") or path.is_dir():
            faults.append(f"{orphan(path)[:-1]}; it is not removed, as we did not write it.")
            continue
        try:
            path.unlink()
        except OSError as error:
            faults.append(f"{path}: cannot be removed: {error.strerror}.")
            continue
        changed.append(f"{path} (removed)")
    return faults
