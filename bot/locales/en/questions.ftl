# Several questions in one letter, answers we do not have in the asker's language, and topics.

told-answer = “{ $question }”
    .answer = { $answer }
    .sources = Source: { $sources }.
    .checked-on = Checked on { $checked-on }.

told-original = “{ $question }” (in Lithuanian)
    .original = { $original }

mail-answer-in-part =
    we found several questions in your message and registered them as { $reference }. Here is what we can answer already:
    .answers = { $answers }
    .waiting =
        { $count ->
            [one] A consultant will answer this question:
           *[other] A consultant will answer these questions:
        }
        { $waiting }
    .options =
        Perhaps you are asking about one of these? If so, reply with its number and we will send the answer at once.
        { $options }
    .originals =
        While you wait, here is our answer to a similar question. We have it in Lithuanian only.

        { $originals }
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = The consultant plans to answer by { $due-on }.
    .closed = We are closed at the moment and will read your question on the next working day.
    .closure = { closure-note }
    .page = Your question's page: { $page }
    .reference = What is answered already was chosen by a program, not a person. If you asked something else, reply to this message and a consultant will read it.

mail-untranslated =
    we have received your question and registered it as { $reference }. We have no reviewed answer in your language, so a consultant will answer you.
    .originals =
        While you wait, here is our answer to a similar question. We have it in Lithuanian only.

        { $originals }
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = We plan to answer by { $due-on }.
    .closed = We are closed at the moment and will read your question on the next working day.
    .closure = { closure-note }
    .page = Your question's page: { $page }

telegram-answer-in-part =
    We found several questions. Here is what we can answer already:
    .answers = { $answers }
    .waiting =
        { $count ->
            [one] A consultant will answer this question:
           *[other] A consultant will answer these questions:
        }
        { $waiting }
    .originals =
        While you wait, here is our answer to a similar question. We have it in Lithuanian only.

        { $originals }
    .option1 = Are you asking about one of these?

telegram-answer-in-part-below =
    .topic = Topic: { $topic }.
    .option1 = Press a number or write it, and the answer comes at once.
    .topic1 = What is it about? Press a topic and your question reaches the right consultant sooner. You need not choose.
    .reference = Your questions are registered as { $reference }. What is answered already was chosen by a program; if you asked something else, reply to this message.
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

telegram-untranslated =
    We have received your question; its number is { $reference }. We have no reviewed answer in your language, so a consultant will answer you.
    .originals =
        While you wait, here is our answer to a similar question. We have it in Lithuanian only.

        { $originals }

telegram-untranslated-below =
    .topic = Topic: { $topic }.
    .topic1 = What is it about? Press a topic and your question reaches the right consultant sooner. You need not choose.
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = We plan to answer by { $due-on }.
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

asker-in-part = Some of your questions are answered already, the others are with a consultant.
asker-in-part-planned = Some of your questions are answered already, the others are with a consultant. We plan to answer by { $due-on }.
asker-parts = Your questions
asker-part-answered = answered
asker-part-waits = a consultant will answer
asker-untranslated = We have no reviewed answer in your language, so a consultant will answer you.
asker-original = Answer to a similar question, in Lithuanian
asker-original-hint = We have it in Lithuanian only. A consultant will answer your question.
asker-topics = What is your question about?
asker-topics-hint = Press a topic and your question reaches the right consultant sooner. You need not choose.
asker-done-topic = Thank you. Your question is with the consultants for this topic.

topic-nvo-tarybos = NGO councils of municipalities
topic-bo-atstovavimas = Community organisations and their representation
topic-priemone-paraiskos = Community activity measure: calls and applications
topic-priemone-igyvendinimas = Running a project, costs, reports
topic-mokymai = Training, visits, events
topic-steigimas = Founding, registration, NGO status
topic-finansai = Accounting, annual reports, audit
topic-parama-gpm = Donations, charity, 1.2 % of income tax
topic-savanoryste = Volunteering
topic-paslaugos = Public services, social business, use of premises
topic-institucinis = Institutional support, SADM and SPPD competitions
topic-bendra = Something else

console-questions = Questions of the letter
console-part-answered = answered automatically
console-part-waits = waits for an answer

event-part = A question of the letter
event-untranslated = Asked in a language without a reviewed answer
event-topic_chosen = The asker chose a topic
event-municipality_chosen = The asker named the municipality
reason-answered = Answered automatically.
reason-waits = Waits for a consultant.
reason-en = in English
reason-ru = in Russian
reason-uk = in Ukrainian
reason-pl = in Polish
reason-owner_left = the consultant works here no longer
