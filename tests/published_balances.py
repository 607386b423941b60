"""Balances laid out as offices publish them. The figures are made up; all of them close."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

ISLANDS = {
    "Sumatera": ["Aceh", "Sumatera Utara", "Sumatera Barat", "Riau", "Jambi", "Lampung"],
    "Jawa": ["DKI Jakarta", "Jawa Barat", "Jawa Tengah", "DI Yogyakarta", "Jawa Timur", "Banten"],
    "Bali-Nusra": ["Bali", "Nusa Tenggara Barat", "Nusa Tenggara Timur"],
    "Kalimantan": ["Kalimantan Barat", "Kalimantan Tengah", "Kalimantan Selatan"],
    "Sulawesi": ["Sulawesi Utara", "Sulawesi Selatan", "Gorontalo"],
    "Maluku-Papua": ["Maluku", "Maluku Utara", "Papua Barat", "Papua"],
}
LINES = ["opening", "production", "need", "closing"]
type Balance = dict[str, int]


def grouped(number: int) -> str:
    """Write a whole number the Indonesian way."""
    return f"{number:,}".replace(",", ".")


def balance(seed: int) -> Balance:
    """Build the balance of one place, in tonnes."""
    draw = random.Random(seed)
    opening, production = draw.randrange(10_000, 90_000), draw.randrange(200_000, 900_000)
    need = draw.randrange(100_000, opening + production)
    closing = opening + production - need
    return {"opening": opening, "production": production, "need": need, "closing": closing}


def together(balances: Sequence[Balance]) -> Balance:
    """Add balances up."""
    return {line: sum(each[line] for each in balances) for line in LINES}


def row(name: str, figures: Mapping[str, int]) -> str:
    return ";".join([name, *(grouped(figures[line]) for line in LINES)])


PLACES = {
    island: {name: balance(100 * n + m) for m, name in enumerate(names)}
    for n, (island, names) in enumerate(ISLANDS.items())
}
SUMS = {island: together([*places.values()]) for island, places in PLACES.items()}
NATION = together([*SUMS.values()])
HEAD = "Provinsi;Stok awal;Produksi;Kebutuhan;Stok akhir"
BPS = """Neraca Beras Menurut Provinsi, 2023;;;;
;;;;
38 Provinsi;Neraca beras menurut provinsi;;;
;Stok awal (ton);Produksi (ton);Kebutuhan (ton);Stok akhir (ton)
;2023;2023;2023;2023
"""


def islands_below() -> str:
    """Provinces, below each group its sum, and the nation last."""
    rows = [
        line
        for island, places in PLACES.items()
        for line in (*(row(n, b) for n, b in places.items()), row(f"Jumlah {island}", SUMS[island]))
    ]
    return "\n".join([HEAD, *rows, row("INDONESIA", NATION)]) + "\n"


def islands_above() -> str:
    """Each group above its provinces, under the headings of a download of the statistics office."""
    rows = [
        line
        for island, places in PLACES.items()
        for line in (row(island.upper(), SUMS[island]), *(row(n, b) for n, b in places.items()))
    ]
    foot = "Sumber: BPS, diolah;;;;\n"
    return BPS + "\n".join([*rows, row("INDONESIA", NATION)]) + "\n" + foot


def islands_apart() -> str:
    """Provinces, the nation, and then the groups: Java and all outside of it as well."""
    outside = together([SUMS[island] for island in SUMS if island != "Jawa"])
    rows = [row(n, b) for places in PLACES.values() for n, b in places.items()]
    groups = [row(island, figures) for island, figures in SUMS.items()]
    return "\n".join(
        [HEAD, *rows, row("Nasional", NATION), *groups, row("Luar Jawa", outside)]
    )  # fmt: skip


def islands_without_names() -> str:
    """Groups that no name tells, found by their figures."""
    rows, regions = [], {"Wilayah Barat": ["Sumatera", "Jawa"], "Wilayah Timur": ["Sulawesi"]}
    for region, islands in regions.items():
        members = {n: b for island in islands for n, b in PLACES[island].items()}
        rows += [row(f"Daerah {n}", b) for n, b in members.items()]
        rows.append(row(region, together([*members.values()])))
    whole = together([SUMS[island] for islands in regions.values() for island in islands])
    return "\n".join([HEAD, *rows, row("Jumlah", whole)])


def months() -> str:
    """A prognosis by month: what moves adds up over the year, stocks do not."""
    names = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
    draw, opening, columns = random.Random(5), 1_500_000, list[list[int]]()
    for _ in names:
        production, imported = draw.randrange(1_000_000, 4_000_000), draw.randrange(10_000, 90_000)
        need = draw.randrange(2_000_000, 2_500_000)
        available = opening + production + imported
        columns.append([opening, production, imported, available, need, available - need])
        opening = available - need
    year = [columns[0][0], *(sum(c[at] for c in columns) for at in (1, 2)), 0,
            sum(c[4] for c in columns), columns[-1][5]]  # fmt: skip
    year[3] = year[0] + year[1] + year[2]
    labels = ["1. Stok awal", "2. Produksi", "3. Impor", "4. Ketersediaan (1+2+3)",
              "5. Kebutuhan", "6. Stok akhir (4-5)"]  # fmt: skip
    rows = [
        ";".join([label, *(grouped(column[at]) for column in (*columns, year))])
        for at, label in enumerate(labels)
    ]
    head = "Uraian;" + ";".join(f"{name} 2025*" for name in names) + ";Jumlah"
    return "\n".join(["Prognosa neraca beras 2025 (ton);" + ";" * 12, head, *rows])


NBM = """Neraca Bahan Makanan;;;
Uraian;2021;2022*;2023**
A. Penyediaan;;;
1. Produksi;3.000.000;3.100.000;2.950.000
2. Impor;200.000;150.000;310.000
3. Ekspor;10.000;12.000;9.000
4. Perubahan Stok;-150.000;80.000;(20.000)
Penyediaan dalam negeri;3.340.000;3.158.000;3.271.000
B. Pemakaian;;;
1. Pakan;50.000;48.000;49.500
2. Bibit;40.000;41.000;40.500
3. Diolah untuk:;;;
- makanan;120.000;115.000;121.000
- bukan makanan;30.000;31.000;29.000
4. Tercecer;250.000;240.000;245.000
5. Bahan Makanan;2.850.000;2.683.000;2.786.000
*) Angka sementara;;;
**) Angka sangat sementara;;;
"""
NBM_TABLE = """Bahan makanan;Produksi;;Perubahan stok;Impor;Penyediaan sebelum ekspor;\
Ekspor;Penyediaan dalam negeri;Pemakaian dalam negeri;;;
;Masukan;Keluaran;;;;;;Pakan;Bibit;Tercecer;Bahan makanan
(1);(2);(3);(4);(5);(6);(7);(8);(9);(10);(11);(12)
Padi/Beras;54.000;31.500;-1.200;2.400;35.100;;35.100;900;800;2.400;31.000
Jagung;16.000;16.000;300;1.100;16.800;150;16.650;9.150;200;800;6.500
Ubi kayu;15.100;15.100;…;300;15.400;50;15.350;350;0;2.000;13.000
Kedelai;250;250;-40;2.500;2.790;10;2.780;15;10;55;2.700
"""
FAO = """Domain Code,Domain,Area Code (M49),Area,Element Code,Element,\
Item Code (FBS),Item,Year Code,Year,Unit,Value,Flag
FBS,Food Balances,360,Indonesia,5511,Production,2807,Rice,2020,2020,1000 t,36450.00,E
FBS,Food Balances,360,Indonesia,5611,Import Quantity,2807,Rice,2020,2020,1000 t,410.00,E
FBS,Food Balances,360,Indonesia,5072,Stock Variation,2807,Rice,2020,2020,1000 t,-900.00,E
FBS,Food Balances,360,Indonesia,5911,Export Quantity,2807,Rice,2020,2020,1000 t,12.00,E
FBS,Food Balances,360,Indonesia,5301,Domestic supply quantity,2807,Rice,2020,2020,1000 t,35948.00,E
FBS,Food Balances,360,Indonesia,5521,Feed,2807,Rice,2020,2020,1000 t,2500.00,E
FBS,Food Balances,360,Indonesia,5527,Seed,2807,Rice,2020,2020,1000 t,448.00,E
FBS,Food Balances,360,Indonesia,5123,Losses,2807,Rice,2020,2020,1000 t,1900.00,E
FBS,Food Balances,360,Indonesia,5131,Processing,2807,Rice,2020,2020,1000 t,100.00,E
FBS,Food Balances,360,Indonesia,5154,Other uses (non-food),2807,Rice,2020,2020,1000 t,700.00,E
FBS,Food Balances,360,Indonesia,5142,Food,2807,Rice,2020,2020,1000 t,30300.00,E
FBS,Food Balances,360,Indonesia,5511,Production,2807,Rice,2021,2021,1000 t,36290.00,E
FBS,Food Balances,360,Indonesia,5611,Import Quantity,2807,Rice,2021,2021,1000 t,450.00,E
FBS,Food Balances,360,Indonesia,5072,Stock Variation,2807,Rice,2021,2021,1000 t,600.00,E
FBS,Food Balances,360,Indonesia,5911,Export Quantity,2807,Rice,2021,2021,1000 t,8.00,E
FBS,Food Balances,360,Indonesia,5301,Domestic supply quantity,2807,Rice,2021,2021,1000 t,37332.00,E
FBS,Food Balances,360,Indonesia,5521,Feed,2807,Rice,2021,2021,1000 t,2700.00,E
FBS,Food Balances,360,Indonesia,5527,Seed,2807,Rice,2021,2021,1000 t,452.00,E
FBS,Food Balances,360,Indonesia,5123,Losses,2807,Rice,2021,2021,1000 t,1980.00,E
FBS,Food Balances,360,Indonesia,5131,Processing,2807,Rice,2021,2021,1000 t,110.00,E
FBS,Food Balances,360,Indonesia,5154,Other uses (non-food),2807,Rice,2021,2021,1000 t,690.00,E
FBS,Food Balances,360,Indonesia,5142,Food,2807,Rice,2021,2021,1000 t,31400.00,E
"""
PSD = """"Indonesia Rice, Milled (1000 MT)",,,
Attribute,2021/22,2022/23,2023/24 e
Beginning Stocks,"3,100","3,250","4,700"
Milled Production,"34,400","33,900","33,020"
MY Imports,"740","3,500","4,650"
Total Supply,"38,240","40,650","42,370"
MY Exports,0,0,0
Feed Dom. Consumption,"1,000","1,100","1,200"
FSI Consumption,"33,990","34,850","35,370"
Domestic Consumption,"34,990","35,950","36,570"
Ending Stocks,"3,250","4,700","5,800"
Total Distribution,"38,240","40,650","42,370"
""".replace("(1000 MT)", "(1000 tonnes)")
WASDE = """Item,2022/23,2023/24,2024/25
Beginning stocks,39.7,30.3,44.2
Production,160.0,218.3,222.1
Imports,39.9,44.6,47.0
"Supply, total",239.6,293.2,313.3
Food,110.0,113.4,115.2
Seed,3.9,4.1,4.2
"Feed and residual",31.0,44.0,41.0
"Domestic, total",144.9,161.5,160.4
Exports,64.4,87.5,97.0
"Use, total",209.3,249.0,257.4
Ending stocks,30.3,44.2,55.9
"""
GOODS = """Neraca pangan pokok (ribu ton),,,,,
No,Komoditas,Ketersediaan,Kebutuhan,Surplus/Defisit (+/-),Keterangan
1,Beras,"36,198.4","30,975.8","5,222.6",aman
2,Jagung,"18,004.1","15,100.9","2,903.2",aman
3,Kedelai,"2,300.0","2,650.5",(350.5),impor
4,Bawang putih,"640.2","655.9",-15.7,impor
"""
BLOCKS = """Neraca beras dua provinsi;;
Uraian;2023;2024
JAWA BARAT;;
Stok awal;300;450
Produksi;5.100;5.000
Keluar;1.150;1.020
Kebutuhan;3.800;3.900
Stok akhir;450;530
BALI;;
Stok awal;20;25
Produksi;390;380
Masuk;15;40
Kebutuhan;400;420
Stok akhir;25;25
"""
LOCAL = """Provinsi,Tahun,Bulan,Stok awal,Produksi,Masuk,Keluar,Kebutuhan,Stok akhir
Bali,2024,Januari,1 000,20 300,500,0,20 800,1 000
Bali,2024,Februari,1 000,21 000,0,100,20 900,1 000
NTB,2024,Januari,15 000,90 000,0,30 500,40 000,34 500
NTB,2024,Februari,34 500,70 000,0,0,41 000,63 500
"""
TRANSPOSED = """;Jawa Barat;;Bali;
;2023;2024;2023;2024
Stok awal;300.000;450.000;20.100;25.100
Produksi;5.100.000;5.000.000;390.000;380.000
Kebutuhan;4.950.000;4.920.000;385.000;380.050
Stok akhir;450.000;530.000;25.100;25.050
"""


def rounded() -> str:
    """Thousands of tonnes with one decimal, each rounded by itself."""
    names = ["Satu", "Dua", "Tiga", "Empat", "Lima"]
    exact = {name: balance(900 + n) for n, name in enumerate(names)}
    exact["Total"] = together([*exact.values()])
    rows = [
        f"{name}," + ",".join(f"{figures[line] / 1000:.1f}" for line in LINES)
        for name, figures in exact.items()
    ]
    head = "Kabupaten,Stok awal (ribu ton),Produksi (ribu ton),Kebutuhan (ribu ton),Stok akhir (ribu ton)"
    return "\n".join([head, *rows])


CLOSING: dict[str, str] = {
    "islands below": islands_below(),
    "islands above": islands_above(),
    "islands apart": islands_apart(),
    "islands without names": islands_without_names(),
    "months": months(),
    "food balance of three years": NBM,
    "food balance of goods": NBM_TABLE,
    "download of FAO": FAO,
    "supply and distribution": PSD,
    "supply and use": WASDE,
    "goods": GOODS,
    "blocks": BLOCKS,
    "places and months": LOCAL,
    "places over years": TRANSPOSED,
    "rounded": rounded(),
}
