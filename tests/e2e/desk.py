"""A desk at work: the service on every channel, its consultants, and those who ask."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aiogram.types import Chat, User

from tests.e2e.chat import Chatting
from tests.e2e.correspondent import Correspondent
from tests.e2e.helpdesk import Helpdesk, installed
from tests.e2e.nursery import Nursery
from tests.e2e.service import Service
from tests.servers.dovecot import Account, Dovecot
from tests.servers.loopback import HOST
from tests.servers.postfix import Postfix
from tests.telegram_emulator.threaded import EmulatorThread

IN_CHAT = "savanoryste"
BY_MAIL = "bendra"


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The servers around a desk."""

    dovecot: Dovecot
    postfix: Postfix
    telegram: EmulatorThread


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The questions of `savanoryste` come to a staff chat, those of `bendra` to Rūta by mail.

    Jonas answers in the chat; Vida alone reads what is about personal data.
    """

    helpdesk: Helpdesk
    service: Service
    web: str
    account: Account
    town: Town
    ruta: Correspondent
    vida: Correspondent
    jonas: User
    room: Chat

    @property
    def address(self) -> str:
        return self.account.address

    @property
    def chat(self) -> Chatting:
        return Chatting(self.town.telegram)

    def newcomer(self, name: str = "Ona Onaitė") -> Correspondent:
        """Bring somebody with a mailbox whom nobody knows."""
        return newcomer(self.helpdesk, self.town, name)

    def member(self, name: str = "Petras") -> User:
        """Bring somebody with Telegram whom the bot never met."""
        user = self.town.telegram.run(lambda telegram: telegram.user(name))
        self.helpdesk.secrets.add(str(user.id))
        return user


@contextmanager
def open_desk(
    folder: Path, town: Town, nursery: Nursery, *, database_url: str | None
) -> Iterator[Desk]:
    """Install a helpdesk with every channel, appoint its consultants and start it."""
    account = town.dovecot.new_account()
    jonas, room = town.telegram.run(
        lambda telegram: (member := telegram.user("Jonas"), telegram.forum(members=[member]))
    )
    settings = {
        **database(database_url),
        **mailbox(account, town.dovecot),
        **submission(town.postfix),
        "MAIL_PLUS": "true",
        "TELEGRAM_TOKEN": town.telegram.token,
        "TELEGRAM_API": town.telegram.url,
        "TELEGRAM_GATHER_SECONDS": "0",
        "TELEGRAM_UNDO_SECONDS": "0",
        "TELEGRAM_GROUP_CALLS": "1000",
        "TELEGRAM_DIGEST": "off",
        "STAFF_CHATS": json.dumps([{"chat": str(room.id), "queues": [IN_CHAT]}]),
        "WEB_PORT": "0",
        "WEB_RATE": "0",
        "ORGANISATION": "NVO centras",
    }
    with installed(folder, settings, launch=nursery.launch) as helpdesk:
        helpdesk.secrets |= {account.address, town.telegram.token, str(jonas.id), str(room.id)}
        ruta = newcomer(helpdesk, town, "Rūta")
        vida = newcomer(helpdesk, town, "Vida")
        appoint(helpdesk, "Rūta", ruta.address, queue=BY_MAIL)
        appoint(helpdesk, "Vida", vida.address, queue="privatumas")
        appoint(helpdesk, "Jonas", "jonas@nisc.test", queue=IN_CHAT, telegram=str(jonas.id))
        service = helpdesk.start()
        yield Desk(
            helpdesk=helpdesk,
            service=service,
            web=service.wait_ready(),
            account=account,
            town=town,
            ruta=ruta,
            vida=vida,
            jonas=jonas,
            room=room,
        )


def database(url: str | None) -> dict[str, str]:
    return {} if url is None else {"DATABASE_URL": url}


def mailbox(account: Account, dovecot: Dovecot) -> dict[str, str]:
    """Return the settings that read this mailbox over TLS."""
    return {
        "MAIL_ADDRESS": account.address,
        "IMAP_HOST": HOST,
        "IMAP_PORT": str(dovecot.imaps),
        "IMAP_USER": account.address,
        "IMAP_PASSWORD": account.password,
        "IMAP_CA_FILE": str(dovecot.certificates.authority),
    }


def submission(postfix: Postfix) -> dict[str, str]:
    """Return the settings that hand mail to this server."""
    return {"SMTP_HOST": HOST, "SMTP_PORT": str(postfix.smtp), "SMTP_TLS": "none"}


def newcomer(helpdesk: Helpdesk, town: Town, name: str) -> Correspondent:
    account = town.dovecot.new_account()
    helpdesk.secrets.add(account.address)
    return Correspondent(account=account, dovecot=town.dovecot, postfix=town.postfix, name=name)


def appoint(
    helpdesk: Helpdesk,
    name: str,
    email: str,
    *,
    queue: str,
    telegram: str | None = None,
    role: str = "consultant",
) -> None:
    """Add a consultant without a welcome: as long as no mail is configured, none is owed."""
    words = ["consultant", "add", name, "--email", email, "--queue", queue, "--role", role]
    words += ["--telegram", telegram] if telegram else []
    helpdesk.do(*words, without=["SMTP_HOST"])
