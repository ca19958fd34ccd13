UPDATE harvests SET day = coalesce(date(day), day);
