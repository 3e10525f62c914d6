"""What a translation with its report costs, against the floor and against what people would use instead.

Run: python benchmarks/run.py [--quick] [--only PART] [--markdown FILE] [--json FILE] [--against FILE]
     python benchmarks/run.py --guard     for CI: exit 1 where a ratio is over what it is held to, with slack for noise
     python benchmarks/run.py --instructions     the same, counted by callgrind

Everything is measured in turns in one run, and shown as a ratio: times differ from machine to machine, ratios less so.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from importlib.metadata import version
from itertools import repeat
from math import inf
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from unittest import mock

import by_hand
import documents
import yaml
from lxml import etree
from measure import Cost, Race, Turns, Work, allocated, command, cost, instructions, python, translator
from pydantic_core import to_json

from translator import engine, filled, registry, syntax, translate
from translator.syntax import limits
from translator.translation import Translation

Measures = Mapping[str, Turns]


class Goal(NamedTuple):
    """One measure divided by another, and what that may be at most.

    Attributes:
        less: a measure that is taken off the first one before.
        held: what CI holds it to as long as the goal itself is not met: it may not get worse.
    """

    what: str
    against: str
    most: float = inf
    less: str = ""
    held: float = 0.0

    @property
    def limit(self) -> float:
        return max(self.most, self.held)

    def ratio(self, measures: Measures) -> float:
        """The median of the ratios of all rounds: what is measured right after one another is disturbed alike."""
        less = measures[self.less] if self.less else repeat(0.0)
        rounds = zip(measures[self.what], less, measures[self.against], strict=False)
        return median((what - off) / against for what, off, against in rounds)

    @property
    def measures(self) -> tuple[str, ...]:
        return (self.what, self.against, *([self.less] if self.less else []))

    def is_measured(self, measures: Mapping[str, object]) -> bool:
        return measures.keys() >= set(self.measures)

    @property
    def title(self) -> str:
        return f"{self.what}, less {self.less}" if self.less else self.what


JAMBONZ, PLIVO, TWIML = "cxml to jambonz", "cxml to plivo", "twiml to plivo"
RENDERED, MODEL = f"{JAMBONZ}, losses rendered", f"{JAMBONZ}, its model asked for"
OWN, ALONE, CPU, MEMORY, BEST = ", own values", ", nothing remembered", ", processor time", ", memory", ", the best"
DIFFERENT = 1500
"""Documents that differ in their plain values: more than are remembered of one attribute."""
GOALS: dict[str, tuple[Goal, ...]] = {
    "translate": (
        Goal(JAMBONZ, "by hand, cxml to jambonz", 2.0),
        Goal(PLIVO, "by hand, cxml to plivo", 2.0),
        Goal(JAMBONZ + OWN, "by hand, cxml to jambonz" + OWN, 2.0),
        Goal(PLIVO + OWN, "by hand, cxml to plivo" + OWN, 2.0),
        Goal(JAMBONZ + ALONE, "by hand, cxml to jambonz", 3.0),
        Goal(PLIVO + ALONE, "by hand, cxml to plivo", 4.5),
        Goal(PLIVO, "XSLT, cxml to plivo", 1.5),
        Goal(TWIML, "XSLT, twiml to plivo", 1.5),
        Goal(JAMBONZ, "lxml parse, cxml", 10),
        Goal(PLIVO, "lxml parse, cxml", 10),
        Goal(TWIML, "lxml parse, twiml", 10),
        Goal("100 conferences, cxml to jambonz", "1 conference, cxml to jambonz", 100),
        Goal("100 conferences, swml to plivo", "1 conference, swml to plivo", 100),
        Goal("swml in YAML to plivo", "YAML events, swml", 1.6, less="swml in JSON to plivo"),
    ),
    "start": (
        Goal("translator --help", "import click", 1.5),
        Goal("translator dialects", "import click", 1.5),
        Goal("completion", "import click", 1.5),
        Goal("translator convert, one file", "import click, lxml.etree, pydantic", 1.25, held=1.3),
    ),
    "memory": (Goal("memory a conference, 2000 conferences", "memory a conference, 200 conferences", 1.15),),
    "batch": (
        Goal("convert small files", "read and write small files", 2.0),
        Goal("convert mixed files", "read and write mixed files", 2.0),
        Goal("convert mixed files, two processes", "convert mixed files", 1 / 1.6),
        Goal("a small document of JSON Lines", "1/15,000 s", 1.0),
        Goal("a small document of JSON Lines", "lxml parse, small cxml", 10),
        Goal("convert small files" + MEMORY, "convert a tenth of the small files" + MEMORY, 1.1),
        Goal("convert JSON Lines" + MEMORY, "convert a tenth of the JSON Lines" + MEMORY, 1.1),
    ),
}
SHOWN: dict[str, tuple[Goal, ...]] = {
    "translate": (
        Goal(JAMBONZ, "by hand, cxml to jambonz, to_json"),
        Goal(JAMBONZ + OWN, JAMBONZ),
        Goal(JAMBONZ + ALONE, "lxml parse, cxml"),
        Goal(RENDERED, JAMBONZ),
        Goal(MODEL, JAMBONZ),
        Goal("lxml parse and serialise, cxml", "lxml parse, cxml"),
        Goal("by hand, cxml to jambonz", "lxml parse, cxml"),
        Goal("XSLT, cxml to plivo", "lxml parse, cxml"),
        Goal("json.loads and to_json, jambonz", "json.loads, jambonz"),
    ),
    "start": tuple(Goal(goal.what + BEST, goal.against + BEST) for goal in GOALS["start"]),
    "memory": (),
    "batch": (
        Goal("convert small files" + CPU, "read and write small files" + CPU),
        Goal("convert mixed files" + CPU, "read and write mixed files" + CPU),
    ),
}
"""Ratios beside the goals."""
GUARDED = ("translate", "start")
"""What CI can measure: neither disks nor cores are its own."""
SLACK = 1.25
"""How much over its goal a ratio may be in CI: the noise that is left of many rounds."""
TRIES = 3
"""How often a ratio that is over its goal is measured on, before it fails."""


# -- the contestants ----------------------------------------------------------------------------------------------


def translation(document: bytes, source: str, target: str) -> Work:
    """`translate()` with its report: every loss is made; its words and place are asked for by who reads it."""
    return lambda: translate(document, target, source).losses


def alone(work: Work) -> Work:
    """The same, as if every document were the first of its kind."""

    def run() -> object:
        with limits.override(max_remembered=0):
            return work()

    return run


def rendered(document: bytes, source: str, target: str) -> Work:
    """The same, with every loss as the JSON report has it."""
    return lambda: [loss.as_dict() for loss in translate(document, target, source).losses]


def stylesheet(document: bytes) -> str:
    """cXML or TwiML to Plivo by XSLT."""
    return str(_transform()(by_hand.parse(document)))


@cache
def _transform() -> etree.XSLT:
    return etree.XSLT(etree.parse(Path(__file__).with_name("dial-to-plivo.xslt")))


def contestants() -> dict[str, Work]:
    """What is measured in this process, by name."""
    cxml, twiml, jambonz = (documents.full(name) for name in ("cxml", "twiml", "jambonz"))
    as_json, as_yaml = documents.many("swml", 1, "json"), documents.many("swml", 1, "yaml")
    parse = by_hand.parse
    return {
        "lxml parse, cxml": lambda: parse(cxml),
        "lxml parse, twiml": lambda: parse(twiml),
        "lxml parse and serialise, cxml": lambda: etree.tostring(parse(cxml), encoding="unicode"),
        "json.loads, jambonz": lambda: json.loads(jambonz),
        "json.loads and to_json, jambonz": lambda: to_json(json.loads(jambonz), indent=2),
        "YAML events, swml": lambda: events(as_yaml),
        "by hand, cxml to jambonz": lambda: by_hand.cxml_to_jambonz(cxml),
        "by hand, cxml to jambonz, to_json": lambda: by_hand.cxml_to_jambonz_fast(cxml),
        "by hand, cxml to plivo": lambda: by_hand.cxml_to_plivo(cxml),
        "XSLT, cxml to plivo": lambda: stylesheet(cxml),
        "XSLT, twiml to plivo": lambda: stylesheet(twiml),
        JAMBONZ: translation(cxml, "cxml", "jambonz"),
        PLIVO: translation(cxml, "cxml", "plivo"),
        TWIML: translation(twiml, "twiml", "plivo"),
        JAMBONZ + ALONE: alone(translation(cxml, "cxml", "jambonz")),
        PLIVO + ALONE: alone(translation(cxml, "cxml", "plivo")),
        RENDERED: rendered(cxml, "cxml", "jambonz"),
        MODEL: lambda: translate(cxml, "jambonz", "cxml").flow,
        **{
            f"{'100 conferences' if count > 1 else '1 conference'}, {source} to {target}": translation(
                documents.many(source, count), source, target
            )
            for source, target in (("cxml", "jambonz"), ("swml", "plivo"))
            for count in (1, 100)
        },
        "swml in YAML to plivo": translation(as_yaml, "swml", "plivo"),
        "swml in JSON to plivo": translation(as_json, "swml", "plivo"),
    }


def batches() -> dict[str, Work]:
    """The same over documents that differ, all of them in one turn: what is remembered of one helps no other."""
    several = documents.own(documents.full("cxml"), DIFFERENT)

    def all_by(work: Callable[[bytes], object]) -> Work:
        def run() -> None:
            for document in several:
                work(document)

        return run

    return {
        "by hand, cxml to jambonz" + OWN: all_by(by_hand.cxml_to_jambonz),
        "by hand, cxml to plivo" + OWN: all_by(by_hand.cxml_to_plivo),
        JAMBONZ + OWN: all_by(lambda document: translate(document, "jambonz", "cxml").losses),
        PLIVO + OWN: all_by(lambda document: translate(document, "plivo", "cxml").losses),
    }


def events(document: bytes) -> None:
    for _ in yaml.parse(document, Loader=yaml.CLoader):
        pass


def floor(document: bytes, syntax_name: str) -> Work:
    """The bare parse of a document."""
    return (lambda: by_hand.parse(document)) if syntax_name == "xml" else lambda: json.loads(document)


# -- what is measured ---------------------------------------------------------------------------------------------


def measure_translate(quick: bool) -> Iterator[tuple[str, Turns]]:
    yield from Race(contestants()).run(5 if quick else 40).turns.items()
    for name, turns in Race(batches()).run(3 if quick else 10).turns.items():
        yield name, [seconds / DIFFERENT for seconds in turns]


def starts(folder: Path) -> dict[str, Work]:
    """Programs that are started cold."""
    path = folder / "room.cxml.xml"
    path.write_bytes(documents.full("cxml"))

    def tool(*arguments: str, **more: str) -> Work:  # away from this project, whose pyproject.toml it would read
        return command(*translator(), *arguments, folder=folder, **more)

    return {
        "import click": command(*python("import click")),
        "import click, lxml.etree, pydantic": command(*python("import click, lxml.etree, pydantic")),
        "translator --help": tool("--help"),
        "translator dialects": tool("dialects"),
        "completion": tool(_TRANSLATOR_COMPLETE="bash_complete", COMP_WORDS="translator con", COMP_CWORD="1"),
        "translator convert, one file": tool("convert", str(path), "--to", "jambonz", "--fail-on", "never"),
    }


def measure_start(quick: bool) -> Iterator[tuple[str, Turns]]:
    with tempfile.TemporaryDirectory() as folder:
        race = Race(starts(Path(folder)), time.perf_counter).run(8 if quick else 40)
    yield from race.turns.items()
    yield from ((name + BEST, [min(turns)]) for name, turns in race.turns.items())


def measure_memory(_quick: bool) -> Iterator[tuple[str, Turns]]:
    """The most that Python's own objects take, for each conference and for each byte of the source."""
    for count in (20, 200, 2000):
        document = documents.many("cxml", count)
        used = allocated(alone(translation(document, "cxml", "jambonz")))
        yield f"memory a conference, {count} conferences", [used / count]
        yield f"memory a byte of the source, {count} conferences", [used / len(document)]


COPY = """
import sys
from pathlib import Path
from translator import files
source, target = map(Path, sys.argv[1:])
for path in files.walk(source):
    files.write_atomically(target / path.name, files.read(path).decode())
"""


def measure_batch(quick: bool) -> Iterator[tuple[str, Turns]]:
    """Files and JSON Lines through the command line, with the text report in a file."""
    count, rounds = (1000, 2) if quick else (10_000, 4)
    with tempfile.TemporaryDirectory() as name:
        folder, out = Path(name), Path(name, "out")
        small, mixed = (documents.small,), (documents.small, documents.neighbours, documents.full)
        trees = {
            "small": _tree(folder / "small", small, count),
            "mixed": _tree(folder / "mixed", mixed, count // 4),
            "tenth": _tree(folder / "tenth", small, count // 10),
        }
        lines, tenth = _lines(folder / "all.jsonl", count), _lines(folder / "tenth.jsonl", count // 10)
        report = ("--report", str(folder / "report.txt"), "--fail-on", "never", "--no-config")

        def tree(which: str, jobs: str = "1") -> tuple[str, ...]:
            outputs = ("--to", "plivo", "--out-dir", str(out), "--jobs", jobs)
            return (*translator(), "convert", str(trees[which]), *outputs, *report)

        def stream(source: Path) -> tuple[str, ...]:
            outputs = ("--to", "plivo", "-o", str(out / "out.jsonl"), "--jobs", "1")
            return (*translator(), "convert", str(source), *outputs, *report)

        programs = {
            "read and write small files": python(COPY, str(trees["small"]), str(out)),
            "read and write mixed files": python(COPY, str(trees["mixed"]), str(out)),
            "convert small files": tree("small"),
            "convert a tenth of the small files": tree("tenth"),
            "convert mixed files": tree("mixed"),
            "convert mixed files, two processes": tree("mixed", "2"),
            "convert JSON Lines": stream(lines),
            "convert a tenth of the JSON Lines": stream(tenth),
        }
        found: dict[str, list[Cost]] = {program: [] for program in programs}
        for number in range(rounds):  # forth and back: a file system that has much to forget becomes slow
            for program, arguments in list(programs.items())[:: -1 if number % 2 else 1]:
                shutil.rmtree(out, ignore_errors=True)
                out.mkdir()
                found[program].append(cost(arguments))
    for program, costs in found.items():
        for kind, turns in zip(("", CPU, MEMORY), zip(*costs, strict=True), strict=True):
            yield program + kind, list(turns)
    both = zip(found["convert JSON Lines"], found["convert a tenth of the JSON Lines"], strict=True)
    yield (
        "a small document of JSON Lines",
        [(all_.seconds - part.seconds) / (count - count // 10) for all_, part in both],
    )
    yield "1/15,000 s", [1 / 15_000] * rounds
    one = documents.small("cxml")
    yield from Race({"lxml parse, small cxml": lambda: by_hand.parse(one)}).run(20).turns.items()


def _tree(folder: Path, kinds: Sequence[Callable[[str], bytes]], count: int) -> Path:
    """Files of these kinds in turn, each with values of its own."""
    folder.mkdir()
    for place, kind in enumerate(kinds):
        for number, document in enumerate(documents.own(kind("cxml"), count // len(kinds))):
            (folder / f"room-{number}-{place}.cxml.xml").write_bytes(document)
    return folder


def _lines(path: Path, count: int) -> Path:
    """Small documents, each with a room of its own, as JSON Lines."""
    several = enumerate(documents.own(documents.small("cxml"), count))
    records = ({"id": number, "from": "cxml", "document": document.decode()} for number, document in several)
    path.write_bytes(b"".join(to_json(record) + b"\n" for record in records))
    return path


PARTS: dict[str, Callable[[bool], Iterator[tuple[str, Turns]]]] = {
    "translate": measure_translate,
    "start": measure_start,
    "memory": measure_memory,
    "batch": measure_batch,
}


# -- tables of all pairs, and of stages ---------------------------------------------------------------------------


class Kind(NamedTuple):
    """A table of every ordered pair; `several`: without dialects whose documents hold one conference."""

    title: str
    make: Callable[[str], bytes]
    work: Callable[[bytes, str, str], Work]
    several: bool = False


PAIRS = (
    Kind("One conference with every attribute, all losses made", documents.full, translation),
    Kind("The same, nothing remembered", documents.full, lambda *about: alone(translation(*about))),
    Kind("One conference with every attribute, all losses rendered as in the JSON report", documents.full, rendered),
    Kind("A conference with a name alone", documents.small, translation),
    Kind("A conference among other verbs", documents.neighbours, translation),
    Kind("100 conferences", lambda name: documents.many(name, 100), translation, several=True),
)


def pairs(kind: Kind, quick: bool) -> list[list[str]]:
    """Translation divided by the bare parse of its source, from each dialect (rows) to each (columns)."""
    rows = []
    for source in registry.names():
        dialect = registry.get(source)
        if kind.several and dialect.single:
            continue
        document = kind.make(source)
        works = {target: kind.work(document, source, target) for target in registry.names()}
        bare = floor(document, dialect.syntaxes[0])
        turns = Race({**works, "parse": bare}).run(3 if quick else 9).turns
        rows.append([source, *(f"{Goal(target, 'parse').ratio(turns):.1f}" for target in works)])
    return rows


Stages = tuple[tuple[str, object, str], ...]
ENGINE: Stages = (
    ("parse", syntax, "parse"),
    ("read", engine, "read_document"),
    ("express and read back", Translation, "document_sites"),
    ("difference", Translation, "losses"),
    ("write: the text", syntax, "write"),
)
FILLED: Stages = (
    ("parse", syntax, "parse"),
    ("find its stencil", filled, "stencil"),
    ("fill in", filled.Remembered, "filled"),
)


def stages(of: Stages, source: str, target: str, quick: bool) -> dict[str, float]:
    """Share of each stage of a translation, in place: the median of many, each stage with a clock around it."""
    document = documents.full(source)
    found: dict[str, list[float]] = {}
    spent: dict[str, float] = {}

    def clocked(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            start = time.perf_counter()
            result = function(*arguments)
            spent[stage] = spent.get(stage, 0.0) + time.perf_counter() - start
            return result

        return run

    work = translation(document, source, target)
    if of is ENGINE:
        of, work = (*of, ("write: the tree", type(registry.get(target).envelope), "write")), alone(work)
    for _ in range(3):
        work()
    with ExitStack() as stack:
        for stage, owner, name in of:
            stack.enter_context(mock.patch.object(owner, name, clocked(stage, getattr(owner, name))))
        for _ in range(300 if quick else 5000):
            spent.clear()
            start = time.perf_counter()
            work()
            whole = time.perf_counter() - start
            spent["all else"] = whole - sum(spent.values())
            for stage, seconds in spent.items():
                found.setdefault(stage, []).append(seconds)
    middle = {stage: median(seconds) for stage, seconds in found.items()}
    return {stage: seconds / sum(middle.values()) for stage, seconds in middle.items()}


# -- the page -----------------------------------------------------------------------------------------------------


def goals(wanted: Iterable[Goal], measures: Measures, before: Measures) -> list[list[str]]:
    """A row for every goal: the ratio, before and now, and whether the goal is met."""
    return [
        [
            goal.title,
            goal.against,
            *_ratios(goal, measures, before),
            _number(goal.most),
            "met" if goal.ratio(measures) <= goal.most else "not met",
        ]
        for goal in wanted
    ]


def _ratios(goal: Goal, measures: Measures, before: Measures) -> list[str]:
    earlier = [_number(goal.ratio(before)) if goal.is_measured(before) else ""] if before else []
    return [*earlier, _number(goal.ratio(measures))]


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 99.5 else f"{value:.3g}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table that reads well as text, too; numbers to the right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    right = [all(line[column][:1].isdigit() or not line[column] for line in lines[1:]) for column in range(len(head))]

    def said(line: Sequence[str]) -> str:
        cells = [cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(line, widths, right, strict=True)]
        return f"| {' | '.join(cells)} |"

    rule = "| " + " | ".join("-" * (w - 1) + (":" if r else "-") for w, r in zip(widths, right, strict=True)) + " |"
    return "\n".join([said(lines[0]), rule, *map(said, lines[1:])]) + "\n"


INTRODUCTION = f"""\
# What the report costs

<!-- Written by benchmarks/run.py --markdown. Do not edit. -->

Every number is a ratio of two measures made right after one another, the median of many rounds: times differ from
machine to machine and from minute to minute, ratios less so.

- `translate()` is measured with its report: every loss is made. Words and places of a loss are made when somebody asks
  for them; "losses rendered" is with all of them.
- The documents are `golden/*-full`: one conference with every attribute. "Own values" are {DIFFERENT:,} documents with
  URLs and a room of their own.
- Documents that differ in URLs and rooms only are translated once and filled in (`translator/filled.py`), as they are
  in a tree or stream of one application. "Nothing remembered" is the engine alone: what the first one or two documents
  of a kind cost, and every document of a tree in which no two are alike.
- By hand: `benchmarks/by_hand.py`, which checks every value and reports nothing.
- XSLT: `benchmarks/dial-to-plivo.xslt`, compiled once; it is parsed, run and serialised, as `translate()` does it all.
"""


def page(measures: Measures, before: Measures, parts: Sequence[str], quick: bool) -> Iterator[str]:
    """The page, section by section."""
    versions = ", ".join(f"{name} {number}" for name, number in used().items())
    yield f"{INTRODUCTION}\nMeasured with {versions}.\n"
    then = ["before"] if before else []
    wanted = [goal for part in parts for goal in GOALS[part]]
    head = ["measured", "divided by", *then, "ratio"]
    yield "## Goals\n\n" + table([*head, "at most", ""], goals(wanted, measures, before))
    if "memory" in parts:
        rows = [[name, f"{measures[name][0]:.0f}"] for name in measures if name.startswith("memory a ")]
        yield "## Memory\n\nWhat Python's own objects take at the most.\n\n" + table(["", "bytes"], rows)
    shown = [goal for part in parts for goal in SHOWN[part]]
    if shown:
        rows = [[goal.title, goal.against, *_ratios(goal, measures, before)] for goal in shown]
        yield "## Beside the goals\n\n" + table(head, rows)
    if "translate" in parts:
        yield "## Where the time goes\n\nNothing remembered:\n\n" + stage_table(ENGINE, quick)
        yield "Filled in:\n\n" + stage_table(FILLED, quick)
        yield "## Every direction\n\n`translate()` divided by the bare parse of its source; from \\ to.\n"
        for kind in PAIRS:
            yield f"### {kind.title}\n\n" + table(["", *registry.names()], pairs(kind, quick))


def stage_table(of: Stages, quick: bool) -> str:
    directions = (("cxml", "jambonz"), ("cxml", "plivo"), ("twiml", "plivo"), ("swml", "jambonz"), ("jambonz", "swml"))
    shares = [stages(of, *direction, quick) for direction in directions]
    rows = [[stage, *(f"{share.get(stage, 0):.0%}" for share in shares)] for stage in shares[0]]
    return table(["stage", *(" to ".join(direction) for direction in directions)], rows)


def used() -> dict[str, str]:
    """Versions of what the time is spent in."""
    packages = {name: version(name) for name in ("lxml", "pydantic", "PyYAML", "click")}
    return {platform.python_implementation(): platform.python_version(), **packages}


# -- the commands -------------------------------------------------------------------------------------------------


def guard() -> int:
    """Exit status: 1 where a guarded ratio is over its goal, or what it is held to, by more than the slack."""
    over: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for works, rounds, clock in (
            (contestants(), 10, time.process_time),
            (batches(), 2, time.process_time),
            (starts(Path(folder)), 10, time.perf_counter),
        ):
            checked = [goal for part in GUARDED for goal in GOALS[part] if goal.is_measured(works)]
            race = Race({name: works[name] for goal in checked for name in goal.measures}, clock)
            over += kept_over(race, checked, rounds)
    print("\n".join([*over, f"{len(over)} ratios are more than {SLACK - 1:.0%} over what they are held to."]))
    return int(bool(over))


def kept_over(race: Race, checked: Sequence[Goal], rounds: int) -> list[str]:
    """The ratios that stay over their goals. They are measured on and on: noise goes away, a cost stays."""
    for _ in range(TRIES):
        turns = race.run(rounds).turns
        over = [goal for goal in checked if goal.ratio(turns) > goal.limit * SLACK]
        if not over:
            break
    return [
        f"{goal.title} / {goal.against}: {goal.ratio(turns):.2f}, held to {goal.limit:g}, goal {goal.most:g}"
        for goal in over
    ]


def counted() -> str:
    """The goals of one document, in instructions: they do not differ from run to run."""
    loop = [sys.executable, __file__, "--loop"]
    works = contestants()
    checked = [goal for goal in GOALS["translate"] if goal.is_measured(works)]
    counts = {
        name: [instructions([*loop, name])] for name in dict.fromkeys(n for goal in checked for n in goal.measures)
    }
    return table(["instructions of", "divided by", "ratio", "at most", ""], goals(checked, counts, {}))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and a tenth of the files")
    parser.add_argument("--only", choices=PARTS, help="one part")
    parser.add_argument("--guard", action="store_true", help="fail where a ratio is over its goal")
    parser.add_argument("--instructions", action="store_true", help="count instructions with callgrind")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the page there, too")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write all measures there, in seconds and bytes, round by round"
    )
    parser.add_argument("--against", type=Path, metavar="FILE", help="measures of an earlier run, to stand beside")
    parser.add_argument("--loop", nargs=2, metavar=("NAME", "TIMES"), help="run one contestant, for callgrind")
    options = parser.parse_args(arguments)
    if options.loop:
        work = contestants()[options.loop[0]]
        for _ in range(int(options.loop[1])):
            work()
        return 0
    if options.guard:
        return guard()
    if options.instructions:
        print(counted())
        return 0
    before = json.loads(options.against.read_text())["measures"] if options.against else {}
    parts = [options.only] if options.only else list(PARTS)
    measures: dict[str, Turns] = {}
    for part in parts:
        measures |= PARTS[part](options.quick)
    if options.json:
        options.json.write_text(json.dumps({"used": used(), "measures": measures}, indent=2) + "\n")
    sections = []
    for section in page(measures, before, parts, options.quick):
        print(section, flush=True)
        sections.append(section)
    if options.markdown:
        options.markdown.write_text("\n".join(sections))
    return 0


if __name__ == "__main__":
    sys.exit(main())
