# Laiškai. Atributas, pavadintas reikšmės vardu, pridedamas tik tada, kai ta reikšmė netuščia.

mail-write-above = Atsakymą rašykite virš šios eilutės

mail-greeting = Laba diena,

mail-closing-asker =
    Pagarbiai
    { $organisation }

mail-closing-staff =
    Pagarbiai
    { $organisation }

mail-automatic =
    Tai automatinis pranešimas. Jūsų duomenis naudojame tik atsakydami į klausimą.
    .privacy = Daugiau apie privatumą: { $privacy }

mail-acknowledgement =
    gavome Jūsų klausimą ir užregistravome jį numeriu { $reference }. Perdavėme jį konsultantui.
    .encrypted = Laiškas užšifruotas, todėl jo perskaityti negalime. Parašykite, prašome, paprastu tekstu.
    .oversized = Laiškas per didelis, todėl jo turinio negavome. Atsiųskite, prašome, be priedų arba su mažesniais.
    .unreadable = Laiško turinio perskaityti nepavyko. Parašykite, prašome, dar kartą paprastu tekstu.
    .topic = Tema – { $topic }.
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = Atsakyti planuojame iki { $due-on }
    .closed = Šiuo metu nedirbame, klausimą perskaitysime artimiausią darbo dieną.
    .closure = { closure-note }
    .page = Klausimo puslapis: { $page }
    .bot = Tęsti per „Telegram“: { $bot }
    .reference = Norėdami papildyti, atsakykite į šį laišką nekeisdami temos. Kad atsakytume tiksliau, parašykite savivaldybę ir organizacijos pavadinimą.

mail-acknowledgement-restricted =
    gavome Jūsų žinutę ir užregistravome ją numeriu { $reference }. Ją skaitys tik atsakingas žmogus.
    .due-on = Atsakyti planuojame iki { $due-on }

mail-acknowledgement-sensitive =
    gavome Jūsų žinutę, ją skaitys tik atsakingas žmogus. Jei gresia pavojus gyvybei ar sveikatai, skambinkite 112.
    .reference = Klausimo numeris – { $reference }.

mail-answer =
    { $answer }
    .sources = Šaltinis: { $sources }.
    .checked-on = Informacija patikrinta { $checked-on }
    .page = Klausimo puslapis: { $page }
    .reference = Tai automatinis atsakymas į klausimą { $reference }. Ar padėjo? Atsakykite vienu skaičiumi: 1 – padėjo, 2 – nepadėjo, 3 – noriu konsultanto. Jei tai ne tai, ko klausėte, atsakykite „konsultantas“ – klausimą perduosime žmogui.

mail-suggestions =
    gavome Jūsų klausimą, jo numeris – { $reference }. Jį skaitys konsultantas, o kol laukiate, gal klausiate apie tai:
    .option1 = 1 – { $option1 }
    .option2 = 2 – { $option2 }
    .option3 = 3 – { $option3 }
    .reference = Jei kuris nors tinka, atsakykite į šį laišką vienu skaičiumi – iš karto atsiųsime atsakymą. Jei netinka, nieko daryti nereikia.
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = Konsultantas atsakyti planuoja iki { $due-on }
    .closed = Šiuo metu nedirbame, klausimą perskaitysime artimiausią darbo dieną.
    .closure = { closure-note }
    .page = Klausimo puslapis: { $page }
    .bot = Tęsti per „Telegram“: { $bot }

mail-handed-over =
    Jūsų klausimą { $reference } perdavėme konsultantui.
    .mentor = { mentor-note }
    .due-on = Atsakyti planuojame iki { $due-on }
    .closed = Šiuo metu nedirbame, klausimą perskaitysime artimiausią darbo dieną.
    .closure = { closure-note }

mail-thanked = ačiū, kad pranešėte. Džiaugiamės, kad padėjo.

mail-reply =
    { $text }
    .author = { $author }
    .reference = Klausimo numeris – { $reference }. Jei norite patikslinti, atsakykite į šį laišką.

mail-refused =
    Jūsų atsakymas neišsiųstas. { $refusal }
    .subject = Neišsiųsta: Jūsų atsakymas

mail-staff-new =
    naujas kreipinys { $reference }, eilė – { $queue }.
    .name = Klausia: { $name }
    .asker-type =
        Klausėjo tipas: { $asker-type ->
            [bendruomenine] { asker-type-bendruomenine }
            [nvo] { asker-type-nvo }
            [savivaldybe] { asker-type-savivaldybe }
            [taryba] { asker-type-taryba }
            [valstybe] { asker-type-valstybe }
           *[kita] { asker-type-kita }
        }
    .organisation = Organizacija: { $organisation }
    .municipality = Savivaldybė: { $municipality }
    .programme = Priemonė: { $programme }
    .notes = ⚠ { $notes }
    .text = { $text }
    .files = Pridėti failai: { $files }
    .copies = Laiško kopiją gavo ir: { $copies }
    .parts =
        Laiške – keli klausimai:

        { $parts }
    .candidates =
        Panašūs DUK įrašai:
        { $candidates }
    .why =
        Kodėl programa taip nusprendė:
        { $why }
    .reference = Atsakykite į šį laišką – Jūsų žodžius išsiųsime klaususiajam. Cituojamas tekstas nukerpamas.
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Naujas kreipinys: { $subject }

mail-staff-restricted =
    yra naujų žinių kreipinyje { $reference }, kurį matote tik Jūs ir kiti paskirti žmonės. Laiške jo turinio nerodome.
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Yra naujų žinių

mail-staff-follow-up =
    kreipinys { $reference } papildytas.
    .stranger = ⚠ Parašė ne klausėjas, o { $stranger }. Atsakymą gaus klausėjas.
    .notes = ⚠ { $notes }
    .text = { $text }
    .copies = Laiško kopiją gavo ir: { $copies }
    .reference = Atsakykite į šį laišką – Jūsų žodžius išsiųsime klaususiajam.
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Papildyta: { $subject }

mail-staff-handed-over =
    automatinis atsakymas į kreipinį { $reference } nepadėjo, klausiantysis prašo žmogaus. Eilė – { $queue }.
    .text = { $text }
    .files = Pridėti failai: { $files }
    .why =
        Kodėl programa taip nusprendė:
        { $why }
    .reference = Atsakykite į šį laišką – Jūsų žodžius išsiųsime klaususiajam.
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Prašo konsultanto: { $subject }

mail-staff-undelivered =
    kreipinio { $reference } žinutė klaususiajam nepristatyta arba neaišku, ar pristatyta.
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Nepristatyta: { $subject }

mail-staff-unattended =
    eilėje „{ $queue }“ laukia klausimas { $reference }, bet šios eilės niekas neaptarnauja. Paskirkite jai žmogų.
    .subject = [{ $reference }] Eilės niekas neaptarnauja

mail-staff-left-behind =
    kreipinys { $reference } perkeltas į kitą eilę, o konsultantų pokalbyje, kuris jo skaityti nebegali, liko jo žinučių ar failų. Botas jų pašalinti negali: „Telegram“ leidžia trinti tik žinutes, ne senesnes nei 48 valandos, ir tik turint teisę trinti.
    .reference = Pašalinkite jas ranka: pokalbyje ieškokite „{ $reference }“.
    .link = Viena jų: { $link }
    .subject = [{ $reference }] Pokalbyje liko žinučių, pašalinkite jas

mail-staff-alert =
    konsultacijų sistemoje kažkas neveikia, reikia žmogaus.
    .trouble = { alert }
    .subject = Konsultacijų sistemoje kažkas neveikia

mail-staff-all-clear =
    konsultacijų sistemoje vėl viskas gerai.
    .trouble = { alert-over }
    .subject = Konsultacijų sistemoje vėl viskas gerai

mail-staff-done =
    bandomasis atsakymas pavyko – kreipinys { $reference } buvo tik pratyboms, niekam nieko neišsiuntėme. Taip atsakysite ir į tikrus kreipinius.
    .subject = [{ $reference }] Pratybos pavyko

mail-staff-preview =
    Jūsų laiško klaususiajam dar neišsiuntėme: nesame tikri, ar jame nėra to, ko siųsti nenorėjote – cituojamo teksto, pridėto vidinio laiško, jau kartą išsiųstų žodžių. Štai kas būtų išsiųsta:
    .text = { $text }
    .files = Pridėti failai: { $files }
    .reference = Jei viskas gerai, atsakykite į šį laišką vienu žodžiu „taip“. Jei ne, atsakykite iš naujo – išsiųsime naująjį tekstą. Tai, ką parašėte, išsaugojome kreipinyje { $reference } kaip vidinę pastabą.
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Patvirtinkite atsakymą: { $subject }

mail-welcome =
    esate pridėti prie konsultantų. Aptarnaujate eiles: { $queues }.
    .queues = Kai ateis kreipinys, gausite laišką. Atsakykite į jį kaip į įprastą laišką – Jūsų žodžius išsiųsime klaususiajam, cituojamą tekstą nukirpsime.
    .signature = Klausiantieji matys parašą: { $signature }
    .bot = Susieti „Telegram“ paskyrą (nuoroda veikia vieną kartą, 7 dienas): { $bot }
    .console = Konsultantų pultas: { $console }
    .name = Atskiru laišku gausite bandomąjį kreipinį – atsakykite į jį, niekam nieko neišsiųsime.
    .subject = Sveiki prisijungę prie konsultantų

mail-call-reminder-set =
    priminsime likus trims dienoms iki paraiškų priėmimo pabaigos:
    { $calls }
    Persigalvoję parašykite „nepriminti“.

mail-call-reminder-ended = daugiau apie šį kvietimą nepriminsime.

mail-call-reminder =
    primename, kaip prašėte: { $municipality }, kvietimas „{ $title }“. Paskutinė paraiškų diena – { $closes-on }
    .sources = Šaltinis: { $sources }. Informacija patikrinta { $checked-on }
    .reference = Jei priminimų nebenorite, parašykite „nepriminti“.
