"""SWML: the JSON Schema of the official SDK accepts what we write, and what the SDK emits is read with nothing unknown."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from conftest import Written, as_the_sdk_knows_it
from jsonschema import Draft202012Validator
from signalwire.core.function_result import FunctionResult
from signalwire.utils.schema_utils import SchemaUtils

from translator import translate


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(files("signalwire").joinpath("schema.json").read_text()))


METHODS = {
    "answer", "cond", "connect", "hangup", "join_conference", "play", "prompt", "record", "record_call", "send_digits",
    "send_sms", "sleep", "tap", "transfer",
}  # fmt: skip


def test_the_schema_accepts_what_we_write(schema: Draft202012Validator, written: dict[str, list[Written]]) -> None:
    seen: set[str] = set()
    for origin, text in written["swml"]:
        document = as_the_sdk_knows_it(json.loads(text))
        errors = [error.message for error in schema.iter_errors(document)]
        assert not errors, (origin, errors[0][:300], text)
        seen.update(*document["sections"]["main"])
    assert seen >= METHODS


def test_the_sdks_own_check_accepts_what_we_write(written: dict[str, list[Written]]) -> None:
    utils = SchemaUtils()
    for origin, text in written["swml"][::20]:
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


def actions() -> list[FunctionResult]:
    """What the helper of the SDK has for the verbs around a conference, with all its arguments."""
    url, number = "https://a.example/x", "+15550100001"
    return [
        FunctionResult("ok").connect(number, final=True, from_addr="+15550100002"),
        FunctionResult("ok").connect("sip:a@example.com", final=False),
        FunctionResult("ok").send_sms(number, "+15550100002", body="x", media=[url], tags=["a"], region="us"),
        FunctionResult("ok").record_call(
            control_id="c", stereo=True, format="mp3", direction="both", terminators="#", beep=True, input_sensitivity=40.0,
            initial_timeout=4.0, end_silence_timeout=5.0, max_length=60.0, status_url=url,
        ),
        FunctionResult("ok").record_call(),
        FunctionResult("ok").tap("wss://a.example/s", control_id="c", direction="listen", codec="PCMA", rtp_ptime=30,
                                 status_url=url),
    ]  # fmt: skip


def test_what_the_sdk_emits_for_the_other_verbs_is_read_with_nothing_unknown() -> None:
    for result in actions():
        (action,) = result.to_dict()["action"]
        document = {"version": "1.0.0", **action["SWML"]}
        document["sections"]["main"].append({"join_conference": {"name": "room"}})
        for target in ("twiml", "cxml", "jambonz", "plivo"):
            losses = translate(json.dumps(document), target, "swml").losses
            assert not {loss.code for loss in losses if loss.kind in ("unknown", "invalid")}
        assert json.loads(translate(json.dumps(document), "swml", "swml").text)["sections"] == document["sections"]
