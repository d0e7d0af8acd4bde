# Mokymai: kalendorius, registracija, laukiančiųjų sąrašas, priminimai.

training-when = { $days ->
        [1] { $first-on }, { $hours }
       *[other] { $first-on } ir { $second-on }, { $hours }
    }
training-length = { $days ->
        [1] vienos dienos mokymai
       *[other] dviejų dienų mokymai
    }
training-free = { $free ->
        [0] Laisvų vietų nebėra, registruojame į laukiančiųjų sąrašą.
       *[other] Laisvų vietų: { $free }.
    }

mail-training-seated =
    užregistravome Jus į mokymus „{ $title }“ (kodas { $code }).
    .first-on = Kada: { training-when }
    .place = Kur: { $place } ({ $municipality }).
    .page = Registracijos puslapis: { $page }
    .reference = Jei dalyvauti negalėsite, atsakykite į šį laišką vienu žodžiu „atsisakau“ – vietą perleisime laukiančiam.

mail-training-waiting =
    mokymuose „{ $title }“ (kodas { $code }) laisvų vietų nebėra. Įrašėme Jus į laukiančiųjų sąrašą, Jūsų numeris jame – { $number }. Vos atsilaisvins vieta, pranešime.
    .first-on = Kada: { training-when }
    .place = Kur: { $place } ({ $municipality }).
    .page = Registracijos puslapis: { $page }
    .reference = Jei vietos nebereikia, atsakykite į šį laišką vienu žodžiu „atsisakau“.

mail-training-seat =
    atsilaisvino vieta mokymuose „{ $title }“ (kodas { $code }), ji skirta Jums.
    .first-on = Kada: { training-when }
    .place = Kur: { $place } ({ $municipality }).
    .page = Registracijos puslapis: { $page }
    .reference = Jei dalyvauti negalėsite, atsakykite į šį laišką vienu žodžiu „atsisakau“ – vietą perleisime kitam.

mail-training-left =
    mokymuose „{ $title }“ Jūs nedalyvausite, kaip prašėte.
    .code = Persigalvoję parašykite „registruotis { $code }“.

mail-training-closed =
    registracija į mokymus „{ $title }“ baigėsi. Jei turite klausimų, atsakykite į šį laišką – jį perskaitys konsultantas.

mail-training-moved =
    pasikeitė mokymų „{ $title }“ (kodas { $code }) laikas arba vieta.
    .first-on = Dabar: { training-when }
    .place = Kur: { $place } ({ $municipality }).
    .reference = Jei dalyvauti negalėsite, atsakykite į šį laišką vienu žodžiu „atsisakau“.

mail-training-called-off =
    mokymai „{ $title }“ neįvyks.
    .first-on = Turėjo vykti: { training-when }
    .reference = Jei turite klausimų, atsakykite į šį laišką – jį perskaitys konsultantas.

mail-training-reminder =
    primename apie mokymus „{ $title }“ (kodas { $code }).
    .first-on = Kada: { training-when }
    .place = Kur: { $place } ({ $municipality }).
    .reference = Jei dalyvauti negalėsite, atsakykite į šį laišką vienu žodžiu „atsisakau“ – vietą perleisime laukiančiam.

telegram-training-seated =
    Užregistravome Jus į mokymus „{ $title }“ (kodas { $code }).
    .first-on = Kada: { training-when }
    .place = Kur: { $place } ({ $municipality }).

telegram-training-waiting =
    Mokymuose „{ $title }“ (kodas { $code }) laisvų vietų nebėra. Įrašėme Jus į laukiančiųjų sąrašą, Jūsų numeris jame – { $number }. Vos atsilaisvins vieta, pranešime.
    .first-on = Kada: { training-when }
    .place = Kur: { $place } ({ $municipality }).

telegram-training-seat =
    Atsilaisvino vieta mokymuose „{ $title }“ (kodas { $code }), ji skirta Jums.
    .first-on = Kada: { training-when }
    .place = Kur: { $place } ({ $municipality }).

telegram-training-left =
    Mokymuose „{ $title }“ Jūs nedalyvausite, kaip prašėte.
    .code = Persigalvoję parašykite „registruotis { $code }“.

telegram-training-closed = Registracija į mokymus „{ $title }“ baigėsi. Jei turite klausimų, parašykite – juos perskaitys konsultantas.

telegram-training-moved =
    Pasikeitė mokymų „{ $title }“ (kodas { $code }) laikas arba vieta.
    .first-on = Dabar: { training-when }
    .place = Kur: { $place } ({ $municipality }).

telegram-training-called-off =
    Mokymai „{ $title }“ neįvyks.
    .first-on = Turėjo vykti: { training-when }

telegram-training-reminder =
    Primename apie mokymus „{ $title }“ (kodas { $code }).
    .first-on = Kada: { training-when }
    .place = Kur: { $place } ({ $municipality }).

telegram-member-trainings = Mokymai, į kuriuos galima registruotis. Paspauskite arba parašykite „registruotis“ ir kodą.
telegram-member-no-trainings = Šiuo metu mokymų, į kuriuos galima registruotis, nėra. Jei mokymų reikia, parašykite – perduosime konsultantui.

telegram-training =
    { $code } · { $title } ({ training-length })
    .first-on = { training-when }
    .place = { $place } ({ $municipality }). { training-free }
    .seat = { $seat ->
        [taken] Jūsų registracija patvirtinta.
       *[waiting] Esate laukiančiųjų sąraše.
    }

telegram-button-enrol-in = Registruotis: { $code }
telegram-button-leave-in = Atsisakyti: { $code }
telegram-button-leave = Dalyvauti negalėsiu
telegram-command-mokymai = mokymai ir registracija

event-training_seat = Gavo vietą mokymuose
event-training_waiting = Įrašyta į mokymų laukiančiųjų sąrašą
event-training_left = Mokymų atsisakė
event-training_moved = Pranešta, kad mokymai perkelti
event-training_called_off = Pranešta, kad mokymai neįvyks
event-training_reminder = Priminta apie mokymus

training-exists = Mokymai su kodu { $id } jau yra.
no-such-training = Tokių mokymų nėra: { $id }.
nobody-registered = Pagal { $reference } niekas neužregistruotas.
not-a-day-of-training = Tą dieną mokymai nevyksta: { $given }.
bad-training = Mokymų įrašyti nepavyko: { $why }.

# Puslapiai.

trainings-link = Mokymai
trainings-title = Mokymai
trainings-lead = Mokymai ir susitikimai, į kuriuos galima registruotis.
trainings-none = Šiuo metu mokymų, į kuriuos galima registruotis, nėra.
trainings-none-hint = Jei mokymų reikia Jūsų savivaldybėje, parašykite mums.
trainings-ask = Rašyti
trainings-feed = Kalendorius kitoms programoms (.ics)
trainings-register = Registruotis
trainings-when = Kada
trainings-where = Kur
trainings-seats = Vietos
trainings-cycle = Ciklas
trainings-code = Kodas
trainings-word = El. paštu ar per „Telegram“ užtenka parašyti „registruotis { $code }“.
trainings-called-off = Šie mokymai neįvyks.
trainings-over = Registracija į šiuos mokymus baigėsi.
trainings-back = Visi mokymai
training-form = Registracija
training-name = Vardas ir pavardė
training-name-hint = Matys tik rengėjai.
training-organisation = Organizacija arba įstaiga
training-email-hint-unsent = Laiškų kol kas nesiunčiame: patvirtinimą matysite kitame puslapyje.
training-email-hint = Šiuo adresu atsiųsime patvirtinimą ir priminimą.
training-municipality-hint = Iš kurios savivaldybės atvyksite.
training-privacy = Duomenis naudojame tik mokymams surengti.
training-send = Registruotis
training-send-waiting = Įrašyti į laukiančiųjų sąrašą
training-done = Registraciją gavome. Patvirtinimą ir visą informaciją siunčiame Jūsų nurodytu adresu.
asker-title-training = Registracija { $reference }
asker-training = Mokymai
asker-training-taken = Jūsų registracija patvirtinta.
asker-training-waiting = Esate laukiančiųjų sąraše. Vos atsilaisvins vieta, pranešime.
asker-training-left = Šiuose mokymuose Jūs nedalyvaujate.
asker-training-leave = Dalyvauti negalėsiu
asker-done-left = Vietos atsisakėte.
