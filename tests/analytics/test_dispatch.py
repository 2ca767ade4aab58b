"""A faster back end of networkx, where one is installed, does the work: here one that writes down what it was asked."""

import json
import os
import subprocess
import sys

import pytest

BACKEND = '''
import os
import networkx

class Interface:
    """Takes what it is given as it is, and does it as networkx does."""

    def __getattr__(self, name):
        known = networkx.utils.backends._registered_algorithms.get(name)
        if known is None:
            raise AttributeError(name)
        def run(*arguments, **options):
            with open(os.environ["ASKED"], "a") as log:
                log.write(name + "\\n")
            return known.orig_func(*arguments, **options)
        return run

    @staticmethod
    def convert_from_nx(graph, **_):
        copy = Copy(graph)
        return copy

    @staticmethod
    def convert_to_nx(result, **_):
        return result

class Copy(networkx.Graph):
    __networkx_backend__ = "scribe"

backend = Interface()
'''
PROGRAM = """
import json
from kgraph.analytics import communities, importance, paths
from tests.field import field_graph
graph = field_graph(40).nx
tables = importance(graph, sources=16), communities(graph), paths(graph, "tide mapping", "Common Engine")
print(json.dumps([table.to_json() for table in tables]))
"""


@pytest.fixture
def installed(tmp_path):
    """A folder from which Python finds the back end as it finds one that pip installed."""
    (tmp_path / "scribe.py").write_text(BACKEND)
    about = tmp_path / "scribe-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: scribe\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[networkx.backends]\nscribe = scribe:backend\n")
    return tmp_path


def tables(folder, **environment):
    path = os.pathsep.join([str(folder), *sys.path])
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": path} | environment,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_a_back_end_that_is_given_priority_does_the_work_with_the_same_result(installed, tmp_path):
    asked = tmp_path / "asked.txt"
    plain = tables(tmp_path / "elsewhere")
    dispatched = tables(installed, ASKED=str(asked), NETWORKX_BACKEND_PRIORITY="scribe")
    assert {"pagerank", "betweenness_centrality", "louvain_communities"} <= {*asked.read_text().split()}
    assert dispatched == plain
