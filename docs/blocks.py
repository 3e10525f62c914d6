"""Runs what the hand-written pages show, in the order of the page, and puts under it what it really prints.

Run: python docs/blocks.py [PAGE...] to bring pages up to date; the tests check that they are.

What a block of a page is:

- `console`: a line behind `$ ` is a command, `> ` continues it; what stands below is what it prints, to both streams.
  A line `...` stands for any lines. A command that fails must be followed by `echo $?`.
- `python`: is run; all such blocks of a page are one module. A `text` block right behind is what it prints.
- `diff`: is applied to the files that it names.
- any other is a file, and the line before it ends with its name and a colon: that is what is in the file, or, where
  there is none, the reader makes it now.

A page starts in a directory that holds what it names of docs/examples and tests/plugin. `pip install .` installs for
this page alone.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import chdir, redirect_stdout
from itertools import groupby
from pathlib import Path
from shlex import split
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner

from translator.cli import group

ROOT = Path(__file__).parent.parent
HERE = ("docs/examples", "tests/plugin")
PAGES = (
    *("README.md", "SECURITY.md", "CHANGELOG.md"),
    *(
        f"docs/{path.name}"
        for path in sorted((ROOT / "docs").glob("*.md"))
        if not path.read_text(encoding="utf-8").startswith("<!-- Generated")
    ),
)
ENVIRONMENT = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
GONE = ("FORCE_COLOR", "CI", "GITHUB_ACTIONS", "PYTHONPATH")

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_NAMED = re.compile(r"`([^`\n]+)`:\n\n\Z")
_ANY = re.compile(r"^\.\.\.\n", re.MULTILINE)
_QUOTED = re.compile(r"'[^']*'")
_SHELL = re.compile(r"[|&;<>$*?~`\\(=]")


def current(text: str, directory: Path, page: str = "page") -> str:
    """A page as it should be.

    Args:
        text: the page as it is.
        directory: an empty directory, where what it shows is run.
        page: its name, for errors.

    Raises:
        AssertionError: a file that is not what is shown, a command that fails without a word of it.
    """
    for name in HERE:
        if name in text:
            shutil.copytree(ROOT / name, directory / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    run = _Run(directory, page)
    blocks = [*_BLOCK.finditer(text)]
    assert text.count("```") == 2 * len(blocks), f"{page}: a block that is none: no language, or indented"
    parts, end, before = [], 0, ""
    with patch.dict(os.environ, ENVIRONMENT):
        for name in GONE:
            os.environ.pop(name, None)
        for block in blocks:
            between = text[end : block.start()]
            parts += [text[end : block.start(2)], run.block(block, between, before)]
            end, before = block.end(2), block[1]
    return "".join([*parts, text[end:]])


class _Run:
    """The state of a page: its directory, its module, how the last command ended."""

    def __init__(self, directory: Path, page: str) -> None:
        self.home = self.directory = directory
        self.page = page
        self.module: dict[str, Any] = {"__name__": "page"}
        self.printed = ""
        self.status = 0
        self.installed = directory / "site"

    def block(self, block: re.Match[str], between: str, before: str) -> str:
        """What a block should hold; `between` is the text since the last block, `before` the language of that."""
        language, content = block[1], block[2]
        where = f"{self.page}:{block.string[: block.start()].count(chr(10)) + 1}"
        if language == "console":
            return self._console(content, where)
        if language == "python" and not _NAMED.search(between):
            return self._python(content, where)
        if language == "text" and before == "python" and between == "```\n\n":
            return _agreeing(content, self.printed)
        if language == "diff":
            subprocess.run(["git", "apply", "-"], input=content, cwd=self.directory, text=True, check=True)
            return content
        if language == "sh" and self.page == "README.md":
            return content  # the two commands, which .ci/run takes from there
        named = _NAMED.search(between)
        assert named, f"{where}: nobody knows what this block is: name a file in the line before it"
        file = self.directory / named[1]
        if not file.exists():
            assert not named[1].startswith(HERE), f"{where}: there is no {named[1]}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        return _agreeing(content, file.read_text(encoding="utf-8"))

    def _python(self, content: str, where: str) -> str:
        printed = io.StringIO()
        with chdir(self.directory), redirect_stdout(printed):
            exec(compile(content, where, "exec"), self.module)
        self.printed = printed.getvalue()
        return content

    def _console(self, content: str, where: str) -> str:
        lines: list[str] = []
        commands: list[tuple[list[str], list[str]]] = []
        for kind, some in groupby(content.splitlines(keepends=True), lambda line: line.startswith(("$ ", "> "))):
            if kind:
                for line in some:
                    if line.startswith("$ "):
                        commands.append(([line], []))
                    else:
                        commands[-1][0].append(line)
            else:
                commands[-1][1].extend(some)
        for written, shown in commands:
            command = "".join(line[2:] for line in written).rstrip("\n")
            if self.status:
                assert command == "echo $?", f"{where}: a command ends with {self.status}, and the page does not say so"
            lines += [*written, _agreeing("".join(shown), self._printed(command))]
        assert not self.status, f"{where}: the last command ends with {self.status}: {lines[-1]}"
        return "".join(lines)

    def _printed(self, command: str) -> str:
        """Run one command: one of ours in this process, which is faster, any other by a shell."""
        words = [] if _SHELL.search(_QUOTED.sub("", command)) else split(command)
        if words[:1] == ["cd"]:
            self.directory = self.directory / words[1]
            return ""
        if words == ["pip", "install", "."]:
            options = "-q --no-deps --no-index --no-build-isolation --disable-pip-version-check"
            command = f"{sys.executable} -m pip install {options} --target {self.installed} ."
        if words[:1] == ["translator"] and not self.installed.exists():
            with chdir(self.directory):
                result = CliRunner().invoke(group, words[1:], prog_name="translator")
            assert not result.exception or isinstance(result.exception, SystemExit), command
            self.status = result.exit_code
            return result.output
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", f"(exit {self.status})\n{command}"],
            cwd=self.directory,
            env={**os.environ, "PATH": path, "HOME": str(self.home), "PYTHONPATH": str(self.installed)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.status = done.returncode
        return done.stdout


def _agreeing(shown: str, printed: str) -> str:
    """What is shown where it is what was printed, but for lines `...`; else what was printed."""
    pattern = "(?:.*\n)*?".join(map(re.escape, _ANY.split(shown)))
    return shown if re.fullmatch(pattern, printed) else printed


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def main() -> None:
    for page in sys.argv[1:] or PAGES:
        with tempfile.TemporaryDirectory() as directory:
            text = current(read(page), Path(directory), page)
        if text != read(page):
            (ROOT / page).write_text(text, encoding="utf-8")
            print(f"written: {page}")


if __name__ == "__main__":
    main()
