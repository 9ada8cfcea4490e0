"""The description of the API is valid, whole, and true: what it promises, a real server keeps."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from g60kg.describe.evidence import columns_of
from g60kg.serve.site import ROUTES, Site, answer
from g60kg.serve.stored.openapi import document
from g60kg.serve.values import Limits, Request
from tests.serve.conftest import Ask, Served
from tests.sizes import size


def test_it_is_valid(site: Site) -> None:
    from openapi_spec_validator import validate  # takes most of a second

    validate(document(site))


def test_it_is_served(ask: Ask, site: Site) -> None:
    response = ask("openapi")
    assert json.loads(response.body) == document(site)


def test_every_route_is_described(site: Site) -> None:
    paths = document(site)["paths"]
    for route in ROUTES.values():
        path = re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
        if route.name not in ("query", "query-as", "missing"):
            assert {method.lower() for method in route.methods} == set(paths[path])


def test_every_query_is_described_with_what_it_takes_and_gives(site: Site) -> None:
    told = document(site)
    for stored in site.kg.catalogue:
        operation = told["paths"][f"/queries/{stored.name}"]["get"]
        given = operation["parameters"]
        assert [each.get("name") for each in given[:-3]] == [each.name for each in stored.parameters] + [
            "only"
        ]
        assert [each["$ref"].rpartition("/")[2] for each in given[-3:]] == ["limit", "offset", "lang"]
        for parameter, described in zip(stored.parameters, given, strict=False):
            assert described["required"] == parameter.required
            assert described.get("example") == (parameter.example or parameter.hint)
        content = operation["responses"]["200"]["content"]
        columns = content["application/vnd.g60kg.rows+json"]["schema"]["properties"]["rows"]["items"]
        assert list(columns["properties"]) == [column.name for column in columns_of(stored)]
        assert {"200", "304", "400", "404", "406", "422", "503", "504"} <= set(operation["responses"])


def test_small_classes_are_enumerated_and_large_ones_are_not(site: Site) -> None:
    paths = document(site)["paths"]

    def schema(query: str, name: str) -> dict[str, Any]:
        given = paths[f"/queries/{query}"]["get"]["parameters"]
        return next(each["schema"] for each in given if each.get("name") == name)

    assert {"investment", "company count"} <= set(schema("figures", "measure")["anyOf"][0]["enum"])
    assert "anyOf" not in schema("located-in", "place")


def test_limits_and_the_base_are_those_of_the_server(site: Site) -> None:
    told = document(replace(site, base="https://example.org/kg", limits=Limits(rows=77)))
    assert told["servers"] == [{"url": "https://example.org/kg"}]
    assert told["components"]["parameters"]["limit"]["schema"]["maximum"] == 77


def test_what_it_gives_as_an_example_is_answered(site: Site) -> None:
    paths = document(site)["paths"]
    for stored in site.kg.catalogue:
        given = paths[f"/queries/{stored.name}"]["get"]["parameters"]
        query = tuple((each["name"], each["example"]) for each in given if "example" in each)
        assert answer(site, Request("query", path={"name": stored.name}, query=query)).status == 200


@pytest.mark.slow
def test_schemathesis_finds_no_fault(served: Served, tmp_path: Path) -> None:
    """It tries what the description says; one stored query, of all kinds of parameters, stands for all."""
    command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()", "run"]
    command += [f"{served.url}/openapi.json", "--url", served.url, "--continue-on-failure", "--no-color"]
    command += ["--request-timeout", "60"]  # the first text that is read loads the grammar
    command += ["--seed", "60", "--generation-deterministic", "--warnings", "off"]
    command += ["--phases", "examples,coverage,fuzzing", "--max-examples", str(size(2, 20))]
    command += ["--exclude-path-regex", r"^/queries/(?!figures\b)"]
    environment = os.environ | {"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(Path(__file__).parent)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
