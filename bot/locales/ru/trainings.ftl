# Обучение: календарь, регистрация, лист ожидания, напоминания.

training-when = { $days ->
        [1] { $first-on }, { $hours }
       *[other] { $first-on } и { $second-on }, { $hours }
    }
training-length = { $days ->
        [1] один день
       *[other] два дня
    }
training-free = { $free ->
        [0] Свободных мест нет, записываем в лист ожидания.
       *[other] Свободных мест: { $free }.
    }

mail-training-seated =
    Вы зарегистрированы на обучение «{ $title }» (код { $code }).
    .first-on = Когда: { training-when }
    .place = Где: { $place } ({ $municipality }).
    .page = Страница регистрации: { $page }
    .reference = Если не сможете прийти, ответьте на это письмо одним словом «отказываюсь» – место получит тот, кто ждёт.

mail-training-waiting =
    на обучении «{ $title }» (код { $code }) свободных мест нет. Вы в листе ожидания под номером { $number }. Как только место освободится, сообщим.
    .first-on = Когда: { training-when }
    .place = Где: { $place } ({ $municipality }).
    .page = Страница регистрации: { $page }
    .reference = Если место больше не нужно, ответьте на это письмо одним словом «отказываюсь».

mail-training-seat =
    место освободилось: Вы зарегистрированы на обучение «{ $title }» (код { $code }).
    .first-on = Когда: { training-when }
    .place = Где: { $place } ({ $municipality }).
    .page = Страница регистрации: { $page }
    .reference = Если не сможете прийти, ответьте на это письмо одним словом «отказываюсь» – место получит другой.

mail-training-left =
    на обучении «{ $title }» Вы не участвуете, как и просили.
    .code = Если передумаете, напишите «зарегистрировать { $code }».

mail-training-closed =
    регистрация на обучение «{ $title }» закончилась. Если есть вопросы, ответьте на это письмо – его прочтёт консультант.

mail-training-moved =
    изменилось время или место обучения «{ $title }» (код { $code }).
    .first-on = Теперь: { training-when }
    .place = Где: { $place } ({ $municipality }).
    .reference = Если не сможете прийти, ответьте на это письмо одним словом «отказываюсь».

mail-training-called-off =
    обучение «{ $title }» не состоится.
    .first-on = Должно было быть: { training-when }
    .reference = Если есть вопросы, ответьте на это письмо – его прочтёт консультант.

mail-training-reminder =
    напоминаем об обучении «{ $title }» (код { $code }).
    .first-on = Когда: { training-when }
    .place = Где: { $place } ({ $municipality }).
    .reference = Если не сможете прийти, ответьте на это письмо одним словом «отказываюсь» – место получит тот, кто ждёт.

telegram-training-seated =
    Вы зарегистрированы на обучение «{ $title }» (код { $code }).
    .first-on = Когда: { training-when }
    .place = Где: { $place } ({ $municipality }).

telegram-training-waiting =
    На обучении «{ $title }» (код { $code }) свободных мест нет. Вы в листе ожидания под номером { $number }. Как только место освободится, сообщим.
    .first-on = Когда: { training-when }
    .place = Где: { $place } ({ $municipality }).

telegram-training-seat =
    Место освободилось: Вы зарегистрированы на обучение «{ $title }» (код { $code }).
    .first-on = Когда: { training-when }
    .place = Где: { $place } ({ $municipality }).

telegram-training-left =
    На обучении «{ $title }» Вы не участвуете, как и просили.
    .code = Если передумаете, напишите «зарегистрировать { $code }».

telegram-training-closed = Регистрация на обучение «{ $title }» закончилась. Если есть вопросы, напишите – их прочтёт консультант.

telegram-training-moved =
    Изменилось время или место обучения «{ $title }» (код { $code }).
    .first-on = Теперь: { training-when }
    .place = Где: { $place } ({ $municipality }).

telegram-training-called-off =
    Обучение «{ $title }» не состоится.
    .first-on = Должно было быть: { training-when }

telegram-training-reminder =
    Напоминаем об обучении «{ $title }» (код { $code }).
    .first-on = Когда: { training-when }
    .place = Где: { $place } ({ $municipality }).

telegram-member-trainings = Обучение, на которое можно зарегистрироваться. Нажмите или напишите «зарегистрировать» и код.
telegram-member-no-trainings = Сейчас нет обучения, на которое можно зарегистрироваться. Если обучение нужно, напишите – прочтёт консультант.

telegram-training =
    { $code } · { $title } ({ training-length })
    .first-on = { training-when }
    .place = { $place } ({ $municipality }). { training-free }
    .seat = { $seat ->
        [taken] Вы зарегистрированы.
       *[waiting] Вы в листе ожидания.
    }

telegram-button-enrol-in = Зарегистрироваться: { $code }
telegram-button-leave-in = Отказаться: { $code }
telegram-button-leave = Не смогу прийти
telegram-command-mokymai = обучение и регистрация

# Страницы.

trainings-link = Обучение
trainings-title = Обучение
trainings-lead = Обучение и встречи, на которые можно зарегистрироваться.
trainings-none = Сейчас нет обучения, на которое можно зарегистрироваться.
trainings-none-hint = Если обучение нужно в Вашем самоуправлении, напишите нам.
trainings-ask = Написать
trainings-feed = Календарь для других программ (.ics)
trainings-register = Зарегистрироваться
trainings-when = Когда
trainings-where = Где
trainings-seats = Места
trainings-cycle = Цикл
trainings-code = Код
trainings-word = По эл. почте или в Telegram достаточно написать «зарегистрировать { $code }».
trainings-called-off = Это обучение не состоится.
trainings-over = Регистрация на это обучение закончилась.
trainings-back = Всё обучение
training-form = Регистрация
training-name = Имя и фамилия
training-name-hint = Увидят только организаторы.
training-organisation = Организация или учреждение
training-email-hint-unsent = Писем пока не отправляем: подтверждение увидите на следующей странице.
training-email-hint = На этот адрес пришлём подтверждение и напоминание.
training-municipality-hint = Из какого самоуправления Вы приедете.
training-privacy = Данные используем только для проведения обучения.
training-send = Зарегистрироваться
training-send-waiting = Записаться в лист ожидания
training-done = Регистрация получена. Подтверждение и всю информацию отправляем на указанный адрес.
asker-title-training = Регистрация { $reference }
asker-training = Обучение
asker-training-taken = Вы зарегистрированы.
asker-training-waiting = Вы в листе ожидания. Как только место освободится, сообщим.
asker-training-left = В этом обучении Вы не участвуете.
asker-training-leave = Не смогу прийти
asker-done-left = Вы отказались от места.

training-exists = Обучение с кодом { $id } уже есть.
no-such-training = Такого обучения нет: { $id }.
nobody-registered = По обращению { $reference } никто не зарегистрирован.
not-a-day-of-training = В этот день обучения нет: { $given }.
bad-training = Обучение записать не удалось: { $why }.
