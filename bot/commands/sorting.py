"""`helpdesk desk merge`, `split`, `link`, `tag` and the like: tickets kept in order."""

from collections.abc import Callable, Sequence

from bot.app import App, open_desk
from bot.commands.output import named
from bot.commands.tickets import print_done, ticket_id, view_of
from bot.settings import load_settings
from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.people import Consultant
from handlers.domain.tickets import Priority
from handlers.merging import Merging
from handlers.ports import UnitOfWork
from handlers.sorting import Sorting
from handlers.splitting import Splitting
from handlers.staff import require
from knowledge_base.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """One act: who does it to which ticket, with all it may need."""

    app: App
    uow: UnitOfWork
    ticket: TicketId
    who: Consultant

    @property
    def merging(self) -> Merging:
        """Joining and parting."""
        reactions = self.app.desk.reactions
        return Merging(clock=self.app.clock, access=self.app.access, reactions=reactions)

    @property
    def splitting(self) -> Splitting:
        """Taking a message out."""
        reactions = self.app.desk.reactions
        return Splitting(clock=self.app.clock, access=self.app.access, reactions=reactions)

    @property
    def sorting(self) -> Sorting:
        """Marks and links."""
        reactions = self.app.desk.reactions
        return Sorting(clock=self.app.clock, access=self.app.access, reactions=reactions)


def merge(reference: str, into: str, *, email: str, as_json: bool) -> None:
    """Let a ticket go on in another; print that."""

    def work(act: Acting) -> TicketId:
        return act.merging.merge(act.uow, act.ticket, ticket_id(into), act.who).id

    _act(reference, email, work, as_json=as_json)


def unmerge(reference: str, *, email: str, as_json: bool) -> None:
    """Part a ticket from the one it goes on in."""
    _act(
        reference,
        email,
        lambda act: act.merging.unmerge(act.uow, act.ticket, act.who).id,
        as_json=as_json,
    )


def split(reference: str, article: int, *, email: str, as_json: bool) -> None:
    """Make a message a ticket of its own; print that."""

    def work(act: Acting) -> TicketId:
        return act.splitting.split(act.uow, act.ticket, ArticleId(article), act.who).id

    _act(reference, email, work, as_json=as_json)


def link(reference: str, to: str, *, email: str, remove: bool, as_json: bool) -> None:
    """Tie two tickets, or untie them."""

    def work(act: Acting) -> TicketId:
        tie = act.sorting.unlink if remove else act.sorting.link
        tie(act.uow, act.ticket, ticket_id(to), act.who)
        return act.ticket

    _act(reference, email, work, as_json=as_json)


def tag(reference: str, tags: Sequence[str], *, email: str, remove: bool, as_json: bool) -> None:
    """Put words on a ticket, or take them away."""

    def work(act: Acting) -> TicketId:
        mark = act.sorting.untag if remove else act.sorting.tag
        for each in tags:
            mark(act.uow, act.ticket, each, act.who)
        return act.ticket

    _act(reference, email, work, as_json=as_json)


def prioritise(reference: str, priority: str, *, email: str, as_json: bool) -> None:
    """Say how urgent a ticket is."""
    wanted = named(Priority, priority, field="priority")

    def work(act: Acting) -> TicketId:
        return act.sorting.prioritise(act.uow, act.ticket, wanted, act.who).id

    _act(reference, email, work, as_json=as_json)


def watch(reference: str, *, email: str, stop: bool, as_json: bool) -> None:
    """Let a consultant be told of every new article, or no more."""

    def work(act: Acting) -> TicketId:
        mark = act.sorting.unwatch if stop else act.sorting.watch
        mark(act.uow, act.ticket, act.who)
        return act.ticket

    _act(reference, email, work, as_json=as_json)


def _act(reference: str, email: str, work: Callable[[Acting], TicketId], *, as_json: bool) -> None:
    with open_desk(load_settings()) as app, app.units.begin() as uow:
        who = require(uow, email)
        shown = work(Acting(app=app, uow=uow, ticket=ticket_id(reference), who=who))
        view = view_of(app, uow, shown)
        uow.commit()
    print_done(view, as_json=as_json)
