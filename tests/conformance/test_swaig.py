"""SWAIG: what the official helper emits, read and written again by us, is the same JSON; what we write, its schema takes."""

from __future__ import annotations

import json
import random
from importlib.resources import files
from typing import Any

from conftest import Written, as_the_sdk_knows_it
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from signalwire.core.function_result import FunctionResult

from translator import translate


def arguments(chance: random.Random) -> dict[str, Any]:
    """A random set of arguments that the helper takes."""
    url = chance.choice(["https://a.example/x", "https://b.example/y?z=1&w=2"])
    words = ["start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"]
    every: dict[str, Any] = {
        "muted": chance.choice([True, False]),
        "beep": chance.choice(["true", "false", "onEnter", "onExit"]),
        "start_on_enter": chance.choice([True, False]),
        "end_on_exit": chance.choice([True, False]),
        "wait_url": chance.choice([None, url, ""]),
        "max_participants": chance.choice([None, 2, 10, 250, 251, 99999, "${size}"]),
        "record": chance.choice(["do-not-record", "record-from-start"]),
        "region": chance.choice([None, "us", "eu", "us-east"]),
        "trim": chance.choice(["trim-silence", "do-not-trim"]),
        "coach": chance.choice([None, "call-1"]),
        "status_callback_event": chance.choice(
            [None, "join", " ".join(sorted(chance.sample(words, 3), key=words.index))]
        ),
        "status_callback": chance.choice([None, url]),
        "status_callback_method": chance.choice(["GET", "POST"]),
        "recording_status_callback": chance.choice([None, url]),
        "recording_status_callback_method": chance.choice(["GET", "POST"]),
        "recording_status_callback_event": chance.choice(["completed", "in-progress", "in-progress completed"]),
        "result": chance.choice([None, [], {"variable": "v", "case": {"a": [{"hangup": {}}]}}]),
    }
    chosen = chance.sample(sorted(every), chance.randint(0, len(every)))
    return {name: every[name] for name in chosen}


def test_what_the_helper_emits_comes_back_the_same() -> None:
    chance = random.Random(20261120)
    for _ in range(400):
        given = arguments(chance)
        result = FunctionResult(chance.choice(["ok", "One moment."]), post_process=chance.choice([True, False]))
        name = chance.choice(["room", "Team Room", "${vars.room}", "0123"])
        emitted = result.join_conference(name, **given).to_dict()
        if chance.random() < 0.3:
            emitted = result.join_conference("second", muted=True).to_dict()
        again = translate(json.dumps(emitted), "swaig", "swaig")
        assert json.loads(again.text) == emitted, given
        assert again.lossless
        elsewhere = translate(json.dumps(emitted), "cxml", "swaig").losses
        wrong = {loss.code for loss in elsewhere if loss.kind in ("unknown", "invalid")}
        assert wrong <= {"region/invalid"}, (given, wrong)


def test_the_schema_accepts_our_actions(written: dict[str, list[Written]]) -> None:
    schema = json.loads(files("signalwire").joinpath("schema.json").read_text())
    registry = Registry().with_resource("swml", Resource.from_contents(schema))
    validator = Draft202012Validator({"$schema": schema["$schema"], "$ref": "swml#/$defs/Action"}, registry=registry)
    for origin, text in written["swaig"]:
        for action in json.loads(text)["action"]:
            if ".swml." in origin:  # its other steps stand as their author wrote them
                main = action["SWML"]["sections"]["main"]
                main[:] = [step for step in main if "join_conference" in step]
                if not main:  # it stands in another section
                    continue
            for step in as_the_sdk_knows_it(action["SWML"])["sections"]["main"]:
                if isinstance(
                    step.get("join_conference"), str
                ):  # the helper's own short form, which the schema refuses
                    step["join_conference"] = {"name": step["join_conference"]}
            errors = [error.message[:200] for error in validator.iter_errors(action)]
            assert not errors, (origin, errors, text)
