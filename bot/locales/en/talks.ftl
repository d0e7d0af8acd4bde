# Calls and visits: what was written down, and the summary for whoever spoke.

mail-talk-summary =
    { $kind ->
        [visit] we met on { $held-on }. As you asked, here is a short summary:
       *[other] we spoke by phone on { $held-on }. As you asked, here is a short summary:
    }
    .text = { $text }
    .author = { $author }
    .reference = The number of this consultation is { $reference }. To ask more, reply to this message.
    .subject = Summary of our conversation [{ $reference }]

telegram-talk-summary =
    { $kind ->
        [visit] Summary of our meeting on { $held-on } · { $reference } · { $author }
       *[other] Summary of our call on { $held-on } · { $reference } · { $author }
    }

telegram-channel-phone = phone
telegram-channel-visit = meeting

event-call_logged = Call written down
event-visit_logged = Visit written down
event-talk_mended = Call or visit corrected
event-talk_dropped = Call or visit taken back
event-summary_sent = Summary sent to whoever spoke

nothing-told = Write at least a few words about the conversation.
not-held-yet = Only what has taken place can be written down.
no-such-talk = There is no such call or visit: it was taken back.
queue-not-yours = You do not serve the queue { $queue }.
ticket-gone = Ticket { $reference } is closed: write to another or a new one.
bad-phone = Nobody could be called on this number: { $given }.

# Calling back: letters, the asker's page, nobody answered.

mail-member-call-number =
    you would like to be called. On which number? Reply with one number; you may add when it suits you.
    .reference = Only consultants will see the number. Your question's number is { $reference }.

mail-member-call-noted =
    we will call { $call-phone } on { $call-on }, { $call-hours } (time in Vilnius). Your question's number is { $reference }.
    .slot1 = If another time suits you better, reply to this message, for example: “tomorrow in the afternoon”. If no call is needed: “do not call”.

mail-member-call-cancelled = we will not call. Question { $reference } stays; the answer will come here.

mail-call-missed =
    we called { $call-phone } about question { $reference }, but could not reach you.
    .reference = Reply to this message: tell us when and on which number to call, or ask in writing.

telegram-call-missed =
    We called { $call-phone } about question { $reference }, but could not reach you.
    .reference = Write here when and on which number to call, or ask in writing.

asker-call = Call me
asker-call-phone = Phone number
asker-call-when = When it suits you
asker-call-slot = { $day-on }, { $hours }
asker-call-noted = We will call { $call-phone } on { $call-on }, { $call-hours }
asker-uncall = Do not call
asker-done-called = Noted: we will call.
asker-done-uncalled = We will not call. The answer will be here.
ask-phone = Phone
ask-phone-hint = With a number you will be called by a consultant. You can choose the time on your question's page.

event-call_wished = The asker wishes to be called
event-call_cancelled = The asker wishes no call any more
event-call_missed = Called, nobody answered

# Console: the form of a call or a visit.

console-talk = Write down a call or a visit
console-talk-advice = What was advised
console-talk-minutes = Length in minutes
console-talk-municipality = Municipality
console-talk-name = Who spoke
console-talk-organisation = Organisation
console-talk-contact = Phone or e-mail
console-talk-topic = Queue
console-talk-topic-guess = Choose by the words
console-talk-participants = Participants
console-talk-place = Place
console-talk-date = Day
console-talk-ticket = Ticket
console-talk-hint = What was advised is enough. Without a ticket's number a new one is opened, settled already. Nothing is sent to whoever spoke.
console-talk-save = Write down
console-talk-took = { $count } min
console-talk-came = participants: { $count }
console-talk-summary = Written summary
console-talk-to = E-mail of whoever spoke
console-talk-summary-words = Summary
console-talk-summary-send = Send the summary
console-talk-drop = Take it back
console-call = Wishes to be called on { $call-phone }: { $call-on }, { $call-hours }
console-call-missed = Nobody answered
console-done-talk = Written down.
console-done-summary = The summary will be sent.
console-done-drop = Taken back.
console-done-missed = Noted that nobody answered.
no-such-number = This must be a number: { $given }.

# Meetings: an invitation with a calendar entry.

mail-visit-invited =
    we invite you to meet: { $visit-on }, { $visit-hours } (time in Vilnius), { $place }.
    .about = About: { $about }
    .author = { $author }
    .reference = Say whether you will come in your calendar (yes, maybe, no) or by replying to this message. Your question's number is { $reference }.
    .subject = Invitation to meet on { $visit-on } [{ $reference }]

mail-visit-changed =
    our meeting has changed: { $visit-on }, { $visit-hours } (time in Vilnius), { $place }.
    .about = About: { $about }
    .author = { $author }
    .reference = Say whether it suits you in your calendar or by replying to this message. Your question's number is { $reference }.
    .subject = The meeting has changed: { $visit-on } [{ $reference }]

mail-visit-cancelled =
    the meeting on { $visit-on }, { $visit-hours } will not take place.
    .author = { $author }
    .reference = To agree on another time, reply to this message. Your question's number is { $reference }.
    .subject = The meeting is cancelled: { $visit-on } [{ $reference }]

event-visit_invited = Invitation to meet sent
event-visit_moved = Meeting moved
event-visit_cancelled = Meeting cancelled
event-visit_accepted = The asker will come
event-visit_tentative = The asker may come
event-visit_declined = The asker will not come
already-past = This time has passed.
no-such-appointment = There is no such meeting, or it was cancelled.

# Referral: only with the asker's consent.

mail-referral-consent =
    your question { $reference } would best be answered by { $body } ({ $contact }). Do you agree that we pass these words on? Your name and address are not passed on.
    .passed = “{ $passed }”
    .reference = Reply with “I agree” or “I do not agree”. Your question stays with our consultant.
    .author = { $author }

telegram-referral-consent =
    Your question { $reference } would best be answered by { $body } ({ $contact }). Do you agree that we pass these words on? Your name and address are not passed on.
    .passed = “{ $passed }”
    .reference = Reply with “I agree” or “I do not agree”. Your question stays with our consultant.

mail-referral-sent =
    your question { $reference } was passed on to { $body } ({ $contact }).
    .follow-up-on = It stays with our consultant, who will ask what came of it on { $follow-up-on }
    .author = { $author }

telegram-referral-sent =
    Your question { $reference } was passed on to { $body } ({ $contact }).
    .follow-up-on = It stays with our consultant, who will ask what came of it on { $follow-up-on }

mail-referred =
    an organisation asked us something that belongs to your field. The asker agreed that we pass it on:
    .text = “{ $text }”
    .municipality = Municipality: { $municipality }
    .author = { $author }
    .reference = Reply to this message without changing its subject, and we will pass your answer on. The question's number is { $reference }.
    .subject = A question passed on [{ $reference }]

telegram-referred = A question passed on, { $reference }: { $text }

event-referral_asked = The asker is asked whether the question may be passed on
event-referral_declined = The asker did not agree
event-referred = The question was passed on to another body
event-referral_closed = Nothing more is awaited of the other body
no-such-referral = There is no such referral.

# Console: meetings and referrals.

console-agreements = Meetings and referrals
console-visits = Meetings
console-visits-none = There are no meetings.
console-visit-start = When
console-visit-about = About
console-visit-to = The asker's e-mail, if we do not know it
console-visit-hint = The asker gets a mail with a calendar invitation; their answer will appear here.
console-visit-send = Send the invitation
console-visit-move = Move
console-visit-cancel = Cancel the meeting
visit-invited = answer awaited
visit-accepted = will come
visit-tentative = may come
visit-declined = will not come
visit-cancelled = cancelled
console-referrals = Referrals
console-referrals-none = Not referred.
console-referral-body = Body
console-referral-contact = Its e-mail
console-referral-follow-up = When to ask what came of it
console-referral-consent = How the asker agreed
console-referral-words = What to pass on
console-referral-hint = Unless you say how the asker agreed, they are asked first. If you write nothing, their question is passed on, without name and address.
console-referral-send = Refer
console-referral-close = Await nothing more
referral-asked = consent asked for
referral-declined = the asker did not agree
referral-sent = passed on
referral-closed = nothing awaited
console-agreed-invite = The invitation will be sent.
console-agreed-move = The other time will be sent.
console-agreed-cancel = They will be told of the cancellation.
console-agreed-refer = Noted.
console-agreed-close = Nothing more is awaited.
