select r.cohort_year as {kull|cohort},
       r.name{_nb|_en} as {runde|round},
       k.label{_nb|_en} as {hva_slags_beløp|kind_of_amount},
       a.amount as {beløp|amount},
       a.is_amount_approximate as {omtrentlig|approximate},
       a.has_disagreement as {kildene_er_uenige|sources_disagree}
from round_amounts a
join rounds r on r.round_id = a.round_id
left join codelists k on k.codelist = 'amount_kind' and k.code = a.amount_kind_code
where a.edition_year = (select max(edition_year) from edition_years)
order by r.cohort_year, r.round_id
