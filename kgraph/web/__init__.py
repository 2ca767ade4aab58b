"""The served application: pages, SPARQL 1.1 Protocol, linked data, a JSON API; ``kgraph serve``.

Pages are made from the :mod:`~kgraph.web.catalogue`, tables that are kept beside the build. What a
stranger asks in SPARQL is answered by processes of its own (:mod:`~kgraph.web.pool`), each of
which can be killed. :mod:`~kgraph.web.application` puts it all together.
"""
