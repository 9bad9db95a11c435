"""An article's own words, without what stands around them."""
