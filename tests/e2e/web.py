"""The web as a browser or another program speaks to it."""

from typing import TypedDict

import httpx2

from handlers.decision_views import AnswerView

SECONDS = 20.0


class Asked(TypedDict):
    """What `POST /api/questions` answers (CONTRACT, "Web")."""

    reference: str
    decision: str
    answer: AnswerView | None
    token: str
    url: str


def post_question(web: str, question: dict[str, str], *, key: str | None = None) -> httpx2.Response:
    headers = {"Idempotency-Key": key} if key else {}
    return httpx2.post(f"{web}/api/questions", json=question, headers=headers, timeout=SECONDS)


def ask(web: str, text: str, *, key: str | None = None, **more: str) -> Asked:
    """Ask as another program does."""
    answer = post_question(web, {"text": text, **more}, key=key)
    assert answer.status_code == 201, answer.text
    asked: Asked = answer.json()
    return asked


def get(address: str) -> httpx2.Response:
    return httpx2.get(address, timeout=SECONDS)
