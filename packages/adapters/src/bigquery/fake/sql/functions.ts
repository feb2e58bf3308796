/** The schema that holds the functions of BigQuery which Postgres does not have, or has with another meaning. */
const HOME = 'fake_bigquery'

/** Every function that a query may call, and what it is on Postgres. */
export const FUNCTIONS: Record<string, string> = {
  COALESCE: 'coalesce',
  COUNT: 'count',
  COUNTIF: `${HOME}.countif`,
  CURRENT_DATE: `${HOME}."current_date"`,
  DATE: `${HOME}.day`,
  DATE_TRUNC: `${HOME}.day_trunc`,
  GREATEST: `${HOME}."greatest"`,
  MAX: 'max',
  ROUND: `${HOME}.round`,
  ROW_NUMBER: 'row_number',
  SAFE_DIVIDE: `${HOME}.safe_divide`,
}

/** Read as text where they stand for the last argument of DATE_TRUNC. */
export const DATE_PARTS: readonly string[] = ['DAY', 'WEEK', 'MONTH', 'YEAR']

/** Sent at once, so one transaction. Safe to run again: the lock is for several fakes that start on one database. */
export const DEFINE_FUNCTIONS = `
  select pg_advisory_xact_lock(hashtextextended('${HOME}', 0));
  create schema if not exists ${HOME};
  create or replace function ${HOME}.add_if(bigint, boolean) returns bigint immutable language sql
    as 'select case when $2 then $1 + 1 else $1 end';
  create or replace aggregate ${HOME}.countif(boolean) (sfunc = ${HOME}.add_if, stype = bigint, initcond = '0');
  create or replace function ${HOME}."current_date"(text) returns date stable language sql
    as 'select (now() at time zone $1)::date';
  create or replace function ${HOME}.day(timestamptz, text) returns date immutable language sql
    as 'select ($1 at time zone $2)::date';
  create or replace function ${HOME}.day_trunc(date, text) returns date immutable language sql
    as 'select date_trunc($2, $1)::date';
  create or replace function ${HOME}."greatest"(double precision, double precision) returns double precision immutable
    language sql as 'select case when $1 is null or $2 is null then null else greatest($1, $2) end';
  create or replace function ${HOME}.round(double precision, integer) returns double precision immutable language sql
    as 'select round($1::numeric, $2)::double precision';
  create or replace function ${HOME}.safe_divide(double precision, double precision) returns double precision immutable
    language sql as 'select $1 / nullif($2, 0)'`
