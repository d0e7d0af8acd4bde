"""Composition root: opens the resources and wires the use cases by hand."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta

from bot.clock import CarriedClock, SystemClock
from bot.database import Database
from bot.errors import ConfigurationError, SchemaError
from bot.knowledge import Knowledge
from bot.settings import Settings
from bot.signing import page_address, signing_keys
from bot.staff_rooms import open_staff_room
from bot.texts import Texts, load_texts
from bot.units import Units
from handlers.access import Access
from handlers.alerts import Alerts
from handlers.answers import Answers
from handlers.askers import Askers
from handlers.assigning import Assigning
from handlers.choices import Choices
from handlers.closing_calls import ClosingCalls
from handlers.curation import Curation
from handlers.deadline_watch import DeadlineWatch
from handlers.deadlines import Deadlines
from handlers.deliveries import Backoff, Deliveries
from handlers.desk import Desk
from handlers.digest import Digest
from handlers.domain.channels import Channel
from handlers.enrolling import Enrolling
from handlers.feedback import Feedback
from handlers.handling import Handling
from handlers.intake import Intake
from handlers.linking import Linking
from handlers.local_answers import LocalAnswers
from handlers.member_trainings import MemberTrainings
from handlers.members import Members
from handlers.mentorship_views import MentorshipViews, mentorship_views
from handlers.organisations import OrganisationCards
from handlers.particulars import Particulars
from handlers.people import PersonCards
from handlers.policy import AutoAnswers
from handlers.ports import Clock, FileStore
from handlers.privacy import Privacy
from handlers.programmes import Funding
from handlers.reactions import Reactions
from handlers.reconciling import missing
from handlers.registry import MunicipalRegistry
from handlers.reminders import Reminders
from handlers.routing import Routing
from handlers.staff import Staff
from handlers.staff_lists import StaffLists
from handlers.talking import Talking
from handlers.tokens import Tokens
from handlers.trainings import TrainingCalendar
from handlers.working_time import WorkingTime
from knowledge_base.shipped import shipped_entries, shipped_queues
from knowledge_base.values import dataclass
from storage.database import FilesPlace, SqlDatabase, open_sql_database
from storage.files import FileKeys, FilesKeyError
from storage.shelves import BucketError

_WRITERS = 4
_READERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything a command or a role may need, already wired."""

    settings: Settings
    clock: Clock
    texts: Texts
    tokens: Tokens
    files: FileStore
    database: Database
    units: Units
    knowledge: Knowledge
    access: Access
    working_time: WorkingTime
    deadlines: Deadlines
    deadline_watch: DeadlineWatch
    routing: Routing
    intake: Intake
    feedback: Feedback
    particulars: Particulars
    desk: Desk
    talking: Talking
    staff: Staff
    handling: Handling
    deliveries: Deliveries
    curation: Curation
    registry: MunicipalRegistry
    funding: Funding
    organisation_cards: OrganisationCards
    person_cards: PersonCards
    closing: ClosingCalls
    mentors: MentorshipViews
    privacy: Privacy
    reminders: Reminders
    alerts: Alerts
    digest: Digest


@contextmanager
def open_desk(settings: Settings, *, clock: Clock | None = None) -> Iterator[App]:
    """Open everything and close it at the end. SQLite is upgraded, PostgreSQL is not.

    Raises:
        ConfigurationError: the data directory or the database cannot be used.
        SchemaError: `helpdesk db upgrade` is needed first.
    """
    machine = clock or SystemClock()
    keys, bucket = FileKeys(*settings.files_keys), settings.files_bucket
    with _opened(settings, FilesPlace(clock=machine, keys=keys, bucket=bucket)) as database:
        if settings.is_sqlite:
            database.upgrade()
        elif not database.is_current():
            raise SchemaError("the database has another schema; run: helpdesk db upgrade")
        with (
            ThreadPoolExecutor(1 if settings.is_sqlite else _WRITERS, "writer") as writers,
            ThreadPoolExecutor(_READERS, "reader") as reading,
        ):
            begin, begin_reading = database.begin, database.begin_reading
            carried = CarriedClock(machine.now if settings.is_sqlite else database.now)
            app = wire(
                settings,
                clock=clock or carried,
                database=database,
                units=Units(
                    begin=begin, begin_reading=begin_reading, writers=writers, readers=reading
                ),
                knowledge=Knowledge(
                    begin_reading=begin_reading,
                    max_wrong_answers=settings.max_wrong_answers,
                    data_dir=settings.data_dir,
                ),
            )
            with begin() as uow:
                app.curation.seed(uow, shipped_entries)
                uow.commit()
            yield app


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Open only the database, whatever its schema, for `helpdesk db`.

    Raises:
        ConfigurationError: the data directory or the database cannot be used.
    """
    with _opened(settings) as database:
        yield database


@contextmanager
def _opened(settings: Settings, place: FilesPlace | None = None) -> Iterator[SqlDatabase]:
    url = settings.database_url.get_secret_value() if settings.database_url else None
    with ExitStack() as stack:
        try:
            database = stack.enter_context(open_sql_database(url, settings.data_dir, place))
        except FilesKeyError as wrong:
            raise ConfigurationError(f"HELPDESK_FILES_KEY: {wrong}") from wrong
        except BucketError as wrong:
            raise ConfigurationError(f"HELPDESK_FILES_URL: {wrong}") from wrong
        except ConnectionError as wrong:
            key = "DATABASE_URL" if url else "DATA_DIR"
            raise ConfigurationError(f"HELPDESK_{key}: {wrong}") from wrong
        except OSError as wrong:
            raise ConfigurationError(
                f"HELPDESK_DATA_DIR: {settings.data_dir} cannot be used: {wrong.strerror}"
            ) from wrong
        except ValueError as wrong:
            raise ConfigurationError(f"HELPDESK_DATABASE_URL: {wrong}") from wrong
        yield database


def wire(
    settings: Settings, *, clock: Clock, database: SqlDatabase, units: Units, knowledge: Knowledge
) -> App:
    """Wire the use cases.

    Raises:
        ConfigurationError: a setting names a queue that is not there.
    """
    queues = shipped_queues()
    tokens = Tokens(signing_keys(settings))
    access = Access(queues)
    working_time = settings.working_time
    unknown = sorted(settings.deadlines.queues.keys() - queues.keys())
    if unknown:
        raise ConfigurationError(f"HELPDESK_TARGETS: there is no queue {unknown[0]}")
    deadlines = Deadlines(clock=clock, working_time=working_time, targets=settings.deadlines)
    askers = Askers(
        clock=clock,
        sends_mail=settings.sends_mail,
        caps=settings.caps,
        is_restricted=access.is_restricted,
        page=lambda ticket: page_address(settings, tokens, ticket),
    )
    staff_room = open_staff_room(settings, clock, access)
    linking = Linking(
        clock=clock,
        sends_mail=settings.sends_mail,
        has_telegram=settings.telegram_token is not None,
    )
    reactions = Reactions(
        clock=clock,
        working_time=working_time,
        askers=askers,
        staff_room=staff_room,
        invite=linking.invite,
    )
    registry = MunicipalRegistry(
        clock=clock, places=lambda: knowledge.current().places, days=settings.registry_days
    )
    funding = Funding(clock=clock, places=registry.places, days=settings.calls_days)
    answers = Answers(
        clock=clock,
        knowledge=knowledge.current,
        mode=settings.auto_answers if settings.max_wrong_answers else AutoAnswers.OFF,
        variables=dict.fromkeys(Channel, settings.answer_variables),
        local=LocalAnswers(places=registry.places, registry=registry, funding=funding),
    )
    routing = Routing(assigning=Assigning(clock=clock, access=access), places=registry.places)
    feedback = Feedback(clock=clock, answers=answers, reactions=reactions, routing=routing)
    closing = ClosingCalls(clock=clock, funding=funding, askers=reactions.askers)
    talking = Talking(
        clock=clock, access=access, answers=answers, reactions=reactions, tries=settings.call_tries
    )
    particulars = Particulars(clock=clock, queues=queues, reactions=reactions, routing=routing)
    intake = Intake(
        clock=clock,
        answers=answers,
        feedback=feedback,
        heed=talking.heed,
        reactions=reactions,
        closing=closing,
        particulars=particulars,
        enrolling=Enrolling(
            calendar=TrainingCalendar(clock=clock, places=registry.places), askers=askers
        ),
        reopen_within=timedelta(days=settings.reopen_days),
    )
    desk = Desk(
        clock=clock,
        access=access,
        queues=queues,
        organisation=settings.organisation,
        reactions=reactions,
        routing=routing,
    )
    staff = Staff(clock=clock, queues=queues, reactions=reactions, sends_mail=settings.sends_mail)
    return App(
        settings=settings,
        clock=clock,
        texts=load_texts(),
        tokens=tokens,
        files=database.files,
        database=database,
        units=units,
        knowledge=knowledge,
        access=access,
        working_time=working_time,
        deadlines=deadlines,
        deadline_watch=DeadlineWatch(
            clock=clock,
            deadlines=deadlines,
            room=staff_room,
            before=timedelta(hours=settings.remind_hours),
        ),
        routing=routing,
        intake=intake,
        feedback=feedback,
        particulars=particulars,
        desk=desk,
        talking=talking,
        staff=staff,
        handling=Handling(
            clock=clock,
            intake=intake,
            feedback=feedback,
            desk=desk,
            talking=talking,
            staff=staff,
            members=Members(
                clock=clock,
                files=database.files,
                privacy=Privacy(clock=clock, keep_raw=timedelta(days=settings.keep_raw_days)),
                reactions=reactions,
                call_backs=talking.call_backs,
                choices=Choices(
                    clock=clock,
                    places=lambda: knowledge.current().places.officials,
                    particulars=particulars,
                    reactions=reactions,
                ),
                trainings=MemberTrainings(enrolling=intake.enrolling),
            ),
            linking=linking,
            particulars=particulars,
            deadlines=deadlines,
            undo=timedelta(seconds=settings.telegram_undo_seconds),
        ),
        deliveries=Deliveries(
            clock=clock,
            backoff=Backoff(),
            settle=timedelta(seconds=settings.settle_seconds),
            reactions=reactions,
            archived=frozenset({Channel.MAIL} if settings.archive_folder else ()),
        ),
        curation=Curation(clock=clock),
        registry=registry,
        funding=funding,
        organisation_cards=OrganisationCards(clock=clock, places=registry.places),
        person_cards=PersonCards(
            clock=clock,
            access=access,
            places=registry.places,
            reactions=reactions,
            routing=routing,
        ),
        closing=closing,
        mentors=mentorship_views(clock, working_time, staff_room),
        privacy=Privacy(clock=clock, keep_raw=timedelta(days=settings.keep_raw_days)),
        digest=Digest(
            clock=clock,
            lists=StaffLists(clock=clock, access=access, deadlines=deadlines, room=staff_room),
            at=None if settings.telegram_digest == "off" else settings.telegram_digest,
            missing_mail=missing,
        ),
        alerts=Alerts(
            clock=clock,
            chats=staff_room.chats,
            sends_mail=settings.sends_mail,
            sends_telegram=settings.telegram_token is not None,
        ),
        reminders=Reminders(
            clock=clock,
            silence=timedelta(days=settings.resolve_after_days),
            close_after=timedelta(days=settings.close_after_days),
            warning=timedelta(days=settings.close_warning_days),
            reactions=reactions,
        ),
    )
