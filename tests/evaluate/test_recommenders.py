"""One contract suite over all baselines, and metrics, splits, intervals and the report."""

from __future__ import annotations

import numpy as np
import pytest

from smartrec.errors import TableError
from smartrec.evaluate.asking import ask_with_picture
from smartrec.evaluate.baselines import BASELINES, TRIALS
from smartrec.evaluate.bootstrap import interval, resampled_means
from smartrec.evaluate.metrics import coverage, intra_list_diversity, novelty, rank_metrics, top_lists
from smartrec.evaluate.recommender import Recommender, history_matrix
from smartrec.evaluate.run import evaluate
from smartrec.evaluate.splits import rolling_dates, validation_dates, windows
from smartrec.recommend.similarity import EmbeddingSimilarity
from tests.recommend import shop

QUERIES = [shop.query(user) for user in ("U01", "U02", "U11")]


@pytest.fixture(scope="module", params=BASELINES)
def model(request) -> Recommender:
    return BASELINES[request.param]().fit(shop.purchases(), shop.fitter().content)


def test_a_recommender_has_its_name_and_no_more_trials_than_the_others(model):
    assert BASELINES[model.name] is type(model)
    assert 1 <= len(model.grid) <= TRIALS
    assert all(type(model)(**settings) is not None for settings in model.grid)


def test_scores_are_finite_one_row_a_query(model):
    scores = model.score(QUERIES)
    assert scores.shape == (3, 90) and scores.dtype == np.float32
    assert np.isfinite(scores).all() and scores.any()


def test_a_query_is_scored_the_same_alone_and_among_others(model):
    np.testing.assert_allclose(model.score(QUERIES)[1:2], model.score(QUERIES[1:2]), rtol=1e-3, atol=1e-4)


def test_an_unknown_shopper_gets_no_personal_scores(model):
    row = model.score([shop.query("new")])[0]
    personal = model.name in ("item-knn", "als", "bpr", "ease", "tfidf-content")
    assert row.any() != personal


def test_ndcg_recall_and_mrr_agree_with_ir_measures():
    import ir_measures
    from ir_measures import RR, R, Success, nDCG

    rng = np.random.default_rng(0)
    lists = np.stack([rng.choice(90, 10, replace=False) for _ in range(40)])
    wanted = [rng.choice(90, size=int(rng.integers(1, 15)), replace=False) for _ in range(40)]
    ours = rank_metrics(lists, wanted)
    qrels = [ir_measures.Qrel(str(q), str(p), 1) for q, row in enumerate(wanted) for p in row]
    run = [ir_measures.ScoredDoc(str(q), str(p), 10.0 - i) for q, row in enumerate(lists) for i, p in enumerate(row)]
    for column, measure in enumerate((nDCG @ 10, Success @ 10, R @ 10, RR @ 10)):
        theirs = {m.query_id: m.value for m in ir_measures.iter_calc([measure], qrels, run)}
        np.testing.assert_allclose(ours[:, column], [theirs[str(q)] for q in range(40)], atol=1e-9)


def test_lists_leave_out_what_is_owned_and_end_with_none():
    scores = np.arange(12, dtype=np.float32)[None, :]
    found = top_lists(scores, [np.array([11, 3, 2, 1, 0])])
    assert found.tolist() == [[10, 9, 8, 7, 6, 5, 4, -1, -1, -1]]


def test_coverage_diversity_and_novelty_of_known_lists():
    lists = np.array([[0, 1, -1], [0, 2, 3]])
    assert coverage(lists, 8) == 0.5
    same = intra_list_diversity(lists, EmbeddingSimilarity(np.ones((4, 1), np.float32)))
    other = intra_list_diversity(lists, EmbeddingSimilarity(np.eye(4, dtype=np.float32)))
    assert same.tolist() == [0.0, 0.0] and other.tolist() == [1.0, 1.0]
    assert novelty(lists, np.array([4, 2, 1, 1])).tolist() == [1.5, pytest.approx(7 / 3)]


def test_windows_know_the_past_alone_and_want_the_new_alone():
    found = shop.purchases()
    dates = rolling_dates(found.times)
    assert len(dates) == 7 and (np.diff(dates) > np.timedelta64(0)).all()
    for window in windows(found, dates):
        assert (window.past.times < window.start).all()
        for case in window.cases:
            assert (case.query.history.times < window.start).all()
            assert not set(case.wanted) & set(case.owned)
            assert len(case.wanted)
    asked = sum(len(w.past.between(w.start, w.end)) for w in windows(found, dates))
    assert asked == 0
    last = windows(found, dates)[-1]
    assert last.end > found.times[-1]


def test_validation_ends_where_the_test_begins():
    times = shop.purchases().times
    first = rolling_dates(times)[0]
    before = validation_dates(times, first)
    assert before[-1] == first and before[0] < first


def test_too_few_purchases_are_refused():
    with pytest.raises(TableError, match="Received: 10"):
        rolling_dates(shop.purchases().times[:10])


def test_history_matrix_holds_the_newest_purchase_of_a_product():
    matrix = history_matrix(QUERIES, 90, 30.0)
    assert matrix.shape == (3, 90)
    assert (matrix.data > 0).all() and (matrix.data <= 1).all()
    assert matrix.nnz == sum(len(np.unique(query.history.items)) for query in QUERIES)


def test_intervals_hold_the_mean_and_narrow_with_more_cases():
    rng = np.random.default_rng(0)
    widths = []
    for n in (50, 2000):
        values = rng.random((n, 1))
        found = interval(values.mean(), resampled_means(values)[:, 0])
        assert found["low"] < found["value"] < found["high"]
        widths.append(found["high"] - found["low"])
    assert widths[1] < widths[0] / 3


def test_cases_of_one_shopper_are_drawn_together():
    values = np.repeat(np.array([[0.0], [1.0]] * 10), 50, axis=0)
    groups = np.repeat(np.arange(20), 50)
    alone = resampled_means(values).std()
    together = resampled_means(values, groups).std()
    assert together > 3 * alone


@pytest.fixture(scope="module")
def report():
    show = ask_with_picture(
        lambda position, rng: np.full((1, 1, 3), position, np.uint8),
        lambda rgb: (shop.finding(int(rgb[0, 0, 0])), shop.photo_tags(int(rgb[0, 0, 0]))),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("smartrec.evaluate.tune.TRIALS", 1)  # the report has the same shape, six times as soon
        return evaluate(shop.catalog(), shop.transactions(), shop.fitter(), show=show)


def test_the_report_has_rows_of_both_tasks_with_ordered_intervals(report):
    assert {row["task"] for row in report["rows"]} == {"history", "query"}
    assert {"baseline", "signal", "hybrid", "ablation"} == {row["kind"] for row in report["rows"]}
    assert set(BASELINES) <= {row["model"] for row in report["rows"]}
    for row in report["rows"]:
        assert row["split"] in ("validation", "test") and row["segment"] in ("all", "new", "light", "heavy")
        assert row["n_users"] > 0
        for name in ("ndcg@10", "hr@10", "recall@10", "mrr@10", "coverage@10", "diversity@10"):
            assert row[name]["low"] <= row[name]["value"] + 1e-9 and row[name]["value"] <= row[name]["high"] + 1e-9
    assert len(report["dates"]) == 7 and report["seconds"] > 0
    assert report["model_hash"].startswith("sha256:")


def test_the_report_pairs_the_hybrid_with_every_other_model(report):
    pairs = {(pair["task"], pair["hybrid_minus"]) for pair in report["paired"] if pair["segment"] == "all"}
    assert {("history", name) for name in BASELINES} <= pairs
    assert ("query", "query-only") in pairs
    value = {(r["task"], r["model"], r["segment"], r["split"]): r["ndcg@10"]["value"] for r in report["rows"]}
    for pair in report["paired"]:
        key = (pair["task"], pair["hybrid_minus"], pair["segment"], "test")
        ours = value[(pair["task"], "hybrid", pair["segment"], "test")]
        assert pair["ndcg@10"]["value"] == pytest.approx(ours - value[key], abs=1e-9)


def test_queries_with_pictures_are_reported_beside_those_with_words(report):
    pictures = report["pictures"]
    rows = {row["model"]: row for row in pictures["rows"] if row["segment"] == "all"}
    assert {row["task"] for row in pictures["rows"]} == {"query"}
    assert {"hybrid", "query-only", "look alone", "without look"} <= set(rows)
    assert "words alone" not in rows
    (line,) = pictures["summary"]
    assert line["ratio"] == pytest.approx(rows["hybrid"]["ndcg@10"]["value"] / rows["query-only"]["ndcg@10"]["value"])
    assert set(report["weights"]) == {"history", "query", "pictures"}
