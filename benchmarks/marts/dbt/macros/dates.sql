{% macro core(table) %}read_parquet('{{ var("core") }}/{{ table }}/*.parquet'){% endmacro %}

{% macro last_possible_day(stem) %}
case {{ stem }}_precision
    when 'month' then last_day({{ stem }}_on)
    when 'year' then make_date(year({{ stem }}_on), 12, 31)
    else {{ stem }}_on
end
{% endmacro %}

{% macro months_between(earlier, later) %}
(year({{ later }}) - year({{ earlier }})) * 12 + month({{ later }}) - month({{ earlier }})
    - case when day({{ later }}) < day({{ earlier }}) then 1 else 0 end
{% endmacro %}
