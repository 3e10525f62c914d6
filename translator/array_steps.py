"""Steps around the conference in an array of verbs, both ways: an object is a verb, what it holds are parts of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from translator.course import answers
from translator.sites import WRITTEN, Site
from translator.syntax import pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from translator.dialect import Dialect, Verb
    from translator.sites import Reading


def read(verb: str, item: Any, items: dict[str, Any] | None, path: str, key: str, reading: Reading) -> list[Site]:
    """The steps that an object of the array is; a foreign one where no table knows it.

    Args:
        item: the object, for its own dialect.
        items: its properties, without the verb; None where it is no verb at all.
        key: the key that the properties stand under, or "".
    """
    sites: list[Site] = []
    here = pointer(path, key) if key else path
    if items is not None and verb == CONFIG and isinstance(items.get(USUAL), dict):
        reading.usual = {**reading.usual, USUAL: items[USUAL]}
    if items is not None:
        form = _form(reading.dialect, verb, items)
        if form is not None:
            sites = _read_verb(form, items, here, reading)
        elif items:
            return _read_settings(verb, items, item, path, here, reading)
    if not sites:
        return [reading.number(Site(verb, path, item))]
    for index, site in enumerate(sites):
        site.value = WRITTEN if index else item
    return sites


def _read_settings(verb: str, items: dict[str, Any], item: Any, path: str, here: str, reading: Reading) -> list[Site]:
    """A verb that sets up several things: those that are steps, and a foreign one of the others."""
    found = {name: _form(reading.dialect, f"{verb}/{name}", value) for name, value in items.items()}
    others = {name: value for name, value in items.items() if found[name] is None}
    if len(others) == len(items):
        return [reading.number(Site(verb, path, item))]
    reading.in_order &= not others
    sites = []
    for name, form in found.items():
        if form is not None:
            sites += _read_verb(form, items[name], pointer(here, name), reading)
    for index, site in enumerate(sites):
        site.value = WRITTEN if index else {"verb": verb, **{name: items[name] for name in items if name not in others}}
    return [Site(verb, path, {"verb": verb, **others}), *sites] if others else sites


def _form(dialect: Dialect, wire: str, items: Any) -> Verb | None:
    """The verb that an object is; None for what is no object."""
    return dialect.form(wire, items) if isinstance(items, dict) else None


def _read_verb(form: Verb, items: dict[str, Any], path: str, reading: Reading) -> list[Site]:
    return [_read_as(form, each, path, reading) for each in _one_by_one(form, items, path, reading)]


def _one_by_one(form: Verb, items: dict[str, Any], path: str, reading: Reading) -> list[dict[str, Any]]:
    """The properties of a verb that speaks, for each of its texts."""
    texts = items.get("text")
    if form.kind != "say" or not isinstance(texts, list) or not texts or not all(isinstance(t, str) for t in texts):
        return [items]
    words = "text is an array: the server (0.9.8) speaks all of it, the vendor's schema says one at random."
    reading.structure(pointer(path, "text"), words, "notice", "Write a verb for each text.", "text")
    if "loop" in items:  # all of them are spoken again
        return [{**items, "text": " ".join(texts)}]
    return [{**items, "text": text} for text in texts]


def _read_as(form: Verb, items: dict[str, Any], path: str, reading: Reading) -> Site:
    own, nested = _split(form, items, reading.dialect)
    if form.kind == "say":
        own = {**reading.usual, **own}
    reading.in_order &= [*own, *nested] == [*items]
    site = reading.step(form, path, own, None)
    for key, value in nested.items():
        here = pointer(path, key)
        if key == TARGETS:
            _read_targets(site, value, here, reading)
        elif site.parts:
            words = f"Only one prompt of {form.name} is heard; {key} is not: {value!r}."
            reading.structure(here, words, "warning", "Take it away, or make it a verb before this one.", "prompt")
        else:
            inner = _form(reading.dialect, key, value)
            site.parts += _read_verb(inner, value, here, reading) if inner is not None else []
    _hand_down(site, reading)
    reading.settle(site)
    return site


TARGETS = "target"
CONFIG, USUAL = "config", "synthesizer"
"""The verb that sets the usual voice of all later steps, and the property that it does so with."""


def folds(site: Site) -> bool:
    """Whether a step only sets the usual voice, which later steps were read with."""
    return site.verb == CONFIG and isinstance(site.value, dict) and set(site.value) <= {"verb", USUAL, "id"}


def _split(form: Verb, items: dict[str, Any], dialect: Dialect) -> tuple[dict[str, Any], dict[str, Any]]:
    """The properties of a verb, and what is nested in it: prompts in the order in which one is chosen, targets."""
    kinds = (form.nests or form.facts.nested) if form.facts.part else ()
    keys = [wire for kind in kinds for wire in _keys(dialect, kind) if isinstance(items.get(wire), dict | list)]
    nested = {key: items[key] for key in keys}
    return {key: value for key, value in items.items() if key not in nested}, nested


def _keys(dialect: Dialect, kind: str) -> list[str]:
    """The properties that hold nested steps of a kind."""
    return list(dict.fromkeys(verb.wire.partition("/")[0] for verb in dialect.forms.get(kind, ())))


def _read_targets(site: Site, value: Any, path: str, reading: Reading) -> None:
    if not isinstance(value, list):
        words = "A single target stands where an array belongs."
        reading.structure(path, words, "error", "Put brackets around it.", TARGETS)
    for index, target in enumerate(value if isinstance(value, list) else [value]):
        here = f"{path}/{index}" if isinstance(value, list) else path
        kind = target.get("type") if isinstance(target, dict) else None
        form = _form(reading.dialect, f"{TARGETS}/{kind}", target)
        if form is None:
            words = f"{reading.dialect.title} knows no target of type {kind!r}; nobody is called for it: {target!r}."
            reading.remark("step", TARGETS, "error", here, words, "Write the target by hand.")
            continue
        part = reading.step(form, here, target, None)
        reading.settle(part)
        site.parts.append(part)


def _hand_down(site: Site, reading: Reading) -> None:
    """What a verb says of all its parts is theirs, unless they say it themselves."""
    if not site.parts or site.form is None:
        return
    theirs = site.parts[0].form.facts.fields if site.parts[0].form is not None else {}
    names = [name for name in site.said if name in theirs and name not in site.form.facts.fields]
    for row in dict.fromkeys(site.form.by_field[name] for name in names):
        said = {name: site.said.pop(name) for name in row.names if name in names}
        parts = [part for part in site.parts if row.wire not in part.raw and part.said.keys().isdisjoint(row.names)]
        for part in parts:
            part.said.update(said)
        if not parts:
            words = f"{row.title} ({said[row.names[0]]}) is never asked: each {TARGETS} has its own."
            place, field = pointer(site.path, row.wire), f"{site.parts[0].kind}_{row.names[0]}"
            reading.structure(place, words, "notice", "Take it away, or find what was meant.", field)


def skip(reading: Reading) -> None:
    """Take out the steps that the platform skips: a refusal of an answered call, an end of one that still rings.

    They stay for their own dialect.
    """
    answered: bool | None = False
    for site in reading.sites:
        verb = site.form
        if verb is not None and verb.only_ringing and answered is True:
            _skipped(site, "an answered call", reading)
        elif verb is not None and verb.only_answered and answered is False:
            _skipped(site, "a call that nothing has answered", reading)
        elif answered is not True:
            if site.is_conference:
                answered = True
            elif verb is not None:
                answered = True if answers(verb, site.said) else answered
            elif not site.verb.startswith("#"):
                answered = None  # a foreign verb: nobody knows


def _skipped(site: Site, when: str, reading: Reading) -> None:
    words = f"{reading.dialect.title} skips {site.verb} on {when}, and goes on behind it."
    reading.structure(site.path, words, "warning", "Take it away, or find what was meant.", "verb")
    site.kind, site.form = "", None


def write(site: Site, *, same: bool = False) -> list[Any]:
    """The objects that a step is written as; to its own dialect even one that lacks what it must have."""
    if site.value is WRITTEN:
        return []
    if site.value is not None:
        return [site.value]
    form = site.form
    if form is None or not form.wire:
        return []
    if same and TARGETS not in form.facts.nested:
        return [whole(site)]
    found = form.lower(site) if form.lower is not None else [whole(site)]
    return found or ([whole(site)] if same else [])


def whole(site: Site) -> dict[str, Any]:
    """A step as an object, with all that is nested in it."""
    form = site.form
    wire = form.wire if form is not None else site.verb
    outer, _, inner = wire.partition("/")
    return {"verb": outer, inner: _body(site)} if inner else {"verb": outer, **_body(site)}


def _body(site: Site) -> dict[str, Any]:
    items = dict(site.nodes[""][1])
    if site.form is not None and TARGETS in site.form.facts.nested:
        items[TARGETS] = [_body(part) for part in site.parts]
    else:
        items.update((part.form.wire, _body(part)) for part in site.parts if part.form is not None)
    return items


def needing(*wires: str, also: Callable[[dict[str, Any]], None] | None = None) -> Callable[[Site], list[Any]]:
    """A hook that writes a verb only with all that it must have: without it, the platform refuses the whole document.

    Args:
        also: what else is to be done to the object.
    """

    def lower(site: Site) -> list[Any]:
        found = whole(site)
        if also is not None:
            also(found)
        _, _, inner = site.form.wire.partition("/") if site.form is not None else ("", "", "")
        held: Mapping[str, Any] = found[inner] if inner else found
        return [found] if all(held.get(wire) not in (None, []) for wire in wires) else []

    return lower
