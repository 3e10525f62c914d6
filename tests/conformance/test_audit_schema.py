"""The JSON of an audit is what its schema says."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from jsonschema import Draft202012Validator

from translator.cli import group
from translator.report.audit.json import schema

CORPUS = Path(__file__).parent.parent / "corpus"


def test_the_audit_of_the_corpus_fits_its_schema() -> None:
    arguments = ["audit", "--no-config", str(CORPUS), "--to", "all", "--accept", "say/*", "--report-format", "json"]
    result = CliRunner().invoke(group, arguments)
    Draft202012Validator.check_schema(schema())
    data = json.loads(result.stdout)
    assert [*Draft202012Validator(schema()).iter_errors(data)] == []
    for name in data:
        assert [*Draft202012Validator(schema()).iter_errors({key: data[key] for key in data if key != name})]
