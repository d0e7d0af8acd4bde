# Shared words: statuses, kinds, channels, sentences of refusal.

status-new = new
status-open = in progress
status-waiting = waiting for the asker
status-answered = answered automatically
status-resolved = resolved
status-merged = merged
status-spam = spam

channel-mail = e-mail
channel-telegram = Telegram
channel-web = web page
channel-command = console
channel-phone = phone
channel-visit = meeting
channel-by-mail = by e-mail
channel-by-telegram = on Telegram
channel-by-web = on the web page
channel-by-command = in the console
channel-by-phone = by phone
channel-by-visit = in person

kind-inbound = the asker's message
kind-suggested = Automatic answer
kind-reply = reply
kind-note = internal note, the asker does not see it
kind-call = phone call
kind-visit = visit

language-lt = Lithuanian
language-en = English
language-ru = Russian
language-other = other

delivery-queued = waiting to be sent
delivery-sending = being sent
delivery-delivered = sent
delivery-deferred = not sent yet, we will try again
delivery-uncertain = nobody knows whether it arrived
delivery-dead = not delivered

weekday-0 = Monday
weekday-1 = Tuesday
weekday-2 = Wednesday
weekday-3 = Thursday
weekday-4 = Friday
weekday-5 = Saturday
weekday-6 = Sunday

# Why something was not done. The keys are HelpdeskError.key.

ticket-not-yours = You have no access to ticket { $reference }.
ticket-changed = Ticket { $reference } changed in the meantime.
taken-by-other = Somebody else has taken this ticket: { $name }.
changed-meanwhile = Something changed in the meantime. Please try again.
lease-lost = Another process took this work over.
already-sent = The answer to { $reference } has already been sent.
asker-unreachable = There is no way to write to the asker of { $reference }. Your text was not sent.
not-a-consultant = Only a consultant may do that.
mail-not-authentic = We could not verify that this mail is really yours. Answer in the console or on Telegram; if you did send it, tell the administrator. If you did not, somebody writes in your name.
no-such-ticket = There is no ticket { $reference }.
no-such-queue = There is no such queue: { $queue }.
no-such-municipality = There is no municipality { $municipality }.
which-municipality = Which municipality? It may be: { $either }.
not-utf-8 = The file must be UTF-8.
no-such-day = There is no such day: { $given }.
no-such-person = There is no such person.
no-such-consultant = There is no such consultant.
no-such-entry = There is no such entry in the knowledge base: { $id }.
no-such-message = There is no such message: { $id }.
no-such-shunted-message = There is no such message among those put aside: { $id }.
no-such-parked-message = There is no such message among those that stopped: { $id }.
no-such-file = That file is no longer here.
no-such-call = There is no such call.
no-such-place = There is no such municipality.
which-ticket = It is not clear which ticket this is about.
only-in-private = Send this command to the bot in private.
not-your-list = That is another consultant's list.
address-taken = This address belongs to somebody else.
consultant-taken = Another consultant has this e-mail address or Telegram account.
limit-shape = Write limits like 10/10m,30/1d.
no-words = Please write at least a few words.
not-in-copy = { $address } got no copies of this conversation, so the answer is not sent there.
not-text = This must be text.
not-an-object = A question is a JSON object with the field “text”.
text-too-long = The text is too long.
bad-address = The e-mail address is not correct. It should look like name@example.com.
unknown-language = We do not know this language. Use lt, en or ru.
key-used = Another question was received under this key.
bad-key = The key must be 1 to 200 visible ASCII characters.
too-often = We received very many questions in a short time. Please try again in { $seconds } s; what you wrote is still in the form.

# The sign-in link a consultant gets by e-mail.

staff-sign-in = Hello,

    to sign in to the consultants' console, open this link within 15 minutes:

    { $url }

    The link works once. If you did not ask to sign in, there is nothing to do.
    .subject = Sign in to the consultants' console

closure-note = We are closed from { $closure-first-on } to { $closure-last-on } ({ $closure }).

# What is worth knowing of a mail besides its words.

note-signed = The mail is signed; the signature was not checked.
note-encrypted = The mail is encrypted and cannot be read. Ask the writer for plain text.
note-calendar = The mail holds an invitation to a meeting; see the attached file.
note-winmail = A part of the mail is in the file winmail.dat, which only Outlook opens.
note-cut_short = The mail is very long; only its beginning is shown.
note-oversized = The mail is too large: only its headers were taken. The whole mail is in the mailbox.
note-unreadable = The mail could not be taken from the mailbox. Read it there.
note-forwarded = The mail was passed on: { $asker } may be the one who asks, and can get the answer as a copy.
