"""The least that any desk must do, in synchronous standard library, as programs of their own.

- parse: read each letter (compat32, every part decoded) and commit it once, on SQLite (WAL, FULL)
  or PostgreSQL;
- pipe: the whole road without any thought: imaplib, compat32, SQLite with two commits, two look-ups
  and six rows a mail, an acknowledgement by one smtplib connection.

    python -m benchmarks.mail_limits parse FOLDER sqlite:FILE
    python -m benchmarks.mail_limits parse FOLDER postgresql://...
    python -m benchmarks.mail_limits pipe IMAPS_PORT USER PASSWORD SMTP_PORT FILE
"""

import email
import imaplib
import json
import smtplib
import sqlite3
import ssl
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from email.message import EmailMessage, Message
from email.policy import compat32
from email.utils import parseaddr
from pathlib import Path
from typing import Final

HOST: Final = "127.0.0.1"
_TABLES: Final = """
CREATE TABLE inbox (id INTEGER PRIMARY KEY, uid INTEGER UNIQUE, raw BLOB, state TEXT);
CREATE TABLE people (id INTEGER PRIMARY KEY, address TEXT UNIQUE, name TEXT);
CREATE TABLE tickets (id INTEGER PRIMARY KEY, person INTEGER, subject TEXT, status TEXT);
CREATE TABLE articles (id INTEGER PRIMARY KEY, ticket INTEGER, name TEXT UNIQUE, text TEXT);
CREATE TABLE events (id INTEGER PRIMARY KEY, ticket INTEGER, type TEXT);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, ticket INTEGER, recipient TEXT, state TEXT);
"""


def main() -> None:
    """Do it and print what it took, without the start of this process."""
    what, *arguments = sys.argv[1:]
    wall, cpu = time.perf_counter(), time.process_time()
    count = _parse(*arguments) if what == "parse" else _pipe(*arguments)
    spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    print(json.dumps({"count": count, "peak": peak / 1024, **spent}))


def _parse(folder: str, database: str) -> int:
    keep = _sqlite(database) if database.startswith("sqlite:") else _postgresql(database)
    count = 0
    for path in sorted(Path(folder).iterdir()):
        raw = path.read_bytes()
        _read(raw)
        keep(raw)
        count += 1
    return count


def _sqlite(database: str) -> Callable[[bytes], None]:
    connection = _open(database.removeprefix("sqlite:"), "CREATE TABLE mail (raw BLOB)")

    def keep(raw: bytes) -> None:
        connection.execute("INSERT INTO mail VALUES (?)", (raw,))
        connection.commit()

    return keep


def _postgresql(database: str) -> Callable[[bytes], None]:
    import psycopg  # noqa: PLC0415 -- the other limits are those of the standard library

    connection = psycopg.connect(database)
    connection.execute("CREATE TABLE mail (raw bytea)")
    connection.commit()

    def keep(raw: bytes) -> None:
        connection.execute("INSERT INTO mail VALUES (%s)", (raw,))
        connection.commit()

    return keep


def _pipe(imap_port: str, user: str, password: str, smtp_port: str, file: str) -> int:
    trusting = ssl._create_unverified_context()  # noqa: S323, SLF001 -- our own test server
    with (
        closing(_open(file, _TABLES)) as database,
        imaplib.IMAP4_SSL(HOST, int(imap_port), ssl_context=trusting) as imap,
        smtplib.SMTP(HOST, int(smtp_port)) as smtp,
    ):
        imap.login(user, password)
        imap.select()
        found = imap.uid("SEARCH", "UNSEEN")[1][0].split()
        for uid in map(bytes.decode, found):
            raw = imap.uid("FETCH", uid, "(BODY.PEEK[])")[1][0][1]
            asker, ticket = _file(database, int(uid), raw)
            imap.uid("STORE", uid, "+FLAGS", "(\\Seen)")
            smtp.send_message(_acknowledgement(asker, ticket, user))
            database.execute("UPDATE outbox SET state = 'sent' WHERE ticket = ?", (ticket,))
            database.commit()
    return len(found)


def _file(database: sqlite3.Connection, uid: int, raw: bytes) -> tuple[str, int]:
    mail, text = _read(raw)
    name, address = parseaddr(mail["From"])
    parent = mail["In-Reply-To"]
    known = database.execute("SELECT ticket FROM articles WHERE name = ?", (parent,)).fetchone()
    person = database.execute("SELECT id FROM people WHERE address = ?", (address,)).fetchone()

    def insert(into: str, *values: object) -> int:
        marks = ", ".join("?" * len(values))
        row = f"INSERT INTO {into} VALUES (NULL, {marks})"  # noqa: S608 -- our own names
        return database.execute(row, values).lastrowid or 0

    insert("inbox", uid, raw, "done")
    who = person[0] if person else insert("people", address, name)
    ticket = known[0] if known else insert("tickets", who, mail["Subject"], "new")
    insert("articles", ticket, mail["Message-ID"], text)
    insert("events", ticket, "received")
    insert("outbox", ticket, address, "due")
    database.commit()
    return address, ticket


def _read(raw: bytes) -> tuple[Message, str]:
    mail = email.message_from_bytes(raw, policy=compat32)
    return mail, "".join(_texts(mail))


def _texts(mail: Message) -> Iterator[str]:
    for part in mail.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/plain" and isinstance(content, bytes):
            yield content.decode(part.get_content_charset("utf-8"), "replace")


def _acknowledgement(to: str, ticket: int, sender: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, f"[{ticket}] Gavome Jūsų laišką"
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("Laba diena,\n\ngavome Jūsų laišką ir atsakysime per penkias darbo dienas.\n")
    return mail


def _open(file: str, tables: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(tables)
    return connection


if __name__ == "__main__":
    main()
