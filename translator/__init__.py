"""Translate conference verbs between telephony call-control languages, and report what could not be carried over.

    from translator import translate
    result = translate(source, to="jambonz")
    result.text, result.losses

Everything is imported on first use, so that `import translator` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from translator.detection import Detection, detect
    from translator.dialect import Dialect
    from translator.engine import read, translate, write
    from translator.errors import (
        AmbiguousDialect,
        BrokenDialect,
        InvalidOption,
        LossyTranslation,
        NoConference,
        TranslatorError,
        UnknownDialect,
        UnreadableDocument,
        UnsafeDocument,
    )
    from translator.flow import Flow, Foreign
    from translator.intent import Conference
    from translator.loss import Loss
    from translator.registry import dialects
    from translator.result import Result
    from translator.values import UNKNOWN

__version__ = "0.1.0"

_WHERE = {
    "AmbiguousDialect": "errors",
    "BrokenDialect": "errors",
    "Conference": "intent",
    "Detection": "detection",
    "Dialect": "dialect",
    "Flow": "flow",
    "Foreign": "flow",
    "InvalidOption": "errors",
    "Loss": "loss",
    "LossyTranslation": "errors",
    "NoConference": "errors",
    "Result": "result",
    "TranslatorError": "errors",
    "UNKNOWN": "values",
    "UnknownDialect": "errors",
    "UnreadableDocument": "errors",
    "UnsafeDocument": "errors",
    "detect": "detection",
    "dialects": "registry",
    "read": "engine",
    "translate": "engine",
    "write": "engine",
}

__all__ = [
    "UNKNOWN",
    "AmbiguousDialect",
    "BrokenDialect",
    "Conference",
    "Detection",
    "Dialect",
    "Flow",
    "Foreign",
    "InvalidOption",
    "Loss",
    "LossyTranslation",
    "NoConference",
    "Result",
    "TranslatorError",
    "UnknownDialect",
    "UnreadableDocument",
    "UnsafeDocument",
    "__version__",
    "detect",
    "dialects",
    "read",
    "translate",
    "write",
]


def __getattr__(name: str) -> Any:
    module = _WHERE.get(name)
    if module is None:
        raise AttributeError(f"module 'translator' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"translator.{module}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
