select years.edition_year, least(make_date(years.edition_year, 12, 31), read.last_read_on) as as_of_on
from (select unnest(range({{ var('first_year') }}, {{ var('last_year') }} + 1)) as edition_year) as years
cross join (select max(accessed_on) as last_read_on from {{ ref('known_sources') }}) as read
