select l.reading_order as {rekkefølge|order_to_read},
       d.title as {dokument|document},
       d.publisher as {utgiver|publisher},
       x.label{_nb|_en} as {hvor_mye_er_lest|how_much_was_read},
       l.is_results_unread as {resultater_ulest|results_unread},
       l.project_count as {prosjekter|projects},
       l.row_count as {rader_som_bygger_på_det|rows_resting_on_it}
from reading_list l
join sources d on d.source_id = l.source_id
left join codelists x on x.codelist = 'read_extent' and x.code = l.read_code
where l.edition_year = (select max(edition_year) from edition_years)
order by l.reading_order
