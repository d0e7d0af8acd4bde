"""Calls and visits written down in a chat: one line in, a card with what was understood out."""

from collections.abc import Sequence
from typing import Final, assert_never

from handlers.consultations import Consultations
from handlers.domain.channels import SPEAKING, Channel
from handlers.domain.errors import HelpdeskError, InvalidError, NotAllowedError, NotFoundError
from handlers.domain.ids import ArticleId
from handlers.domain.messages import Outcome
from handlers.domain.outgoing import Key, Kind, Owed, Values
from handlers.domain.people import Consultant
from handlers.domain.talks import Particulars, Talk, Told
from handlers.domain.tickets import ArticleKind
from handlers.intake import Receipt
from handlers.ports import Clock, OutboxEntry, UnitOfWork
from handlers.staff_room import STAFF_LANGUAGE
from handlers.talk_commands import MendTalk, TalkAct, TellTalk
from handlers.talk_lines import read_talk, split_reference
from handlers.talk_views import talk_view
from handlers.working_time import local_day
from knowledge_base.municipalities import Places
from knowledge_base.values import dataclass

_OFFERED: Final = 3
_REFUSALS = (InvalidError, NotAllowedError, NotFoundError)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkDesk:
    """Takes lines and presses, and answers in the same chat.

    - What was understood is kept at once; the card offers to mend it by a press, or by a reply
      that says what is wrong.
    - Whoever changes the words of their line mends what was understood of it.
    - Of what went to a restricted queue the card shows nothing.
    """

    clock: Clock
    consultations: Consultations

    def carry_out(self, uow: UnitOfWork, command: TellTalk | MendTalk) -> Receipt:
        """Do what was told, or say why not."""
        try:
            who = uow.consultants.by_telegram(command.telegram)
            if who is None:
                raise NotAllowedError("not-a-consultant")
            talk = (
                self._log(uow, who, command)
                if isinstance(command, TellTalk)
                else self._mend(uow, who, command)
            )
        except _REFUSALS as refusal:
            self._refuse(uow, command, refusal)
            return Receipt(outcome=Outcome.IGNORED, reason=refusal.key)
        ticket = uow.tickets.get(talk.ticket)
        return Receipt(outcome=Outcome.FILED, reason=f"{talk.kind}-logged", ticket=ticket)

    def _log(self, uow: UnitOfWork, who: Consultant, command: TellTalk) -> Talk:
        named, line = split_reference(command.line)
        number = named or command.ticket
        ticket = uow.tickets.get(number) if number is not None else None
        told = self._read(line, command.kind)
        talk = self.consultations.log(
            uow, who, command.kind, told, ticket=ticket, external_id=command.message
        )
        if command.edited:
            talk = self.consultations.mend(uow, who, talk.article, told)
        values = {
            **self._values(uow, talk, told.municipalities),
            "thread": command.thread,
            "about": command.message,
        }
        self._owe(uow, command, Key.STAFF_TALK, values, once=command.message, talk=talk)
        if command.edited:
            self._restate(uow, talk, values)
        return talk

    def _restate(self, uow: UnitOfWork, talk: Talk, values: Values) -> None:
        """Let the card of a line whose words were changed say what is understood now."""
        for row in uow.outbox.of_ticket(talk.ticket):
            if (row.key, row.article, row.kind) == (
                Key.STAFF_TALK,
                talk.article,
                Kind.STAFF_MESSAGE,
            ):
                uow.outbox.restate(row.id, values, at=self.clock.now())

    def _mend(self, uow: UnitOfWork, who: Consultant, command: MendTalk) -> Talk:
        card, number = _card(uow, command)
        told = Told()
        match command.act:
            case None:
                talk = self.consultations.of(uow, who, number)
                told = self._read(command.line, talk.kind)
            case TalkAct.MINUTES:
                told = Told(about=Particulars(minutes=int(command.argument)))
            case TalkAct.PLACE:
                told = Told(municipalities=(self._place(command.argument),))
            case TalkAct.TOPIC:
                told = Told(queue=command.argument)
            case TalkAct.SUMMARY:
                self.consultations.summarise(uow, who, number)
            case TalkAct.DROP:
                talk = self.consultations.of(uow, who, number)
                self.consultations.drop(uow, who, number)
                uow.outbox.restate(card.id, {"dropped": "yes"}, at=self.clock.now())
                return talk
            case _:
                assert_never(command.act)
        talk = (
            self.consultations.of(uow, who, number)
            if command.act is TalkAct.SUMMARY
            else self.consultations.mend(uow, who, number, told)
        )
        values = self._values(uow, talk, told.municipalities)
        uow.outbox.restate(card.id, values, at=self.clock.now())
        return talk

    def _read(self, line: str, kind: ArticleKind) -> Told:
        today = local_day(self.clock.now())
        return read_talk(line, kind, places=self._places, today=today)

    @property
    def _places(self) -> Places:
        return self.consultations.answers.knowledge().places

    def _place(self, number: str) -> str:
        """Return the municipality of a button, by its place among the official names."""
        known = self._places.officials
        if not number.isdecimal() or not 0 < int(number) <= len(known):
            raise InvalidError("no-such-place", field="place")
        return known[int(number) - 1]

    def _values(self, uow: UnitOfWork, talk: Talk, meant: Sequence[str]) -> Values:
        """Collect what the card shows and offers; what it offers no more is empty."""
        ticket = uow.tickets.get(talk.ticket)
        consultations, view = self.consultations, talk_view(uow, talk)
        known = {"reference": ticket.reference, "kind": talk.kind.value, "talk": str(talk.article)}
        if consultations.access.is_restricted(ticket.queue):
            return {**known, "hidden": "yes"}
        meant = meant if len(meant) > 1 else ()
        likely = consultations.topics(talk) if ticket.channel in SPEAKING else ()
        topics = [each for each in likely if each != ticket.queue]
        queue = consultations.access.queues.get(ticket.queue)
        values: dict[str, str | int] = {
            **known,
            "held_on": view["held_on"],
            "name": view["name"],
            "organisation": view["organisation"],
            "municipality": view["municipality"],
            "queue": queue.title if queue else ticket.queue,
            "minutes": str(view["minutes"] or ""),
            "participants": str(view["participants"] or ""),
            "place": view["place"],
            "advice": view["advice"],
            "reachable": "yes" if consultations.reactions.askers.can_reach(uow, ticket) else "",
        }
        numbers = {name: number for number, name in enumerate(self._places.officials, 1)}
        for number in range(1, _OFFERED + 1):
            place = meant[number - 1] if number <= len(meant) else ""
            topic = topics[number - 1] if number <= len(topics) else ""
            values |= {f"place{number}": place, f"topic{number}": topic}
            values[f"place{number}_id"] = str(numbers[place]) if place else ""
        return values

    # Telling ---------------------------------------------------------------------------------

    def _refuse(
        self, uow: UnitOfWork, command: TellTalk | MendTalk, refusal: HelpdeskError
    ) -> None:
        thread = command.thread if isinstance(command, TellTalk) else ""
        once = (
            f"{command.message}:{command.edited}" if isinstance(command, TellTalk) else command.once
        )
        values = {**refusal.values, "refusal": refusal.key, "thread": thread}
        self._owe(uow, command, Key.REFUSED, values, once=once)

    def _owe(
        self,
        uow: UnitOfWork,
        command: TellTalk | MendTalk,
        key: Key,
        values: Values,
        *,
        once: str,
        talk: Talk | None = None,
    ) -> None:
        uow.outbox.owe(
            Owed(
                kind=Kind.STAFF_MESSAGE,
                channel=Channel.TELEGRAM,
                to=command.chat,
                key=key,
                values=values,
                language=STAFF_LANGUAGE,
                at=self.clock.now(),
                ticket=talk.ticket if talk else None,
                article=talk.article if talk else None,
                once=f"{key}:{once}",
            )
        )


def _card(uow: UnitOfWork, command: MendTalk) -> tuple[OutboxEntry, ArticleId]:
    """Return the card and its talk; a button counts only under its own card."""
    card = uow.outbox.find_sent(channel=Channel.TELEGRAM, external_ids=[command.shown])
    if card is None or card.key != Key.STAFF_TALK or card.to != command.chat:
        raise NotFoundError("no-such-talk")
    if card.article is None or command.article not in {None, card.article}:
        raise NotFoundError("no-such-talk")
    return card, card.article
