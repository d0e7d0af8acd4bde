# Selection for a programme, and what municipalities were promised.

mail-selection-decided =
    { $choice ->
        [selected] selected to take part in “{ $programme }”: { $applicant }.
        [waiting] the application to take part in “{ $programme }” ({ $applicant }) is number { $number } on the waiting list.
       *[declined] not selected to take part in “{ $programme }”: { $applicant }.
    }
    .reason = Reason: { $reason }
    .reference = If you have questions, reply to this mail and a consultant will read it.

telegram-selection-decided =
    { $choice ->
        [selected] Selected to take part in “{ $programme }”: { $applicant }.
        [waiting] The application to take part in “{ $programme }” ({ $applicant }) is number { $number } on the waiting list.
       *[declined] Not selected to take part in “{ $programme }”: { $applicant }.
    }
    .reason = Reason: { $reason }

choice-applied = awaits a decision
choice-selected = selected
choice-waiting = on the waiting list
choice-declined = not selected
choice-withdrawn = withdrawn

event-selection_applied = Applied to take part
event-selection_selected = Selected to take part
event-selection_waiting = Put on the waiting list
event-selection_declined = Not selected
event-selection_withdrawn = Application withdrawn

deliverable-analysis = Situation analysis
deliverable-plan-review = Review of the strategic plan
deliverable-council-plan = The council's plan of work
progress-planned = planned
progress-started = begun
progress-delivered = delivered
progress-dropped = dropped

one-applicant = Name a municipality or an organisation, only one.
applied-already = There is an application already: { $number }.
not-a-choice = That cannot be decided: { $choice }.
no-such-application = There is no such application: { $number }.
application-withdrawn = Application { $number } was withdrawn.
no-such-deliverable = There is no such deliverable: { $number }.
not-responsible = Somebody else is responsible for deliverable { $number }.
not-working = This person works here no more.
no-file = Lay down the file first.

# The console's page.

console-deliverables = Trainings and deliverables
deliverables-title = What municipalities were promised
deliverables-none = Nothing is outstanding.
deliverables-late = late
deliverables-due = by { $due-on }
deliverables-over = Show what is done, too
deliverables-plan = Plan a deliverable
deliverables-kind = What
deliverables-municipality = Municipality
deliverables-due-label = By when
deliverables-responsible = Who is responsible
deliverables-period = Period
deliverables-add = Plan
deliverables-progress = How far it is
deliverables-file = File from a ticket
deliverables-file-hint = The number of a ticket: its newest file is taken.
deliverables-save = Save
selection-title = Applications to take part
selection-reason = Reason of the decision
selection-select = Select
selection-wait = Waiting list
selection-decline = Do not select
selection-number = number { $number } on the list
trainings-ahead = Trainings
trainings-none-planned = No training is planned. They are added by “helpdesk training add” or “helpdesk training import”.
trainings-taken = { $taken } of { $seats }, { $waiting } waiting
training-who = Who registered
training-nobody = Nobody registered.
training-attended = Came
training-save = Save attendance
training-saved = Attendance saved.
seat-taken = has a seat
seat-waiting = waits
seat-left = gave it up
