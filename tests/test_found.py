"""What `benchmarks/fuzz.py` found once, and a short run of it; `benchmarks/kill.py` for a few kills."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from translator import TranslatorError, translate

HERE = Path(__file__).parent
FOUND = sorted((HERE / "found").iterdir())


def load(name: str) -> ModuleType:
    path = HERE.parent / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"benchmarks_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def fuzz() -> Any:
    return load("fuzz")


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_stays_mended(path: Path, fuzz: Any) -> None:
    """In every direction, from the dialect that it was found in, and as whatever it is detected to be."""
    _, source, target = path.name.split(".")
    fuzz.try_one(fuzz.Case(path.read_bytes(), None if source == "detected" else source, target, None))
    for other in fuzz.registry.names():
        for named in (source if source != "detected" else None, None):
            fuzz.try_one(fuzz.Case(path.read_bytes(), named, other, None))


def test_mutated_documents_give_a_result_or_a_translator_error(fuzz: Any) -> None:
    mutator, tally = fuzz.Mutator(7), fuzz.Tally()
    for number in range(1000):
        tally.run(number, mutator.case(number))
    assert not tally.faults, next(iter(tally.faults.values()))
    assert tally.ends["lossy"] > 150


def test_a_case_can_be_made_again(fuzz: Any) -> None:
    assert fuzz.Mutator(7).case(123) == fuzz.Mutator(7).case(123)
    assert fuzz.Mutator(7).case(123) != fuzz.Mutator(8).case(123)


@pytest.mark.parametrize("dialect", ["cxml", "jambonz", "swml"])
def test_a_document_that_is_cut_off_anywhere_is_an_error_or_is_whole(dialect: str) -> None:
    path = next(iter(sorted((HERE.parent / "golden").glob(f"*/source.{dialect}.*"))))
    data = path.read_bytes().strip()
    for end in range(0, len(data), 7):
        try:
            translate(data[:end], "plivo", dialect)
        except TranslatorError as error:
            assert (error.line or 1) >= 1


def test_a_killed_batch_leaves_nothing_half_written() -> None:
    wrong, found, _ = load("kill").run(count=10, seed=1, documents=60)
    assert wrong == []
    assert len(found) == 10
