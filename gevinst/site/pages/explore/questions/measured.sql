select p.short_name{_nb|_en} as {prosjekt|project},
       m.indicator{_nb|_en} as {hva_som_ble_målt|what_was_measured},
       u.label{_nb|_en} as {enhet|unit},
       m.baseline_value as {før|before},
       m.target_value as {mål|target},
       m.measured_value as {målt|measured},
       case m.measured_precision
         when 'year' then substr(m.measured_on, 1, 4)
         when 'month' then substr(m.measured_on, 1, 7)
         else m.measured_on
       end as {når|measured_on},
       w.label{_nb|_en} as {hvem_oppgir_det|stated_by}
from planned_realised m
join projects p on p.project_id = m.project_id
left join codelists u on u.codelist = 'measurement_unit' and u.code = m.unit_code
left join codelists w on w.codelist = 'stated_by' and w.code = m.stated_by_code
where m.edition_year = (select max(edition_year) from edition_years)
  and m.is_measured = 1
order by 1, 2, m.measured_on
