"""Consultants keep tickets in order from a chat: merge, part, split, link, tag, rank, watch."""

from handlers.commands import StaffAct
from handlers.desk import Desk
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.outgoing import Values
from handlers.domain.people import Consultant
from handlers.domain.tickets import Priority, Ticket, parse_reference
from handlers.merging import Merging
from handlers.ports import Clock, UnitOfWork
from handlers.sorting import Sorting
from handlers.splitting import Splitting
from knowledge_base.values import dataclass

SORTING_ACTS = frozenset({"merge", "unmerge", "split", "link", "tag", "rank", "watch"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSorting:
    """Does one of `SORTING_ACTS`, and says what a chat is told of it.

    Ranking and watching are switches: once more takes them back.
    """

    clock: Clock
    desk: Desk

    def carry_out(
        self, uow: UnitOfWork, ticket: Ticket, press: StaffAct, who: Consultant
    ) -> Values:
        """Do it.

        Raises:
            HelpdeskError: it is refused.
        """
        what, other = press.act, ""
        clock, access, reactions = self.clock, self.desk.access, self.desk.reactions
        match press.act:
            case "merge" | "unmerge":
                merging = Merging(clock=clock, access=access, reactions=reactions)
                if press.act == "merge":
                    other = merging.merge(uow, ticket.id, _other(press), who).reference
                else:
                    merging.unmerge(uow, ticket.id, who)
            case "split":
                splitting = Splitting(clock=clock, access=access, reactions=reactions)
                other = splitting.split(uow, ticket.id, _article(press, ticket), who).reference
            case _:
                sorting = Sorting(clock=clock, access=access, reactions=reactions)
                what, other = self._mark(uow, sorting, ticket, press, who)
        return {"reference": ticket.reference, "done": what, "other": other}

    def _mark(
        self, uow: UnitOfWork, sorting: Sorting, ticket: Ticket, press: StaffAct, who: Consultant
    ) -> tuple[str, str]:
        match press.act:
            case "link":
                sorting.link(uow, ticket.id, _other(press), who)
                return "link", press.argument.upper()
            case "tag":
                for word in press.argument.split() or ("",):
                    sorting.tag(uow, ticket.id, word, who)
                return "tag", press.argument
            case "rank":
                urgent = ticket.priority is Priority.HIGH
                level = Priority.NORMAL if urgent else Priority.HIGH
                sorting.prioritise(uow, ticket.id, level, who)
                return f"rank-{level}", ""
            case _:
                if who.id in uow.marks.watchers(ticket.id):
                    sorting.unwatch(uow, ticket.id, who)
                    return "unwatch", ""
                sorting.watch(uow, ticket.id, who)
                return "watch", ""


def _other(press: StaffAct) -> TicketId:
    found = parse_reference(press.argument) or parse_reference(f"NVO-{press.argument}")
    if found is None:
        raise NotFoundError("no-such-ticket", reference=press.argument or "NVO-…")
    return found


def _article(press: StaffAct, ticket: Ticket) -> ArticleId:
    if not press.argument.isdecimal():
        raise InvalidError("not-a-message", field="article", reference=ticket.reference)
    return ArticleId(int(press.argument))
