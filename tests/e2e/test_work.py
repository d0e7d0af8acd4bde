"""Commands beside a running service: what was received, what is owed, what consultants do."""

import json
import mailbox
from email.message import EmailMessage
from pathlib import Path

from tests.e2e.correspondent import Correspondent
from tests.e2e.desk import Desk
from tests.e2e.web import ask
from tests.servers.loopback import until

KITES = "Ar bendruomenės šventėje galima leisti aitvarus?"
CAT = "Kodėl mūsų katinas miega ant stogo?"


def test_an_empty_mail_is_parked_and_the_next_one_answered(desk: Desk) -> None:
    desk.helpdesk.expected_errors.add("message shunted")
    ona = desk.newcomer()
    before = {row["id"] for row in desk.helpdesk.inbox("--state", "shunted")}

    with desk.town.dovecot.session(desk.account) as imap:
        imap.append("INBOX", "", "", b"\r\n\r\n")
    ona.write(desk.address, f"{KITES} ({desk.helpdesk.word()})")
    ona.wait_for("Aitvarus šventėje leisti galima")

    parked = until(
        lambda: [
            row for row in desk.helpdesk.inbox("--state", "shunted") if row["id"] not in before
        ],
        what="the empty mail being shunted",
    )
    assert [(row["channel"], row["source"], row["error"], row["size"]) for row in parked] == [
        ("mail", "inbox", "the mail is empty", 4)
    ]
    assert desk.helpdesk.do("inbox", "show", str(parked[0]["id"])) == "\n\n"
    desk.helpdesk.do("inbox", "retry", str(parked[0]["id"]))
    until(
        lambda: parked[0]["id"] in {row["id"] for row in desk.helpdesk.inbox("--state", "shunted")},
        what="the empty mail being shunted again",
    )


def test_mail_from_files_takes_the_same_road_once(desk: Desk, tmp_path: Path) -> None:
    helpdesk = desk.helpdesk
    known, unknown, silent = (desk.newcomer() for _ in range(3))
    _lay_out(tmp_path / "laiškai", desk, known, unknown)
    (tmp_path / "seni").mkdir()
    old = silent.letter(desk.address, f"{KITES} ({helpdesk.word()})", subject="Seniai")
    (tmp_path / "seni/senas.eml").write_bytes(old.as_bytes())

    def sums(*words: str) -> dict[str, int]:
        document: dict[str, int] = json.loads(helpdesk.do("import-mail", *words, "--json"))
        assert document.pop("seconds") >= 0
        return document

    first = sums(str(tmp_path / "laiškai"))
    second = sums(str(tmp_path / "laiškai"))
    history = sums("--history", str(tmp_path / "seni"))

    desk.helpdesk.expected_errors.add("message shunted")
    names = ("read", "stored", "duplicates", "filed", "ignored", "shunted")
    assert first == dict(zip(names, (6, 5, 1, 3, 1, 1), strict=True))
    assert second == dict(zip(names, (6, 0, 6, 0, 0, 0), strict=True))
    assert history == dict(zip(names, (1, 1, 0, 1, 0, 0), strict=True))
    known.wait_for("Aitvarus šventėje leisti galima")
    unknown.wait_for()
    [filed] = helpdesk.tickets_of(silent.address)
    assert [row["kind"] for row in filed["articles"]] == ["inbound"]
    assert [row for row in helpdesk.outbox() if row["to"] == silent.address] == []
    missing = helpdesk.run("import-mail", str(tmp_path / "nėra"))
    assert (missing.status, missing.errors.count("\n")) == (1, 1)


def test_a_consultant_works_on_the_command_line(desk: Desk) -> None:
    helpdesk = desk.helpdesk
    word, noted, said = (helpdesk.word() for _ in range(3))
    ona = desk.newcomer()
    asked = ask(desk.web, f"{CAT} ({word})", email=ona.address)
    reference = asked["reference"]

    def act(verb: str, *words: str) -> tuple[str, str | None, str | None]:
        done = helpdesk.do("desk", verb, reference, "--as", desk.ruta.address, *words, "--json")
        ticket = json.loads(done)
        return ticket["status"], ticket["owner"], ticket["queue"]

    mine = desk.ruta.address
    assert act("take") == ("open", mine, "bendra")
    assert act("release") == ("new", None, "bendra")
    assert act("note", "--text", noted) == ("new", None, "bendra")
    assert act("reply", "--text", f"Šilta, {said}") == ("waiting", mine, "bendra")
    assert act("resolve") == ("resolved", mine, "bendra")
    assert act("reopen") == ("open", mine, "bendra")
    ona.wait_for(said)
    assert act("transfer", "--queue", "savanoryste") == ("new", None, "savanoryste")

    card = desk.chat.wait_for(desk.room, word)
    assert card.message_thread_id == desk.chat.topic_of(desk.room, reference)
    own = ("desk", "take", reference, "--as", desk.ruta.address)
    assert helpdesk.run(*own).status == 1  # it is in a queue she does not serve
    assert helpdesk.run("desk", "take", "NVO-999999", "--as", mine).status == 1
    wrong = helpdesk.run("desk", "note", reference, "--as", "jonas@nisc.test", "--text", " ")
    assert (wrong.status, wrong.errors.startswith("helpdesk: --text")) == (2, True)
    assert noted not in "".join(str(mail) for mail in ona.mails())


def test_what_is_printed_has_the_shapes_of_the_contract(desk: Desk) -> None:
    word = desk.helpdesk.word()
    ona = desk.newcomer()
    ona.write(desk.address, f"{KITES} ({word})")
    ona.wait_for("Aitvarus šventėje leisti galima")
    helpdesk = desk.helpdesk
    until(lambda: _delivered(desk, ona), what="the answer being delivered")

    [ticket] = helpdesk.tickets_of(ona.address)
    [summary] = [row for row in helpdesk.tickets() if row["reference"] == ticket["reference"]]
    [received] = [row for row in helpdesk.inbox() if row["reference"] == ticket["reference"]]
    [owed] = [row for row in helpdesk.outbox() if row["reference"] == ticket["reference"]]
    audit = json.loads(helpdesk.do("audit", "--json"))

    short = (
        "reference status queue owner channel language municipality topic programme subject "
        "requester created_at priority tags asker_type organisation"
    )
    assert _keys(summary) == set(short.split())
    whole = "articles events deadlines linked merged_into"
    assert _keys(ticket) == {*short.split(), *whole.split()}
    article = "id kind channel author text created_at attachments copies notes delivery"
    assert _keys(ticket["articles"][1]) == set(article.split())
    assert ticket["articles"][1]["delivery"] == {
        "state": "delivered",
        "attempts": 1,
        "external_id": owed["external_id"],
    }
    assert _keys(ticket["events"][0]) == {"type", "at", "actor", "reasons"}
    assert {**received, "id": 0, "external_id": "", "received_at": "", "size": 0} == {
        "id": 0,
        "channel": "mail",
        "source": "inbox",
        "external_id": "",
        "state": "done",
        "outcome": "filed",
        "reason": "question",
        "reference": ticket["reference"],
        "attempts": 1,
        "error": None,
        "received_at": "",
        "size": 0,
    }
    assert received["external_id"].split(":")[0] == "INBOX"
    assert {**owed, "id": 0, "article": 0, "external_id": None} == {
        "id": 0,
        "reference": ticket["reference"],
        "article": 0,
        "kind": "answer",
        "channel": "mail",
        "to": ona.address,
        "state": "delivered",
        "attempts": 1,
        "doubts": 0,
        "next_attempt_at": None,
        "external_id": None,
        "error": None,
    }
    assert _keys(audit) == {"sources", "inbox", "outbox", "stuck", "missing"}
    assert [_keys(source) for source in audit["sources"]] == [{"name", "seen", "stored", "missing"}]
    assert (audit["missing"], audit["stuck"], audit["sources"][0]["missing"]) == (0, [], [])
    assert audit["sources"][0]["seen"] == audit["sources"][0]["stored"] > 0


def _keys(document: object) -> set[str]:
    assert isinstance(document, dict)
    return set(document)


def _delivered(desk: Desk, to: Correspondent) -> bool:
    own = [row["state"] for row in desk.helpdesk.outbox() if row["to"] == to.address]
    return own == ["delivered"]


def _lay_out(folder: Path, desk: Desk, known: Correspondent, unknown: Correspondent) -> None:
    """Write six mails: in an mbox, in a Maildir and alone; one empty, one twice, one of a list."""
    folder.mkdir()

    def letter(writer: Correspondent, text: str, **headers: str) -> EmailMessage:
        return writer.letter(desk.address, text, subject="Iš failo", **headers)

    answered = letter(known, f"{KITES} ({desk.helpdesk.word()})")
    waiting = letter(unknown, f"{CAT} ({desk.helpdesk.word()})")
    another = letter(unknown, f"{CAT} ({desk.helpdesk.word()})")
    bulk = letter(known, "Naujienos", list_id="<naujienos.namai.test>", precedence="bulk")
    box = mailbox.mbox(folder / "paštas.mbox")
    for each in (answered, bulk):
        box.add(each.as_bytes())
    box.close()
    maildir = mailbox.Maildir(folder / "Maildir")
    maildir.add(waiting.as_bytes())
    (folder / "vienas.eml").write_bytes(another.as_bytes())
    (folder / "tas-pats.eml").write_bytes(another.as_bytes())
    (folder / "tuščias.eml").write_bytes(b"")
