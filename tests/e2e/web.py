"""The web as a browser or another program speaks to it."""

from typing import TypedDict

import httpx2

from handlers.decision_views import AnswerView

_SECONDS = 20.0


class Asked(TypedDict):
    """What `POST /api/questions` answers (CONTRACT, "Web")."""

    reference: str
    decision: str
    answer: AnswerView | None
    token: str
    url: str


def browser(web: str) -> httpx2.Client:
    """Open a client; nothing here is encrypted, and reading all certificates takes its time."""
    return httpx2.Client(base_url=web, timeout=_SECONDS, verify=False)


def post_question(web: str, question: dict[str, str], *, key: str | None = None) -> httpx2.Response:
    headers = {"Idempotency-Key": key} if key else {}
    with browser(web) as client:
        return client.post("/api/questions", json=question, headers=headers)


def ask(web: str, text: str, *, key: str | None = None, **more: str) -> Asked:
    """Ask as another program does."""
    answer = post_question(web, {"text": text, **more}, key=key)
    assert answer.status_code == 201, answer.text
    asked: Asked = answer.json()
    return asked


def get(address: str) -> httpx2.Response:
    with browser("") as client:
        return client.get(address)
