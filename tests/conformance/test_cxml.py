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

FLAGS = {"muted", "startConferenceOnEnter", "endConferenceOnExit", "hangupOnStar", "answerOnBridge", "sequential"}
NUMBERS = {"maxParticipants", "timeLimit", "timeout"}
DOCS_ONLY = {"callerName", "recordingStorageUrl", "recordingStorageUrlMethod"}  # documented, not in the types
LISTS = {"statusCallbackEvent", "recordingStatusCallbackEvent"}
TYPES_ONLY = {"region/unknown", "jitter-buffer/unknown", "label/unknown"}


def typed(attributes: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for wire, value in attributes.items():
        if wire in DOCS_ONLY:
            continue
        if "{" in value or "$" in value or "+" in value or "<" in value:
            continue  # a template: no type to check
        if wire in FLAGS:
            found[wire] = {"true": True, "false": False}[value]
        elif wire in NUMBERS:
            found[wire] = int(value)
        else:
            found[wire] = value.split() if wire in LISTS else value
    return found


def test_nesting(written: dict[str, list[Written]]) -> None:
    for origin, text in written["cxml"]:
        root = etree.fromstring(text.encode())
        assert root.tag == "Response", origin
        assert root.find("Conference") is None, origin
        for dial in root.iter("Dial"):
            if dial.find("Conference") is not None:
                assert [noun.tag for noun in dial] == ["Conference"], origin
                assert not [child for child in dial[0] if isinstance(child.tag, str)], origin


def declarations(package: str, written: list[Written]) -> list[str]:
    """TypeScript: every different set of attributes that we write, declared of the package's type."""
    lines = [f"import VoiceResponse = require('{package}/lib/twiml/VoiceResponse');"]
    seen: set[str] = set()
    for _, text in written:
        for conference in etree.fromstring(text.encode()).iter("Conference"):
            for kind, element in (("Dial", conference.getparent()), ("Conference", conference)):
                value = json.dumps(typed(dict(element.attrib)))
                if (line := f"VoiceResponse.{kind}Attributes = {value};") not in seen:
                    seen.add(line)
                    lines.append(f"const c{len(lines)}: {line}")
    return lines


def test_the_types_accept_what_we_write(written: dict[str, list[Written]]) -> None:
    lines = declarations("@signalwire/compatibility-api", written["cxml"])
    assert len(lines) > 60
    assert compiles("\n".join(lines)) == ""


def test_the_types_refuse_what_they_should() -> None:
    head = "import VoiceResponse = require('@signalwire/compatibility-api/lib/twiml/VoiceResponse');\n"
    assert "TS2322" in compiles(head + "const c: VoiceResponse.ConferenceAttributes = { beep: 'maybe' };")
    assert "TS2353" in compiles(head + "const c: VoiceResponse.ConferenceAttributes = { nonsense: 'true' };")


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
    (document,) = node("cxml.js", [["room", conference, dial]])
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
        assert wrong <= TYPES_ONLY, wrong
    assert translate(document, "cxml", "cxml").lossless


def test_the_report_schema_accepts_our_reports() -> None:
    from jsonschema import Draft202012Validator

    from translator.report import Outcome
    from translator.report.json import report

    schema = json.loads((ROOT / "docs" / "report.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    outcomes = []
    for path in sorted((ROOT / "golden").glob("*/source.*")):
        for target in dialects():
            result = translate(path.read_bytes(), target, path.name.split(".")[1])
            outcomes.append(Outcome(str(path), result.source_dialect, target, "-", result.losses))
    Draft202012Validator(schema).validate(json.loads(json.dumps(report(outcomes))))


def test_the_intent_schema_accepts_what_we_write_as_intent() -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((ROOT / "docs" / "intent.schema.json").read_text())
    validator = Draft202012Validator(schema)
    for path in sorted((ROOT / "golden").glob("*/to.intent.json")):
        validator.validate(json.loads(path.read_text()))
