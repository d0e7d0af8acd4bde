# Trainings: calendar, registration, waiting list, reminders.

training-when = { $days ->
        [1] { $first-on }, { $hours }
       *[other] { $first-on } and { $second-on }, { $hours }
    }
training-length = { $days ->
        [1] one day
       *[other] two days
    }
training-free = { $free ->
        [0] No seats are left; there is a waiting list.
       *[other] Seats left: { $free }.
    }

mail-training-seated =
    you are registered for the training “{ $title }” (code { $code }).
    .first-on = When: { training-when }
    .place = Where: { $place } ({ $municipality }).
    .page = The page of your registration: { $page }
    .reference = If you cannot come, reply with the one word “cancel” and somebody who waits will have the seat.

mail-training-waiting =
    the training “{ $title }” (code { $code }) has no seats left. You are number { $number } on the waiting list; we will tell you as soon as a seat is free.
    .first-on = When: { training-when }
    .place = Where: { $place } ({ $municipality }).
    .page = The page of your registration: { $page }
    .reference = If you need no seat any more, reply with the one word “cancel”.

mail-training-seat =
    a seat is free: you are registered for the training “{ $title }” (code { $code }).
    .first-on = When: { training-when }
    .place = Where: { $place } ({ $municipality }).
    .page = The page of your registration: { $page }
    .reference = If you cannot come, reply with the one word “cancel” and somebody else will have the seat.

mail-training-left =
    you are no longer registered for the training “{ $title }”, as you asked.
    .code = If you change your mind, write “register { $code }”.

mail-training-closed =
    registration for the training “{ $title }” is over. If you have questions, reply to this mail and a consultant will read it.

mail-training-moved =
    the time or place of the training “{ $title }” (code { $code }) has changed.
    .first-on = Now: { training-when }
    .place = Where: { $place } ({ $municipality }).
    .reference = If you cannot come, reply with the one word “cancel”.

mail-training-called-off =
    the training “{ $title }” will not take place.
    .first-on = It was to be: { training-when }
    .reference = If you have questions, reply to this mail and a consultant will read it.

mail-training-reminder =
    a reminder of the training “{ $title }” (code { $code }).
    .first-on = When: { training-when }
    .place = Where: { $place } ({ $municipality }).
    .reference = If you cannot come, reply with the one word “cancel” and somebody who waits will have the seat.

telegram-training-seated =
    You are registered for the training “{ $title }” (code { $code }).
    .first-on = When: { training-when }
    .place = Where: { $place } ({ $municipality }).

telegram-training-waiting =
    The training “{ $title }” (code { $code }) has no seats left. You are number { $number } on the waiting list; we will tell you as soon as a seat is free.
    .first-on = When: { training-when }
    .place = Where: { $place } ({ $municipality }).

telegram-training-seat =
    A seat is free: you are registered for the training “{ $title }” (code { $code }).
    .first-on = When: { training-when }
    .place = Where: { $place } ({ $municipality }).

telegram-training-left =
    You are no longer registered for the training “{ $title }”, as you asked.
    .code = If you change your mind, write “register { $code }”.

telegram-training-closed = Registration for the training “{ $title }” is over. If you have questions, write them here and a consultant will read them.

telegram-training-moved =
    The time or place of the training “{ $title }” (code { $code }) has changed.
    .first-on = Now: { training-when }
    .place = Where: { $place } ({ $municipality }).

telegram-training-called-off =
    The training “{ $title }” will not take place.
    .first-on = It was to be: { training-when }

telegram-training-reminder =
    A reminder of the training “{ $title }” (code { $code }).
    .first-on = When: { training-when }
    .place = Where: { $place } ({ $municipality }).

telegram-member-trainings = Trainings you may register for. Press a button, or write “register” and the code.
telegram-member-no-trainings = There is no training to register for now. If you need one, write to us and a consultant will read it.

telegram-training =
    { $code } · { $title } ({ training-length })
    .first-on = { training-when }
    .place = { $place } ({ $municipality }). { training-free }
    .seat = { $seat ->
        [taken] You are registered.
       *[waiting] You are on the waiting list.
    }

telegram-button-enrol-in = Register: { $code }
telegram-button-leave-in = Cancel: { $code }
telegram-button-leave = I cannot come
telegram-command-mokymai = trainings and registration

event-training_seat = Got a seat in a training
event-training_waiting = Put on a training's waiting list
event-training_left = Gave up the training
event-training_moved = Told that the training moved
event-training_called_off = Told that the training is called off
event-training_reminder = Reminded of the training

training-exists = There is a training with the code { $id } already.
no-such-training = There is no such training: { $id }.
nobody-registered = Nobody is registered under { $reference }.
not-a-day-of-training = The training is not held on that day: { $given }.
bad-training = The training could not be written down: { $why }.

# Pages.

trainings-link = Trainings
trainings-title = Trainings
trainings-lead = Trainings and meetings you may register for.
trainings-none = There is no training to register for now.
trainings-none-hint = If you need one in your municipality, write to us.
trainings-ask = Write
trainings-feed = Calendar for other programs (.ics)
trainings-register = Register
trainings-when = When
trainings-where = Where
trainings-seats = Seats
trainings-cycle = Cycle
trainings-code = Code
trainings-word = By e-mail or in Telegram it is enough to write “register { $code }”.
trainings-called-off = This training will not take place.
trainings-over = Registration for this training is over.
trainings-back = All trainings
training-form = Registration
training-name = Your name
training-name-hint = Only the organisers will see it.
training-organisation = Organisation or institution
training-email-hint-unsent = We send no mail yet: you will see the confirmation on the next page.
training-email-hint = We will send the confirmation and a reminder to this address.
training-municipality-hint = The municipality you come from.
training-privacy = We use this only to hold the training.
training-send = Register
training-send-waiting = Join the waiting list
training-done = We have your registration. The confirmation with everything you need is on its way to your address.
asker-title-training = Registration { $reference }
asker-training = Training
asker-training-taken = You are registered.
asker-training-waiting = You are on the waiting list. We will tell you as soon as a seat is free.
asker-training-left = You do not take part in this training.
asker-training-leave = I cannot come
asker-done-left = You gave up your seat.
