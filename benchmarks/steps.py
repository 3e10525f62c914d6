"""How many documents keep every verb around their conferences, for each direction.

Run: python benchmarks/steps.py [FOLDER ...], where a folder holds documents named like room.cxml.xml at any depth.
Prints two tables: the share of documents whose every neighbouring verb is carried over, first where only the conference
has a canonical step (as it was before), then with all steps. A document counts when the report holds no loss of kind
`step`, and none that leaves out a branch. Documents without neighbours count too: they are the difference to 0.
"""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from translator import TranslatorError, registry, translate
from translator.detection import by_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from translator.dialect import Dialect

ROOT = Path(__file__).parent.parent


def main() -> int:
    folders = [Path(each) for each in sys.argv[1:]] or [ROOT / "tests" / "corpus"]
    paths = [p for folder in folders for p in sorted(folder.rglob("*.*")) if p.is_file() and by_name(p.name)]
    paths = [p for p in paths if not p.name.startswith("to.")]
    with conferences_only():
        table("Before: the conference alone has a canonical step", paths)
    print()
    table("Now", paths)
    return 0


def table(title: str, paths: list[Path]) -> None:
    names = [name for name, dialect in registry.dialects().items() if not dialect.canonical]
    whole: Counter[tuple[str, str]] = Counter()
    all_: Counter[tuple[str, str]] = Counter()
    for path in paths:
        source = by_name(path.name) or ""
        for target in names:
            try:
                result = translate(path.read_bytes(), target, source)
            except TranslatorError:
                continue
            all_[source, target] += 1
            whole[source, target] += not any(loss.kind == "step" for loss in result.losses)
    print(f"{title}\n" + "from \\ to".ljust(12) + "".join(name.rjust(10) for name in names))
    for source in names:
        cells = [f"{whole[source, target]}/{all_[source, target]}" if source != target else "-" for target in names]
        print(source.ljust(12) + "".join(cell.rjust(10) for cell in cells))
    pairs = [pair for pair in all_ if pair[0] != pair[1]]
    kept, every = sum(whole[pair] for pair in pairs), sum(all_[pair] for pair in pairs)
    print(f"{kept} of {every} translations into another dialect keep every verb ({kept / max(every, 1):.0%})")


@contextmanager
def conferences_only() -> Iterator[None]:
    """Dialects whose other verbs are foreign, as they all were."""
    bare: dict[str, Dialect] = {}

    def get(name: str) -> Dialect:
        dialect = real(name)
        if dialect.name not in bare:
            verbs = {"conference": dialect.conference}
            bare[dialect.name] = replace(dialect, verbs=verbs, neighbours=dialect.known_verbs, continued=())
        return bare[dialect.name]

    real = registry.get
    with mock.patch.object(registry, "get", get):
        yield


if __name__ == "__main__":
    sys.exit(main())
