"""RELAY: the wire types of the official SDK accept what we write, and what its client sends is read."""

from __future__ import annotations

import asyncio
import json
import typing
from typing import Any

import pytest
from conftest import Written
from pydantic import TypeAdapter
from signalwire.relay.call import Call
from signalwire.relay.protocol_types_generated import CallingJoinConferenceParams

from translator import translate

HINTS = typing.get_type_hints(CallingJoinConferenceParams)


def test_the_wire_types_accept_what_we_write(written: dict[str, list[Written]]) -> None:
    for origin, text in written["relay"]:
        frame = json.loads(text)
        assert (frame["jsonrpc"], frame["method"]) == ("2.0", "calling.join_conference")
        for key, value in frame["params"].items():
            assert key in HINTS, (origin, key)
            TypeAdapter(HINTS[key]).validate_python(value, strict=True)


class Wire:
    """Stands in for the websocket: keeps what the client sends."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []

    async def execute(self, method: str, params: dict[str, Any], **_: Any) -> dict[str, Any]:
        self.sent.append((method, params))
        return {"code": "200", "message": "ok"}


ARGUMENTS: list[dict[str, Any]] = [
    {},
    {"muted": False, "beep": "true", "start_on_enter": True, "end_on_exit": False},
    {"wait_url": "https://a.example/w.mp3", "max_participants": 10, "record": "record-from-start", "region": "us"},
    {"status_callback": "https://a.example/s", "status_callback_event": "join leave", "coach": "call-2"},
]


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=range(len(ARGUMENTS)))
def test_what_the_client_sends_is_read_with_nothing_unknown(arguments: dict[str, Any]) -> None:
    wire = Wire()

    async def join() -> None:
        call = Call(client=wire, call_id="c", node_id="n", project_id="p", context="x")
        await call.join_conference("room", **arguments)

    asyncio.run(join())
    ((method, params),) = wire.sent
    frame = json.dumps({"jsonrpc": "2.0", "id": "1", "method": method, "params": params})
    for target in ("swml", "twiml", "plivo"):
        assert not {loss.kind for loss in translate(frame, target, "relay").losses} & {"unknown", "invalid"}
    assert json.loads(translate(frame, "relay", "relay").text)["params"] == params
