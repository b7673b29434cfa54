"""Draws the example photos of the Search page: garments as they lie at home, in perspective on a cluttered ground.

Run it after the renderer has changed: `python -m benchmarks.draw_examples`.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

from smartrec.catalog.demo.sample import sample_spec
from smartrec.catalog.demo.scene import render_scene
from smartrec.settings import ROOT

FOLDER = ROOT / "assets" / "examples"
SIZE = (480, 600)
# Name -> category, seed and what is fixed of the garment.
EXAMPLES: dict[str, tuple[str, int, dict[str, str]]] = {
    "striped-tee": ("Tee", 3, {"pattern": "striped", "color1": "navy"}),
    "red-dress": ("Dress", 20, {"color1": "red"}),
    "denim-jeans": ("Jeans", 8, {"pattern": "denimwash"}),
    "green-hoodie": ("Hoodie", 24, {"color1": "green", "pattern": "solid"}),
    "plaid-flannel": ("Flannel", 30, {}),
    "brown-coat": ("Coat", 1, {"color1": "brown"}),
}


def main() -> None:
    """Writes one JPEG for each example."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (category, seed, fixed) in EXAMPLES.items():
        rng = np.random.default_rng(seed)
        image = render_scene(sample_spec(rng, category, **fixed), rng, SIZE).image
        Image.fromarray(image).save(FOLDER / f"{name}.jpg", quality=88, optimize=True)
        print(name)


if __name__ == "__main__":
    main()
