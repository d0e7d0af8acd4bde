# Atranka į priemonę ir savivaldybėms žadėti darbai.

mail-selection-decided =
    { $choice ->
        [selected] dalyvauti „{ $programme }“ atrinkta: { $applicant }.
        [waiting] paraiška dalyvauti „{ $programme }“ ({ $applicant }) įrašyta į laukiančiųjų sąrašą, numeris jame – { $number }.
       *[declined] dalyvauti „{ $programme }“ neatrinkta: { $applicant }.
    }
    .reason = Priežastis: { $reason }
    .reference = Jei turite klausimų, atsakykite į šį laišką – jį perskaitys konsultantas.

telegram-selection-decided =
    { $choice ->
        [selected] Dalyvauti „{ $programme }“ atrinkta: { $applicant }.
        [waiting] Paraiška dalyvauti „{ $programme }“ ({ $applicant }) įrašyta į laukiančiųjų sąrašą, numeris jame – { $number }.
       *[declined] Dalyvauti „{ $programme }“ neatrinkta: { $applicant }.
    }
    .reason = Priežastis: { $reason }

choice-applied = laukia sprendimo
choice-selected = atrinkta
choice-waiting = laukiančiųjų sąraše
choice-declined = neatrinkta
choice-withdrawn = atsisakė

event-selection_applied = Pateikta paraiška dalyvauti
event-selection_selected = Atrinkta dalyvauti
event-selection_waiting = Įrašyta į laukiančiųjų sąrašą
event-selection_declined = Neatrinkta dalyvauti
event-selection_withdrawn = Paraiškos dalyvauti atsisakyta

deliverable-analysis = Situacijos analizė
deliverable-plan-review = Strateginio plano peržiūra
deliverable-council-plan = Tarybos veiklos planas
deliverable-what = { $kind ->
        [analysis] { deliverable-analysis }
        [plan-review] { deliverable-plan-review }
       *[council-plan] { deliverable-council-plan }
    }
progress-planned = suplanuota
progress-started = pradėta
progress-delivered = perduota
progress-dropped = nebebus

one-applicant = Nurodykite savivaldybę arba organizaciją, tik vieną.
applied-already = Paraiška dalyvauti jau yra: { $number }.
not-a-choice = Toks sprendimas negalimas: { $choice }.
no-such-application = Tokios paraiškos nėra: { $number }.
application-withdrawn = Paraiškos { $number } atsisakyta.
no-such-deliverable = Tokio darbo nėra: { $number }.
not-responsible = Už darbą { $number } atsakingas kitas.
not-working = Šis žmogus čia nebedirba.
no-file = Pirma pridėkite failą.

mail-staff-deliverable-due =
    { $late ->
        [yes] vėluoja: { deliverable-what }, { $municipality }.
       *[no] artėja terminas: { deliverable-what }, { $municipality }.
    }
    .period = Laikotarpis: { $period }
    .due-on = Terminas – { $due-on }
    .owner = Atsakingas žmogus – { $owner }.
    .console = Visi darbai: { $console }/deliverables
    .subject = Terminas: { deliverable-what }, { $municipality }

telegram-staff-deliverable-due =
    { $late ->
        [yes] ⚠️ Vėluoja: { deliverable-what }, { $municipality }
       *[no] ⏰ Artėja terminas: { deliverable-what }, { $municipality }
    }

telegram-staff-deliverable-due-below =
    Terminas – { $due-on }
    .period = Laikotarpis: { $period }
    .owner = Atsakingas žmogus – { $owner }.

# Pulto puslapis.

console-deliverables = Mokymai ir darbai
deliverables-title = Savivaldybėms žadėti darbai
deliverables-none = Nebaigtų darbų nėra.
deliverables-late = vėluoja
deliverables-due = iki { $due-on }
deliverables-over = Rodyti ir baigtus
deliverables-plan = Suplanuoti darbą
deliverables-kind = Kas
deliverables-municipality = Savivaldybė
deliverables-due-label = Iki kada
deliverables-responsible = Kas atsakingas
deliverables-period = Laikotarpis
deliverables-add = Suplanuoti
deliverables-progress = Kiek padaryta
deliverables-file = Failas iš kreipinio
deliverables-file-hint = Kreipinio numeris: paimsime naujausią jo failą.
deliverables-save = Išsaugoti
selection-title = Paraiškos dalyvauti
selection-reason = Sprendimo priežastis
selection-select = Atrinkti
selection-wait = Į laukiančiųjų sąrašą
selection-decline = Neatrinkti
selection-number = nr. { $number } sąraše
trainings-ahead = Mokymai
trainings-none-planned = Suplanuotų mokymų nėra. Juos prideda „helpdesk training add“ arba „helpdesk training import“.
trainings-taken = { $taken } iš { $seats }, laukia { $waiting }
training-who = Kas užsiregistravo
training-nobody = Niekas neužsiregistravo.
training-attended = Atvyko
training-save = Išsaugoti lankomumą
training-saved = Lankomumas išsaugotas.
seat-taken = turi vietą
seat-waiting = laukia
seat-left = atsisakė
