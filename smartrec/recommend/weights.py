"""Weight sets: one number a signal, and a dial for diversity."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from smartrec.errors import WeightsError
from smartrec.recommend.base import SIGNALS

HIGHEST = 10.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much every signal counts.

    Attributes:
        name: what the set is called.
        values: signal -> weight in [0, 10]; every name of `SIGNALS`.
        diversity: [0, 1]; how much of the score a card loses for being like a card above it.
    """

    name: str
    values: Mapping[str, float]
    diversity: float = 0.0

    def __post_init__(self) -> None:
        unknown = sorted(set(self.values) - set(SIGNALS))
        if unknown:
            raise WeightsError(f"Expected names of signals. Received: {', '.join(unknown)}. Choices: {_choices()}")
        for name, value in (*self.values.items(), ("diversity", self.diversity)):
            high = 1.0 if name == "diversity" else HIGHEST
            if not (isinstance(value, int | float) and math.isfinite(value) and 0.0 <= value <= high):
                raise WeightsError(f"Expected {name} as a number in [0, {high:g}]. Received: {value!r}")
        full = {name: float(self.values.get(name, 0.0)) for name in SIGNALS}
        object.__setattr__(self, "values", MappingProxyType(full))
        object.__setattr__(self, "diversity", float(self.diversity))

    def without(self, signal: str) -> Weights:
        """The same weights with one signal at zero."""
        return replace(self, name=f"{self.name} without {signal}", values={**self.values, signal: 0.0})

    def changed(self, name: str, diversity: float | None = None, **values: float) -> Weights:
        """A new set of this name with some weights replaced."""
        dial = self.diversity if diversity is None else diversity
        return Weights(name, {**self.values, **values}, dial)

    def to_json(self) -> str:
        """The set as JSON, to be exported and read again by `from_json`."""
        return json.dumps({"name": self.name, "weights": dict(self.values), "diversity": self.diversity}, indent=2)

    @classmethod
    def from_json(cls, text: str) -> Weights:
        """A set that `to_json` wrote. Raises WeightsError for anything else."""
        try:
            data = json.loads(text)
            return cls(str(data["name"]), dict(data["weights"]), data.get("diversity", 0.0))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise WeightsError(
                'Expected a weight set as JSON: {"name": ..., "weights": {signal: number}, "diversity": number}. '
                f"Received: {text[:80]!r}"
            ) from error


def _preset(name: str, diversity: float, *values: float) -> Weights:
    return Weights(name, dict(zip(SIGNALS, values, strict=True)), diversity)


# look, category, tags, words, history, taste, popularity
PRESETS: dict[str, Weights] = {
    preset.name: preset
    for preset in (
        _preset("balanced", 0.02, 0.8, 1.4, 1.4, 2.4, 0.5, 0.5, 0.35),
        _preset("photo-first", 0.02, 1.6, 1.8, 1.6, 1.6, 0.15, 0.15, 0.05),
        _preset("my-style", 0.02, 0.5, 1.0, 0.8, 1.6, 1.0, 1.2, 0.2),
        _preset("discover", 0.25, 0.6, 1.0, 0.8, 1.6, 0.4, 0.6, 0.1),
    )
}


def parse(text: str) -> Weights:
    """A preset by its name, or "look=1,taste=.5" (all others zero; `diversity=` may be among them).

    Raises:
        WeightsError: for an unknown name, an unknown signal or a value out of range.
    """
    wanted = text.strip()
    if "=" not in wanted:
        preset = PRESETS.get(wanted.lower().replace(" ", "-").replace("_", "-"))
        if preset is None:
            raise WeightsError(
                f"Expected a weight set or signal=number pairs. Received: {text!r}. "
                f"Weight sets: {', '.join(PRESETS)}. Signals: {_choices()}"
            )
        return preset
    values: dict[str, float] = {}
    for part in wanted.split(","):
        name, _, number = part.partition("=")
        try:
            values[name.strip()] = float(number)
        except ValueError:
            raise WeightsError(f"Expected signal=number. Received: {part!r}. Signals: {_choices()}") from None
    diversity = values.pop("diversity", 0.0)
    return Weights("custom", values, diversity)


def _choices() -> str:
    return ", ".join((*SIGNALS, "diversity"))
