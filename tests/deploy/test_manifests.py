"""The files for deployment are what their readers take: fields of Kubernetes, and commands and settings of ours."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from kubernetes.client import ApiClient

from assistant.interfaces.cli.arguments import parser
from assistant.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
MODELS = {
    "v1/Service": "V1Service",
    "apps/v1/Deployment": "V1Deployment",
    "apps/v1/StatefulSet": "V1StatefulSet",
    "batch/v1/CronJob": "V1CronJob",
    "networking.k8s.io/v1/Ingress": "V1Ingress",
}
MANIFESTS = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text()))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())


@pytest.mark.parametrize("manifest", MANIFESTS, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}")
def test_every_field_of_a_manifest_is_one_that_kubernetes_knows(manifest: dict[str, Any]) -> None:
    """What the client's models do not know they drop; a required field that is missing, they refuse."""
    client = ApiClient()
    kind = MODELS[f"{manifest['apiVersion']}/{manifest['kind']}"]
    model = client.deserialize(json.dumps(manifest), kind, "application/json")
    assert client.sanitize_for_serialization(model) == manifest


def test_a_field_that_kubernetes_does_not_know_is_noticed() -> None:
    manifest = json.loads(json.dumps(next(one for one in MANIFESTS if one["kind"] == "Deployment")))
    manifest["spec"]["template"]["spec"]["contaners"] = []
    with pytest.raises(AssertionError):
        test_every_field_of_a_manifest_is_one_that_kubernetes_knows(manifest)


def containers() -> list[tuple[list[str], list[str]]]:
    """The command and the names of the variables of each of our containers, in both files."""
    found = []
    for manifest in MANIFESTS:
        spec = manifest["spec"]
        pod = spec.get("template") or spec.get("jobTemplate", {}).get("spec", {}).get("template")
        for one in pod["spec"]["containers"] if pod else []:
            if one["image"] == "news-assistant":
                found.append((one["args"], [variable["name"] for variable in one["env"]]))
    for service in COMPOSE["services"].values():
        if service["image"] == "news-assistant":
            found.append((service["command"], list(service["environment"])))
    return found


def test_commands_and_variables_are_ours() -> None:
    assert len(containers()) == 8
    known = {f"ASSISTANT_{name.upper()}" for name in Settings.model_fields} | {"PGPASSWORD"}
    for command, variables in containers():
        assert parser().parse_args(command).command == command[0]
        assert set(variables) <= known


def test_nginx_passes_on_to_services_and_ports_that_are_there() -> None:
    text = (DEPLOY / "nginx.conf").read_text()
    ports = {"chat": 7860, "serve": 8000}
    for name, port in ports.items():
        assert f"server {name}:{port} " in text
        assert name in COMPOSE["services"]
        assert parser().parse_args([name]).port == port


def test_files_that_compose_names_are_there() -> None:
    assert (DEPLOY / "Dockerfile").exists()
    assert (DEPLOY / "nginx.conf").exists()
