from data.contract import contract, contracts
from pages.intake import delivery
from pages.shared.words import speaking
from tests.pages.intake.given import AUGUST, JULY, of


def test_what_has_not_come_is_missing_only_once_the_month_is_over():
    one = of("sales_orders", "missing")
    assert delivery.badge_of(one, due=True) is delivery.MISSING
    assert delivery.badge_of(one, due=False) is delivery.NOT_DUE


def test_nothing_declared_and_nothing_come_do_not_look_alike():
    declared = delivery.badge_of(of("service_tickets", "declared"), due=True)
    missing = delivery.badge_of(of("service_tickets", "missing"), due=True)
    assert declared.html() != missing.html()
    assert declared.tone != missing.tone


def test_the_sentence_names_what_is_missing_and_from_whom(english):
    found = [
        of("service_tickets", "partial", "technology"),
        of("sales_orders", "missing"),
        of("risks", "complete"),
    ]
    assert delivery.sentence(found, JULY) == (
        "For Jul 2026 these have not come: Service tickets from Technology, "
        "Sales orders from Sales."
    )


def test_the_sentence_says_when_nothing_is_missing(english):
    found = [of("sales_orders", "complete"), of("service_tickets", "declared")]
    assert delivery.sentence(found, JULY) == "Everything has come for Jul 2026."


def test_gaps_of_other_months_are_named_month_by_month(english):
    found = {
        AUGUST: [of("sales_orders", "complete", month=AUGUST)],
        JULY: [of("service_tickets", "partial", "customer_service")],
    }
    assert delivery.gaps(found) == (
        "Gaps in earlier months: Service tickets from Customer Service (Jul 2026)."
    )
    assert delivery.gaps({}) == ""


def test_a_dataset_everybody_delivers_says_so(english):
    assert delivery.deliverers(contract("budget_costs")) == "Every department"
    assert delivery.deliverers(contract("service_tickets")) == "Customer Service, Technology"
    assert delivery.deliverers(contract("sales_orders")) == "Sales"


def test_every_dataset_has_a_deliverer_in_every_language():
    for tag in ("zh-Hant", "zh-Hans", "en"):
        with speaking(tag):
            assert all(delivery.deliverers(known) for known in contracts().values())
