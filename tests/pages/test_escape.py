"""Text from outside stays text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pages.ui.escape import plain


def test_every_mark_is_escaped() -> None:
    assert plain("<b>*x*</b> :red[y] $z$ `c`") == r"\<b\>\*x\*\<\/b\> \:red\[y\] \$z\$ \`c\`"


@given(st.text(max_size=80))
def test_escaping_loses_nothing_but_white_space(text: str) -> None:
    back = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain(text))
    assert back == " ".join(text.split())


@given(st.text(max_size=80))
def test_no_mark_stands_alone(text: str) -> None:
    assert re.fullmatch(r"(?:\\[!-/:-@\[-`{-~]|[^!-/:-@\[-`{-~])*", plain(text), re.DOTALL)
