"""Golden cases as tests of pytest: each file that a case should hold is one.

    [tool.pytest.ini_options]
    translator_golden = ["golden"]

Where that is not set, nothing is done, and nothing of the translator is loaded.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translator.golden import Case

SETTING = "translator_golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the setting."""
    parser.addini(SETTING, "directories with golden cases of conference-translator", type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Take the directories along, where pytest was called without paths from the top of the project."""
    directories = _directories(config)
    if not directories:
        return
    if not hasattr(pytest, "Dir"):
        raise pytest.UsageError(f"{SETTING} needs pytest 8 or later.")
    for directory in directories:
        if not directory.is_dir():
            raise pytest.UsageError(f"{SETTING}: there is no directory {directory}.")
    if config.args_source is config.ArgsSource.ARGS or config.invocation_params.dir != config.rootpath:
        return
    given = [Path(config.invocation_params.dir, arg) for arg in config.args]
    config.args += [str(each) for each in directories if not any(each.is_relative_to(path) for path in given)]


@pytest.hookimpl(optionalhook=True)
def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the directories that are set; all others are as they were."""
    if path not in _directories(parent.config):
        return None
    directory: pytest.Collector = GoldenDirectory.from_parent(parent, path=path)
    return directory


def _directories(config: pytest.Config) -> list[Path]:
    directories: list[Path] = config.getini(SETTING)
    return directories


if hasattr(pytest, "Dir"):

    class GoldenDirectory(pytest.Directory):
        """A directory of cases."""

        def collect(self) -> Iterator[pytest.Collector]:
            from translator import golden

            cases, strays = golden.find(self.path)
            if not cases:
                raise self.CollectError(golden.nothing(self.path))
            for case in cases:
                if case.path == self.path:
                    yield from _files(self, case)
                else:
                    yield GoldenCase.from_parent(self, path=case.path, case=case)
            for path in strays:
                yield GoldenFile.from_parent(self, path=path, words=golden.stray(path))

    class GoldenCase(pytest.Directory):
        """A case: a source, and what should stand beside it."""

        def __init__(self, *, case: Case, **more: Any) -> None:
            super().__init__(**more)
            self.case = case

        def collect(self) -> Iterator[pytest.Collector]:
            return _files(self, self.case)

    class GoldenFile(pytest.File):
        """One file of a case."""

        def __init__(self, *, case: Case | None = None, words: str = "", **more: Any) -> None:
            super().__init__(**more)
            self.case = case
            self.words = words

        def collect(self) -> Iterator[pytest.Item]:
            yield GoldenItem.from_parent(self, name=self.name, nodeid=self.nodeid, case=self.case, words=self.words)

    class GoldenItem(pytest.Item):
        """The test that a file is what would be written now."""

        def __init__(self, *, case: Case | None, words: str, **more: Any) -> None:
            super().__init__(**more)
            self.case = case
            self.words = words

        def runtest(self) -> None:
            words = self.words or (self.case.compare(self.path.name) if self.case is not None else "")
            if words:
                raise GoldenFault(words.replace(f"{self.config.rootpath}{os.sep}", ""))

        def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
            if isinstance(excinfo.value, GoldenFault):
                return str(excinfo.value)
            return super().repr_failure(excinfo, style)

        def reportinfo(self) -> tuple[Path, int | None, str]:
            return self.path, None, f"{self.path.parent.name}: {self.path.name}"


class GoldenFault(Exception):
    """A file of a case is not what it should be."""


def _files(parent: pytest.Collector, case: Case) -> Iterator[pytest.Collector]:
    """What should stand in a case, and what should not."""
    from translator import golden

    if case.fault:
        yield GoldenFile.from_parent(parent, path=case.source, words=case.fault)
        return
    for name in case.names:
        yield GoldenFile.from_parent(parent, path=case.path / name, case=case)
    for path in case.orphans:
        yield GoldenFile.from_parent(parent, path=path, words=golden.orphan(path))
