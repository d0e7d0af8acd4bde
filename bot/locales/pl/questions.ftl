# Po polsku mówimy tylko, że odpowie człowiek; reszta jest po angielsku.

told-original = „{ $question }” (po litewsku)
    .original = { $original }

mail-write-above = Prosimy odpowiadać powyżej tej linii

mail-greeting = Dzień dobry,

mail-closing-asker =
    Z poważaniem
    { $organisation }

mail-automatic =
    To jest wiadomość automatyczna. Państwa danych używamy tylko po to, aby odpowiedzieć na pytanie.
    .privacy = Więcej o prywatności: { $privacy }

mail-untranslated =
    otrzymaliśmy Państwa pytanie i zarejestrowaliśmy je pod numerem { $reference }. Nie mamy sprawdzonej odpowiedzi w języku polskim, dlatego odpowie Państwu konsultant.
    .originals =
        Zanim odpowie konsultant, przesyłamy odpowiedź na podobne pytanie. Mamy ją tylko w języku litewskim.

        { $originals }
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = Planujemy odpowiedzieć do { $due-on } r.
    .closed = Teraz nie pracujemy; pytanie przeczytamy w najbliższy dzień roboczy.
    .closure = { closure-note }
    .page = Strona pytania: { $page }

telegram-untranslated =
    Otrzymaliśmy Państwa pytanie, jego numer to { $reference }. Nie mamy sprawdzonej odpowiedzi w języku polskim, dlatego odpowie Państwu konsultant.
    .originals =
        Zanim odpowie konsultant, przesyłamy odpowiedź na podobne pytanie. Mamy ją tylko w języku litewskim.

        { $originals }

telegram-untranslated-below =
    .topic = Temat: { $topic }.
    .topic1 = Czego dotyczy pytanie? Proszę nacisnąć temat – pytanie szybciej trafi do właściwego konsultanta. Wybór nie jest konieczny.
    .place1 = { which-place-note }
    .mentor = { mentor-note }
    .due-on = Planujemy odpowiedzieć do { $due-on } r.
    .closed = Teraz nie pracujemy; pytanie przeczytamy w najbliższy dzień roboczy.
    .closure = { closure-note }
    .progress =
        { $progress ->
            [taken] 👤 Pytaniem zajął się konsultant.
            [answered] ✅ Odpowiedź została udzielona.
            [resolved] ✅ Pytanie zostało zamknięte.
            [merged] Dołączono do innego Państwa pytania.
           *[other] {""}
        }

asker-untranslated = Nie mamy sprawdzonej odpowiedzi w języku polskim, dlatego odpowie Państwu konsultant.

closure-note = Nie pracujemy od { $closure-first-on } r. do { $closure-last-on } r. ({ $closure }).

mentor-note =
    { $mentor ->
        [away] Mentor Państwa organizacji jest teraz nieobecny, dlatego pytanie przekazaliśmy innym konsultantom.
       *[there] Pytanie przekazaliśmy mentorowi Państwa organizacji.
    }

which-place-note = Który samorząd mają Państwo na myśli: { $place1 } czy { $place2 }? Prosimy napisać: zasady mogą się różnić.
