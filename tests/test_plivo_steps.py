"""Plivo: the verbs around a conference, to and from TwiML and cXML, and the traps of their sheet."""

from __future__ import annotations

import re

import pytest
from helpers import codes

from translator import Loss, read, translate

PLIVO = "<Conference>r</Conference>"
DIAL = "<Dial><Conference>r</Conference></Dial>"


def to_plivo(verbs: str, from_: str = "twiml", **options: str) -> tuple[str, set[str]]:
    """(the verbs as written, codes of errors and warnings but for the conference's own)."""
    result = translate(f"<Response>{verbs}{DIAL}</Response>", "plivo", from_, options=options)
    return inner(result.text), codes(result)


def from_plivo(verbs: str, to: str = "twiml") -> tuple[str, set[str]]:
    result = translate(f"<Response>{verbs}{PLIVO}</Response>", to, "plivo")
    return inner(result.text), codes(result)


def inner(text: str) -> str:
    """What stands in `<Response>` before the conference, in one line."""
    flat = re.sub(r">\s+<", "><", text)
    found = re.search(r"<Response>(.*?)(<Dial[^>]*>)?<Conference", flat)
    assert found
    return found[1]


def losses(verbs: str, from_: str, to: str) -> dict[str, Loss]:
    end = PLIVO if from_ == "plivo" else DIAL
    return {loss.code: loss for loss in translate(f"<Response>{verbs}{end}</Response>", to, from_).losses}


EVERY_VERB = """\
<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <PreAnswer>
    <Speak>soon</Speak>
    <Wait length="2"/>
    <!-- heard before the answer -->
    <Play>https://a.example/p.mp3</Play>
  </PreAnswer>
  <Wait length="5" silence="true" minSilence="1000"/>
  <Wait length="0.5" beep="true"/>
  <Speak voice="Polly.Joanna" language="en-US" loop="0">Hi <break time="1s"/> you</Speak>
  <Speak voice="woman" speed="fast">x</Speak>
  <Play loop="2">
    https://a.example/x.mp3
  </Play>
  <DTMF async="false">1w2W#</DTMF>
  <Record recordSession="true" redirect="false" maxLength="3600" playBeep="true" callbackUrl="https://a.example/r"/>
  <Record startOnDialAnswer="true" redirect="false" action="https://a.example/r"/>
  <Record maxLength="30" finishOnKey="*" transcriptionType="auto" transcriptionUrl="https://a.example/t"/>
  <GetDigits action="https://a.example/g" retries="2" validDigits="12" invalidDigitsSound="https://a.example/i" \
numDigits="1" redirect="false" log="false">
    <Speak>one or two</Speak>
    <Play>https://a.example/x.mp3</Play>
    <Wait/>
  </GetDigits>
  <GetInput action="https://a.example/g" inputType="speech dtmf" digitEndTimeout="auto" hints="a,b">
    <Speak>say it</Speak>
  </GetInput>
  <Dial confirmSound="https://a.example/c" confirmKey="3" sipHeaders="a=1" dialMusic="real" digitsMatch="1,22">
    <Number sendDigits="1" sendOnPreanswer="true">15550100001</Number>
    <User sipHeaders="b=2">sip:u@phone.plivo.com</User>
  </Dial>
  <Message src="15550100003" dst="15550100002&lt;15550100004" type="sms">Hi</Message>
  <Stream bidirectional="true" keepCallAlive="true" streamTimeout="600" extraHeaders="a=1">wss://a.example/s</Stream>
  <Hangup schedule="60" reason="busy"/>
  <MultiPartyCall role="Agent">m</MultiPartyCall>
  <Conference>r</Conference>
  <Redirect method="GET">https://a.example/n</Redirect>
  <Hangup/>
</Response>
"""


def test_every_verb_comes_back_as_it_was_written() -> None:
    first = translate(EVERY_VERB, "plivo", "plivo")
    assert first.lossless, first.losses
    assert first.text.strip() == EVERY_VERB.strip()
    assert translate(first.text, "plivo", "plivo").text == first.text


def test_what_each_verb_is_read_as() -> None:
    kinds = [step.kind for step in read(EVERY_VERB, "plivo").steps]
    assert kinds == [
        *("say", "pause", "play", "pause", "pause", "say", "say", "play", "send_digits", "start_recording"),
        *("foreign", "record", "gather", "gather", "dial", "message", "start_stream", "hangup", "foreign"),
        *("conference", "redirect", "hangup"),
    ]


AFTER_SAY = '<Speak voice="MAN">x</Speak>'

TO_PLIVO: list[tuple[str, str, set[str]]] = [
    # the platforms' own voices differ: TwiML's is a man
    ("<Say>x</Say>", '<Speak voice="MAN">x</Speak>', set()),
    # an endless text: nobody reaches what follows, here or there
    ('<Say voice="woman" loop="0">x</Say>', '<Speak voice="WOMAN" loop="0">x</Speak>', {"conference/structure"}),
    ('<Say voice="alice">x</Say>', '<Speak voice="WOMAN">x</Speak>', {"say-voice-gender/changed"}),
    ('<Say voice="Polly.Joanna">x</Say>', '<Speak voice="Polly.Joanna">x</Speak>', set()),
    ('<Say voice="Polly.Joanna-Neural">x</Say>', '<Speak voice="Polly.Joanna">x</Speak>', {"say-voice-engine/changed"}),
    ('<Say voice="Google.en-US-Neural2-A">x</Say>', '<Speak language="en-US">x</Speak>', {"say-voice/dropped"}),
    # one word for a language comes nearest to one of Plivo's; what WOMAN and MAN do not speak is a loss
    ('<Say language="es">x</Say>', '<Speak voice="MAN" language="es-ES">x</Speak>', {"say-language/changed"}),
    ('<Say language="ja-JP">x</Say>', '<Speak voice="MAN" language="ja-JP">x</Speak>', {"say-language/changed"}),
    (
        '<Say voice="Polly.Mizuki" language="ja-JP">x</Say>',
        '<Speak voice="Polly.Mizuki" language="ja-JP">x</Speak>',
        set(),
    ),
    ('<Play loop="2">https://a.example/x</Play>', '<Play loop="2">https://a.example/x</Play>', set()),
    ("<Play>/x.mp3</Play>", "<Play>/x.mp3</Play>", {"play-urls/unresolved"}),
    ("<Pause/>", "<Wait/>", set()),
    ('<Pause length="0.5"/>', '<Wait length="1"/>', {"pause-seconds/changed", "pause-seconds/invalid"}),
    # trap 14: DTMF goes on at once unless told not to
    ('<Play digits="1w2"/>', '<DTMF async="false">1w2</DTMF>', set()),
    ('<Say>x</Say><Redirect method="GET">https://a.example/n</Redirect>', "", {"redirect-url/endpoint"}),
    # timeout is the gap between digits too; Plivo waits 2 seconds only
    (
        '<Gather numDigits="4" action="https://a.example/g"><Say>Pin?</Say><Pause/></Gather>',
        '<GetDigits action="https://a.example/g" digitTimeout="5" numDigits="4">'
        '<Speak voice="MAN">Pin?</Speak><Wait/></GetDigits>',
        {"gather-result-url/endpoint"},
    ),
    (
        '<Gather finishOnKey="*#" action="https://a.example/g"/>',
        '<GetDigits action="https://a.example/g" digitTimeout="5" finishOnKey="#"/>',
        {"gather-result-url/endpoint", "gather-finish-keys/changed"},
    ),
    (
        '<Gather finishOnKey="" actionOnEmptyResult="true" action="https://a.example/g"/>',
        '<GetDigits action="https://a.example/g" digitTimeout="5" finishOnKey=""/>',
        {"gather-result-url/endpoint", "gather-on-nothing/dropped", "conference/structure"},
    ),
    # speech needs GetInput, whose times have bounds
    (
        '<Gather input="speech" timeout="1" speechTimeout="auto" hints="yes,no" action="https://a.example/g"/>',
        '<GetInput action="https://a.example/g" inputType="speech" executionTimeout="5" digitEndTimeout="2" '
        'speechEndTimeout="auto" hints="yes,no" profanityFilter="true"/>',
        {"gather-result-url/endpoint", "gather-first-timeout/clamped"},
    ),
    # trap 13: the document's own URL is known to nobody
    ("<Gather/>", '<GetDigits digitTimeout="5"/>', {"gather-result-url/default"}),
    (
        '<Dial callerId="+15550100001" hangupOnStar="true">+15550100002</Dial>',
        '<Dial callerId="+15550100001" timeout="30" hangupOnStar="true"><Number>+15550100002</Number></Dial>',
        set(),
    ),
    (
        '<Dial timeout="9" record="record-from-answer" ringTone="us"><Number sendDigits="1" url="https://a.example/s">'
        "+15550100002</Number></Dial>",
        '<Dial timeout="9"><Number sendDigits="1">+15550100002</Number></Dial>',
        {"dial-record/dropped", "dial-ringback/dropped", "target-screen-url/dropped"},
    ),
    (
        "<Dial><Sip>sip:bob@a.example</Sip><Queue>q</Queue></Dial>",
        '<Dial timeout="30"><User>sip:bob@a.example</User></Dial>',
        {"target-type/changed", "queue/step"},
    ),
    # trap 12: a background recording would stop after a minute
    (
        '<Start><Recording recordingStatusCallback="https://a.example/r"/></Start>',
        '<Record recordSession="true" redirect="false" maxLength="14400" callbackUrl="https://a.example/r"/>',
        {"start-recording-status-url/endpoint"},
    ),
    (
        '<Start><Recording track="inbound" channels="mono"/></Start>',
        '<Record recordSession="true" redirect="false" maxLength="14400" recordChannelType="mono"/>',
        {"start-recording-direction/dropped"},
    ),
    (
        '<Sms to="+15550100003" from="+15550100004">Hi</Sms>',
        '<Message src="+15550100004" dst="+15550100003">Hi</Message>',
        set(),
    ),
    # one way, and both ways until the socket closes
    (
        '<Start><Stream url="wss://a.example/s"/></Start>',
        '<Stream bidirectional="false" keepCallAlive="false" contentType="audio/x-mulaw;rate=8000">'
        "wss://a.example/s</Stream>",
        {"start-stream-url/endpoint"},
    ),
    (
        '<Connect><Stream url="wss://a.example/s"><Parameter name="a" value="1"/></Stream></Connect>',
        '<Stream bidirectional="true" keepCallAlive="true" contentType="audio/x-mulaw;rate=8000" extraHeaders="a=1">'
        "wss://a.example/s</Stream>",
        {"start-stream-url/endpoint"},
    ),
]


@pytest.mark.parametrize(("verbs", "written", "lost"), TO_PLIVO)
def test_twiml_to_plivo(verbs: str, written: str, lost: set[str]) -> None:
    found, found_lost = to_plivo(verbs)
    if "Redirect" in verbs:
        written = f'{AFTER_SAY}<Redirect method="GET">https://a.example/n</Redirect>'
        lost = {*lost, "conference/structure"}  # nobody reaches it, here or there
    assert (found, found_lost) == (written, lost)


CXML_TO_PLIVO: list[tuple[str, str, set[str]]] = [
    # cXML's own voice is Plivo's
    ("<Say>x</Say>", "<Speak>x</Speak>", set()),
    ('<Say voice="gcloud.en-US-Neural2-A">x</Say>', '<Speak language="en-US">x</Speak>', {"say-voice/dropped"}),
    # A to D are not Plivo's
    ('<Play digits="1A2W"/>', '<DTMF async="false">12ww</DTMF>', {"send-digits-digits/changed"}),
    (
        '<Dial callerName="Bob"><Verto>sip:bob@a.example</Verto></Dial>',
        '<Dial callerName="Bob" timeout="30"><User>sip:bob@a.example</User></Dial>',
        {"target-address/unresolved"},
    ),
    (
        '<Record action="https://a.example/v" storageUrl="https://a.example/s"/>',
        '<Record action="https://a.example/v" maxLength="3600" recordChannelType="mono"/>',
        {"record-after-url/endpoint", "record-storage-url/dropped"},
    ),
]


@pytest.mark.parametrize(("verbs", "written", "lost"), CXML_TO_PLIVO)
def test_cxml_to_plivo(verbs: str, written: str, lost: set[str]) -> None:
    found, found_lost = to_plivo(verbs, "cxml")
    assert found == written
    assert lost <= found_lost <= {*lost, "conference/structure"}  # Record with action goes on elsewhere


FROM_PLIVO: list[tuple[str, str, set[str]]] = [
    ("<Speak>x</Speak>", '<Say voice="woman">x</Say>', set()),
    ('<Speak voice="Polly.Joanna">x</Speak>', '<Say voice="Polly.Joanna">x</Say>', set()),
    ('<Speak voice="MAN" loop="0">x</Speak>', '<Say voice="man" loop="0">x</Say>', {"conference/structure"}),
    ("<Play>\n https://a.example/x.mp3 \n</Play>", "<Play>https://a.example/x.mp3</Play>", set()),
    ('<Wait length="3"/>', '<Pause length="3"/>', set()),
    ('<Wait silence="true"/>', "<Pause/>", {"pause-until-silence/dropped"}),
    ('<Wait silence="false" minSilence="2000" beep="false"/>', "<Pause/>", set()),
    # the next verb no longer runs while the keys are sent
    ("<DTMF>12</DTMF>", '<Play digits="12"/>', set()),
    ('<DTMF async="true">12</DTMF>', '<Play digits="12"/>', {"send-digits-wait/dropped"}),
    (
        '<GetDigits action="https://a.example/g" validDigits="1234567890*#"><Speak>x</Speak></GetDigits>',
        '<Gather action="https://a.example/g" numDigits="99"><Say voice="woman">x</Say></Gather>',
        {"gather-result-url/endpoint"},
    ),
    (
        '<GetDigits action="https://a.example/g" retries="2" validDigits="12" redirect="false"/>',
        '<Gather action="https://a.example/g" numDigits="99"/>',
        {
            "gather-result-url/endpoint",
            "gather-attempts/dropped",
            "gather-valid-keys/dropped",
            "gather-result-takes-over/dropped",
        },
    ),
    (
        '<GetInput action="https://a.example/g" inputType="speech" language="en-GB"/>',
        '<Gather input="speech" action="https://a.example/g" timeout="15" speechTimeout="auto" language="en-GB"/>',
        {"gather-result-url/endpoint"},
    ),
    (
        '<Dial timeout="20" confirmKey="3"><Number>15550100001</Number></Dial>',
        '<Dial timeout="20"><Number>+15550100001</Number></Dial>',
        {"dial-confirm-key/dropped"},
    ),
    # a minute is all that Plivo records unless told otherwise
    (
        '<Record action="https://a.example/v"/>',
        '<Record action="https://a.example/v" timeout="15" finishOnKey="#" maxLength="60" trim="do-not-trim"/>',
        {"record-after-url/endpoint", "conference/structure"},
    ),
    (
        '<Record recordSession="true" redirect="false" maxLength="3600"/>',
        '<Start><Recording channels="dual" trim="do-not-trim"/></Start>',
        {"start-recording-max-seconds/dropped"},
    ),
    ('<Record startOnDialAnswer="true" redirect="false"/>', "", {"record/step"}),
    (
        '<Message src="15550100003" dst="15550100002&lt;15550100004" type="sms">Hi</Message>',
        '<Sms to="+15550100002" from="+15550100003">Hi</Sms>',
        {"message-more-recipients/dropped"},
    ),
    (
        '<Stream bidirectional="true" keepCallAlive="true" audioTrack="inbound">wss://a.example/s</Stream>',
        '<Connect><Stream url="wss://a.example/s" track="inbound_track"/></Connect>',
        {"start-stream-url/endpoint"},
    ),
    # without keepCallAlive the flow goes on, which Connect never does
    (
        '<Stream bidirectional="true">wss://a.example/s</Stream>',
        '<Connect><Stream url="wss://a.example/s"/></Connect>',
        {"start-stream-url/endpoint", "start-stream-blocks/changed"},
    ),
    (
        '<Stream keepCallAlive="true">wss://a.example/s</Stream>',
        '<Start><Stream url="wss://a.example/s"/></Start>',
        {"start-stream-url/endpoint", "start-stream-blocks/invalid"},
    ),
    ("<PreAnswer><Speak>x</Speak></PreAnswer>", '<Say voice="woman">x</Say>', {"say-early-media/dropped"}),
    # what PreAnswer holds by the SDK only stays with it
    ("<PreAnswer><DTMF>1</DTMF></PreAnswer>", "", {"pre-answer/step", "dtmf/step"}),
]


@pytest.mark.parametrize(("verbs", "written", "lost"), FROM_PLIVO)
def test_plivo_to_twiml(verbs: str, written: str, lost: set[str]) -> None:
    found, found_lost = from_plivo(verbs)
    assert (found, found_lost) == (written, lost)


def test_plivo_to_cxml() -> None:
    text, lost = from_plivo('<Speak>x</Speak><Wait length="2"/><DTMF async="false">1W</DTMF>', "cxml")
    assert text == '<Say>x</Say><Pause length="2"/><Play digits="1ww"/>'
    assert not lost


def test_a_hangup_in_front_refuses_the_call() -> None:
    assert from_plivo("<Hangup/>")[0] == '<Reject reason="rejected"/>'
    assert from_plivo('<Wait/><Hangup reason="busy"/>')[0] == '<Pause/><Reject reason="busy"/>'
    assert from_plivo("<Speak>x</Speak><Hangup/>")[0] == '<Say voice="woman">x</Say><Hangup/>'


def test_a_hangup_that_answers_would_refuse() -> None:
    """TwiML answers and bills; Plivo's first Hangup is a rejection."""
    assert losses("<Hangup/>", "twiml", "plivo")["hangup-cause/changed"].severity == "error"
    assert "hangup-cause/changed" not in losses("<Say>x</Say><Hangup/>", "twiml", "plivo")
    text, lost = to_plivo('<Reject reason="busy"/>')
    assert text == '<Hangup reason="busy"/>'
    assert lost == {"conference/structure"}  # dead on both sides


def test_a_scheduled_hangup_is_for_later() -> None:
    (step, *_) = read(f'<Response><Hangup schedule="60"/>{PLIVO}</Response>', "plivo").steps
    assert (step.after_seconds, step.cause) == (60, None)  # type: ignore[union-attr]
    assert losses('<Hangup schedule="60"/>', "plivo", "twiml")["hangup/step"].severity == "error"


def test_what_was_never_reached_is_left_out() -> None:
    """TwiML's Record goes on elsewhere whatever it says; Plivo's without action does not."""
    result = translate(f"<Response>{DIAL}<Record/><Say>dead</Say></Response>", "plivo", "twiml")
    assert '<Record timeout="5" maxLength="3600" finishOnKey="1234567890*#" recordChannelType="mono"/>' in result.text
    assert "dead" not in result.text
    found = {loss.code: loss.severity for loss in result.losses}
    assert (found["say/step"], found["record-after-url/default"]) == ("warning", "error")


def test_dead_steps_behind_a_redirect_are_told_and_kept() -> None:
    source = f"<Response>{DIAL}<Redirect>https://a.example/n</Redirect><Say>dead</Say></Response>"
    result = translate(source, "plivo", "twiml")
    assert "dead" in result.text
    assert "say/structure" in codes(result, notices=True)


def test_the_documents_own_url_is_an_option() -> None:
    text, lost = to_plivo("<Gather/>", document_url="https://a.example/self")
    assert 'action="https://a.example/self"' in text
    assert "gather-result-url/default" not in lost


def test_a_message_needs_both_numbers() -> None:
    """TwiML takes those of the call; Plivo does not: without the caller's options the message is left out."""
    text, lost = to_plivo("<Sms>Hi</Sms>")
    assert (text, lost) == ("", {"sms/step"})
    step = losses("<Sms>Hi</Sms>", "twiml", "plivo")["sms/step"]
    assert step.severity == "error"
    assert "message_to and message_from" in step.remedy
    text, lost = to_plivo("<Sms>Hi</Sms>", message_to="15550100002", message_from="15550100003")
    assert (text, lost) == ('<Message dst="15550100002" src="15550100003">Hi</Message>', set())


def test_a_transcription_is_asked_for_by_its_url() -> None:
    asked = '<Record action="https://a.example/v" transcribe="true" transcribeCallback="https://a.example/t"/>'
    assert 'transcriptionUrl="https://a.example/t"' in to_plivo(asked)[0]
    # TwiML transcribes nothing here, so Plivo shall not
    not_asked = '<Record action="https://a.example/v" transcribeCallback="https://a.example/t"/>'
    assert "transcriptionUrl" not in to_plivo(not_asked)[0]


def test_sip_headers_have_a_prefix() -> None:
    source = f'<Response><Dial sipHeaders="a=1,X-PH-b=2"><Number>1</Number></Dial>{PLIVO}</Response>'
    (dial, *_) = read(source, "plivo").steps
    assert dial.sip_headers == {"X-PH-a": "1", "X-PH-b": "2"}  # type: ignore[union-attr]


def test_neural_voices_are_not_documented() -> None:
    source = '<Speak voice="Polly.Joanna-Neural">x</Speak>'
    assert from_plivo(source) == ('<Say voice="Polly.Joanna-Neural">x</Say>', {"say-voice/invalid"})


def test_steps_before_the_answer_go_into_one_element() -> None:
    source = f"<Response><PreAnswer><Speak>a</Speak><Play>https://a.example/b</Play></PreAnswer>{PLIVO}</Response>"
    flow = translate(source, "intent", "plivo").text
    written = inner(translate(flow, "plivo", "intent").text)
    assert written == "<PreAnswer><Speak>a</Speak><Play>https://a.example/b</Play></PreAnswer>"


def test_markup_is_kept_with_polly_voices_only() -> None:
    spoken = 'Hi <break time="1s"/> you'
    text, lost = to_plivo(f'<Say voice="Polly.Joanna">{spoken}</Say>')
    assert text == f'<Speak voice="Polly.Joanna">{spoken}</Speak>'
    assert not lost
    assert to_plivo(f"<Say>{spoken}</Say>")[1] == {"say-ssml/changed"}


def test_a_verb_of_another_dialect_is_told() -> None:
    assert from_plivo("<Sms>Hi</Sms>") == ("", {"sms/step"})
