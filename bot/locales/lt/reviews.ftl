# Dokumentų peržiūra.

review = Dokumento peržiūra
review-begin = Pradėti dokumento peržiūrą
review-change = Dokumentas ir terminas
review-title = Dokumentas
review-due-label = Peržiūrėti iki
review-due = Peržiūrėti iki { $due-on }
review-save = Išsaugoti
review-closed = baigta
review-counts = Redakcijų: { $rounds }, neaptartų rekomendacijų: { $open }
review-round = { $number } redakcija
review-no-rounds = Redakcijų dar nėra. Kai gausite dokumentą, pasirinkite jo failą.
review-new-round = Nauja redakcija
review-file = Failas
review-note = Pastaba
review-begin-round = Peržiūrėti šį failą
review-recommend = Nauja rekomendacija
review-recommendation = { $number } rekomendacija
review-place = Dokumento vieta
review-text = Rekomendacija
review-write = Įrašyti
review-verdict-open = neaptarta
review-verdict-accepted = priimta
review-verdict-declined = nepriimta
review-reason = Priežastis
review-reason-hint = (būtina, jei nepriimta)
review-accept = Priimta
review-decline = Nepriimta
review-next = Toliau
review-draft = Iš neaptartų rekomendacijų parengti atsakymo juodraštį
review-close = Baigti peržiūrą

event-review_opened = Pradėta dokumento peržiūra
event-review_round = Nauja dokumento redakcija
event-review_recommended = Įrašyta rekomendacija
event-review_accepted = Rekomendacija priimta
event-review_declined = Rekomendacija nepriimta
event-review_closed = Dokumento peržiūra baigta

no-review = Kreipinys { $reference } nėra dokumento peržiūra arba ji baigta.
no-round = Pirma pasirinkite dokumento redakciją.
no-new-version = Naujos redakcijos nėra: { $file }.
no-such-recommendation = Tokios rekomendacijos nėra: { $number }.
review-open = Rekomendacija { $number } dar neaptarta.

mail-staff-review-due =
    { $late ->
        [yes] dokumento „{ $title }“ peržiūros terminas praėjo.
       *[no] artėja dokumento „{ $title }“ peržiūros terminas.
    }
    .due-on = Peržiūrėti iki { $due-on }
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Dokumento peržiūra

telegram-staff-review-due =
    { $late ->
        [yes] 📄 { $reference } · dokumento „{ $title }“ peržiūros terminas praėjo
       *[no] 📄 { $reference } · artėja dokumento „{ $title }“ peržiūros terminas
    }
    .due-on = Peržiūrėti iki { $due-on }
