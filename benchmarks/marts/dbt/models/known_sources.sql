select
    source_id,
    accessed_on,
    least(
        coalesce(
            case when published_on is not null and published_precision is distinct from 'earliest'
                then {{ last_possible_day('published') }} end,
            public_not_after,
            accessed_on
        ),
        accessed_on
    ) as known_on
from {{ core('sources') }}
