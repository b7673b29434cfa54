"""The cloths that one garment is made from, each woven when it is first asked for."""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.catalog.demo.cloth.allover import lace
from smartrec.catalog.demo.cloth.fabric import relief, relief_rgb
from smartrec.catalog.demo.cloth.pattern import PLAIN, PRINTED, Sheet, draw_pattern
from smartrec.catalog.demo.drawing import Cloth
from smartrec.catalog.demo.garment import GarmentSpec, Rgb
from smartrec.catalog.demo.palette import contrast, luminance, mix, tone

_PATTERNED_PLAIN = ("melange", "denimwash", "tiedye", "camo")


class Bolts:
    """Cuts pieces of cloth and names the colors of threads."""

    def __init__(self, spec: GarmentSpec, px: int, size: int, scale: float) -> None:
        """`px` is the picture's height in pixels, `size` the side of a sheet, `scale` the size of motifs."""
        self.spec, self.px, self.size, self.scale = spec, px, size, scale
        self._sheets: dict[str, np.ndarray] = {}
        self._rng = np.random.default_rng(spec.seed + 7)

    def cut(self, name: Cloth, matrix: np.ndarray, size: tuple[int, int]) -> np.ndarray:
        """(H, W, 3) uint8 RGB piece of a cloth of `drawing.Cloth`.

        Args:
            name: which cloth.
            matrix: (2, 3) affine map from the piece's pixels to the sheet's.
            size: (W, H) of the piece.
        """
        base = {"rib": "plain", "trimrib": "trim"}.get(name, name) if isinstance(name, str) else name
        sheet = self._sheet(base)
        if sheet is not None:
            picture = _part(sheet, matrix, size)
            if base == name:
                return picture
            return np.asarray(cv2.multiply(picture, cv2.merge([self._weave("rib", matrix, size)] * 3), scale=1 / 128))
        weave = self._weave("rib" if base != name else self._fabric(name), matrix, size)
        return np.asarray(cv2.merge([cv2.convertScaleAbs(weave, alpha=value / 128) for value in self.color(base)]))

    def _weave(self, fabric: str, matrix: np.ndarray, size: tuple[int, int]) -> np.ndarray:
        return _part(relief(fabric, self.size, self.px), matrix, size)

    def _fabric(self, name: Cloth) -> str:
        if name in ("fur", "fluff"):
            return "fur"
        return "leather" if name == "leatherdark" else self.spec.fabric

    def _sheet(self, name: Cloth) -> np.ndarray | None:
        """The sheet of a patterned cloth; None for cloth of one color."""
        plain = self.spec.pattern in PLAIN or (self.spec.pattern in PRINTED and not self.spec.has("print-small"))
        if name == "plain" and self.spec.pattern in _PATTERNED_PLAIN:
            name = "main"
        if (name == "main" and not plain) or name == "lacetrim":
            if name not in self._sheets:
                scale = self.scale * (0.6 if name == "lacetrim" else 1.0)
                sheet = Sheet(self.spec, self._rng, self.size, self.px, scale)
                flat = lace(sheet) if name == "lacetrim" else draw_pattern(sheet)
                woven = relief_rgb(self.spec.fabric, self.size, self.px)
                self._sheets[name] = cv2.multiply(flat, woven, scale=1 / 128)
            return self._sheets[name]
        return None

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
            "inside": mix(tone(first, -0.4), (60, 56, 54), 0.25) if not light else tone(first, -0.24),
            "seam": tone(first, -0.45),
            "turnup": tone(first, 0.35), "zipband": tone(first, -0.18) if not dark else tone(first, 0.07),
            "zip": second if self.spec.color2 != "none" else metal, "metal": metal, "sequin": mix(metal, second, 0.4),
            "thread": second if self.spec.has("trim") and self.spec.color2 != "none" else tone(first,
            -0.1 if not dark else 0.1),
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


def _part(sheet: np.ndarray, matrix: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """What an affine map shows of a sheet; cut out as it lies where the map hardly turns it."""
    if abs(matrix[0, 1]) < 0.03:
        middle = matrix @ np.array([size[0] / 2, size[1] / 2, 1.0])
        x, y = round(middle[0] - size[0] / 2), round(middle[1] - size[1] / 2)
        if x >= 0 and y >= 0 and x + size[0] <= sheet.shape[1] and y + size[1] <= sheet.shape[0]:
            return sheet[y : y + size[1], x : x + size[0]]
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(sheet, matrix, size, flags=flags, borderMode=cv2.BORDER_REFLECT_101))
