"""Invented names of people and of customer companies."""

from loaders.company.chance import Chance

SURNAMES = "陳林黃張李王吳劉蔡楊許鄭謝郭洪邱曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧"
RARER = "梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁馬唐溫卓"
GIVEN_FIRST = "家雅佩俊冠怡宇承欣柏思建婉嘉曉靜哲詩彥凱永淑明心"
GIVEN_SECOND = "瑋雯宏廷穎涵翰儀均萱芬琪珊霖瑜澤蓉妤祥軒"
COMPANY_FIRST = "澄曜瀚睿霽晟祐璟沐嵐昱翊恒朗泓崧"
COMPANY_SECOND = "川垣域衡舟棠原岳棟灣橋域圃濱宇峰"
TRADES = (
    "物業管理",
    "商貿",
    "建設工程",
    "酒店",
    "醫療",
    "物流",
    "食品",
    "電子",
    "教育",
    "機電工程",
)
PUBLIC = ("公共圖書館", "社區中心", "職業學院", "體育館")


def people(count: int) -> list[str]:
    """`count` different names of a surname and two characters."""
    chance, names = Chance("names of people"), dict[str, None]()
    given: set[str] = set()
    while len(names) < count:
        surname = chance.pick(SURNAMES if chance.happens(0.8) else RARER)
        first, second = chance.pick(GIVEN_FIRST), chance.pick(GIVEN_SECOND)
        if first + second not in given:
            given.add(first + second)
            names[surname + first + second] = None
    return list(names)


def companies(count: int) -> list[str]:
    """`count` different names of companies and public bodies."""
    chance, names = Chance("names of companies"), dict[str, None]()
    while len(names) < count:
        word = chance.pick(COMPANY_FIRST) + chance.pick(COMPANY_SECOND)
        if chance.happens(0.08):
            names[word + chance.pick(PUBLIC)] = None
        else:
            names[word + chance.pick(TRADES) + "有限公司"] = None
    return list(names)
