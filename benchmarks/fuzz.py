"""Mutated documents through every reader, to a random target: a result or a TranslatorError, and nothing else.

Run: python benchmarks/fuzz.py [--count 20000] [--seed 1] [--processes 2] [--keep FOLDER]
     python benchmarks/fuzz.py --guided cxml [--seconds 60]     one reader, guided by coverage (needs atheris)

Documents come from tests/corpus, the sources of golden and what was found before (tests/found). They are mutated in
their bytes, their tokens and their trees, and spliced; case N of a seed is always the same (`--only N`). Of each result
every loss is asked for its words and place, both reports are rendered, and what was written must be readable. Prints
how many cases ended how, the peak memory and the slowest case; the bytes of that one, and of all that is wrong, are
kept in a folder. What is found belongs into tests/found, under the name that it has there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import random
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import yaml
from lxml import etree

from translator import TranslatorError, read, registry, syntax, translate, write
from translator.detection import by_name
from translator.report import FORMATS, Outcome, excerpts, renderer

ROOT = Path(__file__).parent.parent
MOST_SECONDS = 10
MOST_BYTES = 200_000

BYTES = (
    *(b"<", b">", b"&", b'"', b"'", b"{", b"}", b"[", b"]", b",", b":", b"-", b"\n", b"  ", b"\t", b"#", b"%", b"*"),
    *(b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\x1b[31m", b"\r"),
    *(b"<!DOCTYPE x>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?php x ?>", b"&#0;", b"&#38;", b"&x;", b"\\ud800"),
    *(b"---\n", b"&a ", b"*a", b"!!python/object:x ", b"<<: ", b"? ", b"| ", b"> ", b"{{x}}", b"${x}", b"%{x}"),
)  # fmt: skip
VALUES = (
    *("", " ", "true", "false", "null", "0", "-1", "00", "1e999", "NaN", "9" * 30, "1" * 5000, "1.5", "\u0661"),
    *("yes", "no", "on", "~", "0123", "0x10", "1_000", "12:30", "1e3", ".inf", "=", "<<", "+15551234567", "2026-01-01"),
    *("{{x}}", "${x}", "%{x}", "<%= x %>", "<?php x ?>", "<?x", "]]>", "--", "-->", "&amp;", "<b>", "x: y # z", "- a"),
    *("a\nb", "a\tb", "a\rb", "\u202e", "\u2028", "\ufeff", "\ufffe", "\ud800", "\x00", "\x1b[31m", "\x7f", "\x85"),
    *("https://u:p@h.example/?a=b&c=d#e", "https://[::1", "http://h:99999999/", "//h", "/p", "?q", "say:x", "ring:"),
    *("sip:a@b", "stream:wss://x", "wss://x", "mailto:a", "call:" + "x" * 300, "beep:99999", "start end", "GET", "'"),
)  # fmt: skip
NESTED: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    10**30,
    1.5,
    -0.0,
    1e308,
    [],
    {},
    [[]],
    [{}],
    {"": ""},
    {"url": "x"},
)
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\w.$-]+|\s+|.', re.DOTALL)


class Case(NamedTuple):
    """One mutated document, where it comes from and where it goes."""

    data: bytes
    source: str | None
    target: str
    options: dict[str, str] | None

    @property
    def name(self) -> str:
        """The name under which it is kept: what it holds, from, to."""
        return f"{hashlib.sha256(self.data).hexdigest()[:12]}.{self.source or 'detected'}.{self.target}"


class Fault(Exception):
    """A promise that was not kept."""


class TooSlow(BaseException):
    """Raised by the alarm, so that no handler of errors catches it."""


def sources() -> list[tuple[bytes, str]]:
    """Sound documents with their dialects."""
    found = []
    for path in sorted([*(ROOT / "tests" / "corpus").rglob("*.*"), *(ROOT / "golden").glob("*/source.*")]):
        dialect = by_name(path.name)
        if dialect is not None:
            found.append((path.read_bytes(), dialect))
    for path in sorted((ROOT / "tests" / "found").glob("*")):
        name = path.name.split(".")[1]
        found.append((path.read_bytes(), name if name in registry.names() else "twiml"))
    return found


class Mutator:
    """Makes cases: each from its own seed, so that every one of them can be made again by itself."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.sources = sources()
        self.names = registry.names()
        self.words = sorted(
            {t for data, _ in self.sources for t in TOKEN.findall(data.decode("utf-8", "replace")) if t.strip()}
        )
        self.values: list[Any] = [*NESTED, *VALUES]
        self.elements: list[Any] = []
        for data, _ in self.sources:
            if data.lstrip().startswith(b"<"):
                try:
                    self.elements += list(etree.fromstring(data).iter(etree.Element))
                except (etree.XMLSyntaxError, ValueError):
                    continue
            elif data.lstrip()[:1] in (b"{", b"["):
                try:
                    self.values += _values(json.loads(data))
                except ValueError:
                    continue

    def case(self, number: int) -> Case:
        chance = random.Random(f"{self.seed}/{number}")
        data, source = chance.choice(self.sources)
        ways = (self._bytes, self._tokens, self._tokens, self._splice, *[self._tree] * 8)
        for _ in range(chance.choice((1, 1, 1, 1, 2, 4))):
            data = chance.choice(ways)(data, chance)
        told = chance.choice((*[source] * 8, None, chance.choice(self.names)))
        options = {"base_url": "https://b.example/x"} if chance.random() < 0.05 else None
        return Case(data[:MOST_BYTES], told, chance.choice(self.names), options)

    def _bytes(self, data: bytes, chance: random.Random) -> bytes:
        found = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(found) + 1)
            action = chance.randrange(5)
            if action == 0:
                found[at:at] = chance.choice(BYTES)
            elif action == 1:
                del found[at : at + chance.randint(1, 8)]
            elif action == 2:
                other = chance.randrange(len(found) + 1)
                found[at:at] = found[other : other + chance.randint(1, 40)]
            elif action == 3 and at < len(found):
                found[at] ^= 1 << chance.randrange(8)
            else:
                found[at : at + 1] = bytes([chance.randrange(256)])
        return bytes(found)

    def _tokens(self, data: bytes, chance: random.Random) -> bytes:
        tokens = TOKEN.findall(data.decode("utf-8", "surrogateescape"))
        for _ in range(chance.randint(1, 3)):
            if not tokens:
                break
            at, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
            action = chance.randrange(6)
            if action == 0:
                tokens[at], tokens[other] = tokens[other], tokens[at]
            elif action == 1:
                tokens[at] = chance.choice(self.words)
            elif action == 2:
                del tokens[at]
            elif action == 3:
                tokens[at:at] = tokens[other : other + chance.randint(1, 30)]
            elif tokens[at].startswith('"'):
                tokens[at] = f'"{chance.choice(VALUES)}"'
            else:
                tokens[at] = chance.choice(VALUES)
        return "".join(tokens).encode("utf-8", "surrogatepass" if chance.random() < 0.1 else "replace")

    def _tree(self, data: bytes, chance: random.Random) -> bytes:
        if data.lstrip().startswith(b"<"):
            try:
                root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
            except (etree.XMLSyntaxError, ValueError):
                return data
            self._elements(root, chance)
            return etree.tostring(root)
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return data
        value = self._value(value, chance)
        if chance.random() < 0.1:
            return yaml.safe_dump(value, allow_unicode=True, default_flow_style=chance.random() < 0.2).encode(
                "utf-8", "replace"
            )
        return json.dumps(value, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")

    def _elements(self, root: Any, chance: random.Random) -> None:
        nodes = list(root.iter(etree.Element))
        for _ in range(chance.randint(1, 3)):
            node, other = chance.choice(nodes), chance.choice(self.elements)
            action = chance.randrange(7)
            if action == 0:
                node.insert(chance.randrange(len(node) + 1), deepcopy(other))
            elif action == 1:
                node.append(deepcopy(node))
            elif action == 2 and node.getparent() is not None:
                node.getparent().remove(node)
            elif action == 3:
                node.attrib.update(other.attrib)
            elif action == 4:
                node.text = _xml(chance.choice(VALUES))
            elif action == 5:
                node.insert(0, chance.choice((etree.Comment(" c "), etree.ProcessingInstruction("php", "x"))))
            elif node.attrib:
                node.set(chance.choice(list(node.attrib)), _xml(chance.choice(VALUES)))

    def _value(self, value: Any, chance: random.Random) -> Any:
        """A JSON value with one or more of its parts replaced, added or taken away."""
        for _ in range(chance.randint(1, 3)):
            holders = [each for each in _values(value) if isinstance(each, dict | list) and each]
            if not holders:
                return chance.choice(self.values)
            holder = chance.choice(holders)
            new = deepcopy(chance.choice(self.values))
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            key = chance.choice(keys)
            action = chance.randrange(5)
            if action == 0:
                del holder[key]
            elif action == 1 and isinstance(holder, dict):
                holder[chance.choice(self.words).strip('"')] = new
            elif action == 1:
                holder.insert(key, new)
            elif action == 2 and isinstance(new, dict) and isinstance(holder, dict):
                holder.update(new)
            elif action == 3 and isinstance(holder, list):
                holder.append(deepcopy(holder[key]))
            else:
                holder[key] = new
        return value

    def _splice(self, data: bytes, chance: random.Random) -> bytes:
        other, _ = chance.choice(self.sources)
        return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _values(value: Any) -> list[Any]:
    found = [value]
    for each in found:
        found += each.values() if isinstance(each, dict) else each if isinstance(each, list) else []
        if len(found) > 5000:
            break
    return found


def _xml(text: str) -> str:
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)


def try_one(case: Case) -> str:
    """How a case ends: "lossless", "lossy", or the name of a TranslatorError; all else is raised."""
    try:
        result = translate(case.data, case.target, case.source, options=case.options)
    except TranslatorError as error:
        json.dumps(error.as_dict())
        _render(Outcome("-", case.source, case.target, error=error, lines=excerpts(case.data, (), error)), case)
        if (error.line is not None and error.line < 1) or (error.column is not None and error.column < 1):
            raise Fault("A place before the first character", error) from None
        return type(error).__name__
    for loss in result.losses:
        if loss.line < 1 or loss.column < 1 or not loss.message:
            raise Fault("A loss without place or words", loss)
    lines = excerpts(case.data, result.losses)
    _render(Outcome("-", result.source_dialect, case.target, output="-", losses=result.losses, lines=lines), case)
    try:
        syntax.parse(result.text.encode(), result.syntax)
    except TranslatorError as error:
        raise Fault("What was written cannot be read", error) from None
    return "lossy" if result.losses else "lossless"


def _render(outcome: Outcome, case: Case) -> None:
    """One of the report's formats, another for each document."""
    name = list(FORMATS)[crc32(case.data) % len(FORMATS)]
    text = "".join(renderer(name)([outcome], verbose=True))
    if name in ("json", "jsonl", "sarif"):
        for part in text.splitlines() if name == "jsonl" else [text]:
            json.loads(part)
    elif not text.replace("\n", "").isprintable():
        raise Fault(f"The report as {name} holds what is not printable", re.findall(r"[^ -~]+", text))
    elif name == "junit":
        syntax.parse(text.encode(), "xml")


def through_flow(case: Case) -> None:
    """The same by way of the Python model: read, then write."""
    try:
        write(read(case.data, case.source), case.target)
    except TranslatorError:
        return


class Tally:
    """What a run found."""

    def __init__(self) -> None:
        self.ends: Counter[str] = Counter()
        self.faults: dict[
            str, tuple[int, Case, str]
        ] = {}  # where it was raised -> (number of the case, case, traceback)
        self.slowest: tuple[float, int, Case | None] = (0.0, 0, None)
        self.memory = 0
        signal.signal(signal.SIGALRM, _alarm)

    def run(self, number: int, case: Case) -> None:
        start = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, MOST_SECONDS)
        try:
            end = try_one(case)
            if number % 10 == 0:
                through_flow(case)
        except (Exception, TooSlow) as error:
            end = f"!! {type(error).__name__}"
            frames = traceback.extract_tb(error.__traceback__)
            where = f"{type(error).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}"
            if isinstance(error, Fault):
                where = str(error.args[0])
            self.faults.setdefault(where, (number, case, traceback.format_exc()))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        seconds = time.perf_counter() - start
        self.ends[end] += 1
        if seconds > self.slowest[0]:
            self.slowest = (seconds, number, case)

    def add(self, other: Tally) -> None:
        self.ends += other.ends
        self.memory = max(self.memory, other.memory)
        self.slowest = max(self.slowest, other.slowest, key=lambda each: each[0])
        for where, found in other.faults.items():
            self.faults.setdefault(where, found)


def _alarm(*_: object) -> None:
    raise TooSlow(f"More than {MOST_SECONDS} seconds.")


def _work(seed: int, numbers: range, at: Any, answers: Any) -> None:
    mutator, tally = Mutator(seed), Tally()
    for data, name in mutator.sources[::10]:  # so that no case pays for what is loaded once
        try_one(Case(data, None, name, None))
    for number in numbers:
        at.value = number
        tally.run(number, mutator.case(number))
    tally.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    answers.put(tally)


def _run(seed: int, count: int, processes: int) -> tuple[Tally, list[int]]:
    """The tally of all processes, and the cases in which one of them died."""
    context = multiprocessing.get_context("spawn")
    workers = []
    for first in range(processes):
        at, answers = context.Value("q", -1), context.SimpleQueue()
        worker = context.Process(target=_work, args=(seed, range(first, count, processes), at, answers))
        worker.start()
        workers.append((worker, at, answers))
    total, dead = Tally(), []
    for worker, at, answers in workers:
        while worker.is_alive() and answers.empty():
            time.sleep(0.05)
        if answers.empty():
            dead.append(at.value)
        else:
            total.add(answers.get())
        worker.join()
    return total, dead


def _guided(name: str, seconds: int) -> int:
    try:
        import atheris
    except ImportError:
        print("atheris is not installed: pip install atheris")
        return 2
    for module in [each for each in sys.modules if each.partition(".")[0] in ("translator", "dialects")]:
        del sys.modules[module]  # they are loaded again, and their branches are counted
    with atheris.instrument_imports(include=["translator", "dialects"]):
        from translator import TranslatorError, registry, translate

        names = registry.names()
        for data, dialect in sources():
            for target in names if dialect == name else ():  # what is loaded later is not counted
                with suppress(TranslatorError):
                    translate(data, target, name)
    folder = Path(tempfile.mkdtemp(prefix="translator-fuzz-"))
    for index, (data, dialect) in enumerate(sources()):
        if dialect == name:
            (folder / str(index)).write_bytes(b"\x00" + data)

    def one(data: bytes) -> None:
        target = names[data[0] % len(names)] if data else names[0]
        try:
            losses = translate(data[1:], target, name).losses
        except TranslatorError:
            return
        for loss in losses:
            loss.as_dict()

    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            "-timeout=10",
            "-verbosity=0",
            "-print_final_stats=1",
            f"-artifact_prefix={folder}/wrong-",
            str(folder),
        ],
        one,
    )
    atheris.Fuzz()
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="where to keep the slowest case and all that is wrong")
    parser.add_argument("--only", type=int, metavar="N", help="case N of the seed, and no other")
    parser.add_argument("--guided", metavar="DIALECT", help="one reader, guided by coverage")
    parser.add_argument("--seconds", type=int, default=60, help="for --guided")
    asked = parser.parse_args()
    if asked.guided:
        return _guided(asked.guided, asked.seconds)
    start = time.perf_counter()
    if asked.only is not None:
        case = Mutator(asked.seed).case(asked.only)
        print(case)
        print(try_one(case))
        through_flow(case)
        return 0
    tally, dead = _run(asked.seed, asked.count, asked.processes)
    keep = asked.keep or Path(tempfile.mkdtemp(prefix="translator-fuzz-"))
    keep.mkdir(parents=True, exist_ok=True)
    seconds = time.perf_counter() - start
    print(f"seed {asked.seed}, {asked.count:,} documents, {seconds:.0f} s in {asked.processes} processes")
    for end, number in sorted(tally.ends.items(), key=lambda each: -each[1]):
        print(f"  {number:>9,}  {end}")
    print(f"peak memory of a process {tally.memory} MB")
    slow, number, case = tally.slowest
    if case is not None:
        path = keep / f"slowest.{case.name}"
        path.write_bytes(case.data)
        print(f"slowest: case {number}, {slow * 1000:.0f} ms, {len(case.data):,} bytes, kept in {path}")
    for where, (number, case, trace) in tally.faults.items():
        (keep / case.name).write_bytes(case.data)
        print(f"WRONG: {where}: case {number}, {case.source} -> {case.target}, kept in {keep / case.name}\n{trace}")
    for number in dead:
        case = Mutator(asked.seed).case(number)
        (keep / case.name).write_bytes(case.data)
        print(f"WRONG: a process died in case {number}, kept in {keep / case.name}")
    return int(bool(tally.faults or dead))


if __name__ == "__main__":
    sys.exit(main())
