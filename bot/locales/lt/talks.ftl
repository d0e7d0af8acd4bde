# Skambučiai ir vizitai: kas įrašyta, santrauka kalbėjusiajam.

mail-talk-summary =
    { $kind ->
        [visit] susitikome { $held-on }. Kaip prašėte, siunčiame trumpą santrauką:
       *[other] kalbėjomės telefonu { $held-on }. Kaip prašėte, siunčiame trumpą santrauką:
    }
    .text = { $text }
    .author = { $author }
    .reference = Pokalbio numeris – { $reference }. Jei norite patikslinti, atsakykite į šį laišką.
    .subject = Pokalbio santrauka [{ $reference }]

telegram-talk-summary =
    { $kind ->
        [visit] Susitikimo { $held-on } santrauka · { $reference } · { $author }
       *[other] Pokalbio telefonu { $held-on } santrauka · { $reference } · { $author }
    }

telegram-channel-phone = telefonas
telegram-channel-visit = susitikimas

event-call_logged = Įrašytas skambutis
event-visit_logged = Įrašytas vizitas
event-talk_mended = Pokalbio įrašas pataisytas
event-talk_dropped = Pokalbio įrašas atšauktas
event-summary_sent = Kalbėjusiajam išsiųsta santrauka

nothing-told = Parašykite bent kelis žodžius apie pokalbį.
not-held-yet = Įrašyti galima tik tai, kas jau įvyko.
no-such-talk = Tokio skambučio ar vizito įrašo nėra: jis atšauktas.
queue-not-yours = Eilės { $queue } neaptarnaujate.
ticket-gone = Kreipinys { $reference } uždarytas: įrašykite į kitą arba naują.
bad-phone = Šiuo numeriu paskambinti nepavyktų: { $given }.

# „Telegram“: kortelė su tuo, kas suprasta.

telegram-staff-talk =
    { $kind ->
        [visit] { $reference } · vizitas įrašytas
       *[other] { $reference } · skambutis įrašytas
    }
    .hidden = Įrašas perduotas ribotai eilei, jo turinio čia nerodome.
    .dropped = Atšaukta: nebeskaičiuojama.

telegram-staff-talk-below =
    .place1 = Kuri savivaldybė? Paspauskite.
    .advice = Taisyti: paspauskite arba atsakykite į šią žinutę tuo, kas ne taip, pavyzdžiui, „20 min“ arba „iš „Bendruomenė X““.

telegram-talk-name = Kalbėjo: { $name }
telegram-talk-organisation = Organizacija: { $organisation }
telegram-talk-municipality = Savivaldybė: { $municipality }
telegram-talk-queue = Eilė: { $queue }
telegram-talk-minutes = Trukmė: { $minutes } min.
telegram-talk-participants = Dalyvių: { $participants }
telegram-talk-place = Vieta: { $place }
telegram-talk-held-on = Diena: { $held-on }
telegram-talk-advice = Patarta: { $advice }

telegram-button-talk-minutes = { $count } min.
telegram-button-talk-summary = Siųsti santrauką kalbėjusiajam
telegram-button-talk-drop = Atšaukti įrašą

telegram-command-skambutis = Įrašyti skambutį
telegram-command-vizitas = Įrašyti vizitą

telegram-refusal-nothing-told = Po komandos viena eilute parašykite, kas kalbėjo ir kas patarta, pavyzdžiui: /skambutis Anykščių r. 15 min Jonas iš „Bendruomenė X“: patarta dėl NVO žymos
telegram-refusal-not-held-yet = Įrašyti galima tik tai, kas jau įvyko.
telegram-refusal-no-such-talk = Tokio skambučio ar vizito įrašo nėra: jis atšauktas.
telegram-refusal-queue-not-yours = Eilės { $queue } neaptarnaujate.
telegram-refusal-ticket-gone = Kreipinys { $reference } uždarytas: įrašykite į kitą arba naują.
telegram-refusal-no-such-ticket = Kreipinio { $reference } nėra.
