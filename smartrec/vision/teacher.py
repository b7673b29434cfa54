"""A teacher that is too large to ship: what a big image encoder makes of the training photos, each person held out.

The encoder (CLIP ViT-B/16: Radford et al., ICML 2021) has seen 400 million pictures, the photos at hand are a few
thousand. Logistic regressions on its embeddings say what they make of every training photo; each is fitted without the
people whose photos it judges, so that its answers are opinions and not memories. The network learns from the mean of
annotation and opinion (distillation: Hinton, Vinyals, Dean, 2015).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from smartrec.artifacts import atomic_write, sha256_file
from smartrec.errors import MissingWeightsError, TableError
from smartrec.labels import GROUPS
from smartrec.vision.samples import UNKNOWN, PhotoCache, Samples
from smartrec.vision.views import square_around, take_view

Say = Callable[[str], None]
# Side of the views in pixels, and how much larger they are than the garment's box.
SIZE, SCALE = 224, 1.08
# Of the pixels that CLIP was trained on.
MEAN = np.array([0.48145466, 0.4578275, 0.40821073], np.float32)
DEVIATION = np.array([0.26862954, 0.26130258, 0.27577711], np.float32)
# Name of the file that keeps the embeddings.
EMBEDDINGS = "teacher.npz"
INPUT, OUTPUT = "pixel_values", "image_embeds"
FOLDS = 5
# Inverse strength of the regressions' L2 penalty, and steps after which their opinions hardly change any more.
PENALTY, ITERATIONS = 0.01, 100


def teach(samples: Samples, people: Sequence[str], encoder: Path, kept: Path, say: Say) -> None:
    """Gives samples with known boxes the teacher's opinion, in place.

    Args:
        samples: photos with one garment each.
        people: who sent each photo.
        encoder: ONNX file with input ``pixel_values`` (N, 3, 224, 224) and output ``image_embeds`` (N, D).
        kept: file that keeps the embeddings; used again for the same encoder and photos.
        say: receives lines of progress.

    Raises:
        MissingWeightsError: there is no such encoder, or it can not be run.
        TableError: all photos are of one person.
    """
    samples.taught = opinions(_embeddings(samples, encoder, kept, say), samples, people)


def opinions(features: np.ndarray, samples: Samples, people: Sequence[str]) -> dict[str, np.ndarray]:
    """Head -> (N, classes) float16 probabilities, of regressions that saw no photo of the same person.

    Heads that nobody annotated are left out. Raises TableError if all photos are of one person.

    Args:
        features: (N, D) embeddings.
        samples: what was annotated.
        people: who sent each photo.
    """
    from sklearn.model_selection import GroupKFold

    if len(set(people)) < 2:
        raise TableError("Expected photos of at least two people, to judge each by the others. Received: one")
    scaled = (features - features.mean(axis=0)) / (features.std(axis=0) + 1e-6)
    heads = [head for head in ("category", *GROUPS) if (samples.truth(head) != UNKNOWN).any()]
    out = {head: np.zeros((len(samples), samples.classes(head)), np.float16) for head in heads}
    for learning, judged in GroupKFold(min(FOLDS, len(set(people)))).split(scaled, groups=np.asarray(people)):
        for head in heads:
            truth = samples.truth(head)[learning]
            known = truth != UNKNOWN
            classes, said = _judge(scaled[learning][known], truth[known], scaled[judged])
            out[head][judged[:, None], classes] = said
    return out


def _judge(features: np.ndarray, truth: np.ndarray, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(C,) classes that occur in `truth`, and (n, C) their probabilities for the features `asked`."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    classes = np.unique(truth)
    if len(classes) < 2:
        return classes, np.ones((len(asked), len(classes)))
    model = LogisticRegression(C=PENALTY, max_iter=ITERATIONS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(features, truth)
    return model.classes_, model.predict_proba(asked)


def _embeddings(samples: Samples, encoder: Path, kept: Path, say: Say) -> np.ndarray:
    """(N, D) float32, read from `kept` if it holds them."""
    if not encoder.is_file():
        raise MissingWeightsError(f"Expected the teacher's image encoder, an ONNX file. Received: no {encoder}")
    version = sha256_file(encoder)
    if kept.is_file():
        with np.load(kept, allow_pickle=False) as file:
            if str(file["encoder"]) == version and file["names"].tolist() == samples.names:
                return np.asarray(file["features"])
    features = _embed(samples, encoder, say)
    atomic_write(
        kept, lambda file: np.savez(file, features=features, names=np.array(samples.names), encoder=np.array(version))
    )
    return features


def _embed(samples: Samples, encoder: Path, say: Say) -> np.ndarray:
    import onnxruntime

    try:
        session = onnxruntime.InferenceSession(str(encoder), providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime has its own exception types and no common base
        raise MissingWeightsError(f"Expected an ONNX image encoder. Received: {encoder}, {error}") from error
    cache, rows = PhotoCache(limit=0), []
    for row in range(len(samples)):
        rgb = cache(samples.sources[row])
        view = take_view(rgb, square_around(samples.pixels(row, rgb), SCALE), SIZE)
        pixels = ((view.astype(np.float32) / 255 - MEAN) / DEVIATION).transpose(2, 0, 1)[None]
        rows.append(session.run([OUTPUT], {INPUT: pixels})[0][0])
        if (row + 1) % 500 == 0:
            say(f"teacher has looked at {row + 1}/{len(samples)} photos")
    return np.stack(rows)
