# „Telegram“ konsultantams: juodraščiai, šablonai, sąrašai, rytinė suvestinė.
# Klausiantysis šių žodžių nemato.

## Juodraščiai

telegram-staff-draft = { $reference } · juodraštis

telegram-staff-draft-below =
    { $draft }
    .draft-id = Klausiančiajam neišsiųsta. Parengė { $draft-by }.
    .settled = Šis juodraštis nebegalioja: jis išsiųstas, pakeistas arba išmestas.

telegram-staff-draft-asked = { $reference } · juodraštis

telegram-staff-draft-asked-below =
    Atsakykite į šią žinutę juodraščio tekstu. Klausiančiajam jis išeis tik paspaudus „Siųsti“.
    .draft =
        Dabartinis tekstas:
        { $draft }

telegram-button-draft = Rengti juodraštį
telegram-button-draft-send = Siųsti
telegram-button-draft-edit = Keisti
telegram-button-draft-drop = Išmesti

## Sąrašai

telegram-time-minutes = { $count } min.
telegram-time-hours = { $count } val.
telegram-time-days = { $count } d.

telegram-staff-row-waiting = laukia { $age }
telegram-staff-row-late = laukia { $age }, vėluoja
telegram-staff-row-answered = atsakyta prieš { $age }, laukiame klausiančiojo

telegram-staff-queue =
    { $total ->
        [0] Niekas nelaukia
        [one] Laukia { $total } klausimas
        [few] Laukia { $total } klausimai
       *[other] Laukia { $total } klausimų
    }

telegram-staff-queue-below =
    .many = { $now } puslapis iš { $pages }

telegram-staff-mine =
    { $total ->
        [0] { $name } · nebaigtų klausimų nėra
        [one] { $name } · { $total } nebaigtas klausimas
        [few] { $name } · { $total } nebaigti klausimai
       *[other] { $name } · { $total } nebaigtų klausimų
    }

telegram-staff-mine-below =
    .many = { $now } puslapis iš { $pages }

telegram-staff-week = Pastarosios 7 dienos

telegram-staff-week-below =
    Gauta klausimų: { $asked }
    Atsakyta automatiškai: { $automatic }
    Atsakė konsultantai: { $answered }
    Dabar laukia: { $waiting }
    .usual = Pirmojo konsultanto atsakymo laukta (mediana): { $usual } darbo laiko

telegram-staff-digest = Labas rytas!

telegram-staff-digest-below =
    Laukia konsultanto: { $waiting }
    Vėluoja: { $overdue }
    Nepristatyta: { $undelivered }
    .mail =
        { $missing ->
            [0] Paštas sutikrintas: 0 trūksta
           *[other] Paštas sutikrintas: { $missing } trūksta – ko, pasako „helpdesk audit“
        }
    .work = Eilė: /eile, mano klausimai: /mano

telegram-staff-templates =
    { $total ->
        [0] Šablonų dar nėra
       *[other] Šablonai
    }

telegram-staff-templates-below =
    .total = Temoje arba atsakydami į kortelę rašykite „/sablonas pavadinimas“: šablonas taps juodraščiu.
    .many = { $now } puslapis iš { $pages }

## Darbo vieta

telegram-staff-privately =
    { $on ->
        [yes] Nuo šiol naujus savo eilių klausimus gausite ir čia. Atsakykite į kortelę (Reply) – Jūsų žodžius išsiųsime klausiančiajam. Visa kita šiame pokalbyje laikome Jūsų pačių klausimais.
       *[no] Naujų klausimų čia nebesiųsime, nebent jų eilė neturi konsultantų grupės.
    }

telegram-staff-restricted = { $reference } · yra naujų žinių

telegram-staff-restricted-below =
    Šį kreipinį matote tik Jūs ir kiti paskirti žmonės, todėl jo turinio čia nerodome.
    .console = Kreipinys pulte: { $console }/tickets/{ $reference }

telegram-staff-closed = { $reference } · tema uždaryta

telegram-staff-closed-below = Klausiantysis to nemato, o klausimas dar neužbaigtas. Jei jis išspręstas, paspauskite mygtuką.

mail-staff-chat-trouble =
    { $trouble ->
        [no_topics] botas neteko teisės valdyti temas konsultantų grupėje { $chat }. Nauji klausimai joje rodomi kortelėmis bendrame pokalbyje. Grupės nustatymuose leiskite botui valdyti temas.
        [silenced] botas nebegali rašyti konsultantų grupėje { $chat }. Ko joje parodyti nepavyksta, siunčiame el. paštu. Grąžinkite botui teisę rašyti.
       *[removed] botas pašalintas iš konsultantų grupės { $chat }. Ko joje parodyti nepavyksta, siunčiame el. paštu. Grąžinkite botą į grupę ir padarykite jį administratoriumi.
    }
    .subject = „Telegram“ grupėje botas nebegali dirbti kaip iki šiol

## Kodėl nepadaryta

telegram-refusal-draft-gone = Šio juodraščio nebėra: kažkas jį jau išsiuntė, pakeitė arba išmetė.
telegram-refusal-draft-has-files = Juodraštyje gali būti tik žodžiai. Failus pridėkite atsakydami į kortelę.
telegram-refusal-asker-how = Rašykite, kieno vardu klausiama: „/klausejas nvo“ arba „/klausejas Pievų bendruomenė“. Tipai: bendruomenine, nvo, savivaldybe, taryba, valstybe, kita.
telegram-refusal-no-such-organisation = Organizacijos „{ $id }“ kortelės nėra. Ją galima pridėti pulte arba komanda „helpdesk organisation add“.
telegram-refusal-no-such-template = Šablono „{ $name }“ nėra. Visi šablonai: /sablonas
telegram-refusal-template-lacks = Šablonui trūksta reikšmės: { $variable }. Atsakymą parašykite patys.
telegram-refusal-which-ticket = Neaišku, kurį klausimą turite galvoje. Rašykite jo temoje arba atsakykite į žinutę, kuri prasideda jo numeriu.
telegram-refusal-not-your-list = Tai kito konsultanto sąrašas. Savo pamatysite parašę /mano
telegram-refusal-only-in-private = Šią komandą rašykite botui asmeniškai.

draft-gone = Šio juodraščio nebėra: kažkas jį jau išsiuntė, pakeitė arba išmetė.
draft-has-files = Juodraštyje gali būti tik žodžiai.
no-such-template = Tokio šablono nėra: { $name }.
template-lacks = Šablonui trūksta reikšmės: { $variable }.
template-variable = Šablone yra nežinoma vieta: { $variable }.
template-name = Šablono pavadinimas – iki 32 lotyniškų raidžių, skaitmenų ir brūkšnelių: { $name }.

## Komandų sąrašas

telegram-command-eile = Kas laukia
telegram-command-mano = Mano nebaigti klausimai
telegram-command-statistika = Savaitės skaičiai
telegram-command-juodrastis = Parengti atsakymą neišsiunčiant
telegram-command-sablonas = Atsakymų šablonai
telegram-command-klausejas = Įrašyti, kieno vardu klausiama

## Pultas

console-draft = Juodraštis
console-draft-by = Klausiančiajam neišsiųsta. Parengė { $name }.
console-act-send-draft = Siųsti juodraštį
console-act-drop-draft = Išmesti juodraštį
console-done-send-draft = Juodraštis išsiųstas.
console-done-drop-draft = Juodraštis išmestas.
