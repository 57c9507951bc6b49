"""The first indicators computed a second time: plain pandas, written from their words.

Nothing here looks at kpi/facts or kpi/indicators. A difference to the product is a defect of one
of the two.
"""
