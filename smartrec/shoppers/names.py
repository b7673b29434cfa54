"""Invented names for invented people."""

from __future__ import annotations

import numpy as np

_WOMEN = "Ava Bela Cora Dilan Edda Fenja Gitta Hela Ilka Juna Kaja Lioba Mira Nelda Oda Pia Runa Silva Tilda Vela"
_MEN = "Arno Bertil Corin Dario Elmo Falk Goran Hagen Ivo Joris Kasimir Levin Milo Nilo Oskar Piet Ruben Sven Tilo Veit"
_FRONT = "Al Ber Cal Dor El Fen Gar Hol Il Jor Kel Lin Mar Nor Os Pel Quin Ros Sol Tam Ul Ver Wen Yar Zel"
_BACK = "dane bridge combe dale fold gate hart lock mere nell over rick stead thorne vale wick worth yard"


def invent_names(wearer: np.ndarray, rng: np.random.Generator) -> list[str]:
    """A name for every person; surnames are made of syllables and differ for the first 450.

    Args:
        wearer: (U,) int64, 0 for a woman's and 1 for a man's given name.
        rng: source of chance.
    """
    given = (_WOMEN.split(), _MEN.split())
    surnames = [front + back for front in _FRONT.split() for back in _BACK.split()]
    order = rng.permutation(len(surnames))
    return [
        f"{given[int(w)][int(rng.integers(len(given[0])))]} {surnames[order[i % len(order)]]}"
        for i, w in enumerate(wearer)
    ]
