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

# Paskambinimas: laiškai, klausimo puslapis, neatsiliepus.

mail-member-call-number =
    gavome Jūsų prašymą paskambinti. Kokiu numeriu? Atsakykite į šį laišką vienu numeriu, galite pridurti, kada patogiau.
    .reference = Numerį matys tik konsultantai. Klausimo numeris – { $reference }.

mail-member-call-noted =
    paskambinsime numeriu { $call-phone }: { $call-on }, { $call-hours }. Klausimo numeris – { $reference }.
    .slot1 = Jei patogiau kitu laiku, atsakykite į šį laišką, pavyzdžiui: „rytoj po pietų“. Jei skambinti nereikia – „neskambinkite“.

mail-member-call-cancelled = neskambinsime. Klausimas { $reference } lieka, atsakymą gausite čia.

mail-call-missed =
    skambinome numeriu { $call-phone } dėl klausimo { $reference }, bet neprisiskambinome.
    .reference = Atsakykite į šį laišką: parašykite, kada ir kokiu numeriu skambinti, arba klauskite raštu.

telegram-call-missed =
    Skambinome numeriu { $call-phone } dėl klausimo { $reference }, bet neprisiskambinome.
    .reference = Parašykite čia, kada ir kokiu numeriu skambinti, arba klauskite raštu.

mail-staff-call-due =
    baigiasi laikas paskambinti dėl kreipinio { $reference }.
    .call-phone = Numeris { $call-phone }: { $call-on }, { $call-hours }
    .name = Laukia: { $name }
    .console = Kreipinys pulte: { $console }

telegram-staff-call-due =
    { $reference } · laikas paskambinti
    .call-phone = 📞 { $call-phone }: { $call-on }, { $call-hours }

telegram-button-missed = Neatsiliepė
telegram-refusal-no-such-call = Šiam klausimui niekas nebeprašo paskambinti.

asker-call = Paskambinkite man
asker-call-phone = Telefono numeris
asker-call-when = Kada patogiau
asker-call-slot = { $day-on }, { $hours }
asker-call-noted = Paskambinsime numeriu { $call-phone }: { $call-on }, { $call-hours }
asker-uncall = Neskambinkite
asker-done-called = Užsirašėme: paskambinsime.
asker-done-uncalled = Neskambinsime. Atsakymą matysite čia.
ask-phone = Telefonas
ask-phone-hint = Nurodę numerį, sulauksite konsultanto skambučio. Laiką galėsite pasirinkti klausimo puslapyje.

event-call_wished = Klausėjas prašo paskambinti
event-call_cancelled = Klausėjas skambučio nebenori
event-call_missed = Skambinta, neatsiliepė

# Pultas: skambučio ar vizito forma.

console-talk = Įrašyti skambutį ar vizitą
console-talk-advice = Kas patarta
console-talk-minutes = Trukmė minutėmis
console-talk-municipality = Savivaldybė
console-talk-name = Kas kalbėjo
console-talk-organisation = Organizacija
console-talk-contact = Telefonas arba el. paštas
console-talk-topic = Eilė
console-talk-topic-guess = Parinkti pagal žodžius
console-talk-participants = Dalyvių
console-talk-place = Vieta
console-talk-date = Diena
console-talk-ticket = Kreipinys
console-talk-hint = Užtenka parašyti, kas patarta. Be kreipinio numerio atsiras naujas, jau išspręstas. Kalbėjusiajam nieko nesiunčiame.
console-talk-save = Įrašyti
console-talk-took = { $count } min.
console-talk-came = dalyvių: { $count }
console-talk-summary = Santrauka raštu
console-talk-to = Kalbėjusiojo el. paštas
console-talk-summary-words = Santrauka
console-talk-summary-send = Siųsti santrauką
console-talk-drop = Atšaukti įrašą
console-call = Prašo paskambinti { $call-phone }: { $call-on }, { $call-hours }
console-call-missed = Neatsiliepė
console-done-talk = Įrašyta.
console-done-summary = Santrauka bus išsiųsta.
console-done-drop = Įrašas atšauktas.
console-done-missed = Pažymėta, kad neatsiliepė.
no-such-number = Čia turi būti skaičius: { $given }.

# Susitikimai: kvietimas su kalendoriaus įrašu.

mail-visit-invited =
    kviečiame susitikti: { $visit-on }, { $visit-hours }, { $place }.
    .about = Apie ką: { $about }
    .author = { $author }
    .reference = Ar atvyksite, atsakykite savo kalendoriuje („Taip“, „Galbūt“, „Ne“) arba šiuo laišku. Klausimo numeris – { $reference }.
    .subject = Kvietimas susitikti { $visit-on } [{ $reference }]

mail-visit-changed =
    pasikeitė mūsų susitikimas: { $visit-on }, { $visit-hours }, { $place }.
    .about = Apie ką: { $about }
    .author = { $author }
    .reference = Ar tinka, atsakykite savo kalendoriuje arba šiuo laišku. Klausimo numeris – { $reference }.
    .subject = Pasikeitė susitikimas: { $visit-on } [{ $reference }]

mail-visit-cancelled =
    susitikimas { $visit-on }, { $visit-hours } neįvyks.
    .author = { $author }
    .reference = Jei norite susitarti dėl kito laiko, atsakykite į šį laišką. Klausimo numeris – { $reference }.
    .subject = Susitikimas atšauktas: { $visit-on } [{ $reference }]

event-visit_invited = Išsiųstas kvietimas susitikti
event-visit_moved = Susitikimas perkeltas
event-visit_cancelled = Susitikimas atšauktas
event-visit_accepted = Klausėjas atvyks
event-visit_tentative = Klausėjas galbūt atvyks
event-visit_declined = Klausėjas neatvyks
already-past = Šis laikas jau praėjo.
no-such-appointment = Tokio susitikimo nėra arba jis atšauktas.

# Nukreipimas: tik klausėjui sutikus.

mail-referral-consent =
    į Jūsų klausimą { $reference } gali geriausiai atsakyti kita įstaiga: { $body } ({ $contact }). Ar sutinkate, kad jai perduotume šiuos žodžius? Vardo ir adreso neperduosime.
    .passed = „{ $passed }“
    .reference = Atsakykite į šį laišką vienu žodžiu: „sutinku“ arba „nesutinku“. Klausimas ir toliau lieka pas mūsų konsultantą.
    .author = { $author }

telegram-referral-consent =
    Į Jūsų klausimą { $reference } gali geriausiai atsakyti kita įstaiga: { $body } ({ $contact }). Ar sutinkate, kad jai perduotume šiuos žodžius? Vardo ir adreso neperduosime.
    .passed = „{ $passed }“
    .reference = Atsakykite vienu žodžiu: „sutinku“ arba „nesutinku“. Klausimas ir toliau lieka pas mūsų konsultantą.

mail-referral-sent =
    Jūsų klausimą { $reference } perdavėme: { $body } ({ $contact }).
    .follow-up-on = Klausimas lieka pas mūsų konsultantą: kas iš to išėjo, pasidomėsime { $follow-up-on }
    .author = { $author }

telegram-referral-sent =
    Jūsų klausimą { $reference } perdavėme: { $body } ({ $contact }).
    .follow-up-on = Klausimas lieka pas mūsų konsultantą: kas iš to išėjo, pasidomėsime { $follow-up-on }

mail-referred =
    į mus kreipėsi organizacija, kurios klausimas priklauso Jūsų sričiai. Klausėjas sutiko, kad jį perduotume:
    .text = „{ $text }“
    .municipality = Savivaldybė: { $municipality }
    .author = { $author }
    .reference = Atsakykite į šį laišką nekeisdami temos, ir atsakymą perduosime. Klausimo numeris – { $reference }.
    .subject = Perduodamas klausimas [{ $reference }]

telegram-referred = Perduodamas klausimas { $reference }: { $text }

mail-staff-referral-due =
    atėjo diena pasidomėti, kas išėjo iš perduoto klausimo { $reference }.
    .body = Perduota: { $body }, { $contact }
    .console = Kreipinys pulte: { $console }

telegram-staff-referral-due =
    { $reference } · laikas pasidomėti perduotu klausimu
    .body = Perduota: { $body }, { $contact }

event-referral_asked = Klausėjo prašoma sutikti, kad klausimas būtų perduotas
event-referral_declined = Klausėjas perduoti nesutiko
event-referred = Klausimas perduotas kitai įstaigai
event-referral_closed = Iš kitos įstaigos daugiau nieko nelaukiama
no-such-referral = Tokio nukreipimo nėra.

# Pultas: susitikimai ir nukreipimai.

console-agreements = Susitikimai ir nukreipimai
console-visits = Susitikimai
console-visits-none = Susitikimų nėra.
console-visit-start = Kada
console-visit-about = Apie ką
console-visit-to = Klausėjo el. paštas, jei jo nežinome
console-visit-hint = Klausėjas gaus laišką su kalendoriaus kvietimu; jo atsakymas pasirodys čia.
console-visit-send = Siųsti kvietimą
console-visit-move = Perkelti
console-visit-cancel = Atšaukti susitikimą
visit-invited = laukiama atsakymo
visit-accepted = atvyks
visit-tentative = galbūt atvyks
visit-declined = neatvyks
visit-cancelled = atšauktas
console-referrals = Nukreipimai
console-referrals-none = Nenukreipta.
console-referral-body = Įstaiga
console-referral-contact = Jos el. paštas
console-referral-follow-up = Kada pasidomėti
console-referral-consent = Kaip klausėjas sutiko
console-referral-words = Ką perduoti
console-referral-hint = Nenurodžius, kaip klausėjas sutiko, pirmiausia jo paklausime. Jei nieko neparašysite, perduosime jo klausimą – be vardo ir adreso.
console-referral-send = Nukreipti
console-referral-close = Daugiau nelaukti
referral-asked = klausiama sutikimo
referral-declined = klausėjas nesutiko
referral-sent = perduota
referral-closed = nebelaukiama
console-agreed-invite = Kvietimas bus išsiųstas.
console-agreed-move = Kitas laikas bus išsiųstas.
console-agreed-cancel = Apie atšaukimą pranešime.
console-agreed-refer = Užregistruota.
console-agreed-close = Daugiau nelaukiama.
