## Deadlines: how they are reckoned

console-deadlines = Deadlines
worked-time =
    { $hours ->
        [0] { $minutes } min
       *[other] { $hours } h { $minutes } min
    }
deadline-reply = Answer
deadline-resolution = Settle
deadline-met = Done { $at }.
deadline-paused = The clock stands still: it is the asker’s turn. { $left } of working time are left.
deadline-passed = Late since { $at }.
deadline-running = By { $at }, { $left } of working time are left.
deadline-worked = Counted since { $since }: { $worked } of working time passed out of { $target }.
deadline-was-late = It was late.
deadline-pause = Not counted: { $start } – { $end }.
deadline-pause-lasts = Not counted since { $start }.
event-reminded = Reminded of a deadline that draws near
event-escalated = A coordinator was told of a deadline that passed
event-closing_warned = The asker was told that the matter will be closed
reason-reply = answer
reason-resolution = settle

mail-closing-soon =
    we answered your question { $reference } and have not heard from you since.
    .closes-on = Unless you write by { $closes-on }, we will take the question as settled. If you need anything more, reply to this mail.

telegram-closing-soon = We answered your question { $reference } and have not heard from you since.
    .closes-on = Unless you write by { $closes-on }, we will take the question as settled. If you need anything more, reply to this message.
