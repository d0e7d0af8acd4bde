# Общие слова: состояния, виды, каналы, почему что-то не сделано.

status-new = новый
status-open = рассматривается
status-waiting = ждём ответа спросившего
status-answered = отвечено автоматически
status-resolved = решён
status-merged = объединён
status-spam = спам

channel-mail = эл. почта
channel-telegram = Telegram
channel-web = сайт
channel-command = пульт
channel-phone = телефон
channel-visit = встреча
channel-by-mail = по эл. почте
channel-by-telegram = в Telegram
channel-by-web = на сайте
channel-by-command = в пульте
channel-by-phone = по телефону
channel-by-visit = на встрече

kind-inbound = сообщение спросившего
kind-suggested = Автоматический ответ
kind-reply = ответ
kind-note = внутренняя заметка, спросивший её не видит
kind-call = звонок
kind-visit = визит

language-lt = литовский
language-en = английский
language-ru = русский
language-other = другой

delivery-queued = ожидает отправки
delivery-sending = отправляется
delivery-delivered = отправлено
delivery-deferred = отправить не удалось, попробуем ещё раз
delivery-uncertain = неизвестно, доставлено ли
delivery-dead = не доставлено

weekday-0 = понедельник
weekday-1 = вторник
weekday-2 = среда
weekday-3 = четверг
weekday-4 = пятница
weekday-5 = суббота
weekday-6 = воскресенье

ticket-not-yours = Обращение { $reference } Вам недоступно.
ticket-changed = Обращение { $reference } тем временем изменилось.
taken-by-other = Это обращение уже взял другой человек: { $name }.
changed-meanwhile = Тем временем что-то изменилось. Попробуйте ещё раз.
lease-lost = Эту работу взял на себя другой процесс.
already-sent = Ответ на { $reference } уже отправлен.
asker-unreachable = Написать спросившему нельзя: у { $reference } нет ни адреса, ни страницы. Ваш текст не отправлен.
not-a-consultant = Это может делать только консультант.
mail-not-authentic = Не удалось подтвердить, что письмо действительно Ваше. Ответьте в пульте или в Telegram, а если письмо отправили Вы – сообщите администратору. Если не отправляли, кто-то пишет от Вашего имени.
no-such-ticket = Обращения { $reference } нет.
no-such-queue = Такой очереди нет: { $queue }.
no-such-municipality = Такого самоуправления нет: { $municipality }.
which-municipality = Какое самоуправление? Возможны: { $either }.
not-utf-8 = Файл должен быть в кодировке UTF-8.
no-such-day = Такой даты нет: { $given }.
no-such-person = Такого человека нет.
no-such-consultant = Такого консультанта нет.
no-such-entry = Такой записи в базе знаний нет: { $id }.
no-such-message = Такого сообщения нет: { $id }.
no-such-shunted-message = Среди отложенных сообщений такого нет: { $id }.
no-such-parked-message = Среди остановленных сообщений такого нет: { $id }.
no-such-file = Этого файла больше нет.
no-such-call = Такого звонка нет.
no-such-place = Такого самоуправления нет.
which-ticket = Неясно, о каком обращении речь.
only-in-private = Эту команду пишите боту лично.
not-your-list = Это список другого консультанта.
draft-gone = Этого черновика больше нет: кто-то его отправил, изменил или выбросил.
draft-has-files = В черновике могут быть только слова.
no-such-template = Такого шаблона нет: { $name }.
template-lacks = Шаблону не хватает значения: { $variable }.
template-variable = В шаблоне неизвестное место: { $variable }.
template-name = Имя шаблона – до 32 латинских букв, цифр и дефисов: { $name }.
address-taken = Этот адрес принадлежит другому человеку.
consultant-taken = Этот адрес эл. почты или аккаунт Telegram уже у другого консультанта.
limit-shape = Пишите ограничения так: 10/10m,30/1d.
no-words = Напишите хотя бы несколько слов.
not-in-copy = Адрес { $address } не получал копий этой переписки, поэтому ответ туда не отправлен.
not-text = Здесь должен быть текст.
not-an-object = Вопрос – это объект JSON с полем «text».
text-too-long = Текст слишком длинный.
bad-address = Адрес эл. почты неверный. Он должен выглядеть так: imia@primer.lt.
unknown-language = Мы не знаем такого языка. Возможны: lt, en, ru.
key-used = С этим ключом уже получен другой вопрос.
bad-key = Ключ – от 1 до 200 видимых знаков ASCII.
too-often = За короткое время мы получили очень много вопросов. Попробуйте через { $seconds } с; написанное осталось в форме.

closure-note = Мы не работаем с { $closure-first-on } по { $closure-last-on } ({ $closure }).
