mail-write-above = Please type your reply above this line

mail-greeting = Hello,

mail-closing-asker =
    Kind regards
    { $organisation }

mail-automatic =
    This is an automatic message. We use your data only to answer your question.
    .privacy = More about privacy: { $privacy }

mail-acknowledgement =
    we have received your question and registered it as { $reference }. It has been passed to a consultant.
    .encrypted = Your message is encrypted and we cannot read it. Please write in plain text.
    .oversized = Your message is too large and we did not get its contents. Please send it without attachments, or with smaller ones.
    .unreadable = We could not read your message. Please write again in plain text.
    .topic = Topic: { $topic }.
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = We plan to answer by { $due-on }.
    .closed = We are closed at the moment and will read your question on the next working day.
    .closure = { closure-note }
    .page = Your question's page: { $page }
    .bot = Go on in Telegram: { $bot }
    .reference = To add something, reply to this message without changing the subject. To help us answer precisely, tell us your municipality and the name of your organisation.

mail-acknowledgement-restricted =
    we have received your message and registered it as { $reference }. Only the person responsible will read it.
    .due-on = We plan to answer by { $due-on }.

mail-acknowledgement-sensitive =
    we have received your message; only the person responsible will read it. If life or health is in danger, call 112.
    .reference = Your number is { $reference }.

mail-answer =
    { $answer }
    .sources = Source: { $sources }.
    .checked-on = Checked on { $checked-on }.
    .page = Your question's page: { $page }
    .reference = This is an automatic answer to question { $reference }. Did it help? Reply with one number: 1 – it helped, 2 – it did not, 3 – I want a consultant. If this is not what you asked, reply “consultant” and a person will take over.

mail-suggestions =
    we have received your question; its number is { $reference }. A consultant will read it. While you wait, perhaps you are asking about:
    .option1 = 1 – { $option1 }
    .option2 = 2 – { $option2 }
    .option3 = 3 – { $option3 }
    .reference = If one of these fits, reply with its number and we will send the answer at once. If none does, you need not do anything.
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = A consultant plans to answer by { $due-on }.
    .closed = We are closed at the moment and will read your question on the next working day.
    .closure = { closure-note }
    .page = Your question's page: { $page }
    .bot = Go on in Telegram: { $bot }

mail-handed-over =
    we have passed your question { $reference } to a consultant.
    .mentor = { mentor-note }
    .due-on = We plan to answer by { $due-on }.
    .closed = We are closed at the moment and will read your question on the next working day.
    .closure = { closure-note }

mail-thanked = thank you for telling us. We are glad it helped.

mail-reply =
    { $text }
    .author = { $author }
    .reference = Your question's number is { $reference }. To ask more, reply to this message.

mail-call-reminder-set =
    we will remind you three days before applications close:
    { $calls }
    Write “stop reminding” if you change your mind.

mail-call-reminder-ended = we will not remind you of this call any more.

mail-call-reminder =
    as you asked: { $municipality }, call “{ $title }”. The last day to apply is { $closes-on }.
    .sources = Source: { $sources }. Checked on { $checked-on }.
    .reference = If you want no more reminders, write “stop reminding”.
