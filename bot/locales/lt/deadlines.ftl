## Terminai: kaip jie suskaičiuoti

console-deadlines = Terminai
worked-time =
    { $hours ->
        [0] { $minutes } min.
       *[other] { $hours } val. { $minutes } min.
    }
deadline-reply = Atsakyti
deadline-resolution = Išspręsti
deadline-met = Padaryta { $at }.
deadline-paused = Laikrodis stovi: eilė klausėjui. Liko { $left } darbo laiko.
deadline-passed = Vėluojama nuo { $at }.
deadline-running = Iki { $at }, liko { $left } darbo laiko.
deadline-worked = Skaičiuojama nuo { $since }: iš { $target } praėjo { $worked } darbo laiko.
deadline-was-late = Vėluota.
deadline-pause = Neskaičiuota: { $start } – { $end }.
deadline-pause-lasts = Neskaičiuojama nuo { $start }.
event-reminded = Priminta apie artėjantį terminą
event-escalated = Apie praėjusį terminą pranešta koordinatoriui
event-closing_warned = Klausėjui pranešta, kad kreipinys bus užbaigtas
reason-reply = atsakyti
reason-resolution = išspręsti

mail-closing-soon =
    atsakėme į Jūsų klausimą { $reference } ir nuo to laiko žinių iš Jūsų negavome.
    .closes-on = Jei iki { $closes-on } neparašysite, laikysime, kad klausimas išspręstas. Jei dar ko nors reikia, atsakykite į šį laišką.

mail-staff-due =
    { $late ->
        [yes] kreipinio { $reference } terminas praėjo.
       *[other] artėja kreipinio { $reference } terminas.
    }
    .due-on =
        { $aim ->
            [reply] Atsakyti iki { $due-on } { $due-at }.
           *[other] Išspręsti iki { $due-on } { $due-at }.
        }
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Terminas: { $subject }

mail-staff-late =
    { $aim ->
        [reply] į kreipinį { $reference } laiku neatsakyta.
       *[other] kreipinys { $reference } laiku neišspręstas.
    }
    .queue = Eilė – { $queue }.
    .due-on = Terminas buvo { $due-on } { $due-at }; praėjo { $hours } val. { $minutes } min. darbo laiko.
    .owner = Konsultuoja: { $owner }.
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Terminas praėjo

telegram-closing-soon = Atsakėme į Jūsų klausimą { $reference } ir nuo to laiko žinių iš Jūsų negavome.
    .closes-on = Jei iki { $closes-on } neparašysite, laikysime, kad klausimas išspręstas. Jei dar ko nors reikia, atsakykite į šią žinutę.

telegram-staff-due =
    { $late ->
        [yes] ⏰ { $reference } · terminas praėjo
       *[other] ⏰ { $reference } · artėja terminas
    }
    .due-on =
        { $aim ->
            [reply] Atsakyti iki { $due-on } { $due-at }.
           *[other] Išspręsti iki { $due-on } { $due-at }.
        }

telegram-staff-late =
    { $aim ->
        [reply] ⚠️ { $reference } · laiku neatsakyta
       *[other] ⚠️ { $reference } · laiku neišspręsta
    }
    .queue = Eilė – { $queue }.
    .due-on = Terminas buvo { $due-on } { $due-at }; praėjo { $hours } val. { $minutes } min. darbo laiko.
    .owner = Konsultuoja: { $owner }.
