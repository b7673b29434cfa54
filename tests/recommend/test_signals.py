"""One contract suite over all signals, then what each of them is for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from smartrec.recommend.base import SIGNALS, Query, Signal
from smartrec.recommend.demand import segment_of
from smartrec.shoppers.schema import History
from tests.recommend import shop

QUERIES = {
    "history": lambda: shop.query(),
    "photo": lambda: shop.query("new", photo=3),
    "words": lambda: shop.query("new", parsed=shop.words("red", "striped", category="Coat")),
    "all": lambda: shop.query("U07", photo=8, parsed=shop.words("blue"), liked=(4,), disliked=(5,)),
}
NOTHING = Query(history=History.empty("new"), now=shop.NOW)


@pytest.fixture(params=SIGNALS)
def signal(request) -> Signal:
    return shop.ranker().signals[request.param]


@pytest.mark.parametrize("asked", QUERIES)
def test_scores_are_aligned_float32_in_0_1(signal, asked):
    scores = signal.score(QUERIES[asked]())
    assert scores.shape == (90,) and scores.dtype == np.float32
    assert np.isfinite(scores).all() and scores.min() >= 0.0 and scores.max() <= 1.0


def test_scoring_twice_gives_the_same_and_changes_nothing(signal):
    query = QUERIES["all"]()
    first = signal.score(query).copy()
    signal.score(QUERIES["photo"]())
    np.testing.assert_array_equal(first, signal.score(query))


def test_a_signal_that_knows_nothing_is_zero(signal):
    scores = signal.score(NOTHING)
    assert scores.any() == (signal.name == "popularity")


def test_a_shop_without_purchases_gives_zeros_not_noise(signal):
    empty = shop.fitter().fit(shop.purchases().before(np.datetime64("2000-01-01")))
    scores = empty.signals[signal.name].score(NOTHING)
    assert not scores.any()


@pytest.mark.parametrize("asked", QUERIES)
def test_because_names_past_or_liked_products_with_shares_that_add_up(signal, asked):
    query = QUERIES[asked]()
    best = np.argsort(-signal.score(query))[:5]
    because = signal.because(query, best)
    assert set(because.items.tolist()) <= {*query.history.items.tolist(), *query.liked}
    assert because.shares.shape == (len(because.items), 5) and (because.shares >= 0.0).all()
    total = because.shares.sum(axis=0)
    np.testing.assert_allclose(total[total > 0.0], 1.0, atol=1e-5)
    assert (signal.name in ("history", "taste") and asked in ("history", "all")) == (total > 0.0).any()


def test_because_of_many_products_is_that_of_each_alone(signal):
    query, positions = QUERIES["all"](), np.array([3, 50, 4, 89])
    together = signal.because(query, positions)
    for place, position in enumerate(positions):
        alone = signal.because(query, np.array([position]))
        np.testing.assert_array_equal(together.items, alone.items)
        np.testing.assert_allclose(together.shares[:, place], alone.shares[:, 0], atol=1e-6)


def test_purchases_after_now_change_nothing(signal):
    query = shop.query("U03")
    late = History(
        "U03",
        np.r_[query.history.items, 77],
        np.r_[query.history.times, shop.NOW + np.timedelta64(3, "D")],
        np.r_[query.history.quantities, 1],
    )
    if signal.name != "popularity":
        np.testing.assert_array_equal(signal.score(query), signal.score(replace(query, history=late)))


def score(name, query):
    return shop.ranker().signals[name].score(query)


def test_look_prefers_the_product_in_the_photo():
    assert int(np.argmax(score("look", shop.query(photo=11)))) == 11


def test_look_counts_great_likeness_far_more_than_some():
    query = shop.query("new", photo=11)
    cosines = shop.embeddings() @ query.finding.embedding
    scores = score("look", query)
    half = np.argmin(np.abs(cosines - (cosines.mean() + cosines.max()) / 2))
    assert scores.max() == 1.0 and 0.0 < scores[half] < 0.15
    order = np.argsort(cosines)
    assert (np.diff(scores[order]) >= 0.0).all()


def test_look_follows_likes_and_flees_dislikes():
    liked = score("look", shop.query("new", liked=(11,)))
    both = score("look", shop.query("new", liked=(11,), disliked=(12,)))
    assert int(np.argmax(liked)) == 11
    assert both[12] < liked[12] or liked[12] == 0.0


def test_category_of_the_words_wins_over_the_photo():
    scores = score("category", shop.query(photo=0, parsed=shop.words(category="Jeans")))
    jeans = shop.catalog().categories == "Jeans"
    assert (scores[jeans] == 1.0).all() and not scores[~jeans].any()


def test_categories_of_the_photo_count_as_they_are_probable():
    query = shop.query(photo=0)
    scores = score("category", query)
    tees = shop.catalog().categories == "Tee"
    assert (scores[tees] == 1.0).all()
    np.testing.assert_allclose(scores[~tees], 0.05 / 0.8, rtol=1e-5)
    probabilities = {name: 0.22 if name == "Tee" else 0.195 for name in shop.CATEGORIES}
    unsure = replace(query.finding, heads={**query.finding.heads, "category": probabilities})
    assert 0.85 < score("category", replace(query, finding=unsure))[~tees].max() < 0.9


def test_tags_put_the_color_of_the_photo_first():
    scores = score("tags", shop.query(photo=0))
    red = shop.catalog().table["color"].to_numpy() == "red"
    assert scores[red].min() > scores[~red].max()


def test_a_color_in_words_stands_for_the_color_of_the_photo():
    scores = score("tags", shop.query(photo=0, parsed=shop.words("blue")))
    colors = shop.catalog().table["color"].to_numpy(dtype=object)
    striped = np.array(["striped" in tags and "cotton" not in tags for tags in shop.catalog().tags])
    assert len(np.unique(scores[striped & (colors != "blue")].round(5))) == 1
    assert scores[colors == "blue"].min() > scores[colors != "blue"].max()


def test_a_color_ruled_out_silences_the_color_of_the_photo():
    scores = score("tags", shop.query(photo=0, parsed=shop.words(excluded=("red",))))
    striped = np.array(["striped" in tags and "cotton" not in tags for tags in shop.catalog().tags])
    assert len(np.unique(scores[striped].round(5))) == 1


def test_words_want_all_the_tags():
    scores = score("words", shop.query("new", parsed=shop.words("red", "striped")))
    both = np.array([{"red", "striped"} <= set(tags) for tags in shop.catalog().tags])
    assert scores[both].min() > scores[~both].max()


def test_taste_prefers_what_the_shopper_buys_more_of_than_others():
    loved = shop.CATEGORIES[1]
    scores = score("taste", shop.query("U01"))
    mine = shop.catalog().categories == loved
    assert scores[mine].mean() > scores[~mine].mean() + 0.05


def test_a_like_and_a_dislike_move_taste_at_once():
    before = score("taste", shop.query("U01"))
    liked = score("taste", shop.query("U01", liked=(2,)))
    disliked = score("taste", shop.query("new", disliked=(2,)))
    coats = shop.catalog().categories == "Coat"
    assert liked[coats].mean() > before[coats].mean()
    assert disliked[coats].mean() < disliked[~coats].mean()


def test_history_scores_what_was_bought_together():
    scores = score("history", shop.query("U01"))
    assert scores.any()
    model = shop.ranker().signals["history"]._model
    assert not scores[np.asarray(model.neighbors_[shop.history("U01").items].sum(axis=0)).ravel() == 0].any()


def test_popularity_differs_by_experience():
    values = [score("popularity", shop.query(user)) for user in ("new", "U01")]
    assert segment_of(0) != segment_of(len(np.unique(shop.history("U01").items)))
    assert not np.array_equal(*values)
    assert values[0].max() == 1.0
