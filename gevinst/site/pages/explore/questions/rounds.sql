select r.cohort_year as {kull|cohort},
       r.name{_nb|_en} as {runde|round},
       count(*) as {prosjekter|projects},
       sum(s.outcome_code = 'in_use') as {tatt_i_bruk|in_use},
       sum(s.outcome_code = 'partly_in_use') as {delvis_i_bruk|partly_in_use},
       sum(s.outcome_code = 'result_not_in_use') as {resultat_uten_bruk_vist|result_no_use_shown},
       sum(s.outcome_code in ('stopped', 'continued')) as {stanset_eller_videreført|stopped_or_continued},
       sum(s.outcome_code = 'unknown') as {ukjent|unknown}
from project_status s
join rounds r on r.round_id = s.round_id
where s.edition_year = (select max(edition_year) from edition_years)
group by s.round_id
order by r.cohort_year, r.round_id
