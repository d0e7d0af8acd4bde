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
