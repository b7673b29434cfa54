"""Labels that go together: what one head says of a garment tells the other heads something too.

The heads answer one by one, yet jeans are denim and a tank has no sleeves. One step of mean field over the pairwise
log-lifts of the training annotations (a fully connected conditional random field over the heads, as in Krähenbühl and
Koltun, NeurIPS 2011, over pixels) lets each head hear the others. Colors neither speak nor hear: any garment can have
any color.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from smartrec.vision.calibration import temper
from smartrec.vision.samples import UNKNOWN, Samples

COLORS = ("color1", "color2")
# Photos that two values are thought to have been seen together in, by chance alone, before any is counted.
PRIOR_PHOTOS = 10.0
STRENGTHS = np.linspace(0.0, 0.2, 21)
TEMPERATURES = np.geomspace(0.7, 1.6, 10)
# A head with fewer annotated photos than this hears nothing.
FEW = 12


@dataclass(frozen=True, slots=True, eq=False)
class Coherence:
    """How much likelier two values are together than by chance.

    Attributes:
        sizes: head -> number of its values, in the order of `lifts`.
        lifts: (L, L) log-lifts of all pairs of values, 0 within a head.
        strengths: head -> factor on what it hears; 0 or none changes nothing.
    """

    sizes: Mapping[str, int]
    lifts: np.ndarray
    strengths: Mapping[str, float]

    def __call__(self, heads: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Head -> (..., C) probabilities after hearing the other heads; heads without lifts stay as they are."""
        said = np.concatenate([heads[name] for name in self.sizes], axis=-1)
        heard = said @ self.lifts.T
        out, start = dict(heads), 0
        for name, size in self.sizes.items():
            span = slice(start, start + size)
            out[name] = temper(heads[name] * np.exp(self.strengths.get(name, 0.0) * heard[..., span]), 1.0)
            start += size
        return out


def coherent_heads(categories: Sequence[str], groups: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Head -> number of values, for the heads that hear each other."""
    return {"category": len(categories)} | {name: len(values) for name, values in groups.items() if name not in COLORS}


def fit_strengths(
    sizes: Mapping[str, int], lifts: np.ndarray, heads: Mapping[str, np.ndarray], truths: Mapping[str, np.ndarray]
) -> dict[str, float]:
    """Head -> the strength at which its log-loss is lowest, each at the temperature that suits it best.

    Args:
        sizes: from `coherent_heads`.
        lifts: from `count_lifts`.
        heads: head -> (N, C) probabilities of held-out photos.
        truths: head -> (N,) their classes, `UNKNOWN` where not known.
    """
    tried = [Coherence(sizes, lifts, dict.fromkeys(sizes, strength))(heads) for strength in STRENGTHS]
    strengths = {}
    for name in sizes:
        known = np.flatnonzero(truths[name] != UNKNOWN)
        if len(known) >= FEW:
            losses = [lowest_loss(said[name][known], truths[name][known]) for said in tried]
            strengths[name] = float(STRENGTHS[int(np.argmin(losses))])
    return strengths


def lowest_loss(probabilities: np.ndarray, truth: np.ndarray) -> float:
    """Mean log-loss of (N, C) probabilities at the temperature that suits them best, for (N,) int classes."""
    rows = np.arange(len(truth))
    return min(float(-np.log(temper(probabilities, t)[rows, truth] + 1e-9).mean()) for t in TEMPERATURES)


def count_lifts(samples: Samples, people: Sequence[str], sizes: Mapping[str, int]) -> np.ndarray:
    """(L, L) float32 log-lifts of all pairs of values of different heads.

    Args:
        samples: training photos with their labels.
        people: who sent each photo: one who sent many counts with the square root of them.
        sizes: from `coherent_heads`.
    """
    _, person, photos = np.unique(np.asarray(people), return_inverse=True, return_counts=True)
    weight = photos[person] ** -0.5
    weight /= weight.mean()
    columns = {name: _one_hot(samples, name, size) for name, size in sizes.items()}
    rows = [np.concatenate([_lift(a, b, weight) for b in columns.values()], axis=1) for a in columns.values()]
    lifts = np.concatenate(rows)
    start = 0
    for size in sizes.values():
        lifts[start : start + size, start : start + size] = 0.0
        start += size
    return lifts.astype(np.float32)


def _one_hot(samples: Samples, head: str, size: int) -> np.ndarray:
    values = samples.truth(head)
    return np.eye(size)[np.maximum(values, 0)] * (values != UNKNOWN)[:, None]


def _lift(a: np.ndarray, b: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(values of a, values of b) log-lifts, shrunk towards independence."""
    together = (a * weight[:, None]).T @ b
    total = together.sum()
    chance = np.outer(*((side + 0.5) / (total + 0.5 * len(side)) for side in (together.sum(1), together.sum(0))))
    return np.asarray(np.log((together + PRIOR_PHOTOS * chance) / (total + PRIOR_PHOTOS) / chance))
