"""The groups of commands: each is loaded when one of its commands is asked for.

A service asks for none of them: two megabytes, and a tenth of what `helpdesk tickets` takes.
"""

from importlib import import_module
from typing import Final

from typer import Typer
from typer._click.core import Command, Context  # Typer's own copy of Click
from typer.core import TyperGroup
from typer.main import get_group_from_info
from typer.models import TyperInfo

_GROUPS: Final = {
    "desk": ("sorting", "desk_app"),
    "inbox": ("work", "inbox_app"),
    "outbox": ("work", "outbox_app"),
    "kb": ("knowledge", "kb_app"),
    "consultation": ("consultations", "consultation_app"),
    "visit": ("visits", "visit_app"),
    "referral": ("referrals", "referral_app"),
    "consultant": ("people", "consultant_app"),
    "queue": ("people", "queue_app"),
    "person": ("organisations", "person_app"),
    "organisation": ("organisations", "organisation_app"),
    "template": ("templates", "template_app"),
    "registry": ("registry", "registry_app"),
    "programme": ("programmes", "programme_app"),
    "call": ("programmes", "call_app"),
    "mentor": ("mentors", "mentor_app"),
    "project": ("projects", "project_app"),
    "training": ("trainings", "training_app"),
    "review": ("reviews", "review_app"),
    "selection": ("selection", "selection_app"),
    "deliverable": ("deliverables", "deliverable_app"),
    "route": ("routes", "route_app"),
    "files": ("files", "files_app"),
    "db": ("databases", "db_app"),
}
"""The module of each, the last that adds commands, and its name there; in the order of `--help`."""


class Groups(TyperGroup):
    """The commands of the program itself, and the groups."""

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Find a command; an unknown one is looked for among all, so that a near one is named."""
        if cmd_name in _GROUPS:
            self._load(cmd_name)
        elif cmd_name not in self.commands:
            for name in _GROUPS:
                self._load(name)
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: Context) -> list[str]:
        """Name the single commands and then the groups, loaded or not."""
        single = [name for name in super().list_commands(ctx) if name not in _GROUPS]
        return [*single, *_GROUPS]

    def _load(self, name: str) -> None:
        if name in self.commands:
            return
        module, attribute = _GROUPS[name]
        group: Typer = getattr(import_module(f"bot.cli.{module}"), attribute)
        self.add_command(
            get_group_from_info(
                TyperInfo(group, name=name),
                pretty_exceptions_short=True,
                suggest_commands=self.suggest_commands,
                rich_markup_mode=self.rich_markup_mode,
            )
        )
