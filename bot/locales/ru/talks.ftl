# Звонки и встречи: краткое изложение для того, с кем говорили.

mail-talk-summary =
    { $kind ->
        [visit] мы встречались { $held-on }. Как Вы просили, отправляем краткое изложение:
       *[other] мы говорили по телефону { $held-on }. Как Вы просили, отправляем краткое изложение:
    }
    .text = { $text }
    .author = { $author }
    .reference = Номер консультации – { $reference }. Чтобы уточнить, ответьте на это письмо.
    .subject = Краткое изложение разговора [{ $reference }]

telegram-talk-summary =
    { $kind ->
        [visit] Изложение встречи { $held-on } · { $reference } · { $author }
       *[other] Изложение разговора { $held-on } · { $reference } · { $author }
    }

nothing-told = Напишите о разговоре хотя бы несколько слов.
not-held-yet = Записать можно только то, что уже состоялось.
no-such-talk = Такой записи о звонке или встрече нет: она отменена.
queue-not-yours = Очередь { $queue } Вы не обслуживаете.
ticket-gone = Обращение { $reference } закрыто: запишите в другое или новое.
bad-phone = По этому номеру позвонить не удалось бы: { $given }.

# Обратный звонок: письма, страница вопроса, никто не ответил.

mail-member-call-number =
    Вы просите позвонить. По какому номеру? Ответьте на это письмо одним номером, можно добавить, когда удобнее.
    .reference = Номер увидят только консультанты. Номер вопроса – { $reference }.

mail-member-call-noted =
    позвоним по номеру { $call-phone }: { $call-on }, { $call-hours } (по вильнюсскому времени). Номер вопроса – { $reference }.
    .slot1 = Если удобнее в другое время, ответьте на это письмо. Если звонить не нужно – «не звоните».

mail-member-call-cancelled = звонить не будем. Вопрос { $reference } остаётся, ответ придёт сюда.

mail-call-missed =
    мы звонили по номеру { $call-phone } по вопросу { $reference }, но не дозвонились.
    .reference = Ответьте на это письмо: напишите, когда и по какому номеру звонить, или спросите письменно.

telegram-call-missed =
    Мы звонили по номеру { $call-phone } по вопросу { $reference }, но не дозвонились.
    .reference = Напишите здесь, когда и по какому номеру звонить, или спросите письменно.

asker-call = Позвоните мне
asker-call-phone = Номер телефона
asker-call-when = Когда удобнее
asker-call-slot = { $day-on }, { $hours }
asker-call-noted = Позвоним по номеру { $call-phone }: { $call-on }, { $call-hours }
asker-uncall = Не звоните
asker-done-called = Записали: позвоним.
asker-done-uncalled = Звонить не будем. Ответ появится здесь.
ask-phone = Телефон
ask-phone-hint = Если укажете номер, консультант позвонит. Время можно выбрать на странице вопроса.

no-such-number = Здесь должно быть число: { $given }.

# Встречи: приглашение с записью в календарь.

mail-visit-invited =
    приглашаем встретиться: { $visit-on }, { $visit-hours } (по вильнюсскому времени), { $place }.
    .about = О чём: { $about }
    .author = { $author }
    .reference = Придёте ли Вы, ответьте в своём календаре («да», «возможно», «нет») или на это письмо. Номер вопроса – { $reference }.
    .subject = Приглашение на встречу { $visit-on } [{ $reference }]

mail-visit-changed =
    наша встреча изменилась: { $visit-on }, { $visit-hours } (по вильнюсскому времени), { $place }.
    .about = О чём: { $about }
    .author = { $author }
    .reference = Подходит ли Вам, ответьте в своём календаре или на это письмо. Номер вопроса – { $reference }.
    .subject = Встреча изменилась: { $visit-on } [{ $reference }]

mail-visit-cancelled =
    встреча { $visit-on }, { $visit-hours } не состоится.
    .author = { $author }
    .reference = Чтобы договориться о другом времени, ответьте на это письмо. Номер вопроса – { $reference }.
    .subject = Встреча отменена: { $visit-on } [{ $reference }]

already-past = Это время уже прошло.
no-such-appointment = Такой встречи нет, или она отменена.

# Передача вопроса: только с согласия спрашивающего.

mail-referral-consent =
    на Ваш вопрос { $reference } лучше всего ответит { $body } ({ $contact }). Согласны ли Вы, чтобы мы передали эти слова? Имя и адрес мы не передаём.
    .passed = «{ $passed }»
    .reference = Ответьте на это письмо: «согласен», «согласна» или «не согласен», «не согласна». Вопрос остаётся у нашего консультанта.
    .author = { $author }

telegram-referral-consent =
    На Ваш вопрос { $reference } лучше всего ответит { $body } ({ $contact }). Согласны ли Вы, чтобы мы передали эти слова? Имя и адрес мы не передаём.
    .passed = «{ $passed }»
    .reference = Ответьте: «согласен», «согласна» или «не согласен», «не согласна». Вопрос остаётся у нашего консультанта.

mail-referral-sent =
    Ваш вопрос { $reference } мы передали: { $body } ({ $contact }).
    .follow-up-on = Вопрос остаётся у нашего консультанта: что из этого вышло, мы спросим { $follow-up-on }
    .author = { $author }

telegram-referral-sent =
    Ваш вопрос { $reference } мы передали: { $body } ({ $contact }).
    .follow-up-on = Вопрос остаётся у нашего консультанта: что из этого вышло, мы спросим { $follow-up-on }

mail-referred =
    к нам обратилась организация с вопросом из Вашей области. Спрашивающий согласился, чтобы мы его передали:
    .text = «{ $text }»
    .municipality = Самоуправление: { $municipality }
    .author = { $author }
    .reference = Ответьте на это письмо, не меняя темы, и мы передадим ответ. Номер вопроса – { $reference }.
    .subject = Передаётся вопрос [{ $reference }]

telegram-referred = Передаётся вопрос { $reference }: { $text }

no-such-referral = Такой передачи нет.
