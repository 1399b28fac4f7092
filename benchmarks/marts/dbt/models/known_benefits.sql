select
    benefit.benefit_id,
    benefit.project_id,
    benefit.benefit_code,
    benefit.benefit_sign_code,
    category.benefit_category_code,
    coalesce(benefit.chain_level_code, category.gain_nature_code) as gain_nature_code,
    greatest(source.known_on, project.known_on) as known_on
from {{ core('benefits') }} as benefit
left join {{ ref('known_sources') }} as source using (source_id)
left join {{ ref('known_projects') }} as project on project.project_id = benefit.project_id
left join {{ core('benefit_categories') }} as category on category.benefit_code = benefit.benefit_code
