# Keli klausimai viename laiške, atsakymai, kurių klausiančiojo kalba neturime, ir temos.
# Blokus `told-…` į vieną reikšmę sudeda bot/told.py.

told-answer = „{ $question }“
    .answer = { $answer }
    .sources = Šaltinis: { $sources }.
    .checked-on = Informacija patikrinta { $checked-on }

told-original = „{ $question }“ (lietuviškai)
    .original = { $original }

told-part =
    { $number }. „{ $question }“ – { $state ->
        [answered] atsakyta automatiškai
       *[waits] laukia konsultanto
    }
    .candidates = { $candidates }

mail-answer-in-part =
    Jūsų laiške radome kelis klausimus ir užregistravome juos numeriu { $reference }. Štai ką jau galime atsakyti:
    .answers = { $answers }
    .waiting =
        { $count ->
            [one] Į šį klausimą atsakys konsultantas:
           *[other] Į šiuos klausimus atsakys konsultantas:
        }
        { $waiting }
    .options =
        Gal klausiate apie tai? Jei kuris nors tinka, atsakykite į šį laišką vienu skaičiumi – iš karto atsiųsime atsakymą.
        { $options }
    .originals =
        Kol konsultantas neatsakė, siunčiame panašaus klausimo atsakymą, kurį turime tik lietuvių kalba.

        { $originals }
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = Konsultantas atsakyti planuoja iki { $due-on }
    .closed = Šiuo metu nedirbame, klausimą perskaitysime artimiausią darbo dieną.
    .closure = { closure-note }
    .page = Klausimo puslapis: { $page }
    .reference = Tai, kas jau atsakyta, parinko programa, o ne žmogus. Jei klausėte ko kito, atsakykite į šį laišką – jį perskaitys konsultantas.

mail-untranslated =
    gavome Jūsų klausimą ir užregistravome jį numeriu { $reference }. Patikrinto atsakymo Jūsų kalba neturime, todėl Jums atsakys konsultantas.
    .originals =
        Kol konsultantas neatsakė, siunčiame panašaus klausimo atsakymą, kurį turime tik lietuvių kalba.

        { $originals }
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = Atsakyti planuojame iki { $due-on }
    .closed = Šiuo metu nedirbame, klausimą perskaitysime artimiausią darbo dieną.
    .closure = { closure-note }
    .page = Klausimo puslapis: { $page }

telegram-answer-in-part =
    Radome kelis klausimus. Štai ką jau galime atsakyti:
    .answers = { $answers }
    .waiting =
        { $count ->
            [one] Į šį klausimą atsakys konsultantas:
           *[other] Į šiuos klausimus atsakys konsultantas:
        }
        { $waiting }
    .originals =
        Kol konsultantas neatsakė, siunčiame panašaus klausimo atsakymą, kurį turime tik lietuvių kalba.

        { $originals }
    .option1 = Gal klausiate apie tai?

telegram-answer-in-part-below =
    .topic = Tema – { $topic }.
    .option1 = Paspauskite numerį arba jį parašykite – atsakymą gausite iš karto.
    .topic1 = Apie ką klausiate? Paspauskite temą – klausimas greičiau pasieks tinkamą konsultantą. Rinktis nebūtina.
    .reference = Klausimai užregistruoti numeriu { $reference }. Tai, kas jau atsakyta, parinko programa; jei klausėte ko kito, atsakykite į šią žinutę.
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

telegram-untranslated =
    Gavome Jūsų klausimą, jo numeris – { $reference }. Patikrinto atsakymo Jūsų kalba neturime, todėl Jums atsakys konsultantas.
    .originals =
        Kol konsultantas neatsakė, siunčiame panašaus klausimo atsakymą, kurį turime tik lietuvių kalba.

        { $originals }

telegram-untranslated-below =
    .topic = Tema – { $topic }.
    .topic1 = Apie ką klausiate? Paspauskite temą – klausimas greičiau pasieks tinkamą konsultantą. Rinktis nebūtina.
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = Atsakyti planuojame iki { $due-on }
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

asker-in-part = Į dalį Jūsų klausimų atsakyta iš karto, kiti perduoti konsultantui.
asker-in-part-planned = Į dalį Jūsų klausimų atsakyta iš karto, kiti perduoti konsultantui. Atsakyti planuojame iki { $due-on }
asker-parts = Jūsų klausimai
asker-part-answered = atsakyta
asker-part-waits = atsakys konsultantas
asker-untranslated = Patikrinto atsakymo Jūsų kalba neturime, todėl Jums atsakys konsultantas.
asker-original = Panašaus klausimo atsakymas lietuvių kalba
asker-original-hint = Jį turime tik lietuvių kalba. Į Jūsų klausimą atsakys konsultantas.
asker-topics = Apie ką klausiate?
asker-topics-hint = Paspaudus temą, klausimas greičiau pasieks tinkamą konsultantą. Rinktis nebūtina.
asker-done-topic = Ačiū. Klausimas perduotas šios temos konsultantams.

topic-nvo-tarybos = NVO tarybos savivaldybėse
topic-bo-atstovavimas = Bendruomeninės organizacijos ir jų atstovavimas
topic-priemone-paraiskos = „Stiprinti bendruomeninę veiklą“: kvietimai ir paraiškos
topic-priemone-igyvendinimas = Projekto vykdymas, išlaidos, ataskaitos
topic-mokymai = Mokymai, vizitai, renginiai
topic-steigimas = Steigimas, registracija, NVO žyma
topic-finansai = Apskaita, metinės ataskaitos, auditas
topic-parama-gpm = Parama, labdara, 1,2 % GPM
topic-savanoryste = Savanorystė
topic-paslaugos = Viešosios paslaugos, socialinis verslas, panauda
topic-institucinis = Institucinis stiprinimas, SADM ir SPPD konkursai
topic-bendra = Kita

console-questions = Laiško klausimai
console-part-answered = atsakyta automatiškai
console-part-waits = laukia atsakymo

event-part = Laiško klausimas
event-untranslated = Klausta kalba, kuria patikrinto atsakymo nėra
event-topic_chosen = Klausėjas pasirinko temą
event-municipality_chosen = Klausėjas nurodė savivaldybę
reason-answered = Atsakyta automatiškai.
reason-waits = Laukia konsultanto.
reason-en = angliškai
reason-ru = rusiškai
reason-uk = ukrainietiškai
reason-pl = lenkiškai
reason-owner_left = konsultantas čia nebedirba
