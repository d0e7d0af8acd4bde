# Maršrutai, eiliškumas, nebuvimas: kas nutiko kreipiniui, kas atsakoma konsultantams.

event-routed = Nukreipta pagal maršrutą
event-assigned = Priskirta
event-unassigned = Niekam nepriskirta
event-substituted = Perduota pavaduojančiajam
event-unrouted = Maršrutas atšauktas
reason-owner_silent = konsultantas ilgai tylėjo
reason-owner_away = konsultantas nedirba

nothing-placed = Kreipinys { $reference } pagal maršrutą neperkeltas arba po to jau perduotas: atšaukti nėra ko.
telegram-refusal-nothing-placed = Klausimas { $reference } pagal maršrutą neperkeltas arba po to jau perduotas: atšaukti nėra ko.
console-act-unroute = Atšaukti maršrutą
console-done-unroute = Maršrutas atšauktas: kreipinys grąžintas ten, kur buvo.
telegram-button-unroute = Atšaukti maršrutą

away-already = Tuo metu konsultantas jau nedirba.
not-away = Konsultanto nebuvimas nenurodytas.
substitutes-in-a-circle = Pavaduojantys pavaduotų vieni kitus ratu.
below-nothing = Skaičius negali būti neigiamas.
no-such-language = Tokios kalbos nėra: { $language }.

mail-staff-released =
    { $silent ->
        [yes] kreipinys { $reference } grąžintas į eilę: jį paėmęs konsultantas ilgai nieko nedarė.
       *[other] kreipinys { $reference } perduodamas: jį turėjęs konsultantas nedirba.
    }
    .from = Turėjo: { $from }.
    .to = Dabar atsako: { $to }.
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Perduota: { $subject }

telegram-staff-released =
    { $silent ->
        [yes] ↩️ { $reference } · grąžinta į eilę: konsultantas ilgai nieko nedarė
       *[other] ↩️ { $reference } · perduodama: konsultantas nedirba
    }
    .from = Turėjo: { $from }.
    .to = Dabar atsako: { $to }.

## Kuri savivaldybė: miesto ar rajono

which-place-note = Kuri savivaldybė – { $place1 } ar { $place2 }? Parašykite, prašome: tvarka jose gali skirtis.
asker-places = Kuri savivaldybė?
asker-done-place = Ačiū. Užsirašėme, kuri savivaldybė.

## Kas dirba

console-duty = Kas dirba
console-duty-lead = Nedirbančiojo kreipinius perima pavaduojantysis, o jei jo nėra – eilė. Savo dienas pažymite patys, koordinatoriai – visų.
console-duty-name = Konsultantas
console-duty-load = Nagrinėja
console-duty-of = { $count } iš { $capacity }
console-duty-languages = Kalbos
console-duty-places = Savivaldybės
console-duty-any = visos
console-duty-when = Ar dirba
console-duty-away = { $first-on } – { $last-on }
console-duty-substitute = pavaduoja { $name }
console-duty-nobody = pavaduoti nėra kam, kreipiniai – eilei
console-duty-there = dirba
console-duty-back = Jau dirba
console-duty-cancel = Atšaukti
console-duty-add = Pažymėti, kad nedirba
console-duty-from = Nuo
console-duty-to = Iki (imtinai)
console-duty-stands-in = Pavaduoja
console-duty-none = niekas
console-duty-save = Pažymėti
console-duty-done = Pažymėta.
days-not-yours = { $name } savo dienas pažymi pats arba koordinatorius.
