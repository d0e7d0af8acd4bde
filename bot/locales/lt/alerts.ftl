# Bėdos, apie kurias pranešame koordinatoriams.

alert =
    { $trouble ->
        [sign_in] Pašto dėžutė „{ $box }“ neįsileidžia: prisijungimo duomenys arba raktas atmesti. Nauji laiškai laukia serveryje.
        [mailbox] Pašto dėžutės „{ $box }“ perskaityti nepavyksta. Nauji laiškai laukia serveryje.
        [sending] Laiškų išsiųsti nepavyksta: pašto serveris nepasiekiamas arba neįsileidžia. Neišsiųsti laiškai laukia eilėje.
        [telegram] „Telegram“ neveikia: raktas atmestas, tą patį robotą skaito kita programa arba nėra ryšio.
        [breaker] Automatiniai laiškai sulaikyti: jų išeina gerokai daugiau, nei gauname laiškų. Patikrinkite, ar nesusirašinėjame su kita programa.
        [missing] Sutikrinome „{ $box }“: kai kurių laiškų trūksta. Kurių, pasako „helpdesk audit“.
        [disk] Diske beveik nebeliko vietos. Kai jos visai nebeliks, laiškų ir žinučių nebepriimsime.
       *[other] Kažkas neveikia. Kas, pasako „helpdesk doctor“.
    }
alert-over =
    { $trouble ->
        [sign_in] Prie pašto dėžutės „{ $box }“ vėl prisijungiame.
        [mailbox] Pašto dėžutė „{ $box }“ vėl skaitoma.
        [sending] Laiškai vėl siunčiami.
        [telegram] „Telegram“ vėl veikia.
        [breaker] Automatiniai laiškai vėl siunčiami.
        [missing] Sutikrinome „{ $box }“: nieko netrūksta.
        [disk] Diske vėl yra vietos.
       *[other] Vėl viskas veikia.
    }
