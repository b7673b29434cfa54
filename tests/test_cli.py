"""The commands over a small shop, as a person and as a script use them."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import cv2
import pytest

from smartrec.cli import main
from smartrec.labels import LABEL_FIELDS
from smartrec.settings import ROOT

DESCRIBE_FIELDS = {
    "photo", "size", "garment", "garment_found", "category", "box", "box_score", "mask", "attributes", "colors",
    "labels", "timings_ms", "model",
}  # fmt: skip


@pytest.fixture
def shop(small_workspace, monkeypatch):
    monkeypatch.setenv("SMARTREC_WORKSPACE", str(small_workspace))
    return small_workspace


@pytest.fixture
def folder(tmp_path, photo_bytes) -> Path:
    """Two good photos, one broken, one link, one thing that is no photo."""
    place = tmp_path / "phötos"
    (place / "sub.jpg").mkdir(parents=True)
    (place / "b café.jpg").write_bytes(photo_bytes)
    (place / "a.JPG").write_bytes(photo_bytes)
    (place / "broken.png").write_bytes(b"\x89PNG nothing")
    (place / "notes.txt").write_text("no photo")
    (place / "z link.jpg").symlink_to(place / "a.JPG")
    return place


def answer(capsys, *arguments: object) -> tuple[int, list[dict]]:
    """Runs a command in this process; its status and the objects on its standard output."""
    status = main([str(a) for a in arguments])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_describe_a_photo(folder, tmp_path, capsys):
    mask = tmp_path / "mask.png"
    path = folder / "b café.jpg"
    status, [document] = answer(capsys, "describe", path, "--json", "--mask", mask)
    assert status == 0 and set(document) == DESCRIBE_FIELDS
    assert document["photo"] == str(path)
    width, height = document["size"]
    x0, y0, x1, y1 = document["box"]
    assert 0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height
    assert list(document["labels"]) == list(LABEL_FIELDS)
    assert {"decode", "detect", "mask", "total"} <= set(document["timings_ms"])
    written = cv2.imread(str(mask), cv2.IMREAD_UNCHANGED)
    assert written.shape == (height, width) and set(written.ravel().tolist()) <= {0, 255}
    assert (written > 0).mean() == pytest.approx(document["mask"]["area"])


def test_describe_inside_a_box_stays_near_it(folder, capsys):
    _, [whole] = answer(capsys, "describe", folder / "a.JPG", "--json")
    x0, y0, x1, y1 = whole["box"]
    status, [inside] = answer(capsys, "describe", folder / "a.JPG", "--json", "--box", f"{x0},{y0},{x1},{y1}")
    assert status == 0 and inside["category"]["name"] == whole["category"]["name"]
    assert main(["describe", str(folder / "a.JPG"), "--json", "--box", "9000,9000,9100,9100"]) == 1


def test_describe_a_folder_in_name_order_goes_on_after_a_broken_photo(folder, tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    assert main(["describe", str(folder), "--out", str(out)]) == 1
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["photo"] for line in lines] == ["a.JPG", "b café.jpg", "broken.png", "z link.jpg"]
    assert ["error" in line for line in lines] == [False, False, True, False]
    status, printed = answer(capsys, "describe", folder, "--json")
    assert status == 1 and [p["photo"] for p in printed] == [line["photo"] for line in lines]
    assert printed[0]["box"] == lines[0]["box"] == lines[3]["box"]


def test_describe_for_a_person_names_the_category(folder, capsys):
    assert main(["describe", str(folder / "a.JPG")]) == 0
    out = capsys.readouterr().out
    assert "category" in out and "box" in out and "{" not in out


@pytest.mark.parametrize("content", [b"", b"not a photo", b"\xff\xd8\xff\xe0 cut"])
def test_an_unreadable_photo_is_status_1_with_its_error(tmp_path, capsys, content):
    path = tmp_path / "bad.jpg"
    path.write_bytes(content)
    status, [document] = answer(capsys, "describe", path, "--json")
    assert status == 1 and set(document) == {"photo", "error"}
    status, [document] = answer(capsys, "describe", tmp_path / "none.jpg", "--json")
    assert status == 1 and "none.jpg" in document["error"]


def test_an_empty_folder_and_an_unwritable_result_are_status_1(tmp_path, folder, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["describe", str(tmp_path / "empty")]) == 1
    assert main(["describe", str(folder / "a.JPG"), "--out", "/proc/none/out.jsonl"]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_recommend_obeys_the_contract(shop, folder, capsys):
    arguments = ["recommend", "--photo", folder / "a.JPG", "--words", "long sleeves under 80", "--json", "--user"]
    status, [document] = answer(capsys, *arguments, "U0002")
    assert status == 0 and set(document) == {"user", "query", "items", "timings_ms"}
    assert set(document["query"]["finding"]) == DESCRIBE_FIELDS
    assert document["query"]["parsed"]["price_max"] == 80
    assert [item["rank"] for item in document["items"]] == list(range(1, 11))
    for item in document["items"]:
        assert sum(item["terms"].values()) == pytest.approx(item["score"], abs=1e-6)
        assert Path(item["image"]).is_file() and item["reason"]
    scores = [item["score"] for item in document["items"]]
    assert scores == sorted(scores, reverse=True)
    others = [answer(capsys, *arguments, user)[1][0]["items"] for user in ("U0003", "U0004", "new")]
    tens = {tuple(i["product_id"] for i in items) for items in (document["items"], *others)}
    assert len(tens) > 1


def test_recommend_from_history_alone_and_for_a_person(shop, capsys):
    assert main(["recommend", "--user", "U0001", "--k", "3"]) == 0
    out = capsys.readouterr().out
    assert "simulated" in out and "U0001" in out
    status, [document] = answer(capsys, "recommend", "--user", "new", "--json", "--k", "1000")
    assert status == 0 and len(document["items"]) == 120
    assert document["query"] == {"photo": None, "words": None, "finding": None, "parsed": None}


def test_recommend_says_to_a_person_what_it_understood(shop, capsys):
    assert main(["recommend", "--user", "new", "--words", "tee for women, no stripes, 20 to 50, qzxv"]) == 0
    understood, unknown, *_ = capsys.readouterr().out.splitlines()
    assert understood == "Understood: tee, not striped, for women, 20 to 50" and unknown == "Not understood: qzxv"


@pytest.mark.parametrize(
    "arguments", [["--user", "nobody"], ["--user", "new", "--words", "  "], ["--user", "new", "--photo", "none.jpg"]]
)
def test_bad_input_is_status_1_and_named(shop, capsys, arguments):
    assert main(["recommend", *arguments]) == 1
    out, err = capsys.readouterr()
    assert not out and "Received" in err


def test_a_batch_answers_in_order_and_isolates_bad_lines(shop, tmp_path, folder, capsys):
    queries, out = tmp_path / "q.jsonl", tmp_path / "o.jsonl"
    good = {"id": 1, "user": "U0001", "words": "red tee", "k": 3}
    lines = [
        json.dumps(good),
        "{not json",
        json.dumps({"id": "x", "user": "nobody", "words": "tee"}),
        "",
        json.dumps({"id": 4, "user": "new", "photo": str(folder / "a.JPG")}),
        json.dumps({"id": 5, "user": "new", "photo": str(folder / "broken.png")}),
        json.dumps({"id": 6, "user": "new", "words": "tee", "k": 0}),
        json.dumps({"id": 7, "user": "new", "words": 7}),
        json.dumps({"id": 8, "words": "tee"}),
        json.dumps({"id": 9, "user": "new", "words": "tee", "k": True}),
        "[1, 2]",
        json.dumps({"id": 10, "user": "new", "words": " "}),
        json.dumps(good),
    ]
    queries.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode() + b"\n\xff\xfe\n")
    assert main(["recommend", "--batch", str(queries), "--out", str(out)]) == 1
    answers = [json.loads(line) for line in out.read_text().splitlines()]
    assert [a["id"] for a in answers] == [1, None, "x", 4, 5, 6, 7, 8, 9, None, 10, 1, None]
    assert ["error" in a for a in answers] == [c == "1" for c in "0110111111101"]
    assert len(answers[0]["items"]) == 3 and answers[0]["items"] == answers[11]["items"]
    assert set(answers[0]) == {"id", "user", "query", "items", "timings_ms"}


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True
    )


def test_answering_never_imports_tensorflow(small_workspace, folder):
    code = f"""
import sys
from smartrec.cli import main
assert main(["describe", {str(folder / "a.JPG")!r}, "--json"]) == 0
assert main(["recommend", "--user", "new", "--photo", {str(folder / "a.JPG")!r}, "--words", "tee", "--json"]) == 0
from smartrec.api import create_app
from smartrec.engine import Engine
assert create_app(Engine.open()).test_client().post("/v1/search", data={{"words": "tee"}}).status_code == 200
assert not {{"tensorflow", "keras", "streamlit", "torch"}} & set(sys.modules)
"""
    done = python(code, SMARTREC_WORKSPACE=str(small_workspace))
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell with pipes")
def test_a_reader_that_leaves_early_is_no_traceback(folder):
    command = f"{shlex.quote(sys.executable)} -m smartrec describe {shlex.quote(str(folder))} --json | head -c 10"
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == '{"photo": ' and "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr
