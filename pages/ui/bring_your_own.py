"""Bring your own shop: a table, pictures and purchases; checked first, imported with progress, undone with a click."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.ui import notices, resources, state, unpack
from smartrec.catalog.importers.csv import OPTIONAL, REQUIRED, read_catalog
from smartrec.errors import SmartRecError, UsageError
from smartrec.importing import import_catalog, import_transactions


def show() -> None:
    """Draws the import panel; an imported shop is in use for this visitor until it is undone."""
    st.header("Bring your own", anchor=False)
    if state.imported_shop():
        _in_use()
        return
    st.markdown("A table of products is enough; pictures make them findable by look. Nothing leaves this computer.")
    st.caption(f"Columns: {', '.join(REQUIRED)}; where known also {', '.join(OPTIONAL)}.".replace("_", r"\_"))
    table, pictures = st.columns(2, gap="medium")
    with table:
        products = st.file_uploader("Products", type=["csv", "gz"], key="own-products", max_upload_size=500)
        purchases = st.file_uploader("Purchases, if any", type=["csv", "gz"], key="own-purchases", max_upload_size=500)
    with pictures:
        archive = st.file_uploader("Pictures, as a zip", type="zip", key="own-pictures", max_upload_size=2000)
        folder = st.text_input("or a folder on this computer", key="own-folder", placeholder="/home/me/pictures")
    renamed = st.text_input("Columns with other names", key="own-map", placeholder="title=name, category=type")
    if products is None:
        notices.empty("upload_file", "No table yet", "It is checked before anything is imported.")
        return
    with tempfile.TemporaryDirectory() as place:
        try:
            path = _saved(products, Path(place) / "products")
            mapping = _mapping(renamed)
            _checked(path, mapping)
            if st.button("Import", type="primary", icon=":material/input:", key="own-import"):
                pictures_at = _pictures(archive, folder, Path(place) / "pictures")
                bought = _saved(purchases, Path(place) / "purchases") if purchases else None
                _import(path, mapping, pictures_at, bought)
        except SmartRecError as error:
            notices.problem(error)
            if "--map" in str(error):
                notices.note("edit", "Here that goes into the field above, for example: title=name, category=type")


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


def _checked(path: Path, mapping: dict[str, str]) -> None:
    with st.spinner("Reading the table", show_time=False):
        found = read_catalog(path, mapping)
    st.markdown("### What was read")
    for line in found.report.as_text():
        st.text(line)
    shown = [name for name in ("product_id", "title", "category", "color", "price", "brand") if name in found.table]
    st.dataframe(found.table[shown].head(8), hide_index=True, width="stretch")


def _pictures(archive: UploadedFile | None, folder: str, place: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    if archive is not None:
        unpack.unzip_pictures(archive, place)
        return place
    return Path(folder.strip()).expanduser() if folder.strip() else place


def _import(products: Path, mapping: dict[str, str], pictures: Path, purchases: Path | None) -> None:
    settings = resources.settings_for(resources.IMPORTED / time.strftime("%Y%m%d-%H%M%S"))
    bar = st.progress(0.0, "Importing")
    reports = [
        import_catalog(
            products,
            settings,
            images=pictures,
            mapping=mapping,
            progress=lambda share, stage: bar.progress(share, stage),
        )
    ]
    if purchases is not None:
        reports.append(
            import_transactions(purchases, settings, progress=lambda share, stage: bar.progress(share, stage))
        )
    state.use_shop(settings.workspace, [line for report in reports for line in report.as_text()])
    st.rerun()


def _in_use() -> None:
    notices.note("check_circle", "This shop is in use, in this window only, until you undo it.")
    for line in st.session_state.get("import-report", []):
        st.text(line)
    st.button("Undo: back to the shop before", icon=":material/undo:", key="own-undo", on_click=_undo)


def _undo() -> None:
    path = state.imported_shop()
    state.use_shop(None, [])
    if path and path.parent == resources.IMPORTED:
        shutil.rmtree(path, ignore_errors=True)
