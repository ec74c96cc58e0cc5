-- records without a place; the fields are the columns of the dataset with their types
CREATE TEMP TABLE stage (
    line bigint NOT NULL,
    {{fields}}
) ON COMMIT DROP;
CREATE TEMP TABLE refused (line bigint NOT NULL, field text NOT NULL, reason text NOT NULL, value text) ON COMMIT DROP;
