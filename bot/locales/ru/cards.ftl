# Cards of people and organisations: what may be refused.

no-such-organisation = Такой организации нет: { $id }.
no-such-type = Выберите тип спрашивающего.
no-such-change = Такого объединения нет.
no-such-address = Такого адреса в карточке нет.
code-taken = Этот код уже есть у другой организации.
not-nine-digits = Код юридического лица состоит из 9 цифр.
umbrella-of-itself = Организация не может входить сама в себя.
merge-itself = Это та же карточка.
merge-codes-differ = Коды различаются: это две организации.
merge-umbrella = Одна из них входит в другую.
undone-already = Объединение уже отменено.
person-not-yours = Вы видите не все обращения этих людей, поэтому объединить их не можете.
asker-how = Напишите, от чьего имени вопрос: «/klausejas nvo» или «/klausejas Pievų bendruomenė».
