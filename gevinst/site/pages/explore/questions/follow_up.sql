select p.short_name{_nb|_en} as {prosjekt|project},
       t.label{_nb|_en} as {siste_status|newest_status},
       case s.status_precision
         when 'year' then substr(s.status_on, 1, 4)
         when 'month' then substr(s.status_on, 1, 7)
         else s.status_on
       end as {gjelder|as_of},
       s.months_since_status as {måneder_siden|months_since},
       group_concat(e.organisation_name, ', ') as {eier|owner}
from project_status s
join projects p on p.project_id = s.project_id
left join codelists t on t.codelist = 'status' and t.code = s.current_status_code
left join participations e on e.project_id = s.project_id and e.role_code in ('owner', 'co_owner')
where s.edition_year = (select max(edition_year) from edition_years)
  and s.is_stale = 1
group by s.project_id
order by s.months_since_status desc
