## Наставники

mentor-note =
    { $mentor ->
        [away] Наставник Вашей организации сейчас не работает, поэтому вопрос передан другим консультантам.
       *[there] Вопрос передан наставнику Вашей организации.
    }

no-such-choice = Выберите из списка.
no-such-mentorship = Такого наставничества нет.
no-such-result = Такого результата нет.
no-such-request = Такой просьбы нет.
no-such-project = Такого проекта нет.
no-such-check = Такой строки нет.
mentorship-not-yours = Это наставничество ведёт другой наставник.
organisation-not-yours = Эту организацию сопровождают другие.
only-steering = Это может сделать только координатор.
ends-before-it-begins = Конец был бы раньше начала.
mentored-already = У организации уже есть наставник для этого (№ { $id }).
mentorship-over = Наставничество { $id } завершено.
impossible-number = Такого числа быть не может.
no-modes = Выберите хотя бы один способ общения.
not-within-mentorship = Этот день вне срока наставничества или ещё не наступил.
day-to-come = Этот день ещё не наступил.
request-settled = Просьба { $id } уже рассмотрена.
other-organisation = Просьба { $id } – от другой организации.
project-known = Проект этой организации с таким названием уже есть.
stage-reached = Проект уже на этом этапе.
before-last-step = Этот день раньше предыдущего шага ({ $day }).
no-such-programme = Такой программы нет: { $programme }.
no-such-programme-call = Такого конкурса у программы нет: { $call }.
