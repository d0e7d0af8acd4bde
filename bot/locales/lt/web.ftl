# Puslapiai: klausėjams ir konsultantams.

web-skip = Pereiti prie turinio
web-language = Kalba
web-language-lt = Lietuvių
web-language-en = English
web-language-ru = Русский
web-privacy-link = Privatumas
web-problem = Nepavyko
web-files = Priedai

ask-title = Užduokite klausimą
ask-lead = Konsultuojame nevyriausybines ir bendruomenines organizacijas bei savivaldybes. Į dažnus klausimus atsakome iš karto, kitus perduodame konsultantui.
ask-unstaffed = Kol kas niekas nepaskirtas atsakyti į klausimus. Klausimą užregistruosime, bet pažadėti, kada į jį atsakys žmogus, negalime.
ask-text = Jūsų klausimas
ask-text-hint = Aprašykite savo situaciją keliais sakiniais. Asmens kodų, duomenų apie sveikatą ir kitos jautrios informacijos nerašykite.
ask-optional = (nebūtina)
ask-email = El. paštas
ask-email-hint = Atsakymą atsiųsime ir laišku. Nenurodę adreso, jį matysite tik klausimo puslapyje.
ask-email-hint-unsent = Laiškų kol kas nesiunčiame: atsakymą matysite klausimo puslapyje. Adreso gali prireikti konsultantui.
ask-municipality = Savivaldybė
ask-municipality-hint = Tvarka savivaldybėse gali skirtis.
ask-privacy = Jūsų duomenis naudojame tik atsakydami į klausimą.
ask-privacy-more = Ką saugome ir kiek laiko
ask-send = Siųsti klausimą
ask-planned = Jei klausimą perduosime konsultantui, atsakyti planuojame iki { $due-on }

asker-title = Klausimas { $reference }
asker-you = Jūs
asker-automatic = Automatinis atsakymas
asker-automatic-note = Šį atsakymą parinko programa, o ne žmogus.
asker-sources =
    { $count ->
        [one] Šaltinis:
       *[other] Šaltiniai:
    }
asker-checked = Informacija patikrinta { $checked-on }
asker-thread = Susirašinėjimas
asker-keep-link = Išsisaugokite šią nuorodą: atsakymą matysite tik čia.
asker-address = Šio puslapio adresas
asker-copy = Kopijuoti
asker-copied = Nukopijuota
asker-waiting-planned = Klausimas perduotas konsultantui. Atsakyti planuojame iki { $due-on }
asker-waiting = Klausimas perduotas konsultantui ir laukia atsakymo.
asker-waiting-unstaffed = Klausimas užregistruotas. Kol kas niekas nepaskirtas į jį atsakyti, todėl atsakymo laiko pažadėti negalime.
asker-topic = Tema: { $topic }.
asker-answered = Į Jūsų klausimą atsakyta automatiškai.
asker-replied = Konsultantas atsakė. Jei liko neaiškumų, parašykite žemiau.
asker-settled = Klausimas užbaigtas. Jei liko neaiškumų, parašykite žemiau.
asker-sensitive = Jei kam nors gresia pavojus, skambinkite 112.
asker-helped-question = Ar atsakymas padėjo?
asker-helped = Padėjo
asker-not-helped = Nepadėjo
asker-person = Klausti konsultanto
asker-typed-hint = Galite ir parašyti žemiau: 1 – padėjo, 2 – nepadėjo, 3 – klausti konsultanto.
asker-offered = Galbūt klausiate apie tai?
asker-offered-hint = Rinktis nebūtina: klausimas jau laukia konsultanto. Galite ir parašyti numerį žemiau.
asker-none = Ne, klausiu apie ką kita
asker-more = Papildykite klausimą arba klauskite toliau
asker-send = Siųsti
asker-done-added = Gavome. Tai, ką parašėte, pridėjome prie klausimo.
asker-done-pressed-helped = Džiaugiamės, kad padėjo.
asker-done-pressed-not_helped = Supratome: klausimas laukia konsultanto.
asker-done-pressed-person = Klausimą perdavėme konsultantui.
asker-done-chosen = Atsakymas – žemiau.

privacy-title = Privatumas
privacy-what = Ką saugome
privacy-what-text = Jūsų klausimą, susirašinėjimą dėl jo, atsiųstus failus ir tai, ką apie save nurodėte: el. pašto adresą, telefono numerį, vardą, savivaldybę.
privacy-why = Kam to reikia
privacy-why-text = Tik atsakyti į Jūsų klausimą ir be vardų suskaičiuoti, kiek ir kokių konsultacijų suteikėme. Asmens kodų, duomenų apie sveikatą ir kitos jautrios informacijos prašome nesiųsti.
privacy-who = Kas tai mato
privacy-who-text = Konsultantai, kurie atsako į Jūsų temos klausimus ({ $organisation }), ir sistemos administratorius. Klausimo puslapį mato kiekvienas, kas turi jo nuorodą, todėl jos niekam nesiųskite.
privacy-how-long = Kiek laiko saugome
privacy-how-long-text =
    { $days ->
        [one] Gautų žinučių originalus ištriname po { $days } dienos.
        [few] Gautų žinučių originalus ištriname po { $days } dienų.
        [many] Gautų žinučių originalus ištriname po { $days } dienos.
       *[other] Gautų žinučių originalus ištriname po { $days } dienų.
    } Patį susirašinėjimą saugome, kol jo reikia konsultuojant, arba iki Jūsų prašymo ištrinti.
privacy-rights = Jūsų teisės
privacy-rights-text = Galite paprašyti Jūsų duomenis parodyti, ištaisyti, perduoti ar ištrinti, taip pat nesutikti, kad juos tvarkytume. Tokį prašymą visada skaito žmogus. Jei manote, kad Jūsų teisės pažeistos, galite kreiptis į Valstybinę duomenų apsaugos inspekciją.
privacy-write = Rašykite: { $address }
privacy-telegram-text = „Telegram“ yra trečioji šalis. Jei klausiate per „Telegram“, Jūsų žinutės keliauja per jos serverius, ir tam mes įtakos neturime. Jei to nenorite, klauskite šioje svetainėje arba el. paštu.
privacy-cookies = Slapukai
privacy-cookies-text = Klausėjų puslapiai slapukų nenaudoja ir nieko neįkelia iš kitų svetainių.
privacy-full = Visas privatumo pranešimas

error-403 = Šio veiksmo atlikti negalima
error-403-text = Forma atėjo ne iš mūsų puslapio. Atverkite puslapį iš naujo ir bandykite dar kartą.
error-404 = Tokio puslapio nėra
error-404-text = Patikrinkite, ar nuoroda nukopijuota visa. Jei ieškote atsakymo į savo klausimą, reikia tikslios nuorodos, kurią gavote užduodami klausimą.
error-405 = Čia taip kreiptis negalima
error-405-text = Atverkite puslapį iš naujo.
error-413 = Per daug duomenų
error-413-text = Sutrumpinkite tekstą ir bandykite dar kartą.
error-415 = Formos perskaityti nepavyko
error-415-text = Atverkite puslapį iš naujo ir bandykite dar kartą.
error-500 = Įvyko klaida
error-500-text = Jūsų klausimo galėjome neišsaugoti. Grįžkite į ankstesnį puslapį ir bandykite dar kartą po kelių minučių.
error-back = Grįžti į pradžią

sign-in-title = Prisijungimas konsultantams
sign-in-confirm = Nuoroda veikia vieną kartą. Paspauskite, kad prisijungtumėte šioje naršyklėje.
sign-in-button = Prisijungti
sign-in-email = Jūsų el. paštas
sign-in-email-hint = Jei adresas priklauso konsultantui, atsiųsime prisijungimo nuorodą. Ji galios 15 minučių.
sign-in-send = Atsiųsti nuorodą
sign-in-sent = Jei adresas priklauso konsultantui, nuoroda jau išsiųsta. Patikrinkite paštą.
sign-in-no-mail = Laiškų siuntimas nenustatytas. Prisijungimo nuorodą išduoda sistemos administratorius.
sign-in-spent = Ši nuoroda jau panaudota arba nebegalioja. Paprašykite naujos.
sign-in-too-often = Per daug bandymų. Pabandykite po ketvirčio valandos.

console-tickets = Kreipiniai
console-views = Sąrašai
console-view-mine = Mano
console-view-queues = Mano eilės
console-view-all = Visi
console-sign-out = Atsijungti
console-filter-status = Būsena
console-filter-queue = Eilė
console-any-status-mine = Nebaigti
console-any-status-queues = Laukia mūsų
console-any-status-all = Visos būsenos
console-any-queue = Visos eilės
console-search = Ieškoti: numeris, tema, klausėjas
console-show = Rodyti
console-nobody = niekas nepaėmė
console-owner = paėmė { $name }
console-nameless = be vardo
console-no-subject = (be temos)
console-trouble = nepristatyta
console-late = vėluojama
console-more = Rodomi ne visi kreipiniai: patikslinkite paiešką.
console-empty-mine = Šiuo metu nesate paėmę nė vieno nebaigto kreipinio.
console-empty-queues = Jūsų eilėse niekas nelaukia. Puiku!
console-empty-all = Tokių kreipinių nėra.
console-keys-list = Klavišai: j ir k – kitas ir ankstesnis, Enter – atverti.
console-keys-ticket = Klavišai: r – atsakyti, Ctrl+Enter – siųsti, u – į sąrašą, n – kitas laukiantis.
console-back = Visi kreipiniai
console-longest = Ilgiausiai laukia { $reference }
console-planned = atsakyti iki { $due-on }
console-practice = pratybos: niekam nesiunčiama
console-thread = Susirašinėjimas
console-fresh = nauja
console-whole = Rodyti visą laišką
console-reply = Atsakymas klausėjui
console-reply-hint = Klausėjas gaus šį tekstą { $channel }. Parašas: { $signature }.
console-reply-hint-page = Klausėjas šį tekstą matys tik savo klausimo puslapyje. Parašas: { $signature }.
console-stranger = Parašė ne klausėjas, o { $who }. Atsakymą gaus klausėjas.
console-copies = Laiško kopiją gavo ir
console-send-copies = Atsakymo kopiją siųsti ir
console-programme = Priemonė
console-send = Siųsti atsakymą
console-send-resolve = Siųsti ir išspręsti
console-note-open = Rašyti vidinę pastabą
console-note = Vidinė pastaba
console-note-hint = Mato tik konsultantai. Klausėjui nesiunčiama.
console-note-send = Išsaugoti pastabą
console-conflict = Jūsų tekstas liko žemiau, o nauji įrašai pažymėti. Peržiūrėkite juos ir siųskite dar kartą.
console-acts = Veiksmai
console-act-take = Paimti
console-act-release = Paleisti
console-act-resolve = Išspręsti
console-act-reopen = Atnaujinti
console-act-spam = Šlamštas
console-act-transfer = Perduoti
console-transfer = Perduoti į eilę
console-suggestions = Žinių bazė siūlo
console-insert = Įterpti šį atsakymą
console-stale = Šiandien to paties atsakymo programa nesiųstų: patikrinkite, ar jis tebegalioja ir tinka šiai savivaldybei.
console-about = Apie kreipinį
console-requester = Klausėjas
console-channel = Kanalas
console-queue = Eilė
console-municipality = Savivaldybė
console-language = Kalba
console-created = Gauta
console-needs = Svarbu žinoti
console-unknown = nežinoma
console-history = Istorija
console-why = Kodėl?
console-others = Kiti to paties klausėjo kreipiniai
console-done-take = Kreipinys Jūsų.
console-done-release = Kreipinys grąžintas į eilę.
console-done-reply = Atsakymas perduotas siųsti.
console-done-note = Pastaba išsaugota.
console-done-transfer = Kreipinys perduotas.
console-done-resolve = Kreipinys išspręstas.
console-done-reopen = Kreipinys atnaujintas.
console-done-spam = Kreipinys pažymėtas kaip šlamštas.
delivery-page = rodoma klausėjo puslapyje
delivery-outside = išsiųsta tiesiai iš bendros pašto dėžutės
delivery-none = nėra kaip išsiųsti

actor-machine = programa
actor-requester = klausėjas
event-decided = Programa nusprendė
event-answered = Atsakyta automatiškai
event-linked = Susieta su kitu kreipiniu
event-follow_up = Klausėjas parašė dar kartą
event-reminder_asked = Klausėjas prašo priminti apie kvietimo pabaigą
event-reminder_ended = Klausėjas priminimų nebenori
event-thanked = Klausėjas padėkojo
event-new_sender = Parašyta iš kito adreso
event-helped = Klausėjui padėjo
event-person_asked = Klausėjas nori konsultanto
event-suggestions_declined = Klausėjui netiko nė vienas pasiūlymas
event-chosen = Klausėjas pasirinko siūlytą atsakymą
event-taken = Paimta
event-released = Paleista
event-replied = Atsakyta
event-replied_outside = Atsakyta iš bendros pašto dėžutės
event-transferred = Perduota
event-resolved = Išspręsta
event-reopened = Atnaujinta
event-spam = Pažymėta kaip šlamštas
event-automatic_mail_held = Automatinis laiškas sulaikytas: jų išsiųsta per daug
event-bounced = Laiškas grįžo nepristatytas
event-auto_reply = Gautas automatinis atsakas
event-bulk = Gautas masinis laiškas
event-undelivered = Nepristatyta
event-uncertain = Neaišku, ar pristatyta
reason-answer = Sprendimas: atsakyti.
reason-suggestions = Sprendimas: pasiūlyti panašius klausimus.
reason-unsure = Sprendimas: perduoti konsultantui.
reason-held_back = Atsakymas nesiųstas: taip nustatė administratorius.
reason-not_helped = atsakymas nepadėjo
reason-person = paprašė konsultanto

# API klaidos

api-not-json-type = Siųskite JSON: Content-Type turi būti application/json.
api-too-large = Užklausa didesnė nei 64 kB.
api-not-json = Užklausa nėra taisyklingas JSON.
api-too-often = Per daug klausimų iš šio adreso; palaukite tiek sekundžių, kiek nurodo Retry-After.

# How long ago, and in how long

age-ago-years = prieš { $number } m.
age-ago-months = prieš { $number } mėn.
age-ago-weeks = prieš { $number } sav.
age-ago-days = prieš { $number } d.
age-ago-hours = prieš { $number } val.
age-ago-minutes = prieš { $number } min.
age-ago-seconds = prieš { $number } sek.
age-in-years = po { $number } m.
age-in-months = po { $number } mėn.
age-in-weeks = po { $number } sav.
age-in-days = po { $number } d.
age-in-hours = po { $number } val.
age-in-minutes = po { $number } min.
age-in-seconds = po { $number } sek.
