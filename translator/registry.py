"""Names -> dialects. Lazy: listing names loads no table, and plugins are looked up only when a name is not ours.

A plugin is an installed package with an entry point in the group `translator.dialects`, whose name is the dialect's
and whose value is a `Dialect`: see docs/adding-a-dialect.md.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

from translator.errors import BrokenDialect, UnknownDialect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.metadata import EntryPoint

    from translator.dialect import Dialect

GROUP: Final = "translator.dialects"

BUILT_IN: Final = ("swml", "swaig", "relay", "cxml", "twiml", "jambonz", "plivo", "intent")
"""Names of our own dialects; each is the module of that name in `dialects`."""

ALIASES: Final[Mapping[str, str]] = {
    "signalwire": "swml",
    "signalwire-swml": "swml",
    "signalwire-swaig": "swaig",
    "signalwire-relay": "relay",
    "laml": "cxml",
    "signalwire-cxml": "cxml",
    "signalwire-xml": "cxml",
    "compatibility-xml": "cxml",
    "twilio": "twiml",
    "twilio-xml": "twiml",
    "plivo-xml": "plivo",
    "canonical": "intent",
}


def aliases_of(name: str) -> tuple[str, ...]:
    """Other names of one of our dialects."""
    return tuple(alias for alias, dialect in ALIASES.items() if dialect == name)


@cache
def _load(name: str) -> Dialect:
    dialect: Dialect = import_module(f"dialects.{name}").DIALECT
    return dialect


@cache
def _plugins() -> tuple[dict[str, EntryPoint], dict[str, str]]:
    """The plugins by name, and what is wrong with those that cannot be told apart."""
    from importlib.metadata import entry_points

    found: dict[str, EntryPoint] = {}
    broken: dict[str, str] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        if point.name in BUILT_IN or point.name in ALIASES:
            broken[point.value] = f'The plugin {point.value} takes the name "{point.name}", which is ours.'
        elif point.name in found and found[point.name].value != point.value:
            broken[point.value] = f'The plugins {found[point.name].value} and {point.value} both take "{point.name}".'
        else:
            found[point.name] = point
    return found, broken


@cache
def _load_plugin(name: str) -> Dialect:
    from translator.dialect import Dialect

    point = _plugins()[0][name]
    try:
        dialect = point.load()
    except Exception as error:
        raise BrokenDialect(
            f'The plugin for "{name}" ({point.value}) cannot be loaded: {type(error).__name__}: {error}.'
        ) from error
    if not isinstance(dialect, Dialect) or dialect.name != name:
        raise BrokenDialect(f'The plugin for "{name}" ({point.value}) is no Dialect of that name.')
    return dialect


def names() -> tuple[str, ...]:
    """Names of our own dialects. Plugins are not looked up: see `dialects`."""
    return BUILT_IN


def get(name: str) -> Dialect:
    """The dialect of a name or alias, in any case.

    Raises:
        UnknownDialect: with the nearest names.
        BrokenDialect: a plugin has that name and cannot be loaded.
    """
    if name in BUILT_IN:
        return _load(name)
    wanted = name.strip().lower().replace("_", "-") if isinstance(name, str) else ""
    wanted = ALIASES.get(wanted, wanted)
    if wanted in BUILT_IN:
        return _load(wanted)
    plugins = _plugins()[0]
    if wanted in plugins:
        return _load_plugin(wanted)
    loaded, _ = _working()
    for dialect in loaded.values():
        if wanted in dialect.aliases:
            return dialect
    from difflib import get_close_matches

    known = [*BUILT_IN, *plugins]
    near = get_close_matches(wanted, [*known, *ALIASES], 3, 0.5)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UnknownDialect(f'There is no dialect "{name}".{meant} Known: {", ".join(known)}.', near)


def resolve(name: str) -> str | None:
    """The name of the dialect that a name or alias stands for, or None. Loads no table of ours."""
    name = ALIASES.get(name, name)
    if name in BUILT_IN:
        return name
    return name if name in _plugins()[0] else None


def _working() -> tuple[dict[str, Dialect], dict[str, str]]:
    plugins, broken = _plugins()
    loaded: dict[str, Dialect] = {}
    wrong = dict(broken)
    for name in plugins:
        try:
            loaded[name] = _load_plugin(name)
        except BrokenDialect as error:
            wrong[name] = error.message
    return loaded, wrong


def dialects() -> Mapping[str, Dialect]:
    """Name -> dialect, all of them: ours, then the plugins that can be loaded (`broken` names the others)."""
    return {**{name: _load(name) for name in BUILT_IN}, **_working()[0]}


def broken() -> Mapping[str, str]:
    """Plugins that cannot be used -> what is wrong with them."""
    return _working()[1]
