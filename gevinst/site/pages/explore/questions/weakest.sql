select p.short_name{_nb|_en} as {prosjekt|project},
       c.known_count as {opplysninger_kjent_av_åtte|known_of_eight},
       c.source_count as {dokumenter|documents},
       c.read_whole_count as {lest_i_sin_helhet|read_whole},
       e.label{_nb|_en} as {best_belagte_gevinst|best_evidence},
       a.label{_nb|_en} as {hvorfor_status_mangler|why_no_status}
from project_coverage c
join projects p on p.project_id = c.project_id
left join codelists e on e.codelist = 'evidence' and e.code = c.best_evidence_code
left join codelists a on a.codelist = 'absence' and a.code = c.status_absence_code
where c.edition_year = (select max(edition_year) from edition_years)
order by c.known_count, c.read_whole_count, 1
