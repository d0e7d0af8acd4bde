"""The pages behind the sign-in, under their addresses."""

from datetime import timedelta

from starlette.routing import BaseRoute, Route

from bot.console.door import SIGN_IN, Door
from bot.console.pages.agreements import AgreementsPage
from bot.console.pages.attendance import AttendancePage
from bot.console.pages.cards import card_routes
from bot.console.pages.deliverables import DeliverablePages
from bot.console.pages.desk_list import ListPage
from bot.console.pages.desk_review import ReviewPage
from bot.console.pages.desk_ticket import TicketPage
from bot.console.pages.duty import DutyPage
from bot.console.pages.mentorships import MentorshipPages
from bot.console.pages.sign_in import SignInPage
from bot.console.pages.talks import TalkPages
from bot.console.rate import RateLimiter
from bot.console.rendering import Pages
from bot.console.site import Site
from handlers.policy import Limit

_SIGN_IN_LIMITS = (Limit(10, timedelta(minutes=15)),)


def console_routes(site: Site, pages: Pages) -> list[BaseRoute]:
    """Put the pages for consultants together."""
    door = Door(site)
    sign_in = SignInPage(site, pages, door, RateLimiter(_SIGN_IN_LIMITS))
    tickets = ListPage(site, pages)
    ticket = TicketPage(site, pages)
    talks = TalkPages(site, pages)
    agreements = AgreementsPage(site, pages)
    review = ReviewPage(site, pages)
    at = "/console/tickets/{reference}"
    return [
        Route("/console", door.guard(tickets.show)),
        Route(SIGN_IN, sign_in.show),
        Route(SIGN_IN, sign_in.post, methods=["POST"]),
        Route("/console/sign-out", sign_in.leave, methods=["POST"]),
        Route("/console/talk", door.guard(talks.show)),
        Route("/console/talk", door.guard(talks.post), methods=["POST"]),
        Route("/console/talks/{number}/{act}", door.guard(talks.act), methods=["POST"]),
        Route(at + "/missed", door.guard(talks.missed), methods=["POST"]),
        Route(at + "/agreements", door.guard(agreements.show)),
        Route(at + "/agreements/{act}", door.guard(agreements.act), methods=["POST"]),
        *card_routes(site, pages, door),
        Route(at, door.guard(ticket.show)),
        Route(at + "/files/{sha256}", door.guard(ticket.file)),
        Route(at + "/review", door.guard(review.show)),
        Route(at + "/review", door.guard(review.act), methods=["POST"]),
        Route(at + "/{act}", door.guard(ticket.act), methods=["POST"]),
        *MentorshipPages(site, pages).routes(door),
        *DutyPage(site, pages).routes(door),
        *DeliverablePages(site, pages).routes(door),
        *AttendancePage(site, pages).routes(door),
    ]
