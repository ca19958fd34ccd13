UPDATE goods SET cents = l.cents FROM price_lists AS l WHERE l.sku = goods.sku AND l.cents IS NOT NULL;
CREATE INDEX goods_sku ON goods (sku);
