"""Names -> dialects. Lazy: listing names loads no table, and plugins are looked up only when a name is not ours.

A plugin is an installed package with an entry point in the group `translator.dialects`, whose name is the dialect's
and whose value is a `Dialect`: see docs/adding-a-dialect.md.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple

from translator.errors import BrokenDialect, UnknownDialect

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.metadata import EntryPoint

    from translator.dialect import Dialect

GROUP: Final = "translator.dialects"


class Identity(NamedTuple):
    """What a dialect is known by, see `Dialect`. That of ours stands here: they are listed without their tables."""

    name: str
    title: str
    syntaxes: tuple[str, ...]
    suffixes: tuple[str, ...]
    aliases: tuple[str, ...] = ()


OURS: Final[Mapping[str, Identity]] = {
    each.name: each
    for each in (
        Identity(
            "swml",
            "SWML",
            ("json", "yaml"),
            (".swml.json", ".swml.yaml", ".swml.yml"),
            ("signalwire", "signalwire-swml"),
        ),
        Identity("swaig", "SWAIG", ("json",), (".swaig.json",), ("signalwire-swaig",)),
        Identity("relay", "RELAY", ("json",), (".relay.json",), ("signalwire-relay",)),
        Identity(
            "cxml", "cXML", ("xml",), (".cxml.xml",), ("laml", "signalwire-cxml", "signalwire-xml", "compatibility-xml")
        ),
        Identity("twiml", "TwiML", ("xml",), (".twiml.xml",), ("twilio", "twilio-xml")),
        Identity("jambonz", "jambonz", ("json",), (".jambonz.json",)),
        Identity("plivo", "Plivo", ("xml",), (".plivo.xml",), ("plivo-xml",)),
        Identity("intent", "the canonical intent", ("json",), (".intent.json",), ("canonical",)),
    )
}
"""Our own dialects; each is the module of that name in `dialects`."""

BUILT_IN: Final = tuple(OURS)

ALIASES: Final[Mapping[str, str]] = {alias: each.name for each in OURS.values() for alias in each.aliases}


@cache
def _load(name: str) -> Dialect:
    dialect: Dialect = import_module(f"dialects.{name}").DIALECT
    return dialect


def _may_have_plugins() -> bool:
    """Whether an installed package names our group, or may: what only importlib.metadata can tell.

    That takes long to load, and most have no plugin.
    """
    from importlib.machinery import PathFinder
    from pathlib import Path

    if any(hasattr(finder, "find_distributions") for finder in sys.meta_path if finder is not PathFinder):
        return True
    for place in sys.path:
        try:
            entries = [*os.scandir(place or ".")]
        except FileNotFoundError:
            continue
        except OSError:  # a ZIP file has packages, too
            return True
        for entry in entries:
            if entry.name.lower().endswith((".dist-info", "egg-info")):
                with suppress(OSError):  # most have no such file
                    if GROUP.encode() in Path(entry.path, "entry_points.txt").read_bytes():
                        return True
    return False


@cache
def _plugins() -> tuple[dict[str, EntryPoint], dict[str, str]]:
    """The plugins by name, and what is wrong with those that cannot be told apart."""
    if not _may_have_plugins():
        return {}, {}
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


def identities() -> list[Identity]:
    """What all of them are known by, in the same order. Loads no table of ours."""
    plugins = _working()[0].values()
    return [*OURS.values(), *(Identity(d.name, d.title, d.syntaxes, d.suffixes, d.aliases) for d in plugins)]


def broken() -> Mapping[str, str]:
    """Plugins that cannot be used -> what is wrong with them."""
    return _working()[1]
