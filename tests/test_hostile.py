"""Attacks: each is refused, or done in time and memory in proportion to its size. Bounds are ten times what is needed."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import cxml, jambonz, plivo

from translator import TranslatorError, UnreadableDocument, UnsafeDocument, read, translate
from translator.syntax import limits

ROOM = {"join_conference": {"name": "room"}}
SPEECH = {"play": {"url": "say:x"}}


def response(body: str, after: str = "<Dial><Conference>room</Conference></Dial>") -> str:
    return f"<Response>{body}{after}</Response>"


def sections(main: list[Any], **others: list[Any]) -> str:
    return json.dumps({"version": "1.0.0", "sections": {"main": main, **others}})


def verbs(*items: dict[str, Any]) -> str:
    return json.dumps([*items, {"verb": "conference", "name": "room"}])


def execute(name: str) -> dict[str, Any]:
    return {"execute": {"dest": name}}


# -- time in proportion -------------------------------------------------------------------------------------------------

PLIVO_ROOM = "<Conference>room</Conference>"
GROWING: dict[str, tuple[str, int, Callable[[int], str]]] = {
    # what grows: (dialect, size to begin with, document of a size)
    "verbs": ("twiml", 50, lambda n: response("<Say>x</Say>" * n)),
    "foreign verbs": ("twiml", 50, lambda n: response("<Foo a='b'/>" * n)),
    "comments and instructions": ("twiml", 50, lambda n: response("<!-- a --><?php b ?>" * n)),
    "stray texts": ("twiml", 50, lambda n: response("a<Say>x</Say>" * n)),
    "instructions in a name": ("twiml", 100, lambda n: cxml(name="<?php a ?>" * n)),
    "conferences in a Dial": ("twiml", 10, lambda n: f"<Response><Dial>{PLIVO_ROOM * n}</Dial></Response>"),
    "nouns in a Dial": ("twiml", 50, lambda n: response(f"<Dial>{'<Number>+15551234567</Number>' * n}</Dial>")),
    "prompts in a Gather": ("twiml", 50, lambda n: response(f"<Gather>{'<Say>x</Say>' * n}</Gather>")),
    "attributes": ("twiml", 50, lambda n: cxml(" ".join(f"a{i}='b'" for i in range(n)))),
    "attributes with a prefix": (
        "twiml", 10,
        lambda n: "<Response xmlns:x='urn:x'>" + "<Dial><Conference x:a='b'>r</Conference></Dial>" * n + "</Response>",
    ),
    "parameters": (
        "twiml", 100,
        lambda n: response("<Start><Stream url='wss://a.example'>" + "<Parameter name='a' value='b'/>" * n + "</Stream></Start>"),
    ),
    "SSML": ("twiml", 100, lambda n: response("<Say>" + "a<break/>" * n + "</Say>")),
    "before the answer": ("plivo", 50, lambda n: response(f"<PreAnswer>{'<Speak>x</Speak>' * n}</PreAnswer>", PLIVO_ROOM)),
    "prompts in GetInput": ("plivo", 50, lambda n: response(f"<GetInput>{'<Speak>x</Speak>' * n}</GetInput>", PLIVO_ROOM)),
    "SWML steps": ("swml", 50, lambda n: sections([*[SPEECH] * n, ROOM])),
    "urls in play": ("swml", 100, lambda n: sections([{"play": {"urls": [f"https://a.example/{i}" for i in range(n)]}}, ROOM])),
    "texts in play": ("swml", 100, lambda n: sections([{"play": {"urls": [f"say:{i}" for i in range(n)]}}, ROOM])),
    "prompts in prompt": ("swml", 50, lambda n: sections([{"prompt": {"play": [f"say:{i}" for i in range(n)]}}, ROOM])),
    "targets": ("swml", 50, lambda n: sections([{"connect": {"serial": [{"to": "+15551234567"}] * n}}, ROOM])),
    "sections": ("swml", 50, lambda n: sections([ROOM], **{f"s{i}": [SPEECH] for i in range(n)})),
    "branches": (
        "swml", 50,
        lambda n: sections([{"switch": {"variable": "x", "case": {f"c{i}": [execute("s")] for i in range(n)}}}, ROOM], s=[SPEECH] * 50),
    ),
    "YAML comments": (
        "swml", 50,
        lambda n: "sections:\n  main:\n" + "  # c\n  - answer: {}\n" * n + "  - join_conference: {name: r}\n",
    ),
    "jambonz verbs": ("jambonz", 50, lambda n: verbs(*[{"verb": "say", "text": "x"}] * n)),
    "texts of one say": ("jambonz", 100, lambda n: verbs({"verb": "say", "text": ["x"] * n})),
    "recordings that are repeated": (
        "jambonz", 20,
        lambda n: verbs({"verb": "play", "url": [f"https://a.example/{i}" for i in range(n)], "loop": 10**9}),
    ),
    "verbs in a foreign verb": ("jambonz", 50, lambda n: verbs({"verb": "foo", "x": [{"verb": "say"}] * n})),
    "jambonz targets": (
        "jambonz", 50,
        lambda n: verbs({"verb": "dial", "target": [{"type": "phone", "number": "+15551234567"}] * n}),
    ),
    "events": ("jambonz", 200, lambda n: jambonz(statusEvents=["join"] * n)),
    "a long name": ("jambonz", 5000, lambda n: jambonz("s" * n)),
    "a long attribute name": ("jambonz", 5000, lambda n: jambonz(**{"s" * n: 1})),
    "blanks": ("jambonz", 5000, lambda n: jambonz(" " * n + "x" + " " * n)),
    "brackets of templates": ("jambonz", 2000, lambda n: jambonz("{{<?${%{" * n)),
    "instructions that never end": ("jambonz", 2000, lambda n: jambonz("<?a " * n)),
    "colons": ("jambonz", 2000, lambda n: jambonz(statusHook="https://" + "a:" * n)),
    "digits": ("plivo", 2000, lambda n: response(f"<DTMF>{'w' * n}</DTMF>", PLIVO_ROOM)),
}  # fmt: skip


@pytest.fixture
def small_heap() -> Iterator[None]:
    """What the tests before have left is not looked at by the collector: it would be most of the time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("small_heap")
@pytest.mark.parametrize("what", GROWING)
def test_time_is_in_proportion_to_the_size(what: str) -> None:
    """Sixteen times the size takes about sixteen times as long: 256 times would be quadratic."""
    dialect, size, document = GROWING[what]

    def seconds(source: str) -> float:
        best = 60.0
        for _ in range(3):
            gc.collect()
            start = time.process_time()  # others may be at work on this machine
            for target in ("swml", "twiml" if dialect != "twiml" else "jambonz"):
                for loss in translate(source, target, dialect).losses[:200]:
                    loss.as_dict()
            best = min(best, time.process_time() - start)
            if best > 0.2:
                break
        return best

    small, large = document(size), document(16 * size)
    seconds(small)  # so that nothing is loaded or planned below
    assert seconds(large) < 100 * max(seconds(small), 0.002)


# -- what unfolds -------------------------------------------------------------------------------------------------------


def tree(depth: int, last: dict[str, Any]) -> dict[str, list[Any]]:
    """Sections that each run the next one twice: 2 ** depth steps, if all were laid in place."""
    return {f"s{i}": [execute(f"s{i + 1}")] * 2 if i < depth else [last] for i in range(depth + 1)}


def branching(depth: int, last: dict[str, Any]) -> dict[str, list[Any]]:
    both = {
        f"s{i}": [{"cond": [{"when": "x", "then": [execute(f"s{i + 1}")]}, {"else": [execute(f"s{i + 1}")]}]}]
        for i in range(depth)
    }
    return {**both, f"s{depth}": [last]}


UNFOLDING = {
    "a tree": sections([execute("s0"), ROOM], **tree(30, SPEECH)),
    "a tree of conferences": sections([execute("s0")], **tree(30, ROOM)),
    "a tree of branches": sections([execute("s0"), ROOM], **branching(30, SPEECH)),
    "a tree of branches and conferences": sections([execute("s0")], **branching(30, ROOM)),
    "a clique": sections([execute("s0"), ROOM], **{f"s{i}": [execute(f"s{k}") for k in range(40)] for i in range(40)}),
    "a clique in a branch": sections(
        [{"cond": [{"when": "x", "then": [execute("s0")]}]}, ROOM],
        **{f"s{i}": [execute(f"s{k}") for k in range(40)] for i in range(40)},
    ),
    "one section, very often": sections([*[execute("s")] * 2000, ROOM], s=[SPEECH] * 2000),
    "a long chain": sections([execute("s0"), ROOM], **{f"s{i}": [execute(f"s{i + 1}")] for i in range(3000)}),
}


@pytest.mark.parametrize("what", UNFOLDING)
@pytest.mark.parametrize("target", ["jambonz", "twiml", "relay", "swaig"])
def test_sections_that_unfold_are_bounded_and_the_rest_is_a_loss(what: str, target: str) -> None:
    with limits.override(max_inlined=500):
        start = time.perf_counter()
        result = translate(UNFOLDING[what], target, "swml")
        found = {loss.code for loss in result.losses}
        assert time.perf_counter() - start < 20
    if target != "swaig":  # which has sections too
        leads_nowhere = what in ("a tree of branches", "a clique in a branch")
        assert ("execute/structure" in found) == (not leads_nowhere)
        assert len(result.losses) < 30_000
        assert len(result.text) < 1_000_000


def test_sections_are_laid_in_place_up_to_the_limit() -> None:
    source = sections([execute("s"), execute("s"), ROOM], s=[SPEECH, SPEECH])
    assert translate(source, "jambonz", "swml").text.count('"say"') == 4
    with limits.override(max_inlined=2):
        result = translate(source, "jambonz", "swml")
    assert result.text.count('"say"') == 2
    (loss,) = [loss for loss in result.losses if loss.code == "execute/structure"]
    assert (loss.path, loss.severity) == ("/sections/main/1/execute", "error")
    assert "max_inlined" in loss.remedy


def test_a_section_is_laid_in_place_once_however_long_it_is() -> None:
    source = sections([execute("s"), ROOM], s=[SPEECH] * 50)
    with limits.override(max_inlined=2):
        result = translate(source, "jambonz", "swml")
    assert result.text.count('"say"') == 50
    assert "execute/structure" not in {loss.code for loss in result.losses}


def test_sections_that_go_on_in_a_circle_are_laid_in_place_once() -> None:
    source = sections([execute("a"), ROOM], a=[SPEECH, execute("b")], b=[SPEECH, execute("a")])
    result = translate(source, "jambonz", "swml")
    assert result.text.count('"say"') == 2
    assert "execute/step" in {loss.code for loss in result.losses}


def test_a_branch_leads_to_a_conference_by_way_of_a_circle() -> None:
    branch = {"cond": [{"when": "x", "then": [execute("a")]}]}
    source = sections([branch], a=[execute("b")], b=[execute("a"), execute("c")], c=[ROOM])
    assert translate(source, "jambonz", "swml").text.count('"conference"') == 1


@pytest.mark.parametrize("count", [10**9, 10**30])
def test_a_loop_is_not_written_out(count: int) -> None:
    for document in (
        verbs({"verb": "play", "url": ["https://a.example/1", "https://a.example/2"], "loop": count}),
        verbs({"verb": "say", "text": ["a", "b"], "loop": count}),
    ):
        for target in ("twiml", "plivo", "swml", "swaig"):
            assert len(translate(document, target, "jambonz").text) < 20_000
    for body in (
        f"<Say loop='{count}'>a</Say>",
        f"<Play loop='{count}'>https://a.example</Play>",
        f"<Pause length='{count}'/>",
    ):
        for target in ("jambonz", "plivo", "swml", "swaig"):
            assert len(translate(response(body), target, "twiml").text) < 20_000


def test_a_repeated_list_is_written_out_up_to_the_limit() -> None:
    document = verbs({"verb": "play", "url": ["https://a.example/1", "https://a.example/2"], "loop": 15})
    assert translate(document, "twiml", "jambonz").text.count("<Play>") == 30
    with limits.override(max_inlined=8):
        result = translate(document, "twiml", "jambonz")
    assert result.text.count("<Play>") == 8
    assert any(loss.code.startswith("play-repeat/") for loss in result.losses)


def test_a_long_value_that_many_steps_repeat_is_refused() -> None:
    steps = [{"set": {"say_voice": "v" * 20_000}}, *[SPEECH] * 1000, ROOM]
    together = {"play": {"urls": ["say:a", "say:b"] * 500, "say_voice": "v" * 20_000}}
    config = {"verb": "config", "synthesizer": {"vendor": "x", "voice": "v" * 20_000}}
    documents = [
        ("swml", sections(steps)),
        ("swml", sections([together, ROOM])),
        ("jambonz", verbs(config, *[{"verb": "say", "text": "x"}] * 1000)),
    ]
    refused = 0
    for dialect, document in documents:
        for target in ("twiml", "plivo", "jambonz" if dialect == "swml" else "swml", "intent"):
            with limits.override(max_output=200_000):
                try:
                    assert len(translate(document, target, dialect).text) < 2_000_000
                except UnsafeDocument as error:
                    assert "would be written" in error.message
                    refused += 1
    assert refused >= 4


@pytest.mark.parametrize("depth", [90, 98, 99, 100, 101, 150, 1000, 5000])
def test_depth(depth: int) -> None:
    """What is not too deep is translated; nothing overflows the stack."""
    deep = [
        ("twiml", response("<Gather>" * depth + "<Say>x</Say>" + "</Gather>" * depth)),
        ("twiml", response("<Foo>" * depth + "</Foo>" * depth)),
        ("twiml", response("<Say>" + "<p>" * depth + "x" + "</p>" * depth + "</Say>")),
        ("jambonz", verbs({"verb": "foo", "x": json.loads("[" * 50 + "]" * 50)}).replace("[" * 50, "[" * depth).replace("]" * 50, "]" * depth)),
        ("swml", '{"sections": {"main": [' + '{"cond": [{"when": "x", "then": [' * depth + json.dumps(ROOM) + "]}]}" * depth + "]}}"),
        ("swml", "sections:\n  main:\n  - join_conference: {name: r}\n  - x: " + "[" * depth + "]" * depth),
        ("swaig", '{"action": [' + '{"SWML": {"sections": {"main": [' * depth + json.dumps(ROOM) + "]}}}" * depth + "]}"),
        ("intent", '{"dialect": "swml", "steps": [' + '{"kind": "foreign", "verb": "cond", "branches": [{"steps": [' * depth + "]}]}" * depth + "]}"),
    ]  # fmt: skip
    for dialect, document in deep:
        for target in ("jambonz", "twiml", "swml", "intent", dialect):
            try:
                for loss in translate(document, target, dialect).losses:
                    loss.as_dict()
                read(document, dialect)
            except TranslatorError:
                pass


# -- large, in a process with bounded memory ------------------------------------------------------------------------

LARGE = '''
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from translator import TranslatorError, translate
ROOM = "<Dial><Conference>room</Conference></Dial>"
def xml(body): return "<Response>" + body + ROOM + "</Response>"
def array(*items): return json.dumps([{"verb": "conference", "name": "room"}, *items])
LARGE = {
    "a million siblings": ("twiml", xml("<a/>" * 1_000_000)),
    "30,000 siblings": ("twiml", xml("<a/>" * 30_000)),
    "10,000 verbs": ("twiml", xml("<Say>x</Say>" * 10_000)),
    "10 MB of text": ("twiml", xml("<Say>" + "x y " * 2_500_000 + "</Say>")),
    "9 MB of text": ("twiml", xml("<Say>" + "x y " * 2_250_000 + "</Say>")),
    "10 MB in an attribute": ("twiml", xml("<Say voice='" + "x" * 10_000_000 + "'>x</Say>")),
    "10 MB of comment": ("twiml", xml("<!--" + "x" * 10_000_000 + "-->")),
    "500,000 attributes": ("twiml", xml("<a " + " ".join(f"a{i}=''" for i in range(500_000)) + "/>")),
    "100,000 namespaces": ("twiml", xml("<a " + " ".join(f"xmlns:a{i}='u{i}'" for i in range(100_000)) + "/>")),
    "17 MB": ("twiml", xml(" " * 17_000_000)),
    "10,000,000 brackets": ("jambonz", "[" * 10_000_000),
    "5,000,000 values": ("jambonz", array(*[1] * 5_000_000)),
    "10 MB of JSON text": ("jambonz", array({"verb": "say", "text": "x y " * 2_500_000})),
    "10 MB of JSON key": ("jambonz", array({"verb": "say", "x" * 10_000_000: 1})),
    "30,000 urls that are repeated": ("jambonz", array({"verb": "play", "url": ["https://a.example"] * 29_999 + ["b"], "loop": 10**9})),
    "10,000 SWML steps": ("swml", json.dumps({"sections": {"main": [{"play": {"url": "say:x"}}] * 10_000 + [{"join_conference": "room"}]}})),
    "10,000 prompts": ("swml", json.dumps({"sections": {"main": [{"prompt": {"play": ["say:a", "say:b"] * 5_000}}, {"join_conference": "room"}]}})),
    "30,000 YAML brackets": ("swml", "a: " + "[" * 30_000),
    "1,000,000 YAML brackets": ("swml", "[" * 1_000_000),
    "30,000 YAML braces": ("swml", "a: " + "{a: " * 30_000),
    "30,000 YAML dashes": ("swml", "- " * 30_000),
    "30,000 YAML questions": ("swml", "? " * 30_000),
    "2,000,000 YAML values": ("swml", "[" + "a," * 2_000_000 + "]"),
    "10 MB of YAML text": ("swml", "a: " + "b " * 5_000_000),
    "10 MB of YAML key": ("swml", "a" * 10_000_000 + ": 1"),
    "YAML aliases": ("swml", "a: &a [x,x,x,x,x,x,x,x,x]\\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\\n" for i in range(9))),
}
translate(xml(""), "jambonz", "twiml")
for name, (dialect, source) in LARGE.items():
    start = time.perf_counter()
    try:
        losses = translate(source.encode(), "jambonz" if dialect != "jambonz" else "twiml", dialect).losses
        for loss in losses[:100]:
            loss.as_dict()
        end = f"{len(losses)} losses"
    except TranslatorError as error:
        end = type(error).__name__
        assert len(str(error)) < 500, name
    seconds = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps([name, end, seconds, memory]), flush=True)
print("done")
'''  # fmt: skip


def test_large_documents_neither_hang_nor_fill_the_memory() -> None:
    """In a process of its own: a crash of the C parser, or too much memory, would end it."""
    found = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(LARGE)], capture_output=True, text=True, timeout=300, check=False
    )
    *lines, last = found.stdout.splitlines() or [""]
    assert (found.returncode, last) == (0, "done"), found.stderr[-2000:]
    ends = {name: end for name, end, _, _ in map(json.loads, lines)}
    for name, _, seconds, memory in map(json.loads, lines):
        assert seconds < 60, name
        assert memory < 1500, name
    refused = {name for name, end in ends.items() if end == "UnsafeDocument"}
    assert refused >= {
        *(
            "a million siblings",
            "500,000 attributes",
            "100,000 namespaces",
            "17 MB",
            "10,000,000 brackets",
            "5,000,000 values",
        ),
        *(
            "30,000 YAML brackets",
            "1,000,000 YAML brackets",
            "30,000 YAML braces",
            "YAML aliases",
            "2,000,000 YAML values",
        ),
    }
    done = {name for name, end in ends.items() if end.endswith("losses")}
    assert done >= {
        "30,000 siblings",
        "10,000 verbs",
        "9 MB of text",
        "10 MB of JSON text",
        "10,000 SWML steps",
        "10,000 prompts",
    }


# -- XML ------------------------------------------------------------------------------------------------------------

DOCTYPES = [
    "<!DOCTYPE Response>",
    '<!DOCTYPE Response SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE Response SYSTEM "http://127.0.0.1:9/x.dtd">',
    '<!DOCTYPE Response PUBLIC "-//x//y" "http://127.0.0.1:9/x.dtd">',
    '<!DOCTYPE Response [<!ENTITY x "y">]>',
    '<!DOCTYPE Response [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE Response [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]>',
    '<!DOCTYPE Response [<!ATTLIST Conference muted CDATA "true">]>',
    "<!DOCTYPE Response [<!ELEMENT Response ANY>]>",
    '<!DOCTYPE Response [<!ENTITY x0 "ha">'
    + "".join(f'<!ENTITY x{i + 1} "' + f"&x{i};" * 10 + '">' for i in range(12))
    + "]>",
    '<!DOCTYPE Response [<!ENTITY x "' + "y" * 100_000 + '">]>',
    '<!DOCTYPE Response [<!ENTITY x "&x;">]>',
]


@pytest.mark.parametrize("doctype", DOCTYPES, ids=range(len(DOCTYPES)))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_every_doctype_is_refused(doctype: str, encoding: str) -> None:
    plain = encoding.removesuffix("-sig")
    used = "&x12;" if "x0" in doctype else "&x;" * 1000
    for name in ("r", used) if "ENTITY" in doctype else ("r",):
        for declaration in ("", f'<?xml version="1.0" encoding="{plain}"?>'):
            source = f"{declaration}{doctype}{cxml(name=name)}"
            start = time.perf_counter()
            for document in (source, source.encode(encoding)):
                with pytest.raises((UnsafeDocument, UnreadableDocument)) as caught:
                    translate(document, "jambonz", "cxml")
                assert "root:" not in str(caught.value)
            assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "encoding", ["utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp037", "shift_jis", "gb2312", "iso-2022-jp"]
)
def test_no_encoding_leads_around_the_limits(encoding: str) -> None:
    """Depth and numbers are bounded also where `<` is no `<` in the bytes."""
    for body in ("<a>" * 150 + "</a>" * 150, "<a " + " ".join(f"a{i}=''" for i in range(1500)) + "/>"):
        source = f'<?xml version="1.0" encoding="{encoding}"?>{response(body)}'.encode(encoding)
        if encoding == "utf-7":
            head, mark, tail = source.partition(b"?>")
            source = head + mark + tail.replace(b"<a", b"+ADw-a").replace(b"=", b"+AD0-")
        with pytest.raises((UnsafeDocument, UnreadableDocument)):
            translate(source, "jambonz", "cxml")


CAFE = "caf\u00e9"
LYING = [
    ("utf-16", "utf-8"),
    ("utf-8", "utf-16"),
    ("latin-1", "utf-8"),
    ("utf-8", "us-ascii"),
    ("utf-32", "utf-8"),
    ("utf-8", "klingon"),
    ("utf-8", ""),
    ("utf-8", "undefined"),
    ("utf-8", "idna"),
    ("utf-8", "base64"),
    ("utf-8", "unicode_escape"),
    ("cp1252", "utf-8"),
]


@pytest.mark.parametrize(("real", "declared"), LYING)
def test_an_encoding_that_lies_is_an_error_or_harmless(real: str, declared: str) -> None:
    source = f'<?xml version="1.0" encoding="{declared}"?>{cxml(name=CAFE)}'.encode(real)
    try:
        assert "caf" in translate(source, "jambonz", "cxml").text
    except UnreadableDocument as error:
        assert error.line == 1


@pytest.mark.parametrize("mark", [b"\x00", b"\x00" * 100, b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"])
def test_bytes_that_are_no_text(mark: bytes) -> None:
    for dialect, document in (("cxml", cxml(name="a!b")), ("jambonz", jambonz("a!b")), ("swml", "a: a!b")):
        with pytest.raises(UnreadableDocument) as caught:
            translate(document.encode().replace(b"!", mark), "plivo", dialect)
        assert caught.value.line == 1


# -- JSON -----------------------------------------------------------------------------------------------------------

WRONG_JSON = [
    ('[{"verb": "conference", "name": "a",\n "name": "b"}]', 2, 2, "twice"),
    ('[{"verb": "conference", "name": "a",\n "x": {"y": 1, "y": 1}}]', 2, 16, "twice"),
    ('[{"verb": "a", "\\u0061": 1,\n "a": 2}]', 2, 2, "twice"),
    ('[{"verb": "a", "x":\n NaN}]', 2, 2, "NaN"),
    ('[{"verb": "a", "x":\n Infinity}]', 2, 2, "Infinity"),
    ('[{"verb": "a", "x":\n -Infinity}]', 2, 2, "-Infinity"),
    ('[{"verb": "NaN", "x":\n NaN}]', 2, 2, "NaN"),
    ('[{"verb": "a", "x":\n ' + "9" * 101 + "}]", 2, 2, "100 digits"),
    ('[{"verb": "a", "x":\n ' + "9" * 1_000_000 + "}]", 2, 2, "100 digits"),
    ('[{"verb": "' + "9" * 200 + '", "x":\n ' + "9" * 101 + "}]", 2, 2, "100 digits"),
    ('[{"verb": "a", "x":\n 1e400}]', 2, 2, "out of range"),
    ('[{"verb": "a", "x":\n 1e400?}]', 2, 2, "out of range"),
    ('[{"verb": "a",\n "x": "\\ud800"}]', 2, 7, "surrogate"),
    ('[{"verb": "a",\n "x": "\\udc00\\ud800"}]', 2, 7, "surrogate"),
    ("[" * 100 + "\n[", 2, 1, "deeper"),
]


@pytest.mark.parametrize(("source", "line", "column", "words"), WRONG_JSON, ids=range(len(WRONG_JSON)))
def test_json_that_json_does_not_have(source: str, line: int, column: int, words: str) -> None:
    start = time.perf_counter()
    with pytest.raises((UnreadableDocument, UnsafeDocument), match=words) as caught:
        translate(source, "plivo", "jambonz")
    assert (caught.value.line, caught.value.column) == (line, column)
    assert time.perf_counter() - start < 5


def test_integers_up_to_the_limit_are_kept() -> None:
    number = int("9" * 100)
    assert str(number) in translate(jambonz(maxParticipants=number), "jambonz", "jambonz").text
    translate(jambonz(maxParticipants=number), "plivo", "jambonz")


# -- YAML -----------------------------------------------------------------------------------------------------------

CHANGED_BY_1_1 = [
    *(
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "Yes",
        "NO",
        "On",
        "OFF",
        "0123",
        "0o17",
        "0x10",
        "0b11",
        "1_000",
        "12:30",
        "1:30:00",
    ),
    *(
        "+15551234567",
        "2026-01-01",
        "2026-01-01T12:00:00Z",
        "=",
        ".inf",
        "-.inf",
        ".nan",
        "+.inf",
        "+1",
        "1.",
        ".5",
        "1e",
        "1_0.5",
    ),
    *("190:20:30.15", "0.", "-0x1", "0b1_0", "12e03", "1e3", "1.10", "1.0"),
]


@pytest.mark.parametrize("text", CHANGED_BY_1_1)
def test_yaml_means_what_it_says(text: str) -> None:
    """What YAML 1.1 takes for a boolean, a number in base 8, 16 or 60, a date or a merge stays the text that it is."""
    source = f"sections:\n  main:\n  - join_conference: {{name: {text}}}\n"
    result = translate(source, "jambonz", "swml")
    assert json.loads(result.text)[0]["name"] == text
    written = translate(jambonz(text), "swml", "jambonz", syntax="yaml").text
    assert yaml.safe_load(written)["sections"]["main"][0]["join_conference"]["name"] == text
    same = translate(written, "swml", "swml").text
    assert yaml.safe_load(same)["sections"]["main"][0]["join_conference"]["name"] == text


@pytest.mark.parametrize(
    "text", ["yes", "0123", "0x10", "12:30", "=", "<<", "2026-01-01", "null", "~", "true", "1", "1.5", "1e3"]
)
def test_yaml_keys_are_text(text: str) -> None:
    source = f"sections:\n  main:\n  - join_conference: {{name: r, {text}: x}}\n"
    result = translate(source, "jambonz", "swml")
    assert f"{text.lower()}/unknown" in {loss.code for loss in result.losses}


WRONG_YAML = [
    ("a: &a [1]\nb: *a\n", 1, 4, "anchor"),
    ("b: *a\n", 1, 4, "alias"),
    ("&a a: *a\n", 1, 1, "anchor"),
    ("a: &a [*a]\n", 1, 4, "anchor"),
    ("a: &a {b: *a}\n", 1, 4, "anchor"),
    ("a: {b: 1}\nc:\n  <<: *a\n", 3, 7, "alias"),
    ("a: !!python/object/apply:os.system [id]\n", 1, 4, "tag"),
    ("a: !!binary aGk=\n", 1, 4, "tag"),
    ("a: !!str 1\n", 1, 4, "tag"),
    ("!x\na: 1\n", 1, 1, "tag"),
    ("a: 1\nb: 2\na: 3\n", 3, 1, "twice"),
    ("a: 1\n'a': 3\n", 2, 1, "twice"),
    ("a: 1\n---\nb: 2\n", 2, 1, "second"),
    ("--- a\n--- b\n", 2, 1, "second"),
    ("a:\n\tb: 1\n", 2, 1, ""),
    ("? [a]\n: 1\n", 1, 3, "not text"),
    ("? {a: b}\n: 1\n", 1, 3, "not text"),
    ("[" * 101, 1, 101, "deeper"),
    ("%YAML 9.9\n---\na: 1\n", 1, 1, ""),
]


@pytest.mark.parametrize(("source", "line", "column", "words"), WRONG_YAML, ids=range(len(WRONG_YAML)))
def test_yaml_that_is_refused(source: str, line: int, column: int, words: str) -> None:
    with pytest.raises((UnreadableDocument, UnsafeDocument)) as caught:
        translate(source, "plivo", "swml")
    assert words in str(caught.value)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_comment_cannot_be_forged_by_a_text() -> None:
    """Comments are written by way of a stand-in: a text that looks like one, at any length, stays a text."""
    texts = ["comment-0", "comment-x0", *[f"comment-{'x' * i}" for i in range(300)]]
    lines = "".join(f"  - ai: {{a: {text}}}\n" for text in texts)
    source = f"sections:\n  main:\n  # real\n{lines}  - join_conference: {{name: r}}\n"
    written = translate(source, "swml", "swml", syntax="yaml").text
    steps = yaml.safe_load(written)["sections"]["main"]
    assert [step["ai"]["a"] for step in steps[:-1]] == texts
    assert "# real" in written


# -- limits ---------------------------------------------------------------------------------------------------------


def test_every_limit_can_be_set_and_is_documented() -> None:
    words = (Path(__file__).parent.parent / "SECURITY.md").read_text(encoding="utf-8")
    for name, default in limits.Limits()._asdict().items():
        assert f"`{name}`" in words
        assert f"{default:,}" in words
        assert name in (limits.Limits.__doc__ or "")
        with limits.override(**{name: 3}):
            assert getattr(limits.current(), name) == 3
        assert limits.current() == limits.Limits()


@pytest.mark.parametrize(
    ("limit", "dialect", "source"),
    [
        ({"max_bytes": 20}, "cxml", cxml()),
        ({"max_depth": 2}, "cxml", cxml()),
        ({"max_depth": 2}, "jambonz", '[{"verb": "conference", "name": "a", "x": [[]]}]'),
        ({"max_depth": 2}, "swml", "a: [[1]]"),
        ({"max_nodes": 5}, "cxml", cxml()),
        ({"max_nodes": 3}, "jambonz", '[{"verb": "conference", "name": "a"}, 1, 2]'),
        ({"max_nodes": 3}, "swml", "a: [1, 2, 3]"),
        ({"max_attributes": 2}, "cxml", cxml("a='' b='' c=''")),
        ({"max_namespaces": 1}, "cxml", cxml("xmlns:a='a' xmlns:b='b'")),
        ({"max_output": 10}, "plivo", plivo() .replace("<Conference>", "<Speak>x</Speak>" * 11 + "<Conference>")),
    ],
)  # fmt: skip
def test_every_limit_is_kept(limit: dict[str, int], dialect: str, source: str) -> None:
    translate(source, "jambonz", dialect) if dialect == "plivo" else None
    with limits.override(**limit), pytest.raises(UnsafeDocument):
        translate(source, "swml", dialect)


def test_every_promise_names_a_test_that_exists() -> None:
    here = Path(__file__).parent
    named = set(re.findall(r"`(test_\w+)`", (here.parent / "SECURITY.md").read_text(encoding="utf-8")))
    there = {
        name
        for path in here.glob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert named <= there
