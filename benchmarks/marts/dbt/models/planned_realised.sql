with dated_plans as (
    select
        plan.*,
        benefit.project_id,
        benefit.benefit_code,
        benefit.benefit_category_code,
        benefit.gain_nature_code,
        benefit.benefit_sign_code,
        coalesce(plan.revises_plan_id, plan.benefit_plan_id) as first_plan_id,
        plan.revises_plan_id is not null as is_revision,
        greatest(source.known_on, benefit.known_on) as own_known_on
    from {{ core('benefit_plans') }} as plan
    inner join {{ ref('known_benefits') }} as benefit on benefit.benefit_id = plan.benefit_id
    left join {{ ref('known_sources') }} as source on source.source_id = plan.source_id
),

plans as (
    select
        plan.*,
        greatest(plan.own_known_on, first.own_known_on) as known_on,
        coalesce({{ last_possible_day('plan.status') }}, greatest(plan.own_known_on, first.own_known_on)) as stated_on
    from dated_plans as plan
    inner join dated_plans as first on first.benefit_plan_id = plan.first_plan_id and not first.is_revision
),

measurements as (
    select
        measured.*,
        plan.first_plan_id,
        greatest(source.known_on, {{ last_possible_day('measured') }}, plan.known_on) as known_on,
        coalesce(
            {{ last_possible_day('measured') }},
            greatest(source.known_on, {{ last_possible_day('measured') }}, plan.known_on)
        ) as made_on
    from {{ core('benefit_measurements') }} as measured
    inner join plans as plan on plan.benefit_plan_id = measured.benefit_plan_id
    left join {{ ref('known_sources') }} as source on source.source_id = measured.source_id
),

known_plans as (
    select
        edition.edition_year,
        plan.*,
        count(*) over of_indicator - 1 as plan_change_count,
        first_value(plan.baseline_value ignore nulls) over so_ordered as first_baseline_value,
        first_value(plan.target_value ignore nulls) over so_ordered as first_target_value,
        row_number() over (
            partition by edition.edition_year, plan.first_plan_id
            order by plan.known_on desc, plan.is_revision desc, plan.stated_on desc, plan.benefit_plan_id desc
        ) as place
    from plans as plan
    inner join {{ ref('editions') }} as edition on plan.known_on <= edition.as_of_on
    window
        of_indicator as (partition by edition.edition_year, plan.first_plan_id),
        so_ordered as (
            partition by edition.edition_year, plan.first_plan_id
            order by plan.known_on, plan.is_revision, plan.stated_on, plan.benefit_plan_id
            rows between unbounded preceding and unbounded following
        )
),

known_measurements as (
    select
        edition.edition_year,
        measured.*,
        row_number() over (
            partition by edition.edition_year, measured.first_plan_id
            order by measured.made_on desc, measured.known_on desc, measured.benefit_measurement_id desc
        ) as place
    from measurements as measured
    inner join {{ ref('editions') }} as edition on measured.known_on <= edition.as_of_on
),

joined as (
    select
        plan.edition_year,
        plan.first_plan_id as benefit_plan_id,
        measured.benefit_measurement_id,
        plan.benefit_plan_id as plan_in_force_id,
        plan.benefit_id,
        plan.project_id,
        plan.benefit_code,
        plan.benefit_category_code,
        plan.gain_nature_code,
        plan.benefit_sign_code,
        plan.indicator_nb,
        plan.indicator_en,
        plan.unit_code,
        unit.unit_kind_code,
        plan.currency_code,
        plan.price_year,
        plan.desired_direction_code as stated_direction_code,
        plan.baseline_value,
        plan.baseline_on,
        plan.baseline_precision,
        plan.first_baseline_value,
        plan.first_baseline_value is not null
            and plan.baseline_value is distinct from plan.first_baseline_value as is_baseline_changed,
        plan.target_value,
        plan.target_on,
        plan.target_precision,
        plan.first_target_value,
        plan.first_target_value is not null
            and plan.target_value is distinct from plan.first_target_value as is_target_changed,
        plan.plan_change_count,
        measured.benefit_measurement_id is not null as is_measured,
        measured.measured_value,
        plan.target_value - plan.baseline_value as planned_change_value,
        measured.measured_value - plan.baseline_value as change_value,
        coalesce(unit.unit_kind_code = 'share', false) as is_percentage_points,
        coalesce(measured.place = 1, false) as is_newest,
        measured.measured_on,
        measured.measured_precision,
        measured.stated_by_code,
        measured.respondent_count,
        plan.benefit_status_code,
        plan.status_on,
        plan.status_precision,
        plan.next_measurement_on,
        plan.next_measurement_precision,
        plan.responsible_organisation_id,
        plan.responsible_role_code,
        case when is_measured then measured.source_id else plan.source_id end as source_id,
        case when is_measured then measured.source_locator else plan.source_locator end as source_locator
    from known_plans as plan
    left join known_measurements as measured using (edition_year, first_plan_id)
    left join {{ core('measurement_units') }} as unit on unit.unit_code = plan.unit_code
    where plan.place = 1
),

rated as (
    select
        * exclude (stated_direction_code),
        coalesce(
            stated_direction_code,
            case when planned_change_value > 0 then 'higher' when planned_change_value < 0 then 'lower' end
        ) as desired_direction_code,
        case desired_direction_code when 'higher' then 1 when 'lower' then -1 end as direction,
        change_value * direction as gain,
        (measured_value - target_value) * direction as beyond,
        case when not is_percentage_points and baseline_value <> 0
            then 100.0 * change_value / abs(baseline_value) end as change_pct,
        case when planned_change_value <> 0
            then case when change_value = 0 then 0.0 else change_value / planned_change_value end end
            as realisation_rate
    from joined
)

select
    * exclude (direction, gain, beyond),
    case
        when beyond >= 0 then 'reached'
        when gain > 0 then 'better'
        when gain < 0 then 'worse'
        when gain = 0 then 'unchanged'
    end as measurement_outcome_code,
    coalesce(measurement_outcome_code = 'worse', false) as is_disbenefit
from rated
