"""How ``ontology/vocabulary/*.ttl`` is made: ``python -m vocabularies ../shared/gazetteers``."""
