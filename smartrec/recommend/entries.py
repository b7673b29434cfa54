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
    starts = matrix.indptr[rows].astype(np.int64)
    lengths = matrix.indptr[rows + 1] - starts
    ends = np.cumsum(lengths)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + lengths, lengths)
    return np.repeat(np.arange(len(rows)), lengths), matrix.indices[places], matrix.data[places]
