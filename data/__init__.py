"""What the rows are and who may see them: contracts, warehouse, batches, accounts, access."""
