# Pages, for askers and consultants.

web-skip = Skip to the content
web-language = Language
web-language-lt = Lietuvių
web-language-en = English
web-language-ru = Русский
web-privacy-link = Privacy
web-problem = That did not work
web-files = Attachments

ask-title = Ask a question
ask-lead = We advise non-governmental and community organisations and municipalities. Frequent questions are answered at once, others go to a consultant.
ask-unstaffed = Nobody has been appointed to answer questions yet. We will record your question but cannot promise when a person will answer it.
ask-text = Your question
ask-text-hint = Describe your situation in a few sentences. Please leave out personal codes, health data and other sensitive information. The fullest answers are in Lithuanian.
ask-optional = (optional)
ask-email = E-mail
ask-email-hint = We will also send you the answer by e-mail. Without an address you will see it only on the page of your question.
ask-email-hint-unsent = We send no e-mail yet: you will see the answer on the page of your question. A consultant may need the address.
ask-municipality = Municipality
ask-municipality-hint = Rules may differ between municipalities.
ask-privacy = We use your data only to answer your question.
ask-privacy-more = What we store and for how long
ask-send = Send the question
ask-planned = If your question goes to a consultant, we plan to answer by { $due-on }.

asker-title = Question { $reference }
asker-you = You
asker-automatic = Automatic answer
asker-automatic-note = This answer was chosen by a program, not by a person.
asker-sources =
    { $count ->
        [one] Source:
       *[other] Sources:
    }
asker-checked = Information checked on { $checked-on }.
asker-thread = Conversation
asker-keep-link = Keep this link: you will see the answer only here.
asker-address = The address of this page
asker-copy = Copy
asker-copied = Copied
asker-waiting-planned = Your question is with a consultant. We plan to answer by { $due-on }.
asker-waiting = Your question is with a consultant and waits for an answer.
asker-waiting-unstaffed = Your question is recorded. Nobody has been appointed to answer it yet, so we cannot promise when that will be.
asker-topic = Topic: { $topic }.
asker-answered = Your question was answered automatically.
asker-replied = A consultant has answered. If anything is unclear, write below.
asker-settled = This question is settled. If anything is unclear, write below.
asker-sensitive = If somebody is in danger, call 112.
asker-helped-question = Did the answer help?
asker-helped = It helped
asker-not-helped = It did not help
asker-person = Ask a consultant
asker-typed-hint = You can also type below: 1 – it helped, 2 – it did not help, 3 – ask a consultant.
asker-offered = Perhaps you are asking about this?
asker-offered-hint = You need not choose: your question already waits for a consultant. You can also type the number below.
asker-none = No, I ask about something else
asker-more = Add to your question or ask more
asker-send = Send
asker-done-added = Received. What you wrote was added to your question.
asker-done-pressed-helped = We are glad it helped.
asker-done-pressed-not_helped = Understood: your question waits for a consultant.
asker-done-pressed-person = Your question is now with a consultant.
asker-done-chosen = The answer is below.

privacy-title = Privacy
privacy-what = What we store
privacy-what-text = Your question, the conversation about it, the files you sent and what you told about yourself: e-mail address, phone number, name, municipality.
privacy-why = What for
privacy-why-text = Only to answer your question, and to count, without names, how many consultations of which kind we gave. Please do not send personal codes, health data or other sensitive information.
privacy-who = Who sees it
privacy-who-text = The consultants who answer questions on your topic ({ $organisation }) and the administrator of the system. The page of your question can be seen by anybody who has its link, so do not pass it on.
privacy-how-long = For how long
privacy-how-long-text =
    { $days ->
        [one] The originals of received messages are deleted after { $days } day.
       *[other] The originals of received messages are deleted after { $days } days.
    } The conversation itself is kept while it is needed for advice, or until you ask us to delete it.
privacy-rights = Your rights
privacy-rights-text = You may ask us to show, correct, hand over or delete your data, and you may object to our using it. A person always reads such a request. If you think that your rights were infringed, you may turn to the State Data Protection Inspectorate of Lithuania.
privacy-write = Write to { $address }
privacy-telegram-text = Telegram is a third party. If you ask on Telegram, your messages travel through its servers, which we cannot influence. If you do not want that, ask on this site or by e-mail.
privacy-cookies = Cookies
privacy-cookies-text = The askers' pages use no cookies and load nothing from other sites.
privacy-full = The full privacy notice

error-403 = This cannot be done
error-403-text = The form did not come from our page. Open the page again and try once more.
error-404 = There is no such page
error-404-text = Check that the whole link was copied. To see the answer to your question you need the exact link you got when you asked.
error-405 = This address is not used that way
error-405-text = Open the page again.
error-413 = Too much data
error-413-text = Make the text shorter and try again.
error-415 = The form could not be read
error-415-text = Open the page again and try once more.
error-500 = Something went wrong
error-500-text = Your question may not have been saved. Go back and try again in a few minutes.
error-back = Back to the start

sign-in-title = Sign in, consultants
sign-in-confirm = The link works once. Press the button to sign in on this browser.
sign-in-button = Sign in
sign-in-email = Your e-mail
sign-in-email-hint = If the address belongs to a consultant, we will send a sign-in link. It is valid for 15 minutes.
sign-in-send = Send the link
sign-in-sent = If the address belongs to a consultant, the link is on its way. Check your mail.
sign-in-no-mail = Sending mail is not configured. The administrator of the system gives out sign-in links.
sign-in-spent = This link was used already or is no longer valid. Ask for a new one.
sign-in-too-often = Too many attempts. Try again in a quarter of an hour.

console-tickets = Tickets
console-views = Lists
console-view-mine = Mine
console-view-queues = My queues
console-view-all = All
console-sign-out = Sign out
console-filter-status = Status
console-filter-queue = Queue
console-any-status-mine = Unfinished
console-any-status-queues = Waiting for us
console-any-status-all = Every status
console-any-queue = Every queue
console-search = Search: number, subject, asker
console-show = Show
console-nobody = nobody took it
console-owner = taken by { $name }
console-nameless = no name
console-no-subject = (no subject)
console-trouble = not delivered
console-late = late
console-more = Not all tickets are shown: narrow the search.
console-empty-mine = You have no unfinished ticket.
console-empty-queues = Nobody waits in your queues. Well done!
console-empty-all = There are no such tickets.
console-keys-list = Keys: j and k – next and previous, Enter – open.
console-keys-ticket = Keys: r – reply, Ctrl+Enter – send, u – back to the list, n – the next one that waits.
console-back = All tickets
console-longest = Waiting longest: { $reference }
console-planned = answer by { $due-on }
console-practice = exercise: nothing is sent
console-thread = Conversation
console-fresh = new
console-whole = Show the whole message
console-reply = Reply to the asker
console-reply-hint = The asker gets this text { $channel }. Signature: { $signature }.
console-reply-hint-page = The asker sees this text only on the page of the question. Signature: { $signature }.
console-stranger = Not written by the asker but by { $who }. The asker gets the answer.
console-copies = Copies went to
console-send-copies = Send a copy of the answer to
console-programme = Programme
console-send = Send the reply
console-send-resolve = Send and resolve
console-note-open = Write an internal note
console-note = Internal note
console-note-hint = Only consultants see it. It is not sent to the asker.
console-note-send = Save the note
console-conflict = Your text is still below, and what is new is marked. Read it and send again.
console-acts = Actions
console-act-take = Take
console-act-release = Release
console-act-resolve = Resolve
console-act-reopen = Reopen
console-act-spam = Spam
console-act-transfer = Transfer
console-transfer = Transfer to a queue
console-suggestions = The knowledge base suggests
console-insert = Insert this answer
console-stale = The program would not send this today: check that it still holds and fits the municipality.
console-about = About the ticket
console-requester = Asker
console-channel = Channel
console-queue = Queue
console-municipality = Municipality
console-language = Language
console-created = Received
console-needs = Worth knowing
console-unknown = unknown
console-history = History
console-why = Why?
console-others = Other tickets of the same asker
console-done-take = The ticket is yours.
console-done-release = The ticket is back in its queue.
console-done-reply = The reply is on its way.
console-done-note = The note is saved.
console-done-transfer = The ticket was transferred.
console-done-resolve = The ticket is resolved.
console-done-reopen = The ticket is open again.
console-done-spam = The ticket is marked as spam.
delivery-page = shown on the asker's page
delivery-outside = sent from the shared mailbox itself
delivery-none = there is no way to send it

actor-machine = program
actor-requester = asker
event-decided = The program decided
event-answered = Answered automatically
event-linked = Linked to another ticket
event-follow_up = The asker wrote again
event-reminder_asked = The asker wants to be reminded before a call closes
event-reminder_ended = The asker wants no more reminders
event-thanked = The asker said thank you
event-new_sender = Written from another address
event-helped = It helped the asker
event-person_asked = The asker wants a consultant
event-suggestions_declined = None of the suggestions was what the asker meant
event-chosen = The asker chose a suggested answer
event-taken = Taken
event-released = Released
event-replied = Replied
event-replied_outside = Answered from the shared mailbox
event-transferred = Transferred
event-resolved = Resolved
event-reopened = Reopened
event-spam = Marked as spam
event-automatic_mail_held = An automatic mail was held back: too many were sent
event-bounced = The mail came back undelivered
event-auto_reply = An automatic reply came
event-bulk = A bulk mail came
event-undelivered = Not delivered
event-uncertain = Nobody can tell whether it arrived
reason-answer = Decision: answer.
reason-suggestions = Decision: suggest similar questions.
reason-unsure = Decision: hand over to a consultant.
reason-held_back = The answer was not sent: so the administrator decided.
reason-not_helped = the answer did not help
reason-person = asked for a consultant

# Errors of the API

api-not-json-type = Send JSON: Content-Type must be application/json.
api-too-large = The request is larger than 64 kB.
api-not-json = The request is not valid JSON.
api-too-often = Too many questions from this address; wait as many seconds as Retry-After says.

# How long ago, and in how long

age-ago-years = { $number } yr. ago
age-ago-months = { $number } mo. ago
age-ago-weeks = { $number } wk. ago
age-ago-days = { $number ->
    [one] { $number } day ago
   *[other] { $number } days ago
}
age-ago-hours = { $number } hr. ago
age-ago-minutes = { $number } min. ago
age-ago-seconds = { $number } sec. ago
age-in-years = in { $number } yr.
age-in-months = in { $number } mo.
age-in-weeks = in { $number } wk.
age-in-days = { $number ->
    [one] in { $number } day
   *[other] in { $number } days
}
age-in-hours = in { $number } hr.
age-in-minutes = in { $number } min.
age-in-seconds = in { $number } sec.
