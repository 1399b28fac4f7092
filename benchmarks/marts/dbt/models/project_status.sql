with statements as (
    select
        status.* exclude (is_illustrative),
        {{ last_possible_day('assessed') }} as about_on,
        greatest(source.known_on, about_on) as known_on,
        case when status_code = 'tildelt' then date '0001-01-01' else about_on end as placed_on,
        status_code not in ('tildelt', 'i_gang', 'ikke_vurdert') as shows_more,
        case when shows_more then about_on end as heard_on,
        step.rank as step
    from {{ core('status_assessments') }} as status
    inner join {{ ref('known_projects') }} as project using (project_id)
    left join {{ ref('known_sources') }} as source on source.source_id = status.source_id
    left join {{ core('codelists') }} as step on step.codelist = 'status' and step.code = status.status_code
),

running as (
    select
        *,
        max(placed_on) over so_far as newest_on,
        min(heard_on) over so_far as oldest_on,
        max(step) over so_far as highest_step,
        count(*) over so_far as assessment_count,
        sum(shows_more::integer) over so_far as progress_assessment_count
    from statements
    window so_far as (
        partition by project_id order by known_on, about_on, status_assessment_id
        rows between unbounded preceding and current row
    )
),

marked as (
    select
        *,
        placed_on = newest_on as is_newest,
        heard_on = oldest_on and oldest_on is distinct from lag(oldest_on) over (
            partition by project_id order by known_on, about_on, status_assessment_id
        ) as is_oldest
    from running
),

states as (
    select
        project_id,
        known_on,
        about_on,
        status_assessment_id,
        highest_step,
        assessment_count,
        progress_assessment_count,
        last_value(case when is_newest then status_assessment_id end ignore nulls) over so_far as current_id,
        last_value(case when is_newest then step end ignore nulls) over so_far as current_step,
        last_value(case when is_oldest then status_assessment_id end ignore nulls) over so_far as first_id
    from marked
    window so_far as (
        partition by project_id order by known_on, about_on, status_assessment_id
        rows between unbounded preceding and current row
    )
),

seats as (
    select edition.edition_year, edition.as_of_on, project.*
    from {{ ref('known_projects') }} as project
    inner join {{ ref('editions') }} as edition on project.known_on <= edition.as_of_on
),

last_states as (
    select seat.edition_year, state.* exclude (known_on, about_on, status_assessment_id)
    from seats as seat
    inner join states as state on state.project_id = seat.project_id and state.known_on <= seat.as_of_on
    qualify row_number() over (
        partition by seat.edition_year, state.project_id
        order by state.known_on desc, state.about_on desc, state.status_assessment_id desc
    ) = 1
),

placed as (
    select
        seat.edition_year,
        seat.project_id,
        seat.round_id,
        seat.cohort_year,
        earliest.status_code as first_status_code,
        earliest.step as first_step,
        coalesce(latest.status_code, 'ikke_vurdert') as current_status_code,
        state.current_step,
        state.highest_step,
        case
            when current_status_code in ('innsikt', 'losning_utviklet', 'provd_ut') then 'result_not_in_use'
            when current_status_code = 'delvis_i_bruk' then 'partly_in_use'
            when current_status_code in ('i_bruk', 'spredt') then 'in_use'
            when current_status_code = 'stanset' then 'stopped'
            when current_status_code = 'viderefort' then 'continued'
            else 'unknown'
        end as outcome_code,
        latest.assessed_on as status_on,
        latest.assessed_precision as status_precision,
        latest.known_on,
        coalesce(state.assessment_count, 0) as assessment_count,
        coalesce(state.progress_assessment_count, 0) as progress_assessment_count,
        {{ months_between('seat.award_on', 'seat.as_of_on') }} as months_since_award,
        {{ months_between('latest.about_on', 'seat.as_of_on') }} as months_since_status,
        latest.stated_by_code,
        coalesce(latest.is_inferred, false) as is_inferred,
        latest.step_reason_code,
        latest.public_evidence_group_code,
        latest.reason_nb,
        latest.reason_en,
        latest.source_id,
        latest.source_locator
    from seats as seat
    left join last_states as state using (edition_year, project_id)
    left join statements as latest on latest.status_assessment_id = state.current_id
    left join statements as earliest on earliest.status_assessment_id = state.first_id
)

select
    *,
    outcome_code = 'in_use' as is_in_use,
    coalesce(
        months_since_status >= {{ var('stale_after_months') }} and current_status_code <> 'tildelt', false
    ) as is_stale
from placed
