"""`helpdesk doctor`: diagnosis in words."""

import secrets
import socket
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import typer

from bot.app import App, open_desk
from bot.commands.output import print_json
from bot.settings import Settings, load_settings
from handlers.domain.messages import InboxState
from handlers.domain.outgoing import OutboxState
from handlers.route_book import RouteBook
from handlers.working_time import local_day
from knowledge_base.values import dataclass

_TIMEOUT = 5
_AHEAD = (0, 30, 90)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    ok: bool
    detail: str


def doctor(*, as_json: bool) -> None:
    """Look at everything; exit 1 when something does not work."""
    with open_desk(load_settings()) as app:
        findings = list(examine(app))
    if as_json:
        print_json(
            {
                "ok": all(finding.ok for finding in findings),
                "checks": [
                    {"name": found.name, "ok": found.ok, "detail": found.detail}
                    for found in findings
                ],
            }
        )
    else:
        for found in findings:
            typer.echo(f"{'ok ' if found.ok else '!! '} {found.name}: {found.detail}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def examine(app: App) -> Iterator[Finding]:
    """Look at the settings, the servers, the people, the entries and the work."""
    yield Finding("database", ok=True, detail="the schema is up to date")
    yield _files(app)
    yield from _servers(app.settings)
    yield from _people(app)
    yield from _routes(app)
    yield _entries(app)
    yield _ranking(app)
    yield from _work(app)


def _files(app: App) -> Finding:
    """Put a file that nobody else has, read it, and remove it."""
    place = app.settings.files_url or str(app.settings.data_dir / "files")
    content = secrets.token_bytes()
    try:
        sha256 = app.files.put(content)
        is_kept = app.files.get(sha256) == content
        app.files.delete(sha256)
    except OSError as wrong:
        return Finding("files", ok=False, detail=f"{place} cannot be used: {wrong}")
    plain, sealed = "not encrypted; see HELPDESK_FILES_KEY", "encrypted"
    how = sealed if app.files.is_sealed else plain
    detail = f"{place} keeps and returns them, new ones are {how}"
    return Finding("files", ok=is_kept, detail=detail if is_kept else f"{place} returns others")


def not_configured(settings: Settings) -> Iterator[str]:
    """Say what is not configured yet, one sentence each."""
    if not settings.all_mailboxes:
        yield "no mailbox is read; set HELPDESK_IMAP_HOST, _USER, _PASSWORD, HELPDESK_MAIL_ADDRESS"
    if not settings.sends_mail:
        yield "no mail is sent; set HELPDESK_SMTP_HOST and HELPDESK_MAIL_ADDRESS"
    if settings.telegram_token is None:
        yield "no Telegram bot; set HELPDESK_TELEGRAM_TOKEN and HELPDESK_TELEGRAM_STAFF_CHAT"
    if not settings.public_url:
        yield "links point to this machine; set HELPDESK_PUBLIC_URL"


def _servers(settings: Settings) -> Iterator[Finding]:
    for sentence in not_configured(settings):
        yield Finding("settings", ok=True, detail=sentence)
    for box in settings.all_mailboxes:
        yield _reachable(f"imap {box.name}", box.host, box.port, "HELPDESK_IMAP_HOST")
    if settings.smtp_host:
        yield _reachable("smtp", settings.smtp_host, settings.smtp_port, "HELPDESK_SMTP_HOST")
    if settings.telegram_token is not None:
        api = urlsplit(settings.telegram_api)
        port = api.port or (443 if api.scheme == "https" else 80)
        yield _reachable("telegram", api.hostname or "", port, "HELPDESK_TELEGRAM_API")


def _reachable(name: str, host: str, port: int, setting: str) -> Finding:
    try:
        with socket.create_connection((host, port), _TIMEOUT):
            return Finding(name, ok=True, detail=f"{host}:{port} answers")
    except OSError as wrong:
        detail = f"{host}:{port} does not answer ({wrong.strerror or wrong}); see {setting}"
        return Finding(name, ok=False, detail=detail)


def _people(app: App) -> Iterator[Finding]:
    with app.units.begin_reading() as uow:
        empty = [queue for queue in app.access.queues if not uow.consultants.serving(queue)]
    if len(empty) == len(app.access.queues):
        detail = "nobody is configured to answer; run: helpdesk consultant add NAME --email E"
        yield Finding("consultants", ok=False, detail=detail)
    elif empty:
        detail = f"nobody serves {', '.join(sorted(empty))}"
        yield Finding("consultants", ok=True, detail=detail)
    else:
        yield Finding("consultants", ok=True, detail="every queue is served")


def _routes(app: App) -> Iterator[Finding]:
    """Look at the routes, and at queues whose people are all away today."""
    today = app.routing.assigning.today
    with app.units.begin_reading() as uow:
        faults = list(RouteBook(routing=app.routing).faults(uow))
        count = sum(known.route.is_in_force(today) for known in uow.routes.rows())
        away = app.routing.assigning.substitutes(uow)
        serving = {queue: uow.consultants.serving(queue) for queue in app.access.queues}
    empty = [
        queue
        for queue, people in serving.items()
        if people and all(away.is_away(who.id, today) for who in people)
    ]
    detail = "; ".join(faults) or f"{count} in force"
    yield Finding("routes", ok=not faults, detail=detail)
    if empty:
        detail = f"everybody is away today who serves {', '.join(sorted(empty))}"
        yield Finding("absences", ok=False, detail=detail)


def _ranking(app: App) -> Finding:
    from knowledge_base.matcher import Ranker

    detail = {
        Ranker.SEMANTIC: "questions are ranked by words and by meaning",
        Ranker.LEXICAL: "questions are ranked by words alone; the extra `semantic` adds meaning",
    }
    return Finding("ranking", ok=True, detail=detail[app.knowledge.current().matcher.ranker])


def _entries(app: App) -> Finding:
    today = local_day(app.clock.now())
    entries = app.knowledge.current().entries
    counts = [
        sum(entry.may_answer(today + timedelta(days=days), None) for entry in entries)
        for days in _AHEAD
    ]
    detail = (
        f"{counts[0]} of {len(entries)} entries may be answered today, "
        f"{counts[1]} in 30 days, {counts[2]} in 90 days"
    )
    return Finding("entries", ok=counts[0] > 0, detail=detail)


def _work(app: App) -> Iterator[Finding]:
    with app.units.begin_reading() as uow:
        inbox, outbox = uow.inbox.counts(), uow.outbox.counts()
    shunted = inbox[InboxState.SHUNTED]
    detail = (
        f"{shunted} shunted; see: helpdesk inbox --state shunted" if shunted else "none shunted"
    )
    yield Finding("inbox", ok=not shunted, detail=detail)
    dead = outbox[OutboxState.DEAD]
    detail = f"{dead} dead; see: helpdesk outbox --state dead" if dead else "none dead"
    yield Finding("outbox", ok=not dead, detail=detail)
