"""SWAIG: replies, actions, the two forms of the conference, and what stands beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from helpers import codes, cxml, swml

from translator import dialects, read, translate, write


def reply(*conferences: Any, **more: Any) -> str:
    return json.dumps({"response": "ok", "action": [action(each) for each in conferences], **more})


def action(conference: Any) -> dict[str, Any]:
    return {"SWML": {"version": "1.0.0", "sections": {"main": [{"join_conference": conference}]}}}


def actions(text: str) -> list[Any]:
    found = json.loads(text)["action"]
    assert isinstance(found, list)
    return found


IDENTITY = [
    reply("room"),
    reply({"name": "room", "muted": True}, "second", post_process=True),
    reply({"name": "room", "beep": "yes", "hold_audio": "x", "muted": "false"}),
    json.dumps(
        {"action": [{**action("r"), "transfer": "true"}, {"say": "x"}, {"set_meta_data": {"a": 1}, "stop": True}]}
    ),
    json.dumps(
        {"action": {"SWML": {"sections": {"main": [{"play": {"url": "say:x"}}, {"join_conference": "r"}], "b": []}}}}
    ),
    json.dumps(
        {
            "action": [
                {"SWML": {"version": "1.0.0", "transfer": "true", "sections": {"main": [{"join_conference": "r"}]}}}
            ]
        }
    ),
    '{"join_conference": {"name": "r", "muted": true}}',
    '{"action": [5, {}, {"join_conference": "r"}], "extra": 1}',
]


@pytest.mark.parametrize("source", IDENTITY)
def test_identity(source: str) -> None:
    first = translate(source, "swaig", "swaig")
    assert first.lossless, first.losses
    second = translate(first.text, "swaig", "swaig")
    assert second.text == first.text


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("room", "room"),
        ({"name": "room"}, {"name": "room"}),  # the SDK writes it where wait_url is empty
        ({"name": "room", "muted": False, "beep": "true", "trim": "trim-silence"}, "room"),
        ({"name": "room", "recording_status_callback_event": "completed"}, "room"),
        ({"name": "room", "muted": True, "beep": "true"}, {"name": "room", "muted": True}),
        ({"name": "room", "max_participants": 200000}, {"name": "room", "max_participants": 200000}),
        ({"name": "room", "max_participants": "${size}"}, {"name": "room", "max_participants": "${size}"}),
        ({"name": "room", "region": "us-east"}, {"name": "room", "region": "us-east"}),
    ],
)
def test_the_form_is_that_of_the_sdk(written: Any, again: Any) -> None:
    assert actions(translate(reply(written), "swaig", "swaig").text) == [action(again)]


def test_what_comes_from_elsewhere_is_as_short_as_the_sdk_writes_it() -> None:
    assert actions(translate(cxml(), "swaig", "cxml").text) == [action("room")]
    assert actions(translate(cxml('muted="false" beep="true"'), "swaig", "cxml").text) == [action("room")]
    assert actions(translate(cxml('muted="true"'), "swaig", "cxml").text) == [action({"name": "room", "muted": True})]


def test_swml_passes_whole_and_comes_back() -> None:
    source = json.dumps(
        {
            "version": "1.0.0",
            "sections": {
                "main": [{"answer": {}}, {"join_conference": {"name": "r", "muted": True}}, {"hangup": {}}],
                "other": [{"join_conference": {"name": "s"}}],
            },
        }
    )
    there = translate(source, "swaig", "swml")
    assert there.lossless, there.losses
    back = translate(there.text, "swml", "swaig")
    assert back.lossless
    assert json.loads(back.text) == json.loads(source)


def test_other_actions_are_reported_elsewhere() -> None:
    source = json.dumps(
        {
            "response": "x",
            "action": [{**action("r"), "transfer": "true"}, {"say": "y"}, {"set_meta_data": {}}],
            "post_process": True,
        }
    )
    losses = translate(source, "swml", "swaig").losses
    assert [(x.code, x.severity) for x in losses if x.kind == "step"] == [
        ("response/step", "warning"),
        ("say/step", "warning"),
        ("set-meta-data/step", "warning"),
        ("post-process/step", "notice"),
    ]
    assert not [x for x in losses if x.kind == "structure"]


def test_several_actions_are_several_conferences_in_order() -> None:
    source = reply("one", {"name": "two", "muted": True})
    assert [c.name for c in read(source, "swaig").conferences] == ["one", "two"]
    assert [v["name"] for v in json.loads(translate(source, "jambonz", "swaig").text)] == ["one", "two"]


def test_a_bare_action_is_read_with_a_notice() -> None:
    result = translate('{"join_conference": {"name": "r", "hold_audio": "ring"}}', "cxml", "swaig")
    losses = {loss.code: loss for loss in result.losses}
    assert losses["document/structure"].severity == "notice"
    assert "wait_url" in losses["hold-audio/unknown"].remedy


def test_completed_is_implied() -> None:
    assert dialects()["swaig"].implied["recording_events"] == ("completed",)
    source = reply({"name": "r", "record": "record-from-start", "recording_status_callback": "https://a.example/r"})
    assert '"recording_status_callback_event": "completed"' in translate(source, "swml", "swaig").text
    source = swml(
        record="record-from-start",
        recording_status_callback="https://a.example/r",
        recording_status_callback_event="completed",
    )
    assert "completed" not in translate(source, "swaig", "swml").text
    assert "recording-events/dropped" not in codes(translate(source, "swaig", "swml"))


def test_a_name_that_is_no_text_is_no_short_form() -> None:
    call = {"join_conference": {"name": {"name": "other"}}}
    source = json.dumps({"response": "", "action": [{"SWML": {"sections": {"main": [call]}}}]})
    (action,) = json.loads(write(read(source, "swaig"), "swaig").text)["action"]
    assert action["SWML"]["sections"]["main"] == [call]


def swml_of(*steps: object) -> str:
    return json.dumps({"version": "1.0.0", "sections": {"main": steps}})


def swaig_of(*steps: object, **more: object) -> str:
    return json.dumps({"action": [{"SWML": json.loads(swml_of(*steps)), **more}]})


def severities(source: str, to: str, from_: str) -> dict[str, str]:
    return {loss.code: loss.severity for loss in translate(source, to, from_).losses}


JOIN = {"join_conference": "r"}


@pytest.mark.parametrize(("to", "from_"), [("swaig", "swml"), ("swaig", "jambonz"), ("swaig", "twiml")])
def test_the_ai_session_goes_on_where_the_call_would_have_ended(to: str, from_: str) -> None:
    source = {
        "swml": swml_of(JOIN),
        "jambonz": '[{"verb": "conference", "name": "r"}]',
        "twiml": "<Response><Dial><Conference>r</Conference></Dial></Response>",
    }[from_]
    assert severities(source, to, from_)["document/default"] == "warning"


@pytest.mark.parametrize("to", ["swml", "jambonz", "twiml", "cxml", "plivo"])
def test_an_ai_session_that_is_left_is_no_loss_where_there_is_none(to: str) -> None:
    assert severities(swaig_of(JOIN), to, "swaig")["document/default"] == "warning"
    left = severities(swaig_of(JOIN, transfer="true"), to, "swaig")
    assert not {"document/default", "transfer-action/step"} & left.keys()
    unclear = severities(swaig_of(JOIN, transfer="${x}"), to, "swaig")
    assert {"document/default", "transfer-action/step"} <= unclear.keys()


def test_a_url_that_takes_over_leaves_nothing_to_go_on() -> None:
    source = '<Response><Dial action="https://a.example.com/next"><Conference>r</Conference></Dial></Response>'
    assert "document/default" not in severities(source, "swaig", "twiml")


def test_the_call_of_an_ai_session_is_answered() -> None:
    """A plain end is no refusal; a refusal is a plain end; what does not answer elsewhere is told."""
    hangup = swaig_of({"hangup": {}}, JOIN)
    assert "<Hangup/>" in translate(hangup, "twiml", "swaig").text
    assert severities(hangup, "swml", "swaig")["hangup-cause/default"] == "error"
    refused = translate("<Response><Reject/><Dial><Conference>r</Conference></Dial></Response>", "swaig", "twiml")
    assert '"hangup": {}' in refused.text
    assert "hangup-cause/changed" in {loss.code for loss in refused.losses}
    assert "answer/structure" in severities(swaig_of({"sleep": 2000}, JOIN), "twiml", "swaig")


def test_an_agent_that_says_nothing_is_no_loss() -> None:
    source = json.dumps({"response": "", **json.loads(swaig_of(JOIN)), "post_process": True})
    found = severities(source, "relay", "swaig")
    assert "response/step" not in found
    assert found["post-process/step"] == "notice"
