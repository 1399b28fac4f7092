with claims as (
    select
        claim.benefit_claim_id,
        benefit.benefit_id,
        benefit.project_id,
        benefit.benefit_category_code,
        claim.evidence_code,
        evidence.rank as evidence_rank,
        greatest(source.known_on, benefit.known_on) as known_on
    from {{ core('benefit_claims') }} as claim
    inner join {{ ref('known_benefits') }} as benefit on benefit.benefit_id = claim.benefit_id
    left join {{ ref('known_sources') }} as source on source.source_id = claim.source_id
    left join {{ core('codelists') }} as evidence
        on evidence.codelist = 'evidence' and evidence.code = claim.evidence_code
    where benefit.benefit_sign_code = 'positive'
),

known_claims as (
    select edition.edition_year, claim.*
    from claims as claim
    inner join {{ ref('editions') }} as edition on claim.known_on <= edition.as_of_on
),

trail as (
    select
        *,
        evidence_rank < max(evidence_rank) over (partition by edition_year, benefit_id) as is_superseded
    from known_claims
),

categories as (
    select benefit_category_code, min(gain_nature_code) as gain_nature_code, bool_or(is_gain) as is_gain
    from {{ core('benefit_categories') }}
    group by benefit_category_code
),

counted as (
    select
        edition_year,
        project_id,
        benefit_category_code,
        max(evidence_rank) filter (where not is_superseded) as best_rank,
        count(*) filter (where not is_superseded and evidence_code = 'forventet') as expected_count,
        count(*) filter (where not is_superseded and evidence_code = 'oppgitt') as reported_count,
        count(*) filter (where not is_superseded and evidence_code = 'malt_oppgitt') as measured_by_participant_count,
        count(*) filter (where not is_superseded and evidence_code = 'dokumentert') as documented_count,
        count(*) filter (where is_superseded) as superseded_count
    from trail
    group by edition_year, project_id, benefit_category_code
)

select
    counted.* exclude (best_rank),
    category.gain_nature_code,
    coalesce(category.is_gain, true) as is_gain,
    best.code as best_evidence_code
from counted
left join categories as category using (benefit_category_code)
left join {{ core('codelists') }} as best on best.codelist = 'evidence' and best.rank = counted.best_rank
