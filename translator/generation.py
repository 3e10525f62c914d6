"""Random documents and random intents, made from the tables themselves: a new row or dialect is covered by itself.

Needs hypothesis. `translator.testing` puts them under the laws.

A document is made as an author would make one, and then spoilt as authors do: legal verbs around one or two
conferences, written by the dialect's own envelope; then a few edits of the tree, by which values leave the codec,
attributes get names that nobody knows, verbs change places, comments and foreign verbs come in.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from translator import registry, syntax
from translator.codecs import Illegal
from translator.errors import TranslatorError
from translator.flow import Flow
from translator.intent import Conference
from translator.leaves import leaves
from translator.sites import Site, Writing
from translator.specimens import ROOM, core_of, site_of
from translator.step_fields import STEPS
from translator.steps import MODELS
from translator.values import OMIT

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from translator.dialect import Dialect, Verb

TEXTS = (
    *(
        "",
        " ",
        "x",
        "X y",
        " x ",
        "0",
        "1",
        "-1",
        "07",
        "3.5",
        "1e3",
        "99999999999999999999",
        "true",
        "TRUE",
        "no",
        "yes",
    ),
    *("none", "music", "silence", "silence:2", "beep", "beep:2", "current", "forever", "auto", "call.from", "call.to"),
    *("{{x}}", "${x}", "<%= x %>", "%{x}", "$x", "a {{x}} b", "${vars.x}", "{x}", "<?php echo $x ?>", "' + x + '"),
    *(
        "https://app.example.com/other",
        "/path",
        "relative",
        "wss://app.example.com",
        "sip:x@example.com",
        "#",
        "*#",
        "//",
    ),
    *(
        "GET",
        "post",
        "start end",
        "start,end",
        "start bogus",
        "de-DE",
        "Polly.Joanna",
        "<b>x</b>",
        "a & b",
        "@",
        "a@b@c",
    ),
    *("ä €", "\U0001f600", "\u00a0", "a\nb", "\t", "-->", "]]>", "--", "x" * 5000),
)
"""What stands where another value belongs."""
CONTROLS = ("\x00", "a\x07b", "\x7f", "\u2028", "\ufffe")
"""What only JSON can hold."""
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 7, 1.0, 3.5, 100000000, 10**18),
    *([], {}, ["x"], [1], [""], ["none", "beep"], {"x": 1}, {"url": "/x"}, [None], [[]], {"": ""}, [{"verb": "x"}]),
)
"""What stands in JSON where another type belongs."""
NAMES = ("bogus", "Beep", "beep ", "waitUrl", "status_url", "x-data", "id", "name", "a/b", "a~b", "a@b", "verb", "type")
"""Attributes that the verb may not know."""


def documents(dialect: Dialect) -> SearchStrategy[str]:
    """Random documents of a dialect; of the canonical one, random intents."""
    return intents() if dialect.canonical else _documents(dialect)


@st.composite
def _documents(draw: DrawFn, dialect: Dialect) -> str:
    around = [] if dialect.single else draw(st.lists(_verbs(dialect), max_size=4))
    room = draw(_sites(dialect, dialect.conference, room=True))
    rooms = [room]
    if not dialect.single and draw(st.integers(0, 4)) == 4:
        rooms.append(draw(_sites(dialect, dialect.conference, room=True)))
    sites = [*around]
    for each in rooms:
        sites.insert(draw(st.integers(0, len(sites))), each)
    name = draw(st.sampled_from(dialect.syntaxes))
    root = dialect.envelope.write(Writing(dialect, sites, name))
    edits = draw(st.lists(_edits(dialect), max_size=4))
    return _edited(root, edits, name)


def _edited(root: Any, edits: list[tuple[Any, ...]], name: str) -> str:
    whole = syntax.write(root, name)
    tree = syntax.parse(whole, name).root
    for edit in edits:
        spoilt = deepcopy(tree)
        try:
            _edit(spoilt, *edit)
            whole = syntax.write(spoilt, name)
            tree = syntax.parse(whole, name).root
        except (TranslatorError, ValueError, TypeError, LookupError, ZeroDivisionError):
            continue  # no document can hold it
    return whole


def _edit(root: Any, how: str, where: int, name: str, value: Any) -> None:
    """Spoil a tree in one place."""
    xml = hasattr(root, "attrib")
    if how == "change":
        found = leaves(root)
        found[where % len(found)].change(_text(value) if xml else value)
    elif how == "case":
        found = [leaf for leaf in leaves(root) if isinstance(leaf.value, str)]
        leaf = found[where % len(found)]
        leaf.change(leaf.value.upper() if leaf.value.islower() else leaf.value.swapcase())
    elif how == "remove":
        found = leaves(root)
        found[where % len(found)].remove()
    elif how == "add" and xml:
        nodes = list(root.iter("*"))
        nodes[where % len(nodes)].set(name, _text(value))
    elif how == "add":
        objects = _objects(root)
        objects[where % len(objects)].setdefault(name, value)
    elif how == "comment" and xml:
        nodes = list(root.iter("*"))
        nodes[where % len(nodes)].append(syntax.module("xml").comment(_text(value)))
    elif how == "text" and xml:
        nodes = list(root.iter("*"))
        node = nodes[where % len(nodes)]
        node.text = (node.text or "") + _text(value)
    elif how == "verb" and xml:
        nodes = list(root.iter("*"))
        inner = syntax.module("xml").new(name, {"x": "1"}, nodes[where % len(nodes)])
        inner.text = _text(value)
    elif how == "verb":
        lists = _lists(root)
        steps = lists[where % len(lists)]
        step = {"verb": name, "x": value} if any("verb" in each for each in steps) else {name: value}
        steps.insert(where % (len(steps) + 1), step)
    elif how == "turn" and xml:
        nodes = [node for node in root.iter("*") if len(node) > 1]
        node = nodes[where % len(nodes)]
        node.insert(0, node[-1])
    elif how == "turn":
        lists = _lists(root)
        steps = lists[where % len(lists)]
        steps.insert(0, steps.pop())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _objects(root: Any) -> list[dict[Any, Any]]:
    found: list[dict[Any, Any]] = []
    waiting = [root]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, dict):
            found.append(each)
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    return found


def _lists(root: Any) -> list[list[Any]]:
    """The lists of objects in a tree: of steps, and others."""
    found: list[list[Any]] = []
    waiting = [root]
    while waiting:
        each = waiting.pop(0)
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            if each and all(isinstance(item, dict) for item in each):
                found.append(each)
            waiting += each
    return found


@cache
def _edits(dialect: Dialect) -> SearchStrategy[tuple[Any, ...]]:
    xml = dialect.syntaxes == ("xml",)
    rows = [row for verb in dialect.verbs.values() for row in verb.attributes]
    hints = [hint for verb in dialect.verbs.values() for hint in verb.hints]
    names = {*NAMES, *hints, *(row.wire for row in rows if row.wire)}
    tags = {
        *dialect.neighbours,
        *dialect.spellings,
        *(verb.name for verb in dialect.verbs.values() if verb.wire),
        "bogus",
    }
    how = ("change", "change", "change", "case", "remove", "add", "verb", "turn", *(("comment", "text") if xml else ()))
    samples = [sample for row in rows for sample in row.codec.samples]
    values = st.sampled_from([*TEXTS, *samples] if xml else [*TEXTS, *VALUES, *CONTROLS, *samples])
    one = st.tuples(
        st.sampled_from(how).filter(lambda each: each != "verb"),
        st.integers(0, 60),
        st.sampled_from(sorted(names)),
        values,
    )
    verb = st.tuples(st.just("verb"), st.integers(0, 60), st.sampled_from(sorted(tags)), values)
    return st.one_of(one, one, one, verb)


@cache
def _verbs(dialect: Dialect) -> SearchStrategy[Site]:
    """Any verb that stands by itself."""
    found = [verb for verb in dialect.verbs.values() if verb.wire and verb.kind not in ("conference", "target")]
    if not found:
        return st.nothing()
    return st.one_of([_sites(dialect, verb) for verb in found])


@cache
def _sites(dialect: Dialect, verb: Verb, room: bool = False) -> SearchStrategy[Site]:
    """A verb with some of its attributes, and some of what may be nested in it."""
    rows = {(row.element, row.wire): st.sampled_from(row.codec.samples) for row in verb.attributes}
    needed = core_of(verb)
    if room:
        name = verb.by_field["name"]
        needed = {(name.element, name.wire): ROOM}
        rows[name.element, name.wire] = st.just(ROOM)
    some = st.lists(st.sampled_from(list(rows)), max_size=6, unique=True) if rows else st.just([])
    kinds = verb.facts.nested if verb.facts.part else ()
    nested = [form for kind in kinds for form in dialect.forms.get(kind, ()) if form.kind != "target" or form.wire]
    if kinds == ("target",):
        nested = list(dialect.forms.get("target", ()))
    parts = st.lists(st.sampled_from(nested), max_size=3) if nested else st.just([])

    @st.composite
    def made(draw: DrawFn) -> Site:
        items = {**needed, **{key: draw(rows[key]) for key in draw(some)}}
        found = site_of(verb, items)
        found.parts = [draw(_sites(dialect, form)) for form in draw(parts)]
        if verb.kind == "dial" and not found.parts:
            found.parts = [site_of(nested[0], core_of(nested[0]))]
        return found

    return made()


# -- intents ----------------------------------------------------------------------------------------------------


@cache
def _meanings() -> dict[tuple[str, str], tuple[Any, ...]]:
    """(kind, field) -> every value that some dialect can say, and texts and templates that the model takes."""
    found: dict[tuple[str, str], list[Any]] = {}
    for dialect in registry.dialects().values():
        for verb in dialect.verbs.values():
            for row in verb.attributes if not dialect.canonical else ():
                for wire in row.codec.samples:
                    try:
                        value = row.codec.read(wire)
                    except Illegal:
                        continue
                    for name, each in row.fields_of(value).items():
                        if name in verb.facts.fields and each is not OMIT:
                            found.setdefault((verb.kind, name), []).append(each)
    result = {}
    for kind, facts in STEPS.items():
        for name in facts.fields:
            legal = [*found.get((kind, name), ()), *TEXTS[:40], True, False, 0, 1, 3, 2.5, 100000]
            result[kind, name] = tuple({repr(each): each for each in legal if _fits(kind, name, each)}.values())
    return result


def _model(kind: str) -> Any:
    return Conference if kind == "conference" else MODELS[kind]


def _fits(kind: str, name: str, value: Any) -> bool:
    """Whether the model takes a value as it is, there and back."""
    try:
        step = _model(kind).model_validate(
            {"kind": kind, "name": "r", name: value} if kind == "conference" else {name: value}
        )
        return bool(getattr(step, name) == value)
    except ValueError:
        return False


@cache
def _steps(kind: str) -> SearchStrategy[dict[str, Any]]:
    facts = STEPS[kind]
    values = {name: st.sampled_from(legal) for name in facts.fields if (legal := _meanings()[kind, name])}
    some = st.lists(st.sampled_from(sorted(values)), max_size=6, unique=True)

    @st.composite
    def made(draw: DrawFn) -> dict[str, Any]:
        names = [*facts.core, *draw(some)]
        found = {name: draw(values[name]) for name in dict.fromkeys(names) if name in values}
        if kind == "conference":
            found["name"] = ROOM
        if facts.part:
            least = 1 if kind == "dial" else 0
            inner = st.sampled_from(facts.nested).flatmap(_steps)
            found[facts.part] = draw(st.lists(inner, min_size=least, max_size=3))
        return {"kind": kind, **found}

    return made()


@st.composite
def intents(draw: DrawFn) -> str:
    """Random flows, as documents of the canonical dialect."""
    kinds = sorted({kind for kind in STEPS if kind not in ("conference", "target")})
    steps = draw(st.lists(st.sampled_from(kinds).flatmap(_steps), max_size=4))
    steps.insert(draw(st.integers(0, len(steps))), draw(_steps("conference")))
    origins = [None, *(name for name, each in registry.dialects().items() if not each.canonical)]
    flow = Flow.model_validate({"dialect": draw(st.sampled_from(origins)), "steps": steps})
    return syntax.write(flow.model_dump(mode="json", exclude_none=True), "json")
