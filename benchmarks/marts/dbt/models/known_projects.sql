select
    project.project_id,
    project.round_id,
    round.cohort_year,
    {{ last_possible_day('awarded') }} as award_on,
    source.known_on
from {{ core('projects') }} as project
left join {{ ref('known_sources') }} as source using (source_id)
left join {{ core('rounds') }} as round using (round_id)
