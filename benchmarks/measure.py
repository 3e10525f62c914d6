"""How it is measured: in turns, round after round, so that a machine that is slow for a while is slow for all alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

WARM = 8
"""How often a function is called before it is measured: the first calls find out what the later ones remember."""

Work = Callable[[], object]
Turns = list[float]
"""One measure, in each round."""

SPAN = 0.01
"""Seconds that a turn of a function takes at least: it is called often enough for the clock,
and for what the others pushed out of the caches to count little."""


class Race:
    """Functions that are run in turns; `turns` holds the seconds of one call of each, round by round.

    Args:
        clock: of this process, so that others on the machine count little; of the wall, where programs are started.
    """

    def __init__(self, works: Mapping[str, Work], clock: Callable[[], float] = time.process_time) -> None:
        self.works = dict(works)
        self.clock = clock
        self.turns: dict[str, Turns] = {name: [] for name in works}
        self.calls = {
            name: max(1, round(SPAN / min(self._seconds(work, 1) for _ in range(WARM)))) for name, work in works.items()
        }

    def run(self, rounds: int) -> Race:
        for _ in range(rounds):
            for name, work in self.works.items():
                self.turns[name].append(self._seconds(work, self.calls[name]))
        return self

    def _seconds(self, work: Work, calls: int) -> float:
        start = self.clock()
        for _ in range(calls):
            work()
        return (self.clock() - start) / calls


_BYTE_CODE = tempfile.TemporaryDirectory(prefix="byte-code-")


def environment(**more: str) -> dict[str, str]:
    """Of a program that is installed: its byte code is kept from one start to the next, whatever this one's is."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": _BYTE_CODE.name, **more}


def command(*arguments: str, folder: Path | None = None, **more: str) -> Work:
    """A program, run to its end; what it prints is thrown away. A failure is an error: it would look fast.

    Args:
        folder: that it runs in.
        more: variables of its environment.
    """
    variables = environment(**more)
    return lambda: subprocess.run(arguments, check=True, capture_output=True, env=variables, cwd=folder)


def python(code: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code, *arguments)


def translator() -> tuple[str, ...]:
    """The command as it is installed; the module where it is not."""
    script = Path(sys.executable).with_name("translator")
    return (str(script),) if script.exists() else (sys.executable, "-m", "translator")


class Cost(NamedTuple):
    """What a program took: seconds by the clock, seconds of processors, and the most memory it held, in bytes."""

    seconds: float
    processor: float
    memory: float


_LAUNCHER = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
seconds, usage = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
sys.exit(done.returncode)
"""


def cost(arguments: Sequence[str]) -> Cost:
    """Run a program to its end, with the processes that it starts; memory is that of the largest.

    A small program starts it: what is started begins with the memory of who starts it, as the system counts.
    """
    launcher = python(_LAUNCHER, *arguments)
    done = subprocess.run(launcher, check=True, capture_output=True, text=True, env=environment())
    seconds, processor, memory = json.loads(done.stdout)
    return Cost(seconds, processor, memory * (1 if sys.platform == "darwin" else 1024))


def allocated(work: Work) -> int:
    """The most memory that Python's own objects took while a function ran, in bytes."""
    work()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def instructions(arguments: Sequence[str], calls: int = 30) -> float:
    """Instructions of one call, by callgrind: the program's last argument is the number of calls."""
    command(*arguments, "1")()  # writes the byte code, which is part of no call
    few, often = (_collected([*arguments, str(number)]) for number in (calls, 2 * calls))
    return (often - few) / calls


def _collected(arguments: Sequence[str]) -> int:
    valgrind = ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null")
    variables = environment(PYTHONHASHSEED="0")
    done = subprocess.run([*valgrind, *arguments], check=True, capture_output=True, text=True, env=variables)
    return int(done.stderr.rpartition("Collected : ")[2].split()[0])
