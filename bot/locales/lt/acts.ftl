# Ką konsultantai daro su kreipiniais: skuba, žymos, sujungimas, atskyrimas, siejimas, sekimas.

## Klausiančiajam

mail-merged =
    Jūsų klausimus { $reference } ir { $into } sujungėme į vieną kreipinį. Į abu atsakysime kartu, numeriu { $into }.
    .subject = Jūsų klausimas sujungtas su { $into }

telegram-merged = Jūsų klausimus { $reference } ir { $into } sujungėme į vieną. Į abu atsakysime kartu, numeriu { $into }.

mail-unmerged =
    Jūsų klausimus { $reference } ir { $into } vėl nagrinėjame atskirai. Į kiekvieną atsakysime jo numeriu.
    .subject = Jūsų klausimas vėl atskirai

telegram-unmerged = Jūsų klausimus { $reference } ir { $into } vėl nagrinėjame atskirai. Į kiekvieną atsakysime jo numeriu.

mail-split-off =
    Jūsų žinutę nagrinėsime kaip atskirą klausimą. Jo numeris – { $reference }.
    .subject = Atskiras klausimas { $reference }

telegram-split-off = Jūsų žinutę nagrinėsime kaip atskirą klausimą. Jo numeris – { $reference }.

## Konsultantams: sekamas kreipinys

mail-staff-watched =
    { $what ->
        [inbound] sekamą kreipinį { $reference } klausėjas papildė.
        [reply] sekamame kreipinyje { $reference } atsakyta klausėjui.
       *[note] sekamame kreipinyje { $reference } parašyta vidinė pastaba.
    }
    .author = Rašė: { $author }
    .text = { $text }
    .files = Pridėti failai: { $files }
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Sekamas kreipinys: { $subject }

telegram-staff-watched =
    { $what ->
        [inbound] 👁 { $reference } · klausėjas papildė
        [reply] 👁 { $reference } · atsakyta klausėjui
       *[note] 👁 { $reference } · vidinė pastaba
    }
    .author = Rašė: { $author }
    .text = { $text }
    .files = Pridėti failai: { $files }

## Skuba

telegram-priority-high = ❗ skubus
telegram-priority-low = neskubus
console-priority = Skuba
priority-high = skubus
priority-normal = įprastas
priority-low = neskubus

## Istorija

event-noted = Parašyta vidinė pastaba
event-merged_in = Prijungtas kitas kreipinys
event-unmerged = Vėl atskirtas nuo kito kreipinio
event-parted = Kitas kreipinys vėl atskirtas
event-split = Žinutė atskirta į savo kreipinį
event-split_from = Atskirta iš kito kreipinio
event-unlinked = Nebesieta su kitu kreipiniu
event-tagged = Uždėta žyma
event-untagged = Nuimta žyma
event-prioritised = Pakeista skuba
event-watched = Kreipinys sekamas
event-unwatched = Kreipinys nebesekamas
reason-high = skubus
reason-normal = įprastas
reason-low = neskubus

## Kodėl nepadaryta

ticket-merged = Kreipinys { $reference } sujungtas su { $into }: dirbkite ten.
ticket-merged-away = Kreipinys { $reference } sujungtas su kitu, kurio nematote.
not-merged = Kreipinys { $reference } su niekuo nesujungtas.
same-ticket = { $reference } yra tas pats kreipinys.
merge-closed = Kreipinio { $reference } sujungti negalima: jis jau sujungtas arba yra šlamštas.
restricted-apart = Ribotos eilės kreipinį galima sujungti ar susieti tik su tos pačios eilės kreipiniu: { $reference } yra kitoje.
practice-apart = Mokomojo kreipinio sujungti negalima.
no-such-article = Kreipinyje { $reference } tokio įrašo nėra: { $id }.
not-a-message = Atskirti galima tik klausėjo žinutę.
last-message = Tai vienintelė kreipinio { $reference } žinutė: atskyrus jo nebeliktų.
bad-tag = Žyma – iki 40 raidžių, skaitmenų ir brūkšnelių: { $tag }.
too-many-tags = Kreipinyje gali būti iki { $most } žymų.
no-such-priority = Skuba gali būti: high, normal, low.

telegram-refusal-ticket-merged = Klausimas { $reference } sujungtas su { $into }: rašykite ten.
telegram-refusal-ticket-merged-away = Klausimas { $reference } sujungtas su kitu, kurio nematote.
telegram-refusal-not-merged = Klausimas { $reference } su niekuo nesujungtas.
telegram-refusal-same-ticket = { $reference } yra tas pats klausimas.
telegram-refusal-merge-closed = Klausimo { $reference } sujungti negalima: jis jau sujungtas arba yra šlamštas.
telegram-refusal-restricted-apart = Ribotos eilės klausimą galima sujungti ar susieti tik su tos pačios eilės klausimu.
telegram-refusal-practice-apart = Mokomojo klausimo sujungti negalima.
telegram-refusal-not-a-message = Atskirti galima tik klausiančiojo žinutę: atsakykite į ją.
telegram-refusal-last-message = Tai vienintelė klausimo { $reference } žinutė: atskyrus jo nebeliktų.
telegram-refusal-bad-tag = Žyma – iki 40 raidžių, skaitmenų ir brūkšnelių.
telegram-refusal-too-many-tags = Klausime gali būti iki { $most } žymų.

## Kas pasikeitė, kol konsultantas rašė

seen-older = Nuo tada, kai atvėrėte kreipinį { $reference }, jame kai kas pasikeitė.
told-change = – { $at } { $what }
    .by = { $by }

mail-staff-stale =
    Jūsų atsakymo į { $reference } dar neišsiuntėme. Nuo tada, kai atvėrėte kreipinį:
    .changes = { $changes }
    .text = Štai kas būtų išsiųsta: { $text }
    .files = Pridėti failai: { $files }
    .reference = Jei siųsti vis tiek, atsakykite į šį laišką vienu žodžiu „taip“. Jei ne, atsakykite iš naujo – išsiųsime naująjį tekstą. Tai, ką parašėte, išsaugojome kreipinyje { $reference } kaip vidinę pastabą.
    .console = Kreipinys pulte: { $console }
    .subject = [{ $reference }] Atsakymas dar neišsiųstas: { $subject }

telegram-staff-stale =
    { $state ->
        [sent] { $reference } · išsiųsta
       *[waiting] { $reference } · dar neišsiųsta
    }
    .changes =
        Nuo tada, kai atvėrėte klausimą:
        { $changes }

telegram-staff-stale-below =
    .article = Jūsų žodžius palikome vidine pastaba. Jei jie vis dar tinka, paspauskite „Siųsti vis tiek“.
    .draft = Juodraštis liko, kaip buvo. Jei jis vis dar tinka, paspauskite „Siųsti vis tiek“.

telegram-button-anyway = Siųsti vis tiek
telegram-button-unmerge = Atskirti
telegram-refusal-seen-older = Nuo tada, kai atvėrėte klausimą { $reference }, jame kai kas pasikeitė.

## Pultas

console-sorting = Tvarkymas
console-tag = Nauja žyma
console-untag = Nuimti žymą „{ $tag }“
console-linked = Susiję kreipiniai
console-unlink = Nebesieti su { $reference }
console-merged-in = Prijungti kreipiniai
console-other = Kitas kreipinys
console-merge-hint = Sujungus šis kreipinys tęsis kitame. Jei klausė du žmonės, atsakymą gaus abu, o vienas kito žodžių nematys.
console-merged = Šis kreipinys sujungtas ir tęsiasi čia:
console-merged-hidden = Šis kreipinys sujungtas su kitu, kurio nematote.
console-reply-also = Tą patį atsakymą gaus ir: { $names }.
console-send-anyway = Siųsti vis tiek
console-act-merge = Sujungti
console-act-unmerge = Atskirti
console-act-split = Atskirti į savo kreipinį
console-act-link = Susieti
console-act-tag = Uždėti
console-act-priority = Keisti
console-act-watch = Sekti
console-act-unwatch = Nebesekti
console-done-merge = Kreipiniai sujungti, tęsiame čia.
console-done-unmerge = Kreipinys vėl atskiras.
console-done-split = Žinutė atskirta į savo kreipinį.
console-done-link = Kreipiniai susieti.
console-done-unlink = Kreipiniai nebesieti.
console-done-tag = Žyma uždėta.
console-done-untag = Žyma nuimta.
console-done-priority = Skuba pakeista.
console-done-watch = Pranešime apie kiekvieną naują įrašą.
console-done-unwatch = Apie naujus įrašus nebepranešime.

## „Telegram“: kas padaryta

telegram-staff-sorted =
    { $done ->
        [merge] { $reference } sujungta su { $other }: tęsiame ten
        [unmerge] { $reference } vėl atskirai
        [split] { $reference } · žinutė atskirta į { $other }
        [link] { $reference } susieta su { $other }
        [tag] { $reference } · žyma: { $other }
        [rank-high] { $reference } · pažymėta kaip skubu
        [rank-normal] { $reference } · nebeskubu
        [watch] { $reference } · seksite: pranešime apie kiekvieną naują įrašą
       *[unwatch] { $reference } · nebesekate
    }

telegram-command-sujungti = Sujungti su kitu klausimu
telegram-command-atskirti = Atskirti žinutę į savo klausimą
telegram-command-sieti = Susieti su kitu klausimu
telegram-command-zyma = Uždėti žymą
telegram-command-skubu = Skubus arba nebe
telegram-command-sekti = Sekti arba nebesekti
