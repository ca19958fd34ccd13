DROP TABLE usual_capes;
