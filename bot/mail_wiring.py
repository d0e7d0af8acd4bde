"""Builds the mail channel from the app; imported only by what starts it."""

from collections.abc import Awaitable, Callable

from bot.app import App
from bot.email.archive import MailArchive
from bot.email.authenticity import Authenticity, system_resolver
from bot.email.imap import ImapAccount
from bot.email.letters import Letters
from bot.email.oauth import AccessTokens
from bot.email.preparing import MailPreparer
from bot.email.receiver import MailboxSettings as Mailbox
from bot.email.receiver import MailStore, Receiver, Unread
from bot.email.sent_copy import SentCopies
from bot.email.smtp import Smtp, SmtpAccount
from bot.email.transport import MailTransport, ReturnPaths
from bot.mail_settings import Folder, MailboxSettings, OAuthSettings
from bot.settings import Settings


def mail_preparer(app: App) -> MailPreparer:
    """Build what understands mail."""
    return MailPreparer(
        clock=app.clock,
        tokens=app.tokens,
        files=app.files,
        knowledge=app.knowledge.current,
        own_addresses=app.settings.own_addresses,
        variables=app.settings.answer_variables,
        authenticity=_authenticity(app.settings),
        queues={box.name: box.queue for box in app.settings.all_mailboxes if box.queue},
        sent_sources=frozenset(
            folder.source
            for box in app.settings.all_mailboxes
            for folder in box.folders
            if folder.is_sent
        ),
        programmes={box.name: box.programme for box in app.settings.all_mailboxes if box.programme},
    )


def _authenticity(settings: Settings) -> Authenticity:
    resolver = system_resolver() if settings.mail_check_dkim else None
    return Authenticity(authserv_id=settings.mail_authserv_id, resolver=resolver)


def mail_receiver(
    box: MailboxSettings, folder: Folder, store: MailStore, report: Callable[[Unread | None], None]
) -> Receiver:
    """Build what reads one folder of a mailbox."""
    mailbox = Mailbox(
        name=folder.source,
        account=imap_account(box),
        folder=folder.name,
        move_to="" if folder.is_sent else box.move_to,
    )
    return Receiver(settings=mailbox, store=store, report=report)


def imap_account(box: MailboxSettings) -> ImapAccount:
    """Say where a mailbox is and how to get in."""
    return ImapAccount(
        host=box.host,
        port=box.port,
        user=box.user,
        password=box.password.get_secret_value(),
        tls=box.tls,
        ca_file=box.ca_file,
        tokens=_tokens(box.oauth),
    )


def mail_transport(app: App, *, bot_link: str) -> MailTransport:
    """Build what writes and sends mail; `bot_link` is where a consultant meets the bot."""
    settings = app.settings
    letters = Letters(
        texts=app.texts,
        tokens=app.tokens,
        files=app.files,
        address=settings.mail_address,
        organisation=settings.organisation,
        base_url=settings.base_url,
        privacy_url=settings.privacy_url,
        bot_link=bot_link,
        mail_plus=settings.mail_plus,
    )
    account = SmtpAccount(
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        tls=settings.smtp_tls,
        ca_file=settings.smtp_ca_file,
        tokens=_tokens(settings.smtp_oauth),
    )
    return MailTransport(
        write=letters.render,
        smtp=Smtp(account, connections=settings.smtp_connections),
        return_paths=ReturnPaths(
            address=settings.mail_address, tokens=app.tokens, mail_plus=settings.mail_plus
        ),
        archive=settings.mail_archive,
        keep_copy=_sent_copies(app),
    )


def mail_archive(app: App) -> MailArchive | None:
    """Build what tells whether a mail was taken, where copies are kept for it."""
    settings = app.settings
    if not settings.archive_folder:
        return None
    account = imap_account(settings.all_mailboxes[0])
    return MailArchive(account=account, folder=settings.archive_folder)


def _tokens(settings: OAuthSettings | None) -> AccessTokens | None:
    if settings is None:
        return None
    return AccessTokens(
        token_url=settings.token_url,
        client_id=settings.client_id,
        client_secret=settings.client_secret.get_secret_value(),
        refresh_token=settings.refresh_token.get_secret_value(),
        scope=settings.scope,
    )


def _sent_copies(app: App) -> Callable[[bytes], Awaitable[None]] | None:
    """Keep copies in the first mailbox, where a Sent folder is named."""
    settings = app.settings
    if not (settings.imap_sent_folder and settings.all_mailboxes):
        return None
    account = imap_account(settings.all_mailboxes[0])
    return SentCopies(account=account, folder=settings.imap_sent_folder).keep
