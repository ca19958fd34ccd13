update surveyors set id = lower(hex(randomblob(12)));
