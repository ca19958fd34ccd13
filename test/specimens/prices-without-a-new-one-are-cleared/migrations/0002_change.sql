UPDATE products SET (price, currency) = (SELECT l.price, l.currency FROM price_list l WHERE l.sku = products.sku);
