# Vieno žmogaus elektroninis paštas ir „Telegram“.

telegram-command-susieti = Susieti su elektroniniu paštu

telegram-member-link-how =
    Susieti su elektroniniu paštu
    .organisation =
        Parašykite komandą ir savo adresą, pavyzdžiui: /susieti vardas@pavyzdys.lt. Nusiųsime laišką su kodu. Susiejus galėsite tęsti tą patį klausimą ir laiškais, ir čia. Atsieti galima bet kada: /atsieti

telegram-member-link-sent =
    Adresu { $address } išsiuntėme laišką su šešių skaitmenų kodu. Parašykite kodą čia per 15 minučių.

telegram-member-link-often = Šiandien kodą jau siuntėme tris kartus. Bandykite rytoj.

telegram-member-link-later = Šiuo metu laiškų išsiųsti negalime. Bandykite vėliau.

telegram-member-link-wrong = Kodas netinka arba nebegalioja. Naują gausite parašę /susieti ir savo adresą.

telegram-member-link-none = Ši paskyra su elektroniniu paštu nesusieta. Susiesite parašę /susieti ir savo adresą.

telegram-member-linked =
    Susieta. Jūsų klausimus matysite parašę /klausimai.
    .address = Elektroninis paštas: { $address }
    .reference = Klausimą { $reference } galite tęsti čia: atsakykite į šią žinutę. Konsultanto atsakymą taip pat gausite čia.

telegram-member-parted = Atsieta. Laiškais pradėti klausimai tęsiami laiškais, čia pradėti – čia.

telegram-staff-moved =
    Klausiantįjį pasiekėme kitu kanalu
    .what = { $what ->
        [answer] Automatinio atsakymo
        [reply] Atsakymo
       *[other] Pranešimo
    } pirmuoju kanalu pristatyti nepavyko, todėl išsiuntėme kitu: { $instead }. Daryti nieko nereikia.

telegram-instead = { $channel ->
    [mail] elektroniniu paštu
   *[telegram] per „Telegram“
}

mail-link-code =
    Jūsų kodas – { $code }. Parašykite jį pokalbyje su mūsų „Telegram“ robotu. Kodas galioja 15 minučių.
    .organisation = Jei šio adreso nesusiejate su „Telegram“, nieko daryti nereikia: be kodo niekas nieko nesužinos. Kodo niekam nesakykite.
    .subject = Kodas: { $code }

mail-link-made =
    Jūsų adresas susietas su „Telegram“ paskyra. Klausimus galite tęsti ir laiškais, ir per „Telegram“; atsieti galima bet kada, robotui parašius /atsieti.
    .organisation = Jei tai ne Jūs, iš karto atsakykite į šį laišką.
    .subject = Susieta su „Telegram“

mail-staff-moved =
    kreipinio { $reference } žinutės klaususiajam pirmuoju kanalu pristatyti nepavyko, todėl ją išsiuntėme kitu. Daryti nieko nereikia.
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Klausiantįjį pasiekėme kitu kanalu: { $subject }

asker-telegram = Tęsti per „Telegram“
asker-telegram-hint = Gausite vienkartinę nuorodą į mūsų robotą.
asker-telegram-open = Atverkite „Telegram“ ir paspauskite „Pradėti“
asker-telegram-later = Šiuo metu „Telegram“ nepasiekiama. Bandykite vėliau.
