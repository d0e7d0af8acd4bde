"""The funder's figures: one row for each consultation, first answers in working days, no names."""

from datetime import date

from handlers.domain.organisations import AskerType, Details
from handlers.reports import AnsweredBy, Consultation, Reports, organisations_in
from tests.builders import NOON, a_mail, an_answer, mail_of, unsure, words
from tests.wired import WiredDesk


def test_each_consultation_of_the_period_is_one_row(desk: WiredDesk) -> None:
    who = desk.hire()
    answered = desk.ticket_of(a_mail(decision=an_answer(), external_id="<1@nvo.lt>"))
    asked = desk.ticket_of(
        a_mail(
            decision=unsure("mokymai", municipality="Kauno r. sav."),
            external_id="<2@nvo.lt>",
            sender=mail_of("rita@upe.lt"),
            programme="Aktyvūs miestai",
        )
    )
    known = desk.do(
        lambda uow: uow.organisations.add(Details(name="Upė", kind=AskerType.NGO), at=NOON).id
    )
    desk.do(lambda uow: uow.people.ask_for(asked.requester, AskerType.NGO, known))
    desk.clock.move(days=7)
    desk.do(lambda uow: desk.desk.reply(uow, asked.id, who, words()))
    desk.ticket_of(a_mail(external_id="<3@nvo.lt>", received_at=desk.clock.now()))

    rows = desk.do(
        lambda uow: Reports(working_time=desk.reactions.working_time).consultations(
            uow, first=date(2026, 3, 2), last=date(2026, 3, 8)
        )
    )

    assert rows == [
        Consultation(
            reference=answered.reference,
            asked_on=date(2026, 3, 2),
            municipality="",
            asker_type="",
            organisation=None,
            channel="mail",
            language="lt",
            queue="steigimas",
            topic="steigimas",
            programme="",
            consultant="",
            answered_by=AnsweredBy.FAQ,
            first_reply_days=0,
            messages=2,
            outcome="answered",
        ),
        Consultation(
            reference=asked.reference,
            asked_on=date(2026, 3, 2),
            municipality="Kauno r. sav.",
            asker_type="nvo",
            organisation=known,
            channel="mail",
            language="lt",
            queue="mokymai",
            topic="mokymai",
            programme="Aktyvūs miestai",
            consultant=who.email,
            answered_by=AnsweredBy.PERSON,
            first_reply_days=5,
            messages=2,
            outcome="waiting",
        ),
    ]
    assert organisations_in([*rows, *rows]) == 1
