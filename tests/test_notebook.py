"""The notebook for a GPU calls the package as it is."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
from typing import Any

import pytest

from smartrec.settings import ROOT

NOTEBOOK = ROOT / "notebooks" / "train_on_a_gpu.ipynb"


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    return dict(json.loads(NOTEBOOK.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def tree(notebook: dict[str, Any]) -> ast.Module:
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return ast.parse("\n".join(code))


def test_it_is_a_notebook_without_outputs(notebook: dict[str, Any]) -> None:
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids) > 10
    for cell in notebook["cells"]:
        assert cell["cell_type"] in ("code", "markdown")
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None


def _imported(tree: ast.Module) -> dict[str, Any]:
    """Name in the notebook -> what it imports from the package."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("smartrec"):
            module = importlib.import_module(str(node.module))
            found |= {alias.asname or alias.name: getattr(module, alias.name) for alias in node.names}
    return found


def test_all_it_imports_is_there_and_it_is_the_package_that_works(tree: ast.Module) -> None:
    names = _imported(tree)
    assert {"train", "read_annotations", "benchmark_deepfashion", "print_protocol", "Detector"} <= names.keys()
    defined = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert not defined, "cells call the package"


def test_its_calls_fit_the_signatures(tree: ast.Module) -> None:
    names = _imported(tree)
    checked = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            keywords = {keyword.arg: None for keyword in node.keywords if keyword.arg}
            inspect.signature(names[node.func.id]).bind(*[None] * len(node.args), **keywords)
            checked += 1
    assert checked >= 6
