UPDATE harvests SET day = date(day);
