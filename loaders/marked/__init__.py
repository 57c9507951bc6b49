"""The marked workbook: the user's own sheets with the faulty cells coloured and explained."""
