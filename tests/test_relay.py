"""RELAY: the frame, run-time ids, one conference, and defaults that nobody knows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from helpers import codes, cxml, swml

from translator import UNKNOWN, InvalidOption, NoConference, dialects, read, translate


def frame(**params: Any) -> str:
    return json.dumps(
        {
            "jsonrpc": "2.0",
            "id": "1",
            "method": "calling.join_conference",
            "params": {"node_id": "n", "call_id": "c", "name": "room", **params},
        }
    )


def params(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)["params"]
    return found


IDENTITY = [
    frame(),
    frame(muted=False, beep="true", start_on_enter=True, end_on_exit=False, stream={"url": "wss://a"}),
    frame(muted=None, max_participants=None, record="true", result={}, acl="x", swml=True),
    '{"method": "calling.join_conference", "params": {"name": "r"}, "extra": 1}',
]


@pytest.mark.parametrize("source", IDENTITY)
def test_identity(source: str) -> None:
    first = translate(source, "relay", "relay")
    assert first.lossless, first.losses
    second = translate(first.text, "relay", "relay")
    assert second.text == first.text
    assert json.loads(first.text)["params"] == json.loads(source)["params"]


def test_explicit_defaults_are_kept_as_said() -> None:
    flow = read(frame(muted=False, start_on_enter=True), "relay")
    assert (flow.conferences[0].muted, flow.conferences[0].start_on_enter) == (False, True)
    assert flow.conferences[0].own["node_id"] == "n"
    params = json.loads(translate(cxml('muted="false"'), "relay", "cxml").text)["params"]
    assert params["muted"] is False


def test_what_the_server_does_unsaid_must_be_said() -> None:
    """Nobody knows RELAY's defaults, so what the source does unsaid is written out."""
    params = json.loads(translate(cxml(), "relay", "cxml").text)["params"]
    assert params == {
        "node_id": "<node_id>", "call_id": "<call_id>", "name": "room", "muted": False, "beep": "true",
        "start_on_enter": True, "end_on_exit": False, "record": "do-not-record",
    }  # fmt: skip
    implied = dialects()["relay"].implied
    assert implied["muted"] is UNKNOWN
    assert implied["enter_sound"] is UNKNOWN
    losses = {loss.code: loss for loss in translate(frame(), "cxml", "relay").losses}
    assert losses["start-on-enter/default"].asked == "unknown"


def test_run_time_ids_come_from_options_or_are_marked() -> None:
    result = translate(swml(), "relay", "swml")
    losses = {loss.code: loss for loss in result.losses}
    assert losses["node-id/unresolved"].severity == losses["call-id/unresolved"].severity == "error"
    assert losses["rpc-id/unresolved"].severity == "notice"
    options = {"node_id": "N", "call_id": "C", "id": "7"}
    result = translate(swml(), "relay", "swml", options=options)
    document = json.loads(result.text)
    assert (document["id"], document["params"]["node_id"], document["params"]["call_id"]) == ("7", "N", "C")
    assert not {"node-id/unresolved", "call-id/unresolved", "rpc-id/unresolved"} & codes(result, notices=True)
    with pytest.raises(InvalidOption, match="node_id"):
        translate(swml(), "relay", "swml", options={"node": "N"})


def test_ids_are_no_part_of_the_intent_elsewhere() -> None:
    losses = {loss.code: loss for loss in translate(frame(), "swml", "relay").losses}
    assert losses["node-id/dropped"].severity == "notice"
    assert "no part of what the author meant" in losses["call-id/dropped"].message


def test_a_second_conference_and_any_other_step_are_errors() -> None:
    source = "<Response><Speak>x</Speak><Conference>a</Conference><Conference muted='true'>b</Conference></Response>"
    result = translate(source, "relay", "plivo")
    assert json.loads(result.text)["params"]["name"] == "a"
    losses = {loss.code: loss for loss in result.losses}
    assert (losses["conference/structure"].severity, losses["conference/structure"].path) == (
        "error",
        "/Response/Conference[2]",
    )
    assert losses["conference/structure"].asked == {"name": "b", "muted": True}
    assert losses["speak/step"].severity == "error"


def test_result_has_no_place() -> None:
    source = swml(result=[{"when": "x", "then": [{"hangup": {}}]}])
    assert {"result/dropped", "result/structure", "hangup/step"} <= codes(translate(source, "relay", "swml"))


@pytest.mark.parametrize(
    ("params", "code", "severity", "hint"),
    [
        ({"record": "true"}, "record/invalid", "error", "record-from-start"),
        ({"stream_obj": {}}, "stream-obj/unknown", "error", "stream"),
        ({"result": {}}, "result/unknown", "warning", "client code"),
        ({"beep": True}, "enter-sound/invalid", "notice", '"true"'),
    ],
)
def test_what_is_not_legal_is_named_with_a_hint(params: Any, code: str, severity: str, hint: str) -> None:
    losses = {loss.code: loss for loss in translate(frame(**params), "swml", "relay").losses}
    assert losses[code].severity == severity
    assert hint in losses[code].remedy


def test_another_method_is_named() -> None:
    with pytest.raises(NoConference, match=r"calling\.play"):
        translate('{"jsonrpc": "2.0", "method": "calling.play", "params": {}}', "swml", "relay")


@pytest.mark.parametrize("word", ["application/x-www-form-urlencoded", "not-json", "nothing", "json", "a b"])
def test_any_word_for_the_payload_comes_back(word: str) -> None:
    source = frame(status_callback="https://a.example/s", status_callback_event_type=word)
    assert params(translate(source, "relay", "relay").text)["status_callback_event_type"] == word


def test_what_another_platform_sends_is_no_word_for_the_payload() -> None:
    hook = {"url": "https://a.example/s", "method": "GET"}
    source = json.dumps([{"verb": "conference", "name": "r", "statusHook": hook, "statusEvents": ["join"]}])
    assert "status_callback_event_type" not in params(translate(source, "relay", "jambonz").text)


def test_an_empty_wait_url_is_silence_as_in_swml() -> None:
    result = translate(frame(wait_url=""), "twiml", "relay")
    assert 'waitUrl=""' in result.text
    assert "wait/invalid" in {loss.code for loss in result.losses if loss.severity == "warning"}


def test_when_a_room_starts_is_told_in_both_directions() -> None:
    there = translate(cxml('startConferenceOnEnter="true"'), "relay", "twiml")
    back = translate(frame(start_on_enter=True), "twiml", "relay")
    for result in (there, back):
        assert "start-on-enter/unresolved" in {loss.code for loss in result.losses}
