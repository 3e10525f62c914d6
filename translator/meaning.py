"""What a reading means, and what a report tells: the comparisons that the laws (`translator.testing`) are made of."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, Final

from translator import registry, syntax
from translator.codecs import Illegal
from translator.course import Course
from translator.sites import Site, deep
from translator.spreading import SILENCE
from translator.step_fields import STEPS, find_field
from translator.values import OMIT, Template, is_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from translator.dialect import Attribute, Dialect, Verb
    from translator.fields import Kind
    from translator.loss import Loss
    from translator.result import Result
    from translator.sites import Reading


def effects(reading: Reading) -> tuple[list[tuple[Site, Any]], Any]:
    """What a document means on its platform, step by step: what is said over what is done unsaid; what was odd."""
    remarks = [(note.kind, note.field, repr(note.value)) for note in reading.remarks]
    return [(site, _effect(site, reading)) for site in deep(as_they_stand(reading))], sorted(remarks)


def changed(one: list[tuple[Site, Any]], other: list[tuple[Site, Any]]) -> tuple[list[Site], set[str]]:
    """The steps that mean something else, the first of them where some are missing; and in which fields."""
    pairs = [(site, means, less) for (site, means), (_, less) in zip(one, other, strict=False) if means != less]
    sites = [site for site, _, _ in pairs] or [site for site, _ in one[len(other) :]]
    return sites, {name for _, means, less in pairs for name in _names(means, less)}


def _names(means: Any, less: Any) -> set[str]:
    if means[0] not in STEPS or means[0] != less[0]:
        return set()
    prefix, one, other = STEPS[means[0]].prefix, means[1], less[1]
    found = {prefix + name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
    for part, inner in zip(means[-1], less[-1], strict=False):
        found |= _names(part, inner)
    return found


def outline(reading: Reading) -> list[Any]:
    """What is modelled of a document: what nobody models only by its name."""
    return [
        (site.kind, site.said, site.raw, [getattr(child, "tag", child) for _, child in site.children])
        if site.kind
        else site.verb
        if site.verb != "#comment"
        else (site.verb, _plain(site.value))
        for site in every(reading.sites)
    ]


def as_they_stand(reading: Reading) -> list[Site]:
    """The steps of a document, with what they do where they stand: an answered call is not refused any more."""
    return _standing(reading.sites, Course(reading.dialect))


def _standing(sites: list[Site], course: Course) -> list[Site]:
    found = []
    for each in sites:
        site = copy(each)
        form = form_of(site, course.dialect)
        if form is not None and form.answered is not None and course.answered:
            site.said = dict(site.said)
            form.answered(site.said)
        if form is not None and form.effects is not None:
            site.said = {**site.said, **form.effects(site.said)}
        if site.is_conference:
            course.answered = True
        elif site.form is not None:
            course.run(site.form, site.said)
        site.branches = [copy(limb) for limb in site.branches]
        for limb in site.branches:
            limb.sites = _standing(limb.sites, course.copy())
        found.append(site)
    return found


def _effect(site: Site, reading: Reading) -> Any:
    if not site.kind:
        return "", site.verb, _plain(site.value), [limb.label for limb in site.branches]
    verb = form_of(site, reading.dialect)
    effective: dict[str, Any] = dict(site.said)
    if verb is not None:
        effective = {**verb.implied, **{name: row.default for name, row in verb.own.items()}, **site.said}
    if reading.dialect.canonical and reading.origin is not None and not site.is_conference:
        usual = next(iter(reading.origin.forms.get(site.kind, ())), None)
        effective = {**(usual.implied if usual is not None else {}), **site.said}
    meant = {name: _plain(value) for name, value in effective.items() if not is_moot(site, name, verb)}
    children = [_plain(child) for _, child in site.children]
    raw = dict(sorted((name, value) for name, value in site.raw.items() if value is not None))  # null says nothing
    return site.kind, meant, repr(raw), children, [_effect(part, reading) for part in site.parts]


def form_of(site: Site, dialect: Dialect) -> Verb | None:
    return dialect.conference if site.is_conference and not dialect.canonical else site.form


def _plain(value: Any) -> Any:
    if hasattr(value, "getroottree"):
        return syntax.module("xml").fragment(value)
    return isinstance(value, bool), repr(value)


def every(sites: list[Site]) -> Iterator[Site]:
    """Sites, those in branches, and nested steps, in document order."""
    for site in sites:
        yield site
        yield from every(site.parts)
        for limb in site.branches:
            yield from every(limb.sites)


def pairs(one: Reading, other: Reading, told: set[str]) -> Iterator[tuple[str, list[Site], list[Site]]]:
    """(kind, steps of it before, steps of it after); where some are missing, a loss must tell of the kind.

    Nested steps are compared where there are as many: a prompt of several steps may be one list elsewhere.
    """
    steps = [[site for site in deep(as_they_stand(reading)) if site.kind] for reading in (one, other)]
    for kind in dict.fromkeys(site.kind for site in steps[0]):
        before, after = ([site for site in each if site.kind == kind] for each in steps)
        if kind in told:
            continue
        if any(_is_silence(site) for site in before):
            continue
        if len(before) != len(after):
            if kind == "redirect" and onward(steps[0]) <= onward(steps[1]):
                continue  # it is read as the URL of the step before it
            assert len(before) < len(after), f"{len(before)} {kind} are {len(after)}, and no loss tells"
            continue
        yield kind, before, after
        for step, there in zip(before, after, strict=True):
            if [part.kind for part in step.parts] == [part.kind for part in there.parts]:
                for part, inner in zip(step.parts, there.parts, strict=True):
                    if part.kind not in told and not _is_silence(part):
                        yield part.kind, [part], [inner]


URLS_AFTER: Final = frozenset(["after_url", "result_url"])


def onward(sites: Iterable[Site]) -> set[str]:
    """The URLs that the call is handed to: by a redirect, or behind a step."""
    fields = {"redirect": ("url",)}
    found = (site.said.get(name) for site in sites for name in (*URLS_AFTER, *fields.get(site.kind, ())))
    return {str(url) for url in found if url is not None}


def _is_silence(site: Site) -> bool:
    """Whether a step plays silence among its recordings: elsewhere that is a pause."""
    return site.kind == "play" and any(str(url).startswith(SILENCE) for url in site.said.get("urls", ()))


def implicit(result: Result) -> set[str]:
    """The kinds of steps that stand in no document of one of the dialects: what they do, other verbs do."""
    dialects = [registry.get(result.target_dialect), result.reading.origin]
    return {
        verb.kind for dialect in dialects if dialect is not None for verb in dialect.verbs.values() if verb.implicit
    }


def named_steps(result: Result) -> set[str]:
    """The kinds of steps of which a report says that some are left out, moved, or said in another shape."""
    found: set[str] = set()
    paths = [loss.path for loss in result.losses if loss.kind in ("step", "structure")]
    for site in every(result.reading.sites):
        here = site.nodes[""][0] if "" in site.nodes else site.path
        if any(_within(path, each) or _within(each, path) for path in paths for each in (site.path, here)):
            found.add(site.kind)
    origin = result.reading.origin
    if result.reading.made and origin is not None and origin.name == result.target_dialect and origin.continued:
        found.add("redirect")  # in its own dialect, one behind another step is that step's after URL
    if result.reading.made and origin is not None and origin.name == result.target_dialect:
        if any(verb.kind == "answer" and verb.implicit for verb in origin.verbs.values()):
            found.add("hangup")  # no document can say that the call is answered before it
    for loss in result.losses:
        if loss.code == "answer/structure":  # the call rings on: its end is a refusal
            found.add("hangup")
        known = find_field(loss.field)
        if known is not None and known[0].part == known[1].name:
            found |= {known[0].name, *known[0].nested}
        for kind in STEPS.values():
            if kind.part and loss.field == kind.prefix + kind.part:
                found |= {kind.name, *kind.nested}
    return found


def _within(path: str, outer: str) -> bool:
    return path == outer or path.startswith(f"{outer}/")


def stands_in(path: str, loss: Loss) -> bool:
    """Whether a loss tells of a step: at its place, or of what stands around it, or in it."""
    return _within(loss.path, path) or (loss.kind in ("step", "structure") and _within(path, loss.path))


def shared(origin: Dialect | None, target: str) -> frozenset[str]:
    """The verbs without a model that both dialects write in the same way."""
    if origin is None or target not in origin.kin:
        return frozenset()
    ours, theirs = origin.neighbours, registry.get(target).neighbours
    return frozenset(name for name in ours if name in theirs and not ours[name].holds)


def speaks_for_itself(site: Site, origin: Dialect | None) -> bool:
    """Whether a step without a model says nothing that its branches, or later steps, do not say."""
    if origin is None:
        return False
    known = origin.known_verbs.get(site.verb)
    if site.branches and (known is None or known.only_branches or site.verb in ("section", "SWML")):
        return True
    return origin.folds is not None and origin.folds(site)


def meant(reading: Reading) -> list[Any]:
    """What the steps of a document mean; comments and the like may move."""
    return [
        _effect(site, reading)
        for site in deep(as_they_stand(reading))
        if not site.verb.startswith("#") and not (site.branches and not any(limb.conditional for limb in site.branches))
    ]


def deciding(field: str, kind: Kind) -> set[str]:
    """A field, and those that decide whether it has any effect."""
    facts = kind.fields.get(field)
    if facts is None:
        return {field}
    return {name for name in (field, facts.depends.partition(":")[0], facts.unless, facts.format_of) if name}


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: a template may stand for a list, or be its only entry."""
    if isinstance(one, Template) and isinstance(other, tuple) and len(other) == 1:
        one = (one,)
    return bool(audible(_listed(one)) == audible(_listed(other)))


def _listed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def effective(site: Site, field: str, form: Verb | None) -> Any:
    value = site.said.get(field)
    return value if value is not None or form is None else form.implied.get(field)


def audible(value: Any) -> Any:
    """A list of recordings without silences: elsewhere those are pauses between."""
    if isinstance(value, tuple) and any(str(each).startswith(SILENCE) for each in value):
        return tuple(each for each in value if not str(each).startswith(SILENCE))
    return value


def is_moot(site: Site, field: str, form: Verb | None) -> bool:
    """Whether a field has no effect where it stands: what it shapes is not switched on."""
    kind = STEPS[site.kind]
    if field == "order" and len(site.parts) < 2:
        return True  # of one target
    return field in kind.fields and not kind.relevant(field, site.said, form.implied if form is not None else {})


def is_default(verb: Verb, row: Attribute | None, wire: Any) -> bool:
    """Whether an attribute only says what the platform does anyway."""
    if row is None:
        return False
    try:
        meant = row.codec.read(wire)
    except Illegal as error:
        meant = row.instead(wire, error)
        if meant is OMIT or isinstance(meant, Template) or is_template(wire):
            return False
    values = (meant,) if row.single else meant
    named = zip(row.names, values, strict=True)
    return all(value is OMIT or value == verb.implied.get(field, row.default) for field, value in named)


def differs(one: Result, other: Result) -> bool:
    """Whether two results differ in the output or the report, places left aside."""
    return one.text != other.text or said(one) != said(other)


def said(result: Result) -> list[dict[str, Any]]:
    """The report without places."""
    places = ("line", "column", "path", "source")
    return [{k: v for k, v in loss.as_dict().items() if k not in places} for loss in result.losses]


def named_by(result: Result) -> set[str]:
    """The fields that a report names: those of its losses, the formats of endpoints, what stands in for others."""
    named = set()
    for loss in result.losses:
        named.add(loss.field)
        found = find_field(loss.field)
        if found is not None:
            kind, facts = found
            if loss.kind == "endpoint":
                named.add(kind.prefix + facts.format)
            named |= {other for other, _ in facts.instead}
        if loss.code == "redirect/structure":  # it reads as the after URL of the step before it
            named |= {
                kind.prefix + name for kind in STEPS.values() for name in kind.fields if name.startswith("after_")
            }
    return named


def filled(said: Any) -> dict[str, Any]:
    if "<" not in str(said.get("text")):  # there is no markup in it
        said = {**said, "ssml": None}
    urls, repeat = said.get("urls"), said.get("repeat")
    if isinstance(urls, tuple) and len(urls) > 1 and isinstance(repeat, int):
        said = {**said, "urls": urls * repeat, "repeat": 1}
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in said.items()
        if value is not None and (name, value) not in (("name", ""), ("text", ""))  # nothing at all: told by itself
    }
