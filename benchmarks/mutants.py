"""Mutation check of the tables: what stands in a table must be held by a check, or nobody would see it change.

Run: python benchmarks/mutants.py [--sample N --seed S] [--dialect NAME ...] [--jobs N] [--verbose]

Deletes or swaps, one at a time, every row, codec, list of fields, pair of words, implied value, `says`, note, hint and
neighbour of every dialect, and looks for a check that fails. In this order, and up to the first that does:

golden      the golden cases that have this dialect as source or target: document and losses
laws        `translator.testing`, over the specimens of the verb that was changed
tests       the test files that are about this dialect, or about all
docs        the generated pages, and nothing else

Prints how many of each kind were found, by what, and what no behaviour shows, with the reason. Fails where fewer than
98 % are found, where fewer than 98 % of the rows, codecs, fields, words, implied values and `says` are found by
behaviour, which is more than the docs, where no reason is known, and where a table with nothing changed is "found".

The table of the canonical intent is left out: it is made from `translator.intent`, and nothing is read by it.
"""

from __future__ import annotations

import argparse
import copy
import io
import json
import multiprocessing
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest

from translator import pages, registry, specimens, testing, translate
from translator.codecs import Choice, Codec, Illegal, Words
from translator.detection import by_name
from translator.dialect import Attribute, Dialect, Verb
from translator.plan import plan
from translator.values import UNKNOWN

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "golden"
TESTS = ROOT / "tests"
LEAST = 0.98
KINDS = (
    "row",
    "codec",
    "fields",
    "words",
    "implied",
    "says",
    "sense",
    "grave sense",
    "unasked",
    "note",
    "hint",
    "neighbour",
)
BEHAVING = KINDS[:8]
"""Kinds that must be found by more than the docs. `unasked`: implied values that nobody asks for, see `never_asked`."""
KILLERS = ("golden", "laws", "tests", "docs")
CHEAP = ("golden", "docs", "laws", "tests")
"""Of kinds that may be found by the docs alone."""
DEAR = ("any_bytes_end_well", "output_is_the_same_every_time")
"""Laws that are about the machine, not about a table."""

REASONS: dict[str, str] = {
    "implied: cxml record storage_method": "storageUrl is cXML's alone: elsewhere it is lost with its method",
    "implied: jambonz conference entry_prompt_method": "enterHook is jambonz' alone",
    "implied: jambonz conference entry_prompt_serves": "enterHook is jambonz' alone",
    "implied: jambonz conference record_path": "there is no recording without a path: it is always said",
    "implied: jambonz target/teams screen_method": "Teams users are jambonz' alone: elsewhere the target is lost",
    "implied: jambonz target/teams screen_serves": "Teams users are jambonz' alone: elsewhere the target is lost",
    "implied: jambonz target/teams screen_url": "Teams users are jambonz' alone: elsewhere the target is lost",
    "implied: plivo conference transcription_method": "transcriptionUrl is Plivo's alone",
    "implied: plivo hangup cause": "answered or not, a hook says what it means",
    "implied: cxml message after_method": "cXML and TwiML alone ask it: elsewhere the URL is lost",
    "implied: twiml message after_method": "cXML and TwiML alone ask it: elsewhere the URL is lost",
    "implied: plivo say voice_engine": "Amazon's voices say it by themselves, and no others have one",
    "implied: plivo start_recording transcribe_payload": "transcriptionUrl of a call's recording is Plivo's alone",
}
"""What survives, or is found by the docs alone -> why nobody can tell."""


class Mutant(NamedTuple):
    """One change of one table. `words`: names that documents hold in which it may show; `how`: the change in words."""

    kind: str
    dialect: str
    verb: str
    what: str
    words: tuple[str, ...]
    make: Callable[[], Dialect]
    how: str = ""

    @property
    def name(self) -> str:
        return f"{self.kind}: {self.dialect} {self.verb} {self.what}"

    def __str__(self) -> str:
        return f"{self.name} {self.how}".strip()


class Check(NamedTuple):
    """One direction of one golden case."""

    data: bytes
    source: str
    target: str
    text: str
    losses: list[dict[str, Any]]


# -- the mutants ------------------------------------------------------------------------------------------------


TAKEN_OUT = (
    ("says", "says"),
    ("note", "notes"),
    ("hint", "hints"),
    ("sense", "senses"),
    ("grave sense", "grave_senses"),
)
"""Kind of mutant -> the words of a verb that are taken out one by one."""


def mutants(dialect: Dialect) -> Iterator[Mutant]:
    for key, verb in dialect.verbs.items():
        of: Callable[..., Mutant] = partial(of_verb, dialect, key, verb)
        yield from of_rows(verb, of)
        named = (verb.name,)
        for field, value in verb.implied.items():
            other = another(dialect, verb, field, value)
            kind = "unasked" if never_asked(verb, field) else "implied"
            yield of(kind, field, f"{value!r} is {other!r}", named, implied={**verb.implied, field: other})
        for name, change in TAKEN_OUT:
            for field in getattr(verb, change):
                yield of(name, field, "gone", (field, *named), **{change: without(getattr(verb, change), field)})
    for wire, each in dialect.neighbours.items():
        yield neighbour(dialect, wire, "gone", without(dialect.neighbours, wire))
        worse = "notice" if each.severity == "error" else "error"
        changed = {**dialect.neighbours, wire: each._replace(severity=worse)}
        yield neighbour(dialect, wire, f"{each.severity} is {worse}", changed)


def never_asked(verb: Verb, field: str) -> bool:
    """Whether an implied value stands in a table only because every field must have one.

    Without the field there is no such verb; or the verb says it by itself; or it is about another field, of which there
    is nothing here and nothing can be said: the method of a URL that the verb does not take.
    """
    facts = verb.facts.fields[field]
    if field in verb.facts.core and verb.implied[field] is None:
        return True
    if field in verb.says:
        return True
    other = facts.format_of or facts.depends.partition(":")[0]
    return bool(other) and other not in {**verb.by_field, **verb.says} and not verb.implied[other]


def of_verb(
    dialect: Dialect, key: str, verb: Verb, kind: str, what: str, how: str, words: tuple[str, ...], **change: Any
) -> Mutant:
    return Mutant(kind, dialect.name, key, what, words, lambda: with_verb(dialect, key, replace(verb, **change)), how)


def of_rows(verb: Verb, of: Callable[..., Mutant]) -> Iterator[Mutant]:
    rows = verb.attributes
    pairs: set[frozenset[int]] = set()
    for index, row in enumerate(rows):
        words = (row.wire,) if row.wire else (verb.name,)
        rest = (*rows[:index], *rows[index + 1 :])
        following = [(number % len(rows), rows[number % len(rows)]) for number in range(index + 1, index + len(rows))]
        yield of("row", row.title, "gone", words, attributes=rest)
        other = next((each for _, each in following if unlike(row, each)), None)
        if other is not None:
            changed = put(rows, {index: replace(row, codec=other.codec)})
            yield of("codec", row.title, f"read as {other.title}", words, attributes=changed)
        same = [(number, each) for number, each in following if bool(each.single) == bool(row.single)]
        like = [each for each in same if each[1].codec.vocabulary == row.codec.vocabulary]
        for number, each in [each for each in like or same if each[1].fields != row.fields][:1]:
            if frozenset((index, number)) not in pairs:
                pairs.add(frozenset((index, number)))
                swapped = {index: replace(row, fields=each.fields), number: replace(each, fields=row.fields)}
                yield of(
                    "fields",
                    row.title,
                    f"with those of {each.title}",
                    (*words, each.wire),
                    attributes=put(rows, swapped),
                )
        codec = with_words_swapped(row.codec)
        if codec is not None:
            yield of("words", row.title, "swapped", words, attributes=put(rows, {index: replace(row, codec=codec)}))
        if row.note:
            yield of("note", f"of {row.title}", "gone", words, attributes=put(rows, {index: replace(row, note="")}))


def neighbour(dialect: Dialect, wire: str, what: str, changed: dict[str, Any]) -> Mutant:
    return Mutant("neighbour", dialect.name, wire, what, (wire,), lambda: replace(dialect, neighbours=changed))


def with_verb(dialect: Dialect, key: str, verb: Verb) -> Dialect:
    return replace(dialect, verbs={**dialect.verbs, key: verb})


def without(table: Any, key: str) -> dict[str, Any]:
    return {name: value for name, value in table.items() if name != key}


def put(rows: tuple[Attribute, ...], changed: dict[int, Attribute]) -> tuple[Attribute, ...]:
    return tuple(changed.get(index, row) for index, row in enumerate(rows))


def unlike(row: Attribute, other: Attribute) -> bool:
    """Whether another row's codec reads as many fields, and something of this row's in another way."""
    return len(row.names) == len(other.names) and any(
        meant(row.codec, wire) != meant(other.codec, wire) for wire in row.codec.samples
    )


def meant(codec: Codec, wire: Any) -> Any:
    try:
        return codec.read(wire)
    except (Illegal, AttributeError, TypeError, ValueError):
        return Illegal


def with_words_swapped(codec: Codec) -> Codec | None:
    """The codec with the meanings of its first two words exchanged; None where it has no two."""
    for name, inner in vars(codec).items():
        if isinstance(inner, Codec) and (swapped := with_words_swapped(inner)) is not None:
            found = copy.copy(codec)
            setattr(found, name, swapped)
            return found
    if not isinstance(codec, Choice | Words):
        return None
    values = list(dict.fromkeys(codec.words.values()))
    if len(values) < 2:
        return None
    swap = {values[0]: values[1], values[1]: values[0]}
    found = copy.copy(codec)
    found.words = {wire: swap.get(value, value) for wire, value in codec.words.items()}
    found.inverse = {swap.get(value, value): wire for value, wire in codec.inverse.items()}
    if isinstance(found, Choice):
        found.true, found.false = (swap.get(value, value) for value in (found.true, found.false))
    return found


def another(dialect: Dialect, verb: Verb, field: str, value: Any) -> Any:
    """What another platform does; what none does, where they all do the same."""
    for other in registry.dialects().values():
        for each in other.forms.get(verb.kind, ()) if not other.canonical else ():
            found = each.implied.get(field)
            if type(found) is not type(value) or found != value:
                return found
    return None if value is UNKNOWN else UNKNOWN


# -- the killers ------------------------------------------------------------------------------------------------


class Bench:
    """A registry in which one dialect can be another."""

    def __init__(self) -> None:
        self.load = registry._load
        self.changed: dict[str, Dialect] = {}
        self.focus = ""
        self.sound: set[str] = set()
        registry._load = self._load  # type: ignore[assignment]
        verbs = specimens.verbs
        for module in (testing, specimens):
            module.verbs = lambda dialect: (v for v in verbs(dialect) if not self.focus or v.kind == self.focus)  # type: ignore[attr-defined]
        self.checks = golden()
        self.pages = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "dialects").glob("*.md")}

    def _load(self, name: str) -> Dialect:
        return self.changed.get(name) or self.load(name)

    def killer(self, mutant: Mutant) -> str:
        """What finds a mutant, with the first words of its finding; "" where nothing does."""
        original = self.load(mutant.dialect)
        try:
            dialect = mutant.make()
        except Exception as error:
            return f"laws {error!r}"
        self.changed = {mutant.dialect: dialect}
        verb = original.verbs.get(mutant.verb)
        self.focus = verb.kind if verb else ""
        try:
            for name in KILLERS if mutant.kind in BEHAVING else CHEAP[: 3 if mutant.kind == "control" else None]:
                found = getattr(self, name)(mutant, dialect)
                if found:
                    return f"{name} {found}"
        finally:
            self.changed, self.focus = {}, ""
            plan.cache_clear()
        return ""

    def golden(self, mutant: Mutant, dialect: Dialect) -> str:
        if mutant.kind in ("note", "hint"):  # words only
            return ""
        mine = [each for each in self.checks if mutant.dialect in (each.source, each.target)]

        def near(each: Check) -> int:
            text = each.data.decode("utf-8", "replace") if each.source == mutant.dialect else each.text
            return -sum(word in text for word in mutant.words)

        for each in sorted(mine, key=near):
            try:
                result = translate(each.data, each.target, each.source)
            except Exception as error:
                return repr(error)[:200]
            if result.text != each.text or bare(result.losses) != each.losses:
                return f"{each.source} to {each.target}"
        return ""

    def laws(self, mutant: Mutant, dialect: Dialect) -> str:
        if mutant.kind in ("note", "hint", "neighbour") or dialect.canonical:
            return ""
        for law in testing.LAWS:
            if law.__name__ not in DEAR:
                try:
                    law(dialect)
                except Exception as error:
                    return f"{law.__name__}: {error}"[:200]
        return ""

    def tests(self, mutant: Mutant, dialect: Dialect) -> str:
        """The tests of a dialect; they must hold where nothing is changed."""
        self.focus = ""
        if mutant.dialect not in self.sound:
            self.changed = {}
            if failed := self.pytest(mutant.dialect):
                raise RuntimeError(f"with nothing changed: {failed}")
            self.sound.add(mutant.dialect)
            self.changed = {mutant.dialect: dialect}
        return self.pytest(mutant.dialect)

    def pytest(self, name: str) -> str:
        """The first test that fails."""
        files = [*sorted(TESTS.glob(f"test_{name}*.py")), *(TESTS / common for common in COMMON)]
        out = io.StringIO()
        options = ["-x", "--no-header", "--tb=line", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
        here = Path.cwd()
        alone = patch.dict(os.environ, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")  # our own plugin is loaded too late here
        with redirect_stdout(out), redirect_stderr(out), alone:
            code = pytest.main([*options, *map(str, files)])
        os.chdir(here)
        failed = [line for line in out.getvalue().splitlines() if line.startswith("FAILED")] if code else []
        if code and not failed:
            raise RuntimeError(out.getvalue()[-2000:])
        return failed[0] if failed else ""

    def docs(self, mutant: Mutant, dialect: Dialect) -> str:
        made = pages.dialect_page(dialect, markdown=True)
        return "" if self.pages[mutant.dialect].endswith(made) else f"docs/dialects/{mutant.dialect}.md"


COMMON = ("test_tables.py", "test_steps.py", "test_every_verb.py", "test_api.py")
"""Test files that are about every dialect."""


def golden() -> list[Check]:
    found = []
    for path in sorted(GOLDEN.glob("*/source.*")):
        name = by_name(path.name) or ""
        for target in registry.names():
            if target != name:
                text = (path.parent / f"to{registry.get(target).suffixes[0]}").read_text(encoding="utf-8")
                losses = json.loads((path.parent / f"to.{target}.losses.json").read_text(encoding="utf-8"))
                found.append(Check(path.read_bytes(), name, target, text, losses))
    return found


def bare(losses: Any) -> list[dict[str, Any]]:
    """Losses as the golden cases have them."""
    wordy = [{k: v for k, v in each.as_dict().items() if k not in ("message", "remedy")} for each in losses]
    plain: list[dict[str, Any]] = json.loads(json.dumps(wordy))
    return plain


# -- the run ----------------------------------------------------------------------------------------------------

ALL: list[Mutant] = []
BENCH: list[Bench] = []


def run(number: int) -> tuple[int, str]:
    if not BENCH:
        BENCH.append(Bench())
    return number, BENCH[0].killer(ALL[number])


def controls() -> list[Mutant]:
    """Copies of every table with nothing changed: whatever finds them is no check of a table."""
    return [
        Mutant("control", name, "conference", "as it is", (), partial(replace, dialect))
        for name, dialect in registry.dialects().items()
        if not dialect.canonical
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sample", type=int, default=0, help="so many mutants, chosen by chance")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dialect", action="append", help="only this one")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--verbose", action="store_true", help="what found each")
    options = parser.parse_args()
    names = options.dialect or registry.names()
    tables = [registry.get(name) for name in names]
    ALL.extend(each for table in tables if not table.canonical for each in mutants(table))
    ALL[:] = [each for each in ALL if not options.kind or each.kind in options.kind]
    if options.sample:
        ALL[:] = random.Random(options.seed).sample(ALL, min(options.sample, len(ALL)))
    ALL.extend(controls())
    started = time.perf_counter()
    with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
        found = [(ALL[number], killer) for number, killer in sorted(pool.imap_unordered(run, range(len(ALL)), 4))]
    if options.verbose:
        for mutant, killer in found:
            print(f"{mutant}: {killer or 'SURVIVED'}")
    faults = [f"{control}: found by {killer}" for control, killer in found if control.kind == "control" and killer]
    found = [each for each in found if each[0].kind != "control"]
    faults += table(found, whole=not (options.sample or options.dialect or options.kind))
    faults += reasons(found)
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"{time.perf_counter() - started:.0f} s")
    return int(bool(faults))


def table(found: list[tuple[Mutant, str]], *, whole: bool) -> list[str]:
    """Print how many of each kind were found by what; gives back the kinds of which too few were."""
    counts = Counter((mutant.kind, killer.partition(" ")[0] or "survived") for mutant, killer in found)
    faults = []
    print(
        "kind".ljust(11) + "".join(word.rjust(10) for word in ("mutants", *KILLERS, "survived", "found", "behaviour"))
    )
    for kinds in (*((kind,) for kind in KINDS), KINDS):
        by = {how: sum(counts[kind, how] for kind in kinds) for how in (*KILLERS, "survived")}
        total = sum(by.values())
        if not total:
            continue
        name = kinds[0] if len(kinds) == 1 else "all"
        killed = (total - by["survived"]) / total
        behaving = killed - by["docs"] / total
        print(f"{name:11}{total:10}" + "".join(f"{n:10}" for n in by.values()) + f"{killed:10.1%}{behaving:10.1%}")
        if whole and (killed < LEAST or (name in BEHAVING and behaving < LEAST)):
            faults.append(f"{name}: fewer than {LEAST:.0%} are found")
    return faults


def reasons(found: list[tuple[Mutant, str]]) -> list[str]:
    """Print what no behaviour shows, and why; gives back that for which nobody knows why, and reasons out of date."""
    faults = []
    for mutant, killer in found:
        unseen = not killer or (killer.startswith("docs") and mutant.kind in BEHAVING)
        if unseen and mutant.name in REASONS:
            print(f"  {'the docs alone' if killer else 'survived'}: {mutant}: {REASONS[mutant.name]}")
        elif unseen:
            faults.append(f"{mutant}: {'is found by the docs alone' if killer else 'survived'}, and no reason is known")
        elif mutant.name in REASONS:
            faults.append(f"{mutant}: there is a reason why nobody sees it, but it is found by {killer}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
