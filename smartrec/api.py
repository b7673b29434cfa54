"""A thin JSON API: ``POST /v1/search`` and ``GET /healthz``, behind a production WSGI server."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import waitress
from flask import Flask, Request, Response, request
from werkzeug.exceptions import HTTPException

from smartrec.errors import BadInputError, SmartRecError, UnknownShopperError
from smartrec.settings import NEW_SHOPPER
from smartrec.wire import dumps, recommend_json

if TYPE_CHECKING:
    from waitress.server import BaseWSGIServer

    from smartrec.engine import Engine

MAX_K = 100
# Beside the photo a request holds a few short fields.
FIELD_BYTES = 64 * 1024
THREADS = 4
log = logging.getLogger(__name__)


def create_app(engine: Engine) -> Flask:
    """The WSGI application over one engine, which all requests share."""
    app = Flask("smartrec")
    app.config.update(
        MAX_CONTENT_LENGTH=engine.settings.max_bytes + FIELD_BYTES,
        MAX_FORM_MEMORY_SIZE=FIELD_BYTES,
        MAX_FORM_PARTS=16,
    )

    @app.get("/healthz")
    def healthz() -> Response:
        workspace = engine.workspace
        counts = {"products": len(workspace.catalog), "shoppers": len(workspace.shoppers)}
        parts = {"workspace": workspace.hash, "simulated": workspace.simulated, "model": engine.detector.hash}
        return _json({"status": "ok", **counts, **parts})

    @app.post("/v1/search")
    def search() -> Response:
        fields = _fields(request)
        answer = engine.recommend(
            fields["user"],
            photo=fields["photo"],
            photo_name=fields["photo_name"],
            words=engine.check_words(fields["words"], with_photo=fields["photo"] is not None),
            k=fields["k"],
        )
        return _json(recommend_json(answer))

    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(SmartRecError, _named_error)
    app.register_error_handler(Exception, _unexpected)
    return app


def make_server(engine: Engine, host: str = "127.0.0.1", port: int = 8000) -> BaseWSGIServer:
    """A server that is bound but not running yet; `.run()` serves until it is closed.

    Raises:
        BadInputError: the address can not be listened on.
    """
    # The app answers too large a body in JSON; waitress only stops what is far beyond, before it fills the disk.
    ceiling = 8 * engine.settings.max_bytes
    try:
        return waitress.create_server(
            create_app(engine), host=host, port=port, threads=THREADS, max_request_body_size=ceiling, ident=None
        )
    except OSError as error:
        raise BadInputError(f"Expected an address to listen on. Received: {host}:{port} ({error.strerror})") from error


def _fields(incoming: Request) -> dict[str, Any]:
    if incoming.mimetype not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise BadInputError(
            "Expected a form (multipart/form-data) with photo and/or words, user, k. "
            f"Received: {incoming.mimetype or 'no content type'}"
        )
    photos = incoming.files.getlist("photo")
    if len(photos) > 1:
        raise BadInputError(f"Expected one photo. Received: {len(photos)}")
    # A browser sends an empty part without a name where no file was chosen.
    chosen = photos[0] if photos and (photos[0].filename or photos[0].stream.read(1)) else None
    if chosen is not None:
        chosen.stream.seek(0)
    words = incoming.form.get("words")
    if chosen is None and "photo" in incoming.form:
        raise BadInputError("Expected the photo as a file with a name. Received: a text field")
    if chosen is None and words is None:
        raise BadInputError("Expected a photo, words, or both. Received: neither")
    return {
        "user": incoming.form.get("user") or NEW_SHOPPER,
        "photo": chosen.stream.read() if chosen is not None else None,
        "photo_name": chosen.filename or "photo" if chosen is not None else None,
        "words": words,
        "k": _k(incoming.form.get("k")),
    }


def _k(text: str | None) -> int:
    if text is None or text == "":
        return 10
    # isdecimal() alone would let digits of other scripts through.
    if not (text.isascii() and text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= MAX_K):
        raise BadInputError(f"Expected k from 1 to {MAX_K}. Received: {text[:20]!r}")
    return int(text)


def _json(document: dict[str, Any], status: int = 200) -> Response:
    return Response(dumps(document) + "\n", status, mimetype="application/json")


def _http_error(error: HTTPException) -> Response:
    response = _json({"error": error.description or error.name}, error.code or 500)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(allowed)
    return response


def _named_error(error: SmartRecError) -> Response:
    if isinstance(error, UnknownShopperError):
        return _json({"error": str(error)}, 404)
    return _json({"error": str(error)}, 400 if isinstance(error, BadInputError) else 503)


def _unexpected(error: Exception) -> Response:
    log.error("request failed", exc_info=error)
    return _json({"error": "Something went wrong on our side; the log says what."}, 500)
