"""Which pixels of the box are the garment: a small network's soft mask, drawn to the edges of the photo."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from smartrec.errors import BundleError
from smartrec.settings import Settings
from smartrec.vision.bundle import MEND
from smartrec.vision.finding import Box
from smartrec.vision.guided_filter import guided_filter
from smartrec.vision.mask_crop import pixel_window, take_crop

if TYPE_CHECKING:
    import onnxruntime

FILE = "mask.onnx"
FINE_SIZE = 256  # resolution at which edges are found
FILTER_RADIUS, FILTER_SMOOTHNESS = 3, 1e-3  # radius in pixels of the network's output
LEVEL = 0.43  # of the soft mask, from where it is garment; best on the validation photos
SLACK = 0.02  # of the box's sides: how far the garment may reach beyond the box


class Segmenter:
    """The mask network, ready to run.

    Attributes:
        session: takes (N, 128, 128, 3) float32, gives (N, 64, 64, 1) float32 logits.
    """

    def __init__(self, session: onnxruntime.InferenceSession) -> None:
        self.session = session
        self._input = session.get_inputs()[0].name

    @classmethod
    def open(cls, bundle: Path, threads: int = 2) -> Segmenter:
        """The network of a model bundle.

        Raises:
            BundleError: `mask.onnx` is missing or can not be run.
        """
        import onnxruntime

        path = bundle / FILE
        if not path.is_file():
            raise BundleError(f"Expected the mask network at {path}. Received: no such file. {MEND}")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        try:
            session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own errors share no base class
            raise BundleError(f"Expected a network at {path}. Received: {error}. {MEND}") from error
        return cls(session)

    def segment(self, rgb: np.ndarray, box: Box) -> np.ndarray:
        """The garment's pixels.

        Args:
            rgb: (H, W, 3) uint8 RGB.
            box: xyxy in pixels, inside the photo.

        Returns:
            (H, W) bool, False beyond the box but for a small slack; never empty: the whole box where nothing was found.
        """
        window = pixel_window(box)
        fine = self.view(rgb, window)
        return place(refine(fine, self.logits(fine)), window, box, rgb.shape[:2])

    def view(self, rgb: np.ndarray, window: tuple[int, int, int, int]) -> np.ndarray:
        """(256, 256, 3) uint8, the window as a square."""
        # Halving by areas is fast and smooth, any other ratio by areas is slow: straight to twice the size, then halve.
        return _halved(take_crop(rgb, window, 2 * FINE_SIZE, cv2.INTER_LINEAR))

    def logits(self, fine: np.ndarray) -> np.ndarray:
        """(64, 64) float32 answer of the network for a view."""
        coarse = (_halved(fine)[None].astype(np.float32) - 127) / 128
        return np.asarray(self.session.run(None, {self._input: coarse})[0][0, :, :, 0])


@functools.cache
def _segmenter(bundle: Path) -> Segmenter:
    return Segmenter.open(bundle)


def segment(rgb: np.ndarray, box: Box) -> np.ndarray:
    """`Segmenter.segment` with the bundle of the default settings; (H, W) bool."""
    return _segmenter(Settings().bundle).segment(rgb, box)


def _halved(image: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))


def refine(fine: np.ndarray, logits: np.ndarray) -> np.ndarray:
    """Soft mask of a crop.

    Args:
        fine: (256, 256, 3) uint8 RGB, the crop.
        logits: (64, 64) float32, the network's answer.

    Returns:
        (256, 256) float32, about [0, 1].
    """
    soft = 1 / (1 + np.exp(-logits.clip(-20, 20)))
    return guided_filter(fine.astype(np.float32) / 255, soft, FILTER_RADIUS, FILTER_SMOOTHNESS)


def place(soft: np.ndarray, window: tuple[int, int, int, int], box: Box, shape: tuple[int, int]) -> np.ndarray:
    """The soft mask of a crop back in the photo: (H, W) bool, cut at the box and never empty."""
    height, width = shape
    x0, y0, x1, y1 = pixel_window(box, SLACK)
    # At least one pixel of the photo, also for a box that ends at its edge.
    left, top = min(max(0, x0), width - 1), min(max(0, y0), height - 1)
    right, bottom = max(left + 1, min(width, x1)), max(top + 1, min(height, y1))
    x0, y0, x1, y1 = window
    grown = cv2.resize((soft * 255).clip(0, 255).astype(np.uint8), (x1 - x0, y1 - y0), interpolation=cv2.INTER_LINEAR)
    found = grown[top - y0 : bottom - y0, left - x0 : right - x0] > 255 * LEVEL
    mask = np.zeros(shape, bool)
    mask[top:bottom, left:right] = found if found.any() else True
    return mask
