"""What is learned from a shop's purchases, as arrays that are kept beside the shop."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from smartrec import artifacts
from smartrec.errors import WorkspaceError
from smartrec.recommend.collaborative import ItemNeighbors
from smartrec.recommend.content import Content
from smartrec.recommend.demand import DemandModel
from smartrec.recommend.freshness import Freshness
from smartrec.recommend.learn import Coefficients
from smartrec.recommend.profile import Profile

# Part of the file's name: raised when the arrays or what is learned change.
VERSION = 4


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """The learned parts of all signals."""

    neighbors: ItemNeighbors
    profile: Profile
    fresh: Freshness
    demand: DemandModel
    worth: Coefficients

    def save(self, path: Path) -> None:
        """Write one npz. Raises StorageError."""
        matrix = self.neighbors.neighbors_
        arrays = {
            "neighbor_data": matrix.data,
            "neighbor_indices": matrix.indices,
            "neighbor_starts": matrix.indptr,
            "neighbor_scale": np.array([self.neighbors.scale_]),
            "everyone": self.profile.everyone_,
            "first": self.fresh.first_.astype(np.int64),
            "mean_age": np.array([self.fresh.mean_]),
            "log_ages": self.fresh.log_ages_,
            "log_demand": self.demand.log_demand_,
            "coefficients": self.demand.coefficients_,
            "worth": np.array([self.worth.history, self.worth.freshness]),
            "groups": self.worth.groups,
        }

        artifacts.atomic_write(path, lambda file: np.savez(file, **arrays))

    @classmethod
    def load(cls, path: Path, content: Content) -> Fitted:
        """Read what `save` wrote for the same catalog.

        Raises:
            WorkspaceError: the file is damaged, or of another catalog.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            return cls._from(arrays, content)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise WorkspaceError(f"Expected the learned parts of this shop. Received: {path} ({error})") from error

    @classmethod
    def _from(cls, arrays: dict[str, np.ndarray], content: Content) -> Fitted:
        n, n_features = content.matrix.shape
        sizes = (arrays["log_demand"].shape[1], len(arrays["everyone"]), len(arrays["groups"]))
        if sizes != (n, n_features, len(content.group_names())):
            raise ValueError("made for another catalog")
        neighbors = ItemNeighbors(n)
        parts = (arrays["neighbor_data"], arrays["neighbor_indices"], arrays["neighbor_starts"])
        neighbors.neighbors_ = sparse.csr_matrix(parts, shape=(n, n))
        neighbors.scale_ = float(arrays["neighbor_scale"][0])
        profile, fresh, demand = Profile(content), Freshness(), DemandModel()
        profile.everyone_ = arrays["everyone"]
        fresh.first_ = arrays["first"].astype("datetime64[ns]")
        fresh.mean_, fresh.log_ages_ = float(arrays["mean_age"][0]), arrays["log_ages"]
        demand.log_demand_, demand.coefficients_ = arrays["log_demand"], arrays["coefficients"]
        worth = Coefficients(float(arrays["worth"][0]), float(arrays["worth"][1]), arrays["groups"])
        return cls(neighbors, profile, fresh, demand, worth)
