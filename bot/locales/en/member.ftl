# What an asker adds to a question in Telegram: municipality, topic, a call.

telegram-member-unsupported = We cannot pass such messages on to a consultant. Please use words, or send a file.

telegram-member-places = Write the municipality where you work (question { $reference }).

telegram-member-which-place = Which municipality? Press it (question { $reference }).

telegram-member-place-set = Question { $reference }, noted: { $municipality }

telegram-member-cancelled = You cancelled question { $reference }. If you change your mind, reply to this message.

telegram-member-call-number =
    On which number shall we call about question { $reference }? Write it, or press the button below. You may add when it suits you.
    .reference = Only consultants will see the number.

telegram-member-call-number-wrong = A call to this number would fail. Write it like this: +370 612 34567. A number from abroad begins with the country’s code.

telegram-member-call-noted =
    We will call { $call-phone } on { $call-on }, { $call-hours } (time in Vilnius). Question { $reference }.
    .slot1 = If another time suits you better, press it.

telegram-member-call-cancelled = We will not call. Question { $reference } stays; the answer will come here.

telegram-button-call = 📞 Call me
telegram-button-uncall = Do not call
telegram-button-contact = Send my number
telegram-button-slot = { $day-on }, { $hours }
telegram-button-soon = As soon as possible
telegram-button-place = Name my municipality
telegram-button-apart = This is a new question
telegram-button-cancel = Cancel the question
