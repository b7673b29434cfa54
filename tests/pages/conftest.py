"""Pages under AppTest. Caches are shared by all tests: their keys name the shop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from smartrec.settings import ROOT

OpenPage = Callable[..., AppTest]


@pytest.fixture()
def open_page(small_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Runs a page over a workspace: `open_page("shopper", words="red dress")`; further names are the link's."""

    def run(page: str = "search", workspace: Path = small_workspace, **link: str) -> AppTest:
        monkeypatch.setenv("SMARTREC_WORKSPACE", str(workspace))
        # The console's script, as `app.py` names it to the server.
        test = AppTest.from_file(str(ROOT / "pages" / "ui" / "console.py"), default_timeout=120)
        for name, value in link.items():
            test.query_params[name] = value
        if page != "search":
            test.switch_page(f"../{page}.py")
        return test.run()

    return run


def shown(test: AppTest) -> str:
    """All text of a page, Markdown's escapes taken out."""
    elements = [*test.title, *test.header, *test.subheader, *test.markdown, *test.caption, *test.text, *test.code]
    return "\n".join(str(element.value) for element in elements).replace("\\", "")
