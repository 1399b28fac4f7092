"""What is said when a cluster cannot be used: one sentence in both languages, before anything is started."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from gevinst.contracts import contract
from gevinst.warehouse.spark import Cluster, SparkError, cause

TABLE = contract("projects")


def reason(address: str, folder: Path) -> str:
    with pytest.raises(SparkError) as raised:
        Cluster(address).frame(TABLE, folder)
    said = str(raised.value)
    assert "\n" not in said
    assert raised.value.sentences.nb != said
    return said


@pytest.mark.parametrize(
    "address",
    ["", "http://127.0.0.1:7077", "spark:/127.0.0.1", "local", "local[]", "yarn", "spark://", "127.0.0.1:7077"],
)
def test_what_is_no_address_of_spark_is_told_with_three_that_are(address: str, tmp_path: Path) -> None:
    said = reason(address, tmp_path)
    assert re.search(r"no address of Spark; write spark://host:7077, sc://host:15002 or local\[2\]", said)


@pytest.mark.parametrize(
    "address", ["spark://127.0.0.1:1", "sc://127.0.0.1:1", "spark://127.0.0.1:1,127.0.0.1:2", "sc://127.0.0.1:999999"]
)
def test_an_address_at_which_nothing_answers_is_named(address: str, tmp_path: Path) -> None:
    assert f"nothing answers at {address}" in reason(address, tmp_path)


def test_a_machine_without_java_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert "Spark needs Java" in reason("local[1]", tmp_path)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert "JAVA_HOME" in reason("local[1]", tmp_path)


def test_an_installation_without_pyspark_is_told_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert "gevinst[spark]" in reason("local[1]", tmp_path)


@pytest.mark.parametrize(
    "address",
    ["sc://127.0.0.1:1/;token=hemmelig", "sc://127.0.0.1:1;token=hemmelig", "http://127.0.0.1/;token=hemmelig"],
)
def test_a_token_in_an_address_is_in_no_message(address: str, tmp_path: Path) -> None:
    with pytest.raises(SparkError, match=r"127\.0\.0\.1") as raised:
        Cluster(address).frame(TABLE, tmp_path)
    assert "hemmelig" not in f"{raised.value} {raised.value.sentences.nb}"
    assert "hemmelig" not in str(Cluster(address)._explained(RuntimeError("lost")))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[TABLE_OR_VIEW_NOT_FOUND] no such table", "[TABLE_OR_VIEW_NOT_FOUND] no such table"),
        ("An error occurred while calling o94.parquet.\n: a.B: Job aborted.\n\tat a", "a.B: Job aborted."),
        (
            "An error occurred while calling o1.count.\n: org.x.SparkException: Job aborted.\n\tat a\n"
            "Caused by: a.B: first\n\tat a\nCaused by: java.lang.OutOfMemoryError: Java heap space\n\tat b",
            "org.x.SparkException: Job aborted., because of java.lang.OutOfMemoryError: Java heap space",
        ),
        ("An error occurred while calling o94.parquet.", ""),
        ("", ""),
    ],
)
def test_what_spark_says_of_a_failure_is_its_cause_and_not_the_number_of_a_call(said: str, told: str) -> None:
    assert cause(said) == told
