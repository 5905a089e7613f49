"""Posts → Book. Pandoc's AST is the intermediate form; passes over it do all that the formats share."""
