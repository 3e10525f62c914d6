"""Plivo: the official SDKs accept what we write, by name and by type, and what they emit is read with nothing unknown."""

from __future__ import annotations

import re

from conftest import Written, node
from lxml import etree
from plivo import plivoxml

from translator import dialects, translate

FLAGS = {
    "muted", "startConferenceOnEnter", "endConferenceOnExit", "stayAlone", "record", "hangupOnStar", "floorEvent",
    "redirect", "relayDTMF",
}  # fmt: skip
NUMBERS = {"maxMembers", "timeLimit"}


def conferences(text: str) -> list[tuple[str, dict[str, str]]]:
    root = etree.fromstring(text.encode())
    assert root.tag == "Response"
    assert all(child.tag == "Conference" for child in root)
    assert not [child for node in root for child in node if isinstance(child.tag, str)]  # template tags are none
    return [(node.text or "", dict(node.attrib)) for node in root]


def snake(wire: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", wire).lower()


def test_the_python_sdks_typed_setters_accept_what_we_write(written: dict[str, list[Written]]) -> None:
    for origin, text in written["plivo"]:
        for name, attributes in conferences(text):
            element = plivoxml.ConferenceElement(name)
            for wire, value in attributes.items():
                if "{" in value or "$" in value or "+" in value:
                    continue  # a template: no type to check
                typed = (
                    {"true": True, "false": False}[value] if wire in FLAGS else int(value) if wire in NUMBERS else value
                )
                setter = getattr(element, f"set_{snake(wire)}", None)
                assert setter is not None, (origin, wire)
                setter(typed)
            plivoxml.ResponseElement().add(element)


def test_the_node_sdk_accepts_what_we_write(written: dict[str, list[Written]]) -> None:
    documents = [(origin, each) for origin, text in written["plivo"] for each in conferences(text)]
    results = node("plivo.js", [each for _, each in documents])
    for (origin, _), result in zip(documents, results, strict=True):
        assert result["error"] == "" or "<?php" in str(result), (origin, result)


def test_the_node_sdk_refuses_what_it_should() -> None:
    (result,) = node("plivo.js", [["r", {"nonsense": "1"}]])
    assert "nonsense" in result["error"]


def test_what_the_python_sdk_emits_is_read_with_nothing_unknown() -> None:
    element = plivoxml.ConferenceElement(
        "room", muted=True, enter_sound="beep:1", exit_sound="beep:2", start_conference_on_enter=True,
        end_conference_on_exit=False, stay_alone=True, wait_sound="https://a.example/w", max_members=10, record=True,
        record_file_format="wav", time_limit=60, hangup_on_star=True, action="https://a.example/a", method="GET",
        callback_url="https://a.example/c", callback_method="GET", digits_match="1,2", floor_event=True, redirect=False,
        relay_dtmf=False, send_digits="1", record_when_alone="true", transcription_type="auto",
        transcription_url="https://a.example/t", transcription_method="POST",
    )  # fmt: skip
    document = plivoxml.ResponseElement().add(element).to_string()
    wires = set(re.findall(r'(\w+)="', document))
    assert wires >= {row.wire for row in dialects()["plivo"].verbs["conference"].attributes if row.wire}
    for target in ("swml", "cxml", "jambonz"):
        assert not {loss.kind for loss in translate(document, target, "plivo").losses} & {"unknown", "invalid"}
    assert translate(document, "plivo", "plivo").lossless


def test_what_the_node_sdk_emits_is_read_with_nothing_unknown() -> None:
    known = {
        row.wire: row.codec.samples[0]
        for row in dialects()["plivo"].verbs["conference"].attributes
        if row.wire and row.wire != "sendDigits"
    }
    (result,) = node("plivo.js", [["room", known]])
    assert result["error"] == ""
    assert not {x.kind for x in translate(result["xml"], "swml", "plivo").losses} & {"unknown", "invalid"}
