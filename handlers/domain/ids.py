"""The ids of things, so that a ticket's cannot be passed where a person's is meant."""

from typing import NewType

TicketId = NewType("TicketId", int)
ArticleId = NewType("ArticleId", int)
PersonId = NewType("PersonId", int)
ConsultantId = NewType("ConsultantId", int)
InboxId = NewType("InboxId", int)
OutboxId = NewType("OutboxId", int)
AppointmentId = NewType("AppointmentId", int)
ReferralId = NewType("ReferralId", int)
CallWishId = NewType("CallWishId", int)
DraftId = NewType("DraftId", int)
OrganisationId = NewType("OrganisationId", int)
AbsenceId = NewType("AbsenceId", int)
MentorshipId = NewType("MentorshipId", int)
MentorRequestId = NewType("MentorRequestId", int)
ResultId = NewType("ResultId", int)
ProjectId = NewType("ProjectId", int)
CheckId = NewType("CheckId", int)
EnrolmentId = NewType("EnrolmentId", int)
ApplicationId = NewType("ApplicationId", int)
DeliverableId = NewType("DeliverableId", int)
