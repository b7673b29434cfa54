"""A canvas that panels, seams and buttons are laid on, one over the other."""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.catalog.demo.garment import Rgb

_BITS = 4  # sub-pixel bits of OpenCV's drawing

_EDGE, _RIM, _CAST = 0.16, 0.13, 0.34  # light on a rounded edge, its dark rim, the shadow that it casts


def flat(color: Rgb, size: tuple[int, ...]) -> np.ndarray:
    """(H, W, 3) uint8 of one color."""
    return np.asarray(cv2.merge([np.full(size, value, dtype=np.uint8) for value in color]))


def subpixel(points: np.ndarray) -> np.ndarray:
    """(N, 2) int32 points as OpenCV wants them with `_BITS` bits of fraction."""
    return np.round(np.asarray(points) * (1 << _BITS)).astype(np.int32)


class Canvas:
    """Albedo, brightness, grooves and cover of a garment, in pixels.

    Attributes:
        albedo: (H, W, 3) uint8 RGB, the cloth's own color.
        shade: (H, W) float32 brightness of panels.
        groove: (H, W) uint8, how deep a seam is.
        alpha: (H, W) uint8, the garment's cover.
    """

    def __init__(self, size: tuple[int, int], light: tuple[float, float], color: Rgb) -> None:
        """`size` is (H, W); `light` the direction it comes from; `color` what shines through at soft edges."""
        self.size, self.light = size, light
        self.albedo = flat(color, size)
        self.shade = np.ones(size, dtype=np.float32)
        self.groove = np.zeros(size, dtype=np.uint8)
        self.alpha = np.zeros(size, dtype=np.uint8)

    def window(self, points: np.ndarray, pad: float) -> tuple[slice, slice] | None:
        """The canvas around some points; None if they are outside."""
        (x0, y0), (x1, y1) = np.floor(points.min(axis=0) - pad), np.ceil(points.max(axis=0) + pad)
        h, w = self.size
        left, top, right, bottom = max(0, int(x0)), max(0, int(y0)), min(w, int(x1) + 1), min(h, int(y1) + 1)
        return (slice(top, bottom), slice(left, right)) if right - left > 1 and bottom - top > 1 else None

    def fill(self, window: tuple[slice, slice], outlines: list[np.ndarray]) -> np.ndarray:
        """(h, w) uint8 cover of outlines within a window; inner outlines are holes."""
        rows, cols = window
        cover = np.zeros((rows.stop - rows.start, cols.stop - cols.start), dtype=np.uint8)
        offset = np.array([cols.start, rows.start])
        cv2.fillPoly(cover, [subpixel(points - offset) for points in outlines], 255, cv2.LINE_AA, _BITS)
        return cover

    def lines(self, window: tuple[slice, slice], paths: list[np.ndarray], width: float) -> np.ndarray:
        """(h, w) uint8 cover of lines within a window."""
        rows, cols = window
        cover = np.zeros((rows.stop - rows.start, cols.stop - cols.start), dtype=np.uint8)
        offset = np.array([cols.start, rows.start])
        cv2.polylines(
            cover, [subpixel(p - offset) for p in paths], False, 255, max(1, round(width)), cv2.LINE_AA, _BITS
        )
        return cover

    def lay(
        self,
        window: tuple[slice, slice],
        cover: np.ndarray,
        texture: np.ndarray | Rgb,
        thick: float,
        shade: float = 1.0,
    ) -> None:
        """Lay a panel: its shadow on what is below, its rounded edge, its cloth.

        Args:
            window: where.
            cover: (h, w) uint8.
            texture: (h, w, 3) uint8 or one color.
            thick: width of the rounded edge and the shadow, pixels.
            shade: brightness of the cloth.
        """
        share = cover.astype(np.float32) * np.float32(1 / 255)
        soft = cv2.GaussianBlur(cover, (0, 0), max(0.7, thick))
        move = max(1, round(thick * 0.8))
        dx, dy = round(self.light[0] * move), round(self.light[1] * move)
        toward, away = _shifted(soft, dx, dy), _shifted(soft, -dx, -dy)
        own = cv2.addWeighted(away, _EDGE / 255, toward, -_EDGE / 255, 1.0, dtype=cv2.CV_32F)
        inner = cv2.convertScaleAbs(cv2.bitwise_not(soft), alpha=2.0)
        own = cv2.addWeighted(own, shade, inner, -_RIM * shade / 255, 0.0, dtype=cv2.CV_32F)
        below = self.shade[window]
        cast = cv2.multiply(below, away, scale=-_CAST / 255, dtype=cv2.CV_32F)
        below += cast
        self.shade[window] = cv2.blendLinear(own, np.ascontiguousarray(below), share, 1 - share)
        groove = self.groove[window]
        self.groove[window] = cv2.multiply(groove, 255 - cover, scale=1 / 255)
        picture = texture if isinstance(texture, np.ndarray) else flat(texture, cover.shape)
        part = np.ascontiguousarray(self.albedo[window])
        self.albedo[window] = cv2.blendLinear(np.ascontiguousarray(picture), part, share, 1 - share)
        self.alpha[window] = cv2.max(self.alpha[window], cover)

    def cut(self, window: tuple[slice, slice], cover: np.ndarray, strength: float) -> None:
        """Press a groove (a seam) into what lies there."""
        part = self.groove[window]
        self.groove[window] = cv2.max(part, cv2.convertScaleAbs(cover, alpha=strength))

    def color_lines(self, paths: list[np.ndarray], color: Rgb, width: float) -> None:
        """Draw thread straight onto the cloth."""
        cv2.polylines(self.albedo, [subpixel(p) for p in paths], False, color, max(1, round(width)), cv2.LINE_AA, _BITS)

    def disc(self, x: float, y: float, radius: float, color: Rgb, ring: Rgb | None = None) -> None:
        """A filled circle with an optional ring."""
        center = (int(x * 16), int(y * 16))
        cv2.circle(self.groove, (int((x - self.light[0] * radius * 0.4) * 16),
        int((y - self.light[1] * radius * 0.4) * 16)),
                   int(radius * 1.18 * 16), 150, -1, cv2.LINE_AA, _BITS)  # fmt: skip
        cv2.circle(self.groove, center, int(radius * 16), 0, -1, cv2.LINE_AA, _BITS)
        cv2.circle(self.albedo, center, int(radius * 16), color, -1, cv2.LINE_AA, _BITS)
        if ring is not None:
            cv2.circle(
                self.albedo, center, int(radius * 0.82 * 16), ring, max(1, round(radius * 0.22)), cv2.LINE_AA, _BITS
            )


def _shifted(values: np.ndarray, dx: int, dy: int) -> np.ndarray:
    """Values as they are (dx, dy) pixels further on; edges repeat."""
    h, w = values.shape
    dx, dy = max(-w + 1, min(w - 1, dx)), max(-h + 1, min(h - 1, dy))
    padded = cv2.copyMakeBorder(values, max(0, -dy), max(0, dy), max(0, -dx), max(0, dx), cv2.BORDER_REPLICATE)
    y, x = max(0, dy), max(0, dx)
    return np.asarray(padded[y : y + h, x : x + w])
