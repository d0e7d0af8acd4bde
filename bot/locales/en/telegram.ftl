# Telegram. An attribute named after a value is added only when that value is not empty.

## For the one who asks

telegram-start =
    Hello! This is { $organisation }: we answer non-governmental organisations and communities.
    .organisation =
        Write your question in one message. Our checked answers are in Lithuanian; anything else goes to a consultant, who will reply right here.

        /pagalba – how this works
        /konsultantas – talk to a person
        /privatumas – what we keep about you

        We use your name, messages and account number only to answer your questions.

telegram-help =
    How this works
    .organisation =
        • Write your question in one message. Name your municipality and organisation for a more precise answer.
        • Below an automatic answer, tell us whether it helped. If it did not, a consultant takes over.
        • Every question handed over has a number and waits for a consultant even if you press nothing.
        • To add something, reply to our message (tap it and choose “Reply”).
        • You can send photos, documents and voice messages.
        • Would you rather talk? Press “Call me” under your question.
        • Write “consultant” at any time.
    .phone = Phone: { $phone }

telegram-privacy =
    What we keep about you
    .organisation =
        We keep your Telegram name, account number and messages. We use them only to answer your questions. Only consultants see them.

        To get a copy of your data or to have it erased, write so here: only an authorised person will read the request.
    .privacy-url = More: { $privacy-url }

telegram-say-more =
    Hello! Write what you would like to know, in one message, in your own words.
    .organisation = To talk to a person, write “consultant”.

telegram-answer =
    { $answer }
    .sources = Source: { $sources }
    .checked-on = Checked on { $checked-on }.
    .reference = This is an automatic answer to question { $reference }. Did it help? Press a button or write: 1 – it helped, 2 – it did not, 3 – consultant.

telegram-suggestions = Are you asking about one of these?

telegram-suggestions-below =
    Press a number or write it, and the answer comes at once (in Lithuanian).
    .reference = Your question is already registered as { $reference } and waits for a consultant even if you press nothing.
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = The consultant plans to answer by { $due-on }.
    .closed = We are closed now and will read your question on the next working day.
    .closure = { closure-note }
    .progress =
        { $progress ->
            [taken] 👤 A consultant has taken the question.
            [answered] ✅ Answered.
            [resolved] ✅ The question is closed.
            [merged] Joined to another question of yours.
           *[other] {""}
        }

telegram-acknowledgement =
    We have received your question and handed it to a consultant. Its number is { $reference }.
    .topic = Topic: { $topic }.
    .municipality = Municipality: { $municipality }
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = We plan to answer by { $due-on }.
    .closed = We are closed now and will read your question on the next working day.
    .closure = { closure-note }
    .reference = To add something, reply to this message. For a more precise answer, tell us your municipality and the name of your organisation.
    .other1 = Is this a new question, or part of an earlier one? Press. Until you do, it is a question of its own.
    .topic1 = What is it about? Press a topic and your question reaches the right consultant sooner. You need not choose.
    .progress =
        { $progress ->
            [taken] 👤 A consultant has taken the question.
            [answered] ✅ Answered.
            [resolved] ✅ The question is closed.
            [merged] Joined to another question of yours.
           *[other] {""}
        }

telegram-acknowledgement-restricted =
    We have received your message; only an authorised person will read it. Its number is { $reference }.
    .due-on = We plan to answer by { $due-on }.
    .progress =
        { $progress ->
            [taken] 👤 A consultant has taken the question.
            [answered] ✅ Answered.
            [resolved] ✅ The question is closed.
            [merged] Joined to another question of yours.
           *[other] {""}
        }

telegram-acknowledgement-sensitive =
    We have received your message; only an authorised person will read it. If life or health is in danger, call 112.
    .reference = Its number is { $reference }.

telegram-handed-over =
    We have handed question { $reference } to a consultant.
    .mentor = { mentor-note }
    .due-on = We plan to answer by { $due-on }.
    .closed = We are closed now and will read your question on the next working day.
    .closure = { closure-note }
    .reference = To add something, reply to this message.
    .progress =
        { $progress ->
            [taken] 👤 A consultant has taken the question.
            [answered] ✅ Answered.
            [resolved] ✅ The question is closed.
            [merged] Joined to another question of yours.
           *[other] {""}
        }

telegram-thanked = Thank you for telling us. We are glad it helped. If you have another question, just write.

telegram-reply = Answer · { $reference } · { $author }

telegram-reply-below = If something is still unclear, reply to this message.

telegram-linked =
    This Telegram account now belongs to the consultant { $name }.
    .name =
        New questions appear in the consultants’ group. A reply to a card or to the asker’s words is sent to the asker; any other message in the topic stays an internal note.

telegram-link-refused = The link is no longer valid: it works once and for 7 days. To ask something, simply write it here.

## One's own matters

telegram-command-klausimai = Your questions
telegram-command-konsultantas = Talk to a person
telegram-command-kalba = Change the language
telegram-command-pagalba = How it works
telegram-command-privatumas = What we keep about you
telegram-command-duomenys = Get your data
telegram-command-istrinti = Erase your data
telegram-about = Questions of non-governmental organisations and communities: checked answers at once, consultants answer the rest. Write in your own words. What we keep and how to erase it: /privatumas
telegram-about-short = Advice for NGOs: write your question. About your data: /privatumas

telegram-member-tickets = Your questions

telegram-member-tickets-below = Press a number to see the question.

telegram-member-no-tickets = You have no questions yet. Write one in a single message.

telegram-member-status =
    { $status ->
        [new] waits for a consultant
        [open] a consultant works on it
        [waiting] answered, waits for you
        [answered] answered
       *[resolved] closed
    }

telegram-member-ticket =
    { $reference }
    .state = { $state }
    .question = { $question }
    .answer =
        The last answer:
        { $answer }
    .reference = To add something, reply to this message.

telegram-member-language = Which language shall we write in?

telegram-member-language-set = All right, we will write in English.

telegram-member-exported = Everything we keep about you. Any text editor opens the file.

telegram-member-no-data = We keep nothing about you.

telegram-member-erase =
    We will erase your name, messages, files and account number. Only numbers without a person remain: how many questions there were, when and on what topic.
    .open = Your questions { $open } have no answer yet and will get none.

telegram-member-erase-surely =
    What is erased cannot be brought back. Are you sure?
    .open = Unanswered questions: { $open }

telegram-member-erased = Erased. Telegram does not let us delete messages older than 48 hours here: please delete the chat yourself.

telegram-member-rating =
    Question { $reference } is closed. How do you rate the help? 1 is bad, 5 is excellent.
    .reference = If something is still missing, reply to this message.

telegram-member-rated = Thank you for the rating.

telegram-button-join = It is part of { $reference }
telegram-button-erase-surely = Erase everything…
telegram-button-erase-yes = Yes, erase

## Buttons

telegram-button-helped = It helped
telegram-button-not-helped = It did not
telegram-button-person = Ask a consultant
telegram-button-none = None of them – ask a consultant
telegram-button-take = Take
telegram-button-release = Give back
telegram-button-queues = Transfer…
telegram-button-card = ← Back
telegram-button-reopen = Reopen
telegram-button-undo = Undo
telegram-button-again = Try again
telegram-button-resolve = Resolved
telegram-button-spam = Spam

## What is not words

telegram-edited =
    (edited)
    { $text }
telegram-file-too-big = [The file “{ $name }” is larger than 20 MB and stays in Telegram only.]
telegram-file-missing = [The file “{ $name }” could not be fetched.]
telegram-files-left-out = Telegram does not carry these files: { $names }
telegram-contact = [Contact: { $name }, { $phone }]
telegram-location = [Place: { $latitude }, { $longitude }]

## For consultants

telegram-channel-mail = e-mail
telegram-channel-telegram = Telegram
telegram-channel-web = website
telegram-channel-command = consultant

telegram-staff-topic = { $reference }
    .municipality = { $municipality }
    .queue = { $queue }

telegram-staff-new =
    { $reference } · { $queue }
    .facts = { $facts }

telegram-staff-new-below =
    .candidates =
        Similar FAQ entries (a button sends the answer to the asker):
        { $candidates }
    .copies = Copies went to: { $copies }
    .notes = ⚠ { $notes }
    .parts =
        The message has several questions (a button sends the answer to the asker):

        { $parts }
    .why =
        Why the program decided so:
        { $why }
    .hidden = The question went to a queue that is not shown here.
    .state = { $state }
    .call-phone = 📞 Call { $call-phone }: { $call-on }, { $call-hours }
    .owner = Consultant: { $owner }
    .draft =
        ✏️ A draft, not sent to the asker ({ $draft-by }):
        { $draft }
    .reference = A reply to this message is sent to the asker. Any other message in the topic stays a note.

telegram-staff-follow-up =
    { $reference } has something new
    .facts = { $facts }
    .stranger = ⚠ Not written by the asker but by { $stranger }. The asker gets the answer.
    .copies = Copies went to: { $copies }
    .notes = ⚠ { $notes }

telegram-staff-handed-over =
    { $reference } · { $queue } · asks for a consultant
    .facts = { $facts }

telegram-staff-handed-over-below =
    .why =
        Why the program decided so:
        { $why }
    .hidden = The question went to a queue that is not shown here.
    .state = { $state }
    .call-phone = 📞 Call { $call-phone }: { $call-on }, { $call-hours }
    .owner = Consultant: { $owner }
    .draft =
        ✏️ A draft, not sent to the asker ({ $draft-by }):
        { $draft }
    .reference = A reply to this message is sent to the asker. Any other message in the topic stays a note.

telegram-staff-undelivered =
    { $reference } · not delivered
    .what =
        { $what ->
            [reply] The consultant’s answer did not reach the asker, or nobody can tell.
            [answer] The automatic answer did not reach the asker, or nobody can tell.
            [copy] A copy of the answer did not reach one of its readers, or nobody can tell.
           *[other] A message did not reach the asker, or nobody can tell.
        }

telegram-staff-sending =
    { $state ->
        [waiting] { $seconds ->
            [one] { $reference } · the answer leaves in { $seconds } second
           *[other] { $reference } · the answer leaves in { $seconds } seconds
        }
        [delivered] { $reference } · the answer was delivered
       *[withdrawn] { $reference } · the answer was taken back; it stays here as a note
    }

telegram-status-waiting = Waits for the asker
telegram-status-answered = Answered automatically
telegram-status-resolved = ✅ Resolved
telegram-status-merged = Joined to another question
telegram-status-spam = Spam

telegram-staff-goodbye = I answer questions of non-governmental organisations in private and do not work in this group, so I am leaving. Please write to me directly.

telegram-staff-no-topics = I may not open topics in this group, so new questions will stand in the general chat. Let me manage topics in the group's settings.

telegram-refused =
    Not done
    .why = { $why }

telegram-refusal-not-a-consultant = This account belongs to no consultant, so nothing was sent to the asker. If you write anonymously or in the name of a channel, switch that off; if the account is new, open the link of your welcome mail.
telegram-refusal-ticket-not-yours = Question { $reference } is in a queue you do not serve.
telegram-refusal-taken-by-other = Already taken by { $name }.
telegram-refusal-ticket-changed = Question { $reference } changed meanwhile. Look again and repeat.
telegram-refusal-no-words = The message has neither words nor files.
telegram-refusal-already-sent = The answer to { $reference } has already been sent. To correct it, edit your message.
telegram-refusal-no-such-entry = This FAQ entry no longer exists.
telegram-refusal-no-such-parked-message = This message was sent already, or is being sent again.
telegram-refusal-no-such-queue = There is no such queue.
telegram-refusal-asker-unreachable = There is no way to reach the asker.
telegram-refusal-other = This could not be done.

telegram-call-reminder-set =
    We will remind you three days before applications close:
    { $calls }
    Write “stop reminding” if you change your mind.

telegram-call-reminder-ended = We will not remind you of this call any more.

telegram-call-reminder =
    As you asked: { $municipality }, call “{ $title }”. The last day to apply is { $closes-on }.
    .sources = Source: { $sources }. Checked on { $checked-on }.
    .reference = If you want no more reminders, write “stop reminding”.
