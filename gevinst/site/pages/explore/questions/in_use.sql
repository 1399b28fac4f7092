select p.short_name{_nb|_en} as {prosjekt|project},
       o.label{_nb|_en} as {hva_det_ble|outcome},
       case s.status_precision
         when 'year' then substr(s.status_on, 1, 4)
         when 'month' then substr(s.status_on, 1, 7)
         else s.status_on
       end as {gjelder|as_of},
       d.publisher as {hvem_sier_det|who_says_so},
       s.source_locator as {sted_i_kilden|place_in_source}
from project_status s
join projects p on p.project_id = s.project_id
join codelists o on o.codelist = 'outcome' and o.code = s.outcome_code
left join sources d on d.source_id = s.source_id
where s.edition_year = (select max(edition_year) from edition_years)
  and s.outcome_code in ('in_use', 'partly_in_use')
order by o.rank, s.status_on desc
