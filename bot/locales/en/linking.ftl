# One person's e-mail and Telegram.

telegram-command-susieti = Link my e-mail

telegram-member-link-how =
    Link your e-mail
    .organisation =
        Write the command and your address, for example: /susieti name@example.org. We will mail you a code. Once linked, you can go on with the same question by e-mail and here. Unlink at any time: /atsieti

telegram-member-link-sent =
    We sent a mail with a six-digit code to { $address }. Write the code here within 15 minutes.

telegram-member-link-often = We have sent three codes today already. Please try tomorrow.

telegram-member-link-later = We cannot send mail at the moment. Please try later.

telegram-member-link-wrong = The code is wrong or no longer valid. For a new one write /susieti and your address.

telegram-member-link-none = This account is not linked to an e-mail address. To link it write /susieti and your address.

telegram-member-linked =
    Linked. Write /klausimai to see your questions.
    .address = E-mail: { $address }
    .reference = You can go on with question { $reference } here: reply to this message. The consultant's answer will come here as well.

telegram-member-parted = Unlinked. Questions that began by e-mail go on by e-mail, those that began here go on here.

mail-link-code =
    your code is { $code }. Write it in the chat with our Telegram bot. It is valid for 15 minutes.
    .organisation = If you are not linking this address to Telegram, do nothing: without the code nobody learns anything. Tell the code to nobody.
    .subject = Code: { $code }

mail-link-made =
    your address is now linked to a Telegram account. You can go on with your questions by mail and in Telegram; to unlink at any time, write /atsieti to the bot.
    .organisation = If this was not you, reply to this mail at once.
    .subject = Linked to Telegram

asker-telegram = Go on in Telegram
asker-telegram-hint = You will get a one-time link to our bot.
asker-telegram-open = Open Telegram and press “Start”
asker-telegram-later = Telegram cannot be reached at the moment. Please try later.
