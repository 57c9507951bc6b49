"""What the sample company sells: controllers, sensors and a building platform (money in HKD)."""

from dataclasses import dataclass
from datetime import date

RELEASE = date(2026, 2, 12)
"""The day on which platform 4.0 was released."""


@dataclass(frozen=True, slots=True)
class Product:
    """A product at list price; `cost_share` is its cost as a share of the list price."""

    name: str
    price: int
    cost_share: float
    launched: date
    lead_days: int
    """Working days from order to promised delivery."""
    kind: str
    """hardware, platform or service."""


CATALOGUE = (
    Product("智能網關 G2", 6800, 0.57, date(2022, 5, 10), 6, "hardware"),
    Product("區域控制器 C5", 4200, 0.59, date(2023, 3, 1), 6, "hardware"),
    Product("環境傳感器 S1", 680, 0.56, date(2021, 9, 1), 4, "hardware"),
    Product("能耗監測儀 E3", 3600, 0.58, date(2024, 9, 2), 6, "hardware"),
    Product("邊緣主機 X1", 15800, 0.58, date(2025, 9, 8), 9, "hardware"),
    Product("現場安裝服務", 5200, 0.72, date(2020, 1, 2), 10, "service"),
    Product("雲控平台標準版（年費）", 28000, 0.46, date(2023, 6, 15), 2, "platform"),
    Product("雲控平台專業版（年費）", 68000, 0.49, date(2023, 6, 15), 2, "platform"),
    Product("雲控平台 4.0 升級包", 18000, 0.45, RELEASE, 2, "platform"),
)
SENSOR = CATALOGUE[2]
"""The cheapest product; it fills what is left of a month's sales."""
MIX = {
    "商用一組": (20, 18, 22, 12, 10, 8, 7, 2, 3),
    "商用二組": (11, 10, 15, 9, 7, 8, 21, 9, 10),
    "渠道組": (22, 22, 26, 14, 10, 2, 3, 0.5, 0.5),
    "海外組": (20, 16, 20, 14, 12, 4, 9, 3, 2),
}
"""How often each team sells each product of the catalogue."""
CHANNELS = {"商用一組": "直銷", "商用二組": "直銷", "渠道組": "渠道夥伴", "海外組": "直銷"}
DISCOUNT = {"直銷": (0.92, 1.0), "渠道夥伴": (0.89, 0.95), "線上商城": (0.96, 1.0)}
"""The share of the list price that is paid, by channel."""


def on_sale(day: date) -> tuple[int, ...]:
    """The places in the catalogue of the products launched by `day`."""
    return tuple(place for place, product in enumerate(CATALOGUE) if product.launched <= day)


def cost_rise(day: date) -> float:
    """What hardware costs on `day` compared with 2024: chips became dearer in 2026."""
    return 1.0 if day < date(2026, 1, 1) else 1.01 if day < date(2026, 7, 1) else 1.025
