# Отбор в программу.

mail-selection-decided =
    { $choice ->
        [selected] для участия в «{ $programme }» отобрано: { $applicant }.
        [waiting] заявка на участие в «{ $programme }» ({ $applicant }) в листе ожидания под номером { $number }.
       *[declined] для участия в «{ $programme }» не отобрано: { $applicant }.
    }
    .reason = Причина: { $reason }
    .reference = Если есть вопросы, ответьте на это письмо – его прочтёт консультант.

telegram-selection-decided =
    { $choice ->
        [selected] Для участия в «{ $programme }» отобрано: { $applicant }.
        [waiting] Заявка на участие в «{ $programme }» ({ $applicant }) в листе ожидания под номером { $number }.
       *[declined] Для участия в «{ $programme }» не отобрано: { $applicant }.
    }
    .reason = Причина: { $reason }
