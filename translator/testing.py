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
from translator.fields import FIELDS
from translator.specimens import document, specimens
from translator.values import Template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from translator.dialect import Attribute, Dialect
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
    verb = dialect.conference
    assert set(verb.implied) == set(FIELDS), f"implied: {set(verb.implied) ^ set(FIELDS)}"
    assert set(verb.notes) <= set(FIELDS), f"notes: {set(verb.notes) - set(FIELDS)}"
    assert dialect.sources, "no source is named"
    assert dialect.about, "the file has no docstring"
    assert "name" in verb.by_field, "no row carries the name"
    keys = [row.key for row in verb.attributes]
    assert len(keys) == len(set(keys)), "an attribute stands twice in the table"
    for row in verb.attributes:
        assert row.codec.samples, f"{row.title}: the codec has no samples"
        assert row.severity in ("error", "warning", "notice"), row.title
    for wire, neighbour in dialect.neighbours.items():
        assert neighbour.severity in ("error", "warning", "notice"), wire


def codecs_write_what_they_read(dialect: Dialect) -> None:
    """Every sample is legal, and comes back."""
    for row in dialect.conference.attributes:
        for wire in row.codec.samples:
            value = row.codec.read(wire)
            if type(value) is not Template:
                again = row.codec.read(row.codec.write(value))
                assert again == value, f"{row.title}: {wire!r} is {value!r}, and then {again!r}"


def nothing_is_lost_to_itself(dialect: Dialect) -> None:
    """Identity: translated to itself, a document loses nothing; the second time no byte changes."""
    for row, value, whole, _ in specimens(dialect):
        first = translate(whole, dialect.name, dialect.name)
        assert first.lossless, f"{row.title}={value!r}: {first.losses}"
        second = translate(first.text, dialect.name, dialect.name)
        assert second.text == first.text, f"{row.title}={value!r} is no fixpoint"
        if not (dialect.conference.terse and is_default(dialect, row, value)):
            assert first.text == whole, f"{row.title}={value!r} does not come back as it was"


def no_attribute_is_silent(dialect: Dialect) -> None:
    """Taken away, or changed, every attribute that says something is seen in the output or the report."""
    for target in _others(dialect):
        seen: dict[str, list[tuple[Any, Result]]] = {}
        for row, value, whole, without in specimens(dialect):
            result = translate(whole, target, dialect.name)
            if row.key != dialect.conference.by_field["name"].key and not is_default(dialect, row, value):
                assert differs(result, translate(without, target, dialect.name)), f"{row.title}={value!r} to {target}"
            if row.codec.vocabulary not in ("text", "raw"):
                seen.setdefault(row.key, []).append((value, result))
        for key, results in seen.items():
            for index, (value, one) in enumerate(results):
                for other_value, other in results[index + 1 :]:
                    assert differs(one, other), f"{key}: {value!r} and {other_value!r} to {target}"


def report_predicts_what_comes_back(dialect: Dialect) -> None:
    """There and back, the intents differ only in fields that one of the two reports names."""
    for target in _others(dialect):
        for row, value, whole, _ in specimens(dialect):
            there = translate(whole, target, dialect.name)
            back = translate(there.text, dialect.name, target)
            (before,), (after,) = (read(text, dialect.name).conferences for text in (whole, back.text))
            named = named_by(there) | named_by(back)
            for field, implied in dialect.implied.items():
                was, now = (
                    each if each is not None else implied for each in (getattr(before, field), getattr(after, field))
                )
                changed = was != now and "UNKNOWN" not in (repr(was), repr(now))
                unseen = changed and not named & {field, FIELDS[field].depends}
                assert not unseen, f"{row.title}={value!r} to {target} and back: {field} was {was!r}, is {now!r}"


def intent_is_a_hub(dialect: Dialect) -> None:
    """Through the canonical intent is as good as directly."""
    for _, _, whole, _ in specimens(dialect):
        intent = translate(whole, "intent", dialect.name).text
        for target in _others(dialect):
            direct, via = translate(whole, target, dialect.name), translate(intent, target, "intent")
            assert via.text == direct.text, target
            assert sorted(x.code for x in via.losses) == sorted(x.code for x in direct.losses), target


def target_says_what_was_read_back(dialect: Dialect) -> None:
    """The whole target document, parsed anew, says what its attributes were read back as."""
    for source in _others(dialect):
        for row, value, whole, _ in specimens(registry.get(source)):
            result = translate(whole, dialect.name, source)
            for conference, given in zip(read(result.text, dialect.name).conferences, result._given, strict=True):
                said = {
                    name: each for name in FIELDS if (each := getattr(conference, name)) is not None
                } | conference.own
                said = {n: v for n, v in dialect.conference.outcome(said).items() if v is not None}
                assert said == {n: v for n, v in given.items() if v is not None}, f"{source} {row.title}={value!r}"


def any_bytes_end_well(dialect: Dialect, cases: int = 300, seed: int = 0) -> None:
    """Totality: damaged documents give a result or a TranslatorError."""
    chance = random.Random(seed)  # noqa: S311 - the same run every time
    sources = [each.document.encode() for each in specimens(dialect)]
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
        for _, _, whole, _ in specimens(dialect):
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


def is_default(dialect: Dialect, row: Attribute | None, wire: Any) -> bool:
    """Whether an attribute only says what the platform does anyway."""
    if row is None:
        return False
    try:
        meant = row.codec.read(wire)
    except Illegal:
        return False
    values = (meant,) if row.single else meant
    named = zip(row.names, values, strict=True)
    return all(value == dialect.implied.get(field, row.default) for field, value in named)


def differs(one: Result, other: Result) -> bool:
    """Whether two results differ in the output or the report, places left aside."""
    return one.text != other.text or said(one) != said(other)


def said(result: Result) -> list[dict[str, Any]]:
    """The report without places."""
    places = ("line", "column", "path", "source")
    return [{k: v for k, v in loss.as_dict().items() if k not in places} for loss in result.losses]


def named_by(result: Result) -> set[str]:
    """The fields that a report names: those of its losses, the formats of endpoints, what stands in for others."""
    losses = result.losses
    named = {loss.field for loss in losses}
    named |= {FIELDS[loss.field].format for loss in losses if loss.kind == "endpoint"}
    return named | {other for loss in losses if loss.field in FIELDS for other, _ in FIELDS[loss.field].instead}


def _others(dialect: Dialect) -> Iterator[str]:
    """Every dialect with a platform behind it, but this one."""
    for name, other in registry.dialects().items():
        if name != dialect.name and not other.canonical:
            yield name


__all__ = ["LAWS", "check_dialect", "differs", "document", "is_default", "named_by", "said"]
