"""The 8 x 8 table: every document of the corpus and the golden cases, in every direction.

Run: python benchmarks/table.py [FOLDER ...], where a folder holds documents named like room.cxml.xml at any depth.
Prints, for each direction, documents translated / failed, and fails on anything but a result or a TranslatorError, on a
loss to the same dialect, and on a document that is no fixpoint there.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from translator import TranslatorError, registry, translate
from translator.detection import by_name

ROOT = Path(__file__).parent.parent


def main() -> int:
    folders = [Path(each) for each in sys.argv[1:]] or [ROOT / "tests" / "corpus", ROOT / "golden"]
    names = registry.names()
    done: Counter[tuple[str, str]] = Counter()
    failed: Counter[tuple[str, str]] = Counter()
    faults = []
    for path in sorted(p for folder in folders for p in folder.rglob("*.*") if p.is_file()):
        source = by_name(path.name)
        if source is None or path.name.startswith("to."):
            continue
        for target in names:
            try:
                result = translate(path.read_bytes(), target, source)
            except TranslatorError:
                failed[source, target] += 1
                continue
            done[source, target] += 1
            if target == source and (result.losses or translate(result.text, target, source).text != result.text):
                faults.append(path)
    width = max(map(len, names)) + 2
    print("from \\ to".ljust(width + 4) + "".join(name.rjust(width) for name in names))
    for source in names:
        cells = [f"{done[source, target]}/{failed[source, target]}" for target in names]
        print(source.ljust(width + 4) + "".join(cell.rjust(width) for cell in cells))
    print(f"{done.total()} translations, {failed.total()} refusals, {len(faults)} not the same in their own dialect")
    for path in faults:
        print(f"  {path}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
