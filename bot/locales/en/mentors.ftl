## Mentors and projects

mentor-note =
    { $mentor ->
        [away] Your organisation’s mentor is away now, so the question went to the other consultants.
       *[there] The question went to your organisation’s mentor.
    }

phase-preparing = preparing a project
phase-running = carrying a project out
complexity-simple = simple
complexity-medium = medium
complexity-complex = complex
mode-phone = phone
mode-mail = mail
mode-telegram = Telegram
mode-online = online
mode-visit = visit
aim-interim = interim
aim-final = final
stage-applied = applied
stage-selected = selected
stage-contract = contract signed
stage-running = running
stage-reported = reported
stage-declined = not selected or given up
request-asked = asked for
request-granted = granted
request-declined = declined

console-mentoring = Mentoring
console-mentorships = Mentored organisations
console-mentorships-mine = My organisations
console-mentorships-none = No organisation is mentored now.
console-mentorships-over = Those over too
console-mentorships-over-hide = Only those that last
console-mentor = Mentor
console-organisation = Organisation
console-phase = Phase
console-since = From
console-until = To
console-source = Source
console-heard = Last heard of on { $heard-on }
console-silent = Silent since { $heard-on }
console-results-late = { $count ->
    [one] { $count } result is late
   *[other] { $count } results are late
 }
console-no-plan = There is no plan yet: assess the need.
console-plan = Need and plan
console-need = What help is needed
console-complexity = Complexity of the project
console-modes = Ways of meeting
console-hours = Hours a month
console-every = Heard of every … days
console-plan-line = { $hours } h a month, heard of every { $days } days
console-plan-from = From { $from-on }
console-plan-new = Assess anew
console-time = Time given
console-month = Month
console-planned-hours = Planned, h
console-given-hours = Given, h
console-contact-on = Day
console-contact-minutes = Minutes
console-contact-mode = How
console-contact-add = Record time
console-due-by = by { $day }
console-results = Results
console-result-planned = Planned
console-result-due = By
console-result-achieved = Achieved
console-result-aim = Kind
console-result-add = Plan a result
console-result-achieve = Record what was achieved
console-result-late = late
console-projects = Projects
console-projects-none = There is no project yet.
console-stage = Stage
console-stage-change = Change the stage
console-stage-on = Day
console-contract = Contract
console-check-add = Add to the checklist
console-check-title = What is to be done
console-check-due = By
console-check-done = Done
console-check-undo = Not done yet
console-requests = Requests for a mentor
console-request-decline = Decline
console-request = Ask for a mentor
console-request-reason = Why a mentor is needed
console-request-ticket = The ticket it was asked in
console-project-add = Write a project down
console-project-title = Title of the project
console-code = Code
console-unplanned = no plan
console-assign = Assign a mentor
console-assign-request = For the request
console-end = End
console-end-on = Last day
console-done-mentored = Written down.

no-such-choice = Choose from the list.
no-such-mentorship = There is no such mentorship.
no-such-result = There is no such result.
no-such-request = There is no such request.
no-such-project = There is no such project.
no-such-check = There is no such line.
mentorship-not-yours = This mentorship is another mentor’s.
organisation-not-yours = Others accompany this organisation.
only-steering = Only a coordinator may do this.
ends-before-it-begins = It would end before it begins.
mentored-already = The organisation has a mentor for this already (No { $id }).
mentorship-over = Mentorship { $id } is over.
impossible-number = This number is not possible.
no-modes = Choose at least one way of meeting.
not-within-mentorship = The day is not within the mentorship, or has not come.
day-to-come = The day has not come.
request-settled = Request { $id } was settled before.
other-organisation = Request { $id } is another organisation’s.
project-known = This organisation’s project of this title is known.
stage-reached = The project is there already.
before-last-step = The day is earlier than the step before ({ $day }).
no-such-programme = There is no programme { $programme }.
no-such-programme-call = The programme has no call { $call }.
