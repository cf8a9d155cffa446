"""What is to be paid, whatever it comes of: a room writes its bases here, and payouts reads them."""
