"""A garment as people photograph it at home: on the floor, the bed or a hanger, aslant and in poor light."""

from __future__ import annotations

import cv2
import numpy as np

from smartrec.catalog.demo.camera import snap
from smartrec.catalog.demo.garment import GarmentSpec
from smartrec.catalog.demo.paint import Fit, Layer, paint
from smartrec.catalog.demo.palette import floats
from smartrec.catalog.demo.render import Rendering, box_of, cast_shadow, compose, mask_of
from smartrec.catalog.demo.surface import draw_surface
from smartrec.catalog.demo.things import draw_thing

_NO_HANGER = frozenset(
    ["Shoes", "Hat", "Bag", "Socks", "Other", "Scarf", "Tights", "Leggings", "Underwear", "Swimwear"]
)
_FLOORS = ("wood", "wood", "carpet", "sheet", "sheet", "tiles", "stone")


def render_scene(spec: GarmentSpec, rng: np.random.Generator, size: tuple[int, int] = (224, 224)) -> Rendering:
    """A photo-like picture of a garment.

    Args:
        spec: the garment.
        rng: chance of the photo: place, angle, distance, folds, light, camera.
        size: (width, height) pixels, each at least 32.

    Raises:
        ValueError: a size below 32.
    """
    w, h = size
    if min(size) < 32:
        raise ValueError(f"Expected a size of at least 32 x 32 pixels. Received: {size!r}")
    hanging = spec.category not in _NO_HANGER and rng.random() < 0.2
    light = (float(rng.uniform(-0.9, 0.9)), float(rng.uniform(-0.9, -0.2)))
    fit = Fit(fill=0.94, crumple=float(rng.uniform(0.9, 2.2)), bend=float(rng.uniform(1.0, 7.0)))
    side = round(max(size) * 1.15)
    layer = paint(spec, rng, (side, round(side * 0.86)), fit, light)
    warp = _viewpoint(layer, rng, size, hanging)
    rgb = cv2.warpPerspective(layer.rgb, warp, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.warpPerspective(layer.alpha, warp, size, flags=cv2.INTER_LINEAR)
    ground = _ground(rng, (h, w), hanging, layer.alpha, warp)
    reach = max(size) * rng.uniform(0.006, 0.03)
    scene = compose(Layer(rgb, alpha), cast_shadow(ground, alpha, light, reach, float(rng.uniform(0.2, 0.5))))
    mask = mask_of(alpha)
    return Rendering(snap(scene, rng), mask, box_of(mask), spec)


def _viewpoint(layer: Layer, rng: np.random.Generator, size: tuple[int, int], hanging: bool) -> np.ndarray:
    """(3, 3) homography from the layer to the photo: turn, distance, slant, place."""
    x0, y0, x1, y1 = box_of(layer.alpha >= 0.4)
    corners = floats([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    middle = corners.mean(axis=0)
    turn = rng.normal(0, 0.1)
    if not hanging and rng.random() < 0.3:
        turn = rng.choice([rng.uniform(-np.pi, np.pi), rng.normal(0, 0.15) + rng.choice([-1, 1]) * np.pi / 2])
    cos, sin = np.cos(turn), np.sin(turn)
    placed = (corners - middle) @ np.array([[cos, sin], [-sin, cos]])
    slant = rng.uniform(-0.075, 0.075, (4, 2)) * np.ptp(placed, axis=0)
    placed = placed + slant
    span = np.ptp(placed, axis=0)
    w, h = size
    scale = min(w / span[0], h / span[1]) * rng.uniform(0.62, 1.0)
    placed = (placed - (placed.min(axis=0) + placed.max(axis=0)) / 2) * scale
    room = np.maximum(np.array([w, h]) - span * scale, 0) / 2
    placed = placed + np.array([w, h]) / 2 + rng.uniform(-0.9, 0.9, 2) * room
    return np.asarray(cv2.getPerspectiveTransform(corners, placed.astype(np.float32)))


def _ground(
    rng: np.random.Generator, size: tuple[int, int], hanging: bool, alpha: np.ndarray, warp: np.ndarray
) -> np.ndarray:
    ground = draw_surface(rng, size, "wall" if hanging else str(rng.choice(_FLOORS)))
    if hanging:
        _hanger(ground, rng, alpha, warp)
    elif rng.random() < 0.3:
        for _ in range(int(rng.integers(1, 3))):
            draw_thing(ground, rng, float(rng.uniform(0.1, 0.35)))
    return ground


def _hanger(ground: np.ndarray, rng: np.random.Generator, alpha: np.ndarray, warp: np.ndarray) -> None:
    mask = alpha >= 0.4
    x0, y0, x1, _ = box_of(mask)
    # The arms lie where the garment gets wide: below a roll neck or a hood.
    shoulder = float(np.argmax(mask.sum(axis=1) > 0.4 * (x1 - x0)))
    x, wide = (x0 + x1) / 2, (x1 - x0) * 0.18
    tall = alpha.shape[0] * 0.1
    t = np.linspace(-np.pi * 0.9, np.pi * 0.45, 16)
    hook = np.stack([x + np.cos(t) * tall * 0.22, y0 - tall * 0.8 + np.sin(t) * tall * 0.22], axis=1)
    hook = np.vstack([hook, [[x, y0 - tall * 0.5], [x, shoulder]]])
    arms = np.array([[x - wide, shoulder + tall * 0.6], [x, shoulder], [x + wide, shoulder + tall * 0.6]])
    color = ((60, 40, 30), (190, 150, 100), (30, 30, 32), (230, 230, 230))[int(rng.integers(4))]
    for path, width in ((hook, 0.012), (arms, 0.035)):
        points = cv2.perspectiveTransform(path[None].astype(np.float32), warp)[0]
        thick = max(1, round(width * ground.shape[0]))
        cv2.polylines(ground, [np.round(points * 16).astype(np.int32)], False, color, thick, cv2.LINE_AA, 4)
