"""SWML: the JSON Schema of the official SDK accepts what we write, and what the SDK emits is read with nothing unknown."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from conftest import Written
from jsonschema import Draft202012Validator
from signalwire.core.function_result import FunctionResult
from signalwire.utils.schema_utils import SchemaUtils

from translator import translate

# Faults of the SDK schema of its own: it knows one event word only, and neither stream nor the payload flavours,
# which the vendor's newer documentation has.
NEWER = ("stream", "status_callback_event_type", "recording_status_callback_event_type")
FILTERS = ("status_callback_event", "recording_status_callback_event")


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(files("signalwire").joinpath("schema.json").read_text()))


def as_the_sdk_knows_it(document: dict[str, Any]) -> dict[str, Any]:
    for step in document["sections"]["main"]:
        conference = step.get("join_conference", {})
        for key in NEWER:
            conference.pop(key, None)
        for key in FILTERS:
            if key in conference:
                conference[key] = conference[key].split()[0]
    return document


def test_the_schema_accepts_what_we_write(schema: Draft202012Validator, written: dict[str, list[Written]]) -> None:
    for origin, text in written["swml"]:
        document = as_the_sdk_knows_it(json.loads(text))
        errors = [error.message for error in schema.iter_errors(document)]
        assert not errors, (origin, errors[0][:300], text)


def test_the_sdks_own_check_accepts_what_we_write(written: dict[str, list[Written]]) -> None:
    utils = SchemaUtils()
    for origin, text in written["swml"][:40]:
        ok, errors = utils.validate_document(as_the_sdk_knows_it(json.loads(text)))
        assert ok, (origin, errors)


ARGUMENTS: list[dict[str, Any]] = [
    {},
    {"muted": True, "beep": "onEnter", "start_on_enter": False, "end_on_exit": True},
    {"wait_url": "https://a.example/w", "max_participants": 10, "record": "record-from-start", "trim": "do-not-trim"},
    {"region": "us", "coach": "call-1", "result": [{"when": "x", "then": [{"hangup": {}}]}]},
    {
        "status_callback": "https://a.example/s",
        "status_callback_event": "start end join leave mute hold modify speaker announcement",
        "status_callback_method": "GET",
        "recording_status_callback": "https://a.example/r",
        "recording_status_callback_method": "GET",
        "recording_status_callback_event": "in-progress completed absent",
    },
    {"max_participants": "${size}"},
]


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=range(len(ARGUMENTS)))
def test_what_the_sdk_emits_is_read_with_nothing_unknown(arguments: dict[str, Any]) -> None:
    action = FunctionResult("ok").join_conference("room", **arguments).to_dict()["action"][0]
    document = json.dumps(action["SWML"])
    for target in ("cxml", "jambonz", "plivo"):
        kinds = {loss.kind for loss in translate(document, target, "swml").losses}
        assert not kinds & {"unknown", "invalid"}
    again = json.loads(translate(document, "swml", "swml").text)
    conference = action["SWML"]["sections"]["main"][0]["join_conference"]
    conference = {"name": conference} if isinstance(conference, str) else conference
    assert again["sections"]["main"][0]["join_conference"] == conference
