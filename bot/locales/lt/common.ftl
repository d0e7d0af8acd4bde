# Bendri žodžiai: būsenos, rūšys, kanalai, atsisakymų sakiniai.

status-new = naujas
status-open = nagrinėjamas
status-waiting = laukiama klausėjo
status-answered = atsakytas automatiškai
status-resolved = išspręstas
status-merged = sujungtas
status-spam = šlamštas

channel-mail = el. paštas
channel-telegram = Telegram
channel-web = svetainė
channel-command = pultas
channel-phone = telefonas
channel-visit = susitikimas
channel-by-mail = el. paštu
channel-by-telegram = per Telegram
channel-by-web = svetainėje
channel-by-command = pulte
channel-by-phone = telefonu
channel-by-visit = susitikus

kind-inbound = klausėjo žinutė
kind-suggested = Automatinis atsakymas
kind-reply = atsakymas
kind-note = vidinė pastaba, klausėjas jos nemato
kind-call = skambutis
kind-visit = vizitas

language-lt = lietuvių
language-en = anglų
language-ru = rusų
language-other = kita

delivery-queued = laukia siuntimo
delivery-sending = siunčiama
delivery-delivered = išsiųsta
delivery-deferred = išsiųsti nepavyko, bandysime dar kartą
delivery-uncertain = neaišku, ar pristatyta
delivery-dead = nepristatyta

weekday-0 = pirmadienis
weekday-1 = antradienis
weekday-2 = trečiadienis
weekday-3 = ketvirtadienis
weekday-4 = penktadienis
weekday-5 = šeštadienis
weekday-6 = sekmadienis

# Kodėl ko nors nepadaryta. Raktai – HelpdeskError.key.

ticket-not-yours = Kreipinys { $reference } Jums neprieinamas.
ticket-changed = Kreipinys { $reference } tuo metu pasikeitė.
taken-by-other = Šį kreipinį jau yra paėmęs kitas žmogus: { $name }.
changed-meanwhile = Tuo metu kažkas pasikeitė. Bandykite dar kartą.
lease-lost = Šį darbą perėmė kitas procesas.
already-sent = Atsakymas į { $reference } jau išsiųstas.
asker-unreachable = Klausėjui parašyti nėra kaip: { $reference } neturi nei adreso, nei puslapio. Jūsų tekstas neišsiųstas.
not-a-consultant = Tai gali daryti tik konsultantas.
mail-not-authentic = Nepavyko patvirtinti, kad laiškas tikrai Jūsų. Atsakykite pulte arba „Telegram“, o jei laišką siuntėte Jūs – praneškite administratoriui. Jei nesiuntėte, kažkas rašo Jūsų vardu.
no-such-ticket = Kreipinio { $reference } nėra.
no-such-queue = Tokios eilės nėra: { $queue }.
no-such-municipality = Tokios savivaldybės nėra: { $municipality }.
which-municipality = Kuri savivaldybė? Galimos: { $either }.
not-utf-8 = Failas turi būti UTF-8 koduotės.
no-such-day = Tokios datos nėra: { $given }.
no-such-person = Tokio asmens nėra.
no-such-consultant = Tokio konsultanto nėra.
no-such-entry = Tokio žinių bazės įrašo nėra: { $id }.
no-such-message = Tokios žinutės nėra: { $id }.
no-such-shunted-message = Tarp atidėtų žinučių tokios nėra: { $id }.
no-such-parked-message = Tarp sustojusių siuntinių tokio nėra: { $id }.
no-such-file = Tokio failo nebėra.
no-such-call = Tokio paskambinimo nėra.
no-such-place = Tokios savivaldybės nėra.
which-ticket = Neaišku, kurį kreipinį turite galvoje.
only-in-private = Šią komandą rašykite botui asmeniškai.
not-your-list = Tai kito konsultanto sąrašas.
address-taken = Šis adresas jau priklauso kitam asmeniui.
consultant-taken = Toks el. pašto adresas ar „Telegram“ paskyra jau priskirti kitam konsultantui.
limit-shape = Ribą užrašykite taip: 10/10m,30/1d.
no-words = Parašykite bent kelis žodžius.
not-in-copy = Adresas { $address } šio susirašinėjimo kopijų negavo, todėl atsakymo jam nesiunčiame.
not-text = Čia turi būti tekstas.
not-an-object = Klausimas turi būti JSON objektas su lauku „text“.
text-too-long = Tekstas per ilgas.
bad-address = El. pašto adresas neteisingas. Jis turi atrodyti taip: vardas@pavyzdys.lt.
unknown-language = Tokios kalbos nežinome. Galimos: lt, en, ru.
key-used = Su šiuo raktu jau gautas kitas klausimas.
bad-key = Raktas turi būti nuo 1 iki 200 matomų ASCII ženklų.
too-often = Per trumpą laiką gavome labai daug klausimų. Bandykite po { $seconds } s – tai, ką parašėte, liko formoje.

# Nuoroda prisijungti, konsultantui siunčiama el. paštu.

staff-sign-in = Laba diena,

    kad prisijungtumėte prie konsultantų pulto, per 15 minučių atverkite šią nuorodą:

    { $url }

    Nuoroda veikia vieną kartą. Jei prisijungti neprašėte, nieko daryti nereikia.
    .subject = Prisijungimas prie konsultantų pulto

closure-note = Nedirbame { $closure-first-on } – { $closure-last-on } ({ $closure }).

# Ką apie laišką verta žinoti be jo žodžių.

note-signed = Laiškas pasirašytas, parašo netikrinome.
note-encrypted = Laiškas užšifruotas, jo perskaityti negalime. Klausėjo reikia prašyti parašyti paprastu tekstu.
note-calendar = Laiške yra kvietimas į susitikimą – žr. pridėtą failą.
note-winmail = Dalis laiško yra faile „winmail.dat“, kurį atveria tik „Outlook“.
note-cut_short = Laiškas labai ilgas, rodome tik jo pradžią.
note-oversized = Laiškas per didelis: gavome tik jo antraštes. Visas laiškas yra pašto dėžutėje.
note-unreadable = Laiško nepavyko paimti iš pašto dėžutės. Perskaitykite jį ten.
note-forwarded = Laiškas persiųstas: tikrasis klausėjas gali būti { $asker }. Jam atsakymą galima siųsti kaip kopiją.
