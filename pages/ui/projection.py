"""The map of looks: embeddings laid out in the plane, and an atlas of small pictures."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

TILE = (88, 110)
_MOST_NEIGHBORS = 3000  # beyond that many products, principal components alone


def project(embeddings: np.ndarray) -> np.ndarray:
    """Lays products out such that those that look alike lie close together (t-SNE over principal components).

    Args:
        embeddings: (N, D) float32 unit rows; rows of zeros stand for products without a picture.

    Returns:
        (N, 2) float32, each axis spread over [-1, 1]; NaN for products without a picture.
    """
    shown = np.linalg.norm(embeddings, axis=1) > 0
    plane = np.full((len(embeddings), 2), np.nan, np.float32)
    if shown.sum() < 3:
        return plane
    centered = embeddings[shown] - embeddings[shown].mean(axis=0)
    _, _, axes = np.linalg.svd(centered, full_matrices=False)
    flat = centered @ axes[:40].T
    if 50 <= len(flat) <= _MOST_NEIGHBORS:
        from sklearn.manifold import TSNE  # half a second to import; only the first map of a shop needs it

        flat = TSNE(init="pca", perplexity=min(30, len(flat) // 5), max_iter=400, random_state=0).fit_transform(flat)
    ranks = np.argsort(np.argsort(flat[:, :2], axis=0), axis=0) / max(1, len(flat) - 1) * 2 - 1
    spread = flat[:, :2] / np.maximum(np.abs(flat[:, :2]).max(axis=0), 1e-9)
    plane[shown] = 0.5 * spread + 0.5 * ranks  # half by rank: no crowd in the middle, no waste at the rim
    return plane


def atlas(pictures: Sequence[Path]) -> tuple[str, int]:
    """One picture of many small ones, row by row: (data URL of a JPEG, tiles in a row)."""
    columns = max(1, math.ceil(math.sqrt(len(pictures))))
    rows = max(1, math.ceil(len(pictures) / columns))
    sheet = Image.new("RGB", (columns * TILE[0], rows * TILE[1]), (238, 240, 238))
    for n, path in enumerate(pictures):
        with Image.open(path) as image:
            image.draft("RGB", TILE)
            small = image.convert("RGB").resize(TILE, Image.Resampling.BILINEAR, reducing_gap=2.0)
        sheet.paste(small, ((n % columns) * TILE[0], (n // columns) * TILE[1]))
    buffer = io.BytesIO()
    sheet.save(buffer, "JPEG", quality=74)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode()}", columns
