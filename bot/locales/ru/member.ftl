# Что можно добавить к вопросу в Telegram: самоуправление, тему, звонок.

telegram-member-unsupported = Такие сообщения мы передать консультанту не можем. Напишите словами или пришлите файл.

telegram-member-places = Напишите самоуправление, в котором Вы работаете (вопрос { $reference }).

telegram-member-which-place = Какое самоуправление? Нажмите (вопрос { $reference }).

telegram-member-place-set = Вопрос { $reference }, отметили: { $municipality }

telegram-member-cancelled = Вы отменили вопрос { $reference }. Если передумаете, ответьте на это сообщение.

telegram-member-call-number =
    По какому номеру позвонить по вопросу { $reference }? Напишите его или нажмите кнопку внизу. Можете добавить, когда удобнее.
    .reference = Номер увидят только консультанты.

telegram-member-call-number-wrong = По этому номеру дозвониться не получится. Напишите его, например, так: +370 612 34567. Номер другой страны начинается с её кода.

telegram-member-call-noted =
    Позвоним по номеру { $call-phone }: { $call-on }, { $call-hours } (по вильнюсскому времени). Вопрос { $reference }.
    .slot1 = Если удобнее другое время, нажмите.

telegram-member-call-cancelled = Звонить не будем. Вопрос { $reference } остаётся, ответ придёт сюда.

telegram-button-call = 📞 Позвоните мне
telegram-button-uncall = Не звоните
telegram-button-contact = Отправить мой номер
telegram-button-slot = { $day-on }, { $hours }
telegram-button-soon = Как можно скорее
telegram-button-place = Указать самоуправление
telegram-button-apart = Это новый вопрос
telegram-button-cancel = Отменить вопрос
