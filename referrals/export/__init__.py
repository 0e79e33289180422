"""All that is held on one person: a child or adult of a case, or somebody with an account."""
