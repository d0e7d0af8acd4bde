"""Builds each channel's parts from the app; imported by whoever starts the channel."""

from bot.app import App
from bot.email.letters import Letters
from bot.email.preparing import MailPreparer


def mail_preparer(app: App) -> MailPreparer:
    """Build what understands mail."""
    return MailPreparer(
        clock=app.clock,
        tokens=app.tokens,
        files=app.files,
        knowledge=app.knowledge.current,
        own_addresses=app.settings.own_addresses,
        variables=app.settings.answer_variables,
    )


def letters(app: App, *, bot_link: str) -> Letters:
    """Build what writes mail."""
    settings = app.settings
    return Letters(
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
