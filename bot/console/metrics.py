"""What is stored, in figures for Prometheus."""

from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.exposition import CONTENT_TYPE_LATEST as TYPE
from prometheus_client.exposition import generate_latest

from handlers.domain.channels import Channel
from handlers.ports import UnitOfWork
from handlers.reconciling import balance

__all__ = ["REFUSALS", "TYPE", "figures"]

REFUSALS = ("forged", "refused", "not-a-consultant")
_DAY = timedelta(days=1)


def figures(uow: UnitOfWork, now: datetime) -> bytes:
    """Write down how many of what are stored."""
    registry = CollectorRegistry()
    counted = (
        ("helpdesk_inbox", "Received messages by state.", "state", uow.inbox.counts()),
        ("helpdesk_outbox", "Owed messages by state.", "state", uow.outbox.counts()),
        ("helpdesk_tickets", "Tickets by status.", "status", uow.tickets.counts()),
    )
    for name, meaning, label, counts in counted:
        gauge = Gauge(name, meaning, [label], registry=registry)
        for state, count in counts.items():
            gauge.labels(state.value).set(count)
    age = Gauge(
        "helpdesk_oldest_due_seconds",
        "How long the longest waiting message is due.",
        ["queue"],
        registry=registry,
    )
    found = balance(uow)
    missing = Gauge(
        "helpdesk_missing", "Messages the newest audit found missing.", registry=registry
    )
    missing.set(found.missing if found else 0)
    if found is not None:
        checked = Gauge(
            "helpdesk_audit_age_seconds", "How long ago the audit was.", registry=registry
        )
        checked.set((now - found.at).total_seconds())
    for queue, due in (("inbox", uow.inbox.oldest_due()), ("outbox", uow.outbox.oldest_due())):
        age.labels(queue).set(max(0.0, (now - due).total_seconds()) if due else 0.0)
    refused = Gauge(
        "helpdesk_refused_presses",
        "Buttons of Telegram pressed in the last day by whom they are not for, or made up.",
        ["reason"],
        registry=registry,
    )
    pressed = uow.inbox.ignored_since(now - _DAY, channel=Channel.TELEGRAM, reasons=REFUSALS)
    for reason, count in pressed.items():
        refused.labels(reason).set(count)
    return generate_latest(registry)
