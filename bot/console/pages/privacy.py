"""What is stored about an asker, who sees it, for how long, and what their rights are."""

from starlette.requests import Request
from starlette.responses import Response

from bot.console.rendering import Pages
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """The same words for everybody."""

    pages: Pages

    async def show(self, request: Request) -> Response:
        return self.pages.show(request, "privacy.html")
