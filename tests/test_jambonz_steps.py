"""jambonz: the verbs around the conference, both ways, and the traps of their sheet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from helpers import codes

from translator import Result, read, translate

ROOM = "<Dial><Conference>r</Conference></Dial>"
CONFERENCE = {"verb": "conference", "name": "r"}
SPEECH = {"vendor": "default", "language": "en-US"}
"""What is written of a voice that was not chosen: the language, for the application's own vendor."""


def around(*verbs: Any, behind: Any = ()) -> str:
    return json.dumps([*verbs, CONFERENCE, *behind])


def into(source: str, from_: str = "twiml") -> list[dict[str, Any]]:
    """The verbs that a document becomes in jambonz, without the conference."""
    verbs = json.loads(translate(source, "jambonz", from_).text)
    return [verb for verb in verbs if verb["verb"] != "conference"]


def twiml(verbs: str) -> list[dict[str, Any]]:
    return into(f"<Response>{verbs}{ROOM}</Response>")


def out(*verbs: Any, to: str = "twiml", behind: Any = ()) -> tuple[str, Result]:
    """What stands before the conference in another dialect, without blanks between elements; and the result."""
    result = translate(around(*verbs, behind=behind), to, "jambonz")
    text = "".join(line.strip() for line in result.text.split("\n")[1:])
    return text.removeprefix("<Response>").partition("<Dial><Conference")[0], result


INTO: list[tuple[str, list[dict[str, Any]]]] = [
    ("<Say>Hi</Say>", [{"verb": "say", "text": "Hi", "synthesizer": SPEECH}]),
    (
        '<Say voice="Polly.Joanna-Neural" loop="2">Hi</Say>',
        [
            {
                "verb": "say",
                "text": "Hi",
                "synthesizer": {"vendor": "aws", "voice": "Joanna", "engine": "neural"},
                "loop": 2,
            }
        ],
    ),
    (
        '<Say voice="Google.de-DE-Wavenet-A">a <break time="1s"/> b</Say>',
        [
            {
                "verb": "say",
                "text": '<speak>a <break time="1s"/> b</speak>',
                "synthesizer": {"vendor": "google", "voice": "de-DE-Wavenet-A", "language": "de-DE"},
            }
        ],
    ),
    ('<Play loop="3">https://a.example/a.mp3</Play>', [{"verb": "play", "url": "https://a.example/a.mp3", "loop": 3}]),
    ('<Play digits="1ww2"/>', [{"verb": "dtmf", "dtmf": "1ww2"}]),
    ("<Pause/>", [{"verb": "pause", "length": 1}]),
    ("<Hangup/>", [{"verb": "answer"}, {"verb": "hangup"}]),
    ('<Reject reason="busy"/>', [{"verb": "sip:decline", "status": 486}]),
    ("<Reject/>", [{"verb": "sip:decline", "status": 603}]),
    ("<Redirect>/next</Redirect>", [{"verb": "redirect", "actionHook": "/next"}]),
    (
        '<Gather action="/g" numDigits="1"><Say>Press one</Say></Gather>',
        [
            {
                "verb": "gather",
                "actionHook": "/g",
                "timeout": 5,
                "finishOnKey": "#",
                "numDigits": 1,
                "minDigits": 1,
                "interDigitTimeout": 5,
                "say": {"text": "Press one", "synthesizer": SPEECH},
            }
        ],
    ),
    (
        '<Dial action="/after"><Number url="/screen">+15550100002</Number></Dial>',
        [
            {
                "verb": "dial",
                "target": [{"type": "phone", "number": "+15550100002"}],
                "timeout": 30,
                "timeLimit": 14400,
                "actionHook": "/after",
                "confirmHook": "/screen",
            }
        ],
    ),
    (
        '<Dial timeout="60" timeLimit="9"><Sip username="u" password="p">sip:b@example.com</Sip><Client>a</Client></Dial>',
        [
            {
                "verb": "dial",
                "target": [
                    {"type": "sip", "sipUri": "sip:b@example.com", "auth": {"username": "u", "password": "p"}},
                    {"type": "user", "name": "a"},
                ],
                "timeout": 60,
                "timeLimit": 9,
            }
        ],
    ),
    (
        "<Start><Recording/></Start>",
        [{"verb": "config", "record": {"action": "startCallRecording", "type": "cloud"}}],
    ),
    (
        '<Sms to="+15550100001" from="+15550100002">Hello</Sms>',
        [{"verb": "message", "text": "Hello", "to": "+15550100001", "from": "+15550100002"}],
    ),
    # trap 16: one way goes on at once, both ways wait for the end of the socket
    (
        '<Start><Stream url="wss://a.example/s"><Parameter name="a" value="1"/></Stream></Start>',
        [
            {
                "verb": "config",
                "listen": {
                    "enable": True,
                    "url": "wss://a.example/s",
                    "bidirectionalAudio": {"enabled": False},
                    "sampleRate": 8000,
                    "metadata": {"a": "1"},
                },
            }
        ],
    ),
    (
        '<Connect><Stream url="wss://a.example/s"/></Connect>',
        [
            {
                "verb": "listen",
                "url": "wss://a.example/s",
                "bidirectionalAudio": {"enabled": True},
                "sampleRate": 8000,
            }
        ],
    ),
]


@pytest.mark.parametrize(("verbs", "written"), INTO)
def test_every_kind_is_written(verbs: str, written: list[dict[str, Any]]) -> None:
    assert twiml(verbs) == written


OUT: list[tuple[dict[str, Any], str]] = [
    ({"verb": "say", "text": "Hi"}, "<Say>Hi</Say>"),
    (
        {"verb": "say", "text": "Hi", "synthesizer": {"vendor": "google", "voice": "en-US-A", "language": "en-US"}},
        '<Say voice="Google.en-US-A" language="en-US">Hi</Say>',
    ),
    ({"verb": "play", "url": "https://a.example/a"}, "<Play>https://a.example/a</Play>"),
    ({"verb": "dtmf", "dtmf": "1w2"}, '<Play digits="1w2"/>'),
    ({"verb": "pause", "length": 2}, '<Pause length="2"/>'),
    ({"verb": "sip:decline", "status": 486}, '<Reject reason="busy"/>'),
    ({"verb": "redirect", "actionHook": "/next"}, "<Redirect>/next</Redirect>"),
    (
        {"verb": "gather", "actionHook": "/g", "say": {"text": "Press"}, "interDigitTimeout": 15, "minDigits": 1},
        '<Gather action="/g" timeout="15" finishOnKey="" actionOnEmptyResult="true"><Say>Press</Say></Gather>',
    ),
    (
        {"verb": "dial", "timeout": 9, "confirmHook": "/c", "target": [{"type": "phone", "number": "+15550100002"}]},
        '<Dial timeout="9"><Number url="/c">+15550100002</Number></Dial>',
    ),
    ({"verb": "message", "to": "+1", "from": "+2", "text": "x"}, '<Sms to="+1" from="+2">x</Sms>'),
    ({"verb": "config", "record": {"action": "startCallRecording"}}, "<Start><Recording/></Start>"),
    (
        {"verb": "config", "listen": {"enable": True, "url": "wss://a", "disableBidirectionalAudio": True}},
        '<Start><Stream url="wss://a"/></Start>',
    ),
    ({"verb": "stream", "url": "wss://a"}, '<Connect><Stream url="wss://a"/></Connect>'),
]


@pytest.mark.parametrize(("verb", "written"), OUT)
def test_every_kind_is_read(verb: dict[str, Any], written: str) -> None:
    assert out(verb)[0] == written


EVERY_VERB = around(
    {"verb": "config", "record": {"action": "startCallRecording"}, "listen": {"enable": True, "url": "wss://a"}},
    {"verb": "config", "synthesizer": {"vendor": "google"}},
    {"verb": "config", "listen": {"enable": False}},
    {"verb": "sip:decline", "status": 480, "reason": "Away"},
    {"verb": "answer", "id": "a"},
    {"say": {"text": ["one", "two"], "loop": 0, "unknown": 1}},
    {"verb": "play", "url": ["https://a.example/a", "tone_stream://x"], "earlyMedia": True, "seekOffset": 1},
    {"verb": "pause", "length": 0.5},
    {"verb": "dtmf", "dtmf": "1W", "duration": 200},
    {"verb": "gather", "input": ["dtmf"], "say": {"verb": "say", "text": "x"}, "play": {"url": "/x"}, "timeout": 0},
    {"verb": "dial", "target": [{"type": "teams", "number": "+1"}, {"type": "fax"}], "confirmHook": {"url": "/c"}},
    {"verb": "message", "to": "+1", "from": "+2", "media": "https://a.example/a.png"},
    {"verb": "listen", "url": "/audio", "mixType": "mixed"},
    behind=[
        {"verb": "stream", "url": "wss://a"},
        {"verb": "tag", "data": {"a": 1}},
        {"verb": "redirect", "actionHook": {"url": "/r", "method": "GET"}},
        {"verb": "hangup", "headers": {"X-A": "1"}},
    ],
)


def test_a_document_with_every_verb_comes_back_as_it_was() -> None:
    result = translate(EVERY_VERB, "jambonz", "jambonz")
    assert result.lossless, result.losses
    assert json.loads(result.text) == json.loads(EVERY_VERB)


@pytest.mark.parametrize("target", ["twiml", "cxml", "plivo", "swml"])
def test_the_intent_in_between_changes_nothing(target: str) -> None:
    intent = translate(EVERY_VERB, "intent", "jambonz").text
    assert translate(intent, target, "intent").text == translate(EVERY_VERB, target, "jambonz").text


def test_zero_loops_play_once_here_and_for_ever_elsewhere() -> None:
    """Trap 1."""
    assert twiml('<Say loop="0">x</Say>')[0]["loop"] == "forever"
    assert out({"verb": "say", "text": "x", "loop": "forever"})[0] == '<Say loop="0">x</Say>'
    text, result = out({"verb": "say", "text": "x", "loop": 0})
    assert text == '<Say loop="1">x</Say>'
    assert "say-repeat/invalid" in codes(result)


def test_a_pause_has_fractions_and_is_never_without_a_length() -> None:
    """Trap 2."""
    text, result = out({"verb": "pause", "length": 1.5})
    assert text == '<Pause length="2"/>'
    assert "pause-seconds/changed" in codes(result)
    assert twiml('<Pause length="{{x}}"/>') == [{"verb": "pause", "length": 1}]
    swml = '{"version": "1.0.0", "sections": {"main": [{"sleep": -1}, {"join_conference": {"name": "r"}}]}}'
    assert into(swml, "swml")[0] == {"verb": "pause", "length": 86400}


def test_a_leading_pause_delays_the_answer_on_both_sides() -> None:
    """Trap 3: so nothing is to be told."""
    result = translate(f'<Response><Pause length="2"/>{ROOM}</Response>', "jambonz", "twiml")
    assert not codes(result)


def test_hangup_is_skipped_while_the_call_rings() -> None:
    """Trap 4: the next verb runs, so it must not end the call elsewhere."""
    text, result = out({"verb": "pause", "length": 1}, {"verb": "hangup"})
    assert text == '<Pause length="1"/>'
    assert {"verb/structure", "hangup/step"} <= codes(result)
    assert "<Hangup/>" in translate(around(behind=[{"verb": "hangup"}]), "twiml", "jambonz").text


def test_a_refusal_is_skipped_once_the_call_is_answered() -> None:
    text, result = out({"verb": "answer"}, {"verb": "sip:decline", "status": 486})
    assert text == ""
    assert "verb/structure" in codes(result)
    assert twiml('<Say>x</Say><Reject reason="busy"/>')[1] == {"verb": "hangup"}


def test_a_hangup_that_comes_later_does_not_end_the_call_at_once() -> None:
    source = '<Response><Hangup schedule="60"/><Conference>r</Conference></Response>'
    assert into(source, "plivo") == []
    assert "hangup/step" in codes(translate(source, "jambonz", "plivo"))


def test_other_refusals_keep_their_status_here_and_come_nearest_elsewhere() -> None:
    text, result = out({"verb": "sip:decline", "status": 480})
    assert text == '<Reject reason="rejected"/>'
    assert "hangup-sip-status/dropped" in codes(result)


def test_amazon_without_an_engine_is_neural_here() -> None:
    """Trap 6."""
    amazon = {"vendor": "aws", "voice": "Joanna", "language": "en-US"}
    assert "Polly.Joanna-Neural" in out({"verb": "say", "text": "x", "synthesizer": amazon})[0]
    written = twiml('<Say voice="Polly.Joanna" language="en-US">x</Say>')[0]["synthesizer"]
    assert written == {**amazon, "engine": "standard"}


def test_no_vendor_is_volunteered() -> None:
    """The account may have no credentials of it: SWML's own voice is Amazon's."""
    swml = '{"version":"1.0.0","sections":{"main":[{"play":{"url":"say:x"}},{"join_conference":{"name":"r"}}]}}'
    assert into(swml, "swml")[0]["synthesizer"] == SPEECH
    result = translate(f'<Response><Say voice="woman">x</Say>{ROOM}</Response>', "jambonz", "twiml")
    assert "say-voice-gender/dropped" in codes(result)
    assert json.loads(result.text)[0]["synthesizer"] == SPEECH


def test_a_voice_without_a_vendor_is_refused() -> None:
    """Trap 6."""
    _, result = out({"verb": "say", "text": "x", "synthesizer": {"voice": "Joanna", "gender": "female"}})
    assert "say-voice/invalid" in codes(result)
    _, result = out({"verb": "say", "text": "x", "voice": "Joanna"})
    (loss,) = [loss for loss in result.losses if loss.kind == "unknown"]
    assert "synthesizer" in loss.remedy


def test_what_an_input_needs_is_always_written() -> None:
    """Traps 8 and 9: without minDigits the other timeout never fires, and digits are thrown away."""
    (verb,) = twiml('<Gather action="/g" finishOnKey=""/>')
    assert (verb["timeout"], verb["minDigits"], verb["interDigitTimeout"]) == (5, 1, 5)
    assert "finishOnKey" not in verb
    _, result = out({"verb": "gather", "actionHook": "/g", "interDigitTimeout": 3})
    assert "gather-digit-timeout/invalid" in codes(result)


def test_the_word_dtmf_collects_nothing() -> None:
    """Trap 9: told as an error, and read as what was meant."""
    text, result = out({"verb": "gather", "input": ["dtmf"], "actionHook": "/g"})
    assert ("gather-inputs/invalid", "error") in {(loss.code, loss.severity) for loss in result.losses}
    assert 'action="/g"' in text
    (verb,) = twiml('<Gather input="dtmf speech" action="/g" language="de-DE" hints="a,b"/>')
    assert verb["input"] == ["digits", "speech"]
    assert verb["recognizer"]["vendor"] == "default"
    assert verb["recognizer"]["hints"] == ["a", "b"]
    assert verb["bargein"] is True
    assert "recognizer" not in twiml('<Gather action="/g"/>')[0]


def test_several_finish_keys_never_match() -> None:
    """Trap 9."""
    _, result = out({"verb": "gather", "actionHook": "/g", "finishOnKey": "#*"})
    assert "gather-finish-keys/invalid" in codes(result)
    result = translate(f'<Response><Gather action="/g" finishOnKey="*#"/>{ROOM}</Response>', "jambonz", "twiml")
    assert json.loads(result.text)[0]["finishOnKey"] == "#"
    assert "gather-finish-keys/changed" in codes(result)


def test_one_prompt_is_heard() -> None:
    """Trap 9: of say and play only say, and no verb key in either."""
    prompts = {"say": {"verb": "say", "text": "x"}, "play": {"url": "https://a.example/a"}}
    text, result = out({"verb": "gather", "actionHook": "/g", **prompts})
    assert "<Play>" not in text
    assert {"prompt/structure", "say-verb/unknown"} <= codes(result)
    first, second = twiml('<Gather action="/g"><Say>a</Say><Play>https://a.example/a</Play></Gather>')
    assert first["verb"] == "say"
    assert second["play"] == {"url": "https://a.example/a"}


def test_what_stands_behind_a_hook_may_run() -> None:
    """Trap 10: the hook lets it run by answering with no array, and XML never does."""
    verb = {"verb": "gather", "actionHook": "/g", "say": {"text": "x"}}
    assert "conference/structure" in codes(translate(around(verb), "twiml", "jambonz"))
    assert not codes(translate(around(verb), "jambonz", "jambonz"))


def test_redirect_takes_a_text_only() -> None:
    """Trap 11: with an object the server ends the application."""
    result = translate(f'<Response>{ROOM}<Redirect method="GET">/n</Redirect></Response>', "jambonz", "twiml")
    assert json.loads(result.text)[1] == {"verb": "redirect", "actionHook": "/n"}
    assert "redirect-method/dropped" in codes(result)
    result = translate(around(behind=[{"verb": "redirect", "actionHook": {"url": "/n"}}]), "twiml", "jambonz")
    (loss,) = [loss for loss in result.losses if loss.code == "redirect-url/invalid"]
    assert loss.severity == "error"


def test_a_dial_has_no_limit_here() -> None:
    """Trap 15."""
    (verb,) = twiml("<Dial>+15550100002</Dial>")
    assert (verb["timeout"], verb["timeLimit"]) == (30, 14400)
    text, result = out({"verb": "dial", "target": [{"type": "phone", "number": "+1"}]})
    assert 'timeout="60"' in text
    assert "dial-time-limit/default" in codes(result)


def test_who_is_called_stands_in_an_array() -> None:
    text, result = out({"verb": "dial", "target": {"type": "phone", "number": "+1"}})
    assert "<Number>+1</Number>" in text
    assert "target/structure" in codes(result)
    _, result = out({"verb": "dial", "target": [{"type": "fax"}, {"type": "teams", "number": "+1"}]})
    assert {"target/step", "teams/step"} <= codes(result)


def test_every_target_is_screened() -> None:
    targets = [{"type": "phone", "number": "+1"}, {"type": "phone", "number": "+2", "confirmHook": "/own"}]
    text, _ = out({"verb": "dial", "confirmHook": "/all", "target": targets})
    assert '<Number url="/all">+1</Number><Number url="/own">+2</Number>' in text
    (verb,) = twiml('<Dial><Number url="/a">+1</Number><Number url="/b">+2</Number></Dial>')
    assert [target["confirmHook"] for target in verb["target"]] == [{"url": "/a"}, {"url": "/b"}]


def test_a_stream_waits_for_its_end_unless_it_stands_in_config() -> None:
    """Trap 16."""
    _, result = out({"verb": "listen", "url": "wss://a", "bidirectionalAudio": {"enabled": False}})
    assert "start-stream-blocks/changed" in codes(result)
    _, result = out({"verb": "config", "stream": {"enable": True, "url": "wss://a"}})
    assert "config/step" in codes(result)  # the server never reads it


def test_a_config_is_a_step_for_each_thing_that_it_sets_up() -> None:
    record = {"action": "startCallRecording", "type": "cloud"}
    listen = {"enable": True, "url": "wss://a", "bidirectionalAudio": {"enabled": False}}
    text, _ = out({"verb": "config", "record": record, "listen": listen})
    assert text == '<Start><Recording/></Start><Start><Stream url="wss://a"/></Start>'
    text, result = out({"verb": "config", "record": record, "amd": {}})
    assert text == "<Start><Recording/></Start>"
    assert "config/step" in codes(result)
    mixed = json.dumps([{"verb": "config", "record": record, "amd": {}}, {"verb": "conference", "name": "r"}])
    again = translate(mixed, "jambonz", "jambonz")
    assert again.lossless
    assert json.loads(again.text)[:2] == [{"verb": "config", "amd": {}}, {"verb": "config", "record": record}]


def test_all_of_several_texts_are_spoken() -> None:
    """Trap 18: by the server; the schema says one at random."""
    text, result = out({"verb": "say", "text": ["one", "two"]})
    assert text == "<Say>one</Say><Say>two</Say>"
    assert "text/structure" in codes(result, notices=True)
    assert out({"verb": "say", "text": ["one", "two"], "loop": 2})[0] == '<Say loop="2">one two</Say>'


def test_silences_and_tones_are_streams_of_the_media_server() -> None:
    flow = read(around({"verb": "play", "url": ["silence_stream://1500", "tone_stream://x"]}), "jambonz")
    assert flow.steps[0].urls == ("silence:1.5", "tone:x")  # type: ignore[union-attr]


def test_what_cannot_be_whole_is_not_written() -> None:
    """The server refuses the whole document for one property that is missing."""
    for verbs in ("<Play/>", "<Say/>", "<Redirect/>", "<Sms>x</Sms>", "<Record/>", "<Dial><Queue>q</Queue></Dial>"):
        result = translate(f"<Response>{verbs}{ROOM}</Response>", "jambonz", "twiml")
        assert json.loads(result.text) == [{**CONFERENCE, "beep": True}]
        assert codes(result)


def test_early_media_stays_early() -> None:
    source = "<Response><PreAnswer><Speak>x</Speak></PreAnswer><Conference>r</Conference></Response>"
    assert into(source, "plivo")[0]["earlyMedia"] is True
