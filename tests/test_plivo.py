"""Plivo: every attribute, what real documents borrow from elsewhere, and the traps of its sheet."""

from __future__ import annotations

import pytest
from helpers import codes, cxml, plivo, run, said

from translator import UNKNOWN, NoConference, dialects, read, translate

IDENTITY = [
    plivo(),
    plivo('muted="true" enterSound="beep:2" exitSound="" waitSound="" stayAlone="false" maxMembers="20"'),
    plivo('record="true" callbackUrl="https://a.example/c" callbackMethod="GET" floorEvent="false" digitsMatch="1,*"'),
    plivo('callbackUrl="https://a.example/c"'),
    plivo('beep="false" maxParticipants="3" enterSound="beep=>1" maxMembers="3000" method="put"'),
    plivo('recordWhenAlone="True" sendDigits="1" transcriptionType="manual" transcriptionUrl="https://a.example"'),
    plivo('muted="${m}" enterSound="sound"', name=" a &amp; b "),
    "<Response><Speak>x</Speak><Conference>a</Conference><Conference>b</Conference><Hangup/></Response>",
    "<Conference>a</Conference>",
]


@pytest.mark.parametrize("source", IDENTITY)
def test_identity(source: str) -> None:
    first = translate(source, "plivo", "plivo")
    assert first.lossless, first.losses
    second = translate(first.text, "plivo", "plivo")
    assert second.text == first.text
    assert second.lossless


# no tones unless asked for; Plivo passes digits on, which only jambonz has a word for
QUIET = {"beep": "false"}
JAMBONZ = {"distributeDtmf": True}

CASES: list[tuple[str, str, dict[str, object], set[str]]] = [
    ("", "swml", QUIET, set()),
    ("", "cxml", QUIET, set()),
    ("", "jambonz", JAMBONZ, set()),
    ('enterSound="beep:1"', "swml", {"beep": "onEnter"}, set()),
    ('exitSound="beep:1"', "cxml", {"beep": "onExit"}, set()),
    ('enterSound="beep:1" exitSound="beep:2"', "cxml", {"beep": "true"}, {"exit-sound/changed"}),
    ('enterSound="https://a.example/s"', "swml", {"beep": "onEnter"}, {"enter-sound/changed"}),
    ('enterSound="https://a.example/s"', "jambonz", JAMBONZ, {"enter-sound/dropped"}),
    ('enterSound="" exitSound=""', "swml", QUIET, set()),
    ('waitSound="https://a.example/w"', "cxml", {"waitUrl": "https://a.example/w", **QUIET}, {"wait/endpoint"}),
    ('waitSound=""', "jambonz", JAMBONZ, set()),
    ('waitSound=""', "swml", QUIET, {"wait/dropped"}),
    ('stayAlone="false"', "cxml", QUIET, {"stay-alone/dropped"}),
    ('stayAlone="true"', "cxml", QUIET, set()),
    ('endConferenceOnExit="true"', "swml", {"end_on_exit": True, **QUIET}, set()),
    ('endConferenceOnExit="true"', "jambonz", {"endConferenceOnExit": True, **JAMBONZ}, {"end-on-exit/changed"}),
    ('maxMembers="1"', "swml", {"max_participants": 2, **QUIET}, {"max-participants/clamped"}),
    # trap 8: Plivo does not trim
    ('record="true"', "swml", {"record": "record-from-start", "trim": "do-not-trim", **QUIET}, set()),
    (
        'record="true" recordFileFormat="wav"',
        "cxml",
        {"record": "record-from-start", "trim": "do-not-trim", **QUIET},
        {"record-format/dropped"},
    ),
    # trap 10 and 14: one URL for everything, the recording too if there is one
    (
        'callbackUrl="https://a.example/c"',
        "swml",
        {"status_callback": "https://a.example/c", "status_callback_event": "join leave", **QUIET},
        {"status-url/endpoint"},
    ),
    (
        'callbackUrl="https://a.example/c" record="true"',
        "swml",
        {
            "status_callback": "https://a.example/c",
            "status_callback_event": "join leave",
            "record": "record-from-start",
            "trim": "do-not-trim",
            "recording_status_callback": "https://a.example/c",
            "recording_status_callback_event": "completed",
            **QUIET,
        },
        {"status-url/endpoint", "recording-url/endpoint"},
    ),
    # floor is not speaker
    (
        'callbackUrl="https://a.example/c" floorEvent="true"',
        "cxml",
        {"statusCallback": "https://a.example/c", "statusCallbackEvent": "join leave", **QUIET},
        {"status-url/endpoint", "status-events/changed"},
    ),
    ('digitsMatch="1,2"', "cxml", QUIET, {"digit-patterns/dropped"}),
    # trap 17: the room's limit is not a leg's
    ('timeLimit="600"', "cxml", QUIET, {"room-time-limit/dropped"}),
    ('timeLimit="600"', "jambonz", JAMBONZ, {"room-time-limit/dropped"}),
    (
        'action="https://a.example/a" method="GET"',
        "cxml",
        {"Dial@action": "https://a.example/a", "Dial@method": "GET", **QUIET},
        {"after-url/endpoint"},
    ),
    # trap 15: only told, never followed
    (
        'action="https://a.example/a" redirect="false"',
        "cxml",
        {"Dial@action": "https://a.example/a", **QUIET},
        {"after-url/endpoint", "after-takes-over/dropped"},
    ),
    ('hangupOnStar="true"', "cxml", {"Dial@hangupOnStar": "true", **QUIET}, set()),
    ('relayDTMF="false"', "jambonz", {"distributeDtmf": False}, set()),
    (
        'record="true" transcriptionType="auto" transcriptionUrl="https://a.example/t"',
        "swml",
        {"record": "record-from-start", "trim": "do-not-trim", **QUIET},
        {"transcription/dropped", "transcription-url/dropped"},
    ),
    ('muted="' + "${flag === 'x'}" + '"', "cxml", {"muted": "${flag === 'x'}", **QUIET}, {"muted/unresolved"}),
    ('sendDigits="12" recordWhenAlone="true"', "cxml", QUIET, {"send-digits/dropped", "record-when-alone/dropped"}),
]


@pytest.mark.parametrize(("attributes", "to", "written", "lost"), CASES)
def test_translation(attributes: str, to: str, written: dict[str, object], lost: set[str]) -> None:
    assert run(plivo(attributes), "plivo", to) == (written, lost)


@pytest.mark.parametrize(
    ("written", "code", "severity", "hint"),
    [
        ('beep="false"', "beep/unknown", "warning", "enterSound"),
        ('recordingCallbackUrl="https://a"', "recording-callback-url/unknown", "warning", "callbackUrl"),
        ('recordCallbackUrl="https://a"', "record-callback-url/unknown", "warning", "callbackUrl"),
        ('recordingCallbackMethod="POST"', "recording-callback-method/unknown", "warning", "callbackMethod"),
        ('maxParticipants="3"', "max-participants/unknown", "warning", "maxMembers"),
        ('recordConference="true"', "record-conference/unknown", "error", "record"),
        ('stayOnConferenceEnd="true"', "stay-on-conference-end/unknown", "warning", "nothing like it"),
        ('digitsMatchBLeg="1"', "digits-match-bleg/unknown", "warning", "digitsMatch"),
        ('waitMethod="GET"', "wait-method/unknown", "warning", "POST"),
        ('name="x"', "name/unknown", "warning", "the text of the element"),
        ('enterSound="beep=&gt;1"', "enter-sound/invalid", "warning", "beep:1"),
        ('exitSound="none"', "exit-sound/invalid", "warning", '""'),
        ('enterSound="false"', "enter-sound/invalid", "warning", '""'),
        ('maxMembers="3000"', "max-participants/invalid", "warning", ""),
        ('maxMembers="0"', "max-participants/invalid", "warning", ""),
        ('muted="True"', "muted/invalid", "error", "true"),
        ('callbackMethod="method"', "status-method/invalid", "warning", ""),
        ('recordFileFormat="ogg"', "record-format/invalid", "warning", ""),
        ('digitsMatch="a b"', "digit-patterns/invalid", "warning", ""),
        ('timeLimit="-5"', "room-time-limit/invalid", "error", ""),
    ],
)
def test_what_is_not_legal_is_named_with_a_hint(written: str, code: str, severity: str, hint: str) -> None:
    losses = {loss.code: loss for loss in translate(plivo(written), "swml", "plivo").losses}
    assert losses[code].severity == severity
    assert hint in losses[code].remedy
    assert losses[code].column == plivo(written).index(written) + 1


def test_only_the_recording_has_a_url() -> None:
    source = '<Response><Dial><Conference record="record-from-start" recordingStatusCallback="https://a.example/r" '
    source += 'recordingStatusCallbackMethod="GET">r</Conference></Dial></Response>'
    result = translate(source, "plivo", "cxml")
    assert said(result)["callbackUrl"] == "https://a.example/r"
    assert said(result)["callbackMethod"] == "GET"
    # the same URL now hears of joins, too
    assert "status-url/default" in codes(result, notices=True)


def test_two_urls_cannot_become_one_in_silence() -> None:
    source = '<Response><Dial><Conference record="record-from-start" recordingStatusCallback="https://a.example/r" '
    source += 'statusCallback="https://a.example/s" statusCallbackEvent="join leave">r</Conference></Dial></Response>'
    result = translate(source, "plivo", "cxml")
    assert said(result)["callbackUrl"] == "https://a.example/s"
    (loss,) = [loss for loss in result.losses if loss.code == "recording-url/changed"]
    assert (loss.severity, loss.asked, loss.given) == ("error", "https://a.example/r", "https://a.example/s")


def test_without_a_recording_its_url_has_no_effect() -> None:
    source = (
        '<Response><Dial><Conference recordingStatusCallback="https://a.example/r">r</Conference></Dial></Response>'
    )
    losses = {loss.code: loss for loss in translate(source, "plivo", "cxml").losses}
    assert losses["recording-url/dropped"].severity == "notice"


def test_the_size_of_the_room_is_reported_even_where_nothing_is_said() -> None:
    source = "<Response><Dial><Conference>r</Conference></Dial></Response>"
    losses = {loss.code: loss for loss in translate(source, "plivo", "cxml").losses}
    assert losses["max-participants/default"].given == 20
    assert losses["room-time-limit/default"].given == 86400
    assert losses["leg-time-limit/default"].asked == 14400
    assert "maxMembers" not in said(translate(source, "plivo", "cxml"))  # a capacity is never written out


def test_another_kind_of_room_is_named() -> None:
    with pytest.raises(NoConference, match="another verb"):
        translate("<Response><MultiPartyCall>r</MultiPartyCall></Response>", "swml", "plivo")


def test_a_conference_in_a_dial_is_not_plivos() -> None:
    with pytest.raises(NoConference, match="belongs in <Response> itself"):
        translate("<Response><Dial><Conference>r</Conference></Dial></Response>", "swml", "plivo")


def test_several_conferences_keep_their_order() -> None:
    source = "<Response><Conference>a</Conference><Speak>x</Speak><Conference>b</Conference></Response>"
    assert [c.name for c in read(source, "plivo").conferences] == ["a", "b"]
    text = translate(source, "swml", "plivo").text
    assert text.index('"a"') < text.index("say:x") < text.index('"b"')


def test_what_is_contested_is_unknown_or_noted() -> None:
    dialect = dialects()["plivo"]
    assert dialect.implied["wait"] is UNKNOWN
    assert dialect.implied["max_participants"] == 20
    assert dialect.implied["room_time_limit"] == 86400
    assert "older" in dialect.notes["room_time_limit"]
    assert dialect.implied["relay_digits"] is True


@pytest.mark.parametrize("record", ["", 'record="do-not-record" ', 'record="{{rec}}" '])
def test_a_callback_of_a_recording_that_is_never_made_hears_of_no_members(record: str) -> None:
    callback = 'recordingStatusCallback="https://a.example/r" recordingStatusCallbackMethod="GET"'
    result = translate(cxml(record + callback), "plivo", "twiml")
    assert not {"callbackUrl", "callbackMethod"} & said(result).keys()
    assert "recording-url/dropped" in codes(result, notices=True)
    recorded = translate(cxml('record="record-from-start" ' + callback), "plivo", "twiml")
    assert said(recorded)["callbackUrl"] == "https://a.example/r"
    assert said(recorded)["callbackMethod"] == "GET"


@pytest.mark.parametrize("value", ["true", "false"])
@pytest.mark.parametrize("platform", ["swml", "cxml", "twiml", "jambonz"])
def test_who_opens_the_room_is_grave_where_nobody_need_be_a_host(platform: str, value: str) -> None:
    severity = {"true": "notice", "false": "error"}[value]
    there = translate(cxml(f'startConferenceOnEnter="{value}"'), "plivo", "cxml").losses
    back = translate(plivo(f'startConferenceOnEnter="{value}"'), platform, "plivo").losses
    for losses in (there, back):
        assert ("start-on-enter/unresolved", severity) in {(loss.code, loss.severity) for loss in losses}


def test_a_recording_of_a_minute_does_not_become_one_of_hours() -> None:
    source = '<Response><Record recordSession="true" redirect="false"/><Conference>r</Conference></Response>'
    for target in ("twiml", "jambonz"):
        losses = {loss.code: loss.severity for loss in translate(source, target, "plivo").losses}
        assert losses["start-recording-max-seconds/default"] == "error"
