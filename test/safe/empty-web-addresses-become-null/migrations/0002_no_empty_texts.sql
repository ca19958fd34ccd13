UPDATE inns SET url = nullif(trim(url), ''), stars = CASE WHEN stars = '?' THEN NULL ELSE stars || '*' END;
