# „Telegram“. Atributas, pavadintas reikšmės vardu, pridedamas tik tada, kai ta reikšmė netuščia.
# `-below` stovi po žmogaus žodžiais. Viena žinutė – iki 4096 ženklų.

## Klausiančiajam

telegram-start =
    Laba diena! Čia { $organisation }: atsakome nevyriausybinėms organizacijoms ir bendruomenėms.
    .organisation =
        Parašykite klausimą viena žinute. Jei atsakymą turime patikrintą, gausite jį iš karto, su šaltiniu ir patikrinimo data. Jei ne – klausimą perduosime konsultantui, jis atsakys čia pat.

        /pagalba – kaip tai veikia
        /konsultantas – kalbėti su žmogumi
        /privatumas – ką apie Jus saugome

        Jūsų vardą, žinutes ir paskyros numerį naudojame tik atsakydami į klausimus.

telegram-help =
    Kaip tai veikia
    .organisation =
        • Klausimą parašykite viena žinute. Nurodykite savivaldybę ir organizaciją – atsakysime tiksliau.
        • Po automatiniu atsakymu pažymėkite, ar jis padėjo. Nepadėjo – perduosime konsultantui.
        • Kiekvienas perduotas klausimas turi numerį ir laukia konsultanto, net jei nieko nepaspausite.
        • Norėdami papildyti, atsakykite į mūsų žinutę (palieskite ją ir rinkitės „Atsakyti“).
        • Galite siųsti nuotraukas, dokumentus ir balso žinutes.
        • Norite kalbėti telefonu? Po klausimu paspauskite „Paskambinkite man“.
        • Kada tik norite, parašykite „konsultantas“.
    .phone = Telefonas: { $phone }

telegram-privacy =
    Ką apie Jus saugome
    .organisation =
        Saugome Jūsų „Telegram“ vardą, paskyros numerį ir žinutes. Naudojame juos tik atsakydami į Jūsų klausimus. Mato juos tik konsultantai.

        Jei norite gauti savo duomenų kopiją ar juos ištrinti, parašykite apie tai čia – prašymą skaitys tik atsakingas žmogus.
    .privacy-url = Daugiau: { $privacy-url }

telegram-say-more =
    Laba diena! Parašykite, ką norėtumėte sužinoti – viena žinute, savais žodžiais.
    .organisation = Jei norite kalbėti su žmogumi, parašykite „konsultantas“.

telegram-answer =
    { $answer }
    .sources = Šaltinis: { $sources }
    .checked-on = Informacija patikrinta { $checked-on }
    .reference = Tai automatinis atsakymas į klausimą { $reference }. Ar padėjo? Paspauskite mygtuką arba parašykite: 1 – padėjo, 2 – nepadėjo, 3 – konsultantas.

telegram-suggestions = Gal klausiate apie tai?

telegram-suggestions-below =
    Paspauskite numerį arba jį parašykite – atsakymą gausite iš karto.
    .reference = Jūsų klausimas jau užregistruotas numeriu { $reference } ir laukia konsultanto, net jei nieko nepaspausite.
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = Konsultantas atsakyti planuoja iki { $due-on }
    .closed = Šiuo metu nedirbame, klausimą perskaitysime artimiausią darbo dieną.
    .closure = { closure-note }
    .progress =
        { $progress ->
            [taken] 👤 Klausimą paėmė konsultantas.
            [answered] ✅ Atsakyta.
            [resolved] ✅ Klausimas užbaigtas.
            [merged] Prijungta prie kito Jūsų klausimo.
           *[other] {""}
        }

telegram-acknowledgement =
    Gavome Jūsų klausimą ir perdavėme jį konsultantui. Klausimo numeris – { $reference }.
    .topic = Tema – { $topic }.
    .municipality = Savivaldybė – { $municipality }
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = Atsakyti planuojame iki { $due-on }
    .closed = Šiuo metu nedirbame, klausimą perskaitysime artimiausią darbo dieną.
    .closure = { closure-note }
    .reference = Norėdami papildyti, atsakykite į šią žinutę. Kad atsakytume tiksliau, parašykite savivaldybę ir organizacijos pavadinimą.
    .other1 = Ar tai naujas klausimas, ar ankstesnio dalis? Paspauskite. Kol nepaspausite, tai atskiras klausimas.
    .topic1 = Apie ką klausiate? Paspauskite temą – klausimas greičiau pasieks tinkamą konsultantą. Rinktis nebūtina.
    .progress =
        { $progress ->
            [taken] 👤 Klausimą paėmė konsultantas.
            [answered] ✅ Atsakyta.
            [resolved] ✅ Klausimas užbaigtas.
            [merged] Prijungta prie kito Jūsų klausimo.
           *[other] {""}
        }

telegram-acknowledgement-restricted =
    Gavome Jūsų žinutę, ją skaitys tik atsakingas žmogus. Numeris – { $reference }.
    .due-on = Atsakyti planuojame iki { $due-on }
    .progress =
        { $progress ->
            [taken] 👤 Klausimą paėmė konsultantas.
            [answered] ✅ Atsakyta.
            [resolved] ✅ Klausimas užbaigtas.
            [merged] Prijungta prie kito Jūsų klausimo.
           *[other] {""}
        }

telegram-acknowledgement-sensitive =
    Gavome Jūsų žinutę, ją skaitys tik atsakingas žmogus. Jei gresia pavojus gyvybei ar sveikatai, skambinkite 112.
    .reference = Numeris – { $reference }.

telegram-handed-over =
    Klausimą { $reference } perdavėme konsultantui.
    .mentor = { mentor-note }
    .due-on = Atsakyti planuojame iki { $due-on }
    .closed = Šiuo metu nedirbame, klausimą perskaitysime artimiausią darbo dieną.
    .closure = { closure-note }
    .reference = Norėdami papildyti, atsakykite į šią žinutę.
    .progress =
        { $progress ->
            [taken] 👤 Klausimą paėmė konsultantas.
            [answered] ✅ Atsakyta.
            [resolved] ✅ Klausimas užbaigtas.
            [merged] Prijungta prie kito Jūsų klausimo.
           *[other] {""}
        }

telegram-thanked = Ačiū, kad pranešėte. Džiaugiamės, kad padėjo. Turėdami kitą klausimą, tiesiog parašykite.

telegram-reply = Atsakymas · { $reference } · { $author }

telegram-reply-below = Norėdami patikslinti, atsakykite į šią žinutę.

telegram-linked =
    Ši „Telegram“ paskyra susieta su konsultanto paskyra: { $name }.
    .name =
        Naujus klausimus matysite konsultantų grupėje, o jei Jūsų eilė grupės neturi – čia. Kad visada gautumėte ir čia, parašykite /asmeniskai. Atsakymas į kortelę ar į klausiančiojo žodžius išsiunčiamas klausiančiajam, kitos žinutės temoje lieka vidinės pastabos.

telegram-link-refused = Nuoroda nebegalioja: ji veikia vieną kartą ir 7 dienas. Norėdami paklausti, tiesiog parašykite klausimą čia.

## Kas savo

telegram-command-klausimai = Jūsų klausimai
telegram-command-konsultantas = Kalbėti su žmogumi
telegram-command-kalba = Pakeisti kalbą
telegram-command-pagalba = Kaip tai veikia
telegram-command-privatumas = Ką apie Jus saugome
telegram-command-duomenys = Gauti savo duomenis
telegram-command-istrinti = Ištrinti savo duomenis
telegram-about = Nevyriausybinių organizacijų ir bendruomenių klausimai: patikrinti atsakymai iš karto, į kitus klausimus atsako konsultantai. Parašykite klausimą savais žodžiais. Ką saugome ir kaip ištrinti: /privatumas
telegram-about-short = NVO konsultacijos: parašykite klausimą. Apie duomenis: /privatumas

telegram-member-tickets = Jūsų klausimai

telegram-member-tickets-below = Paspauskite numerį, kad pamatytumėte klausimą.

telegram-member-no-tickets = Klausimų dar neturite. Parašykite klausimą viena žinute.

telegram-member-status =
    { $status ->
        [new] laukia konsultanto
        [open] jį nagrinėja konsultantas
        [waiting] atsakyta, laukiame Jūsų
        [answered] atsakyta
       *[resolved] užbaigta
    }

telegram-member-ticket =
    { $reference }
    .state = { $state }
    .question = { $question }
    .answer =
        Paskutinis atsakymas:
        { $answer }
    .reference = Norėdami papildyti, atsakykite į šią žinutę.

telegram-member-language = Kuria kalba rašyti?

telegram-member-language-set = Gerai, rašysime lietuviškai.

telegram-member-exported = Viskas, ką apie Jus saugome. Failą galite atverti bet kuria teksto programa.

telegram-member-no-data = Nieko apie Jus nesaugome.

telegram-member-erase =
    Ištrinsime Jūsų vardą, žinutes, failus ir paskyros numerį. Liks tik skaičiai be asmens: kiek buvo klausimų, kada ir kokia tema.
    .open = Dar neatsakyti Jūsų klausimai { $open } liks be atsakymo.

telegram-member-erase-surely =
    Ištrynus nieko atkurti nebegalėsime. Ar tikrai?
    .open = Neatsakyti klausimai: { $open }

telegram-member-erased = Ištrinta. Senesnių nei 48 valandų žinučių šiame pokalbyje „Telegram“ mums trinti neleidžia: ištrinkite pokalbį patys.

telegram-member-rating =
    Klausimas { $reference } užbaigtas. Kaip vertinate pagalbą? 1 – blogai, 5 – puikiai.
    .reference = Jei dar ko trūksta, atsakykite į šią žinutę.

telegram-member-rated = Ačiū už įvertinimą.

telegram-button-join = Tai { $reference } dalis
telegram-button-erase-surely = Ištrinti viską…
telegram-button-erase-yes = Taip, ištrinti

## Mygtukai

telegram-button-helped = Padėjo
telegram-button-not-helped = Nepadėjo
telegram-button-person = Klausti konsultanto
telegram-button-none = Nė vienas – klausti konsultanto
telegram-button-take = Imu
telegram-button-release = Grąžinti į eilę
telegram-button-queues = Perduoti…
telegram-button-card = ← Atgal
telegram-button-resolve = Išspręsta
telegram-button-reopen = Atverti iš naujo
telegram-button-spam = Šlamštas
telegram-button-undo = Atšaukti
telegram-button-again = Kartoti

## Kas ne žodžiai

telegram-edited =
    (pataisyta)
    { $text }
telegram-file-too-big = [Failas „{ $name }“ didesnis nei 20 MB, todėl liko tik „Telegram“.]
telegram-file-missing = [Failo „{ $name }“ gauti nepavyko.]
telegram-files-left-out = Šių failų „Telegram“ neperduoda: { $names }
telegram-contact = [Kontaktas: { $name }, { $phone }]
telegram-location = [Vieta: { $latitude }, { $longitude }]

## Konsultantams

telegram-channel-mail = el. paštas
telegram-channel-telegram = „Telegram“
telegram-channel-web = tinklalapis
telegram-channel-command = konsultantas

telegram-staff-topic = { $reference }
    .municipality = { $municipality }
    .queue = { $queue }

telegram-staff-new =
    { $reference } · { $queue }
    .facts = { $facts }

telegram-staff-new-below =
    .candidates =
        Panašūs DUK įrašai (mygtukas išsiunčia atsakymą klausiančiajam):
        { $candidates }
    .copies = Laiško kopiją gavo ir: { $copies }
    .notes = ⚠ { $notes }
    .parts =
        Žinutėje – keli klausimai (mygtukas išsiunčia atsakymą klausiančiajam):

        { $parts }
    .why =
        Kodėl programa taip nusprendė:
        { $why }
    .hidden = Klausimas perduotas eilei, kurios čia nerodome.
    .state = { $state }
    .call-phone = 📞 Paskambinti { $call-phone }: { $call-on }, { $call-hours }
    .owner = Konsultuoja: { $owner }
    .draft =
        ✏️ Juodraštis, klausiančiajam neišsiųstas ({ $draft-by }):
        { $draft }
    .reference = Atsakymas į šią žinutę išsiunčiamas klausiančiajam. Kitos žinutės temoje lieka pastabos.

telegram-staff-follow-up =
    { $reference } papildytas
    .facts = { $facts }
    .stranger = ⚠ Parašė ne klausėjas, o { $stranger }. Atsakymą gaus klausėjas.
    .copies = Laiško kopiją gavo ir: { $copies }
    .notes = ⚠ { $notes }

telegram-staff-handed-over =
    { $reference } · { $queue } · prašo konsultanto
    .facts = { $facts }

telegram-staff-handed-over-below =
    .why =
        Kodėl programa taip nusprendė:
        { $why }
    .hidden = Klausimas perduotas eilei, kurios čia nerodome.
    .state = { $state }
    .call-phone = 📞 Paskambinti { $call-phone }: { $call-on }, { $call-hours }
    .owner = Konsultuoja: { $owner }
    .draft =
        ✏️ Juodraštis, klausiančiajam neišsiųstas ({ $draft-by }):
        { $draft }
    .reference = Atsakymas į šią žinutę išsiunčiamas klausiančiajam. Kitos žinutės temoje lieka pastabos.

telegram-staff-undelivered =
    { $reference } · žinutė nepristatyta
    .what =
        { $what ->
            [reply] Konsultanto atsakymas klausiančiojo nepasiekė arba neaišku, ar pasiekė.
            [answer] Automatinis atsakymas klausiančiojo nepasiekė arba neaišku, ar pasiekė.
            [copy] Atsakymo kopija vieno iš jos gavėjų nepasiekė arba neaišku, ar pasiekė.
           *[other] Pranešimas klausiančiojo nepasiekė arba neaišku, ar pasiekė.
        }

telegram-staff-alert =
    ⚠️ Kažkas neveikia, reikia žmogaus
    .trouble = { alert }

telegram-staff-all-clear =
    ✅ Vėl viskas gerai
    .trouble = { alert-over }

telegram-staff-sending =
    { $state ->
        [waiting] { $seconds ->
            [one] { $reference } · atsakymas išeis po { $seconds } sekundės
           *[other] { $reference } · atsakymas išeis po { $seconds } sekundžių
        }
        [delivered] { $reference } · atsakymas pristatytas
       *[withdrawn] { $reference } · atsakymas atšauktas, temoje lieka pastaba
    }

telegram-status-waiting = Laukia klausiančiojo
telegram-status-answered = Atsakyta automatiškai
telegram-status-resolved = ✅ Išspręsta
telegram-status-merged = Sujungta su kitu klausimu
telegram-status-spam = Šlamštas

telegram-staff-goodbye = Aš atsakau į nevyriausybinių organizacijų klausimus privačiai, o šioje grupėje nedirbu, todėl išeinu. Parašykite man tiesiogiai.

telegram-staff-no-topics = Neturiu teisės kurti temų šioje grupėje, todėl nauji klausimai bus rodomi kortelėmis bendrame pokalbyje. Grupės nustatymuose leiskite man valdyti temas.

telegram-refused =
    Neatlikta
    .why = { $why }

telegram-refusal-not-a-consultant = Ši paskyra nesusieta su konsultantu, todėl klausiančiajam nieko neišsiuntėme. Jei rašote anonimiškai ar kanalo vardu, išjunkite anonimiškumą; jei paskyra nauja, atverkite savo sveikinimo laiško nuorodą.
telegram-refusal-ticket-not-yours = Klausimas { $reference } priklauso eilei, kurios neaptarnaujate.
telegram-refusal-taken-by-other = Klausimo jau ėmėsi: { $name }.
telegram-refusal-ticket-changed = Klausimas { $reference } tuo metu pasikeitė. Peržiūrėkite ir bandykite dar kartą.
telegram-refusal-no-words = Žinutėje nėra nei žodžių, nei failų.
telegram-refusal-already-sent = Atsakymas į { $reference } jau išsiųstas. Norėdami pataisyti, redaguokite savo žinutę.
telegram-refusal-no-such-entry = Šio DUK įrašo nebėra.
telegram-refusal-no-such-parked-message = Ši žinutė jau išsiųsta arba siunčiama iš naujo.
telegram-refusal-no-such-queue = Tokios eilės nėra.
telegram-refusal-asker-unreachable = Nėra kur atsakyti: klausiantysis nepasiekiamas.
telegram-refusal-other = Veiksmo atlikti nepavyko.

telegram-call-reminder-set =
    Priminsime likus trims dienoms iki paraiškų priėmimo pabaigos:
    { $calls }
    Persigalvoję parašykite „nepriminti“.

telegram-call-reminder-ended = Daugiau apie šį kvietimą nepriminsime.

telegram-call-reminder =
    Primename, kaip prašėte: { $municipality }, kvietimas „{ $title }“. Paskutinė paraiškų diena – { $closes-on }
    .sources = Šaltinis: { $sources }. Informacija patikrinta { $checked-on }
    .reference = Jei priminimų nebenorite, parašykite „nepriminti“.

telegram-staff-left-behind =
    ⚠️ { $reference } · pokalbyje liko žinučių
    .reference = Kreipinys perkeltas į kitą eilę, o konsultantų pokalbyje, kuris jo skaityti nebegali, liko jo žinučių ar failų. Botas jų pašalinti negali: jos senesnės nei 48 valandos arba botas neturi teisės trinti. Pašalinkite jas ranka: pokalbyje ieškokite „{ $reference }“.
    .link = Viena jų: { $link }
