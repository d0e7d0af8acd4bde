"""Dovecot in a temporary folder: IMAP, IMAPS, LMTP, and the passwords Postfix asks it for."""

import base64
import grp
import hashlib
import hmac
import imaplib
import json
import os
import pwd
import smtplib
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.certificates import Certificates, issue
from tests.servers.dovecot_settings import settings
from tests.servers.loopback import HOST, ServerError, ServerProcess, found, free_ports, until

DOMAIN = "nisc.test"
_ACCOUNTS = 2000
_TOKEN_KEY = b"a key of thirty-two octets or more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One mailbox: its address, which is also its user name, and its password."""

    address: str
    password: str


class Dovecot:
    """A Dovecot of our own, as root or as a plain user."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.imap, self.imaps, self.lmtp, self.sasl = free_ports(4)
        self.certificates: Certificates = issue(folder / "tls")
        self._program = found("dovecot", package="dovecot-imapd")
        if not Path("/usr/lib/dovecot/lmtp").exists():
            message = "Dovecot has no LMTP: run `make test`, or apt-get install dovecot-lmtpd"
            raise ServerError(message)
        self._owner = pwd.getpwnam("dovecot") if _root() else pwd.getpwuid(os.geteuid())
        self._settings = folder / "dovecot.conf"
        self._process = ServerProcess(
            "dovecot", [self._program, "-F", "-c", str(self._settings)], log=folder / "out.log"
        )
        # All are written before the start: Dovecot reads its users again at most once a second.
        accounts = [_account(number) for number in range(1, _ACCOUNTS + 1)]
        self._accounts = iter(accounts)
        self._delivering = threading.Lock()
        self._read: dict[tuple[str, str], tuple[frozenset[Path], list[bytes]]] = {}
        self._lay_out(accounts)

    def start(self) -> None:
        self._process.start(ports=[self.imap, self.imaps, self.lmtp, self.sasl])

    def stop(self) -> None:
        # A stopped master leaves its IMAP sessions alive, so they are cut first.
        self.drop_sessions()
        self._process.stop()

    def new_account(self) -> Account:
        """Lend a mailbox nobody else uses, so that tests do not see each other's mail."""
        return next(self._accounts)

    def deliver(self, raw: bytes, *, to: str, sender: str = "narys@example.org") -> None:
        """Put the mail into the mailbox as a mail server would."""
        with self._delivering, smtplib.LMTP(HOST, self.lmtp) as lmtp:
            lmtp.sendmail(sender, [to], raw)

    def access_token(self, account: Account, *, seconds: float = 300) -> str:
        """Sign a token as the owner of the mailbox's identity would; past its time it is refused.

        Dovecot checks the signature and the time by itself; 2.4 forgives a minute.
        """
        now = int(time.time())
        claims = {"sub": account.address, "iss": "test", "iat": now - 600, "nbf": now - 600}
        head = {"alg": "HS256", "typ": "JWT"}
        signed = _as_jwt(head) + b"." + _as_jwt({**claims, "exp": int(now + seconds)})
        signature = hmac.new(_TOKEN_KEY, signed, hashlib.sha256).digest()
        return b".".join((signed, _base64url(signature))).decode("ascii")

    def messages(self, account: Account, *, folder: str = "INBOX") -> list[bytes]:
        """Return every message of the folder as raw bytes, oldest first.

        They are read over IMAP, and again only when the mailbox has other files: who waits looks
        fifty times a second, and each session is two processes of Dovecot.
        """
        files = self._files(account)
        known, messages = self._read.get((account.address, folder), (None, []))
        if files != known:
            messages = self._fetch(account, folder)
            self._read[account.address, folder] = (files, messages)
        return list(messages)

    def wait_for_messages(
        self, account: Account, count: int, *, timeout: float = 60
    ) -> list[bytes]:
        """Return the mailbox's messages as soon as there are at least `count` of them."""

        def enough() -> list[bytes]:
            messages = self.messages(account)
            return messages if len(messages) >= count else []

        return until(enough, timeout=timeout, what=f"{count} messages for {account.address}")

    @contextmanager
    def session(self, account: Account) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4(HOST, self.imap, timeout=15) as imap:
            imap.login(account.address, account.password)
            yield imap

    def drop_sessions(self) -> None:
        """Cut every live IMAP session, as a failing network does."""
        self._doveadm("kick", "*")

    def new_uid_validity(self) -> None:
        """Forget all UIDs, as a restore from a backup does: the same mail, other numbers.

        Nobody is in a mailbox meanwhile: who has it open writes the old validity down again, with
        numbers that stood for other mail, which no server may do (RFC 9051, 2.3.1.1).
        """
        with self._delivering:
            until(self._are_all_out, what="the end of every IMAP session")
            self._forget_uids()

    def _are_all_out(self) -> bool:
        self.drop_sessions()
        return len(self._doveadm("-f", "tab", "who").splitlines()) <= 1

    def _forget_uids(self) -> None:
        for file in (self.folder / "mail").rglob("dovecot*"):
            # Without the counter Dovecot takes the second, which may be the same as before.
            if file.is_file() and not file.name.startswith("dovecot-uidvalidity"):
                file.unlink()

    def _files(self, account: Account) -> frozenset[Path]:
        """Name the mails of all folders, whatever flags they have."""
        mailbox = self.folder / "mail" / account.address / "Maildir"
        found = (*mailbox.glob("**/cur/*"), *mailbox.glob("**/new/*"))
        return frozenset(mail.parents[1] / mail.name.partition(":")[0] for mail in found)

    def _fetch(self, account: Account, folder: str) -> list[bytes]:
        with self.session(account) as imap:
            imap.select(folder, readonly=True)
            numbers = imap.search(None, "ALL")[1][0].split()
            fetched = (imap.fetch(number.decode(), "(BODY.PEEK[])")[1] for number in numbers)
            return [_body(parts) for parts in fetched]

    def _doveadm(self, *words: str) -> bytes:
        # Its status is not ours to judge: kicking nobody is an error to doveadm.
        program = found("doveadm", package="dovecot-core")
        command = [program, "-c", str(self._settings), *words]
        return subprocess.run(command, capture_output=True, check=False).stdout

    def _lay_out(self, accounts: list[Account]) -> None:
        for name in ("run", "state", "mail"):
            (self.folder / name).mkdir()
        os.chown(self.folder / "mail", self._owner.pw_uid, self._owner.pw_gid)
        (self.folder / "users").write_text("".join(map(self._user_line, accounts)))
        self._settings.write_text(self._settings_text())
        self._lay_out_tokens()

    def _lay_out_tokens(self) -> None:
        keys = self.folder / "keys"
        key = keys / "default" / "HS256" / "default"
        key.parent.mkdir(parents=True)
        key.write_bytes(base64.b64encode(_TOKEN_KEY))
        (self.folder / "oauth2.ext").write_text(
            "introspection_mode = local\n"
            f"local_validation_key_dict = fs:posix:prefix={keys}/\n"
            "username_attribute = sub\nissuers = test\n"
        )

    def _user_line(self, account: Account) -> str:
        home = self.folder / "mail" / account.address
        owner = f"{self._owner.pw_uid}:{self._owner.pw_gid}"
        return f"{account.address}:{{PLAIN}}{account.password}:{owner}::{home}::\n"

    def _settings_text(self) -> str:
        me = pwd.getpwuid(os.geteuid()).pw_name
        my_group = grp.getgrgid(os.getegid()).gr_name
        version = subprocess.run(
            [self._program, "--version"], capture_output=True, text=True, check=True
        ).stdout
        return settings(
            version,
            base=str(self.folder),
            certificate=str(self.certificates.certificate),
            key=str(self.certificates.key),
            uid=str(self._owner.pw_uid),
            gid=str(self._owner.pw_gid),
            internal_user="dovecot" if _root() else me,
            internal_group="dovecot" if _root() else my_group,
            login_user="dovenull" if _root() else me,
            imap=str(self.imap),
            imaps=str(self.imaps),
            lmtp=str(self.lmtp),
            sasl=str(self.sasl),
        )


def _as_jwt(part: Mapping[str, object]) -> bytes:
    return _base64url(json.dumps(part).encode())


def _base64url(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def _account(number: int) -> Account:
    return Account(address=f"account{number}@{DOMAIN}", password="slaptas")


def _root() -> bool:
    return os.geteuid() == 0


def _body(parts: list[bytes | tuple[bytes, bytes]] | list[None]) -> bytes:
    return next(part[1] for part in parts if isinstance(part, tuple))
