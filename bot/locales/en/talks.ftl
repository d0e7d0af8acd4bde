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
