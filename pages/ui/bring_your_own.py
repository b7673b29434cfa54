"""Bring your own shop: a table, pictures and purchases; checked first, imported with progress, undone with a click."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.ui import notices, own_folder, resources, state, unpack
from smartrec.catalog.importers.csv import OPTIONAL, REQUIRED, read_catalog
from smartrec.errors import BadInputError, SmartRecError, UsageError
from smartrec.importing import import_catalog, import_transactions


@dataclass(frozen=True, slots=True)
class _Brought:
    """A shop as it was brought: `name` is what the visitor calls its table."""

    table: Path
    name: str
    pictures: Path
    purchases: Path | None


def show() -> None:
    """Draws the import panel; an imported shop is in use for this visitor until it is undone."""
    st.header("Bring your own", anchor=False)
    if state.imported_shop():
        _in_use()
        return
    st.markdown("A table of products is enough; pictures make them findable by look. Nothing leaves this computer.")
    st.caption(f"Columns: {', '.join(REQUIRED)}; where known also {', '.join(OPTIONAL)}.".replace("_", r"\_"))
    tables, pictures = st.columns(2, gap="medium")
    with tables:
        products = st.file_uploader("Products", type=["csv", "gz"], key="own-products", max_upload_size=500)
        purchases = st.file_uploader("Purchases, if any", type=["csv", "gz"], key="own-purchases", max_upload_size=500)
    with pictures:
        archive = st.file_uploader("Pictures, as a zip", type="zip", key="own-pictures", max_upload_size=2000)
        folder = st.text_input(
            "Or a folder on this computer",
            key="own-folder",
            placeholder="/home/me/my shop",
            help="With its pictures; where the table is in it too, nothing has to be uploaded.",
        )
    renamed = st.text_input("Columns with other names", key="own-map", placeholder="title=name, category=type")
    with tempfile.TemporaryDirectory() as place:
        try:
            mapping = _mapping(renamed)
            brought = _brought(products, purchases, archive, folder, mapping, Path(place))
            if brought is None:
                notices.empty("upload_file", "No table yet", "It is checked before anything is imported.")
                return
            _checked(brought, mapping)
            if st.button("Import", type="primary", icon=":material/input:", key="own-import"):
                if archive is not None:
                    unpack.unzip_pictures(archive, brought.pictures)
                _import(brought, mapping)
        except SmartRecError as error:
            notices.problem(error)
            if "--map" in str(error):
                notices.note("edit", "Here that goes into the field above, for example: title=name, category=type")


def _brought(
    products: UploadedFile | None,
    purchases: UploadedFile | None,
    archive: UploadedFile | None,
    folder: str,
    mapping: Mapping[str, str],
    place: Path,
) -> _Brought | None:
    """What was uploaded, and from the folder what was not; None as long as there is no table."""
    own = own_folder.look_into(folder, mapping) if (folder or "").strip() else None
    if products is None and own is not None and own.products is None:
        raise BadInputError(f"Expected a table, as .csv or .csv.gz, here or in the folder. Received: {own.pictures}")
    if products is None and own is None:
        return None
    table = _saved(products, place / "products") if products else own.products
    bought = _saved(purchases, place / "purchases") if purchases else own.purchases if own else None
    pictures = own.pictures if own and archive is None else place / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    return _Brought(table, products.name if products else table.name, pictures, bought)


def _saved(upload: UploadedFile, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    # The reader only looks at the ending; the visitor's name of the file is not used as a path.
    path = folder / ("table.csv.gz" if upload.name.lower().endswith(".gz") else "table.csv")
    path.write_bytes(upload.getvalue())
    return path


def _mapping(text: str) -> dict[str, str]:
    pairs = [part.split("=", 1) for part in (text or "").split(",") if part.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise UsageError(f"Expected target=column pairs, separated by commas. Received: {text!r}")
    return {target.strip(): column.strip() for target, column in pairs}


def _checked(brought: _Brought, mapping: Mapping[str, str]) -> None:
    with st.spinner("Reading the table", show_time=False):
        found = read_catalog(brought.table, mapping)
    found.report.source = brought.name
    st.markdown("### What was read")
    st.text("\n".join(found.report.as_text()))
    names = ("product_id", "title", "category", "color", "price", "brand")
    shown = found.table[[name for name in names if found.table[name].notna().any() and (found.table[name] != "").any()]]
    st.dataframe(
        shown.head(8),
        hide_index=True,
        width="stretch",
        column_config={"price": st.column_config.NumberColumn(format="%.2f")},
        placeholder="",
    )


def _import(brought: _Brought, mapping: Mapping[str, str]) -> None:
    settings = resources.settings_for(resources.IMPORTED / time.strftime("%Y%m%d-%H%M%S"))
    bar = st.progress(0.0, "Importing")

    def progress(share: float, stage: str) -> None:
        bar.progress(share, stage.capitalize())

    reports = [import_catalog(brought.table, settings, images=brought.pictures, mapping=mapping, progress=progress)]
    reports[0].source = brought.name
    if brought.purchases is not None:
        reports.append(import_transactions(brought.purchases, settings, progress=progress))
    state.use_shop(settings.workspace, [line for report in reports for line in report.as_text()])
    st.rerun()


def _in_use() -> None:
    notices.note("check_circle", "This shop is in use, in this window only, until you undo it.")
    st.text("\n".join(st.session_state.get("import-report", [])))
    st.button("Undo: back to the shop before", icon=":material/undo:", key="own-undo", on_click=_undo)


def _undo() -> None:
    path = state.imported_shop()
    state.use_shop(None, [])
    if path and path.parent == resources.IMPORTED:
        shutil.rmtree(path, ignore_errors=True)
