"""What we write, for the official validators; and how the node validators are run."""

from __future__ import annotations

import json
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
from translator.specimens import specimens  # noqa: E402


class Written(NamedTuple):
    """A document that we wrote, and where it came from."""

    origin: str
    text: str


def _sources() -> list[tuple[str, str, str | bytes]]:
    paths = [*corpus(*PLATFORMS), *sorted(GOLDEN.glob("*/source.*"))]
    found: list[tuple[str, str, str | bytes]] = [
        (str(path.relative_to(ROOT)), by_name(path.name) or reads_as(path), path.read_bytes()) for path in paths
    ]
    for dialect in dialects().values():
        if not dialect.canonical:
            found += [
                (f"{dialect.name} {s.attribute.title}={s.value}", dialect.name, s.document) for s in specimens(dialect)
            ]
    return found


def _written(target: str) -> list[Written]:
    """Every document of the corpus, the golden cases and the tables, in a target."""
    found = []
    for origin, dialect, source in _sources():
        if dialect == target:
            continue
        try:
            found.append(Written(origin, translate(source, target, dialect).text))
        except (NoConference, UnreadableDocument):
            continue
    assert len(found) > 150
    return found


@pytest.fixture(scope="session")
def written() -> dict[str, list[Written]]:
    return {target: _written(target) for target in PLATFORMS}


def node(script: str, data: Any) -> Any:
    """What a script of this directory prints as JSON, given JSON on its standard input."""
    result = subprocess.run(
        ["node", str(HERE / script)], input=json.dumps(data), capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)
