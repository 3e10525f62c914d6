"""Short ways to write documents and to say what is expected of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from translator import Result, dialects, translate

CORPUS = Path(__file__).parent / "corpus"
GOLDEN = Path(__file__).parent.parent / "golden"
PLATFORMS = tuple(name for name, dialect in dialects().items() if not dialect.canonical)


def cxml(conference: str = "", dial: str = "", name: str = "room") -> str:
    dial, conference = (f" {each}" if each else "" for each in (dial, conference))
    return f"<Response><Dial{dial}><Conference{conference}>{name}</Conference></Dial></Response>"


def plivo(conference: str = "", name: str = "room") -> str:
    conference = f" {conference}" if conference else ""
    return f"<Response><Conference{conference}>{name}</Conference></Response>"


def swml(name: str = "room", **conference: Any) -> str:
    return json.dumps({"version": "1.0.0", "sections": {"main": [{"join_conference": {"name": name, **conference}}]}})


def jambonz(name: str = "room", **conference: Any) -> str:
    return json.dumps([{"verb": "conference", "name": name, **conference}])


def said(result: Result) -> dict[str, Any]:
    """The attributes of the one conference of a result, as written; those of Dial as `Dial@action`; not the name."""
    if result.syntax == "json":
        data = json.loads(result.text)
        step = data[0] if isinstance(data, list) else data["sections"]["main"][0]["join_conference"]
        return {key: value for key, value in step.items() if key not in ("verb", "name")}
    found = {}
    for element, prefix in (("Dial", "Dial@"), ("Conference", "")):
        for tag in re.findall(rf"<{element}\b([^>]*)>", result.text):
            found |= {prefix + key: value for key, value in re.findall(r'([\w:]+)="([^"]*)"', tag)}
    return found


def codes(result: Result, *, notices: bool = False) -> set[str]:
    """Codes of the losses; without notices, unless asked for."""
    return {loss.code for loss in result.losses if notices or loss.severity != "notice"}


def run(source: str | bytes, from_: str, to: str) -> tuple[dict[str, Any], set[str]]:
    """(attributes written, codes of errors and warnings)."""
    result = translate(source, to, from_)
    return said(result), codes(result)


def corpus(*names: str) -> list[Path]:
    return [path for name in names for path in sorted((CORPUS / name).glob("*"))]


def reads_as(path: Path) -> str:
    """The dialect of a document of the corpus."""
    return path.parent.name


def conforms(value: object, schema: dict[str, object], where: str = "") -> None:
    """Checks a value against a schema, for the few keywords that those of the reports use."""
    if isinstance(value, dict) and "properties" in schema:
        properties = schema["properties"]
        assert isinstance(properties, dict)
        required = schema["required"]
        assert isinstance(required, list)
        assert list(value) == [key for key in properties if key in value or key in required], where
        for key in value:
            conforms(value[key], properties[key], f"{where}/{key}")
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for index, item in enumerate(value):
            conforms(item, schema["items"], f"{where}/{index}")  # type: ignore[arg-type]
    if "enum" in schema:
        assert value in schema["enum"], where  # type: ignore[operator]
    if "pattern" in schema:
        assert re.search(str(schema["pattern"]), str(value)), where
