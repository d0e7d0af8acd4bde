"""What stands in `deploy/` speaks of settings, roles and files that exist."""

import configparser
import re
import subprocess
from pathlib import Path
from typing import Final

import pytest
import yaml

from bot.configuration import PREFIX
from bot.settings import Settings
from bot.shared import Role

_ROOT: Final = Path(__file__).parents[2]
_DEPLOY: Final = _ROOT / "deploy"
_SETTINGS: Final = frozenset(name.upper() for name in Settings.model_fields)
_KEY: Final = re.compile(rf"\b{PREFIX}(\w+?)(?:_FILE)?(?=[=:])")
_FILES: Final = sorted(path for path in _DEPLOY.rglob("*") if path.is_file())
_UNITS: Final = sorted([*_DEPLOY.glob("systemd/*.service"), *_DEPLOY.glob("systemd/*/*.conf")])


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_every_setting_named_is_one(path: Path) -> None:
    named = set(_KEY.findall(path.read_text(encoding="utf-8")))

    assert named - _SETTINGS - {"KEY"} == set()


@pytest.mark.parametrize("path", _UNITS, ids=lambda path: path.name)
def test_every_credential_handed_over_is_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    given = set(re.findall(r"^LoadCredential=([\w-]+):", text, re.MULTILINE))
    read = set(re.findall(r"_FILE=%d/([\w-]+)$", text, re.MULTILINE))

    assert given == read


def test_the_unit_of_roles_is_as_hardened_as_that_of_all() -> None:
    alone, several = (
        _unit(_DEPLOY / "systemd" / name) for name in ("helpdesk.service", "helpdesk@.service")
    )

    assert several.pop("ExecStart") == f"{alone.pop('ExecStart')} --only %I"
    assert several == alone


def test_a_command_beside_the_service_runs_as_the_service_does() -> None:
    script = _DEPLOY / "systemd/helpdesk-beside"
    service, copies = (
        _unit(_DEPLOY / "systemd" / name)
        for name in ("helpdesk.service", "helpdesk-backup.service")
    )
    given = set(re.findall(r"-p (\w+=\S+)", script.read_text(encoding="utf-8")))

    shared = ("DynamicUser", "User", "UMask", "StateDirectory", "StateDirectoryMode")
    wanted = {f"{key}={service[key]}" for key in (*shared, "WorkingDirectory")}
    wanted |= {f"{key}={copies[key]}" for key in ("CacheDirectory", "CacheDirectoryMode")}
    assert given == wanted
    assert subprocess.run(["/bin/sh", "-n", script], check=False).returncode == 0  # noqa: S603 -- ours


def test_compose_runs_each_role_once() -> None:
    compose = yaml.safe_load((_DEPLOY / "container/compose.yaml").read_text(encoding="utf-8"))
    commands = [service.get("command") for service in compose["services"].values()]

    runs = [command[2] for command in commands if command and command[0] == "run"]

    assert sorted(",".join(runs).split(",")) == sorted(role.value for role in Role)


def test_the_image_holds_every_package() -> None:
    image = (_DEPLOY / "container/Containerfile").read_text(encoding="utf-8")

    copied = re.findall(r"^COPY (\w+) \1$", image, re.MULTILINE)

    assert copied == sorted(
        path.parent.name
        for path in _ROOT.glob("*/__init__.py")
        if path.parent.name not in {"benchmarks", "tests"}
    )


def _unit(path: Path) -> dict[str, str]:
    unit = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    # systemd's keys have case.
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path, encoding="utf-8")
    return dict(unit["Service"])
