"""The canonical document: an ordered list of steps, where they came from, and what was odd about it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from translator.intent import Conference, Located
from translator.steps import (
    Answer,
    Dial,
    Gather,
    Hangup,
    Message,
    Pause,
    Play,
    Record,
    Redirect,
    Say,
    SendDigits,
    StartRecording,
    StartStream,
)

_CONFIG = ConfigDict(frozen=True, extra="forbid")


class Foreign(Located):
    """A verb without a canonical model, kept as written, for its own dialect only.

    `verb` is its wire name; `#comment` and `#text` stand for what is no verb.
    """

    model_config = _CONFIG
    kind: Literal["foreign"] = "foreign"
    verb: str
    raw: JsonValue = Field(default=None, description="XML as text; JSON and YAML as they are.")
    branches: tuple[Branch, ...] = ()


Step = Annotated[
    Conference
    | Say
    | Play
    | Pause
    | SendDigits
    | Answer
    | Hangup
    | Redirect
    | Gather
    | Dial
    | Record
    | StartRecording
    | Message
    | StartStream
    | Foreign,
    Field(discriminator="kind"),
]


class Branch(Located):
    """Steps that are reached on a condition, or by name: a `cond`, a `switch` case, a section.

    `place` is where the list stands inside the step's raw value, as a JSON pointer; `label` says it in words.
    """

    model_config = _CONFIG
    place: str
    label: str
    conditional: bool = Field(default=True, description="False where the steps always run.")
    steps: tuple[Step, ...] = ()


class Remark(BaseModel):
    """Something about the source that only its reader could see: an unknown attribute, an illegal value, a shape.

    It becomes a loss in every other dialect; the origin dialect gets it back as written, unless `kept` is false.
    """

    model_config = _CONFIG
    kind: Literal["unknown", "invalid", "structure", "step"]
    field: str
    severity: Literal["error", "warning", "notice"]
    path: str
    source: str = ""
    value: JsonValue = Field(default=None, description="The wire value that it is about.")
    message: str
    remedy: str = ""
    kept: bool = True


class Flow(Located):
    """A document as its author meant it.

    Attributes:
        dialect: the dialect whose unsaid behaviour applies; None where nobody's does.
        steps: in order.
        remarks: what was odd about the source.
    """

    model_config = _CONFIG
    dialect: str | None = Field(default=None, description="The dialect whose unsaid behaviour applies.")
    steps: tuple[Step, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def conferences(self) -> tuple[Conference, ...]:
        """Every conference, in document order, those in branches included."""
        return tuple(_conferences(self.steps))


def _conferences(steps: tuple[Step, ...]) -> list[Conference]:
    found: list[Conference] = []
    for step in steps:
        if isinstance(step, Conference):
            found.append(step)
        elif isinstance(step, Foreign):
            for branch in step.branches:
                found += _conferences(branch.steps)
    return found


for _model in (Foreign, Branch, Flow):
    _model.model_rebuild()
