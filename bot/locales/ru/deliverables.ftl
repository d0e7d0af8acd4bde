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
one-applicant = Укажите самоуправление или организацию, только одно из двух.
applied-already = Такая заявка уже есть: { $number }.
not-a-choice = Такого решения нет: { $choice }.
no-such-application = Такой заявки нет: { $number }.
application-withdrawn = Заявка { $number } отозвана.
no-such-deliverable = Такой работы нет: { $number }.
not-responsible = За работу { $number } отвечает другой человек.
not-working = Этот человек здесь больше не работает.
no-file = Сначала приложите файл.
