"""What the report costs: `translate()` against a converter written by hand that reports nothing.

Run: python benchmarks/ratio.py. All is measured in one process, in turns: times differ from machine to machine, ratios
less so. Exit 1 where a ratio is over its goal; --slack 1.5 allows for noise.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

import by_hand

from translator import translate

FULL = b"""<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Dial action="https://app.example.com/after" method="GET" hangupOnStar="true" timeLimit="3600">
    <Conference beep="onEnter" muted="false" startConferenceOnEnter="false" endConferenceOnExit="true"
        maxParticipants="10" record="record-from-start" trim="do-not-trim" participantLabel="guest"
        coach="CA00000000000000000000000000000001" region="us1" jitterBufferSize="small"
        waitUrl="https://app.example.com/wait" waitMethod="GET"
        statusCallback="https://app.example.com/status" statusCallbackMethod="GET"
        statusCallbackEvent="start end join leave mute hold speaker"
        recordingStatusCallback="https://app.example.com/recording" recordingStatusCallbackMethod="POST"
        recordingStatusCallbackEvent="in-progress completed absent">
      Team Room
    </Conference>
  </Dial>
</Response>
"""

GOAL = 2.5
PAIRS: tuple[tuple[str, str, str, Callable[[bytes], str]], ...] = (
    ("cxml", "jambonz", "json.dumps", by_hand.cxml_to_jambonz),
    ("cxml", "jambonz", "pydantic_core", by_hand.cxml_to_jambonz_fast),
    ("cxml", "plivo", "lxml", by_hand.cxml_to_plivo),
)


def best(functions: list[Callable[[], object]], rounds: int = 30, calls: int = 200) -> list[float]:
    """The best time of each function in microseconds, measured in turns, so that noise hits all alike."""
    found = [float("inf")] * len(functions)
    for _ in range(rounds):
        for index, function in enumerate(functions):
            start = time.perf_counter()
            for _ in range(calls):
                function()
            found[index] = min(found[index], (time.perf_counter() - start) / calls * 1e6)
    return found


def main() -> int:
    slack = float(sys.argv[sys.argv.index("--slack") + 1]) if "--slack" in sys.argv else 1.0
    failed = False
    print("source  target   by hand, written with   by hand  translate  ratio  losses in the report")
    for source, target, writer, hand in PAIRS:

        def ours(source: str = source, target: str = target) -> object:
            return translate(FULL, target, source).losses

        one, other = best([partial(hand, FULL), ours])
        failed |= other / one > GOAL * slack
        number = len(translate(FULL, target, source).losses)
        print(f"{source:7} {target:8} {writer:22} {one:6.1f} us  {other:6.1f} us  {other / one:5.2f}  {number}")
    print(f"Goal: at most {GOAL}" + (f" (with slack: {GOAL * slack})" if slack != 1 else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
