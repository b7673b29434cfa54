"""What the color names look like on cloth."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import ArrayLike

from smartrec.catalog.demo.garment import Rgb

# Name -> shades that people give this name to, sRGB 0-255. "multi" has no shade of its own.
SHADES: dict[str, tuple[Rgb, ...]] = {
    "black": ((26, 26, 29), (34, 34, 37), (22, 22, 26)),
    "white": ((244, 243, 240), (248, 248, 248), (240, 240, 243)),
    "grey": ((136, 138, 141), (104, 106, 110), (164, 165, 168)),
    "navy": ((30, 38, 76), (24, 32, 64), (38, 46, 84)),
    "blue": ((38, 84, 168), (46, 104, 186), (30, 70, 150)),
    "lightblue": ((152, 192, 226), (138, 180, 218), (172, 206, 234)),
    "red": ((196, 30, 40), (210, 40, 44), (180, 26, 36)),
    "burgundy": ((108, 24, 44), (96, 20, 38), (118, 30, 50)),
    "pink": ((236, 142, 174), (242, 170, 190), (228, 104, 150)),
    "purple": ((118, 72, 152), (98, 58, 134), (146, 104, 180)),
    "orange": ((238, 122, 40), (228, 108, 36), (244, 140, 60)),
    "yellow": ((244, 206, 62), (240, 196, 44), (248, 220, 96)),
    "green": ((48, 130, 70), (36, 112, 60), (74, 150, 84)),
    "olive": ((98, 98, 52), (88, 90, 50), (110, 108, 64)),
    "teal": ((26, 128, 128), (20, 112, 116), (40, 146, 142)),
    "beige": ((214, 194, 162), (222, 204, 176), (204, 182, 148)),
    "brown": ((106, 70, 46), (92, 60, 40), (124, 84, 56)),
    "gold": ((198, 160, 74), (188, 150, 66), (206, 172, 92)),
    "silver": ((190, 192, 198), (182, 185, 192), (198, 200, 205)),
}
# Indigo and what washing makes of it: denim is duller than other cloth of the same name.
DENIM: dict[str, tuple[Rgb, ...]] = {
    "blue": ((62, 92, 142), (72, 104, 152), (54, 84, 132)),
    "navy": ((38, 48, 76), (32, 42, 68), (46, 56, 84)),
    "lightblue": ((142, 172, 206), (156, 184, 214), (128, 160, 198)),
}
# Colors that a plain garment's threads, soles and zips are made in.
NEUTRALS = ("white", "black", "grey", "beige", "navy")


def shade_of(name: str, rng: np.random.Generator, fabric: str = "") -> Rgb:
    """One shade of a named color, on a fabric; of "multi", a shade of any vivid color."""
    if name == "multi":
        name = str(rng.choice(("red", "blue", "yellow", "green", "pink", "orange", "teal", "purple")))
    shades = DENIM.get(name, SHADES[name]) if fabric == "denim" else SHADES[name]
    base = np.asarray(shades[int(rng.integers(len(shades)))], dtype=float)
    base = base * (1 + rng.normal(0, 0.02)) + rng.normal(0, 2.0, 3)
    return _rgb(base)


def tone(color: Rgb, step: float) -> Rgb:
    """The color made lighter (`step` > 0, towards white) or darker (`step` < 0, towards black); |step| <= 1."""
    target = 255.0 if step > 0 else 0.0
    return _rgb(np.asarray(color, dtype=float) * (1 - abs(step)) + target * abs(step))


def mix(first: Rgb, second: Rgb, share: float) -> Rgb:
    """`share` of the second color in the first, [0, 1]."""
    return _rgb(np.asarray(first, dtype=float) * (1 - share) + np.asarray(second, dtype=float) * share)


def luminance(color: Rgb) -> float:
    """Perceived brightness, [0, 1]."""
    return float(np.dot(color, (0.299, 0.587, 0.114)) / 255.0)


def contrast(color: Rgb, step: float = 0.22) -> Rgb:
    """A shade of the same hue that stands out from the color: lighter on dark, darker on light."""
    return tone(color, step) if luminance(color) < 0.35 else tone(color, -step)


def nearest_name(color: Rgb) -> str:
    """The name whose shades are nearest in CIELAB."""
    names = [name for name, shades in SHADES.items() for _ in shades]
    table = np.array([shade for shades in SHADES.values() for shade in shades], dtype=np.float32)
    both = np.vstack([table, np.asarray(color, dtype=np.float32)[None]])[None] / 255.0
    lab = cv2.cvtColor(both.astype(np.float32), cv2.COLOR_RGB2LAB)[0]
    return names[int(np.argmin(np.linalg.norm(lab[:-1] - lab[-1], axis=1)))]


def _rgb(values: np.ndarray) -> Rgb:
    r, g, b = np.clip(np.round(values), 0, 255).astype(int).tolist()
    return r, g, b


def floats(values: ArrayLike) -> np.ndarray:
    """The values (a color, points, a matrix) as a float32 array."""
    return np.asarray(values, dtype=np.float32)
