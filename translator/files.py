"""Files: written whole or not at all; trees walked without following links; names of outputs."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from translator.syntax import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".xml", ".json", ".yaml", ".yml")


def read(path: Path) -> bytes:
    """A file, and one byte more than a document may have of what has no end: a device, a pipe."""
    with path.open("rb") as file:
        return file.read(limits.current().max_bytes + 1)


def check_below(path: Path, directory: Path) -> None:
    """Refuse a place for an output that is not really below its directory: a link stands on the way, or a special file.

    Raises:
        FileExistsError: what stands there is not ours to write to.
    """
    for place in (path, *path.parents):
        if place == directory:
            return
        if place.is_symlink():
            raise FileExistsError(errno.EEXIST, "A link stands in the way", str(place))
        if place == path and place.exists() and not place.is_file():
            raise FileExistsError(errno.EEXIST, "What stands there is no file", str(place))
    raise FileExistsError(errno.EEXIST, "The output lies outside its directory", str(path))


def write_atomically(path: Path, text: str) -> None:
    """Write a file beside the target and rename it: the target is the old one or the new one, never half of it.

    A link stays a link, and what is no file (a pipe, a device) is written to.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        return
    handle, name = tempfile.mkstemp(prefix=".translator-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        try:
            mode = path.stat().st_mode & 0o777
        except FileNotFoundError:
            mode = 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def walk(directory: Path) -> Iterator[Path]:
    """Files below a directory that may be documents, in order; no links, pipes, devices or hidden ones."""
    for root, directories, names in os.walk(directory, followlinks=False):
        directories[:] = sorted(name for name in directories if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if name.lower().endswith(SUFFIXES) and not name.startswith(".") and stat.S_ISREG(path.lstat().st_mode):
                yield path


def output_name(name: str, dialects: frozenset[str], suffix: str) -> str:
    """`room.cxml.xml` and `room.xml` become `room.jambonz.json`."""
    stem = name.rpartition(".")[0] or name
    head, dot, last = stem.rpartition(".")
    if dot and head and last.lower() in dialects:
        stem = head
    return stem + suffix
