"""The settings: read once, refused in one sentence that names the key."""

import os
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.email.tls import Tls
from bot.errors import ConfigurationError
from bot.mail_settings import MailboxSettings
from bot.settings import Settings, StaffChatSettings, load_settings
from handlers.deadlines import Target
from handlers.policy import AutoAnswers, Limit
from handlers.working_time import Closure


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("HELPDESK_")]:
        monkeypatch.delenv(name)


def test_nothing_need_be_set() -> None:
    settings = load_settings()

    assert (settings.data_dir, settings.is_sqlite, settings.all_mailboxes) == (
        Path("data"),
        True,
        (),
    )
    assert (settings.auto_answers, settings.max_wrong_answers) == (AutoAnswers.AUTO, 0.02)
    assert settings.office_hours == (time(9), time(18))
    assert settings.web_limits == (Limit(30, timedelta(minutes=1)),)
    assert not settings.sends_mail


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("helpdesk.toml").write_text(
        'organisation = "Iš failo"\nweb_port = 9000\n'
        '[[staff_chats]]\nchat = "-100"\nqueues = ["finansai"]\n'
    )
    monkeypatch.setenv("HELPDESK_ORGANISATION", "Iš aplinkos")

    settings = load_settings()

    assert (settings.organisation, settings.web_port) == ("Iš aplinkos", 9000)
    assert [(chat.chat, chat.queues) for chat in settings.all_staff_chats] == [
        ("-100", ("finansai",))
    ]


def test_planned_closures_are_days_off_with_a_reason() -> None:
    Path("helpdesk.toml").write_text(
        '[[closures]]\nfrom = 2026-12-28\nto = 2027-01-03\nwhy = "atostogos"\n'
    )

    settings = load_settings()

    assert settings.working_time.closures == (
        Closure(first=date(2026, 12, 28), last=date(2027, 1, 3), why="atostogos"),
    )


def test_a_queue_may_answer_sooner_than_is_promised_to_all() -> None:
    Path("helpdesk.toml").write_text(
        "answer_days = 3\n"
        '[[targets]]\nqueue = "finansai"\nfirst_reply_hours = 4.5\n'
        '[[targets]]\nqueue = "jautri"\nresolution_hours = 0\n'
    )

    targets = load_settings().deadlines

    usual = Target(reply=timedelta(hours=27), resolution=timedelta(hours=90))
    assert targets.of("bendra") == usual
    assert targets.of("finansai") == replace(usual, reply=timedelta(hours=4.5))
    assert targets.of("jautri") == Target(reply=timedelta(hours=4), resolution=timedelta())


def test_a_secret_may_stand_in_a_file_and_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("labai-slapta\n")
    monkeypatch.setenv("HELPDESK_SMTP_PASSWORD_FILE", str(tmp_path / "password"))

    settings = load_settings()

    assert settings.smtp_password.get_secret_value() == "labai-slapta"
    assert "labai-slapta" not in repr(settings)


def test_the_mailbox_of_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("helpdesk.toml").write_text(
        '[[mailboxes]]\nname = "antra"\nhost = "imap.example.org"\nuser = "b"\nqueue = "mokymai"\n'
    )
    monkeypatch.setenv("HELPDESK_IMAP_HOST", "127.0.0.1")
    monkeypatch.setenv("HELPDESK_IMAP_USER", "a")
    monkeypatch.setenv("HELPDESK_IMAP_TLS", "none")
    monkeypatch.setenv("HELPDESK_MAIL_ADDRESS", "bendruomenes@nisc.test")
    monkeypatch.setenv("HELPDESK_MAIL_ALIASES", "Info@nisc.test, labas@nisc.test")

    settings = load_settings()

    assert [(box.name, box.host, box.tls) for box in settings.all_mailboxes] == [
        ("inbox", "127.0.0.1", Tls.NONE),
        ("antra", "imap.example.org", Tls.IMPLICIT),
    ]
    assert settings.own_addresses == {
        "bendruomenes@nisc.test",
        "info@nisc.test",
        "labas@nisc.test",
    }


def test_what_is_given_counts_before_environment_secret_file_and_helpdesk_toml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = ["organisation", "phone", "public_url", "privacy_url"]
    Path("helpdesk.toml").write_text("".join(f'{key} = "toml"\n' for key in keys))
    (tmp_path / "said").write_text("file\n")
    for key in keys[:3]:
        monkeypatch.setenv(f"HELPDESK_{key.upper()}_FILE", str(tmp_path / "said"))
    monkeypatch.setenv("HELPDESK_ORGANISATION", "environment")
    monkeypatch.setenv("helpdesk_phone", "environment")

    settings = Settings(organisation="given")

    assert [getattr(settings, key) for key in keys] == ["given", "environment", "file", "toml"]


def test_a_list_may_stand_in_the_environment_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_STAFF_CHATS", '[{"chat": "-100", "topics": false}]')

    assert Settings().staff_chats == (StaffChatSettings(chat="-100", topics=False),)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("HELPDESK_STAFF_CHATS", "-100", "HELPDESK_STAFF_CHATS: Input should be a valid tuple"),
        ("HELPDESK_MAILBOXES", "inbox", "HELPDESK_MAILBOXES: this is not JSON"),
        ("HELPDESK_WEB_PORTT", "1", "HELPDESK_WEB_PORTT is not a setting; see docs/settings.md"),
        (
            "HELPDESK_WEB_PORT",
            "daug",
            (
                "HELPDESK_WEB_PORT: Input should be a valid integer, "
                "unable to parse string as an integer"
            ),
        ),
        (
            "HELPDESK_AUTO_ANSWERS",
            "taip",
            "HELPDESK_AUTO_ANSWERS: Input should be 'auto', 'off', 'shadow' or 'on'",
        ),
        ("HELPDESK_WEB_RATE", "30", "HELPDESK_WEB_RATE: write limits like 10/10m,30/1d"),
        ("HELPDESK_WORKING_HOURS", "9-18", "HELPDESK_WORKING_HOURS: write them like 09:00-18:00"),
        (
            "HELPDESK_WORKING_HOURS",
            "18:00-09:00",
            "HELPDESK_WORKING_HOURS: the desk opens before it closes",
        ),
        (
            "HELPDESK_CLOSURES",
            '[{"from": "2026-12-28", "to": "2026-12-01", "why": "atostogos"}]',
            "HELPDESK_CLOSURES_0: the last day follows the first, within a year",
        ),
        (
            "HELPDESK_SMTP_HOST",
            "smtp.example.org",
            "HELPDESK_MAIL_ADDRESS: the desk's own address is needed for mail",
        ),
        (
            "HELPDESK_SMTP_PASSWORD_FILE",
            "nera",
            "HELPDESK_SMTP_PASSWORD_FILE cannot be read: No such file or directory",
        ),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(
    key: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(key, value)

    with pytest.raises(ConfigurationError) as refused:
        load_settings()

    assert str(refused.value) == sentence


def test_mail_in_clear_is_only_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_MAIL_ADDRESS", "bendruomenes@nisc.test")
    monkeypatch.setenv("HELPDESK_SMTP_HOST", "smtp.example.org")
    monkeypatch.setenv("HELPDESK_SMTP_TLS", "none")

    with pytest.raises(ConfigurationError, match="HELPDESK_SMTP_TLS: none is only for this"):
        load_settings()


def test_an_unknown_key_of_the_file_is_an_error() -> None:
    Path("helpdesk.toml").write_text('organizacija = "NVO"\n')

    with pytest.raises(ConfigurationError, match="organizacija is not a setting"):
        load_settings()


def test_a_broken_file_is_named() -> None:
    Path("helpdesk.toml").write_text("organisation = \n")

    with pytest.raises(ConfigurationError, match=r"helpdesk\.toml cannot be read"):
        load_settings()


@pytest.mark.parametrize(
    ("archive", "folder", "looked_in"),
    [("", "", ""), ("kopijos@nisc.test", "", "INBOX"), ("", "Sent", "Sent"), ("a@b.lt", "K", "K")],
)
def test_the_archive_is_looked_for_where_its_copies_come(
    archive: str, folder: str, looked_in: str
) -> None:
    box = MailboxSettings(host="imap.example.org")

    settings = Settings(
        mail_address="a@b.lt", mailboxes=(box,), mail_archive=archive, mail_archive_folder=folder
    )

    assert settings.archive_folder == looked_in


def test_an_archive_must_be_filled_by_others_and_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_MAIL_ARCHIVE_FOLDER", "Sent")
    with pytest.raises(ConfigurationError, match="no mailbox is read in which a copy"):
        load_settings()

    monkeypatch.setenv("HELPDESK_IMAP_SENT_FOLDER", "Sent")
    monkeypatch.setenv("HELPDESK_MAIL_ADDRESS", "a@b.lt")
    monkeypatch.setenv("HELPDESK_IMAP_HOST", "127.0.0.1")
    monkeypatch.setenv("HELPDESK_IMAP_USER", "a@b.lt")
    with pytest.raises(ConfigurationError, match="gets its copies only after delivery"):
        load_settings()


def test_a_token_server_is_asked_over_an_encrypted_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_SMTP_OAUTH_TOKEN_URL", "https://login.example.org/token")
    monkeypatch.setenv("HELPDESK_SMTP_OAUTH_CLIENT_ID", "desk")
    monkeypatch.setenv("HELPDESK_SMTP_OAUTH_REFRESH_TOKEN", "ilgas")

    found = load_settings()

    assert found.imap_oauth is None
    assert found.smtp_oauth is not None
    assert found.smtp_oauth.refresh_token.get_secret_value() == "ilgas"
    assert "ilgas" not in repr(found)
    monkeypatch.setenv("HELPDESK_SMTP_OAUTH_TOKEN_URL", "http://login.example.org/token")
    with pytest.raises(ConfigurationError, match="begins with https://"):
        load_settings()
