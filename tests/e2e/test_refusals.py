"""What cannot be: said in one sentence that names the setting, with exit status 2."""

from pathlib import Path

import pytest

from tests.e2e.desk import database
from tests.e2e.helpdesk import Helpdesk
from tests.e2e.nursery import Nursery
from tests.e2e.service import run_once
from tests.e2e.web import get
from tests.servers.loopback import HOST, free_ports


def test_a_second_service_on_the_same_file_is_refused(tmp_path: Path, nursery: Nursery) -> None:
    helpdesk = Helpdesk(tmp_path, {"WEB_PORT": "0"}, launch=nursery.launch)
    web = helpdesk.start().wait_ready()

    second = run_once(tmp_path, helpdesk.settings, "run")

    folder = tmp_path / "data"
    sentence = f"helpdesk: HELPDESK_DATA_DIR: another service runs on {folder}\n"
    assert (second.returncode, second.stdout, second.stderr) == (2, "", sentence)
    assert get(f"{web}/health").status_code == 200
    assert helpdesk.tickets() == []
    helpdesk.close()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("COLOUR", "green"),
        ("SMTP_PORT", "post"),
        ("WEB_PORT", "99999"),
        ("AUTO_ANSWERS", "sometimes"),
        ("WORKING_HOURS", "all day"),
        ("MAIL_AUTO_PER_ADDRESS", "often"),
        ("IMAP_PASSWORD_FILE", "/nonexistent"),
        ("DATABASE_URL", "mysql://elsewhere"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(tmp_path: Path, key: str, value: str) -> None:
    refused = Helpdesk(tmp_path, {key: value}).run("tickets")

    assert (refused.status, refused.output) == (2, "")
    assert refused.errors.startswith(f"helpdesk: HELPDESK_{key}")
    assert refused.errors.count("\n") == 1


def test_a_database_that_is_away_is_named_in_one_sentence(tmp_path: Path) -> None:
    [closed] = free_ports(1)
    url = f"postgresql://desk:slaptas@{HOST}:{closed}/desk"
    helpdesk = Helpdesk(tmp_path, {**database(url), "WEB_PORT": "0"})

    refused = helpdesk.run("run")

    assert (refused.status, refused.output) == (2, "")
    assert refused.errors.startswith("helpdesk: HELPDESK_DATABASE_URL: ")
    assert (refused.errors.count("\n"), "slaptas" in refused.errors) == (1, False)


def test_a_file_that_is_no_database_is_named_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/helpdesk.db").write_text("Tai ne duomenų bazė. " * 100, encoding="utf-8")

    refused = Helpdesk(tmp_path, {}).run("tickets")

    sentence = "helpdesk: HELPDESK_DATA_DIR: the database cannot be opened: file is not a database"
    assert (refused.status, refused.output, refused.errors) == (2, "", f"{sentence}\n")


@pytest.mark.parametrize(("roles", "named"), [("mail", "mail"), ("worker,cook", "cook")])
def test_a_role_that_cannot_be_started_is_named(tmp_path: Path, roles: str, named: str) -> None:
    refused = Helpdesk(tmp_path, {"WEB_PORT": "0"}).run("run", "--only", roles)

    assert (refused.status, refused.output) == (2, "")
    assert refused.errors.startswith("helpdesk: --only: ")
    assert named in refused.errors
    assert refused.errors.count("\n") == 1


def test_an_older_schema_on_postgresql_is_refused(tmp_path: Path, postgresql_url: str) -> None:
    helpdesk = Helpdesk(tmp_path, database(postgresql_url))

    refused = helpdesk.run("run")
    helpdesk.do("db", "upgrade")

    sentence = "helpdesk: the database has another schema; run: helpdesk db upgrade\n"
    assert (refused.status, refused.errors) == (2, sentence)
    assert helpdesk.tickets() == []
