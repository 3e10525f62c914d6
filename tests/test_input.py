"""Damaged and hostile input: one plain error with a place and a likely cause, in bounded time, and never a traceback."""

from __future__ import annotations

import random
import time
from xml.parsers import expat

import pytest
from helpers import GOLDEN, PLATFORMS, corpus, reads_as
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from translator import (
    NoConference,
    TranslatorError,
    UnreadableDocument,
    UnsafeDocument,
    registry,
    translate,
)
from translator.syntax import limits, xml

X = "<Response><Dial><Conference>r</Conference></Dial></Response>"

DAMAGED = [
    # (document, dialect, line, part of the cause)
    (b"", "cxml", 1, "never filled"),
    (b"  \n ", "swml", 1, "never filled"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "cxml", 1, ""),
    (b"\x00\x01\x02\xff\xfe", "jambonz", 1, "not text"),
    (b"\xff\xfe\x00", "swml", 1, ""),
    ('[{"verb": "caf\xe9"}]'.encode("latin-1"), "jambonz", 1, "another encoding"),
    (
        f'<?xml version="1.0" encoding="UTF-8"?>{X}'.replace("r<", "\xe9<").encode("latin-1"),
        "cxml",
        1,
        "another encoding",
    ),
    (f'<?xml version="1.0" encoding="klingon"?>{X}'.encode(), "cxml", 1, ""),
    (b"<Response><Dial action='a?b=1&c=2'><Conference>r</Conference></Dial></Response>", "cxml", 1, "&amp;"),
    (b"<Response><Dial><Conference>a & b</Conference></Dial></Response>", "cxml", 1, "&amp;"),
    (b"<Response>\n<Dial><Conference beep=false>r</Conference></Dial></Response>", "cxml", 2, "without quotes"),
    (b"<Response><Dial><Conference>r</Dial></Response>", "cxml", 1, "not closed"),
    (b"<Response><Dial><Conference>r</Conference></Dial>", "cxml", 1, "cut off"),
    (X.encode() * 2, "cxml", 1, "two root"),
    (b" <?xml version='1.0'?>" + X.encode(), "cxml", 1, "before <?xml"),
    (b"<Response><Dial><Conference beep>r</Conference></Dial></Response>", "cxml", 1, "without a value"),
    (b"<Response><Dial><Conference beep='a' beep='b'>r</Conference></Dial></Response>", "cxml", 1, "twice"),
    (b"<Response><Dial><Conference muted='<%= x %>'>r</Conference></Dial></Response>", "cxml", 1, "template"),
    (b"<Response><Say><?= $x ?></Say></Response>", "cxml", 1, "template"),
    (b"<Response><Dial><Conference>&nbsp;r</Conference></Dial></Response>", "cxml", 1, ""),
    (b"not xml", "plivo", 1, "does not begin"),
    (b'[{"verb": "conference", "name": "r",}]', "jambonz", 1, "trailing comma"),
    (b'[{"verb": "conference"},]', "jambonz", 1, "trailing comma"),
    (b"[{'verb': 'conference'}]", "jambonz", 1, "single quotes"),
    (b'[\n {"verb": "conference" "name": "r"}]', "jambonz", 2, "missing comma"),
    ("[{“verb”: “conference”}]".encode(), "jambonz", 1, "typographic quotes"),
    (b'[{"verb": "conference"} // x\n]', "jambonz", 1, "comment"),
    (b"[{verb: 1}]", "jambonz", 1, "without double quotes"),
    (b'[{"verb": "conf', "jambonz", 1, "closing quote"),
    (b'[{"verb": "conference"}', "jambonz", 1, "cut off"),
    (b'[{"verb": "a\nb"}]', "jambonz", 1, "line break"),
    (b'[{"verb": "conference"}]]', "jambonz", 1, "closed too early"),
    (b'[{"verb": "a", "name": 1, "name": 2}]', "jambonz", 1, ""),
    (b'[{"verb": "a", "x": NaN}]', "jambonz", 1, ""),
    (b'[{"verb": "a", "x": -Infinity}]', "jambonz", 1, ""),
    (b'[{"verb": "a", "x": ' + b"9" * 5000 + b"}]", "jambonz", 1, ""),
    (b'[{"verb": "\\ud800"}]', "jambonz", 1, "half of a character"),
    (b"sections:\n\tmain: []\n", "swml", 2, "tab"),
    (b"sections:\n  main:\n    - a: %{x}\n", "swml", 3, "quoted"),
    (b"a: b: c\n", "swml", 1, "colon"),
    (b"a: 'x\n", "swml", 2, "closing quote"),
    (b"a: 1\na: 2\n", "swml", 2, ""),
    (b"a: 1\n---\nb: 2\n", "swml", 2, "---"),
    (b"{x}: 1\n", "swml", 1, ""),
    (b"a: \x07\n", "swml", 1, ""),
]


@pytest.mark.parametrize(("source", "dialect", "line", "cause"), DAMAGED)
def test_damage_is_named_with_its_place_and_cause(source: bytes, dialect: str, line: int, cause: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        translate(source, "plivo" if dialect != "plivo" else "cxml", dialect)
    error = caught.value
    assert error.line == line, error
    assert error.column is not None
    assert cause in error.cause, error
    assert "Traceback" not in str(error)
    assert len(str(error)) < 400


UNSAFE = [
    ('<!DOCTYPE x [<!ENTITY a "b">]>' + X.replace("r<", "&a;<"), "cxml"),
    ("<!DOCTYPE Response>" + X, "cxml"),
    ('<!DOCTYPE r SYSTEM "file:///etc/passwd">' + X, "cxml"),
    ('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + X.replace("r<", "&x;<"), "cxml"),
    ('<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY a{n} "' + (f"&a{n - 1};" if n else "&a;") * 10 + '">' for n in range(9)
    ) + "]>" + X.replace("r<", "&a8;<"), "cxml"),
    ("<a>" * 3000 + "</a>" * 3000, "cxml"),
    ("[" * 100_000, "jambonz"),
    ("[" * 100_000 + "]" * 100_000, "jambonz"),
    ('{"a":' * 5000 + "1" + "}" * 5000, "swml"),
    ("a: " + "[" * 30_000, "swml"),
    ("a: " + "{a: " * 30_000, "swml"),
    ("a: &x [1]\nb: *x\n", "swml"),
    ("a: &a [&b [*a]]\n", "swml"),
    ("a: !!python/object/apply:os.system ['true']\n", "swml"),
    ("a: !x y\n", "swml"),
    ("- &a [x]\n" + "- *a\n" * 3, "swml"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "dialect"), UNSAFE, ids=range(len(UNSAFE)))
def test_hostile_documents_are_refused_quickly(source: str, dialect: str) -> None:
    start = time.perf_counter()
    for document in (source, source.encode()):
        with pytest.raises((UnsafeDocument, UnreadableDocument)) as caught:
            translate(document, "plivo", dialect)
        assert "root:" not in str(caught.value)
    assert time.perf_counter() - start < 5


def test_the_size_is_bounded_and_can_be_set() -> None:
    with limits.override(max_bytes=100), pytest.raises(UnsafeDocument, match="limit is 100"):
        translate(X + " " * 100, "plivo", "cxml")
    with limits.override(max_depth=2), pytest.raises(UnsafeDocument, match="deeper than 2"):
        translate(X, "plivo", "cxml")
    with limits.override(max_nodes=5), pytest.raises(UnsafeDocument, match="More than 5"):
        translate(X, "plivo", "cxml")
    with limits.override(max_nodes=5), pytest.raises(UnsafeDocument, match="More than 5"):
        translate("a: [1, 2, 3, 4, 5, 6]", "plivo", "swml")


def test_a_long_document_takes_time_in_proportion() -> None:
    def seconds(number: int) -> float:
        source = "<Response>" + '<Conference muted="true">r</Conference>' * number + "</Response>"
        best = 9.0
        for _ in range(5):
            start = time.process_time()
            _ = translate(source, "jambonz", "plivo").losses
            best = min(best, time.process_time() - start)
        return best

    assert seconds(2000) < 40 * seconds(200)  # ten times the size, with room for a busy machine


ENCODINGS = [
    ("utf-8-sig", ""),
    ("utf-16", ""),
    ("utf-16", '<?xml version="1.0" encoding="UTF-16"?>'),
    ("latin-1", '<?xml version="1.0" encoding="ISO-8859-1"?>'),
    ("utf-8", "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>"),
]


@pytest.mark.parametrize(("encoding", "declaration"), ENCODINGS)
def test_declared_encodings_and_byte_order_marks(encoding: str, declaration: str) -> None:
    source = (
        declaration
        + "\n<Response><Dial action='https://é.example/'><Conference>\n Café &#38; &lt;x&gt; </Conference></Dial></Response>"
    )
    result = translate(source.encode(encoding), "swml", "cxml")
    assert '"name": "Café & <x>"' in result.text
    (loss,) = [loss for loss in result.losses if loss.code == "after-url/endpoint"]
    assert (loss.line, loss.column) == (2, 17)


def test_a_text_with_a_declaration_is_read_as_text() -> None:
    source = '<?xml version="1.0" encoding="ISO-8859-1"?>' + X.replace("r<", "é<")
    assert "é" in translate(source, "jambonz", "cxml").text


def test_json_in_utf_16_and_with_a_mark() -> None:
    source = '[{"verb": "conference", "name": "é"}]'
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert "é" in translate(source.encode(encoding), "plivo", "jambonz").text


def test_cdata_is_text() -> None:
    source = "<Response><Conference><![CDATA[a & b]]></Conference></Response>"
    assert '"name": "a & b"' in translate(source, "jambonz", "plivo").text


def test_a_namespace_is_named() -> None:
    source = '<Response xmlns:x="urn:x"><x:Conference>r</x:Conference></Response>'
    with pytest.raises(NoConference, match="namespace"):
        translate(source, "jambonz", "plivo")


@pytest.mark.parametrize(
    "name", ["x: y # z", "- a", "&a", "*a", "!t", "%x", "'", '"', "a\tb", "`", "{a}", "[a]", "| a", "@a", ""]
)
def test_a_name_cannot_break_out_of_yaml(name: str) -> None:
    import json

    source = json.dumps([{"verb": "conference", "name": name}])
    text = translate(source, "swml", "jambonz", syntax="yaml").text
    import yaml

    assert yaml.safe_load(text)["sections"]["main"][0]["join_conference"]["name"] == name


def test_control_characters_that_xml_cannot_hold_are_a_loss() -> None:
    source = (
        '[{"verb": "conference", "name": "a\\u0001b", "actionHook": "https://a.example/\\u0002", "memberTag": "x"}]'
    )
    for target in ("cxml", "plivo"):
        result = translate(source, target, "jambonz")
        assert {"name/changed", "after-url/changed"} <= {loss.code for loss in result.losses}
        translate(result.text, "swml", target)


@pytest.mark.parametrize("value", [None, 5, ["x"], object()])
def test_only_text_and_bytes_are_documents(value: object) -> None:
    with pytest.raises(TranslatorError, match="str or bytes"):
        translate(value, "swml")  # type: ignore[arg-type]


def test_a_lone_surrogate_in_a_text_is_refused() -> None:
    for dialect, source in (("cxml", X.replace("r<", "\ud800<")), ("jambonz", '[{"verb": "\ud800"}]')):
        with pytest.raises(UnreadableDocument, match="surrogate"):
            translate(source, "plivo", dialect)


def test_any_bytes_give_a_result_or_a_translator_error() -> None:
    """Totality: documents of the corpus and the golden cases, mutated; the seed makes it the same run every time."""
    chance = random.Random(20261120)
    sources = [(p.read_bytes(), reads_as(p)) for p in corpus(*PLATFORMS)]
    sources += [(p.read_bytes(), p.name.split(".")[1]) for p in sorted(GOLDEN.glob("*/source.*"))]
    names = registry.names()
    pieces = (
        b"<",
        b">",
        b"&",
        b'"',
        b"'",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\x00",
        b"\xff",
        b"-",
        b"true",
        b"1",
        b"\n",
        b"  ",
    )
    outcomes = {"result": 0, "error": 0}
    for _ in range(4000):
        data, dialect = chance.choice(sources)
        mutated = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(mutated) + 1)
            action = chance.random()
            if action < 0.4:
                mutated[at:at] = chance.choice(pieces)
            elif action < 0.8:
                del mutated[at : at + chance.randint(1, 8)]
            else:
                other = chance.randrange(len(mutated) + 1)
                mutated[at:at] = mutated[other : other + chance.randint(1, 20)]
        try:
            result = translate(bytes(mutated), chance.choice(names), chance.choice([dialect, dialect, None]))
            [loss.as_dict() for loss in result.losses]
            outcomes["result"] += 1
        except TranslatorError as error:
            assert str(error)
            outcomes["error"] += 1
    assert min(outcomes.values()) > 500


def test_numbers_out_of_range_are_refused_with_their_place() -> None:
    with pytest.raises(UnreadableDocument, match="1e400 is out of range") as caught:
        translate('[{"verb":"conference","name":"a",\n"maxParticipants":1e400}]', "jambonz", "jambonz")
    assert (caught.value.line, caught.value.column) == (2, 19)
    source = "sections:\n  main:\n  - join_conference: {name: q, foo: 1e999}\n"
    assert "1e999" in translate(source, "swml", "swml").text


def test_names_with_a_prefix_are_told_as_written_where_they_stand() -> None:
    source = (
        '<Response xmlns:x="urn:x">\n <Dial>\n  <Conference\n   x:beep="true" xml:lang="en">r</Conference>\n </Dial>\n'
        " <?php x ?>\n <x:Say>\n</x:Say></Response>\n"
    )
    found = {loss.code: loss for loss in translate(source, "jambonz", "cxml").losses if loss.severity != "notice"}
    assert {code: (loss.line, loss.column, loss.source) for code, loss in found.items()} == {
        "beep/unknown": (4, 4, 'x:beep="true"'),
        "lang/unknown": (4, 18, 'xml:lang="en"'),
        "instruction/structure": (6, 2, ""),
        "x:say/step": (7, 2, ""),
    }


def test_instructions_behind_a_child_are_kept_and_those_that_move_are_told() -> None:
    behind = "<Response><Dial><Conference>a<b/><?php secret() ?></Conference></Dial></Response>"
    assert "<b/><?php secret() ?></Conference>" in translate(behind, "cxml", "cxml").text
    assert "instruction/structure" in {loss.code for loss in translate(behind, "jambonz", "cxml").losses}
    around = "<Response><Dial><?php if(x): ?><Conference>r</Conference><?php endif ?></Dial></Response>"
    assert [loss.code for loss in translate(around, "cxml", "cxml").losses] == ["instruction/structure"] * 2


MARKUP = [
    "text > more ",
    "\n",
    "é\u3042\U0001f600",
    "<Dial/>",
    "<Dial>",
    "</>",
    "<x:Dial a='1'\n b = \"2\" x:c='&lt;'/>",
    """<Play a="'>" b='">' >""",
    "<!-- <Dial a='1'> -->",
    "<!---->",
    "<![CDATA[<Dial a='1'></x>]]>",
    "<?php echo '<Dial>' ?>",
    "<?xml-like?>",
]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(["", "<?xml version='1.0'?>", "<?xml-like?>\n", "<!--é-->"]), st.lists(st.sampled_from(MARKUP)))
def test_places_of_xml_are_those_that_a_parser_tells(before: str, pieces: list[str]) -> None:
    opened = ["R"]
    text = f"{before}<R xmlns:x='urn:x'>"
    for piece in pieces:
        if piece == "</>":
            text += f"</{opened.pop()}>" if len(opened) > 1 else ""
            continue
        text += piece
        if piece.startswith(("<Dial", "<Play")) and not piece.endswith("/>"):
            opened.append(piece[1:5])
    text += "".join(f"</{name}>" for name in reversed(opened)) + "<!-- behind -->"
    encoded = text.encode()
    told: list[tuple[int, int]] = []
    parser = expat.ParserCreate("utf-8")

    def here(*_: object) -> None:
        before = encoded[: parser.CurrentByteIndex].decode()
        told.append((before.count("\n") + 1, len(before) - before.rfind("\n")))

    parser.StartElementHandler = parser.CommentHandler = parser.ProcessingInstructionHandler = here
    parser.Parse(encoded, True)
    places = xml.places(text)
    assert [places.get(path) for path in places.nodes] == told
    root = xml.parse(text).root
    named = {root.getroottree().getpath(node): node for node in root.iter(etree.Element)}
    assert {path for path in places.nodes if not path.endswith("()", 0, path.rfind("["))} == named.keys()
    lines = text.split("\n")
    for path, node in named.items():
        for name in ("x:c" if "}" in wire else wire for wire in node.attrib):
            line, column = places.get(f"{path}/@{name}") or (0, 0)
            assert lines[line - 1].startswith(name, column - 1)


def test_places_in_what_is_no_xml_are_looked_for_once() -> None:
    """As where the bytes were read in another encoding than by the parser."""
    for text in ("<!--", "<![CDATA[", "<?x", "<a '", '<a "', "</", "<", "<a", "<a b='"):
        start = time.monotonic()
        xml.places(text * 100_000)
        assert time.monotonic() - start < 5
