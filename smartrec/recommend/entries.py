"""Some rows of a sparse table as plain arrays, without the cost of slicing it."""

from __future__ import annotations

import numpy as np
from scipy import sparse


def entries(matrix: sparse.csr_matrix, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the rows hold, one after the other.

    Args:
        matrix: any CSR.
        rows: (M,) int64, which rows.

    Returns:
        (L,) int64 index into `rows`, (L,) columns and (L,) values of every entry.
    """
    starts, ends = matrix.indptr[rows], matrix.indptr[rows + 1]
    spans = [slice(*span) for span in zip(starts.tolist(), ends.tolist(), strict=True)]
    indices, data = matrix.indices, matrix.data
    columns = np.concatenate([indices[:0], *[indices[span] for span in spans]])
    values = np.concatenate([data[:0], *[data[span] for span in spans]])
    return np.arange(len(rows)).repeat(ends - starts), columns, values
