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
deadline-worked = Skaičiuojama nuo { $since }: praėjo { $worked } darbo laiko iš { $target }.
deadline-was-late = Vėluota.
deadline-pause = Neskaičiuota: { $start } – { $end }.
deadline-pause-lasts = Neskaičiuojama nuo { $start }.
event-reminded = Priminta apie artėjantį terminą
event-escalated = Apie praėjusį terminą pranešta koordinatoriui
event-closing_warned = Klausėjui pranešta, kad kreipinys bus užbaigtas
reason-reply = atsakyti
reason-resolution = išspręsti
