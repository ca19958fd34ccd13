UPDATE films SET title = trim(title);
