"""A drawing painted in pixels: cloth, seams, buttons, prints, then folds and light over all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

import cv2
import numpy as np

from smartrec.catalog.demo.canvas import Canvas
from smartrec.catalog.demo.cloth.bolts import Bolts
from smartrec.catalog.demo.cloth.fabric import HANDS
from smartrec.catalog.demo.cloth.prints import draw_print
from smartrec.catalog.demo.cut.cutter import cut
from smartrec.catalog.demo.drawing import Crease, Decal, Dot, Drawing, Item, Piece, Stroke
from smartrec.catalog.demo.folds import fold_light, wobble
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.outline import smooth
from smartrec.catalog.demo.palette import floats, luminance, tone

_SUPERSAMPLE = 1.6
_SHEEN = 14.0
_METALLIC = 0.45  # gloss of gold and silver cloth


@dataclass(frozen=True, slots=True)
class Layer:
    """A painted garment without background.

    Attributes:
        rgb: (H, W, 3) uint8; of no meaning where nothing is.
        alpha: (H, W) float32 cover in [0, 1].
    """

    rgb: np.ndarray
    alpha: np.ndarray


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the garment goes: the frame's share of the canvas, and how it is laid out."""

    fill: float = 0.86
    turn: float = 0.0
    crumple: float = 1.0
    bend: float = 1.0


def paint(
    spec: GarmentSpec,
    rng: np.random.Generator,
    size: tuple[int, int],
    fit: Fit,
    light: tuple[float, float] = (-0.6, -0.8),
) -> Layer:
    """Paint a garment into the middle of a canvas.

    Args:
        spec: the garment.
        rng: chance of this laying-out; the spec's own seed fixes its cut and print.
        size: (H, W) pixels.
        fit: share of the canvas, turn, wrinkles.
        light: direction the light comes from.
    """
    drawing = cut(spec)
    painter = _Painter(spec, drawing, rng, size, fit, light)
    return painter.run()


class _Painter:
    def __init__(self, spec: GarmentSpec, drawing: Drawing, rng: np.random.Generator, size: tuple[int, int], fit: Fit,
                 light: tuple[float, float]) -> None:  # fmt: skip
        self.spec, self.drawing, self.rng, self.fit, self.light = spec, drawing, rng, fit, light
        self.final = size
        self.size = size = (round(size[0] * _SUPERSAMPLE), round(size[1] * _SUPERSAMPLE))
        x0, y0, x1, y1 = drawing.bounds()
        h, w = size
        self.unit = fit.fill * min(w / (x1 - x0), h / (y1 - y0), h / 2.0)
        self.middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])
        self.center = np.array([w / 2, h / 2]) + rng.normal(0, 0.006, 2) * h
        cos, sin = np.cos(fit.turn), np.sin(fit.turn)
        self.spin = np.array([[cos, sin], [-sin, cos]])
        self.bolts = Bolts(spec, h, int(max(size) * 1.02), drawing.scale)
        self.canvas = Canvas(size, light, self.bolts.color("plain"))

    def place(self, points: np.ndarray) -> np.ndarray:
        """Garment units to pixels."""
        placed: np.ndarray = (np.asarray(points, dtype=float) - self.middle) @ self.spin * self.unit + self.center
        return placed

    def run(self) -> Layer:
        """Paint all items, then folds and light."""
        for kind, group in groupby(self.drawing.items, key=_kind):
            items = list(group)
            if kind[0] == "stroke":
                self._strokes(items)
            else:
                for item in items:
                    self._one(item)
        return self._finish()

    def _one(self, item: Item) -> None:
        if isinstance(item, Piece):
            self._piece(item)
        elif isinstance(item, Dot):
            self._dot(item)
        elif isinstance(item, Decal):
            self._decal(item)

    def _piece(self, piece: Piece) -> None:
        outline = self.place(piece.outline)
        thick = max(0.7, 0.022 * self.unit * max(piece.lift, 0.15))
        window = self.canvas.window(outline, thick * 3)
        if window is None:
            return
        cover = self.canvas.fill(window, [outline, *(self.place(hole) for hole in piece.holes)])
        texture = self._texture(piece, window, outline)
        self.canvas.lay(window, cover, texture, thick, piece.shade)

    def _texture(self, piece: Piece, window: tuple[slice, slice], outline: np.ndarray) -> np.ndarray:
        rows, cols = window
        shift = np.array(piece.shift) * self.unit
        if self.spec.pattern == "colorblock":
            shift = shift * 0
        angle = piece.angle - self.fit.turn
        origin = outline.mean(axis=0)
        cos, sin = np.cos(angle), np.sin(angle)
        turn = np.array([[cos, sin], [-sin, cos]]).T
        start = turn @ (np.array([cols.start, rows.start]) - origin) + origin + shift
        matrix = np.column_stack([turn, start]).astype(np.float64)
        return self.bolts.cut(piece.cloth, matrix, (cols.stop - cols.start, rows.stop - rows.start))

    def _strokes(self, strokes: list[Item]) -> None:
        first = strokes[0]
        assert isinstance(first, Stroke)
        paths = [self.place(s.path) for s in strokes if isinstance(s, Stroke)]
        width = max(1.0, first.width * self.unit)
        if first.dash > 0:
            paths = [part for path in paths for part in _dashes(path, first.dash * self.unit)]
        if not paths:
            return
        window = self.canvas.window(np.vstack(paths), width * 2 + 2)
        if window is None:
            return
        if first.color == "seam":
            self.canvas.cut(window, self.canvas.lines(window, paths, width), first.strength)
        elif first.raised > 0:
            self.canvas.lay(
                window, self.canvas.lines(window, paths, width), self.bolts.color(first.color), width * 0.45
            )
        else:
            self.canvas.color_lines(paths, self.bolts.color(first.color), width)

    def _dot(self, dot: Dot) -> None:
        x, y = self.place(np.array([[dot.x, dot.y]]))[0]
        radius, color = max(1.1, dot.radius * self.unit), self.bolts.color(dot.color)
        if dot.kind == "hook":
            self.canvas.disc(x, y, radius * 0.7, tone(color, -0.3))
            return
        self.canvas.disc(
            x, y, radius, color, tone(color, -0.28) if dot.kind in ("button", "eyelet") else tone(color, 0.35)
        )
        if dot.kind == "button" and radius > 2.2:
            for dx, dy in ((-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)):
                center = (int((x + dx * radius) * 16), int((y + dy * radius) * 16))
                cv2.circle(self.canvas.albedo, center, max(8, int(radius * 2)), tone(color, -0.55), -1, cv2.LINE_AA, 4)
        elif dot.kind == "eyelet":
            cv2.circle(
                self.canvas.albedo, (int(x * 16), int(y * 16)), int(radius * 7), tone(color, -0.7), -1, cv2.LINE_AA, 4
            )
        elif dot.kind == "stud":
            at = (int((x + self.light[0] * radius * 0.3) * 16), int((y + self.light[1] * radius * 0.3) * 16))
            cv2.circle(self.canvas.albedo, at, max(8, int(radius * 5)), tone(color, 0.7), -1, cv2.LINE_AA, 4)

    def _decal(self, decal: Decal) -> None:
        wide, tall = decal.width * self.unit, decal.height * self.unit
        picture = draw_print(decal.kind, self.spec, (int(tall), int(wide)))
        corner = np.array([[decal.x - decal.width / 2, decal.y - decal.height / 2], [decal.x + decal.width / 2,
        decal.y - decal.height / 2],
                           [decal.x - decal.width / 2, decal.y + decal.height / 2]])  # fmt: skip
        target = self.place(corner).astype(np.float32)
        window = self.canvas.window(np.vstack([target, target[1] + target[2] - target[0]]), 2)
        if window is None:
            return
        rows, cols = window
        h, w = picture.shape[:2]
        matrix = cv2.getAffineTransform(
            np.array([[0, 0], [w, 0], [0, h]], np.float32), target - floats([cols.start, rows.start])
        )
        flat = cv2.warpAffine(picture, matrix, (cols.stop - cols.start, rows.stop - rows.start), flags=cv2.INTER_AREA)
        share = flat[..., 3].astype(np.float32) * (
            self.canvas.alpha[window].astype(np.float32) * np.float32(0.96 / 255 / 255)
        )
        part = self.canvas.albedo[window]
        self.canvas.albedo[window] = cv2.blendLinear(
            np.ascontiguousarray(flat[..., :3]), np.ascontiguousarray(part), share, 1 - share
        )

    def _finish(self) -> Layer:
        """Bring the canvas down to the final size, then lay folds and light on it: smooth things need no more."""
        hand, (h, w), canvas = HANDS[self.spec.fabric], self.final, self.canvas
        down = h / self.size[0]
        wide = (w, h)
        shade = cv2.multiply(canvas.shade, 255 - canvas.groove, scale=1 / 255, dtype=cv2.CV_32F)
        cv2.addWeighted(canvas.shade, 0.58, shade, 0.42, 0, shade)
        albedo = cv2.resize(canvas.albedo, wide, interpolation=cv2.INTER_AREA)
        shade = cv2.resize(shade, wide, interpolation=cv2.INTER_AREA)
        alpha = cv2.resize(canvas.alpha, wide, interpolation=cv2.INTER_AREA)
        if self.spec.color1 in ("gold", "silver"):
            hand = replace(hand, gloss=max(hand.gloss, _METALLIC))
        paths = [(crease, self.place(crease.path) * down) for crease in self.drawing.creases]
        paths += self._rumples((h, w), self.unit * down)
        bright, gloss = fold_light(paths, hand, self.rng, (h, w), self.unit * down, self.light, self.fit.crumple)
        shade *= bright
        brightness = luminance(self.spec.palette[0])
        sheen = _SHEEN * (1 - brightness)
        room = 1 - 0.07 * max(0.0, brightness - 0.6) / 0.4  # for the highlights of white cloth
        shade = np.asarray(shade * room, dtype=np.float32)
        # Black cloth shows its folds too: some light comes back whatever the dye.
        lifted = cv2.addWeighted(albedo, 1.0, albedo, 0.0, sheen)
        lit = cv2.multiply(lifted, cv2.merge([shade] * 3), dtype=cv2.CV_8U)
        lit = cv2.addWeighted(lit, 1.0, lit, 0.0, -sheen)
        if hand.gloss > 0:
            lit = cv2.add(lit, cv2.merge([cv2.convertScaleAbs(gloss, alpha=255)] * 3))
        maps = wobble(self.rng, (h, w), 0.0032 * h * self.fit.bend, hand.rough * h)
        rgb = cv2.remap(lit, *maps, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        alpha = cv2.remap(alpha, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        return Layer(rgb, alpha.astype(np.float32) * np.float32(hand.opacity / 255))

    def _rumples(self, size: tuple[int, int], unit: float) -> list[tuple[Crease, np.ndarray]]:
        """Folds without a cause that a garment thrown down has, more of them the more it is crumpled; in pixels."""
        found = []
        for _ in range(round(max(0.0, self.fit.crumple - 1.0) * 14)):
            start, turn = self.rng.uniform(0.15, 0.85, 2) * [size[1], size[0]], self.rng.uniform(0, np.pi)
            step = np.array([np.cos(turn), np.sin(turn)]) * unit * self.rng.uniform(0.2, 0.6)
            bow = np.array([-step[1], step[0]]) * self.rng.uniform(-0.4, 0.4)
            path = smooth([start, start + step + bow, start + step * 2])
            found.append((Crease(path, float(self.rng.uniform(0.5, 1.3)), 0.06), path))
        return found


def _kind(item: Item) -> tuple[object, ...]:
    if isinstance(item, Stroke):
        return ("stroke", item.color, item.width, item.dash, item.strength, item.raised)
    return (type(item).__name__, id(item))


def _dashes(path: np.ndarray, length: float) -> list[np.ndarray]:
    """Pieces of a path, each `length` pixels, with gaps of two thirds of that."""
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    length = max(length, 2.2)
    starts = np.arange(0, along[-1] - length, length * 1.66)
    ends = starts + length
    x, y = np.interp([starts, ends], along, path[:, 0]), np.interp([starts, ends], along, path[:, 1])
    return list(np.stack([x, y], axis=-1).transpose(1, 0, 2))
