"""Plivo: the official SDKs accept what we write, by name and type and nesting, and what they emit is read in full."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest
from conftest import Written, node
from lxml import etree
from plivo import plivoxml
from plivo.exceptions import PlivoXMLError, ValidationError

from translator import dialects, translate

FLAGS = {
    "muted", "startConferenceOnEnter", "endConferenceOnExit", "stayAlone", "record", "hangupOnStar", "floorEvent",
    "redirect", "relayDTMF", "log", "playBeep", "profanityFilter", "recordSession", "startOnDialAnswer", "silence", "beep",
    "async", "bidirectional", "keepCallAlive", "sendOnPreanswer",
}  # fmt: skip
NUMBERS = {
    "maxMembers", "timeLimit", "timeout", "digitTimeout", "numDigits", "retries", "executionTimeout", "maxLength", "length",
    "minSilence", "loop", "schedule", "digitEndTimeout", "speechEndTimeout", "streamTimeout", "confirmTimeout",
}  # fmt: skip
PARAMETERS = {"async": "async_", "xml:lang": "xml_lang"}
ELEMENTS = {"say-as": "SayAs", "DTMF": "DTMF"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Faults of the SDKs. Python: both end timeouts are whole numbers only, where the docs have `auto` too. Node: it knows
# neither a report of a transcription nor sendDigitsMode, which the Python SDK has; and it alone knows a caller of a User.
PYTHON_ONLY = {"transcriptionReportType", "sendDigitsMode"}
NODE_ONLY = {("User", "callerId"), ("User", "callerName")}


def is_template(value: str) -> bool:
    return "{" in value or "$" in value or " + " in value or "<?" in value or value.startswith("<")


def typed(element: Any) -> dict[str, Any]:
    """The attributes as the setters of Python take them, without templates: those have no type to check."""
    found: dict[str, Any] = {}
    for name, value in element.attrib.items():
        wire = "xml:lang" if name == XML_LANG else name
        if is_template(value) or (wire.endswith("EndTimeout") and value == "auto") or (element.tag, wire) in NODE_ONLY:
            continue
        if wire in FLAGS:
            found[wire] = {"true": True, "false": False}[value]
        else:
            found[wire] = int(value) if wire in NUMBERS else value
    return found


def built(element: Any) -> Any:
    """An element with all that is in it, made by the Python SDK; every attribute goes through its setter."""
    tag = ELEMENTS.get(element.tag, element.tag[0].upper() + element.tag[1:])
    builder = getattr(plivoxml, f"{tag}Element")
    parameters = inspect.signature(builder).parameters
    result = builder(**({"content": element.text or "x"} if "content" in parameters else {}))
    for wire, value in typed(element).items():
        name = PARAMETERS.get(wire) or next((n for n in (snake(wire), wire) if n in parameters), None)
        assert name is not None, (element.tag, wire)
        setter = getattr(result, f"set_{name.removesuffix('_')}", None)
        if setter is None:  # a property alone
            setattr(result, name, value)
        else:
            setter(value)
    for child in element.iterchildren(etree.Element):
        result.add(built(child))
    return result


def snake(wire: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", wire.replace("-", "_").replace("BLeg", "B_leg")).lower()


def listed(element: Any) -> list[Any]:
    """What stands in an element, as the script for node takes it."""
    return [
        [
            child.tag,
            {"xml:lang" if name == XML_LANG else name: value for name, value in child.attrib.items()},
            child.text or "x",
            listed(child),
        ]
        for child in element.iterchildren(etree.Element)
    ]


def test_the_python_sdk_accepts_what_we_write(written: dict[str, list[Written]]) -> None:
    """Every element where it stands, every attribute by name and type; it comes out as we wrote it."""
    seen = set()
    for origin, text in written["plivo"]:
        root = etree.fromstring(text.encode())
        assert root.tag == "Response", origin
        try:
            again = etree.fromstring(built(root).to_string(False))
        except (PlivoXMLError, ValidationError) as error:
            raise AssertionError((origin, error, text)) from error
        ours, theirs = ([each.tag for each in tree.iter(etree.Element)] for tree in (root, again))
        assert ours == theirs, origin
        seen |= set(ours)
    assert seen >= {
        "Conference", "DTMF", "Dial", "GetDigits", "GetInput", "Hangup", "Message", "Number", "Play", "PreAnswer", "Record",
        "Redirect", "Speak", "Stream", "User", "Wait", "break",
    }  # fmt: skip


def test_the_python_sdk_refuses_what_it_should() -> None:
    for wrong in ("<Response><Number>1</Number></Response>", '<Response><Dial nonsense="1"/></Response>'):
        with pytest.raises((PlivoXMLError, AssertionError)):
            built(etree.fromstring(wrong))


def test_the_node_sdk_accepts_what_we_write(written: dict[str, list[Written]]) -> None:
    """Every element where it stands, every attribute by name."""
    documents = [(origin, etree.fromstring(text.encode())) for origin, text in written["plivo"]]
    results = node("plivo.js", [listed(root) for _, root in documents])
    for (origin, _), result in zip(documents, results, strict=True):
        known = any(f'"{name}"' in result["error"] for name in PYTHON_ONLY)
        assert result["error"] == "" or known or "<?php" in str(result), (origin, result)


def test_the_node_sdk_refuses_what_it_should() -> None:
    (result,) = node("plivo.js", [[["Conference", {"nonsense": "1"}, "r", []]]])
    assert "nonsense" in result["error"]
    (result,) = node("plivo.js", [[["Dial", {}, "", [["Speak", {}, "x", []]]]]])
    assert "cannot be nested" in result["error"]


def test_what_the_python_sdk_emits_is_read_with_nothing_unknown() -> None:
    element = plivoxml.ConferenceElement(
        "room", muted=True, enter_sound="beep:1", exit_sound="beep:2", start_conference_on_enter=True,
        end_conference_on_exit=False, stay_alone=True, wait_sound="https://a.example/w", max_members=10, record=True,
        record_file_format="wav", time_limit=60, hangup_on_star=True, action="https://a.example/a", method="GET",
        callback_url="https://a.example/c", callback_method="GET", digits_match="1,2", floor_event=True, redirect=False,
        relay_dtmf=False, send_digits="1", record_when_alone="true", transcription_type="auto",
        transcription_url="https://a.example/t", transcription_method="POST",
    )  # fmt: skip
    document = plivoxml.ResponseElement().add(element).to_string()
    wires = set(re.findall(r'(\w+)="', document))
    assert wires >= {row.wire for row in dialects()["plivo"].verbs["conference"].attributes if row.wire}
    for target in ("swml", "cxml", "jambonz"):
        assert not {loss.kind for loss in translate(document, target, "plivo").losses} & {"unknown", "invalid"}
    assert translate(document, "plivo", "plivo").lossless


def test_what_the_node_sdk_emits_is_read_with_nothing_unknown() -> None:
    known = {
        row.wire: row.codec.samples[0]
        for row in dialects()["plivo"].verbs["conference"].attributes
        if row.wire and row.wire != "sendDigits"
    }
    (result,) = node("plivo.js", [[["Conference", known, "room", []]]])
    assert result["error"] == ""
    assert not {x.kind for x in translate(result["xml"], "swml", "plivo").losses} & {"unknown", "invalid"}


SDK_ONLY = {
    "record-transcription-report/unknown", "start-recording-transcription-report/unknown",
    "target-send-digits-mode/unknown",
}  # fmt: skip
URL = {"action": "https://a.example/a", "method": "GET"}
CALLBACK = {"callback_url": "https://a.example/c", "callback_method": "GET"}
TRANSCRIBED = {
    "transcription_type": "hybrid", "transcription_url": "https://a.example/t", "transcription_method": "GET",
    "transcription_report_type": "redacted",
}  # fmt: skip
RECORDED: dict[str, Any] = {
    **URL, **CALLBACK, **TRANSCRIBED, "file_format": "wav", "redirect": False, "timeout": 9, "max_length": 30,
    "play_beep": False, "finish_on_key": "1", "record_channel_type": "mono",
}  # fmt: skip
WITHIN: list[Any] = [["Speak", {}, "x"], ["Play", {}, "https://a.example/a.mp3"]]
DIGITS: dict[str, Any] = {
    **URL, "timeout": 9, "digit_timeout": 3, "finish_on_key": "*", "num_digits": 4, "retries": 2, "redirect": True,
    "play_beep": True, "valid_digits": "123", "invalid_digits_sound": "https://a.example/i.mp3", "log": False,
}  # fmt: skip
INPUT: dict[str, Any] = {
    **URL, "input_type": "dtmf speech", "execution_timeout": 20, "digit_end_timeout": 5, "speech_end_timeout": 4,
    "finish_on_key": "#", "num_digits": 4, "speech_model": "phone_call", "hints": "a,b", "language": "de-DE",
    "interim_speech_results_callback": "https://a.example/p", "interim_speech_results_callback_method": "GET",
    "log": True, "redirect": True, "profanity_filter": "true",
}  # fmt: skip
DIAL: dict[str, Any] = {
    **URL, **CALLBACK, "hangup_on_star": True, "time_limit": 60, "timeout": 20, "caller_id": "15550100001",
    "caller_name": "x", "confirm_sound": "https://a.example/s", "confirm_key": "1", "confirm_timeout": 9,
    "dial_music": "real", "redirect": True, "digits_match": "1,2", "digits_match_b_leg": "3", "sip_headers": "a=1,b=2",
}  # fmt: skip
STREAM: dict[str, Any] = {
    "bidirectional": True, "audioTrack": "inbound", "streamTimeout": 60, "statusCallbackUrl": "https://a.example/s",
    "statusCallbackMethod": "GET", "contentType": "audio/x-l16;rate=16000", "extraHeaders": "a=1,b=2",
    "keepCallAlive": True,
}  # fmt: skip
LEG: dict[str, Any] = {"send_digits": "1w2", "send_on_preanswer": True}
NUMBER = {**LEG, "send_digits_mode": "x"}
EMITTED: list[list[Any]] = [
    [["Speak", {}, "x"], ["Speak", {"voice": "MAN", "language": "en-GB", "loop": 0}, "x"], ["Play", {"loop": 3}, "https://a.example/a.mp3"]],
    [["Speak", {"voice": "Polly.Joanna"}, "x", [["Break", {"time": "1s"}], ["Emphasis", {"level": "strong"}, "x"],
                                                ["SayAs", {"interpret_as": "digits"}, "1"]]]],
    [["Wait", {}], ["Wait", {"length": 9, "silence": True, "min_silence": 500}], ["Wait", {"length": 9, "beep": True}]],
    [["DTMF", {}, "1w2"], ["DTMF", {"async_": False}, "1w2"]],
    [["PreAnswer", {}, None, [*WITHIN, ["Wait", {"length": 2}]]], ["Hangup", {"schedule": 60}], ["Speak", {}, "x"]],
    [["Hangup", {"reason": "busy"}]],
    [["GetDigits", {"action": "https://a.example/a"}, None, WITHIN], ["GetDigits", DIGITS, None, WITHIN]],
    [["GetInput", INPUT, None, WITHIN]],
    [["Dial", {}, None, [["Number", {}, "15550100002"], ["User", {}, "sip:a@example.com"]]]],
    [["Dial", DIAL, None, [["Number", NUMBER, "15550100002"], ["User", {**LEG, "sip_headers": "a=1"}, "sip:a@example.com"]]]],
    [["Record", {}], ["Record", RECORDED]],
    [["Record", {**RECORDED, "record_session": True, "redirect": False}]],
    [["Record", {"start_on_dial_answer": True, "redirect": False}], ["Dial", {}, None, [["Number", {}, "15550100002"]]]],
    [["Message", {"src": "15550100001", "dst": "15550100002<15550100003", "type": "sms", **CALLBACK}, "x"]],
    [["Stream", {}, "wss://a.example/s"], ["Stream", STREAM, "wss://a.example/s"]],
    [["Redirect", {"method": "GET"}, "https://a.example/n"]],
]  # fmt: skip


def made(elements: list[Any], parent: Any) -> Any:
    """Elements made by the Python SDK, in another one."""
    for name, arguments, *more in elements:
        text, inner = [*more, None, None][:2]
        parent.add(
            made(inner or [], getattr(plivoxml, f"{name}Element")(**arguments, **({"content": text} if text else {})))
        )
    return parent


def wired(elements: list[Any]) -> list[Any]:
    """The same for the Node SDK, whose names are those of the wire; without what it does not know."""
    return [
        [
            tree.tag,
            {wire: value for wire, value in tree.attrib.items() if wire not in PYTHON_ONLY},
            tree.text or "",
            wired(list(tree)),
        ]
        for tree in (each if isinstance(each, etree._Element) else each._to_element() for each in elements)
    ]


@pytest.mark.parametrize("elements", EMITTED, ids=[each[-1][0] for each in EMITTED])
def test_what_the_sdks_emit_for_the_other_verbs_is_read_with_nothing_unknown(elements: list[Any]) -> None:
    """Every element with all its attributes, where it may stand, a conference behind it."""
    response = made([*elements, ["Conference", {}, "room"]], plivoxml.ResponseElement())
    assert_known(response.to_string())
    documents = wired(response.children)
    (result,) = node("plivo.js", [documents])
    assert result["error"] == ""
    assert_known(result["xml"])


def test_they_are_all_that_the_python_sdk_has() -> None:
    given: dict[str, set[str]] = {}

    def look(elements: list[Any]) -> None:
        for name, arguments, *more in elements:
            given.setdefault(name, {"content"}).update(arguments)
            look([*more, None, []][1] or [])

    for elements in EMITTED:
        look(elements)
    for name, arguments in given.items():
        parameters = set(inspect.signature(getattr(plivoxml, f"{name}Element")).parameters)
        if name not in ("Break", "Emphasis", "SayAs"):
            assert parameters <= arguments, name


def assert_known(document: str) -> None:
    for target in ("swml", "twiml", "cxml", "jambonz"):
        losses = translate(document, target, "plivo").losses
        wrong = {loss.code for loss in losses if loss.kind in ("unknown", "invalid")}
        assert wrong <= SDK_ONLY, (wrong, document)
    assert translate(document, "plivo", "plivo").lossless
