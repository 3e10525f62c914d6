"""Settings of a project: `[tool.translator]` in pyproject.toml, or translator.toml.

Keys are the long names of options, with underscores. What stands at the top is for every command that has such an
option, or for `convert` alone; `[tool.translator.audit]`, or `[audit]` in translator.toml, is for `audit`. Options on
the command line win.
"""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from translator.errors import InvalidOption, TranslatorError
from translator.loss import SEVERITIES
from translator.report import FORMATS
from translator.report.audit import FORMATS as AUDIT_FORMATS
from translator.report.safe import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import click


class Key(NamedTuple):
    """One setting.

    Attributes:
        kind: "text", "texts" (text, or a list of it), "flag", "jobs", "dialect", "dialects" (one or a list), "path",
            "options" (a table).
        choices: the allowed values of a text.
        shared: whether it is for every command that has the option, or for `convert` alone.
    """

    kind: str
    choices: tuple[str, ...] = ()
    shared: bool = True


KEYS: Final[dict[str, Key]] = {
    "to": Key("dialect"),
    "from": Key("dialect"),
    "include": Key("texts"),
    "exclude": Key("texts"),
    "jobs": Key("jobs"),
    "option": Key("options"),
    "accept": Key("texts"),
    "baseline": Key("path"),
    "color": Key("text", ("auto", "always", "never")),
    "verbose": Key("flag"),
    "syntax": Key("text", ("json", "yaml", "xml"), shared=False),
    "out_dir": Key("path", shared=False),
    "report": Key("path", shared=False),
    "report_format": Key("text", tuple(FORMATS), shared=False),
    "fail_on": Key("text", (*reversed(SEVERITIES), "never"), shared=False),
}
AUDIT: Final[dict[str, Key]] = {
    **{name: key for name, key in KEYS.items() if key.shared},
    "to": Key("dialects"),
    "report": KEYS["report"],
    "report_format": KEYS["report_format"]._replace(choices=tuple(AUDIT_FORMATS)),
    "fail_on": KEYS["fail_on"],
}
FILE, PYPROJECT = "translator.toml", "pyproject.toml"


def load(path: Path | None = None) -> dict[str, Any]:
    """The checked settings, paths in them taken from the file's directory; empty where there is no file.

    Args:
        path: the file; None: the nearest one, from the working directory up to the root of the repository.

    Raises:
        InvalidOption: no TOML, a wrong key or a wrong value, with its place.
    """
    found = _File.open(path) if path is not None else _nearest()
    return found.settings() if found else {}


def default_map(settings: Mapping[str, Any], command: click.Command) -> dict[str, Any]:
    """The settings as click takes them for one command: by parameter, in place of the options' own defaults."""
    keys = KEYS if command.name == "convert" else {name: key for name, key in KEYS.items() if key.shared}
    chosen = {name: settings[name] for name in keys if name in settings} | settings.get(str(command.name), {})
    found: dict[str, Any] = {}
    for parameter in command.params:
        for option in parameter.opts:
            name = option.removeprefix("--").replace("-", "_")
            if parameter.name and option.startswith("--") and name in chosen:
                value, several = chosen[name], getattr(parameter, "multiple", False)
                found[parameter.name] = [value] if several and not isinstance(value, list) else value
    return found


def _nearest() -> _File | None:
    try:
        start = Path.cwd()
    except OSError:  # it was removed
        return None
    for directory in (start, *start.parents):
        for name in (FILE, PYPROJECT):
            path = Path(os.path.relpath(directory / name, start))
            if os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises where a directory cannot be looked into
                found = _File.open(path)
                if found.has_settings:
                    return found
        if any(os.path.exists(directory / name) for name in (".git", ".hg")):  # noqa: PTH110 - the same
            return None
    return None


class _File(NamedTuple):
    """A TOML file: its text, and which table in it is ours."""

    path: Path
    text: str
    data: dict[str, Any]
    table: tuple[str, ...]

    @classmethod
    def open(cls, path: Path) -> _File:
        try:
            text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        except OSError as error:
            raise InvalidOption(f"The settings cannot be read: {error.strerror}: {path}.") from None
        except UnicodeDecodeError:
            raise InvalidOption(f"{path}:1:1: not TOML: it is not UTF-8.") from None
        table = ("tool", "translator") if path.name == PYPROJECT else ()
        if table and "translator" not in text:
            return cls(path, text, {}, table)  # whatever else it says is not ours to judge
        import tomllib

        try:
            return cls(path, text, tomllib.loads(text), table)
        except (ValueError, RecursionError) as error:  # a number of too many digits is a ValueError alone
            words, line, column = _toml_fault(str(error), text)
            raise InvalidOption(f"{path}:{line}:{column}: not TOML: {words}.") from None

    @property
    def has_settings(self) -> bool:
        tool = self.data.get("tool")
        return not self.table or (isinstance(tool, dict) and "translator" in tool)

    def settings(self) -> dict[str, Any]:
        tables: Any = self.data
        for depth, name in enumerate(self.table, 1):
            tables = tables.get(name, {})
            self._expect(isinstance(tables, dict), self.table[:depth], "a table")
        checked = self._checked({name: value for name, value in tables.items() if name != "audit"}, KEYS, self.table)
        if "audit" in tables:
            self._expect(isinstance(tables["audit"], dict), (*self.table, "audit"), "a table")
            checked["audit"] = self._checked(tables["audit"], AUDIT, (*self.table, "audit"))
        return checked

    def _checked(self, table: Mapping[str, Any], keys: Mapping[str, Key], at: tuple[str, ...]) -> dict[str, Any]:
        found = {}
        for name, value in table.items():
            if name not in keys:
                known = [*keys, "audit"] if keys is KEYS else keys
                near = _near(name.replace("-", "_").lower(), known)
                hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
                raise self._error((*at, name), f'unknown key "{name}". {hint}')
            found[name] = self._value((*at, name), keys[name], value)
        return found

    def _value(self, at: tuple[str, ...], key: Key, value: Any) -> Any:
        """A value as the command line would have it: text, a list of text, or a flag."""
        if key.kind == "flag":
            self._expect(isinstance(value, bool), at, "true or false")
            return value
        if key.kind == "jobs":
            number = isinstance(value, int) and not isinstance(value, bool) and value > 0
            self._expect(number or value == "auto", at, 'a whole number from 1, or "auto"')
            return str(value)
        if key.kind == "options":
            self._expect(isinstance(value, dict), at, "a table of names and values")
            for name, each in value.items():
                self._expect(isinstance(each, str), (*at, name), "text")
            return [f"{name}={each}" for name, each in value.items()]
        if key.kind in ("texts", "dialects"):
            values = value if isinstance(value, list) else [value]
            self._expect(all(isinstance(each, str) for each in values), at, "text, or a list of text")
            return [self._dialect(at, each) for each in values] if key.kind == "dialects" else values
        self._expect(isinstance(value, str), at, "text")
        if key.kind == "path":
            return value if at[-1] == "report" and value == "-" else str(self.path.parent / value)
        if key.kind == "dialect":
            return self._dialect(at, value)
        if key.choices and value not in key.choices:
            near = _near(value.lower(), key.choices)
            hint = f' Did you mean "{near[0]}"?' if near else ""
            raise self._error(at, f'{at[-1]} is one of {", ".join(key.choices)}; not "{value}".{hint}')
        return value

    def _dialect(self, at: tuple[str, ...], name: str) -> str:
        from translator import registry

        if name == "all" and at[-2:] == ("audit", "to"):
            return name
        try:
            return registry.get(name).name
        except TranslatorError as error:
            raise self._error(at, error.message) from None

    def _expect(self, right: bool, at: tuple[str, ...], what: str) -> None:
        if not right:
            raise self._error(at, f"{'.'.join(at)} is {what}.")

    def _error(self, at: tuple[str, ...], words: str) -> InvalidOption:
        line, column = place(self.text, at)
        return InvalidOption(f"{self.path}:{line}:{column}: {printable(words)}")


def _near(name: str, known: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, [*known], 1, 0.6)


# -- places, which tomllib does not tell ---------------------------------------------------------------------------

_PIECE = r'(?s)"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#[^\n]*|[\w-]+|\S'


def place(text: str, key: tuple[str, ...]) -> tuple[int, int]:
    """Line and column, from 1, where a key of a sound TOML document stands first.

    The statement that says it is the one with which a document cut off behind it has the key. In the statement, it is
    the last name of the key that stands before `=`, `.` or `]`.
    """
    import tomllib

    lines = text.split("\n")
    start = 0
    for end in range(1, len(lines) + 1):
        try:
            data: Any = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a statement
        if _has(data, key):
            statement = "\n".join(lines[start:end])
            break
        start = end
    else:
        return 1, 1
    tokens = list(re.finditer(_PIECE, statement))
    ends = ("]", ".") if statement.lstrip().startswith("[") else ("=", ".")
    for token, after in pairwise(tokens):
        if token[0].strip("\"'") == key[-1] and after[0] in ends:
            before = statement[: token.start()]
            return start + 1 + before.count("\n"), token.start() - before.rfind("\n")
    return start + 1, 1


def _has(data: Any, key: tuple[str, ...]) -> bool:
    for name in key:
        if not isinstance(data, dict) or name not in data:
            return False
        data = data[name]
    return True


def _toml_fault(message: str, text: str) -> tuple[str, int, int]:
    """What tomllib says, and where."""
    words, _, at = message.rpartition(" (at ")
    found = re.fullmatch(r"line (\d+), column (\d+)\)", at)
    if found:
        return words, int(found[1]), int(found[2])
    lines = text.split("\n")
    return words or "nested too deeply, or a number of too many digits", len(lines), len(lines[-1]) + 1
