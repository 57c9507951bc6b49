-- Which columns a workbook brought: a column that it did not bring keeps the value that the row had.
-- Store tables refer to it by columns_id. What was loaded before counts as having brought all.
create table intake.column_set (
    columns_id bigint primary key,
    dataset varchar not null,
    columns varchar[] not null
);
insert into intake.column_set
select
    row_number() over (order by table_name) as columns_id,
    table_name as dataset,
    list(column_name order by column_index) as columns
from duckdb_columns()
where database_name = current_database() and schema_name = 'store'
    and column_name not in ('row_key', 'batch_id', 'sheet', 'row_number', 'is_current')
group by table_name;
