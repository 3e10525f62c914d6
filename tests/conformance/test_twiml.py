"""TwiML: the official SDKs know every attribute that we write, and what they emit is read with nothing unknown."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest
from conftest import Written, node
from lxml import etree
from test_cxml import BOTH_WAYS, DIAL, GATHER, LEG, PARAMETER, RECORDED, STEPS, XML_LANG, calls, compiles
from twilio.twiml.voice_response import Connect, Dial, Start, VoiceResponse

from translator import dialects, translate

SAID = {
    "say": "message", "play": "url", "redirect": "url", "sms": "message", "dial": "number", "number": "phone_number",
    "sip": "sip_url", "client": "identity", "queue": "name", "conference": "name",
}  # fmt: skip
"""Method -> the parameter that is the text of the element; in SSML it is `words`."""
WIRES = {"from_": "from", "interpret_as": "interpret-as", "xml_lang": XML_LANG}
METHODS = {"break": "break_", "say-as": "say_as"}


def camel(name: str) -> str:
    if name in WIRES:
        return WIRES[name]
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


NAMES = {camel(p) for p in inspect.signature(Dial.conference).parameters} - {"self", "name", "kwargs"}


def attributes(builder: Any, method: str) -> set[str]:
    """The wire names of the attributes that a method of the builder knows."""
    names = set(inspect.signature(getattr(builder, method)).parameters)
    return {camel(name) for name in names - {"self", "kwargs", SAID.get(method, "words")}}


def assert_known_to_the_sdk(element: Any, builder: Any, origin: str) -> None:
    """The builder has a method for every child, with every attribute, and gives a builder for what stands in it."""
    for child in element.iterchildren(etree.Element):
        method = METHODS.get(child.tag, child.tag.lower())
        assert set(child.attrib) <= attributes(builder, method), (origin, child.tag)
        call = getattr(builder, method)
        text = SAID.get(method, "words")
        inner = call(**{text: "x"} if text in inspect.signature(call).parameters else {})
        assert_known_to_the_sdk(child, inner, origin)


def test_the_python_sdk_knows_every_element_and_attribute_that_we_write(written: dict[str, list[Written]]) -> None:
    for origin, text in written["twiml"]:
        root = etree.fromstring(text.encode())
        assert root.tag == "Response", origin
        assert_known_to_the_sdk(root, VoiceResponse(), origin)


def test_our_table_knows_every_attribute_of_the_python_sdk() -> None:
    rows = {row.wire for row in dialects()["twiml"].verbs["conference"].attributes if not row.element}
    assert rows - {""} == NAMES


@pytest.mark.parametrize(
    ("builder", "method", "wire"),
    [
        *((VoiceResponse, name.lower(), name) for name in (
            "Say", "Play", "Pause", "Gather", "Dial", "Record", "Redirect", "Reject", "Hangup", "Sms",
        )),
        *((Dial, name.lower(), name) for name in ("Number", "Sip", "Client", "Queue")),
        (Start, "stream", "Start/Stream"),
        (Connect, "stream", "Connect/Stream"),
        (Start, "recording", "Start/Recording"),
    ],
)  # fmt: skip
def test_our_tables_know_every_attribute_of_the_python_sdk(builder: Any, method: str, wire: str) -> None:
    rows = {
        row.wire
        for verb in dialects()["twiml"].verbs.values()
        if verb.wire == wire
        for row in verb.attributes
        if not row.element  # Connect's own stand on another builder
    }
    assert {row for row in rows if row and not row.startswith("<")} == attributes(builder, method)


def test_the_types_accept_what_we_write(written: dict[str, list[Written]]) -> None:
    """Every verb and noun where it stands, with every attribute."""
    lines = calls("twilio", written["twiml"])
    assert len(lines) > 500
    assert compiles("\n".join(lines)) == ""


def test_what_the_python_sdk_emits_is_read_with_nothing_unknown() -> None:
    arguments: dict[str, Any] = {
        "muted": True, "beep": "onEnter", "start_conference_on_enter": False, "end_conference_on_exit": True,
        "participant_label": "x", "jitter_buffer_size": "small", "wait_url": "", "wait_method": "GET",
        "max_participants": 5, "record": "record-from-start", "region": "ie1", "trim": "do-not-trim", "coach": "CA1",
        "status_callback": "https://a.example/s", "status_callback_method": "GET", "status_callback_event": "start end",
        "recording_status_callback": "https://a.example/r", "recording_status_callback_method": "GET",
        "recording_status_callback_event": "completed absent", "event_callback_url": "https://a.example/e",
        "recording_configuration_id": "RC1",
    }  # fmt: skip
    response = VoiceResponse()
    response.dial(action="https://a.example/a", method="GET", hangup_on_star=True, time_limit=60).conference(
        "r", **arguments
    )
    document = str(response)
    for target in ("swml", "cxml", "jambonz", "plivo"):
        found = {
            loss.code for loss in translate(document, target, "twiml").losses if loss.kind in ("unknown", "invalid")
        }
        assert found == {"end-url/invalid"}  # eventCallbackUrl is ignored beside recordingStatusCallback
    assert translate(document, "twiml", "twiml").lossless


MACHINE = {
    "machineDetection": "Enable", "machineDetectionTimeout": 9, "machineDetectionSpeechThreshold": 2400,
    "machineDetectionSpeechEndThreshold": 1200, "machineDetectionSilenceTimeout": 5000,
    "amdStatusCallback": "https://a.example/m", "amdStatusCallbackMethod": "GET",
}  # fmt: skip
CONFIGURED = {"recordingConfigurationId": "RC1"}
NEWER: list[list[Any]] = [
    [["gather", {**GATHER, "speechModel": "deepgram_nova-2"}]],
    [
        [
            "dial",
            {**DIAL, **CONFIGURED, "events": ["call-progress-event"], "passports": "x"},
            [
                ["number", {**LEG, **MACHINE, "byoc": "BY1"}, "+15550100002"],
                ["sip", {**LEG, **MACHINE}, "sip:a@example.com"],
            ],
        ]
    ],
    [["dial", {}, [["client", LEG, "alice"]]]],
    [["record", {**RECORDED, **CONFIGURED}]],
    [
        [
            "start",
            {},
            [["recording", {**RECORDED, **CONFIGURED, "track": "inbound", "channels": "dual", "trim": "trim-silence"}]],
        ]
    ],
    [["connect", {}, [["stream", {**BOTH_WAYS, "audioFormat": "x", "sampleRate": 8000}, [PARAMETER]]]]],
]  # fmt: skip


def test_what_the_node_sdk_emits_for_the_other_verbs_is_read_with_nothing_unknown() -> None:
    """Every verb with all its attributes, a conference behind it."""
    room: list[Any] = ["dial", {}, [["conference", {}, "room"]]]
    for document in node("builder.js", {"package": "twilio", "documents": [[*steps, room] for steps in STEPS + NEWER]}):
        assert_known(document)


def test_what_the_python_sdk_emits_for_the_other_verbs_is_read_with_nothing_unknown() -> None:
    """The same calls, with the names of Python."""
    for steps in STEPS + NEWER:
        response = VoiceResponse()
        emit(response, [*steps, ["dial", {}, [["conference", {}, "room"]]]])
        assert_known(str(response))


def emit(builder: Any, made: list[Any]) -> None:
    for method, attributes, *more in made:
        inner = more.pop() if more and isinstance(more[-1], list) else []
        call = getattr(builder, {"sayAs": "say_as"}.get(method, method))
        given = {}
        for wire, value in attributes.items():
            name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", wire).lower()
            name = {"from": "from_", "interpret-as": "interpret_as", "xml:lang": "xml_lang"}.get(name, name)
            given[name] = " ".join(value) if isinstance(value, list) else value
        emit(call(*more, **given), inner)


def assert_known(document: str) -> None:
    for target in ("swml", "cxml", "jambonz", "plivo"):
        losses = translate(document, target, "twiml").losses
        wrong = {loss.code for loss in losses if loss.kind in ("unknown", "invalid")}
        assert not wrong, (wrong, document)
    assert translate(document, "twiml", "twiml").lossless
