"""What the console's server does besides Streamlit: opens the shop early, answers the frontend's probes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pages.ui import resources
from smartrec.errors import SmartRecError

_LOGGER = logging.getLogger(__name__)


@contextlib.asynccontextmanager
async def lifespan(app: st.App) -> AsyncGenerator[dict[str, object], None]:
    """Opens the shop and the detector in a thread, so that the first visitor does not wait for them."""
    task = asyncio.create_task(asyncio.to_thread(_open_shop))
    yield {}
    task.cancel()


def _open_shop() -> None:
    for prepare in (resources.warm_up, resources.held_out, resources.map_of_looks):
        try:
            prepare()
        except SmartRecError as error:  # the page that needs it says the same to its visitor
            _LOGGER.warning("%s", error)


async def _not_mounted_here(request: Request) -> Response:
    return Response(status_code=300)


# At a page's own address Streamlit's frontend first asks whether the app is mounted below that address. The answer is
# no; as a 404 it would stand in the browser's console as an error.
ROUTES = [Route(f"/{{page}}/_stcore/{probe}", _not_mounted_here) for probe in ("health", "host-config")]
