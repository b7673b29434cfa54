"""Outlines as point lists: (N, 2) float64 arrays in garment units, x to the right, y down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Point = tuple[float, float]
_STEPS = np.linspace(0.0, 1.0, 13)[1:, None]


class Pen:
    """Draws a path of straight lines and Bezier curves; `points` gives it as a polyline."""

    def __init__(self, x: float, y: float) -> None:
        self._parts: list[np.ndarray] = [np.array([[x, y]], dtype=float)]

    @property
    def at(self) -> np.ndarray:
        """(2,) the end of the path so far."""
        end: np.ndarray = self._parts[-1][-1]
        return end

    def line(self, x: float, y: float) -> Pen:
        """A straight line; three points in between let later warping bend it."""
        steps = np.linspace(0, 1, 5)[1:, None]
        self._parts.append(self.at * (1 - steps) + np.array([x, y]) * steps)
        return self

    def quad(self, cx: float, cy: float, x: float, y: float) -> Pen:
        """A curve to (x, y) pulled towards (cx, cy)."""
        t, a, c, b = _STEPS, self.at, np.array([cx, cy]), np.array([x, y])
        self._parts.append(a * (1 - t) ** 2 + 2 * c * t * (1 - t) + b * t**2)
        return self

    def cubic(self, c1: Point, c2: Point, end: Point) -> Pen:
        """A curve that leaves towards `c1` and arrives from `c2`."""
        t, a = _STEPS, self.at
        p, q, b = np.array(c1), np.array(c2), np.array(end)
        self._parts.append(a * (1 - t) ** 3 + 3 * p * t * (1 - t) ** 2 + 3 * q * t**2 * (1 - t) + b * t**3)
        return self

    def points(self) -> np.ndarray:
        """(N, 2) the whole path."""
        return np.vstack(self._parts)


def mirror(points: np.ndarray) -> np.ndarray:
    """The path on the other side of x = 0, in the same order."""
    return np.asarray(points) * np.array([-1.0, 1.0])


def symmetric(right: np.ndarray) -> np.ndarray:
    """A closed outline from its right half, given from the top centre to the bottom centre."""
    return np.vstack([right, mirror(right)[::-1]])


def smooth(points: Sequence[Any] | np.ndarray, closed: bool = False, steps: int = 10) -> np.ndarray:
    """A Catmull-Rom spline through the points."""
    p = np.asarray(points, dtype=float)
    ends = (p[-1:], p[:2]) if closed else (2 * p[:1] - p[1:2], 2 * p[-1:] - p[-2:-1])
    p = np.vstack([ends[0], p, ends[1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    if not closed:
        parts.append(p[-2:-1])
    return np.vstack(parts)


def normals(path: np.ndarray) -> np.ndarray:
    """(N, 2) unit vectors to the left of the way along the path."""
    tangent = np.gradient(path, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
    return np.stack([tangent[:, 1], -tangent[:, 0]], axis=1)


def strip(path: np.ndarray, width: float | np.ndarray, end_width: float | None = None) -> np.ndarray:
    """A closed band around a path; `width` grows or shrinks to `end_width`, or is given for every point."""
    path = np.asarray(path, dtype=float)
    if end_width is not None:
        width = np.linspace(float(np.mean(width)), end_width, len(path))
    half = np.broadcast_to(np.asarray(width, dtype=float) / 2, (len(path),))[:, None]
    n = normals(path)
    return np.vstack([path + n * half, (path - n * half)[::-1]])


def beside(path: np.ndarray, distance: float) -> np.ndarray:
    """The path moved to its left by `distance` (to its right if negative)."""
    path = np.asarray(path, dtype=float)
    return path + normals(path) * distance


def between(path: np.ndarray, start: float, end: float) -> np.ndarray:
    """The part of a path between two shares of its length, [0, 1]."""
    path = np.asarray(path, dtype=float)
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    at = np.linspace(start, end, max(2, len(path))) * along[-1]
    return np.stack([np.interp(at, along, path[:, 0]), np.interp(at, along, path[:, 1])], axis=1)


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0.0, count: int = 40) -> np.ndarray:
    """A closed ellipse; `turn` in radians."""
    t = np.linspace(0, 2 * np.pi, count, endpoint=False)
    u, v = rx * np.cos(t), ry * np.sin(t)
    return np.stack([x + u * np.cos(turn) - v * np.sin(turn), y + u * np.sin(turn) + v * np.cos(turn)], axis=1)


def box(x0: float, y0: float, x1: float, y1: float, corner: float = 0.0) -> np.ndarray:
    """A closed rectangle, its corners rounded by `corner`."""
    if corner <= 0:
        return Pen(x0, y0).line(x1, y0).line(x1, y1).line(x0, y1).points()
    c = min(corner, (x1 - x0) / 2, (y1 - y0) / 2)
    pen = Pen(x0 + c, y0).line(x1 - c, y0).quad(x1, y0, x1, y0 + c).line(x1, y1 - c).quad(x1, y1, x1 - c, y1)
    return pen.line(x0 + c, y1).quad(x0, y1, x0, y1 - c).line(x0, y0 + c).quad(x0, y0, x0 + c, y0).points()


def wave(path: np.ndarray, height: float, count: float, phase: float = 0.0) -> np.ndarray:
    """The path with `count` ripples of a height across it: ruffles, loose hems."""
    dense = between(path, 0, 1) if len(path) > 60 else _dense(path, 80)
    t = np.linspace(0, 2 * np.pi * count, len(dense))[:, None]
    return dense + normals(dense) * np.sin(t + phase) * height


def _dense(path: np.ndarray, count: int) -> np.ndarray:
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    at = np.linspace(0, along[-1], count)
    return np.stack([np.interp(at, along, path[:, 0]), np.interp(at, along, path[:, 1])], axis=1)
