"""Marketing, 2.2: what people say of the brand."""

from tests.kpi.second_computation.months import in_month
from tests.kpi.second_computation.ratio import needs


@needs("satisfaction_surveys")
def nps(datasets, department, month):
    """Promoters, 9 and 10, less detractors, 0 to 6, of everybody who answered."""
    asked = in_month(datasets["satisfaction_surveys"], "survey_date", month).nps_score.dropna()
    return (asked >= 9).sum() - (asked <= 6).sum(), asked.between(0, 10).sum()


@needs("satisfaction_surveys")
def brand_awareness_rate(datasets, department, month):
    """Who knows the brand, of everybody asked."""
    surveys = in_month(datasets["satisfaction_surveys"], "survey_date", month)
    asked = surveys[(surveys.subject == "brand") & surveys.aware.notna()]
    return asked.aware.eq(True).sum(), len(asked)
