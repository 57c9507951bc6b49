create schema store;
create schema intake;
create schema access;
create schema audit;
create schema result;
create schema house;

-- One row per setting of the installation.
create table house.setting (
    name varchar primary key,
    value varchar not null
);

-- One row: grows with every commit, undo and declaration, so that whoever stores results knows
-- whether they are behind, and so that two writers of rows always conflict.
create table house.revision (value bigint not null);
insert into house.revision values (0);

-- One row per loaded file.
create table intake.batch (
    batch_id bigint primary key,
    file_name varchar not null,
    file_sha256 varchar not null,
    file_bytes bigint not null,
    login varchar not null,
    loaded_at timestamp not null,
    status varchar not null,
    undone_by varchar,
    undone_at timestamp
);

-- One row per batch and dataset. Totals is a JSON object of column -> sum; fingerprint an
-- order-sensitive hash of the rows as committed.
create table intake.batch_table (
    batch_id bigint not null,
    dataset varchar not null,
    sheets varchar not null,
    mapping varchar,
    rows_read bigint not null,
    added bigint not null,
    changed bigint not null,
    unchanged bigint not null,
    first_on date,
    last_on date,
    totals varchar not null,
    fingerprint varchar not null
);

-- One row per batch, dataset, month and department that the batch covers. A null month is every
-- month, a null department the whole company.
create table intake.coverage (
    batch_id bigint not null,
    dataset varchar not null,
    month date,
    department varchar
);

-- One row per "nothing this month", said by a person.
create table intake.declaration (
    dataset varchar not null,
    month date not null,
    department varchar,
    login varchar not null,
    declared_at timestamp not null
);

-- What is covered now, by a loaded batch or a declaration.
create view intake.covered as
select distinct coverage.dataset, coverage.month, coverage.department
from intake.coverage as coverage
inner join intake.batch as batch on coverage.batch_id = batch.batch_id
where batch.status = 'loaded'
union
select declaration.dataset, declaration.month, declaration.department
from intake.declaration as declaration;

-- One row per load that was asked for on the screen.
create table intake.job (
    job_id varchar primary key,
    login varchar not null,
    file_name varchar not null,
    file_sha256 varchar,
    state varchar not null,
    step varchar,
    progress double not null,
    report varchar,
    batch_id bigint,
    created_at timestamp not null,
    updated_at timestamp not null
);

create table access.account (
    login varchar primary key,
    password_hash varchar not null,
    name varchar not null,
    email varchar,
    language varchar not null,
    role varchar not null,
    department_id varchar,
    employee_id varchar,
    active boolean not null,
    failures bigint not null,
    locked_until timestamp,
    created_at timestamp not null
);

-- One row per sign-in; only a hash of the token is kept.
create table access.session (
    token_sha256 varchar primary key,
    login varchar not null,
    created_at timestamp not null,
    seen_at timestamp not null,
    ended_at timestamp
);

create table audit.event (
    event_id bigint primary key,
    happened_at timestamp not null,
    login varchar not null,
    action varchar not null,
    subject varchar not null,
    detail varchar not null
);

-- One row per indicator, period and level. covered and expected count the months of the period
-- that have data and that should have.
create table result.component (
    indicator varchar not null,
    period_kind varchar not null,
    period_start date not null,
    level varchar not null,
    department_id varchar,
    team varchar,
    employee_id varchar,
    numerator double,
    denominator double,
    sample bigint,
    covered bigint not null,
    expected bigint not null,
    reason varchar
);

-- One row: the revision the components include.
create table result.watermark (
    revision bigint not null,
    catalog varchar not null,
    refreshed_at timestamp not null
);
