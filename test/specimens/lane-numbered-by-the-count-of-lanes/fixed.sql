-- every board gets a lane for what nobody has sorted yet
INSERT INTO lanes (place, title) SELECT coalesce(max(CAST(place AS INTEGER)), 0) + 1, 'Unsorted' FROM lanes;
