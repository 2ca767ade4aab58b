import pytest

from kgraph.extraction.idioms import is_idiom


def idiom(text, word):
    start = text.index(word)
    return is_idiom(text, start, start + len(word))


@pytest.mark.parametrize(
    ("word", "plain", "technical"),
    [
        ("attention", "This has attracted attention.", "It computes attention twice."),
        ("momentum", "The field is gaining momentum.", "SGD with momentum converges."),
        ("recall", "Participants recall two words.", "It improves recall by two points."),
        ("recalls", "The model recalls all answers.", "Precisions and recalls."),
        ("recommendations", "We make recommendations.", "It ranks recommendations by price."),
        ("recommendations", "Then recommendations for future work.", "Fair recommendations to users."),
        ("speed up", "Caches speed up training; they can speed up inference.", "A 3x speed up is reached."),
        ("prompting", "They failed, prompting calls for care.", "Few-shot prompting of a model."),
        ("rendering", "Noise appears, rendering them useless.", "We study rendering of scenes."),
    ],
)
def test_words_beside_tell_plain_english_from_a_name(word, plain, technical):
    last = plain.rindex(word)
    assert is_idiom(plain, last, last + len(word))
    assert not idiom(technical, word)


def test_only_whole_words_beside_count():
    assert not idiom("an undrawn-grow attention", "attention")
    assert not idiom("rendering items", "rendering")
