"""Kills a batch conversion at random moments: no output is half written or empty, no input is changed.

Run: python benchmarks/kill.py [--count 200] [--seed 1] [--documents 300]

Each time a tree is converted into a directory where every other output stands already, with other content; every
other time by two processes. All are killed (SIGKILL) right after a random one of the outputs has appeared; each fifth
time anywhen; each third time only the first process is, and the others must go by themselves. Afterwards
every output must be the old one or the new one, whole; every input as it was; the report absent or whole. What a
killed process leaves behind are hidden temporary files, `.translator-*.tmp`: they are counted, and must stand beside
nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from translator import translate

ROOT = Path(__file__).parent.parent
OLD = "old\n" * 100


def tree(folder: Path, number: int) -> dict[str, str]:
    """Documents below `folder`: name of the output -> its whole text."""
    found: dict[str, str] = {}
    sources = sorted((ROOT / "golden").glob("*/source.twiml.xml"))
    for index in range(number):
        source = sources[index % len(sources)].read_bytes()
        name = f"{index % 7}/{index}"
        path = folder / f"{name}.twiml.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source)
        found[f"{name}.jambonz.json"] = translate(source, "jambonz", "twiml").text
    return found


def prepare(out: Path, expected: dict[str, str]) -> None:
    """An output directory in which every other output stands already."""
    if out.exists():
        shutil.rmtree(out)
    for name in list(expected)[::2]:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(OLD, encoding="utf-8")


def start(folder: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "translator", "convert", str(folder), "--to", "jambonz", "--out-dir", str(out)]
    command += ["--report", str(out / "report.json"), "--report-format", "json", "--fail-on", "never"]
    command += ["--jobs", str(jobs)]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, **streams)


def kill(process: subprocess.Popen[bytes], whole: bool) -> None:
    """Kill all of its processes, or the first, and wait until all are gone: their standard error is closed then."""
    if whole:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate(timeout=10)


def _wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    while not path.exists() and process.poll() is None:
        time.sleep(0.0005)


def faults(folder: Path, out: Path, inputs: dict[Path, bytes], expected: dict[str, str]) -> tuple[list[str], int, int]:
    """(what is wrong, outputs that are new, temporary files left behind)."""
    wrong, new, left = [], 0, 0
    if {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} != inputs:
        wrong.append("an input was changed")
    for path in out.rglob("*"):
        name = str(path.relative_to(out))
        if path.is_dir():
            continue
        if path.name.startswith(".translator-") and path.name.endswith(".tmp"):
            left += 1
        elif name == "report.json":
            try:
                json.loads(path.read_text(encoding="utf-8"))
            except ValueError:
                wrong.append("the report is not whole")
        elif name not in expected:
            wrong.append(f"{name} is no output")
        else:
            text = path.read_text(encoding="utf-8")
            new += text == expected[name]
            if text != expected[name] and not (text == OLD and list(expected).index(name) % 2 == 0):
                wrong.append(f"{name} is neither the old one nor the new one: {len(text)} characters")
    return wrong, new, left


def run(count: int, seed: int, documents: int) -> tuple[list[str], list[int], int]:
    """(what was wrong, how many outputs were new after each kill, temporary files left behind)."""
    chance = random.Random(seed)
    wrong: list[str] = []
    found: list[int] = []
    left = 0
    with tempfile.TemporaryDirectory(prefix="translator-kill-") as name:
        folder, out = Path(name, "in"), Path(name, "out")
        expected = tree(folder, documents)
        inputs = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        prepare(out, expected)
        begin = time.perf_counter()
        process = start(folder, out, 1)
        process.wait()
        whole = time.perf_counter() - begin
        assert process.stderr is not None
        process.stderr.close()
        problems, new, _ = faults(folder, out, inputs, expected)
        if problems or new != documents:
            return [f"without a kill: {new} of {documents} outputs, {problems}"], [], 0
        for number in range(count):
            prepare(out, expected)
            process = start(folder, out, 1 + number % 2)
            if number % 5 == 0:
                time.sleep(chance.uniform(0, whole))
            else:
                _wait_for(out / chance.choice(list(expected)[1::2]), process)
                time.sleep(chance.uniform(0, 0.002))
            kill(process, whole=bool(number % 3))
            problems, new, remaining = faults(folder, out, inputs, expected)
            wrong += [f"kill {number}: {problem}" for problem in problems]
            found.append(new)
            left += remaining
    return wrong, found, left


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=300)
    asked = parser.parse_args()
    wrong, found, left = run(asked.count, asked.seed, asked.documents)
    amid = sum(0 < new < asked.documents for new in found)
    print(f"seed {asked.seed}, {len(found)} kills of a conversion of {asked.documents} documents")
    before, after = found.count(0), found.count(asked.documents)
    print(f"  {before} before the first output, {amid} amid the work, {after} after the last")
    print(f"  {left} hidden temporary files left behind")
    print(f"  {len(wrong)} outputs half written or empty, inputs changed, or other faults")
    for each in wrong:
        print(f"WRONG: {each}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
