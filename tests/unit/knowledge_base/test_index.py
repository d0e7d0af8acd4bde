"""The BM25 view."""

from knowledge_base.index import build_view


def test_a_rare_term_counts_more_than_a_common_one() -> None:
    view = build_view([["nvo", "zyma"], ["nvo", "taryba"], ["nvo", "ataskaita"]])

    scores = view.scores(["nvo", "zyma"])

    assert max(scores, key=scores.__getitem__) == 0
    assert view.rarity["zyma"] > view.rarity["nvo"] > 0


def test_a_term_asked_twice_counts_once() -> None:
    view = build_view([["nvo"], ["bo"]])

    assert view.scores(["nvo", "nvo"]) == view.scores(["nvo"])


def test_unknown_terms_and_empty_views_score_nothing() -> None:
    assert build_view([["nvo"]]).scores(["golfas"]) == {}
    assert build_view([]).scores(["nvo"]) == {}
