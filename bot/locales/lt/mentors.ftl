## Mentoriai ir projektai

mentor-note =
    { $mentor ->
        [away] Jūsų organizacijos mentorius šiuo metu nedirba, todėl klausimą perdavėme kitiems konsultantams.
       *[there] Klausimą perdavėme Jūsų organizacijos mentoriui.
    }

phase-preparing = projekto rengimas
phase-running = projekto įgyvendinimas
complexity-simple = paprastas
complexity-medium = vidutinis
complexity-complex = sudėtingas
mode-phone = telefonu
mode-mail = el. paštu
mode-telegram = „Telegram“
mode-online = nuotoliu
mode-visit = vizitas
aim-interim = tarpinis
aim-final = galutinis
stage-applied = paraiška pateikta
stage-selected = atrinktas
stage-contract = sutartis pasirašyta
stage-running = vykdomas
stage-reported = atsiskaityta
stage-declined = neatrinktas arba atsisakyta
request-asked = prašoma
request-granted = paskirtas
request-declined = atsisakyta

console-mentoring = Mentorystė
console-mentorships = Mentorių organizacijos
console-mentorships-mine = Mano organizacijos
console-mentorships-none = Šiuo metu organizacijų su mentoriumi nėra.
console-mentorships-over = Ir pasibaigusios
console-mentorships-over-hide = Tik besitęsiančios
console-mentor = Mentorius
console-organisation = Organizacija
console-phase = Etapas
console-since = Nuo
console-until = Iki
console-source = Pagrindas
console-heard = Paskutinė žinia { $heard-on }
console-silent = Tyli nuo { $heard-on }
console-results-late = { $count ->
    [one] vėluoja { $count } rezultatas
    [few] vėluoja { $count } rezultatai
   *[other] vėluoja { $count } rezultatų
 }
console-no-plan = Plano dar nėra: įvertinkite pagalbos poreikį.
console-plan = Poreikis ir planas
console-need = Kokios pagalbos reikia
console-complexity = Projekto sudėtingumas
console-modes = Mentorystės būdai
console-hours = Valandos per mėnesį
console-every = Susisiekiama kas … dienų
console-plan-line = { $hours } val. per mėnesį, susisiekiama kas { $days } d.
console-plan-from = Nuo { $from-on }
console-plan-new = Įvertinti iš naujo
console-time = Skirtas laikas
console-month = Mėnuo
console-planned-hours = Planuota, val.
console-given-hours = Skirta, val.
console-contact-on = Diena
console-contact-minutes = Minutės
console-contact-mode = Būdas
console-contact-add = Įrašyti laiką
console-due-by = iki { $day }
console-results = Rezultatai
console-result-planned = Planuojama
console-result-due = Iki
console-result-achieved = Pasiekta
console-result-aim = Rūšis
console-result-add = Planuoti rezultatą
console-result-achieve = Įrašyti, kas pasiekta
console-result-late = vėluoja
console-projects = Projektai
console-projects-none = Projektų dar nėra.
console-stage = Stadija
console-stage-change = Keisti stadiją
console-stage-on = Diena
console-contract = Sutartis
console-check-add = Papildyti darbų sąrašą
console-check-title = Ką reikia padaryti
console-check-due = Iki
console-check-done = Padaryta
console-check-undo = Dar nepadaryta
console-requests = Prašymai paskirti mentorių
console-request-decline = Atsisakyti
console-request = Prašyti mentoriaus
console-request-reason = Kodėl reikia mentoriaus
console-request-ticket = Kreipinys, kuriame paprašyta
console-project-add = Įrašyti projektą
console-project-title = Projekto pavadinimas
console-code = Kodas
console-unplanned = be plano
console-assign = Paskirti mentorių
console-assign-request = Pagal prašymą
console-end = Užbaigti
console-end-on = Paskutinė diena
console-done-mentored = Įrašyta.

no-such-choice = Pasirinkite iš sąrašo.
no-such-mentorship = Tokios mentorystės nėra.
no-such-result = Tokio rezultato nėra.
no-such-request = Tokio prašymo nėra.
no-such-project = Tokio projekto nėra.
no-such-check = Tokio darbo nėra.
mentorship-not-yours = Šią organizaciją lydi kitas mentorius.
organisation-not-yours = Šią organizaciją lydi kiti.
only-steering = Tai gali tik koordinatorius.
ends-before-it-begins = Pabaiga būtų anksčiau už pradžią.
mentored-already = Organizacija šiam etapui jau turi mentorių (Nr. { $id }).
mentorship-over = Mentorystė Nr. { $id } baigta.
impossible-number = Toks skaičius neįmanomas.
no-modes = Nurodykite bent vieną mentorystės būdą.
not-within-mentorship = Diena nepatenka į mentorystės laiką arba dar neatėjo.
day-to-come = Ši diena dar neatėjo.
request-settled = Prašymas Nr. { $id } jau išspręstas.
other-organisation = Prašymas Nr. { $id } – kitos organizacijos.
project-known = Toks šios organizacijos projektas jau įrašytas.
stage-reached = Projektas jau šioje stadijoje.
before-last-step = Diena ankstesnė už ankstesnės stadijos dieną ({ $day }).
no-such-programme = Nėra priemonės { $programme }.
no-such-programme-call = Priemonė kvietimo { $call } neturi.

mail-staff-mentor-assigned =
    { $phase ->
        [preparing] esate organizacijos „{ $organisation }“ mentorius, kol ji rengia projektą.
       *[running] esate organizacijos „{ $organisation }“ mentorius, kol ji įgyvendina projektą.
    }
    .programme = Priemonė – { $programme }.
    .starts-on = Pradžia – { $starts-on }
    .console = Pulte įvertinkite pagalbos poreikį ir suplanuokite darbą: { $console }/mentorships
    .subject = Jums paskirta organizacija „{ $organisation }“

telegram-staff-mentor-assigned = 🤝 Jums paskirta organizacija „{ $organisation }“

telegram-staff-mentor-assigned-below =
    { $phase ->
        [preparing] Esate jos mentorius, kol ji rengia projektą.
       *[running] Esate jos mentorius, kol ji įgyvendina projektą.
    }
    .programme = Priemonė – { $programme }.
    .starts-on = Pradžia – { $starts-on }
    .console = Pulte įvertinkite pagalbos poreikį ir suplanuokite darbą: { $console }/mentorships

mail-staff-mentor-asked =
    organizacijai „{ $organisation }“ reikia mentoriaus. Prašymą įrašė { $by }.
    .programme = Priemonė – { $programme }.
    .console = Paskirti galite pulte: { $console }/mentorships
    .subject = Prašoma mentoriaus organizacijai „{ $organisation }“

telegram-staff-mentor-asked = 🤝 Organizacijai „{ $organisation }“ reikia mentoriaus

telegram-staff-mentor-asked-below =
    Prašymą įrašė { $by }.
    .programme = Priemonė – { $programme }.
    .console = Paskirti galite pulte: { $console }/mentorships

telegram-staff-organisations =
    { $total ->
        [0] Organizacijų, kurias lydėtumėte, nėra
       *[other] Mano organizacijos
    }

telegram-staff-organisations-below =
    .many = { $now } puslapis iš { $pages }

telegram-staff-row-organisation =
    { $silent ->
        [yes] 🔕 { $organisation } · { $phase ->
            [preparing] rengimas
           *[running] įgyvendinimas
        } · tyli nuo { $heard-on }
       *[no] { $organisation } · { $phase ->
            [preparing] rengimas
           *[running] įgyvendinimas
        } · paskutinė žinia { $heard-on }
    }

mail-staff-silent =
    organizacija „{ $organisation }“ tyli nuo { $heard-on } Susisiekti suplanuota kas { $every } d.
    .mentor = Mentorius – { $mentor }.
    .console = Organizacijos pulte: { $console }/mentorships
    .subject = Organizacija „{ $organisation }“ tyli

telegram-staff-silent = 🔕 Organizacija „{ $organisation }“ tyli

telegram-staff-silent-below =
    Paskutinė žinia – { $heard-on } Susisiekti suplanuota kas { $every } d.
    .mentor = Mentorius – { $mentor }.

mail-staff-check-due =
    { $late ->
        [yes] projekto „{ $project }“ darbo terminas praėjo.
       *[no] artėja projekto „{ $project }“ darbo terminas.
    }
    .check = Darbas: { $check }.
    .due-on = Terminas – { $due-on }
    .organisation = Organizacija – { $organisation }.
    .console = Organizacijos pulte: { $console }/mentorships
    .subject = Projekto „{ $project }“ terminas

telegram-staff-check-due =
    { $late ->
        [yes] ⏰ Projekto „{ $project }“ darbo terminas praėjo
       *[no] ⏰ Artėja projekto „{ $project }“ darbo terminas
    }

telegram-staff-check-due-below =
    Darbas: { $check }.
    .due-on = Terminas – { $due-on }
    .organisation = Organizacija – { $organisation }.
