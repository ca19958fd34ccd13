UPDATE photos SET tags = json_quote(tags);
