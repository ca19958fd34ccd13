UPDATE photos SET tags = json(tags) WHERE json_valid(tags);
