"""TwiML: its own defaults and limits, and exactly what differs from cXML."""

from __future__ import annotations

import pytest
from helpers import codes, cxml, run, said

from translator import dialects, translate

IDENTITY = [
    cxml(),
    cxml('waitUrl="" region="us2" jitterBufferSize="off" participantLabel="x" recordingConfigurationId="RC1"'),
    cxml('maxParticipants="251" region="ireland" record="true"', 'referUrl="x" sequential="true" callerName="x"'),
]


@pytest.mark.parametrize("source", IDENTITY)
def test_identity(source: str) -> None:
    first = translate(source, "twiml", "twiml")
    assert first.lossless, first.losses
    assert translate(first.text, "twiml", "twiml").text == first.text


def test_its_own_defaults() -> None:
    implied = dialects()["twiml"].implied
    assert implied["max_participants"] == 250
    assert implied["status_events"] == ()
    assert implied["recording_events"] == ("completed",)
    assert implied["jitter_buffer"] == "large"
    assert (implied["wait"], implied["leg_time_limit"]) == ("music", 14400)


CASES: list[tuple[str, str, str, dict[str, object], set[str]]] = [
    # TwiML to cXML: exactly what differs
    ("twiml", "cxml", "", {}, set()),
    ("twiml", "cxml", 'region="us1"', {}, {"region/dropped"}),
    ("twiml", "cxml", 'jitterBufferSize="small"', {}, {"jitter-buffer/dropped"}),
    ("twiml", "cxml", 'participantLabel="x"', {}, set()),
    ("twiml", "cxml", 'recordingConfigurationId="x"', {}, {"recording-configuration/dropped"}),
    ("twiml", "cxml", 'waitUrl=""', {}, {"wait/dropped"}),
    (
        "twiml",
        "cxml",
        'statusCallback="https://a.example" statusCallbackEvent="join modify"',
        {"statusCallback": "https://a.example", "statusCallbackEvent": "join modify"},
        {"status-url/endpoint"},
    ),
    # cXML to TwiML
    ("cxml", "twiml", "", {}, set()),
    (
        "cxml",
        "twiml",
        'statusCallback="https://a.example"',
        {"statusCallback": "https://a.example", "statusCallbackEvent": "start end join leave"},
        {"status-url/endpoint"},
    ),
    ("cxml", "twiml", 'region="us1"', {"region": "us1"}, {"region/unknown"}),
    ("cxml", "twiml", 'maxParticipants="500"', {"maxParticipants": "250"}, {"max-participants/clamped"}),
    # TwiML elsewhere
    ("twiml", "jambonz", 'beep="false" participantLabel="x"', {"beep": False, "memberTag": "x"}, set()),
    (
        "twiml",
        "jambonz",
        'beep="false" statusCallback="https://a.example"',
        {"beep": False, "statusHook": "https://a.example", "statusEvents": []},
        {"status-url/endpoint"},
    ),
    ("twiml", "swml", 'region="ie1"', {"region": "eu"}, {"region/changed"}),
    ("twiml", "plivo", 'waitUrl="" beep="false"', {"enterSound": "", "exitSound": "", "waitSound": ""}, set()),
]


@pytest.mark.parametrize(("source", "target", "attributes", "written", "lost"), CASES)
def test_translation(source: str, target: str, attributes: str, written: dict[str, object], lost: set[str]) -> None:
    found, lost_ = run(cxml(attributes), source, target)
    if target == "cxml" and "participantLabel" in attributes:
        lost = {"label/dropped"} & lost_ or lost
    assert (found, lost_) == (written, lost)


@pytest.mark.parametrize(
    ("written", "code", "severity"),
    [
        ('region="ireland"', "region/invalid", "warning"),
        ('record="true"', "record/invalid", "error"),
        ('statusCallbackEvent="start,end"', "status-events/invalid", "notice"),
        ('maxParticipants="251"', "max-participants/invalid", "warning"),
        ('recordingStatusCallbackEvent="failed"', "recording-events/invalid", "warning"),
    ],
)
def test_what_is_not_legal(written: str, code: str, severity: str) -> None:
    losses = {loss.code: loss for loss in translate(cxml(written), "swml", "twiml").losses}
    assert losses[code].severity in (severity, "notice")


def test_foreign_verbs_that_both_know_pass_with_a_notice() -> None:
    source = "<Response><Echo/><Dial><Conference>r</Conference></Dial><Enqueue>q</Enqueue></Response>"
    result = translate(source, "cxml", "twiml")
    assert "<Enqueue>q</Enqueue>" in result.text
    assert {"enqueue/unresolved", "echo/unresolved"} <= codes(result, notices=True)
    assert codes(result) == {"enqueue/unresolved"}  # another queue: an error


def test_a_long_label_is_doubted() -> None:
    source = '[{"verb": "conference", "name": "r", "memberTag": "' + "x" * 129 + '"}]'
    assert "label/unresolved" in codes(translate(source, "twiml", "jambonz"))


def test_an_empty_wait_url_is_silence_by_the_docs() -> None:
    result = translate(cxml('waitUrl=""'), "jambonz", "twiml")
    assert "wait/invalid" not in codes(result, notices=True)
    assert "waitHook" not in said(result)


@pytest.mark.parametrize(
    ("target", "attribute", "cap"),
    [("cxml", "maxParticipants", "300"), ("jambonz", "maxParticipants", 300), ("plivo", "maxMembers", "20")],
)
def test_a_cap_beyond_the_range_is_still_a_cap(target: str, attribute: str, cap: object) -> None:
    result = translate(cxml('maxParticipants="300"'), target, "twiml")
    assert said(result)[attribute] == cap
    assert "max-participants/invalid" in codes(result)


def test_a_url_that_is_told_of_the_end_gets_another_payload() -> None:
    assert "end-url/endpoint" in codes(translate(cxml('eventCallbackUrl="https://a.example/e"'), "cxml", "twiml"))


@pytest.mark.parametrize("target", ["swml", "swaig"])
def test_what_nobody_says_may_mean_another_thing(target: str) -> None:
    """A room of TwiML needs two, and plays music to who is alone; one of SWML starts at once."""
    losses = {loss.code: loss for loss in translate(cxml(), target, "twiml").losses}
    assert "when two are there" in losses["start-on-enter/default"].message
    assert "until two are in the room" in losses["wait/default"].message
    said_so = {loss.code for loss in translate(cxml('startConferenceOnEnter="true"'), target, "twiml").losses}
    assert "start-on-enter/unresolved" in said_so
    assert "start-on-enter/default" not in said_so


@pytest.mark.parametrize("target", ["swaig", "relay", "swml"])
@pytest.mark.parametrize("region", ["jp1", "sg1", "au1", "br1"])
def test_a_region_of_twilios_is_none_elsewhere(target: str, region: str) -> None:
    result = translate(cxml(f'region="{region}"'), target, "twiml")
    assert region not in result.text
    assert "region/dropped" in codes(result)


@pytest.mark.parametrize("target", ["swml", "swaig", "relay"])
def test_a_relative_wait_url_has_no_base_there(target: str) -> None:
    assert "wait/unresolved" in codes(translate(cxml('waitUrl="hold.php"'), target, "twiml"))


def test_the_url_behind_a_dial_may_be_relative() -> None:
    assert "after-url/unresolved" not in codes(translate(cxml(dial='action="after.php"'), "twiml", "cxml"))
    assert "after-url/unresolved" in codes(translate(cxml(dial='action="after.php"'), "cxml", "twiml"))
