"""cXML: the official types accept what we write, nesting included, and what the builders emit is read."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
from conftest import ROOT, Written, node
from lxml import etree
from twilio.twiml.voice_response import VoiceResponse

from translator import dialects, translate

FLAGS = {
    "muted", "startConferenceOnEnter", "endConferenceOnExit", "hangupOnStar", "answerOnBridge", "sequential", "bargeIn",
    "actionOnEmptyResult", "debug", "enhanced", "playBeep", "profanityFilter", "transcribe",
}  # fmt: skip
NUMBERS = {
    "maxParticipants", "timeLimit", "timeout", "loop", "length", "maxLength", "maxSpeechTime", "numDigits",
    "machineDetectionTimeout", "machineDetectionSpeechThreshold", "machineDetectionSpeechEndThreshold",
    "machineDetectionSilenceTimeout",
}  # fmt: skip
LISTS = {"statusCallbackEvent", "recordingStatusCallbackEvent", "input"}
TEXTS = {"Say", "Play", "Redirect", "Sms", "Number", "Sip", "Client", "Queue", "Conference"}
METHODS = {"say-as": "sayAs"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Faults of the cXML types, which were generated from older ones of TwiML: SignalWire's docs have all of these.
DOCS_ONLY = {
    "callerName", "recordingStorageUrl", "recordingStorageUrlMethod", "storageUrl", "storageUrlMethod", "codec",
    "authBearerToken", "realtime", "codecs", "sessionTimeout",
}  # fmt: skip
DOCS_ONLY_VALUES = {
    ("Say", "language", "en"),  # that of man and woman
    ("Gather", "speechModel", "video"),
    ("say-as", "interpret-as", "characters"),  # the types lack the s
}
DOCS_ONLY_NOUNS = {"Verto": "Client"}  # has the attributes of Client, and sendDigits
DOCS_ONLY_VOICES = "gcloud."

# Known to the types, not to the docs.
TYPES_ONLY = {
    "region/unknown", "jitter-buffer/unknown", "label/unknown", "gather-barge-in/unknown", "dial-order/unknown",
    "gather-debug/unknown", "gather-max-speech-time/unknown", "dial-refer-url/unknown", "dial-refer-method/unknown",
    "target-byoc/unknown", "target-reservation-sid/unknown", "target-post-work-activity-sid/unknown",
    "start-stream-connector-name/unknown",
}  # fmt: skip


def typed(element: Any, docs_only: bool) -> dict[str, Any]:
    """The attributes of an element as the builders of TypeScript take them.

    Args:
        docs_only: leave out what only the docs of cXML know.
    """
    found: dict[str, Any] = {}
    for name, value in element.attrib.items():
        wire = "xml:lang" if name == XML_LANG else name
        if "{" in value or "$" in value or " + " in value or "<" in value:
            continue  # a template: no type to check
        if docs_only:
            if wire in DOCS_ONLY or (element.tag, wire, value) in DOCS_ONLY_VALUES:
                continue
            if (wire == "voice" and value.startswith(DOCS_ONLY_VOICES)) or (element.tag, wire) == (
                "Verto",
                "sendDigits",
            ):
                continue
        if wire in FLAGS:
            found[wire] = {"true": True, "false": False}[value]
        elif wire in NUMBERS:
            found[wire] = int(value)
        else:
            found[wire] = value.split() if wire in LISTS else value
    return found


def calls(package: str, written: list[Written], *, docs_only: bool = False) -> list[str]:
    """TypeScript: what we write, written with the package's builder: every element that differs, where it may stand."""
    lines = [f"import VoiceResponse = require('{package}/lib/twiml/VoiceResponse');", "const r = new VoiceResponse();"]
    seen: dict[str, str] = {}

    def call(parent: Any, builder: str) -> None:
        for element in parent.iterchildren(etree.Element):
            tag = DOCS_ONLY_NOUNS.get(element.tag, element.tag) if docs_only else element.tag
            ssml = tag[0].islower()
            method = METHODS.get(tag, tag[0].lower() + tag[1:])
            if tag == "break" and docs_only:
                method = "break_"  # the older builder's name
            text = ", 'x'" if tag in TEXTS or (ssml and tag != "break") else ""
            line = f"{builder}.{method}({json.dumps(typed(element, docs_only))}{text});"
            if line not in seen:
                seen[line] = f"c{len(seen)}"
                lines.append(f"const {seen[line]} = {line}")
            call(element, seen[line])

    for origin, text in written:
        root = etree.fromstring(text.encode())
        assert root.tag == "Response", origin
        call(root, "r")
    for tag in ("say", "play", "pause", "gather", "dial", "number", "sip", "queue", "record", "redirect", "reject",
                "hangup", "sms", "start", "connect", "stream", "parameter", "conference"):  # fmt: skip
        assert any(f".{tag}(" in line for line in lines), tag
    return lines


def test_nesting(written: dict[str, list[Written]]) -> None:
    for origin, text in written["cxml"]:
        root = etree.fromstring(text.encode())
        assert root.tag == "Response", origin
        assert root.find("Conference") is None, origin
        for dial in root.iter("Dial"):
            if dial.find("Conference") is not None:
                assert [noun.tag for noun in dial] == ["Conference"], origin
                assert not [child for child in dial[0] if isinstance(child.tag, str)], origin


def test_the_types_accept_what_we_write(written: dict[str, list[Written]]) -> None:
    """Every verb and noun where it stands, with every attribute."""
    lines = calls("@signalwire/compatibility-api", written["cxml"], docs_only=True)
    assert len(lines) > 500
    assert compiles("\n".join(lines)) == ""


def test_the_types_refuse_what_they_should() -> None:
    head = "import VoiceResponse = require('@signalwire/compatibility-api/lib/twiml/VoiceResponse');\n"
    assert "TS2322" in compiles(head + "const c: VoiceResponse.ConferenceAttributes = { beep: 'maybe' };")
    assert "TS2353" in compiles(head + "const c: VoiceResponse.ConferenceAttributes = { nonsense: 'true' };")
    head += "const r = new VoiceResponse();\n"
    assert "TS2339" in compiles(head + "r.gather({}).dial({});")
    assert "TS2769" in compiles(head + "r.say({ voice: 'nobody' }, 'x');") or "TS2322" in compiles(
        head + "r.say({ voice: 'nobody' }, 'x');"
    )


def compiles(source: str) -> str:
    """What the TypeScript compiler says of a source; "" where it accepts it. It must stand beside node_modules."""
    path = ROOT / "node_modules" / ".conformance.ts"
    path.write_text(source, encoding="utf-8")
    options = [
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--target",
        "es2020",
        "--module",
        "commonjs",
        "--esModuleInterop",
    ]
    try:
        tsc = str(ROOT / "node_modules" / ".bin" / "tsc")
        return subprocess.run([tsc, *options, str(path)], capture_output=True, text=True, check=False).stdout
    finally:
        path.unlink()


CONFERENCE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    (
        {
            "beep": "onEnter", "coach": "CA1", "endConferenceOnExit": True, "eventCallbackUrl": "https://a.example/e",
            "jitterBufferSize": "small", "maxParticipants": 5, "muted": False, "participantLabel": "x",
            "record": "record-from-start", "recordingStatusCallback": "https://a.example/r",
            "recordingStatusCallbackEvent": ["in-progress", "completed", "absent"],
            "recordingStatusCallbackMethod": "GET", "region": "us1", "startConferenceOnEnter": False,
            "statusCallback": "https://a.example/s",
            "statusCallbackEvent": ["start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"],
            "statusCallbackMethod": "GET", "trim": "do-not-trim", "waitMethod": "GET", "waitUrl": "https://a.example/w",
        },
        {
            "action": "https://a.example/a", "method": "GET", "hangupOnStar": True, "timeLimit": 60, "timeout": 30,
            "record": "record-from-answer", "recordingTrack": "both", "callerId": "+1", "answerOnBridge": True,
            "ringTone": "us", "recordingStatusCallback": "https://a.example/r", "recordingStatusCallbackEvent": ["completed"],
            "recordingStatusCallbackMethod": "GET", "trim": "trim-silence",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("conference", "dial"), CONFERENCE, ids=["none", "all"])
def test_what_the_node_builder_emits_is_read_with_nothing_unknown(conference: Any, dial: Any) -> None:
    (document,) = node(
        "builder.js", {"package": CXML, "documents": [[["dial", dial, [["conference", conference, "room"]]]]]}
    )
    assert_known(document)


LEG = {
    "url": "https://a.example/u", "method": "GET", "statusCallback": "https://a.example/s",
    "statusCallbackEvent": ["initiated", "ringing", "answered", "completed"], "statusCallbackMethod": "GET",
}  # fmt: skip
RECORDED = {
    "recordingStatusCallback": "https://a.example/r", "recordingStatusCallbackEvent": ["in-progress", "completed", "absent"],
    "recordingStatusCallbackMethod": "GET",
}  # fmt: skip
STREAM = {
    "url": "wss://a.example/s", "name": "n", "track": "outbound_track", "statusCallback": "https://a.example/s",
    "statusCallbackMethod": "GET", "connectorName": "x",
}  # fmt: skip
BOTH_WAYS = {**STREAM, "track": "inbound_track"}  # what goes out is not sent
PARAMETER = ["parameter", {"name": "a", "value": "1"}]
DIAL = {
    "action": "https://a.example/a", "method": "GET", "timeout": 20, "timeLimit": 60, "callerId": "+15550100001",
    "answerOnBridge": True, "hangupOnStar": True, "ringTone": "us-old", "record": "record-from-ringing-dual",
    "recordingTrack": "inbound", "trim": "trim-silence", "sequential": True, "referUrl": "https://a.example/f",
    "referMethod": "GET", **RECORDED,
}  # fmt: skip
GATHER = {
    "input": ["dtmf", "speech"], "action": "https://a.example/g", "method": "GET", "timeout": 3, "speechTimeout": "auto",
    "finishOnKey": "*", "numDigits": 4, "language": "de-DE", "hints": "a, b", "actionOnEmptyResult": True,
    "partialResultCallback": "https://a.example/p", "partialResultCallbackMethod": "GET", "profanityFilter": False,
    "enhanced": True, "speechModel": "phone_call", "bargeIn": False, "maxSpeechTime": 9, "debug": True,
}  # fmt: skip
STEPS: list[list[Any]] = [
    [
        ["say", {}, "x"],
        [
            "say",
            {"voice": "Polly.Joanna", "language": "en-US", "loop": 0},
            "x",
            [
                ["break_", {"time": "1s"}],
                ["emphasis", {"level": "strong"}, "x"],
                ["lang", {"xml:lang": "de-DE"}, "x"],
                ["p", {}, "x"],
                ["phoneme", {"alphabet": "ipa", "ph": "a"}, "x"],
                ["prosody", {"rate": "slow"}, "x"],
                ["s", {}, "x"],
                ["sayAs", {"interpret-as": "digits"}, "1"],
                ["sub", {"alias": "y"}, "x"],
                ["w", {"role": "a"}, "x"],
            ],
        ],
    ],
    [
        ["play", {"loop": 3}, "https://a.example/a.mp3"],
        ["play", {"digits": "1w2"}],
        ["pause", {}],
        ["pause", {"length": 3}],
    ],
    [
        ["gather", {}],
        ["gather", GATHER, [["say", {}, "x"], ["pause", {"length": 2}], ["play", {}, "https://a.example/a"]]],
    ],
    [
        ["dial", {}, "+15550100002"],
        ["dial", {}, [["number", {}, "+15550100002"]]],
        [
            "dial",
            DIAL,
            [
                ["number", {**LEG, "sendDigits": "1w2", "byoc": "BY1"}, "+15550100002"],
                ["sip", {**LEG, "username": "u", "password": "p"}, "sip:a@example.com"],
            ],
        ],
    ],
    [
        [
            "dial",
            {},
            [
                [
                    "queue",
                    {
                        "url": "https://a.example/u",
                        "method": "GET",
                        "reservationSid": "WR1",
                        "postWorkActivitySid": "WA1",
                    },
                    "q",
                ]
            ],
        ]
    ],
    [["record", {}]],
    [
        [
            "record",
            {
                "action": "https://a.example/a",
                "method": "GET",
                "timeout": 9,
                "finishOnKey": "1",
                "maxLength": 30,
                "playBeep": False,
                "trim": "do-not-trim",
                "transcribe": True,
                "transcribeCallback": "https://a.example/t",
                **RECORDED,
            },
        ]
    ],
    [["redirect", {}, "https://a.example/n"]],
    [["redirect", {"method": "GET"}, "https://a.example/n"]],
    [["reject", {}]],
    [["reject", {"reason": "busy"}]],
    [["say", {}, "x"], ["hangup", {}]],
    [
        [
            "sms",
            {
                "to": "+15550100001",
                "from": "+15550100002",
                "action": "https://a.example/a",
                "method": "GET",
                "statusCallback": "https://a.example/s",
            },
            "x",
        ]
    ],
    [
        ["sms", {}, "x"],
        ["start", {}, [["stream", STREAM, [PARAMETER]]]],
        ["connect", {}, [["stream", BOTH_WAYS, [PARAMETER]]]],
    ],
]
CXML = "@signalwire/compatibility-api"


def test_what_the_node_builder_emits_for_the_other_verbs_is_read_with_nothing_unknown() -> None:
    """Every verb with all its attributes, a conference behind it."""
    room: list[Any] = ["dial", {}, [["conference", {}, "room"]]]
    for document in node("builder.js", {"package": CXML, "documents": [[*steps, room] for steps in STEPS]}):
        assert_known(document)


def test_what_the_python_builder_emits_is_read_with_nothing_unknown() -> None:
    response = VoiceResponse()
    response.say("Welcome")
    response.dial(action="https://a.example/a", hangup_on_star=True, time_limit=60).conference(
        " room ", beep="onExit", muted=True, start_conference_on_enter=False, end_conference_on_exit=True,
        wait_url="https://a.example/w", wait_method="GET", max_participants=5, record="record-from-start",
        trim="do-not-trim", coach="CA1", status_callback="https://a.example/s", status_callback_event="start end",
        status_callback_method="GET", recording_status_callback="https://a.example/r",
        recording_status_callback_event="completed", recording_status_callback_method="GET",
    )  # fmt: skip
    assert_known(str(response))


def assert_known(document: str) -> None:
    for target in ("swml", "jambonz", "plivo"):
        losses = translate(document, target, "cxml").losses
        wrong = {loss.code for loss in losses if loss.kind in ("unknown", "invalid")}
        assert wrong <= TYPES_ONLY, (wrong, document)
    assert translate(document, "cxml", "cxml").lossless


def test_the_report_schema_accepts_our_reports() -> None:
    from jsonschema import Draft202012Validator

    from translator.report import Outcome
    from translator.report.json import render

    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    outcomes = []
    for path in sorted((ROOT / "golden").glob("*/source.*")):
        for target in dialects():
            result = translate(path.read_bytes(), target, path.name.split(".")[1])
            outcomes.append(Outcome(str(path), result.source_dialect, target, "-", result.losses))
    Draft202012Validator(schema).validate(json.loads("".join(render(outcomes))))


def test_the_intent_schema_accepts_what_we_write_as_intent() -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((ROOT / "docs" / "intent.schema.json").read_text())
    validator = Draft202012Validator(schema)
    for path in sorted((ROOT / "golden").glob("*/to.intent.json")):
        validator.validate(json.loads(path.read_text()))
