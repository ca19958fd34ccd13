UPDATE photos SET tags = json(tags);
