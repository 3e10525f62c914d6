"""What we write, for the official validators; and how the node validators are run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))

from helpers import GOLDEN, PLATFORMS, corpus, reads_as  # noqa: E402

from translator import NoConference, UnreadableDocument, dialects, translate  # noqa: E402
from translator.detection import by_name  # noqa: E402
from translator.specimens import specimens, verbs  # noqa: E402

SSML = (
    'a <break time="1s"/><break strength="weak"/><emphasis level="strong">b</emphasis><lang xml:lang="de-DE">c</lang><p>d</p>'
    '<phoneme alphabet="ipa" ph="e">e</phoneme><prosody rate="slow" pitch="+10%" volume="loud">f</prosody><s>g</s>'
    '<say-as interpret-as="digits">1</say-as><sub alias="h">i</sub><w role="amazon:VB">j</w>'
)

STEPS = {
    "twiml": """
        <Say>x</Say><Say voice="alice" language="de-DE" loop="0">x</Say><Say voice="Polly.Joanna">x</Say>
        <Say voice="Google.en-US-Neural2-A">a <break time="1s"/> b</Say><Say/>
        <Play loop="2">https://a.example/a.mp3</Play><Play digits="1w2"/><Play/><Pause/><Pause length="{{x}}"/>
        <Gather><Say>x</Say><Pause/></Gather>
        <Gather input="dtmf speech" action="/g" method="GET" hints="a,b" finishOnKey="" partialResultCallback="/p">
          <Play>https://a.example/a.mp3</Play>
        </Gather>
        <Start><Recording/></Start>
        <Start><Stream url="wss://a.example/s" track="both_tracks"><Parameter name="a" value="1"/></Stream></Start>
        <Sms to="+15550100001" from="+15550100002">x</Sms><Sms>x</Sms>
        <Dial callerId="+15550100001" action="/after" ringTone="us" answerOnBridge="true">
          <Number url="/screen">+15550100002</Number><Sip username="u" password="p">sip:b@example.com</Sip>
          <Client>alice</Client><Queue>q</Queue>
        </Dial>
        <Dial><Queue>q</Queue></Dial><Record/><Hangup/>
        <Dial><Conference>r</Conference></Dial><Connect><Stream url="wss://a.example/s"/></Connect>
        <Redirect/><Redirect method="GET">/next</Redirect>""",
    "plivo": """
        <Hangup reason="busy"/><PreAnswer><Speak>x</Speak></PreAnswer><Wait length="2"/><Hangup schedule="9"/>
        <GetDigits action="https://a.example/g" retries="2"><Speak>x</Speak></GetDigits><DTMF>1w2</DTMF>
        <GetInput action="https://a.example/g" inputType="dtmf speech"><Speak>x</Speak></GetInput>
        <Message src="1" dst="2">x</Message><Record recordSession="true" redirect="false"/><Record/>
        <Stream bidirectional="true" keepCallAlive="true">wss://a.example/s</Stream>
        <Dial dialMusic="real"><Number>15550100002</Number><User>sip:a@example.com</User></Dial>
        <Conference>r</Conference><Hangup/>""",
    "cxml": f'<Say voice="Polly.Joanna">{SSML}</Say><Dial><Conference>r</Conference></Dial>',
}
"""Verbs in all their ways."""


class Written(NamedTuple):
    """A document that we wrote, and where it came from."""

    origin: str
    text: str


def _documents() -> list[tuple[str, str, str | bytes]]:
    """The corpus and the golden cases: (origin, dialect, source). A `%s` where a type belongs is passed on, and no value."""
    paths = [*corpus(*PLATFORMS), *sorted(GOLDEN.glob("*/source.*"))]
    paths = [path for path in paths if not re.search(rb"%[sd]", path.read_bytes())]
    return [(str(path.relative_to(ROOT)), by_name(path.name) or reads_as(path), path.read_bytes()) for path in paths]


def _specimens(target: str) -> list[tuple[str, str, str | bytes]]:
    """Every attribute of every verb of every table; of the target's own, of every step around the conference."""
    return [
        (f"{dialect.name} {verb.wire} {specimen.attribute.title}={specimen.value}", dialect.name, specimen.document)
        for dialect in dialects().values()
        if not dialect.canonical
        for verb in verbs(dialect)
        if dialect.name != target or verb.kind != "conference"
        for specimen in specimens(dialect, verb)
    ]


def _written(target: str) -> list[Written]:
    """Every document of the corpus, the golden cases and the tables, in a target."""
    found = []
    documents = [each for each in _documents() if each[1] != target]
    steps = [(f"steps of {name}", name, f"<Response>{each}</Response>") for name, each in STEPS.items()]
    for origin, dialect, source in [*documents, *steps, *_specimens(target)]:
        try:
            found.append(Written(origin, translate(source, target, dialect).text))
        except (NoConference, UnreadableDocument):
            continue
    assert len(found) > 1000
    return found


@pytest.fixture(scope="session")
def written() -> dict[str, list[Written]]:
    return {target: _written(target) for target in PLATFORMS}


# Faults of the schema of the SDK: what SignalWire's newer documentation has and it has not. It knows one event word only,
# neither stream nor the payload flavours of a conference, no method stream, and of connect neither the name of the
# caller nor what says more of a stream; send_sms tells nobody.
NEWER_KEYS = {
    "join_conference": ("stream", "status_callback_event_type", "recording_status_callback_event_type"),
    "connect": (
        *("from_name", "name", "codec", "custom_parameters", "status_url", "status_url_method"),
        *("authorization_bearer_token", "realtime"),
    ),
    "send_sms": ("status_callback",),
}
NEWER_METHODS = ("stream",)
FILTERS = ("status_callback_event", "recording_status_callback_event")


def as_the_sdk_knows_it(document: dict[str, Any]) -> dict[str, Any]:
    """A document of SWML without what the SDK does not know yet."""
    main = document["sections"]["main"]
    main[:] = [step for step in main if not set(NEWER_METHODS) & set(step)]
    for step in main:
        for method, keys in NEWER_KEYS.items():
            value = step.get(method)
            for each in (
                [value, *value.get("parallel", ()), *value.get("serial", ())] if isinstance(value, dict) else ()
            ):
                for key in keys:
                    each.pop(key, None)
        conference = step.get("join_conference")
        for key in FILTERS:
            if isinstance(conference, dict) and key in conference:
                conference[key] = conference[key].split()[0]
    return document


def node(script: str, data: Any) -> Any:
    """What a script of this directory prints as JSON, given JSON on its standard input."""
    result = subprocess.run(
        ["node", str(HERE / script)], input=json.dumps(data), capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)
