"""The two short lists: categories with their kind of garment, attributes with their type."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smartrec.catalog.importers.deepfashion.lines import ListFile
from smartrec.catalog.importers.report import ImportReport
from smartrec.errors import TableError

# `list_attr_cloth.txt`: types of the thousand attributes, and of the 26 of the fine layout.
COARSE_TYPES = ("texture", "fabric", "shape", "part", "style")
FINE_GROUPS = ("pattern", "sleeve", "length", "neck", "fabric", "fit")
CATEGORY_TYPES = ("upper", "lower", "full")
# Values of the fine groups -> the project's own names where they mean the same (labels.GROUPS); others keep theirs.
FINE_VALUES = {
    "pattern": {"lattice": "plaid"},
    "sleeve": {"long_sleeve": "long", "short_sleeve": "short"},
    "length": {"maxi_length": "maxi", "mini_length": "mini", "no_dress": "na"},
    "neck": {"crew_neckline": "crew", "v_neckline": "v", "square_neckline": "square", "no_neckline": "none"},
    "fabric": {"chiffon": "sheer"},
    "fit": {"conventional": "regular"},
}


@dataclass(frozen=True, slots=True)
class NamedTypes:
    """A list of names and the number of each one's type, from 1.

    Attributes:
        names: in the order of the file; the annotations count from it.
        types: as many numbers.
    """

    names: tuple[str, ...]
    types: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.names)

    def of_type(self, kind: int) -> list[int]:
        """Places of the names of one type."""
        return [i for i, own in enumerate(self.types) if own == kind]


def read_named_types(path: Path, report: ImportReport, kinds: int) -> NamedTypes:
    """Reads `list_category_cloth.txt` or `list_attr_cloth.txt`: a name, which may hold spaces, and a type of 1..kinds.

    A row that can not be read would shift the numbers of all after it, so it is an error and not a report.

    Raises:
        TableError: a row that is none, with its line; or no row.
    """
    names: list[str] = []
    types: list[int] = []
    for lines, block in ListFile(path, report).blocks():
        for number, line in zip(lines, block, strict=True):
            name, kind = [*line.rsplit(None, 1), b""][:2]
            if kind not in [str(k).encode() for k in range(1, kinds + 1)]:
                shown = line.decode("utf-8", "replace").strip()
                raise TableError(
                    f"{path} line {number}: expected a name and a type of 1 to {kinds}. Received: {shown!r}"
                )
            names.append(" ".join(name.decode("utf-8", "replace").split()))
            types.append(int(kind))
    if not names:
        raise TableError(f"Expected names with a type in {path}. Received: no row")
    return NamedTypes(tuple(names), tuple(types))


def fine_value(group: str, name: str) -> str:
    """The value of a fine group under the project's own name where there is one."""
    return FINE_VALUES.get(group, {}).get(name, name)
