"""The cloths that one garment is made from, each woven when it is first asked for."""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.catalog.demo.cloth.allover import lace
from smartrec.catalog.demo.cloth.fabric import relief, ribs
from smartrec.catalog.demo.cloth.pattern import Sheet, draw_pattern
from smartrec.catalog.demo.drawing import Cloth
from smartrec.catalog.demo.garment import GarmentSpec, Rgb
from smartrec.catalog.demo.palette import contrast, luminance, mix, tone

_PATTERNED_PLAIN = ("melange", "denimwash", "tiedye", "camo")


class Bolts:
    """Cloth by name, as (size, size, 3) uint8 RGB pictures, and thread colors."""

    def __init__(self, spec: GarmentSpec, px: int, size: int, scale: float) -> None:
        """`px` is the picture's height in pixels, `size` the side of a sheet, `scale` the size of motifs."""
        self.spec, self.px, self.size, self.scale = spec, px, size, scale
        self._done: dict[Cloth, np.ndarray] = {}
        self._rng = np.random.default_rng(spec.seed + 7)

    def cloth(self, name: Cloth) -> np.ndarray:
        """A woven sheet by its name in `drawing.Cloth`."""
        if name not in self._done:
            self._done[name] = self._weave(name)
        return self._done[name]

    def _weave(self, name: Cloth) -> np.ndarray:
        if name == "main":
            sheet = Sheet(self.spec, self._rng, self.size, self.px, self.scale)
            return self._relief(draw_pattern(sheet), self.spec.fabric)
        if name == "plain" and self.spec.pattern in _PATTERNED_PLAIN:
            return self.cloth("main")
        if name in ("rib", "trimrib"):
            base = self.cloth("plain" if name == "rib" else "trim")
            return _multiply(base, ribs(self.size, self.px))
        if name == "turnup":
            return self._relief(self._flat(tone(self.spec.palette[0], 0.35)), self.spec.fabric)
        if name == "lacetrim":
            return lace(Sheet(self.spec, self._rng, self.size, self.px, self.scale * 0.6))
        if name in ("fur", "fluff"):
            return self._relief(self._flat(self.color(name)), "fur")
        fabric = "leather" if name == "leatherdark" else self.spec.fabric
        return self._relief(self._flat(self.color(name)), fabric)

    def _flat(self, color: Rgb) -> np.ndarray:
        return np.full((self.size, self.size, 3), color, dtype=np.uint8)

    def _relief(self, flat: np.ndarray, fabric: str) -> np.ndarray:
        if fabric in ("satin", "padded"):
            return flat
        return _multiply(flat, relief(fabric, self.size, self.px))

    def color(self, name: Cloth) -> Rgb:
        """The color of a plain cloth or of a thread."""
        if not isinstance(name, str):
            return name
        first, second = self.spec.palette[:2]
        dark = luminance(first) < 0.35
        light = luminance(first) > 0.7
        metal: Rgb = (202, 168, 96) if self.spec.color2 == "gold" or self.spec.seed % 3 == 0 else (186, 188, 194)
        own: dict[str, Rgb] = {
            "plain": first, "main": first, "trim": second, "plainline": tone(first, -0.15), "dark": tone(first, -0.45),
            "inside": mix(tone(first, -0.4), (60, 56, 54), 0.25) if not light else tone(first, -0.24), "seam": tone(first, -0.45),
            "zipband": tone(first, -0.18) if not dark else tone(first, 0.07),
            "zip": second if self.spec.color2 != "none" else metal, "metal": metal, "sequin": mix(metal, second, 0.4),
            "thread": second if self.spec.has("trim") and self.spec.color2 != "none" else tone(first, -0.1 if not dark else 0.1),
            "fur": (196, 172, 140) if self.spec.seed % 2 else mix(first, (120, 110, 100), 0.5), "fluff": second,
        }  # fmt: skip
        return own.get(name) or self._thread(name, dark, light)

    def _thread(self, name: str, dark: bool, light: bool) -> Rgb:
        spec, (first, second) = self.spec, self.spec.palette[:2]
        if name == "stitch":
            if spec.fabric == "denim" and spec.pattern == "denimwash":
                return (196, 142, 78) if spec.color1 not in ("black", "grey", "white") else tone(first, 0.3)
            return tone(first, 0.2) if dark else tone(first, -0.22)
        if name == "button":
            if spec.color2 in ("gold", "silver"):
                return second
            return (
                ((240, 238, 232), contrast(first, 0.3), (60, 44, 36))[spec.seed % 3]
                if not light
                else ((232, 230, 226), (70, 60, 54))[spec.seed % 2]
            )
        if name == "leatherdark":
            return (
                ((92, 60, 40), (40, 36, 36), (150, 104, 66))[spec.seed % 3]
                if not dark
                else ((120, 80, 52), (60, 56, 56))[spec.seed % 2]
            )
        if name == "sole":
            return self._sole()
        if name in ("cord", "lace"):
            return (
                second
                if spec.color2 != "none"
                else ((238, 238, 236) if spec.seed % 2 and not light else contrast(first, 0.35))
            )
        raise KeyError(name)

    def _sole(self) -> Rgb:
        spec, first = self.spec, self.spec.palette[0]
        if spec.style in ("sneaker", "hightop"):
            return ((243, 242, 238), (243, 242, 238), (178, 138, 92), (40, 40, 42))[spec.seed % 4]
        if spec.style in ("sandal", "slide"):
            return ((150, 112, 76), (60, 50, 44), (205, 184, 150))[spec.seed % 3]
        return (
            ((58, 46, 40), (34, 32, 32))[spec.seed % 2]
            if luminance(first) > 0.2
            else ((24, 23, 23), (112, 84, 60))[spec.seed % 2]
        )


def _multiply(cloth: np.ndarray, brightness: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.multiply(cloth, cv2.merge([brightness] * 3), dtype=cv2.CV_8U))
