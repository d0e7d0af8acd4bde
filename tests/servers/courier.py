"""Courier in a temporary folder: a poorer IMAP server, unpacked beside the system's own.

It knows no MOVE, names folders `INBOX.…`, says no UIDNEXT, and looks for new mail every few
seconds instead of being told. Debian's packages of Courier and Dovecot exclude one another, so
`make` unpacks Courier's into the virtual environment without installing them.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from itertools import count
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.loopback import HOST

UNPACKED = Path(sys.prefix) / "courier"
COURIER_DOMAIN = "courier.test"
PASSWORD = "slaptas"
_numbers = count(1)


def is_unpacked() -> bool:
    """Tell whether `make` could fetch it; where not, fewer servers are tried."""
    return (UNPACKED / "usr/bin/imapd").exists()


class Courier:
    """One mailbox, filled by LMTP on the given port."""

    def __init__(self, folder: Path, *, lmtp: int) -> None:
        self.address = f"desk@{COURIER_DOMAIN}"
        self._folder = folder
        self._maildir = folder / "Maildir"
        self._environment = _environment()
        self._sessions: list[subprocess.Popen[bytes]] = []
        self._socket = socket.create_server((HOST, 0))
        self.imap: int = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._lmtp = _Intake(self, port=lmtp)
        for name in ("cur", "new", "tmp"):
            (self._maildir / name).mkdir(parents=True)

    def start(self) -> None:
        self._thread.start()
        self._lmtp.start()

    def stop(self) -> None:
        self._lmtp.stop()
        # Closing alone would leave the thread waiting in accept.
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()
        self.drop_sessions()

    def drop_sessions(self) -> None:
        """Cut every live session."""
        for session in self._sessions:
            session.kill()
            session.wait()
        self._sessions.clear()

    def new_uid_validity(self) -> None:
        """Forget all UIDs: the same mail, other numbers."""
        (self._maildir / "courierimapuiddb").unlink()

    def deliver(self, raw: bytes) -> None:
        """Lay the mail into the Maildir as any delivery agent does."""
        name = f"{time.time():.6f}.{os.getpid()}_{next(_numbers)}.mx"
        laid = self._maildir / "tmp" / name
        laid.write_bytes(raw.replace(b"\r\n", b"\n"))
        laid.rename(self._maildir / "new" / name)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                tag = self._signed_in(connection)
                if tag is not None:
                    self._sessions.append(self._session(connection, tag))

    def _signed_in(self, connection: socket.socket) -> str | None:
        """Do the part of Courier's own `imaplogin`, whose user database is the system's."""
        connection.settimeout(15)
        connection.sendall(b"* OK [CAPABILITY IMAP4rev1] Courier-IMAP ready.\r\n")
        with connection.makefile("rb", buffering=0) as commands:
            for line in commands:
                tag, command, *words = line.decode().split()
                if command == "LOGIN" and [w.strip('"') for w in words] == [self.address, PASSWORD]:
                    connection.settimeout(None)
                    return tag
                refused = f"{tag} NO Login failed." if command == "LOGIN" else f"{tag} OK done"
                connection.sendall(f"* CAPABILITY IMAP4rev1\r\n{refused}\r\n".encode())
        return None

    def _session(self, connection: socket.socket, tag: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(UNPACKED / "usr/bin/imapd"), "Maildir"],
            stdin=connection.fileno(),
            stdout=connection.fileno(),
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            env=self._environment | {"IMAPLOGINTAG": tag},
        )


class _Intake(Controller):
    """Takes mail from Postfix and says where it was sent, as Dovecot's LMTP does."""

    def __init__(self, courier: Courier, *, port: int) -> None:
        self._courier = courier
        super().__init__(self, hostname=HOST, port=port, ready_timeout=15)

    def factory(self) -> SMTP:
        return LMTP(self.handler)

    async def handle_DATA(  # noqa: N802 -- the hook's name is aiosmtpd's
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        raw = content.encode() if isinstance(content, str) else content or b""
        for recipient in envelope.rcpt_tos:
            written = f"Return-Path: <{envelope.mail_from}>\r\nDelivered-To: {recipient}\r\n"
            self._courier.deliver(written.encode() + raw)
        return "\r\n".join("250 2.0.0 kept" for _ in envelope.rcpt_tos)


def _environment() -> dict[str, str]:
    libraries = [UNPACKED / "usr/lib", *UNPACKED.glob("**/lib/*-linux-gnu*")]
    return {
        "PATH": os.defpath,
        "LD_LIBRARY_PATH": ":".join(map(str, libraries)),
        "AUTHENTICATED": "desk",
        "PROTOCOL": "IMAP",
        "LOGINRUN": "/bin/true",
        "TCPREMOTEIP": HOST,
        "TCPREMOTEPORT": "1",
        "IMAP_KEYWORDS": "1",
        "IMAP_USELOCKS": "1",
        "IMAP_IDLE_TIMEOUT": "1",
        "IMAP_CAPABILITY": "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE SORT QUOTA IDLE",
    }
