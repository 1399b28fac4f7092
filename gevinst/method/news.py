"""News of an edition: what the edition published before did not have, and whether it has happened since.

Belongs here: the comparison of two editions, one row per change, with the time that it is about. It is computed when an
edition is built, since the marts do not know what was published.
Does not belong here: the results that changed, and finding the edition published before (`gevinst.edition`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from gevinst.contracts import CORE, contract
from gevinst.contracts.schema import polars_schema
from gevinst.contracts.translations import IS_TRANSLATION
from gevinst.contracts.vocabulary import FOUND_NOW, HAPPENED_SINCE, NEVER_ASSESSED, NOTHING_BEYOND_AWARD, TIME_UNKNOWN
from gevinst.method.as_of import first_possible_day, last_possible_day, source_published
from gevinst.method.follow_up_answers import ANSWERS, follow_up_answers
from gevinst.method.frames import lazy
from gevinst.method.withdrawn import withdrawn_rows

Frames = Mapping[str, pl.DataFrame]

CHANGES, COUNTS = contract("edition_changes"), contract("change_counts")
_TIMES = (("happened", HAPPENED_SINCE), ("found", FOUND_NOW), ("time_unknown", TIME_UNKNOWN))


@dataclass(frozen=True, slots=True)
class Before:
    """The edition published before: its tables, and the last day it reaches to.

    `tables` are its core tables, `corrections`, `project_status`, `benefit_trail` and `follow_ups`. Without tables
    nothing was published before, and nothing is news.
    """

    tables: Frames = field(default_factory=dict[str, pl.DataFrame])
    as_of_on: date | None = None

    @property
    def recorded_through(self) -> date | None:
        """The last day on which a row of it was recorded; null in an edition from before rows said so."""
        days = [
            frame["recorded_on"].max()
            for frame in self.tables.values()
            if "recorded_on" in frame.columns and frame.height
        ]
        return max((day for day in days if isinstance(day, date)), default=None)


def news_tables(before: Before, now: Frames, edition_year: int, *, is_illustrative: bool) -> dict[str, pl.DataFrame]:
    """`edition_changes`, `change_counts` and `follow_up_answers` of the edition with the tables `now`."""
    changes = edition_changes(before, now, edition_year, is_illustrative=is_illustrative)
    counts = change_counts(changes, now["codelists"], edition_year, is_illustrative=is_illustrative)
    answers = follow_up_answers(before.tables, before.as_of_on, now, edition_year, is_illustrative=is_illustrative)
    return {CHANGES.name: changes, COUNTS.name: counts, ANSWERS.name: answers}


def change_counts(
    changes: pl.DataFrame, codelists: pl.DataFrame, edition_year: int, *, is_illustrative: bool
) -> pl.DataFrame:
    """One row per kind of change, 0 where there is none; contract `change_counts`."""
    kinds = codelists.filter(pl.col("codelist") == "change_kind").select(change_kind_code="code")
    items = pl.col("item_count")
    counted = changes.group_by("change_kind_code").agg(
        items.sum(),
        *(items.filter(pl.col("change_time_code") == code).sum().alias(f"{name}_count") for name, code in _TIMES),
    )
    numbers = ["item_count", *(f"{name}_count" for name, _ in _TIMES)]
    full = kinds.join(counted, on="change_kind_code", how="left").with_columns(
        pl.col(numbers).fill_null(0), edition_year=pl.lit(edition_year), is_illustrative=pl.lit(is_illustrative)
    )
    placed = full.with_columns(year_count=pl.col("item_count").sum())
    return placed.select(pl.col(name).cast(type_) for name, type_ in polars_schema(COUNTS).items()).sort(COUNTS.key)


def edition_changes(before: Before, now: Frames, edition_year: int, *, is_illustrative: bool) -> pl.DataFrame:
    """One row per change since the edition before; contract `edition_changes`. None in a first edition.

    A row is news when the edition before did not have its key and it was recorded later than everything in that
    edition; so an edition of an earlier year that is made today, and was compared with one made today, has no news.
    `change_time_code` says whether the thing itself is later than the edition before (`happened`), certainly earlier
    (`found`), or possibly either (`unknown`); it is null for changes of the register itself.
    Source: the clocks in docs/truth.md: reading is not happening.
    """
    if not before.tables:
        return _frame([], is_illustrative)
    new = _New(before, now)
    parts = [new.rounds(), new.projects(), new.statuses(), new.claims(), new.measurements(), new.funding()]
    parts += [new.superseded(), new.corrections()]
    rows: list[dict[str, object]] = [{**row, "edition_year": edition_year} for part in parts for row in part.to_dicts()]
    gone = withdrawn_rows(before.tables, now, edition_year, is_illustrative=is_illustrative)
    return pl.concat([_frame(rows, is_illustrative), gone]).sort(CHANGES.key)


def _frame(rows: list[dict[str, object]], is_illustrative: bool) -> pl.DataFrame:
    schema = polars_schema(CHANGES)
    full = [{name: row.get(name) for name in schema} | {"is_illustrative": is_illustrative} for row in rows]
    return pl.DataFrame(full, schema=schema)


class _New:
    """What is new in `now`, by kind of change."""

    def __init__(self, before: Before, now: Frames) -> None:
        self._before = before
        self._now = now
        self._through = before.recorded_through
        self._published = source_published(lazy(now["sources"])).collect("polars").to_native()

    def rows(self, name: str) -> pl.DataFrame:
        """Rows of a core table that are news; all of them when the edition before had no such table."""
        table, frame = contract(name), self._now[name]
        earlier = self._before.tables.get(name)
        if earlier is not None and set(table.key) <= set(earlier.columns):
            frame = frame.join(earlier, on=list(table.key), how="anti", nulls_equal=True)
        if self._through is not None:
            frame = frame.filter(pl.col("recorded_on").is_null() | (pl.col("recorded_on") > self._through))
        return frame

    def timed(self, frame: pl.DataFrame, stem: str) -> pl.DataFrame:
        """`frame` with the days between which the thing happened; those of its document where it has no date."""
        placed = frame.join(self._published, on="source_id", how="left")
        is_open = (pl.col(f"{stem}_precision") == "earliest").fill_null(False)
        days = (
            lazy(placed)
            .with_columns(_first=first_possible_day(stem), _last=last_possible_day(stem))
            .collect("polars")
            .to_native()
        )
        return self.sorted_in_time(
            days.with_columns(
                about_from=pl.coalesce("_first", "public_from"),
                about_to=pl.coalesce(pl.when(~is_open).then(pl.col("_last")), pl.col("public_to")),
            )
        )

    def sorted_in_time(self, frame: pl.DataFrame) -> pl.DataFrame:
        """`frame` with `change_time_code` by its days and the last day of the edition before."""
        last = pl.lit(self._before.as_of_on, pl.Date)
        code = (
            pl.when((pl.col("about_from") > last).fill_null(False))
            .then(pl.lit(HAPPENED_SINCE))
            .when((pl.col("about_to") <= last).fill_null(False))
            .then(pl.lit(FOUND_NOW))
            .otherwise(pl.lit(TIME_UNKNOWN))
        )
        return frame.with_columns(change_time_code=code)

    def rounds(self) -> pl.DataFrame:
        return _change(self.timed(self.rows("rounds"), "awarded"), "round_awarded", "round_id")

    def projects(self) -> pl.DataFrame:
        awarded = self._now["rounds"].select("round_id", "awarded_on", "awarded_precision")
        named = self.rows("projects").join(awarded, on="round_id", how="left")
        return _change(self.timed(named, "awarded"), "project_named", "project_id").with_columns(
            round_id=pl.lit(None, pl.String)
        )

    def statuses(self) -> pl.DataFrame:
        """Projects whose newest status is another than in the edition before, and that have a new assessment."""
        assessed = self.rows("status_assessments").select("project_id").unique()
        earlier = _of_last_year(self._before.tables["project_status"]).select(
            "project_id", from_code="current_status_code"
        )
        current = _of_last_year(self._now["project_status"]).join(assessed, on="project_id", how="semi")
        moved = (
            current.join(earlier, on="project_id", how="left")
            .with_columns(pl.col("from_code").fill_null(NEVER_ASSESSED), to_code=pl.col("current_status_code"))
            .filter(pl.col("from_code") != pl.col("to_code"))
        )
        is_first = pl.col("from_code").is_in(NOTHING_BEYOND_AWARD)
        kind = pl.when(is_first).then(pl.lit("status_first")).otherwise(pl.lit("status_moved"))
        timed = self.timed(moved, "status").with_columns(round_id=pl.lit(None, pl.String))
        return _change(timed, "status", "project_id").with_columns(change_kind_code=kind)

    def claims(self) -> pl.DataFrame:
        """New claims of a project, gathered by how well they are evidenced, by document and by time."""
        timed = self.timed(self.rows("benefit_claims"), "about")
        keys = ["project_id", "evidence_code", "source_id", "change_time_code"]
        gathered = timed.group_by(keys, maintain_order=True).agg(
            pl.len().cast(pl.Int64).alias("item_count"), pl.col("about_from").min(), pl.col("about_to").max()
        )
        return gathered.with_columns(
            change_id=pl.concat_str(pl.lit("claims"), *keys, separator="-"),
            change_kind_code=pl.lit("claim_added"),
            to_code=pl.col("evidence_code"),
        )

    def measurements(self) -> pl.DataFrame:
        plans = self._now["benefit_plans"].select("benefit_plan_id", "benefit_id")
        benefits = self._now["benefits"].select("benefit_id", "project_id")
        measured = self.rows("benefit_measurements").join(plans, on="benefit_plan_id", how="left")
        rows = measured.join(benefits, on="benefit_id", how="left")
        return _change(self.timed(rows, "measured"), "measurement_added", "benefit_measurement_id")

    def funding(self) -> pl.DataFrame:
        return _change(self.timed(self.rows("follow_on_funding"), "awarded"), "funding_added", "follow_on_funding_id")

    def superseded(self) -> pl.DataFrame:
        """Claims that were in force in the edition before and have given way to a new one."""
        key = "benefit_claim_id"
        was = _of_last_year(self._before.tables["benefit_trail"]).filter(~pl.col("is_superseded")).select(key)
        better = self.timed(self.rows("benefit_claims"), "about").select(
            "source_id",
            "source_locator",
            "about_from",
            "about_to",
            "change_time_code",
            superseded_by_id=key,
            to_code="evidence_code",
            reason_nb="statement_nb",
            reason_en="statement_en",
        )
        trail = _of_last_year(self._now["benefit_trail"]).select(
            key, "project_id", "superseded_by_id", from_code="evidence_code"
        )
        return _change(
            trail.join(was, on=key, how="semi").join(better, on="superseded_by_id", how="inner"),
            "claim_superseded",
            key,
        )

    def corrections(self) -> pl.DataFrame:
        """Corrections that the edition before did not have, with the project of the row that was corrected.

        Told as corrections, translations would make readers look for errors where nothing was wrong.
        """
        earlier = self._before.tables["corrections"].select("correction_id")
        entered = self._now["corrections"].join(earlier, on="correction_id", how="anti").filter(~IS_TRANSLATION)
        owners = pl.concat(
            self._now[table.name].select(
                "project_id", table_name=pl.lit(table.name), key=pl.concat_str(table.key, separator="/")
            )
            for table in CORE
            if table.name in self._now and "project_id" in table.column_names
        )
        rows = entered.join(owners, on=["table_name", "key"], how="left").with_columns(from_code=pl.col("table_name"))
        return _change(rows, "corrected", "correction_id")


def _of_last_year(mart: pl.DataFrame) -> pl.DataFrame:
    """Rows of the edition's own year: the last that its marts have."""
    return mart.filter(pl.col("edition_year") == pl.col("edition_year").max())


def _change(rows: pl.DataFrame, kind: str, key: str) -> pl.DataFrame:
    return rows.with_columns(
        change_id=pl.concat_str(pl.lit(kind), pl.col(key), separator="-"),
        change_kind_code=pl.lit(kind),
        item_count=pl.lit(1, pl.Int64),
    )
