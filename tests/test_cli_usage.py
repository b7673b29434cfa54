"""Wrong usage, missing parts and exit statuses: none of it needs a shop or a model."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from smartrec.cli import main
from smartrec.settings import ROOT


@pytest.mark.parametrize(
    "arguments",
    [
        ["describe"],
        ["describe", "a.jpg", "--box", "1,2,3"],
        ["describe", "a.jpg", "--box", "5,5,1,9"],
        ["describe", "a.jpg", "--box", "nan,0,1,1"],
        ["describe", ".", "--box", "0,0,5,5"],
        ["describe", ".", "--mask", "m.png"],
        ["recommend"],
        ["recommend", "--user", "new", "--k", "0"],
        ["recommend", "--user", "new", "--k", "1001"],
        ["recommend", "--user", "new", "--k", "ten"],
        ["recommend", "--user", "new", "--weights", "nonsense"],
        ["recommend", "--user", "new", "--weights", "look=-1"],
        ["recommend", "--user", "new", "--weights", "luck=1"],
        ["recommend", "--batch", "q.jsonl"],
        ["recommend", "--batch", "q.jsonl", "--out", "o.jsonl", "--user", "new"],
        ["recommend", "--user", "new", "--out", "o.jsonl"],
        ["train", "--data", ".", "--format", "nonsense", "--out", "x"],
        ["train", "--data", ".", "--data", ".", "--format", "clothing", "--out", "x"],
        ["train", "--data", ".", "--format", "clothing", "--out", "x", "--backbone", "vgg"],
        ["build", "--products", "0"],
        ["serve", "--port", "70000"],
        ["no-such-command"],
    ],
)
def test_wrong_usage_is_status_2_with_a_message_and_no_result(arguments, capsys):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert err.strip() and not out


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    for name in ("build", "describe", "recommend", "import", "evaluate", "train", "benchmark", "serve"):
        assert name in out


@pytest.mark.parametrize("before", [True, False])
def test_a_missing_workspace_is_status_1_and_names_the_mending_command(tmp_path, capsys, before):
    where = ["--workspace", str(tmp_path / "none")]
    command = ["recommend", "--user", "new", "--words", "tee"]
    assert main([*where, *command] if before else [*command, *where]) == 1
    out, err = capsys.readouterr()
    assert not out and "python -m smartrec build" in err and "Traceback" not in err


def test_a_missing_bundle_is_status_1_and_a_named_error(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SMARTREC_BUNDLE", str(tmp_path / "none"))
    (tmp_path / "a.jpg").write_bytes(b"x")
    assert main(["describe", str(tmp_path), "--json"]) == 1
    out, err = capsys.readouterr()
    assert not out and "model" in err.lower() and "Traceback" not in err


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command in a fresh process."""
    return subprocess.run(
        [sys.executable, "-m", "smartrec", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_starting_imports_nothing_heavy():
    code = (
        "import sys, smartrec, smartrec.cli\n"
        "heavy = [m for m in ('tensorflow', 'keras', 'streamlit', 'pandas', 'sklearn', 'cv2', 'onnxruntime', 'flask')"
        " if m in sys.modules]\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)


def test_the_module_runs_and_knows_its_name():
    done = run("--help")
    assert done.returncode == 0 and "python -m smartrec" in done.stdout and not done.stderr


def test_batch_file_that_is_not_there(tmp_path: Path):
    done = run("recommend", "--batch", str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "o.jsonl"))
    assert done.returncode == 1 and not (tmp_path / "o.jsonl").exists()
    assert "none.jsonl" in done.stderr and "Traceback" not in done.stderr
