"""What one visitor has done in this session, and the link that reproduces it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

from pages.ui import resources
from pages.ui.ask import Ask, Upload, upload
from smartrec.errors import WeightsError
from smartrec.recommend.weights import Weights, parse
from smartrec.settings import NEW_SHOPPER
from smartrec.text.understood import Chip
from smartrec.vision.finding import Box

_ENOUGH = 10  # pieces bought
_DEFAULTS: dict[str, object] = {
    "current_photo": None,
    "weights": "balanced",
    "boxes": {},
    "removed": {},
    "added": {},
    "unsaid": {},
    "liked": (),
    "disliked": (),
    "saved_weights": {},
    "stale": (),
    "before_feedback": None,
}


def begin() -> None:
    """Fills in what a new session lacks and reads the link that the visitor came by, once."""
    for name, value in _DEFAULTS.items():
        st.session_state.setdefault(name, value.copy() if isinstance(value, dict) else value)
    if "began" not in st.session_state:
        st.session_state.began = True
        _read_link()


def _read_link() -> None:
    known, stale = resources.shopper_labels(), []
    link = st.query_params
    user = link.get("shopper", "")
    if user and user not in known:
        stale.append(f"There is no shopper {user[:40]} in this shop.")
        user = ""
    st.session_state.shopper = user or _first_shopper(known)
    st.session_state.words = link.get("words", "")[:500]
    try:
        weights = link.get("weights", "balanced")
        parse(weights)
        st.session_state.weights = weights
    except WeightsError:
        stale.append("The link's weights are not known here; balanced ones are used.")
    example = link.get("example", "")
    if example in resources.examples():
        use_example(example)
    elif example:
        stale.append("The link's example photo is not there any more.")
    st.session_state.stale = tuple(stale)


def _first_shopper(known: Iterable[str]) -> str:
    """Who is chosen at a first visit: the first of whom enough is known to make ten cards personal."""
    counts = resources.bought_counts()
    people = [user for user in known if user != NEW_SHOPPER] or [NEW_SHOPPER]
    return next((user for user in people if counts.get(user, 0) >= _ENOUGH), people[0])


def imported_shop() -> Path | None:
    """The workspace that this visitor has brought, while it is in use."""
    own = st.session_state.get("imported-shop")
    return Path(own) if own else None


def use_shop(workspace: Path | None, report: list[str]) -> None:
    """Goes over to another shop, None for the one of the settings; what was done in the old one is forgotten."""
    for name in ("shopper", "began", *_DEFAULTS):
        st.session_state.pop(name, None)
    st.session_state["imported-shop"] = str(workspace) if workspace else None
    st.session_state["import-report"] = report
    st.query_params.clear()


def write_link() -> None:
    """Keeps the browser's address such that it reproduces words, shopper, weights and example photo."""
    photo = st.session_state.current_photo
    wanted = {
        "shopper": st.session_state.shopper,
        "words": words(),
        "weights": "" if st.session_state.weights == "balanced" else st.session_state.weights,
        "example": photo.name if photo and photo.name in resources.examples() else "",
    }
    wanted = {name: value for name, value in wanted.items() if value}
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def shopper() -> str:
    """Id of the chosen shopper."""
    return st.session_state.get("shopper") or NEW_SHOPPER


def words() -> str:
    """The words as typed, without blanks around them."""
    return (st.session_state.get("words") or "").strip()


def photo() -> Upload | None:
    """The photo that leads the search, if there is one."""
    return st.session_state.current_photo


def use_photo(name: str, data: bytes) -> None:
    """Makes a photo lead the search."""
    st.session_state.current_photo = upload(name, data)
    st.session_state["photo-from"] = ""


def use_example(name: str) -> None:
    """Makes an example photo lead the search."""
    st.session_state.current_photo = resources.example(name)
    st.session_state["photo-from"] = ""


def drop_photo() -> None:
    """Goes on without a photo."""
    st.session_state.current_photo = None


def take_widget(key: str) -> None:
    """The callback of uploader and camera: what they hold leads, and when they are emptied nothing does."""
    held = st.session_state.get(key)
    if held is None:
        st.session_state.current_photo = None
    else:
        use_photo(held.name, held.getvalue())
        st.session_state["photo-from"] = key


def photo_can_be_dropped() -> bool:
    """Whether the photo came without a widget that shows it and takes it away: an example, a live picture."""
    return photo() is not None and not st.session_state.get("photo-from")


def box(digest: str) -> Box | None:
    """The box that the visitor drew on a photo, in pixels; None while the detector's own stands."""
    return st.session_state.boxes.get(digest)


def tags_of(digest: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(added, removed) tags for a photo; the words' own where `digest` is ""."""
    return st.session_state.added.get(digest, ()), st.session_state.removed.get(digest, ())


def unsaid() -> tuple[Chip, ...]:
    """Chips of the words that the visitor took back; other words begin with none."""
    return st.session_state.unsaid.get(words(), ())


def unsay(said: str, gone: tuple[Chip, ...]) -> None:
    """Takes chips of these words back, instead of those taken back before."""
    st.session_state.unsaid = {said: gone}


def weights() -> Weights:
    """The weight set in use."""
    return parse(st.session_state.weights)


def use_weights(chosen: Weights) -> None:
    """Makes a weight set the one in use, everywhere in the console."""
    parts = [f"{name}={value:g}" for name, value in chosen.values.items()]
    st.session_state.weights = ",".join([*parts, f"diversity={chosen.diversity:g}"])


def ask() -> Ask:
    """What the session asks for now."""
    shown = photo()
    digest = shown.digest if shown else ""
    added, removed = tags_of(digest)
    return Ask(
        user=shopper(),
        photo=digest,
        box=box(digest),
        words=words(),
        weights=st.session_state.weights,
        liked=st.session_state.liked,
        disliked=st.session_state.disliked,
        added=added,
        removed=removed,
        unsaid=unsaid(),
    )


def ask_without_photo() -> Ask:
    """What the session asks for now, the photo left aside."""
    return Ask(shopper(), words=words(), weights=st.session_state.weights, unsaid=unsaid())


def give_feedback(product_id: str, key: str, shown: tuple[str, ...]) -> None:
    """The callback of a card's thumbs: 1 up, 0 down, None taken back. Keeps what was shown, to tell what changed."""
    verdict = st.session_state.get(key)
    st.session_state.liked = tuple(p for p in st.session_state.liked if p != product_id)
    st.session_state.disliked = tuple(p for p in st.session_state.disliked if p != product_id)
    if verdict is not None:
        side = "liked" if verdict else "disliked"
        st.session_state[side] = (*st.session_state[side], product_id)
    st.session_state.before_feedback = (shopper(), words(), photo().digest if photo() else "", shown)


def forget_feedback() -> None:
    """Takes back every like and dislike of the session."""
    for product_id in (*st.session_state.liked, *st.session_state.disliked):
        st.session_state[f"thumbs-{product_id}"] = None
    st.session_state.update(liked=(), disliked=(), before_feedback=None)
