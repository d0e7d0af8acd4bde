# A ticket's history: what happened (event-) and why (reason-).

event-channel_changed = The conversation moved to another channel
event-channels_linked = The asker's e-mail and Telegram were joined
event-channels_parted = The asker's e-mail and Telegram were parted
event-corrected = Answer corrected
event-delivery_moved = Sent by the other channel
event-draft_discarded = Draft discarded
event-drafted = Draft prepared
event-merged = Joined to another ticket
event-previewed = Answer shown to the consultant for confirmation
event-rated = The asker rated the consultation
event-reply_taken_back = Answer taken back
event-sent_again = Sent once more
event-cancelled = The asker cancelled the question
reason-silence = the asker was silent for long
event-told_closed = The asker was told that we are closed now
