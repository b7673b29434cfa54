"""The ranker: exact terms, order by score, explanations that hold, limits, diversity."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from smartrec.recommend.base import SIGNALS
from smartrec.recommend.weights import PRESETS, Weights
from tests.recommend import shop

CASES = {
    "history": lambda: shop.query("U04"),
    "new": lambda: shop.query("new"),
    "photo": lambda: shop.query("U04", photo=21),
    "words": lambda: shop.query("U09", parsed=shop.words("black", category="Dress")),
    "feedback": lambda: shop.query("U09", photo=2, liked=(6,), disliked=(7,)),
    "limits": lambda: shop.query("U09", photo=2, parsed=shop.words("red", price_max=40.0)),
}
ALL_WEIGHTS = [*PRESETS.values(), Weights("diverse", PRESETS["balanced"].values, 0.8)]


@pytest.mark.parametrize("weights", ALL_WEIGHTS, ids=lambda weights: weights.name)
@pytest.mark.parametrize("case", CASES)
def test_terms_add_up_and_scores_never_increase(case, weights):
    found = shop.ranker().recommend(CASES[case](), weights)
    everyone = [*found.items, found.eleventh]
    assert [item.rank for item in everyone] == list(range(1, 12))
    assert len({item.position for item in everyone}) == 11
    for item in everyone:
        assert sum(item.terms.values()) == pytest.approx(item.score, abs=1e-9)
        assert set(SIGNALS) <= set(item.terms)
    scores = [item.score for item in everyone]
    assert all(a >= b - 1e-9 for a, b in pairwise(scores))


def removed(query, weights):
    """Every card of a request with, for every signal that counts, the ranks of a request without it."""
    ranker = shop.ranker()
    found = ranker.recommend(query, weights)
    values = ranker.values(query)
    for name, row in zip(SIGNALS, values, strict=True):
        active = row.any() and weights.values[name] > 0
        assert all((name in item.rank_without) == active for item in found.items)
        if active:
            again = ranker.recommend(query, weights.without(name))
            yield name, found.items, {item.position: item.rank for item in again.items}


@pytest.mark.parametrize("weights", [ALL_WEIGHTS[0], ALL_WEIGHTS[-1]], ids=lambda weights: weights.name)
@pytest.mark.parametrize("case", CASES)
def test_without_each_signal_the_rank_is_the_one_that_was_said(case, weights):
    for name, items, ranks in removed(CASES[case](), weights):
        for item in items:
            if item.position in ranks:
                assert item.rank_without[name] == ranks[item.position]
            else:
                assert item.rank_without[name] > 10


@pytest.mark.parametrize("case", CASES)
def test_without_a_signal_ranks_beyond_the_cards_are_exact_too(case):
    plain = PRESETS["balanced"].changed("plain", diversity=0.0)
    said = shop.ranker().recommend(CASES[case](), plain).items
    for name, items, ranks in removed(shop.replace_k(CASES[case](), 90), plain):
        assert len(items) == len(ranks) == 90
        for item in said:
            assert item.rank_without[name] == ranks[item.position]


def test_words_win_over_the_photo():
    found = shop.ranker().recommend(shop.query("new", photo=0, parsed=shop.words("blue", relative=True)))
    colors = [item.product.color for item in found.items]
    assert set(colors[:5]) == {"blue"}
    assert [item.product.category for item in found.items[:5]] == ["Tee"] * 5


def test_excluded_tags_and_prices_come_after_everything_else():
    parsed = shop.words(category="Tee", excluded=("red",), price_max=60.0)
    found = shop.ranker().recommend(shop.query("new", photo=0, parsed=parsed))
    for item in found.items:
        if "limits" not in item.terms:
            assert item.product.color != "red" and item.product.price <= 60.0
    assert "limits" not in found.items[0].terms


def test_when_nothing_keeps_the_limits_the_cards_say_so():
    found = shop.ranker().recommend(shop.query("new", parsed=shop.words(category="Tee", price_max=1.0)))
    assert len(found.items) == 10
    assert all("costs more than you asked for" in item.reason for item in found.items)


def test_an_owned_coat_is_not_offered_again_but_socks_are():
    coats = [p for p in range(90) if shop.CATEGORIES[p % 5] == "Coat"]
    socks = [p for p in range(90) if shop.CATEGORIES[p % 5] == "Socks"]
    ranker = shop.ranker()
    for owned, offered in ((coats[0], False), (socks[0], True)):
        history = shop.owning(owned)
        query = shop.query("new", photo=owned)
        found = ranker.recommend(type(query)(history, query.finding, query.tags, now=query.now))
        assert (owned in [item.position for item in found.items]) == offered


def test_a_disliked_card_leaves_and_its_like_falls():
    ranker = shop.ranker()
    before = ranker.recommend(shop.query("U04"))
    gone = before.items[0].position
    after = ranker.recommend(shop.query("U04", disliked=(gone,)))
    assert gone not in [item.position for item in after.items]


def test_a_like_changes_the_cards_through_look_and_taste():
    ranker = shop.ranker()
    before, after = (ranker.recommend(shop.query("U04", liked=liked)) for liked in ((), (2,)))
    assert [i.position for i in before.items] != [i.position for i in after.items]
    assert any(item.terms["look"] > 0 for item in after.items)


def test_reasons_name_only_what_has_a_term():
    for case in CASES.values():
        for item in shop.ranker().recommend(case()).items:
            if item.terms["look"] == 0.0:
                assert "looks like" not in item.reason.lower()
            if item.terms["history"] == 0.0:
                assert "bought this too" not in item.reason
            if item.terms["taste"] == 0.0 and item.terms["history"] == 0.0:
                assert not item.because_of


def test_matched_tags_are_carried_and_asked_for():
    query = shop.query("new", photo=21, parsed=shop.words("cotton"))
    wanted = {tag.name for tag in query.tags} | {"cotton"}
    for item in shop.ranker().recommend(query).items:
        assert set(item.matched) <= wanted & set(item.product.attributes)


def test_why_the_eleventh_lost_is_the_gap_to_the_tenth():
    found = shop.ranker().recommend(shop.query("U04", photo=21))
    gap = found.items[-1].score - found.eleventh.score
    assert f"{gap:.4f} behind number 10" in found.why_eleventh_lost or "same score" in found.why_eleventh_lost


def test_two_shoppers_get_different_cards_for_the_same_photo():
    lists = [[i.position for i in shop.ranker().recommend(shop.query(u, photo=21)).items] for u in ("U01", "U05")]
    assert lists[0] != lists[1]


def test_because_of_names_purchases():
    shopper = shop.history("U04")
    ids = {f"P{p:03d}" for p in shopper.items}
    items = shop.ranker().recommend(shop.query("U04"), PRESETS["my-style"]).items
    assert any(item.because_of for item in items)
    assert all(set(item.because_of) <= ids for item in items)


def test_more_diversity_makes_cards_less_alike():
    def likeness(dial):
        weights = PRESETS["balanced"].changed("x", diversity=dial)
        rows = shop.embeddings()[
            [i.position for i in shop.ranker().recommend(shop.query("U04", photo=0), weights).items]
        ]
        return np.mean(np.clip(rows @ rows.T, 0, 1))

    assert likeness(0.6) < likeness(0.0)


def test_what_was_learned_is_kept_and_read_again(tmp_path):
    path = tmp_path / "learned.npz"
    first = shop.fitter().fit_kept(shop.purchases(), path)
    second = shop.fitter().fit_kept(shop.purchases().before(np.datetime64("2000-01-01")), path)
    for user in ("new", "U02"):
        np.testing.assert_array_equal(first.values(shop.query(user)), second.values(shop.query(user)))
    path.write_bytes(b"damaged")
    third = shop.fitter().fit_kept(shop.purchases(), path)
    np.testing.assert_array_equal(first.values(shop.query("U02")), third.values(shop.query("U02")))
