"""There and back: what comes back different must have been reported.

    from translator.roundtrip import roundtrip
    trip = roundtrip(source, via="jambonz")
    trip.differences, trip.unreported

A document is translated to another dialect, and what comes out is translated back. The intents before and after are
compared step by step and field by field, with what a platform does where nothing is said. A difference is *reported*
where a loss of one of the two translations names it, at its place. One that is not is a fault of this translator.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from translator import faces, registry
from translator.engine import read, translate
from translator.errors import TranslatorError
from translator.flow import Foreign
from translator.loss import code_name
from translator.spreading import MOST, SILENCE, seconds
from translator.step_fields import STEPS, find_field
from translator.values import UNKNOWN, Template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from translator.dialect import Dialect, Verb
    from translator.fields import Kind
    from translator.flow import Flow, Step
    from translator.loss import Loss
    from translator.result import Result

STEP: Final = ""
"""The field of a difference that is about the whole step: it does not come back, or was not there before."""

PLACE: Final = "place"
"""The field of a difference that is about the order of steps."""

PARTS: Final = frozenset(kind.prefix + kind.part for kind in STEPS.values() if kind.part)
"""How losses name what stands in a step."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What came back different.

    Attributes:
        kind: of the step: `conference`, `say`; the wire name of a verb that has no canonical step.
        number: which of its kind in the document, from 1; in the document that came back, where the step is new.
        field: the canonical field, or the attribute that one dialect alone has; "" where it is the whole step,
            `place` where it is its order among the others.
        before, after: effective values; None where there is nothing.
        path: the step's place in the source; "" where it is new.
        codes: the losses that name it, of the way there or the way back.
    """

    kind: str
    number: int
    field: str
    before: Any
    after: Any
    path: str = ""
    codes: tuple[str, ...] = ()

    @property
    def reported(self) -> bool:
        """Whether one of the two reports names it."""
        return bool(self.codes)

    def as_dict(self) -> dict[str, Any]:
        """The difference as the JSON report has it."""
        return {
            "step": self.kind,
            "number": self.number,
            "field": self.field,
            "before": self.before,
            "after": self.after,
            "path": self.path,
            "reported": self.reported,
            "codes": list(self.codes),
        }


@dataclass(frozen=True, slots=True)
class Roundtrip:
    """A document that went to another dialect and back.

    Attributes:
        there, back: the two translations.
        differences: in the order of the source; what is new comes last.
    """

    there: Result
    back: Result
    differences: tuple[Difference, ...]

    @property
    def unreported(self) -> tuple[Difference, ...]:
        """The differences that neither report names: there should be none."""
        return tuple(each for each in self.differences if not each.reported)


def roundtrip(source: str | bytes, via: str, from_: str | None = None) -> Roundtrip:
    """Translate a document to another dialect and back, and compare the intents.

    Args:
        source: the document; bytes are best.
        via: name or alias of the dialect to go through.
        from_: name or alias of the source dialect; None: detected from the document.

    Raises:
        TranslatorError: the document cannot be read, or what was made of it cannot.
    """
    there = translate(source, via, from_)
    try:
        back = translate(there.text, there.source_dialect, there.target_dialect)
        after = read(back.text, there.source_dialect)
    except TranslatorError as error:
        title = registry.get(via).title
        raise TranslatorError(f"The {title} document that was made of it does not come back: {error}") from error
    return Roundtrip(there, back, tuple(_compare(there, back, after)))


def default_ways(source: str) -> tuple[str, ...]:
    """The dialects that a document of this one goes through, where nobody names any: those of all other platforms."""
    return tuple(name for name, dialect in registry.dialects().items() if name != source and not dialect.canonical)


# -- steps as they are compared ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Item:
    """One step, or a part of one: what it says, with what its platform makes of it.

    `doubted`: a report tells that it is lost; of two that say the same, it is the one that does not come back.
    """

    kind: str
    number: int
    step: Any
    form: Verb | None
    places: tuple[str, ...]
    said: dict[str, Any]
    doubted: bool = False

    @property
    def facts(self) -> Kind | None:
        return STEPS.get(self.kind) if not isinstance(self.step, Foreign) else None

    @property
    def says_nothing(self) -> bool:
        """Whether it only answers: most verbs do that too, and a report tells of it where none does."""
        return self.kind == "answer" and not self.said and not self.step.own

    def effective(self, field: str) -> Any:
        value = self.said.get(field)
        if value is None and self.form is not None:
            value = self.form.implied.get(field)
        return None if value == () else value


def _items(flow: Flow) -> list[_Item]:
    """Every step of a flow, those in branches and in other steps included."""
    dialect = registry.get(flow.dialect) if flow.dialect else None
    counts: dict[str, int] = {}
    return [item for step in flow.steps for item in _flat(step, dialect, counts)]


def _flat(step: Step | Any, dialect: Dialect | None, counts: dict[str, int]) -> Iterator[_Item]:
    kind = step.verb if isinstance(step, Foreign) else step.kind
    counts[kind] = counts.get(kind, 0) + 1
    if isinstance(step, Foreign):
        if not _is_way(step, dialect):
            raw = None if step.branches else step.raw
            yield _Item(kind, counts[kind], step, None, (str(step._origin or ""),), {STEP: raw})
        for branch in step.branches:
            for inner in branch.steps:
                yield from _flat(inner, dialect, counts)
        return
    site = step._origin
    form = site.form or (dialect.conference if dialect is not None and site.is_conference else None)
    if form is not None and form.implicit:
        return  # nobody wrote it
    places = (site.path, *(place for place, _ in site.nodes.values()))
    facts = STEPS[kind]
    said = {name: value for name in facts.fields if (value := getattr(step, name)) is not None}
    if form is not None:
        meant = form.outcome({**said, **step.own})
        said = {name: meant[name] for name in facts.fields if meant.get(name) is not None}
    for piece, values in _pieces(kind, said):
        yield _Item(piece, counts[kind], step, form if piece == kind else None, places, values)
    for part in getattr(step, facts.part) if facts.part else ():
        yield from _flat(part, dialect, counts)


def _is_way(step: Foreign, dialect: Dialect | None) -> bool:
    """Whether a foreign step only leads to others: where those come back it has done its work."""
    if dialect is None:
        return False
    known = dialect.known_verbs.get(step.verb)
    if step.verb in ("section", "return") or (step.branches and known is not None and known.only_branches):
        return True
    site = faces.site(step)
    return (dialect.jumps is not None and dialect.jumps(site) is not None) or (
        dialect.folds is not None and dialect.folds(site)
    )


def _has_sections(step: Any) -> bool:
    """Whether a section stands in a step: what it holds runs elsewhere."""
    return isinstance(step, Foreign) and (
        step.verb == "section" or any(_has_sections(inner) for branch in step.branches for inner in branch.steps)
    )


def _pieces(kind: str, said: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """A list of recordings as one step for each: some dialects say it so."""
    urls = said.get("urls")
    if kind != "play" or not isinstance(urls, tuple) or not (urls[1:] or urls[0].startswith(SILENCE)):
        return [(kind, said)]
    repeat = said.get("repeat", 1)
    times = min(repeat, MOST) if isinstance(repeat, int) else 1
    rest = {name: value for name, value in said.items() if name not in ("urls", "repeat")}
    pieces = [
        ("pause", {"seconds": seconds(url)}) if url.startswith(SILENCE) else ("play", {**rest, "urls": (url,)})
        for _ in range(times)
        for url in urls
    ]
    if repeat == "forever":
        last = next((values for piece, values in reversed(pieces) if piece == "play"), None)
        if last is not None:
            last["repeat"] = "forever"
    return pieces


# -- comparing -----------------------------------------------------------------------------------------------------


def _compare(there: Result, back: Result, after: Flow) -> Iterator[Difference]:
    befores, middles, afters = (_items(flow) for flow in (there.flow, back.flow, after))
    _doubt(befores, there)
    _doubt(middles, back)
    ways = {id(one): other for one, other in _matched(befores, middles)}
    for item in befores:
        item.doubted |= id(item) in ways and ways[id(item)].doubted
    pairs = _matched(befores, afters)
    matched = {id(one): other for one, other in pairs}
    for item in befores:
        reports = _Reports(there, back, item, ways.get(id(item)))
        other = matched.get(id(item))
        if other is None and item.says_nothing:
            continue
        if other is None:
            shown = _shown(item)
            yield Difference(item.kind, item.number, STEP, shown, None, item.places[0], reports.lost(item))
        else:
            for found in _fields(item, other, reports):
                followed = not found.codes and found.field.startswith("after_")
                yield replace(found, codes=_onward(befores, there, back)) if followed else found
    for item in _moved(pairs, befores, afters) if not any(map(_has_sections, there.flow.steps)) else ():
        reports = _Reports(there, back, item, ways.get(id(item)))
        yield Difference(item.kind, item.number, PLACE, None, None, item.places[0], reports.lost(item))
    known = {id(other) for other in matched.values()}
    for item in afters:
        if id(item) not in known and not item.says_nothing:
            reports = _Reports(there, back, item, None)
            yield Difference(item.kind, item.number, STEP, None, _shown(item), "", reports.added(item))


def _onward(befores: list[_Item], there: Result, back: Result) -> tuple[str, ...]:
    """Codes of the losses of redirects: behind a step, they say in another way where the call goes after it."""
    found = (_Reports(there, back, item, None).lost(item) for item in befores if item.kind == "redirect")
    return tuple(dict.fromkeys(code for codes in found for code in codes))


def _fields(one: _Item, other: _Item, reports: _Reports) -> Iterator[Difference]:
    """The fields of one step that came back different."""
    facts = one.facts
    path = one.places[0]
    if facts is None:
        if one.said != other.said:
            was, now = one.said[STEP], other.said[STEP]
            yield Difference(one.kind, one.number, STEP, was, now, path, reports.lost(one))
        return
    for field, about in facts.fields.items():
        was, now = one.effective(field), other.effective(field)
        if _same(was, now) or _is_moot(one, field) or (about.format_of and one.form is None):
            continue
        others = {facts.prefix + name for name in (about.depends.partition(":")[0], about.unless) if name}
        if one.kind != one.step.kind:  # a piece of a list
            others.add(f"{one.step.kind}_urls")
        codes = reports.naming(one, facts.prefix + field, others)
        yield Difference(one.kind, one.number, field, _plain(was), _plain(now), path, codes)
    own, own_now = one.step.own, other.step.own
    for name in dict.fromkeys((*own, *own_now)):
        was, now = own.get(name, _default(one, name)), own_now.get(name, _default(other, name))
        mere = (name not in own and now == _default(other, name)) or (
            name not in own_now and was == _default(one, name)
        )
        if not _same(was, now) and not mere:
            codes = reports.naming(one, facts.prefix + name)
            yield Difference(one.kind, one.number, name, was, now, path, codes)
    for key, value in one.step.raw.items():
        if other.step.raw.get(key) != value:
            codes = reports.of_raw(one, key)
            yield Difference(one.kind, one.number, key, value, other.step.raw.get(key), path, codes)


def _default(item: _Item, name: str) -> Any:
    """What an attribute of one dialect alone means where it is absent."""
    row = item.form.own.get(name) if item.form is not None else None
    return row.default if row is not None else None


def _same(was: Any, now: Any) -> bool:
    """Whether two effective values are equal, for all that is known."""
    if was is UNKNOWN or now is UNKNOWN or "UNKNOWN" in repr((was, now)):
        return True
    return bool(was == now) or (was in (None, "", ()) and now in (None, "", ()))


def _is_moot(item: _Item, field: str) -> bool:
    facts = item.facts
    return facts is not None and not facts.relevant(field, item.said, item.form.implied if item.form else {})


def _plain(value: Any) -> Any:
    """A canonical value as JSON has it."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Template) else value


def _shown(item: _Item) -> Any:
    """What a whole step says."""
    if item.facts is None:
        return item.said[STEP]
    return {name: _plain(value) for name, value in item.said.items()} | item.step.own


def _moved(pairs: list[tuple[_Item, _Item]], befores: list[_Item], afters: list[_Item]) -> list[_Item]:
    """The steps that come back in another order: as few as will explain it."""
    here = {id(item): place for place, item in enumerate(befores)}
    there = {id(item): place for place, item in enumerate(afters)}
    inline = sorted(pairs, key=lambda pair: here[id(pair[0])])
    ends: list[int] = []  # the last place of the shortest-ending run of each length
    last: list[int] = []
    before: list[int | None] = []
    for index, (_, other) in enumerate(inline):
        length = bisect_left(ends, there[id(other)])
        ends[length : length + 1] = [there[id(other)]]
        last[length : length + 1] = [index]
        before.append(last[length - 1] if length else None)
    kept = set()
    index_: int | None = last[-1] if last else None
    while index_ is not None:
        kept.add(index_)
        index_ = before[index_]
    return [one for index, (one, _) in enumerate(inline) if index not in kept]


def _doubt(items: list[_Item], result: Result) -> None:
    """Mark the steps that a report tells to be lost."""
    lost = {loss.path for loss in result.losses if loss.kind == "step"}
    for item in items:
        item.doubted = item.places[0] in lost


# -- which step is which -------------------------------------------------------------------------------------------


def _matched(befores: list[_Item], afters: list[_Item]) -> list[tuple[_Item, _Item]]:
    """The pairs of steps that are the same one: of one kind, in order, those that say most of the same together."""
    pairs: list[tuple[_Item, _Item]] = []
    for kind in dict.fromkeys(item.kind for item in befores):
        ones, others = ([item for item in items if item.kind == kind] for items in (befores, afters))
        found = list(_aligned(ones, others))
        known = {id(item) for pair in found for item in pair}
        for one in ones if len(known) < len(ones) + len(others) else ():  # a section laid in another place
            moved = (other for other in others if id(other) not in known and _says_the_same(one, other))
            other = next(moved, None) if id(one) not in known else None
            if other is not None:
                found.append((one, other))
                known |= {id(one), id(other)}
        pairs += found
    return pairs


def _aligned(ones: list[_Item], others: list[_Item]) -> Iterator[tuple[_Item, _Item]]:
    """The pairs of the best alignment of two lists."""
    plain = len(ones) == len(others) and all(map(_says_the_same, ones, others))
    if plain or len(ones) * len(others) > LARGEST:
        yield from zip(ones, others, strict=False)
        return
    best = [[0.0] * (len(others) + 1) for _ in range(len(ones) + 1)]
    for i in range(len(ones) - 1, -1, -1):
        for j in range(len(others) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + _likeness(ones[i], others[j]))
    i = j = 0
    while i < len(ones) and j < len(others):
        if best[i][j] == best[i + 1][j + 1] + _likeness(ones[i], others[j]):
            yield ones[i], others[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


LARGEST: Final = 40_000
"""Pairs of steps of one kind that are weighed against each other; beyond that they are taken as they come."""


def _likeness(one: _Item, other: _Item) -> float:
    """From just above 0 to 2: how much two steps of one kind say the same."""
    names = {*one.said, *other.said}
    if not names:
        return 0.5 if one.doubted else 1.0
    alike = len([name for name in names if one.said.get(name) == other.said.get(name)]) / len(names)
    likeness: float = 0.01 + alike + 0.99 * _says_the_same(one, other)
    return likeness / 2 if one.doubted else likeness


def _says_the_same(one: _Item, other: _Item) -> bool:
    core = one.facts.core if one.facts is not None else (STEP,)
    return all(one.said.get(name) == other.said.get(name) for name in core)


# -- what the reports name -----------------------------------------------------------------------------------------


class _Reports:
    """The losses of both ways that are about one step: at its place, or where a report says it once for all."""

    def __init__(self, there: Result, back: Result, item: _Item, middle: _Item | None) -> None:
        self.there = [loss for loss in there.losses if _is_at(loss, item) or _is_old(loss, there)]
        self.back = [loss for loss in back.losses if middle is None or _is_at(loss, middle) or _is_old(loss, back)]
        self.all = [*self.there, *self.back]

    def naming(self, item: _Item, name: str, others: Iterable[str] = ()) -> tuple[str, ...]:
        """Codes of the losses that name a field; else one that it rests on; else the whole step."""
        for wanted in ({name}, {name, *others}):
            found = [loss for loss in self.all if loss.field in wanted]
            found = found or [loss for loss in self.all if not wanted.isdisjoint(named(loss))]
            if found:
                return _codes(found)
        return _codes(loss for loss in self.all if _is_whole(loss, item))

    def of_raw(self, item: _Item, key: str) -> tuple[str, ...]:
        """Codes of the losses about what is no legal attribute or value."""
        wire = key.rpartition("@")[2]
        if wire.startswith("<"):
            return self.lost(item)
        endings = (f"/@{wire}", f"/{wire}")
        found = [loss for loss in self.there if loss.path.endswith(endings) or loss.field == code_name(wire)]
        return _codes(found) or self.lost(item)

    def lost(self, item: _Item) -> tuple[str, ...]:
        """Codes of the losses that tell that a whole step is lost, or what it is for."""
        found = _codes(loss for loss in self.all if _is_whole(loss, item))
        if found or item.facts is None:
            return found
        # Nothing is missed of a step, if all that it says is told to be lost.
        losses = [loss for loss in self.all if loss.kind == "dropped"]
        prefix = item.facts.prefix
        said = {prefix + name for name in (*item.said, *item.step.own) if not _is_moot(item, name)}
        return _codes(losses) if said <= {name for loss in losses for name in named(loss)} else ()

    def added(self, item: _Item) -> tuple[str, ...]:
        """Codes of the losses that tell of a step that nobody asked for."""
        return self.lost(item)


def _codes(losses: Iterable[Loss]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(loss.code for loss in losses))


def _is_at(loss: Loss, item: _Item) -> bool:
    """Whether a loss is about a step: at it, in it, around it; or a difference of platforms that is told once."""
    if loss.kind == "default" and item.kind != "conference":
        return True
    path = loss.path
    return any(path == place or _inside(path, place) or _inside(place, path) for place in item.places)


def _is_old(loss: Loss, result: Result) -> bool:
    """Whether a loss has its place in the document that an intent was read from."""
    return not loss.path.startswith("/steps") and registry.get(result.source_dialect).canonical


_SHAPES: Final = frozenset({"document", "comment", "text", "answer"})
"""What losses of structure are about, where they excuse the loss of no step."""


def _inside(path: str, outer: str) -> bool:
    return path.startswith(outer + "/")


def _is_whole(loss: Loss, item: _Item) -> bool:
    """Whether a loss tells that a whole step of this kind is not carried over, or is not what it was."""
    if loss.kind == "step" or loss.field in PARTS:
        return True
    if loss.kind == "structure":
        return loss.field not in _SHAPES or loss.field == item.kind.removeprefix("#")
    facts = item.facts
    if facts is None:
        return False
    return loss.kind in ("dropped", "changed") and loss.field in {facts.prefix + name for name in facts.core}


def named(loss: Loss) -> set[str]:
    """The fields that a loss names: its own, the format of its endpoint, those that stand in for it."""
    names = {loss.field}
    found = find_field(loss.field)
    if found is not None:
        kind, facts = found
        if loss.kind == "endpoint":
            names.add(kind.prefix + facts.format)
        names |= {other for other, _ in facts.instead}
    return names
