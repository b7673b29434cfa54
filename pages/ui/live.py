"""Live camera: box and category drawn on the running picture; one frame can be searched."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import av
import cv2
import numpy as np
import streamlit as st
from streamlit_webrtc import WebRtcMode, webrtc_streamer

from pages.ui import resources, state
from smartrec.engine import Engine
from smartrec.errors import SmartRecError

_GREEN = (18, 135, 106)


@dataclass
class Frames:
    """What the video thread shares with the page: the last frame, without the drawing on it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    last: np.ndarray | None = None

    def keep(self, rgb: np.ndarray) -> None:
        """Keeps a frame. `rgb`: (H, W, 3) uint8 RGB."""
        with self.lock:
            self.last = rgb

    def jpeg(self) -> bytes | None:
        """The last frame as JPEG, or None if there was none."""
        with self.lock:
            rgb = self.last
        if rgb is None:
            return None
        done, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 92])
        return data.tobytes() if done else None


def draw(engine: Engine, rgb: np.ndarray) -> np.ndarray:
    """The frame with box and category on it; the frame itself where nothing is found. `rgb`: (H, W, 3) uint8 RGB."""
    try:
        finding = engine.describe(rgb, mask=False).finding
    except SmartRecError:  # the page says so at its next rerun; the picture must go on
        return rgb
    if not finding.garment_found:
        return rgb
    shown = rgb.copy()
    x0, y0, x1, y1 = (round(side) for side in finding.box)
    name = f"{finding.category} {finding.heads['category'][finding.category]:.0%}"
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
        rgb = frame.to_ndarray(format="rgb24")
        frames.keep(rgb)
        return av.VideoFrame.from_ndarray(draw(engine, rgb), format="rgb24")

    context = webrtc_streamer(
        key="live",
        mode=WebRtcMode.SENDRECV,
        rtc_configuration={"iceServers": []},
        media_stream_constraints={"video": {"facingMode": "environment", "width": {"ideal": 640}}, "audio": False},
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
