"""The steps around a conference: what they are elsewhere, who answers the call, what is reached, what is laid flat."""

from __future__ import annotations

import json
from typing import Any

import pytest

from translator import read, translate
from translator.result import Result

ROOM = "<Dial><Conference>r</Conference></Dial>"


def twiml(before: str = "", after: str = "", room: str = ROOM) -> str:
    return f"<Response>{before}{room}{after}</Response>"


def swml(*steps: dict[str, Any] | str, **sections: list[Any]) -> str:
    return json.dumps({"version": "1.0.0", "sections": {"main": list(steps), **sections}})


JOIN = {"join_conference": {"name": "r"}}


def main(result: Result) -> list[dict[str, Any]]:
    """The steps of a SWML result, without the conference."""
    return [step for step in json.loads(result.text)["sections"]["main"] if "join_conference" not in step]


def verbs(result: Result) -> str:
    """The XML of a result between the root's tags, in one line."""
    inner = result.text.partition("<Response>")[2].rpartition("</Response>")[0]
    return "".join(line.strip() for line in inner.splitlines())


def codes(result: Result, *severities: str) -> set[str]:
    return {loss.code for loss in result.losses if loss.severity in (severities or ("error", "warning"))}


# -- both ways ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("xml", "step", "lost"),
    [
        ('<Say voice="Polly.Joanna">Hi</Say>', {"play": {"url": "say:Hi", "say_voice": "amazon.Joanna"}}, set()),
        (
            '<Say voice="Polly.Joanna-Neural" language="de-DE">Hi</Say>',
            {"play": {"url": "say:Hi", "say_language": "de-DE", "say_voice": "amazon.Joanna:neural"}},
            set(),
        ),
        (
            '<Say voice="Google.en-US-Neural2-A">Hi</Say>',
            {"play": {"url": "say:Hi", "say_language": "en-US", "say_voice": "gcloud.en-US-Neural2-A"}},
            set(),
        ),
        ('<Say voice="woman">Hi</Say>', {"play": {"url": "say:Hi", "say_gender": "female"}}, set()),
        ('<Say voice="man">Hi</Say>', {"play": {"url": "say:Hi", "say_gender": "male"}}, set()),
        (
            '<Say voice="alice">Hi</Say>',
            {"play": {"url": "say:Hi", "say_gender": "female"}},
            {"say-voice-gender/changed"},
        ),
        (
            '<Say voice="Polly.Joanna" loop="2">Hi</Say>',
            {"play": {"urls": ["say:Hi", "say:Hi"], "say_voice": "amazon.Joanna"}},
            set(),
        ),
        (
            '<Say voice="Polly.Joanna">a <break time="1s"/> b</Say>',
            {"play": {"url": 'say:<speak>a <break time="1s"/> b</speak>', "say_voice": "amazon.Joanna"}},
            set(),
        ),
        ("<Play>https://a.example/a.mp3</Play>", {"play": {"url": "https://a.example/a.mp3"}}, set()),
        ('<Play digits="1W2"/>', {"send_digits": {"digits": "1ww2"}}, {"send-digits-digits/invalid"}),
        ("<Pause/>", {"sleep": 1000}, set()),
        ('<Pause length="3"/>', {"sleep": 3000}, set()),
        ("<Reject/>", {"hangup": {"reason": "decline"}}, {"conference/structure"}),
        ('<Reject reason="busy"/>', {"hangup": {"reason": "busy"}}, {"conference/structure"}),
        (
            '<Sms to="+15550100003" from="+15550100004">x</Sms>',
            {"send_sms": {"to_number": "+15550100003", "from_number": "+15550100004", "body": "x"}},
            set(),
        ),
        (
            "<Sms>x</Sms>",
            {"send_sms": {"to_number": "${call.from}", "from_number": "${call.to}", "body": "x"}},
            {"message/unresolved"},
        ),
        (
            '<Connect><Stream url="wss://a.example/s"/></Connect>',
            {"connect": {"to": "stream:wss://a.example/s"}},
            {"start-stream-url/endpoint"},
        ),
        (
            '<Start><Stream url="wss://a.example/s"><Parameter name="a" value="1"/></Stream></Start>',
            {"stream": {"url": "wss://a.example/s", "custom_parameters": {"a": "1"}}},
            {"start-stream-url/endpoint"},
        ),
        (
            "<Dial timeout='20'><Number>+15550100003</Number></Dial>",
            {"connect": {"to": "+15550100003", "timeout": 20}},
            set(),
        ),
        (
            "<Dial><Number>+15550100003</Number><Sip>sip:a@b.example</Sip></Dial>",
            {"connect": {"timeout": 30, "parallel": [{"to": "+15550100003"}, {"to": "sip:a@b.example"}]}},
            set(),
        ),
    ],
)
def test_twiml_verbs_in_swml_and_back(xml: str, step: dict[str, Any], lost: set[str]) -> None:
    """Each verb becomes the method that does the same, and comes back with the same meaning."""
    there = translate(twiml(xml), "swml", "twiml")
    assert main(there) == [step]
    assert codes(there) == lost
    kind = read(twiml(xml), "twiml").steps[0].kind
    first, again = (
        next(each for each in read(text, "twiml").steps if each.kind == kind)
        for text in (twiml(xml), translate(there.text, "twiml", "swml").text)
    )
    fields = {name for name in type(first).model_fields if name not in ("own", "raw", "verb")}
    said = {name for name in fields if getattr(first, name) not in (None, ())} - {"voice_gender", "targets"}
    if not lost:
        assert {name: getattr(again, name) for name in said} == {name: getattr(first, name) for name in said}


def test_a_gather_is_a_prompt_with_a_transfer_and_comes_back() -> None:
    source = twiml(
        '<Gather numDigits="4" timeout="7" action="https://a.example/pin"><Say voice="Polly.Joanna">PIN?</Say></Gather>'
    )
    there = translate(source, "swml", "twiml")
    prompt, cond = main(there)
    assert prompt["prompt"] == {
        "play": "say:PIN?",
        "say_voice": "amazon.Joanna",
        "max_digits": 4,
        "terminators": "#",
        "digit_timeout": 7,
        "initial_timeout": 7,
    }
    assert cond["cond"][0]["then"] == [{"transfer": {"dest": "https://a.example/pin"}}]
    assert codes(there) == {"gather-result-url/endpoint"}
    back = translate(there.text, "twiml", "swml")
    assert 'action="https://a.example/pin"' in back.text
    assert '<Say voice="Polly.Joanna">PIN?</Say>' in back.text
    assert "cond" not in {loss.field for loss in back.losses}


def test_unlimited_digits_are_written_out_as_many() -> None:
    """SWML takes one digit when nothing is said, TwiML any number."""
    prompt = main(translate(twiml('<Gather action="https://a.example/a"/>'), "swml", "twiml"))[0]["prompt"]
    assert (prompt["max_digits"], prompt["terminators"]) == (20, "#")


def test_an_action_that_nobody_named_is_the_document_itself() -> None:
    """TwiML asks the current URL: only the caller knows it."""
    source = twiml("<Gather/>")
    lost = translate(source, "swml", "twiml")
    assert ("gather-result-url/default", "error") in {(loss.code, loss.severity) for loss in lost.losses}
    url = "https://a.example/me"
    given = translate(source, "swml", "twiml", options={"document_url": url})
    assert main(given)[1]["cond"][0]["then"] == [{"transfer": {"dest": url}}]
    assert "gather-result-url/default" not in {loss.code for loss in given.losses}


def test_endless_is_not_expressible_in_swml() -> None:
    result = translate(twiml("<Play loop='0'>https://a.example/a.mp3</Play>"), "swml", "twiml")
    assert len(main(result)[0]["play"]["urls"]) == 20
    assert "play-repeat/changed" in codes(result)


def test_a_fraction_of_a_second_is_rounded_up_and_told() -> None:
    result = translate(swml("answer", {"sleep": 1500}, JOIN), "twiml", "swml")
    assert '<Pause length="2"/>' in result.text
    assert "pause-seconds/changed" in codes(result)
    illegal = translate(twiml('<Pause length="0.5"/>'), "swml", "twiml")
    assert main(illegal) == [{"sleep": 500}]
    assert "pause-seconds/invalid" in codes(illegal)


def test_a_list_of_sounds_is_a_verb_for_each() -> None:
    source = swml(
        {"play": {"urls": ["https://a.example/a.mp3", "silence:2", "say:Hi", "https://a.example/b.mp3"]}}, JOIN
    )
    result = translate(source, "twiml", "swml")
    assert verbs(result).startswith(
        '<Play>https://a.example/a.mp3</Play><Pause length="2"/><Say voice="Polly.Salli">Hi</Say>'
        "<Play>https://a.example/b.mp3</Play>"
    )
    assert "step" not in {loss.kind for loss in result.losses}


def test_a_ring_tone_has_no_verb_in_xml() -> None:
    result = translate(swml({"play": {"url": "ring:us"}}, JOIN), "twiml", "swml")
    assert "ring:" not in result.text
    assert "play/step" in codes(result)


def test_a_line_break_in_a_text_is_a_blank_in_swml() -> None:
    result = translate(twiml('<Say voice="Polly.Salli">one\ntwo</Say>'), "swml", "twiml")
    assert main(result) == [{"play": {"url": "say:one two", "say_voice": "amazon.Salli"}}]
    assert "say-text/changed" in codes(result)


def test_a_variable_in_a_spoken_text_is_told() -> None:
    """Elsewhere it would be spoken."""
    result = translate(swml({"play": {"url": "say:Hello %{vars.name}"}}, JOIN), "twiml", "swml")
    assert "say-text/unresolved" in codes(result, "error")


def test_unknown_attributes_and_children_are_told() -> None:
    result = translate(twiml('<Say tone="high">Hi</Say><Gather action="/a"><Redirect>/b</Redirect></Gather>'), "swml")
    assert {"say-tone/unknown", "redirect/step"} <= codes(result)


# -- where the URL is that comes next ------------------------------------------------------------------------------


def test_an_action_is_a_transfer_behind_the_conference_and_comes_back() -> None:
    source = twiml(room='<Dial action="https://a.example/after"><Conference>r</Conference></Dial>')
    there = translate(source, "swml", "twiml")
    assert main(there) == [{"transfer": {"dest": "https://a.example/after"}}]
    assert codes(there) == {"after-url/endpoint"}
    back = translate(there.text, "twiml", "swml")
    assert '<Dial action="https://a.example/after">' in back.text


def test_a_redirect_behind_the_conference_is_told_to_come_back_as_an_action() -> None:
    result = translate(twiml(after="<Redirect>https://a.example/b</Redirect>"), "swml", "twiml")
    assert main(result) == [{"transfer": {"dest": "https://a.example/b"}}]
    assert "redirect/structure" in codes(result, "notice")


def test_a_relative_url_is_no_section() -> None:
    """SWML would take a bare word for the name of a section."""
    source = twiml(room='<Dial action="after"><Conference>r</Conference></Dial>')
    result = translate(source, "swml", "twiml")
    assert main(result) == []
    assert "after-url/dropped" in codes(result, "error")
    resolved = translate(source, "swml", "twiml", options={"base_url": "https://a.example/x/"})
    assert main(resolved) == [{"transfer": {"dest": "https://a.example/x/after"}}]


def test_a_url_that_is_only_told_is_no_transfer() -> None:
    source = '<Response><Conference action="https://a.example/a" redirect="false">r</Conference><Hangup/></Response>'
    result = translate(source, "swml", "plivo")
    assert main(result) == [{"hangup": {}}]
    assert "after-url/dropped" in codes(result, "error")


# -- who answers ---------------------------------------------------------------------------------------------------


def test_hangup_first_answers_in_twiml_and_refuses_elsewhere() -> None:
    source = twiml("<Hangup/>")
    assert [step.kind for step in read(source, "twiml").steps][:2] == ["answer", "hangup"]
    assert main(translate(source, "swml", "twiml")) == [{"answer": {}}, {"hangup": {}}]
    assert main(translate("<Response><Hangup/><Conference>r</Conference></Response>", "swml", "plivo")) == [
        {"hangup": {"reason": "decline"}}
    ]
    assert "hangup-cause/changed" in codes(translate(source, "plivo", "twiml"), "error")


def test_a_pause_behind_answer_rings_on_in_xml() -> None:
    result = translate(swml("answer", {"sleep": 2000}, JOIN), "twiml", "swml")
    assert verbs(result).startswith('<Pause length="2"/>')
    assert "answer/structure" in codes(result, "warning")
    spoken = translate(swml("answer", {"play": {"url": "say:Hi"}}, JOIN), "twiml", "swml")
    assert "answer/structure" not in codes(spoken)


def test_a_limit_of_the_whole_call_is_lost_with_an_error() -> None:
    lost = translate(swml({"answer": {"max_duration": 600}}, JOIN), "twiml", "swml")
    assert "answer-time-limit/dropped" in codes(lost, "error")


def test_early_media_is_kept_or_told() -> None:
    source = swml({"play": {"url": "say:Hi", "auto_answer": False}}, JOIN)
    assert "say-early-media/dropped" in codes(translate(source, "twiml", "swml"), "error")
    assert "<PreAnswer>" in translate(source, "plivo", "swml").text


# -- what is reached -----------------------------------------------------------------------------------------------


def test_verbs_behind_an_action_are_dead_and_stay_dead() -> None:
    source = twiml(room='<Dial action="https://a.example/a"><Conference>r</Conference></Dial>', after="<Say>Bye</Say>")
    result = translate(source, "swml", "twiml")
    assert "say/structure" in codes(result, "notice")
    assert main(result)[1]["play"]["url"] == "say:Bye"


def test_dead_verbs_are_left_out_where_they_would_come_alive() -> None:
    """A jambonz hook that answers with nothing goes on with the next verb."""
    source = twiml(room='<Dial action="https://a.example/a"><Conference>r</Conference></Dial>', after="<Say>Bye</Say>")
    result = translate(source, "jambonz", "twiml")
    assert "Bye" not in result.text
    assert "say/step" in codes(result, "warning")


def test_live_verbs_that_the_target_never_reaches_are_told() -> None:
    source = '[{"verb":"conference","name":"r","actionHook":"https://a.example/a"},{"verb":"say","text":"Bye"}]'
    result = translate(source, "twiml", "jambonz")
    assert "say/structure" in codes(result, "warning")


def test_verbs_behind_an_endless_one_are_dead() -> None:
    result = translate(twiml('<Play loop="0">https://a.example/a.mp3</Play>'), "cxml", "twiml")
    assert "conference/structure" in codes(result, "warning")


# -- SWML's own ways through a document ------------------------------------------------------------------------------


def test_sections_that_steps_go_to_are_laid_in_their_place() -> None:
    source = swml(
        {"execute": {"dest": "greet"}},
        {"transfer": {"dest": "room"}},
        greet=[{"play": {"url": "say:Hi", "say_voice": "amazon.Joanna"}}, {"return": {}}],
        room=[JOIN, {"hangup": {}}],
    )
    result = translate(source, "twiml", "swml")
    assert verbs(result) == f'<Say voice="Polly.Joanna">Hi</Say>{ROOM}<Hangup/>'
    assert not {loss.kind for loss in result.losses} & {"step", "structure"}


def test_a_section_that_goes_to_itself_is_told() -> None:
    source = swml({"transfer": {"dest": "a"}}, a=[JOIN, {"transfer": {"dest": "a"}}])
    result = translate(source, "twiml", "swml")
    assert result.text.count("<Conference>") == 1
    assert "transfer/step" in codes(result, "error")


def test_branches_without_a_conference_are_left_out_with_their_condition() -> None:
    source = swml(
        {"cond": [{"when": "vars.closed", "then": [{"play": {"url": "say:Closed"}}, {"hangup": {}}]}]},
        JOIN,
    )
    result = translate(source, "twiml", "swml")
    assert verbs(result) == ROOM
    (branch,) = [loss for loss in result.losses if loss.code == "cond/structure"]
    assert "vars.closed" in branch.message
    assert {"play/step", "hangup/step"} <= codes(result)


def test_branches_are_kept_where_they_exist() -> None:
    source = swml(
        {"cond": [{"when": "vars.a", "then": [{"play": {"url": "say:x"}}, {"hangup": {}}]}]},
        JOIN,
        {"goto": {"label": "a", "when": "vars.b"}},
        {"switch": {"variable": "vars.c", "case": {"1": [JOIN]}}},
    )
    result = translate(source, "swaig", "swml")
    assert codes(result) == {"document/default"}  # there, an AI session goes on
    assert json.loads(translate(result.text, "swml", "swaig").text) == json.loads(source)


NEXT = "https://x.example/next"


@pytest.mark.parametrize(
    ("source", "from_", "to", "written"),
    [
        (swml(JOIN, {"record": {}}, {"transfer": {"dest": NEXT}}), "swml", "jambonz", '"redirect"'),
        (swml(JOIN, {"connect": {"to": "/public/bob"}}, {"transfer": {"dest": NEXT}}), "swml", "twiml", "<Redirect>"),
        (f'<Response>{{}}<Dial action="{NEXT}"><Client>bob</Client></Dial></Response>', "twiml", "swml", '"transfer"'),
        (f'<Response>{{}}<Record action="{NEXT}"/></Response>', "twiml", "jambonz", '"redirect"'),
    ],
)
def test_where_a_step_that_is_left_out_goes_on_is_kept(source: str, from_: str, to: str, written: str) -> None:
    source = source.replace("{}", "<Dial><Conference>r</Conference></Dial>") if from_ == "twiml" else source
    result = translate(source, to, from_)
    assert written in result.text
    assert NEXT in result.text
    assert "redirect-url/endpoint" in codes(result)


@pytest.mark.parametrize("type_", ["dtmf", "dtmf speech"])
@pytest.mark.parametrize("to", ["swml", "swaig"])
def test_digits_without_a_known_end_are_many(type_: str, to: str) -> None:
    gather = f'<GetInput action="{NEXT}" inputType="{type_}"><Speak>PIN</Speak></GetInput>'
    text = translate(f"<Response>{gather}<Conference>r</Conference></Response>", to, "plivo").text
    assert '"max_digits": 20' in text


@pytest.mark.parametrize("seconds", [3, 12])
def test_timeout_is_the_end_of_speech_too(seconds: int) -> None:
    gather = f'<Gather input="speech" timeout="{seconds}" action="{NEXT}"/><Dial><Conference>r</Conference></Dial>'
    source = f"<Response>{gather}</Response>"
    assert f'"speech_end_timeout": {seconds}' in translate(source, "swml", "twiml").text
    assert f'speechTimeout="{seconds}"' in translate(source, "cxml", "twiml").text
    back = {loss.code: loss for loss in translate(source, "twiml", "cxml").losses}
    assert back["gather-speech-timeout/default"].given == seconds


@pytest.mark.parametrize("to", ["twiml", "cxml", "plivo"])
def test_a_stream_both_ways_sends_what_comes_in_alone(to: str) -> None:
    listen = {"verb": "listen", "url": "wss://x.example/s", "mixType": "stereo"}
    source = json.dumps([listen, {"verb": "conference", "name": "r"}])
    result = translate(source, to, "jambonz")
    assert "both_tracks" not in result.text
    assert 'audioTrack="both"' not in result.text
    assert "start-stream-track/dropped" in {loss.code for loss in result.losses if loss.severity == "error"}


@pytest.mark.parametrize("to", ["twiml", "cxml"])
def test_ten_are_called_at_once_at_most(to: str) -> None:
    called = [{"to": f"+1555010000{number:02}"} for number in range(12)]
    result = translate(swml({"connect": {"parallel": called}}, JOIN), to, "swml")
    assert result.text.count("<Number>") == 10
    assert sum(loss.kind == "step" and loss.severity == "error" for loss in result.losses) == 2


def test_cxml_calls_one_kind_of_address_at_once() -> None:
    dial = "<Dial><Number>+15550100001</Number><Sip>sip:a@b.example</Sip></Dial>"
    source = f"<Response>{dial}<Dial><Conference>r</Conference></Dial></Response>"
    result = translate(source, "cxml", "twiml")
    assert "<Sip>" not in result.text
    assert "sip/step" in {loss.code for loss in result.losses if loss.severity == "error"}
    assert "<Sip>" in translate(source, "cxml", "cxml").text


def test_swml_opens_wss_alone() -> None:
    listen = {"url": "ws://x.example/s", "enable": True, "bidirectionalAudio": {"enabled": False}}
    source = json.dumps([{"verb": "config", "listen": listen}, {"verb": "conference", "name": "r"}])
    assert "start-stream-url/unresolved" in codes(translate(source, "swml", "jambonz"))


def test_what_is_longer_or_shorter_than_the_target_takes_is_told() -> None:
    assert "dial-ring-timeout/clamped" in codes(
        translate(swml({"connect": {"to": "+1555", "timeout": 2}}, JOIN), "cxml", "swml")
    )
    dial = f'<Dial callerName="{"x" * 60}"><Number>+15550100001</Number></Dial>'
    source = f"<Response>{dial}<Dial><Conference>r</Conference></Dial></Response>"
    assert "dial-caller-name/unresolved" in codes(translate(source, "plivo", "cxml"))
    stream = f'<Start><Stream url="wss://x.example/s"><Parameter name="a" value="{"v" * 600}"/></Stream></Start>'
    source = f"<Response>{stream}<Dial><Conference>r</Conference></Dial></Response>"
    assert "start-stream-parameters/dropped" in codes(translate(source, "plivo", "twiml"))


def test_letters_are_digits_of_a_number_in_cxml() -> None:
    dial = '<Dial><Number sendDigits="1A">+15550100001</Number></Dial>'
    source = f"<Response>{dial}<Dial><Conference>r</Conference></Dial></Response>"
    assert "target-send-digits/invalid" not in codes(translate(source, "twiml", "cxml"))


@pytest.mark.parametrize("verb", ["stop_stream", "stop_tap"])
def test_a_stream_that_is_not_stopped_is_grave(verb: str) -> None:
    source = swml({"tap": {"uri": "wss://x.example/t", "control_id": "t"}}, {verb: {"control_id": "t"}}, JOIN)
    losses = {loss.code: loss.severity for loss in translate(source, "twiml", "swml").losses}
    assert losses[f"{verb.replace('_', '-')}/step"] == "error"


def test_a_redirect_that_is_left_of_a_step_reads_as_the_url_of_the_conference_before_it() -> None:
    source = twiml(after=f'<Dial action="{NEXT}"><Client>bob</Client></Dial>')
    assert "redirect/structure" in {loss.code for loss in translate(source, "swml", "twiml").losses}
