"""The products of the demo shop drawn once more, as a photo taken at home would show them."""

from __future__ import annotations

import numpy as np

from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.scene import render_scene
from smartrec.catalog.demo.shop import demo_specs
from smartrec.errors import WorkspaceError
from smartrec.workspace import Workspace, how_to_mend

SIZE = (288, 360)


class Redrawing:
    """Draws a product of the shop anew: the same garment, another place, light, angle and fold."""

    def __init__(self, specs: list[GarmentSpec]) -> None:
        """`specs`: in catalog order."""
        self.specs = specs

    @classmethod
    def of(cls, workspace: Workspace) -> Redrawing:
        """The drawings of a demo shop.

        Raises:
            WorkspaceError: the shop was not drawn, or by another version of the renderer.
        """
        if workspace.kind != "demo" or workspace.renderings is None:
            raise WorkspaceError(f"Expected a shop whose products are drawn. Received: {workspace.kind}")
        shown = {row["product_id"]: row for row in workspace.renderings.to_dict("records")}
        n = len(workspace.catalog)
        specs = [spec for _, spec, _ in demo_specs(n, int(workspace.manifest.details["seed"]))]
        for product_id, spec in zip(workspace.catalog.ids, specs, strict=True):
            recorded = shown[str(product_id)]
            if any(recorded[name] != value for name, value in spec.labels().items()):
                mend = how_to_mend(workspace.path)
                raise WorkspaceError(f"Expected drawings of this version. {mend} Received: another {product_id}")
        return cls(specs)

    def draw(self, position: int, rng: np.random.Generator) -> np.ndarray:
        """(H, W, 3) uint8 RGB of the product at a catalog position."""
        return render_scene(self.specs[position], rng, SIZE).image
