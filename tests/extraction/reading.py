"""Documents for the tests of single components, tokenized as the pipeline does it."""

from spacy.lang.en import English

from kgraph.extraction.marks import MENTIONS, document
from kgraph.extraction.tokenizer import technical_tokenizer
from kgraph.model import Paper

NLP = English()
NLP.tokenizer = technical_tokenizer(NLP)


def doc_of(abstract, title="On things"):
    """A document without any mention yet."""
    return document(NLP, Paper("1", title, abstract))


def found_in(find, abstract, title="On things"):
    """What a finder takes for mentions: their texts and types, in the order of the text."""
    doc = doc_of(abstract, title)
    return [(doc.text[item.start : item.end], item.type) for item in sorted(find(doc))]


def spans_of(doc):
    """The mentions that components set: text, type and concept."""
    return [(span.text, span.label_, span.id_) for span in doc.spans.get(MENTIONS, ())]
