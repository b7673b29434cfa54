"""Floors, beds and walls as home photos show them: (H, W, 3) float32 RGB 0-255."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

from smartrec.catalog.demo.noise import field, grain, octaves
from smartrec.catalog.demo.palette import floats

Size = tuple[int, int]
_WOODS = (
    (196, 160, 116),
    (150, 108, 72),
    (118, 96, 80),
    (214, 190, 156),
    (96, 66, 46),
    (170, 160, 148),
    (188, 150, 96),
)
_CLOTHS = ((230, 228, 222), (150, 44, 48), (70, 84, 120), (196, 180, 150), (120, 126, 132), (214, 190, 196), (60, 110,
110),
           (236, 224, 190), (96, 60, 50), (190, 60, 110), (52, 52, 58))  # fmt: skip
_WALLS = (
    (226, 222, 212),
    (206, 212, 214),
    (232, 226, 206),
    (188, 192, 190),
    (222, 206, 196),
    (198, 206, 190),
    (160, 150, 140),
)


def draw_surface(rng: np.random.Generator, size: Size, kind: str | None = None) -> np.ndarray:
    """A surface seen from above, slightly aslant; `kind` is one of `SURFACES`, None draws one."""
    kind = kind or str(rng.choice(list(SURFACES)))
    h, w = size
    flat = SURFACES[kind](rng, (h, w))
    if kind == "wall":
        return flat
    spread = floats([[0, 0], [w, 0], [w, h], [0, h]])
    turn = rng.normal(0, 0.3) if rng.random() < 0.7 else rng.uniform(-1.6, 1.6)
    cos, sin = np.cos(turn) * 1.5, np.sin(turn) * 1.5
    middle = floats([w / 2, h / 2])
    target = (spread - middle) @ floats([[cos, sin], [-sin, cos]]) + middle
    target += rng.uniform(-0.1, 0.1, (4, 2)) * [w, h]
    warp = cv2.getPerspectiveTransform(spread, target.astype(np.float32))
    return np.asarray(
        cv2.warpPerspective(flat, warp, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    )


def _color(rng: np.random.Generator, table: tuple[tuple[int, int, int], ...]) -> np.ndarray:
    base = floats(table[int(rng.integers(len(table)))])
    return np.asarray(np.clip(base * rng.uniform(0.8, 1.12) + rng.normal(0, 6, 3), 10, 250), dtype=np.float32)


def wood(rng: np.random.Generator, size: Size) -> np.ndarray:
    """Boards with grain and gaps."""
    h, w = size
    base = _color(rng, _WOODS)
    board = max(8, round(w * rng.uniform(0.09, 0.22)))
    lines = field(rng, size, 60, 14.0) * 0.055 + field(rng, size, 16, 8.0) * 0.05 + grain(rng, size, 0.7) * 0.02
    column = np.arange(w) // board
    tint = 1 + rng.normal(0, 0.055, column[-1] + 1)[column]
    picture = base * (tint[None, :, None] + lines[..., None])
    gap = np.arange(w) % board < max(1, board // 30)
    picture[:, gap] *= 0.6
    for i in range(column[-1] + 1):
        y = int(rng.uniform(0, h))
        picture[y : y + 1, i * board : (i + 1) * board] *= 0.62
    return picture.astype(np.float32)


def carpet(rng: np.random.Generator, size: Size) -> np.ndarray:
    """A rug: pile, often with ornaments."""
    base = _color(rng, _CLOTHS)
    picture = np.broadcast_to(base, (*size, 3)).astype(np.float32).copy()
    if rng.random() < 0.6:
        for _ in range(3):
            second = _color(rng, _CLOTHS)
            blot = octaves(rng, size, rng.uniform(4, 16), 2)
            cover = np.clip((np.abs(blot) - rng.uniform(0.6, 1.1)) * 5, 0, 1)[..., None] * 0.8
            picture = picture * (1 - cover) + second * cover
    pile = grain(rng, size, rng.uniform(0.5, 1.2)) * rng.uniform(0.06, 0.16) + field(rng, size, 9) * 0.03
    return (picture * (1 + pile[..., None])).astype(np.float32)


def sheet(rng: np.random.Generator, size: Size) -> np.ndarray:
    """A bed cover or a cloth, plain, striped, checked or with blots, in broad folds."""
    h, w = size
    base = _color(rng, _CLOTHS)
    picture = np.broadcast_to(base, (*size, 3)).astype(np.float32).copy()
    second = _color(rng, _CLOTHS)
    kind = rng.random()
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    if kind < 0.2:
        band = (np.sin(x * 2 * np.pi / rng.uniform(8, 50)) > rng.uniform(-0.2, 0.7)).astype(np.float32) * 0.7
        picture = picture * (1 - band[..., None]) + second * band[..., None]
    elif kind < 0.35:
        step = rng.uniform(10, 40)
        band = ((x // step % 2) + (y // step % 2)) * 0.4
        picture = picture * (1 - band[..., None]) + second * band[..., None]
    elif kind < 0.6:
        for _ in range(int(rng.integers(20, 70))):
            center = (int(rng.uniform(0, w)), int(rng.uniform(0, h)))
            axes = (int(rng.uniform(2, w * 0.05)) + 1, int(rng.uniform(2, w * 0.04)) + 1)
            color = (second if rng.random() < 0.7 else _color(rng, _CLOTHS)).tolist()
            cv2.ellipse(picture, center, axes, float(rng.uniform(0, 180)), 0, 360, color, -1, cv2.LINE_AA)
    height = octaves(rng, size, rng.uniform(3, 7), 4, 0.55) * rng.uniform(1.0, 4.0)
    light = 1 + np.tanh(cv2.Sobel(height, cv2.CV_32F, 1, 0) * 0.6 + cv2.Sobel(height, cv2.CV_32F, 0, 1) * 0.5) * 0.22
    return (picture * light[..., None] * (1 + grain(rng, size, 0.6)[..., None] * 0.02)).astype(np.float32)


def tiles(rng: np.random.Generator, size: Size) -> np.ndarray:
    """Ceramic tiles with joints."""
    h, w = size
    base = _color(rng, (*_WALLS, (120, 112, 104), (236, 232, 226)))
    step = max(10, round(w * rng.uniform(0.12, 0.45)))
    tint = 1 + rng.normal(0, 0.03, (h // step + 1, w // step + 1)).astype(np.float32)
    whole = np.repeat(np.repeat(tint, step, axis=0), step, axis=1)[:h, :w]
    picture = base * (whole + octaves(rng, size, 6, 3) * rng.uniform(0.005, 0.05))[..., None]
    joint = max(1, step // 40)
    picture[np.arange(h) % step < joint] *= rng.uniform(0.6, 0.9)
    picture[:, np.arange(w) % step < joint] *= rng.uniform(0.6, 0.9)
    return picture.astype(np.float32)


def wall(rng: np.random.Generator, size: Size) -> np.ndarray:
    """A painted or papered wall, or a door with panels."""
    h, w = size
    base = _color(rng, _WALLS)
    picture = base * (1 + octaves(rng, size, 3, 2)[..., None] * 0.03 + grain(rng, size, 0.8)[..., None] * 0.012)
    kind = rng.random()
    if kind < 0.25:
        x = np.arange(w, dtype=np.float32)
        band = np.sin(x * 2 * np.pi / rng.uniform(10, 40)) > 0.3
        picture[:, band] *= rng.uniform(0.88, 1.06)
    elif kind < 0.5:
        x0, x1 = sorted(rng.uniform(-0.1, 1.1, 2) * w)
        for dx, tone in ((0, 0.8), (3, 1.05)):
            cv2.rectangle(
                picture,
                (int(x0) + dx, int(h * 0.1)),
                (int(x1) - dx, int(h * 0.8)),
                (base * tone).tolist(),
                2,
                cv2.LINE_AA,
            )
    if rng.random() < 0.3:
        low = int(h * rng.uniform(0.8, 0.95))
        picture[low:] = wood(rng, (h - low, w)) * 0.9
    return picture.astype(np.float32)


def stone(rng: np.random.Generator, size: Size) -> np.ndarray:
    """Concrete, terrazzo, sand: speckles without order."""
    base = _color(rng, ((150, 150, 148), (196, 186, 170), (110, 108, 106), (212, 206, 198)))
    speck = grain(rng, size, rng.uniform(0.5, 1.6)) * rng.uniform(0.03, 0.1) + octaves(rng, size, 5, 4) * 0.04
    return (base * (1 + speck[..., None])).astype(np.float32)


SURFACES: dict[str, Callable[[np.random.Generator, Size], np.ndarray]] = {
    "wood": wood,
    "carpet": carpet,
    "sheet": sheet,
    "tiles": tiles,
    "wall": wall,
    "stone": stone,
}
