"""Acts of a ticket's page that keep tickets in order: merging, splitting, links and marks."""

from collections.abc import Mapping

from bot.console.site import Site
from handlers.domain.errors import InvalidError, NotFoundError
from handlers.domain.ids import ArticleId, TicketId
from handlers.domain.people import Consultant
from handlers.domain.tickets import Priority, parse_reference
from handlers.merging import Merging
from handlers.ports import UnitOfWork
from handlers.sorting import Sorting
from handlers.splitting import Splitting
from knowledge_base.values import dataclass

SORTING_ACTS = frozenset(
    {"merge", "unmerge", "split", "link", "unlink", "tag", "untag", "priority", "watch", "unwatch"}
)
Form = Mapping[str, str]
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class SortingActs:
    """Does what a form of the page asks for, and says which ticket to show then."""

    site: Site

    def carry_out(
        self, uow: UnitOfWork, ticket: TicketId, who: Consultant, act: str, form: Form
    ) -> TicketId:
        """Do one of `SORTING_ACTS`.

        Raises:
            HelpdeskError: it is refused.
        """
        merging, sorting = self._merging, self._sorting
        match act:
            case "merge":
                return merging.merge(uow, ticket, _other(form), who).id
            case "unmerge":
                return merging.unmerge(uow, _other(form, ticket), who).id
            case "split":
                self._splitting.split(uow, ticket, _article(form), who)
            case "link":
                sorting.link(uow, ticket, _other(form), who)
            case "unlink":
                sorting.unlink(uow, ticket, _other(form), who)
            case "tag":
                sorting.tag(uow, ticket, form.get("tag", ""), who)
            case "untag":
                sorting.untag(uow, ticket, form.get("tag", ""), who)
            case "priority":
                sorting.prioritise(uow, ticket, _priority(form), who)
            case "watch":
                sorting.watch(uow, ticket, who)
            case _:
                sorting.unwatch(uow, ticket, who)
        return ticket

    @property
    def _merging(self) -> Merging:
        desk = self.site.desk
        return Merging(clock=self.site.clock, access=desk.access, reactions=desk.reactions)

    @property
    def _splitting(self) -> Splitting:
        desk = self.site.desk
        return Splitting(clock=self.site.clock, access=desk.access, reactions=desk.reactions)

    @property
    def _sorting(self) -> Sorting:
        desk = self.site.desk
        return Sorting(clock=self.site.clock, access=desk.access, reactions=desk.reactions)


def _other(form: Form, usual: TicketId | None = None) -> TicketId:
    """Read the other ticket's number; whoever types it may leave `NVO-` out."""
    given = form.get("other", "").strip()
    if not given and usual is not None:
        return usual
    found = parse_reference(given) or parse_reference(f"NVO-{given}")
    if found is None:
        raise NotFoundError("no-such-ticket", reference=given)
    return found


def _article(form: Form) -> ArticleId:
    given = form.get("article", "")
    if not given.isdecimal() or len(given) > _LONGEST:
        raise InvalidError("not-a-message", field="article", reference="")
    return ArticleId(int(given))


def _priority(form: Form) -> Priority:
    given = form.get("priority", "")
    if given not in {each.value for each in Priority}:
        raise InvalidError("no-such-priority", field="priority", priority=given)
    return Priority(given)
