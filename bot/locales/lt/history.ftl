# Kreipinio istorija: kas nutiko (event-) ir kodėl (reason-).

event-channel_changed = Susirašinėjama kitu kanalu
event-channels_linked = Klausėjo el. paštas ir „Telegram“ susieti
event-channels_parted = Klausėjo el. paštas ir „Telegram“ atsieti
event-corrected = Atsakymas pataisytas
event-delivery_moved = Išsiųsta kitu kanalu
event-draft_discarded = Juodraštis atmestas
event-drafted = Parengtas juodraštis
event-merged = Prijungta prie kito kreipinio
event-previewed = Atsakymas parodytas konsultantui patvirtinti
event-rated = Klausėjas įvertino konsultaciją
event-reply_taken_back = Atsakymas atšauktas
event-sent_again = Išsiųsta dar kartą
event-cancelled = Klausėjas atšaukė klausimą
reason-silence = klausėjas ilgai tylėjo
event-told_closed = Klausėjui pranešta, kad dabar nedirbame
