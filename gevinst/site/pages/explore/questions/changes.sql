select k.label{_nb|_en} as {endring|change},
       t.label{_nb|_en} as {skjedd_eller_funnet|happened_or_found},
       c.about_from as {gjelder_fra|about_from},
       c.about_to as {gjelder_til|about_to},
       p.short_name{_nb|_en} as {prosjekt|project},
       c.item_count as {antall|count},
       c.reason{_nb|_en} as {begrunnelse|reason}
from edition_changes c
left join codelists k on k.codelist = 'change_kind' and k.code = c.change_kind_code
left join codelists t on t.codelist = 'change_time' and t.code = c.change_time_code
left join projects p on p.project_id = c.project_id
where c.edition_year = (select max(edition_year) from edition_years)
order by c.change_time_code desc, 1, 5
