select k.label{_nb|_en} as {kategori|category},
       b.project_count as {prosjekter|projects},
       b.expected_project_count as {bare_forventet|only_expected},
       b.reported_project_count as {oppgitt|reported},
       b.measured_by_participant_project_count as {målt_av_deltaker|measured_by_participant},
       b.documented_project_count as {dokumentert|documented},
       b.is_gain as {er_gevinst|is_benefit}
from benefit_by_category b
left join codelists k on k.codelist = 'benefit_category' and k.code = b.benefit_category_code
where b.edition_year = (select max(edition_year) from edition_years)
order by b.is_gain desc, b.project_count desc, 1
