"""What the numbers mean: facts, indicators, scoring, scorecards, projects, risks, appraisal."""
