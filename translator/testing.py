"""The laws of the translator, for any dialect: ours or a third party's.

    from translator.testing import check_dialect
    check_dialect("ringo")

Every law takes documents from the dialect's own table (`translator.specimens`), so that a new row is covered by itself.
A law that does not hold raises AssertionError with the attribute, the value and the target.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from translator import registry
from translator.codecs import Illegal
from translator.engine import read, translate
from translator.errors import TranslatorError
from translator.specimens import Specimen, document, specimens, verbs
from translator.spreading import SILENCE
from translator.step_fields import find_field
from translator.values import OMIT, Template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translator.dialect import Attribute, Dialect, Verb
    from translator.result import Result


def check_dialect(name: str) -> list[str]:
    """Check all laws for a registered dialect, against every dialect in the registry, both ways.

    Returns:
        the names of the laws that were checked.

    Raises:
        AssertionError: a law does not hold; the message says where.
        TranslatorError: there is no such dialect, or it cannot be loaded.
    """
    dialect = registry.get(name)
    for law in LAWS:
        law(dialect)
    return [law.__name__ for law in LAWS]


def table_is_whole(dialect: Dialect) -> None:
    """Every field is implied, every name is real, every attribute can be shown."""
    assert dialect.sources, "no source is named"
    assert dialect.about, "the file has no docstring"
    assert "name" in dialect.conference.by_field, "no row carries the name"
    for verb in dialect.verbs.values():
        fields = set(verb.facts.fields)
        assert set(verb.implied) == fields, f"{verb.wire}: implied: {set(verb.implied) ^ fields}"
        assert set(verb.notes) <= {*fields, verb.facts.part}, f"{verb.wire}: notes: {set(verb.notes) - fields}"
        assert set(verb.says) <= fields, f"{verb.wire}: says: {set(verb.says) - fields}"
        keys = [row.key for row in verb.attributes]
        assert len(keys) == len(set(keys)), f"{verb.wire}: an attribute stands twice in the table"
        for row in verb.attributes:
            assert row.codec.samples, f"{row.title}: the codec has no samples"
            assert row.severity in ("error", "warning", "notice"), row.title
    for wire, neighbour in dialect.neighbours.items():
        assert neighbour.severity in ("error", "warning", "notice"), wire


def codecs_write_what_they_read(dialect: Dialect) -> None:
    """Every sample is legal, and comes back."""
    for verb in dialect.verbs.values():
        for row in verb.attributes:
            for wire in row.codec.samples:
                value = row.codec.read(wire)
                if type(value) is not Template:
                    written = row.codec.write(value)
                    if written is OMIT and verb.by_field[row.names[0]] is not row:
                        continue  # another row of this field writes it
                    assert written is not OMIT, f"{verb.wire} {row.title}: {wire!r} is {value!r}, which is not written"
                    again = row.codec.read(written)
                    assert again == value, f"{row.title}: {wire!r} is {value!r}, and then {again!r}"


def nothing_is_lost_to_itself(dialect: Dialect) -> None:
    """Identity: translated to itself, a document loses nothing; the second time no byte changes."""
    for row, value, whole, _, verb in everything(dialect):
        first = translate(whole, dialect.name, dialect.name)
        losses = [loss for loss in first.losses if loss.code != "conference/structure"]
        assert not losses, f"{verb.wire} {row.title}={value!r}: {losses}"
        second = translate(first.text, dialect.name, dialect.name)
        assert second.text == first.text, f"{verb.wire} {row.title}={value!r} is no fixpoint"
        if not (dialect.conference.terse and is_default(verb, row, value)):
            assert first.text == whole, f"{verb.wire} {row.title}={value!r} does not come back as it was"


def no_attribute_is_silent(dialect: Dialect) -> None:
    """Taken away, or changed, every attribute that says something is seen in the output or the report."""
    for target in _others(dialect):
        for verb in verbs(dialect):
            seen: dict[str, list[tuple[Any, Result]]] = {}
            for row, value, whole, without, _ in specimens(dialect, verb):
                result = translate(whole, target, dialect.name)
                core = [name for name in row.names if name in verb.facts.core]
                if not core and not is_default(verb, row, value):
                    other = translate(without, target, dialect.name)
                    assert differs(result, other), f"{verb.wire} {row.title}={value!r} to {target}"
                if row.codec.vocabulary not in ("text", "raw"):
                    seen.setdefault(row.key, []).append((value, result))
            for key, results in seen.items():
                for index, (value, one) in enumerate(results):
                    for other_value, other in results[index + 1 :]:
                        assert differs(one, other), f"{verb.wire} {key}: {value!r} and {other_value!r} to {target}"


def report_predicts_what_comes_back(dialect: Dialect) -> None:
    """There and back, the intents differ only in fields that one of the two reports names."""
    for target in _others(dialect):
        for row, value, whole, _, verb in everything(dialect):
            there = translate(whole, target, dialect.name)
            back = translate(there.text, dialect.name, target)
            named = named_by(there) | named_by(back)
            where = f"{verb.wire} {row.title}={value!r} to {target} and back"
            before, after = (_of_kind(text, dialect, verb) for text in (whole, back.text))
            if len(before) != len(after):
                lost = {loss.kind for loss in (*there.losses, *back.losses)}
                assert lost & {"step", "structure"} or any(x.startswith(verb.kind) for x in named), where
                continue
            for one, other in zip(before, after, strict=True):
                for field, facts in verb.facts.fields.items():
                    was, now = (_audible(_effective(each, field, verb)) for each in (one, other))
                    if was == now or "UNKNOWN" in (repr(was), repr(now)):
                        continue
                    names = {
                        verb.facts.prefix + name for name in (field, facts.depends.partition(":")[0], facts.unless)
                    }
                    unseen = not names & named and not _is_moot(one, field, verb)
                    assert not unseen, f"{where}: {field} was {was!r}, is {now!r}"


def _of_kind(text: str, dialect: Dialect, verb: Verb) -> list[Any]:
    flow = read(text, dialect.name)
    if verb.kind == "target":
        return [target for step in flow.steps for target in getattr(step, "targets", ())]
    return [step for step in flow.steps if step.kind == verb.kind]


def _effective(step: Any, field: str, verb: Verb) -> Any:
    value = getattr(step, field)
    return value if value is not None else verb.implied.get(field)


def _audible(value: Any) -> Any:
    """A list of recordings without silences: elsewhere those are pauses between."""
    if isinstance(value, tuple) and any(str(each).startswith(SILENCE) for each in value):
        return tuple(each for each in value if not each.startswith(SILENCE))
    return value


def _is_moot(step: Any, field: str, verb: Verb) -> bool:
    said = {name: value for name in verb.facts.fields if (value := getattr(step, name)) is not None}
    return not verb.facts.relevant(field, said, verb.implied)


def intent_is_a_hub(dialect: Dialect) -> None:
    """Through the canonical intent is as good as directly."""
    for row, value, whole, _, verb in everything(dialect):
        intent = translate(whole, "intent", dialect.name).text
        for target in _others(dialect):
            direct, via = translate(whole, target, dialect.name), translate(intent, target, "intent")
            where = f"{verb.wire} {row.title}={value!r} to {target}"
            assert via.text == direct.text, where
            assert sorted(x.code for x in via.losses) == sorted(x.code for x in direct.losses), where


def target_says_what_was_read_back(dialect: Dialect) -> None:
    """The whole target document, parsed anew, says what its attributes were read back as."""
    for source in _others(dialect):
        for row, value, whole, _, verb in everything(registry.get(source)):
            result = translate(whole, dialect.name, source)
            where = f"{source} {verb.wire} {row.title}={value!r} to {dialect.name}"
            flow = read(result.text, dialect.name)
            for conference, given in zip(flow.conferences, result._given, strict=True):
                assert _spoken(conference, dialect.conference) == _filled(given), where
            steps = [step for step in flow.steps if step.kind == verb.kind]
            written = [each for each in result._steps if each[0].kind == verb.kind]
            if verb.kind not in ("conference", "target") and len(steps) == len(written):
                for step, (form, given) in zip(steps, written, strict=True):
                    if form.one_at_a_time and given.get("urls", ())[1:]:
                        continue  # one verb for each
                    if form.answered is not None:
                        continue  # what it does where it stands is not what it says
                    assert _spoken(step, form) == _filled(given), where


def _spoken(step: Any, verb: Verb) -> dict[str, Any]:
    """What a step says, with what its platform makes of it."""
    own = {name: tuple(value) if isinstance(value, list) else value for name, value in step.own.items()}
    said = {name: each for name in verb.facts.fields if (each := getattr(step, name)) is not None} | own
    return _filled(verb.outcome(said))


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in said.items() if value is not None
    }


def any_bytes_end_well(dialect: Dialect, cases: int = 300, seed: int = 0) -> None:
    """Totality: damaged documents give a result or a TranslatorError."""
    chance = random.Random(seed)  # noqa: S311 - the same run every time
    sources = [each.document.encode() for each in everything(dialect)]
    targets = [dialect.name, *_others(dialect)]
    for _ in range(cases):
        data = bytearray(chance.choice(sources))
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = chance.choice(
            (b"", b"<", b'"', b"{", b"}", b",", b"\xff", b"\x00", b"null")
        )
        try:
            _ = [loss.as_dict() for loss in translate(bytes(data), chance.choice(targets), dialect.name).losses]
        except TranslatorError:
            continue


def output_is_the_same_every_time(dialect: Dialect) -> None:
    """Determinism: the same bytes, the same output and report."""
    for target in _others(dialect):
        for _, _, whole, _, _ in everything(dialect):
            one, other = translate(whole, target, dialect.name), translate(whole, target, dialect.name)
            assert one.text == other.text
            assert one.losses == other.losses


_DAMAGE = (b"", b"<", b'"', b"{", b"}", b",", b"\xff", b"\x00", b"null")

LAWS: tuple[Callable[[Dialect], None], ...] = (
    table_is_whole,
    codecs_write_what_they_read,
    nothing_is_lost_to_itself,
    no_attribute_is_silent,
    report_predicts_what_comes_back,
    intent_is_a_hub,
    target_says_what_was_read_back,
    any_bytes_end_well,
    output_is_the_same_every_time,
)


def everything(dialect: Dialect) -> Iterator[Specimen]:
    """Every attribute of every verb with every value."""
    for verb in verbs(dialect):
        yield from specimens(dialect, verb)


def is_default(verb: Verb, row: Attribute | None, wire: Any) -> bool:
    """Whether an attribute only says what the platform does anyway."""
    if row is None:
        return False
    try:
        meant = row.codec.read(wire)
    except Illegal:
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
    return named


def _others(dialect: Dialect) -> Iterator[str]:
    """Every dialect with a platform behind it, but this one."""
    for name, other in registry.dialects().items():
        if name != dialect.name and not other.canonical:
            yield name


__all__ = ["LAWS", "check_dialect", "differs", "document", "is_default", "named_by", "said"]
