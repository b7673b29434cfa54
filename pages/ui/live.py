"""Live camera: box and category drawn on the running picture; one frame can be searched."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import av
import cv2
import numpy as np
import streamlit as st
from streamlit_webrtc import WebRtcMode, webrtc_streamer

from pages.ui import resources, state
from smartrec.engine import Engine
from smartrec.errors import SmartRecError
from smartrec.vision.finding import Glance

_GREEN = (18, 135, 106)
_BETWEEN_LOOKS = 0.12  # seconds, or more where a look takes longer; the picture itself runs on with the last box
_FRAMES_A_SECOND = 15


@dataclass
class Frames:
    """What the video thread shares with the page: the last frame, without the drawing on it, and what was seen last."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    last: np.ndarray | None = None
    seen: Glance | None = None
    looked: float = float("-inf")

    def draw(self, engine: Engine, rgb: np.ndarray) -> np.ndarray:
        """Keeps a frame and gives it with box and category on it, (H, W, 3) uint8 RGB like the frame itself."""
        with self.lock:
            self.last = rgb
        if time.monotonic() - self.looked >= _BETWEEN_LOOKS:
            try:
                self.seen = engine.glance(rgb)
            except SmartRecError:  # the page says so at its next rerun; the picture must go on
                self.seen = None
            self.looked = time.monotonic()
        return rgb if self.seen is None or not self.seen.garment_found else drawn(rgb, self.seen)

    def jpeg(self) -> bytes | None:
        """The last frame as JPEG, or None if there was none."""
        with self.lock:
            rgb = self.last
        if rgb is None:
            return None
        done, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 92])
        return data.tobytes() if done else None


def drawn(rgb: np.ndarray, seen: Glance) -> np.ndarray:
    """A copy of the frame with box and category on it. `rgb`: (H, W, 3) uint8 RGB."""
    shown = rgb.copy()
    x0, y0, x1, y1 = (round(side) for side in seen.box)
    name = f"{seen.category} {seen.score:.0%}"
    cv2.rectangle(shown, (x0, y0), (x1, y1), (255, 255, 255), 4)
    cv2.rectangle(shown, (x0, y0), (x1, y1), _GREEN, 2)
    (width, height), _ = cv2.getTextSize(name, cv2.FONT_HERSHEY_SIMPLEX, 0.6, 2)
    cv2.rectangle(shown, (x0, y0), (x0 + width + 12, y0 + height + 14), _GREEN, -1)
    cv2.putText(shown, name, (x0 + 6, y0 + height + 7), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 2, cv2.LINE_AA)
    return shown


def show() -> None:
    """Draws the live panel. The video goes from this browser to this computer and back, nowhere else."""
    frames: Frames = st.session_state.setdefault("live-frames", Frames())
    engine = resources.shop()

    def on_frame(frame: av.VideoFrame) -> av.VideoFrame:
        return av.VideoFrame.from_ndarray(frames.draw(engine, frame.to_ndarray(format="rgb24")), format="rgb24")

    camera = {"facingMode": "environment", "width": {"ideal": 640}, "frameRate": {"ideal": _FRAMES_A_SECOND}}
    context = webrtc_streamer(
        key="live",
        mode=WebRtcMode.SENDRECV,
        rtc_configuration={"iceServers": []},
        media_stream_constraints={"video": camera, "audio": False},
        video_html_attrs={"autoPlay": True, "controls": False, "style": {"width": "100%", "maxHeight": "22rem"}},
        video_frame_callback=on_frame,
        async_processing=True,
    )
    if context.state.playing:
        st.button(
            "Search this",
            key="search-live",
            icon=":material/center_focus_strong:",
            type="primary",
            on_click=_take,
            args=(frames,),
        )
    else:
        st.caption("Works in a browser on this computer. No camera, or a phone? “Camera” takes a single picture.")


def _take(frames: Frames) -> None:
    data = frames.jpeg()
    if data is not None:
        state.use_photo("live picture", data)
