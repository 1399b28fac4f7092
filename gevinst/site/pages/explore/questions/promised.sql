select p.short_name{_nb|_en} as {prosjekt|project},
       b.name{_nb|_en} as {gevinst|benefit},
       k.label{_nb|_en} as {kategori|category},
       e.label{_nb|_en} as {hvordan_vi_vet_det|how_we_know}
from benefit_overview b
join projects p on p.project_id = b.project_id
left join codelists k on k.codelist = 'benefit_category' and k.code = b.benefit_category_code
left join codelists e on e.codelist = 'evidence' and e.code = b.best_evidence_code
where b.edition_year = (select max(edition_year) from edition_years)
  and b.has_goal = 1
  and b.is_gain = 1
  and b.is_achieved = 0
order by 1, 2
