"""The laws of the translator over every document at hand: the corpus, the golden cases, and what the tables can say."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers import CORPUS, GOLDEN, PLATFORMS, corpus, reads_as
from lxml import etree

from translator import Result, TranslatorError, dialects, read, registry, translate, write
from translator.codecs import Choice
from translator.detection import by_name
from translator.dialect import Attribute, Dialect
from translator.fields import FIELDS
from translator.specimens import document, specimens
from translator.testing import LAWS, check_dialect, check_random, is_default, table_is_whole
from translator.values import UNKNOWN

NAMES = tuple(registry.names())
DOCUMENTS = [(path, reads_as(path)) for path in corpus(*PLATFORMS)]
DOCUMENTS += [(path, by_name(path.name) or "") for path in sorted(GOLDEN.glob("*/source.*"))]
DAMAGED = {
    "cxml/005.cxml.xml", "twiml/008.twiml.xml", "twiml/022.twiml.xml", "twiml/055.twiml.xml", "plivo/010.plivo.xml",
}  # fmt: skip
WITHOUT_CONFERENCE = {"plivo/018.plivo.xml", "plivo/019.plivo.xml", "swml/008.swml.yaml"}


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


READABLE = [(path, dialect) for path, dialect in DOCUMENTS if name(path) not in DAMAGED | WITHOUT_CONFERENCE]
each_document = pytest.mark.parametrize(("path", "dialect"), READABLE, ids=[name(path) for path, _ in READABLE])


def report(result: Result, *, places: bool = True) -> list[dict[str, Any]]:
    found = [loss.as_dict() for loss in result.losses]
    if not places:
        for loss in found:
            del loss["line"], loss["column"], loss["path"], loss["source"]
    return found


# -- totality: every document, every direction ----------------------------------------------------------------


@pytest.mark.parametrize(("path", "dialect"), DOCUMENTS, ids=[name(path) for path, _ in DOCUMENTS])
def test_every_failure_is_a_damaged_document_named_with_its_place(path: Path, dialect: str) -> None:
    for target in NAMES:
        try:
            result = translate(path.read_bytes(), target, dialect)
        except TranslatorError as error:
            assert name(path) in DAMAGED | WITHOUT_CONFERENCE
            assert error.line is not None
            assert error.column is not None
            assert error.cause, error
        else:
            assert name(path) not in DAMAGED | WITHOUT_CONFERENCE
            assert result.text.endswith("\n")


@each_document
def test_losses_are_complete_and_in_order(path: Path, dialect: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for target in NAMES:
        result = translate(path.read_bytes(), target, dialect)
        assert [(x.line, x.column, x.code) for x in result.losses] == sorted(
            (x.line, x.column, x.code) for x in result.losses
        )
        for loss in result.losses:
            assert loss.message.endswith((".", "...")), loss.message
            assert loss.remedy.endswith("."), loss.remedy
            assert 1 <= loss.line <= len(lines)
            assert 1 <= loss.column <= len(lines[loss.line - 1]) + 1
            assert loss.severity in ("error", "warning", "notice")
            json.dumps(loss.as_dict())
            if dialect in ("cxml", "plivo") and re.match(r'\w+="', loss.source):
                wire = loss.source.partition("=")[0]
                assert lines[loss.line - 1][loss.column - 1 :].startswith(wire)


# -- identity, fixpoint, hub ------------------------------------------------------------------------------------


@each_document
def test_to_its_own_dialect_nothing_is_lost_and_the_second_time_no_byte_changes(path: Path, dialect: str) -> None:
    first = translate(path.read_bytes(), dialect, dialect)
    assert [loss for loss in first.losses if loss.code != "conference/structure"] == []
    second = translate(first.text, dialect, dialect)
    assert second.text == first.text
    assert second.lossless


def alike(one: str, other: str, dialect: str, *, same: bool) -> None:
    """Two documents are one; in their own dialect one of them may be laid out as its author did."""
    if not same or dialect == "intent":
        assert one == other
    elif one != other:
        assert read(one, dialect).steps == read(other, dialect).steps


@each_document
def test_through_the_intent_is_as_good_as_directly(path: Path, dialect: str) -> None:
    intent = translate(path.read_bytes(), "intent", dialect).text
    for target in NAMES:
        direct, via = translate(path.read_bytes(), target, dialect), translate(intent, target, "intent")
        if direct.syntax == via.syntax:
            alike(via.text, direct.text, target, same=target == dialect)
        assert sorted(x.code for x in via.losses) == sorted(x.code for x in direct.losses) or target == dialect


@each_document
def test_writing_a_flow_is_as_good_as_translating(path: Path, dialect: str) -> None:
    flow = read(path.read_bytes(), dialect)
    for target in NAMES:
        written, direct = write(flow, target), translate(path.read_bytes(), target, dialect)
        alike(written.text, direct.text, target, same=target == dialect)
        assert report(written) == report(direct)


@each_document
def test_the_report_predicts_what_comes_back(path: Path, dialect: str) -> None:
    """There and back: the two intents differ only in fields that one of the two reports names."""
    before = read(path.read_bytes(), dialect).conferences
    for target in PLATFORMS:
        there = translate(path.read_bytes(), target, dialect)
        back = translate(there.text, dialect, target)
        after = read(back.text, dialect).conferences
        losses = (*there.losses, *back.losses)
        named = {loss.field for loss in losses}
        named |= {FIELDS[x.field].format for x in losses if x.kind == "endpoint" and x.field in FIELDS}
        named |= {other for x in losses if x.field in FIELDS for other, _ in FIELDS[x.field].instead}
        implied = dialects()[dialect].implied
        if dialect == "intent":
            continue
        if len({each.name for each in before}) == len(before):  # a section may be laid in another place
            rank = {each.name: index for index, each in enumerate(before)}
            after = tuple(sorted(after, key=lambda each: rank.get(each.name, -1)))
        assert len(after) == (1 if dialects()[target].single else len(before))
        for one, other in zip(before, after, strict=False):
            for field in implied:
                was = getattr(one, field) if getattr(one, field) is not None else implied[field]
                now = getattr(other, field) if getattr(other, field) is not None else implied[field]
                if was != now and not (was is UNKNOWN or now is UNKNOWN):
                    assert named & {field, FIELDS[field].depends}, (target, field, was, now)


def test_the_whole_target_document_says_what_its_attributes_were_read_back_as() -> None:
    """The report rests on reading every written attribute back: here the whole text is parsed and read anew."""
    sources = [(path.read_bytes(), dialect) for path, dialect in READABLE]
    sources += [(s.document, d.name) for d in dialects().values() if not d.canonical for s in specimens(d)]
    for source, dialect in sources:
        for target in NAMES:
            result = translate(source, target, dialect)
            syntaxes = dialects()[target].syntaxes if target != "intent" else ("json",)
            for syntax in syntaxes:
                text = translate(source, target, dialect, syntax=syntax).text
                found = read(text, target).conferences
                assert len(found) == len(result.trace.given)
                verb = dialects()[target].conference
                for conference, given in zip(found, result.trace.given, strict=True):
                    said = {name: v for name in FIELDS if (v := getattr(conference, name)) is not None}
                    said |= conference.own
                    if "redirect/structure" in {loss.code for loss in result.losses}:
                        continue  # a redirect behind it, which reads as its after URL, as the report says
                    if target != dialect:
                        said = {name: v for name, v in verb.outcome(said).items() if v is not None}
                    assert said == {name: v for name, v in given.items() if v is not None}, (source, target)


# -- no silent attribute ---------------------------------------------------------------------------------------


def without_each(text: str, dialect: Dialect) -> Iterator[tuple[str, str, str]]:
    """(attribute, document, the same document without it) for every attribute that says something."""
    rows = dialect.conference.by_wire
    if dialect.syntaxes == ("xml",):
        tree = etree.fromstring(text.encode())
        whole = etree.tostring(tree, encoding="unicode")
        for tag in ("Conference", "Dial"):
            element = "" if tag == "Conference" else tag
            for index, node in enumerate(tree.iter(tag)):
                if tag == "Dial" and (not rows.get("Dial") or node.find("Conference") is None):
                    continue
                for wire, value in node.items():
                    if is_default(dialect.conference, rows[element].get(wire), value):
                        continue
                    smaller = copy.deepcopy(tree)
                    del list(smaller.iter(tag))[index].attrib[wire]
                    yield f"{tag}@{wire}", whole, etree.tostring(smaller, encoding="unicode")
        return
    data = json.loads(text)
    whole = json.dumps(data)
    for path, conference in conferences(data, dialect):
        for wire in conference:
            if wire in ("verb", "name") or is_default(dialect.conference, rows[""].get(wire), conference[wire]):
                continue
            smaller = copy.deepcopy(data)
            place = smaller
            for key in path:
                place = place[key]
            del place[wire]
            yield wire, whole, json.dumps(smaller)


def conferences(
    data: Any, dialect: Dialect, path: tuple[Any, ...] = ()
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    if isinstance(data, dict):
        if dialect.name == "jambonz" and data.get("verb") in ("conference", "room"):
            yield path, data
        for key, value in data.items():
            if key == dialect.conference.wire and isinstance(value, dict):
                yield (*path, key), value
            yield from conferences(value, dialect, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from conferences(value, dialect, (*path, index))


def test_no_attribute_of_the_corpus_can_be_taken_away_in_silence() -> None:
    """The law that users care for: every attribute that says something is seen in the output or in the report."""
    tried = 0
    for path, from_ in READABLE:
        dialect = dialects()[from_]
        if dialect.canonical or path.suffix == ".yaml":
            continue
        for attribute, whole, smaller in without_each(path.read_text(encoding="utf-8"), dialect):
            for target in (*(p for p in PLATFORMS if p != from_), "intent"):
                one, other = translate(whole, target, from_), translate(smaller, target, from_)
                same = one.text == other.text and report(one, places=False) == report(other, places=False)
                assert not same, (name(path), attribute, target)
                tried += 1
    assert tried > 1000


@pytest.mark.parametrize("values", [[True, 1, 1.0], [1.0, True, 1], ["1", 1, True], [0, False, 0.0]])
def test_what_is_remembered_of_one_document_never_shows_in_another(values: list[Any]) -> None:
    """Equal values of other types: Python's True, 1 and 1.0 are equal, on no wire are they the same."""
    for value in values:
        for wire in ("unknown", "id", "listen", "maxParticipants", "beep", "name", "waitHook"):
            source = json.dumps([{"verb": "conference", "name": "r", wire: value}])
            text = translate(source, "jambonz", "jambonz").text
            found = json.loads(text)[0][wire]
            assert (type(found), found) == (type(value), value) or (wire, found) in (
                ("name", str(value)),
                ("maxParticipants", 1),
            )


def test_a_template_is_never_taken_for_the_text_that_it_equals() -> None:
    plivo, cxml = '<Response><Conference enterSound="${x}">r</Conference></Response>', None
    cxml = '<Response><Dial><Conference beep="${x}">r</Conference></Dial></Response>'
    for _ in range(2):
        assert 'enterSound="${x}"' in translate(plivo, "plivo", "plivo").text
        written = translate(cxml, "plivo", "cxml")
        assert "enterSound" not in written.text
        assert "enter-sound/unresolved" in {loss.code for loss in written.losses}


# -- determinism -----------------------------------------------------------------------------------------------


def test_the_same_bytes_give_the_same_output_and_report_on_any_hash_seed() -> None:
    script = (
        "import sys, json; from pathlib import Path; from translator import translate, registry\n"
        "for path in sorted(Path(sys.argv[1]).glob('*/source.*')):\n"
        "    for target in registry.names():\n"
        "        r = translate(path.read_bytes(), target, path.name.split('.')[1])\n"
        "        print(r.text, json.dumps([x.as_dict() for x in r.losses]))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script, str(GOLDEN)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1


# -- the tables themselves --------------------------------------------------------------------------------------


@pytest.mark.parametrize("law", LAWS, ids=[law.__name__ for law in LAWS])
@pytest.mark.parametrize("name", PLATFORMS)
def test_law(name: str, law: Callable[[Dialect], None]) -> None:
    """Every law of `translator.testing`, for every dialect of ours."""
    law(dialects()[name])


@pytest.mark.parametrize("name", NAMES)
def test_laws_over_random_documents(name: str) -> None:
    """The same ones every time; `benchmarks/laws.py` tries others."""
    check_random(dialects()[name], 10)


def test_check_dialect_says_what_it_checked_and_where_a_law_fails() -> None:
    assert check_dialect("plivo", examples=5) == [law.__name__ for law in LAWS]
    plivo = dialects()["plivo"]
    verb = replace(plivo.conference, implied={**plivo.implied, "nonsense": 1})
    with pytest.raises(AssertionError, match="nonsense"):
        table_is_whole(replace(plivo, verbs={"conference": verb}))
    rows = (Attribute("x", "tempo", Choice({"a": 1, "b": 1}, vocabulary="x")), *plivo.conference.attributes)
    with pytest.raises(AssertionError, match="twice"):
        table_is_whole(replace(plivo, verbs={"conference": replace(plivo.conference, attributes=(*rows, rows[0]))}))


@pytest.mark.parametrize("dialect", [dialects()[name] for name in PLATFORMS], ids=PLATFORMS)
def test_every_attribute_stands_in_a_golden_case(dialect: Dialect) -> None:
    texts = [p.read_text(encoding="utf-8") for p in GOLDEN.glob(f"*/source.{dialect.name}.*")]
    for row in dialect.conference.attributes:
        if row.wire:
            assert any(row.wire in text for text in texts), row.title


def test_every_canonical_field_stands_in_the_golden_intent() -> None:
    conference = read((GOLDEN / "intent-full" / "source.intent.json").read_bytes(), "intent").conferences[0]
    for field, facts in FIELDS.items():
        if not facts.format_of and field not in ("wait_method",):
            assert getattr(conference, field) is not None, field


def test_the_corpus_is_here() -> None:
    assert sum(1 for _ in CORPUS.rglob("*.*")) > 120
    assert document(dialects()["plivo"], {}).count("Conference") == 2
