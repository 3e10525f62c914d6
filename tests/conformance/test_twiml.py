"""TwiML: the official SDKs know every attribute that we write, and what they emit is read with nothing unknown."""

from __future__ import annotations

import inspect
from typing import Any

from conftest import Written
from lxml import etree
from test_cxml import compiles, declarations
from twilio.twiml.voice_response import Dial, VoiceResponse

from translator import dialects, translate


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


NAMES = {camel(p) for p in inspect.signature(Dial.conference).parameters} - {"self", "name", "kwargs"}


def test_the_python_sdk_knows_every_attribute_that_we_write(written: dict[str, list[Written]]) -> None:
    for origin, text in written["twiml"]:
        for dial in etree.fromstring(text.encode()).iter("Dial"):
            for conference in dial.iter("Conference"):
                assert set(conference.attrib) <= NAMES, origin


def test_our_table_knows_every_attribute_of_the_python_sdk() -> None:
    rows = {row.wire for row in dialects()["twiml"].verbs["conference"].attributes if not row.element}
    assert rows - {""} == NAMES


def test_the_types_accept_what_we_write(written: dict[str, list[Written]]) -> None:
    lines = declarations("twilio", written["twiml"])
    assert len(lines) > 60
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
