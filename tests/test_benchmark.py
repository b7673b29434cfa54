"""``benchmark`` on the command line: what it refuses, and what it says it could not measure."""

import pytest

from smartrec.cli import main
from smartrec.commands import searching
from smartrec.commands.figures import print_figures
from smartrec.engine import Engine


def test_unknown_parts_and_formats_are_wrong_usage(capsys):
    assert main(["benchmark", "luck"]) == 2
    assert main(["benchmark", "vision", "--format", "luck"]) == 2
    assert "vision, search, recommend, import" in capsys.readouterr().err


@pytest.mark.parametrize("part", ["vision", "search", "recommend"])
def test_data_that_is_not_there_is_bad_input(tmp_path, small_workspace, capsys, part):
    where = ["--data", str(tmp_path / "none"), "--workspace", str(small_workspace)]
    assert main(["benchmark", part, *where]) == 1
    assert "none" in capsys.readouterr().err


def test_without_photos_words_are_measured_and_the_gap_is_named(small_engine: Engine, monkeypatch):
    monkeypatch.setattr(searching, "words_benchmark", lambda *_, **__: {"asked": True})
    found = searching.search_benchmark(small_engine.settings, None)
    assert found["photos"] is None and found["words"] == {"asked": True}
    assert "--data" in found["not_measured"][0]


def test_figures_of_any_shape_are_lines_for_a_person(capsys):
    figure = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 7}
    print_figures("x", {"a": figure, "rows": [{"measure": "m", **figure}], "speed": {"ms": 1.5}, "names": ["b"]})
    out = capsys.readouterr().out
    for text in ("0.4 to 0.6", "n 7", "1.5", "rows m"):
        assert text in out
