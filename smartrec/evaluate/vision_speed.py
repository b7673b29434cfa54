"""Speed of the detector beside Keras' ResNet50 on the same photo, in the same run, on this machine."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from smartrec.errors import BadInputError
from smartrec.settings import Settings
from smartrec.vision import sources
from smartrec.vision.augment import Strength
from smartrec.vision.batches import ViewBatches, ViewPlan
from smartrec.vision.detector import Detector
from smartrec.vision.image import load_photo
from smartrec.vision.samples import PhotoCache, read_rgb

Say = Callable[[str], None]
# Describes all photos of a folder and returns how many of them could be described.
DescribeFolder = Callable[[Path], int]
REPEATS = 30
MEGAPIXEL = (1155, 866)  # width, height of a 4:3 photo of a million pixels
FOLDER_PHOTOS = 120


def _milliseconds(work: Callable[[], object], repeats: int) -> np.ndarray:
    """(repeats,) milliseconds of `work`, after two calls that do not count."""
    work(), work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(1e3 * (time.perf_counter() - started))
    return np.array(times)


def measure_speed(
    detector: Detector, describe_folder: DescribeFolder, folders: dict[str, Path], say: Say
) -> dict[str, Any]:
    """Latency by stage, ratio to ResNet50, throughput of a folder, input pipeline against the forward pass."""
    samples = getattr(sources, f"{next(iter(folders))}_samples")(next(iter(folders.values())), "test")
    rgb = cv2.resize(read_rgb(samples.sources[0]), MEGAPIXEL)
    encoded = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))[1].tobytes()
    say("speed: describe one photo of a megapixel")
    describe = _milliseconds(lambda: detector.find(load_photo(encoded, Settings()).rgb), REPEATS)
    decode = _milliseconds(lambda: load_photo(encoded, Settings()), REPEATS)
    stages = [detector.find(rgb).timings_ms for _ in range(REPEATS)]
    by_stage = {name: _quantiles(np.array([s[name] for s in stages])) for name in stages[0]}
    say("speed: Keras ResNet50 on the same photo")
    peer = _milliseconds(_resnet(encoded), 10)
    return {
        "describe_ms": _quantiles(describe),
        "stages_ms": {"decode": _quantiles(decode), **by_stage},
        "resnet50_predict_ms": _quantiles(peer),
        "ratio_to_resnet50": float(np.median(describe) / np.median(peer)),
        "folder_photos_per_second": folder_speed(describe_folder, samples.sources[:FOLDER_PHOTOS], say),
        **measure_pipeline(samples, say),
    }


def _quantiles(times: np.ndarray) -> dict[str, float]:
    return {"p50": float(np.median(times)), "p95": float(np.quantile(times, 0.95))}


def _resnet(encoded: bytes) -> Callable[[], object]:
    import keras

    model = keras.applications.ResNet50(weights=None)

    def predict() -> object:
        bgr = np.asarray(cv2.imdecode(np.frombuffer(encoded, np.uint8), cv2.IMREAD_COLOR))
        view = cv2.resize(bgr, (224, 224)).astype(np.float32)[None]
        return model.predict(view, verbose=0)

    return predict


def folder_speed(describe_folder: DescribeFolder, photos: Sequence[Path], say: Say) -> float:
    """Photos a second of ``describe FOLDER`` on a folder of links to test photos, the model already loaded.

    Raises BadInputError if a photo could not be described: an error is quicker than an answer.
    """
    say("speed: describe a folder")
    with tempfile.TemporaryDirectory() as folder:
        for i, path in enumerate(photos):
            (Path(folder) / f"{i:04d}{path.suffix}").symlink_to(path.resolve())
        started = time.perf_counter()
        count = describe_folder(Path(folder))
        seconds = time.perf_counter() - started
    if count < len(photos):
        raise BadInputError(f"Expected {len(photos)} photos that can be described. Received: {count}")
    return count / seconds


def measure_pipeline(samples: Any, say: Say) -> dict[str, float]:
    """Reading and augmenting against the forward pass of the offline backbone, milliseconds a photo."""
    from smartrec.vision.backbone import build_backbone

    say("speed: input pipeline")
    batches = ViewBatches(samples, ViewPlan(224, 32, strength=Strength()), PhotoCache(limit=0))
    reading = _milliseconds(lambda: batches[0], 3) / 32
    backbone = build_backbone("efficientnet_lite0", "imagenet", 224)
    views = batches[0][0]
    forward = _milliseconds(lambda: backbone.model.predict_on_batch(views), 3) / 32
    return {"pipeline_ms": float(np.median(reading)), "forward_ms": float(np.median(forward))}
