"""jambonz: the server's own validator and the official schema accept what we write; what the SDK emits is read."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Written, node
from jambonz_sdk import WebhookResponse
from jambonz_sdk.validator import JambonzValidator

from translator import translate


def test_the_servers_validator_and_the_schema_accept_what_we_write(written: dict[str, list[Written]]) -> None:
    results = node("jambonz.js", [json.loads(text) for _, text in written["jambonz"]])
    for (origin, text), errors in zip(written["jambonz"], results, strict=True):
        assert errors == [], (origin, text)


def test_the_python_sdk_accepts_what_we_write(written: dict[str, list[Written]]) -> None:
    validator = JambonzValidator()
    for origin, text in written["jambonz"]:
        assert validator.validate_app(json.loads(text)) == [], (origin, text)


def test_the_validators_refuse_what_they_should() -> None:
    (errors,) = node("jambonz.js", [[{"verb": "conference", "name": "r", "beep": "true", "unknown": 1}]])
    assert errors


ARGUMENTS: list[dict[str, Any]] = [
    {},
    {
        "beep": True,
        "joinMuted": False,
        "startConferenceOnEnter": True,
        "endConferenceOnExit": True,
        "maxParticipants": 5,
    },
    {"memberTag": "a", "speakOnlyTo": "b", "endConferenceDuration": 10, "distributeDtmf": False, "id": "x"},
    {
        "startConferenceOnEnter": False,
        "waitHook": "/w",
        "enterHook": "/e",
        "actionHook": "/a",
        "statusHook": "/s",
        "statusEvents": ["start", "stop-talking"],
    },
    {
        "startConferenceOnEnter": False,
        "waitHook": {"url": "https://a.example/w", "method": "GET"},
        "record": {"path": "/r.mp3"},
        "listen": {"url": "wss://a"},
    },
]


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=range(len(ARGUMENTS)))
def test_what_the_sdk_emits_is_read_with_nothing_unknown(arguments: dict[str, Any]) -> None:
    document = json.dumps(WebhookResponse().conference(name="room", **arguments).to_list())
    for target in ("swml", "cxml", "plivo"):
        kinds = {loss.kind for loss in translate(document, target, "jambonz").losses}
        assert not kinds & {"unknown", "invalid"}
    assert json.loads(translate(document, "jambonz", "jambonz").text)[0] == {
        "verb": "conference",
        "name": "room",
        **arguments,
    }
