"""The BM25 view."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.index import build_pages, build_view


def test_a_rare_term_counts_more_than_a_common_one() -> None:
    view = build_view([["nvo", "zyma"], ["nvo", "taryba"], ["nvo", "ataskaita"]])

    scores = view.scores(["nvo", "zyma"])

    assert scores.argmax() == 0
    assert view.scores(["zyma"])[0] > view.scores(["nvo"])[0] > 0


def test_a_term_asked_twice_counts_once() -> None:
    view = build_view([["nvo"], ["bo"]])

    assert view.scores(["nvo", "nvo"]).tolist() == view.scores(["nvo"]).tolist()


def test_unknown_terms_and_empty_views_score_nothing() -> None:
    assert build_view([["nvo"]]).scores(["golfas"]).tolist() == [0.0]
    assert build_view([]).scores(["nvo"]).tolist() == []


@given(
    st.lists(st.lists(st.sampled_from(["nvo", "bo", "zyma", "ir"]), max_size=5), max_size=6),
    st.lists(st.sampled_from(["nvo", "bo", "golfas"]), max_size=3),
)
def test_pages_score_like_views(documents: list[list[str]], asked: list[str]) -> None:
    everyone = np.arange(len(documents), dtype=np.int32)

    by_term = build_view(documents, split=lambda word: word[:2]).scores(w[:2] for w in asked)
    by_page = build_pages(documents, split=lambda word: word[:2]).scores(
        (w[:2] for w in asked), everyone
    )

    assert np.allclose(by_term, by_page)


def test_terms_of_many_documents_are_added_up_like_those_of_few() -> None:
    documents = [["nvo", f"nr{number}"] for number in range(200)]
    everyone = np.arange(len(documents), dtype=np.int32)
    view, pages = build_view(documents), build_pages(documents)

    for asked in (["nvo"], ["nvo", "nr7"], ["nr7", "nr8"]):
        assert np.allclose(view.scores(asked), pages.scores(asked, everyone))
    assert view.scores(["nvo", "nr7"]).argmax() == 7
    assert np.count_nonzero(view.scores(["nvo"])) == len(documents)
