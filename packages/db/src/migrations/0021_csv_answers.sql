-- An answer as one cell tells it: the parts of a list after each other.
CREATE FUNCTION csv_answer(value jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE jsonb_typeof(value)
    WHEN 'array' THEN (
      SELECT string_agg(
        CASE jsonb_typeof(item)
          WHEN 'object' THEN (SELECT string_agg(part.value, ' ' ORDER BY part.key) FROM jsonb_each_text(item) AS part)
          ELSE item #>> '{}'
        END, '; ' ORDER BY place)
      FROM jsonb_array_elements(value) WITH ORDINALITY AS items(item, place))
    ELSE value #>> '{}'
  END
$$;
