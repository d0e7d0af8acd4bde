# Ką klausiantysis prideda prie klausimo „Telegram“: savivaldybę, temą, skambutį.

telegram-member-unsupported = Tokių žinučių konsultantui perduoti negalime. Parašykite žodžiais arba atsiųskite failą.

telegram-member-places = Parašykite savivaldybę, kurioje veikiate (klausimas { $reference }).

telegram-member-which-place = Kuri savivaldybė? Paspauskite (klausimas { $reference }).

telegram-member-place-set = Klausimui { $reference } pažymėjome: { $municipality }

telegram-member-cancelled = Klausimą { $reference } atšaukėte. Persigalvoję atsakykite į šią žinutę.

telegram-member-call-number =
    Kokiu numeriu paskambinti dėl klausimo { $reference }? Parašykite jį arba paspauskite mygtuką apačioje. Galite pridurti, kada patogiau.
    .reference = Numerį matys tik konsultantai.

telegram-member-call-number-wrong = Šiuo numeriu paskambinti nepavyktų. Parašykite jį, pavyzdžiui, taip: +370 612 34567. Užsienio numeris prasideda šalies kodu.

telegram-member-call-noted =
    Paskambinsime numeriu { $call-phone }: { $call-on }, { $call-hours }. Klausimas { $reference }.
    .slot1 = Jei patogiau kitu laiku, paspauskite.

telegram-member-call-cancelled = Neskambinsime. Klausimas { $reference } lieka, atsakymą gausite čia.

telegram-button-call = 📞 Paskambinkite man
telegram-button-uncall = Neskambinkite
telegram-button-contact = Siųsti mano numerį
telegram-button-slot = { $day-on }, { $hours }
telegram-button-soon = Kuo greičiau
telegram-button-place = Nurodyti savivaldybę
telegram-button-apart = Tai naujas klausimas
telegram-button-cancel = Atšaukti klausimą
