select o.name as {leverandør|supplier},
       s.project_count as {prosjekter|projects},
       s.disputed_count as {kildene_er_uenige|sources_disagree}
from supplier_deliveries s
join organisations o on o.organisation_id = s.organisation_id
where s.edition_year = (select max(edition_year) from edition_years)
order by s.project_count desc, 1
