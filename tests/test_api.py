"""The JSON API: the contract over a small shop, and every malformed request answered in JSON."""

from __future__ import annotations

import io
import json
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from smartrec.api import create_app, make_server
from smartrec.engine import Engine
from smartrec.settings import Settings


@pytest.fixture
def closed(tmp_path: Path) -> FlaskClient:
    """A client of an engine that has no shop; for requests that must be refused before one is needed."""
    settings = Settings(workspace=tmp_path / "none", max_bytes=100_000)
    return create_app(Engine.open(settings)).test_client()


@pytest.fixture(scope="session")
def client(small_engine: Engine) -> FlaskClient:
    return create_app(small_engine).test_client()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "neither"),
        ({"words": "   "}, "empty words"),
        ({"words": "tee", "k": "0"}, "k from 1"),
        ({"words": "tee", "k": "101"}, "k from 1"),
        ({"words": "tee", "k": "-3"}, "k from 1"),
        ({"words": "tee", "k": "²"}, "k from 1"),
        ({"words": "tee", "k": "9" * 50}, "k from 1"),
        ({"photo": "text, not a file"}, "as a file"),
    ],
)
def test_a_bad_form_is_400_in_json(closed, form, says):
    answer = closed.post("/v1/search", data=form, content_type="multipart/form-data")
    assert answer.status_code == 400 and answer.is_json
    assert says in answer.get_json()["error"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"words": "tee"}', "application/json"),
        (b"", "text/plain"),
        (b"no boundary here", "multipart/form-data"),
        (b"--x\r\nContent-Disposition: form-data; na", "multipart/form-data; boundary=x"),
        (b"\xff\xfe\x00", "multipart/form-data; boundary=x"),
    ],
)
def test_a_malformed_body_is_a_4xx_in_json(closed, body, kind):
    answer = closed.post("/v1/search", data=body, content_type=kind)
    assert 400 <= answer.status_code < 500 and "error" in answer.get_json()


def test_too_large_a_body_is_413_in_json(closed):
    photo = (io.BytesIO(b"\xff" * 300_000), "a.jpg")
    answer = closed.post("/v1/search", data={"photo": photo}, content_type="multipart/form-data")
    assert answer.status_code == 413 and "error" in answer.get_json()


def test_too_large_a_field_and_too_many_fields_are_413_in_json(closed):
    answer = closed.post("/v1/search", data={"words": "x" * 90_000}, content_type="multipart/form-data")
    assert answer.status_code == 413 and "error" in answer.get_json()
    many = {f"field{i}": "x" for i in range(50)}
    answer = closed.post("/v1/search", data=many, content_type="multipart/form-data")
    assert answer.status_code == 413 and "error" in answer.get_json()


def test_other_addresses_and_methods_are_json_too(closed):
    assert closed.get("/nothing").status_code == 404
    wrong = closed.get("/v1/search")
    assert wrong.status_code == 405 and "POST" in wrong.headers["Allow"] and "error" in wrong.get_json()


def test_a_missing_shop_is_503_with_the_mending_command(closed):
    for answer in (closed.get("/healthz"), closed.post("/v1/search", data={"words": "tee"})):
        assert answer.status_code == 503 and "smartrec build" in answer.get_json()["error"]


def test_health_names_shop_and_model(client):
    health = client.get("/healthz").get_json()
    assert health["status"] == "ok" and health["simulated"] is True
    assert health["products"] > 0 and health["model"].startswith("sha256:")


def test_photo_and_words_give_ten_cards(client, photo_bytes):
    form = {"photo": (io.BytesIO(photo_bytes), "röd.jpg"), "words": "tee", "user": "U0001", "k": "10"}
    document = client.post("/v1/search", data=form, content_type="multipart/form-data").get_json()
    assert document["user"] == "U0001" and document["query"]["photo"] == "röd.jpg"
    assert [item["rank"] for item in document["items"]] == list(range(1, 11))
    for item in document["items"]:
        assert sum(item["terms"].values()) == pytest.approx(item["score"], abs=1e-6)
        assert not item["image"].startswith("/")


def test_an_unreadable_photo_and_an_unknown_user_are_named_and_the_next_request_works(client):
    form = {"photo": (io.BytesIO(b"not a photo"), "a.jpg")}
    bad = client.post("/v1/search", data=form, content_type="multipart/form-data")
    assert bad.status_code == 400 and "photo" in bad.get_json()["error"]
    unknown = client.post("/v1/search", data={"words": "tee", "user": "U9999"})
    assert unknown.status_code == 404 and "U9999" in unknown.get_json()["error"]
    assert client.post("/v1/search", data={"words": "tee"}).status_code == 200


def test_the_real_server_answers_many_at_once_and_alike(small_engine):
    server = make_server(small_engine, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.effective_port}/v1/search"

    def ask(user: str) -> list[str]:
        with urllib.request.urlopen(address, data=f"words=tee&user={user}".encode(), timeout=30) as answer:
            return [item["product_id"] for item in json.load(answer)["items"]]

    try:
        users = ["U0001", "U0002", "new"] * 6
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(ask, users))
        for user in set(users):
            same = {tuple(cards) for name, cards in zip(users, answers, strict=True) if name == user}
            assert len(same) == 1 and len(next(iter(same))) == 10
        with pytest.raises(urllib.error.HTTPError) as refused:
            ask("nobody")
        assert refused.value.code == 404
    finally:
        server.close()
