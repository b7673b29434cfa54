"""Makes text from outside safe to stand in Streamlit's Markdown: nothing in it is styled, linked or run."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    r"""The text with every ASCII punctuation mark escaped and every run of white space as one blank.

    CommonMark lets any ASCII punctuation be escaped; that covers HTML, links, emphasis and Streamlit's own
    `:color[...]`, `:icon:` and `$math$`.
    """
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
