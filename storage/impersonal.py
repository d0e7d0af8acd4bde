"""Tables that are about nobody who asked, each with the reason; see `storage.personal`."""

from collections.abc import Mapping
from typing import Final

IMPERSONAL: Final[Mapping[str, str]] = {
    "consultants": "those who answer; `consultant disable` ends their rights",
    "consultant_queues": "which queues consultants serve",
    "one_time_codes": "digests that let a consultant in, gone when used or expired",
    "sessions": "digests of consultants' cookies",
    "merges": "numbers of tickets that were made one, as their history says, which is exported",
    "ticket_links": "numbers of tickets that belong together, as their history says likewise",
    "watchers": "which consultants are told of which tickets",
    "stays": "when a ticket changed its state, as its history says, which is exported",
    "organisations": "organisations in their own right; who asks for one is told by `people`",
    "mentorships": "which consultants accompany which organisations",
    "mentor_plans": "what help an organisation needs, and how it is given",
    "mentor_contacts": "when consultants gave an organisation how much of their time",
    "mentor_results": "what an organisation means to reach and what it reached",
    "projects": "projects of organisations",
    "project_stages": "how far projects of organisations are",
    "project_checks": "what is to be done in projects of organisations",
    "deliverables": "what municipalities are given, and who of the staff is responsible",
    "topics": "numbers of topics in staff chats",
    "templates": "canned replies, written before anybody asked",
    "entries": "curated answers and who of the staff changed them",
    "records": "what public sources say of municipalities: members of councils in a public role as "
    "published there; `registry forget` takes a name out of every version; also which queue what "
    "goes to, and what consultants speak and serve",
    "absences": "which days consultants are away, and who stands in",
    "turns": "who of the consultants was given a question last",
    "statutes": "public documents of councils",
    "mail_cursors": "reading positions of our own mailboxes",
    "leases": "names of our own processes",
    "troubles": "names of our own troubles, and when consultants were told",
    "reconciliations": "how many mails each of our own mailboxes held",
}
