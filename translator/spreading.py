"""One canonical step that a target says in several: a list of recordings is one verb for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from translator.sites import Site
from translator.syntax import limits

if TYPE_CHECKING:
    from translator.dialect import Verb

MOST: Final = 20
"""How often a list is written out, where a verb repeats only one recording."""
SILENCE: Final = "silence:"


def spread(site: Site, verb: Verb) -> tuple[list[Site], int] | None:
    """The steps that say a list of recordings and silences one by one, and how often.

    None where the verb says it at once. Of a list that is repeated for ever only the last recording is: the call must
    not go on.
    """
    if not verb.one_at_a_time:
        return None
    urls = site.said.get("urls")
    if not isinstance(urls, tuple) or not urls or (len(urls) == 1 and not urls[0].startswith(SILENCE)):
        return None
    repeat = site.said.get("repeat", 1)
    times = min(repeat, MOST) if isinstance(repeat, int) else 1
    times = max(1, min(times, limits.current().max_inlined // len(urls)))
    pieces = [_piece(site, url) for _ in range(times) for url in urls]
    if repeat == "forever":
        last = next((piece for piece in reversed(pieces) if piece.kind == "play"), None)
        if last is not None:
            last.said["repeat"] = "forever"
    return pieces, times


def _piece(site: Site, url: str) -> Site:
    if url.startswith(SILENCE):
        piece = Site("pause", site.path, kind="pause")
        piece.said["seconds"] = seconds(url)
    else:
        piece = Site("play", site.path, kind="play", form=site.form)
        piece.said.update({name: value for name, value in site.said.items() if name != "repeat"})
        piece.said["urls"] = (url,)
    piece.nodes, piece.number = site.nodes, site.number
    return piece


def seconds(silence: str) -> float | int:
    """The length of `silence:2`."""
    text = silence.removeprefix(SILENCE).strip()
    try:
        number = float(text)
    except ValueError:
        return 1
    return int(number) if number.is_integer() else number
