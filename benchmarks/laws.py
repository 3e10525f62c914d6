"""Every law over every ordered pair of dialects, with random documents and random intents; zero violations are wanted.

    python benchmarks/laws.py [SEED] [DOCUMENTS]

SEED: of the random documents; without one, another each time. DOCUMENTS: how many of each dialect (default 300).
Exit status 1 on a violation, which is printed with the smallest document that hypothesis found.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from random import SystemRandom

from translator import registry
from translator.testing import CASE_LAWS, check_random


def main(seed: int, documents: int) -> int:
    start = time.perf_counter()
    names = registry.names()
    tally: Counter[tuple[str, str]] = Counter()
    cases: Counter[tuple[str, str, str]] = Counter()
    violations: list[str] = []
    for name in names:
        tally.clear()
        try:
            check_random(registry.get(name), documents, seed=seed, tally=tally)
        except* Exception as group:
            violations += [f"{each}\n{''.join(getattr(each, '__notes__', ()))}" for each in group.exceptions]
        cases.update({(law, name, target): count for (law, target), count in tally.items()})
    width = max(len(law.__name__) for law in CASE_LAWS)
    for law in CASE_LAWS:
        print(f"\n{law.__name__}: {law.__doc__.splitlines()[0] if law.__doc__ else ''}")
        print("cases, from: to:".rjust(width), *(f"{name:>8}" for name in names))
        for name in names:
            row = [cases[law.__name__, name, target] for target in names]
            print(f"{name:>{width}}", *(f"{count:>8}" for count in row))
    for violation in violations:
        print(f"\nVIOLATION {violation}")
    pairs = len({(name, target) for _, name, target in cases})
    print(f"\n{sum(cases.values()):,} cases: {documents * len(names):,} documents of {len(names)} dialects,", end=" ")
    print(f"{pairs} ordered pairs, {len(CASE_LAWS)} laws; seed {seed};", end=" ")
    print(f"{time.perf_counter() - start:.0f} s; {len(violations)} violations")
    return 1 if violations or sum(cases.values()) < 10_000 else 0


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:]]
    sys.exit(main(numbers[0] if numbers else SystemRandom().randrange(10**6), numbers[1] if numbers[1:] else 300))
