"""The process, and whether it can serve."""

import pytest
from django.db import connection
from django.db.utils import InterfaceError, OperationalError

pytestmark = pytest.mark.django_db


def test_the_process_is_up_whatever_the_database_does(client):
    with connection.execute_wrapper(_failing(OperationalError)):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_with_the_guidance_published(client, guidance):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": True,
        "migrations": True,
        "guidance": True,
    }


def test_not_ready_without_guidance(client):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["guidance"] is False
    assert response.json()["database"] is True


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_not_ready_without_a_database_and_no_500(client, error):
    with connection.execute_wrapper(_failing(error)):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] is False


def _failing(error):
    def fail(execute, sql, params, many, context):
        raise error("gone")

    return fail
