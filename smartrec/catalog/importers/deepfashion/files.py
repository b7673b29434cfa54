"""Where the files of a DeepFashion folder are: they are found by name, in whatever subfolder a copy keeps them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from smartrec.errors import TableError

LAYOUTS = ("coarse", "fine")
SPLITS = ("train", "val", "test")
# The first is the file that tells the layout; then what may stand for each part of a split.
COARSE_ANCHOR = "list_category_img.txt"
FINE_ANCHOR = "train.txt"
LANDMARKS = ("landmarks", "landmards")  # some copies spell it so
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class AnnotationFiles:
    """The annotation files of one layout.

    Attributes:
        folder: the folder that was given.
        layout: one of `LAYOUTS`.
        paths: file name in lower case -> path, the one next to the layout's own files where a name occurs twice.
    """

    folder: Path
    layout: str
    paths: dict[str, Path] = field(default_factory=dict)

    def get(self, *names: str) -> Path | None:
        """The first of these files that is there."""
        return next((self.paths[name] for name in names if name in self.paths), None)

    def need(self, name: str) -> Path:
        """The file of this name. Raises TableError."""
        path = self.get(name)
        if path is None:
            found = ", ".join(sorted(self.paths)) or "no .txt file at all"
            raise TableError(f"A DeepFashion folder needs {name} in {self.folder}. Received: {found}")
        return path

    def split_file(self, split: str, *parts: str) -> Path | None:
        """`<split>_<part>.txt` of the fine layout under the first spelling that is there."""
        return self.get(*(f"{split}_{part}.txt" for part in parts))


def find_files(folder: Path, layout: str | None = None) -> AnnotationFiles:
    """Finds the annotations below a folder.

    Args:
        folder: the data set, or only its `Anno_fine` or `Anno_coarse`.
        layout: one of `LAYOUTS`; None = the coarse one where both are there (it has all pictures and attributes).

    Raises:
        TableError: no folder, or none of the layouts.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise TableError(f"Expected the folder of the DeepFashion files. Received: {folder}, which is no folder")
    found: dict[str, list[Path]] = {}
    for path in _text_files(folder):
        found.setdefault(path.name.lower(), []).append(path)
    anchors = {"coarse": COARSE_ANCHOR, "fine": FINE_ANCHOR}
    for name in [layout] if layout else LAYOUTS:
        if anchors[name] in found:
            anchor = found[anchors[name]][0]
            if name == "fine":  # next to its train_attr.txt, where splits and annotations lie apart
                anchor = found.get("train_attr.txt", found.get("train_bbox.txt", [anchor]))[0]
            return AnnotationFiles(folder, name, {key: _nearest(paths, anchor) for key, paths in found.items()})
    wanted = " or ".join(anchors[name] for name in ([layout] if layout else LAYOUTS))
    listed = ", ".join(sorted(found)[:8]) or "no .txt file at all"
    raise TableError(f"A DeepFashion folder has {wanted} in it or in a subfolder. Received: {folder} with {listed}")


def picture_folder(folder: Path, names: Iterable[str]) -> Path | None:
    """The folder that picture names are relative to: the given one, a subfolder or its parent; None = no pictures."""
    sample = list(names)
    below = [Path(root) for root in _folders(folder, depth=2)]
    for base in [folder, *below, folder.parent]:
        if any((base / name).is_file() for name in sample):
            return base
    return None


def _text_files(folder: Path) -> list[Path]:
    return sorted(
        (Path(root) / name for root in _folders(folder, _DEPTH, pictures=False) for name in os.listdir(root)
         if name.lower().endswith(".txt")),
        key=lambda path: (len(path.parts), path),
    )  # fmt: skip


def _folders(folder: Path, depth: int, pictures: bool = True) -> list[str]:
    """The folder and those below it; `img` itself is not entered: it has thousands of folders, none with a list."""
    base = len(folder.parts)
    result = []
    for root, names, _ in os.walk(folder):
        result.append(root)
        deep = len(Path(root).parts) - base >= depth
        names[:] = [] if deep else sorted(name for name in names if _is_entered(Path(root) / name, pictures))
    return result


def _is_entered(path: Path, pictures: bool) -> bool:
    if path.name.lower() == "img":  # published as Img/img.zip, which some unpack to Img/img
        return (path / "img").is_dir()
    return pictures or not path.name.startswith(".")


def _nearest(paths: list[Path], anchor: Path) -> Path:
    def shared(path: Path) -> int:
        return len(os.path.commonpath([path.parent, anchor.parent]).split(os.sep))

    return max(paths, key=shared)  # the first of equals: the one nearest to the top
