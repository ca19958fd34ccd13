-- every board gets a lane for what nobody has sorted yet
INSERT INTO lanes (place, title) SELECT count(*) + 1, 'Unsorted' FROM lanes;
