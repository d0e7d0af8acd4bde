# Routes, turns, absences: what happened to a ticket, what consultants are answered.

event-routed = Led by a route
event-assigned = Assigned
event-unassigned = Assigned to nobody
event-substituted = Passed to who stands in
event-unrouted = The route was undone
reason-owner_silent = the consultant was silent for long
reason-owner_away = the consultant is away

nothing-placed = No route moved ticket { $reference }, or somebody passed it on since: there is nothing to undo.
telegram-refusal-nothing-placed = No route moved question { $reference }, or somebody passed it on since: there is nothing to undo.
console-act-unroute = Undo the route
console-done-unroute = The route was undone: the ticket is where it was.
telegram-button-unroute = Undo the route

away-already = The consultant is away then already.
not-away = No absence of the consultant is written down.
substitutes-in-a-circle = The substitutes would stand in for each other in a circle.
below-nothing = The number cannot be below nothing.
no-such-language = There is no such language: { $language }.

## Which municipality: the city or the district

which-place-note = Which municipality do you mean: { $place1 } or { $place2 }? Please tell us: their rules may differ.
asker-places = Which municipality do you mean?
asker-done-place = Thank you. We have noted which municipality.

## Who is there

console-duty = Who is there
console-duty-lead = Tickets of whoever is away go to who stands in, or to the queue. Everybody writes down their own days, coordinators everybody's.
console-duty-name = Consultant
console-duty-load = Open tickets
console-duty-of = { $count } of { $capacity }
console-duty-languages = Languages
console-duty-places = Municipalities
console-duty-any = all
console-duty-when = At work?
console-duty-away = { $first-on } – { $last-on }
console-duty-substitute = { $name } stands in
console-duty-nobody = nobody stands in, tickets go to the queue
console-duty-there = at work
console-duty-back = Back at work
console-duty-cancel = Cancel
console-duty-add = Write down an absence
console-duty-from = From
console-duty-to = To (included)
console-duty-stands-in = Stands in
console-duty-none = nobody
console-duty-save = Write down
console-duty-done = Written down.
days-not-yours = { $name } or a coordinator writes these days down.
