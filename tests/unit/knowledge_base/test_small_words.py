"""Which words say what a question is about."""

from knowledge_base.small_words import topic_words


def test_marks_and_small_words_carry_no_topic() -> None:
    words = ["kaip", "gauti", "gpm", "parama", "xq7rtgbhvd2kpl", "zqbdfghkmnpr", "помощь", "1,2"]

    assert topic_words(words) == ["gpm", "parama", "xq7rtgbhvd2kpl", "помощь", "1,2"]
