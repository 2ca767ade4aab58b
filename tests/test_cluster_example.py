"""The cluster in examples/ says what its programs understand; Docker itself is not needed to see that."""

import shlex
import tomllib
from pathlib import Path

import click
import pytest
import yaml
from distributed.cli import dask_scheduler, dask_worker

from kgraph.cli import kgraph

ROOT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((ROOT / "examples" / "cluster" / "compose.yaml").read_text(encoding="utf-8"))
PROGRAMS = {
    "kgraph build": kgraph.get_command(click.Context(kgraph), "build"),
    "dask scheduler": dask_scheduler.main,
    "dask worker": dask_worker.main,
}


@pytest.mark.parametrize("service", COMPOSE["services"])
def test_commands_are_understood(service):
    command = COMPOSE["services"][service]["command"]
    (program,) = [name for name in PROGRAMS if command.startswith(f"{name} ")]
    given = {word for word in shlex.split(command) if word.startswith("-")}
    assert given
    assert given <= {option for parameter in PROGRAMS[program].params for option in parameter.opts}


def test_services_know_each_other():
    services = COMPOSE["services"]
    assert set(services) == {"scheduler", "worker", "build"}
    stores = [volume for name in ("worker", "build") for volume in services[name]["volumes"] if "parts" in volume]
    assert stores == ["parts:/parts", "parts:/parts"]
    assert "--store /parts" in services["build"]["command"]
    assert all("tcp://scheduler:8786" in services[name]["command"] for name in ("worker", "build"))


def test_what_the_image_is_made_of_is_there():
    dockerfile = ROOT / COMPOSE["x-kgraph"]["build"]["dockerfile"]
    extras = dockerfile.read_text(encoding="utf-8").partition("/source[")[2].partition("]")[0].split(",")
    known = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {"dask", "s3"} <= {*extras} <= known.keys()
    assert (dockerfile.parent / COMPOSE["x-kgraph"]["build"]["context"]).resolve() == ROOT
