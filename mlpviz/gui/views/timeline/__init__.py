"""The bar below the views: the time of the runs."""
