#!/usr/bin/env python3
"""Makes the names of seas and cities that maps show beside the author's own places: seas.tsv and cities.tsv.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install shapely py7zr
    npm install --prefix /tmp/ne cldr-dates-full@48.2.0
    git clone https://github.com/martynafford/natural-earth-geojson /tmp/ne/natural-earth && git -C /tmp/ne/natural-earth checkout 0b9a6ce
    /tmp/v/bin/python3 src/geo/data/names.py /tmp/ne /usr/share/zoneinfo/zone.tab

README.md beside this file describes the tables and says where all of it is from.
"""
import difflib, json, math, sys, unicodedata
from pathlib import Path
import py7zr
from shapely.geometry import Point, Polygon, box
from shapely.ops import polylabel, unary_union

HERE = Path(__file__).resolve().parent
LANGUAGES = ["en", "ar", "de", "es", "fr", "id", "ja", "ko", "pt", "ru", "uk", "zh"]
LATIN = {"en", "de", "es", "fr", "id", "pt"}
# Zones that the CLDR keeps under their former names.
FORMER = {"Asia/Kolkata": "Asia/Calcutta", "Asia/Kathmandu": "Asia/Katmandu", "Asia/Yangon": "Asia/Rangoon",
          "Asia/Ho_Chi_Minh": "Asia/Saigon", "Europe/Kyiv": "Europe/Kiev", "America/Nuuk": "America/Godthab",
          "America/Argentina/Buenos_Aires": "America/Buenos_Aires", "Africa/Asmara": "Africa/Asmera"}
# What Natural Earth calls a sea, its rank here, and its names in the order of LANGUAGES.
SEAS = """
ARCTIC OCEAN|0|Arctic Ocean|المحيط المتجمد الشمالي|Arktischer Ozean|Océano Ártico|Océan Arctique|Samudra Arktik|北極海|북극해|Oceano Ártico|Северный Ледовитый океан|Північний Льодовитий океан|北冰洋
SOUTHERN OCEAN|0|Southern Ocean|المحيط الجنوبي|Südlicher Ozean|Océano Antártico|Océan Austral|Samudra Selatan|南極海|남극해|Oceano Antártico|Южный океан|Південний океан|南冰洋
NORTH ATLANTIC OCEAN|0|Atlantic Ocean|المحيط الأطلسي|Atlantischer Ozean|Océano Atlántico|Océan Atlantique|Samudra Atlantik|大西洋|대서양|Oceano Atlântico|Атлантический океан|Атлантичний океан|大西洋
SOUTH ATLANTIC OCEAN|0|Atlantic Ocean|المحيط الأطلسي|Atlantischer Ozean|Océano Atlántico|Océan Atlantique|Samudra Atlantik|大西洋|대서양|Oceano Atlântico|Атлантический океан|Атлантичний океан|大西洋
NORTH PACIFIC OCEAN|0|Pacific Ocean|المحيط الهادئ|Pazifischer Ozean|Océano Pacífico|Océan Pacifique|Samudra Pasifik|太平洋|태평양|Oceano Pacífico|Тихий океан|Тихий океан|太平洋
SOUTH PACIFIC OCEAN|0|Pacific Ocean|المحيط الهادئ|Pazifischer Ozean|Océano Pacífico|Océan Pacifique|Samudra Pasifik|太平洋|태평양|Oceano Pacífico|Тихий океан|Тихий океан|太平洋
INDIAN OCEAN|0|Indian Ocean|المحيط الهندي|Indischer Ozean|Océano Índico|Océan Indien|Samudra Hindia|インド洋|인도양|Oceano Índico|Индийский океан|Індійський океан|印度洋
Mediterranean Sea|1|Mediterranean Sea|البحر المتوسط|Mittelmeer|Mar Mediterráneo|Mer Méditerranée|Laut Tengah|地中海|지중해|Mar Mediterrâneo|Средиземное море|Середземне море|地中海
Black Sea|1|Black Sea|البحر الأسود|Schwarzes Meer|Mar Negro|Mer Noire|Laut Hitam|黒海|흑해|Mar Negro|Чёрное море|Чорне море|黑海
Caspian Sea|1|Caspian Sea|بحر قزوين|Kaspisches Meer|Mar Caspio|Mer Caspienne|Laut Kaspia|カスピ海|카스피해|Mar Cáspio|Каспийское море|Каспійське море|里海
Red Sea|1|Red Sea|البحر الأحمر|Rotes Meer|Mar Rojo|Mer Rouge|Laut Merah|紅海|홍해|Mar Vermelho|Красное море|Червоне море|红海
Arabian Sea|1|Arabian Sea|بحر العرب|Arabisches Meer|Mar Arábigo|Mer d’Arabie|Laut Arab|アラビア海|아라비아해|Mar da Arábia|Аравийское море|Аравійське море|阿拉伯海
Bay of Bengal|1|Bay of Bengal|خليج البنغال|Golf von Bengalen|Golfo de Bengala|Golfe du Bengale|Teluk Benggala|ベンガル湾|벵골만|Golfo de Bengala|Бенгальский залив|Бенгальська затока|孟加拉湾
South China Sea|1|South China Sea|بحر الصين الجنوبي|Südchinesisches Meer|Mar de China Meridional|Mer de Chine méridionale|Laut Cina Selatan|南シナ海|남중국해|Mar da China Meridional|Южно-Китайское море|Південнокитайське море|南海
East China Sea|2|East China Sea|بحر الصين الشرقي|Ostchinesisches Meer|Mar de China Oriental|Mer de Chine orientale|Laut Cina Timur|東シナ海|동중국해|Mar da China Oriental|Восточно-Китайское море|Східнокитайське море|东海
Sea of Japan|1|Sea of Japan|بحر اليابان|Japanisches Meer|Mar del Japón|Mer du Japon|Laut Jepang|日本海|동해|Mar do Japão|Японское море|Японське море|日本海
Yellow Sea|2|Yellow Sea|البحر الأصفر|Gelbes Meer|Mar Amarillo|Mer Jaune|Laut Kuning|黄海|황해|Mar Amarelo|Жёлтое море|Жовте море|黄海
Bo Hai|4|Bohai Sea|بحر بوهاي|Bohai-Meer|Mar de Bohai|Mer de Bohai|Laut Bohai|渤海|보하이해|Mar de Bohai|Бохайский залив|Бохайська затока|渤海
Sea of Okhotsk|1|Sea of Okhotsk|بحر أوخوتسك|Ochotskisches Meer|Mar de Ojotsk|Mer d’Okhotsk|Laut Okhotsk|オホーツク海|오호츠크해|Mar de Okhotsk|Охотское море|Охотське море|鄂霍次克海
Bering Sea|1|Bering Sea|بحر بيرنغ|Beringmeer|Mar de Bering|Mer de Béring|Laut Bering|ベーリング海|베링해|Mar de Bering|Берингово море|Берингове море|白令海
Philippine Sea|1|Philippine Sea|بحر الفلبين|Philippinensee|Mar de Filipinas|Mer des Philippines|Laut Filipina|フィリピン海|필리핀해|Mar das Filipinas|Филиппинское море|Філіппінське море|菲律宾海
Coral Sea|1|Coral Sea|بحر المرجان|Korallenmeer|Mar del Coral|Mer de Corail|Laut Koral|珊瑚海|산호해|Mar de Coral|Коралловое море|Коралове море|珊瑚海
Tasman Sea|1|Tasman Sea|بحر تسمان|Tasmansee|Mar de Tasmania|Mer de Tasman|Laut Tasman|タスマン海|태즈먼해|Mar da Tasmânia|Тасманово море|Тасманове море|塔斯曼海
Caribbean Sea|1|Caribbean Sea|البحر الكاريبي|Karibisches Meer|Mar Caribe|Mer des Caraïbes|Laut Karibia|カリブ海|카리브해|Mar do Caribe|Карибское море|Карибське море|加勒比海
Gulf of Mexico|1|Gulf of Mexico|خليج المكسيك|Golf von Mexiko|Golfo de México|Golfe du Mexique|Teluk Meksiko|メキシコ湾|멕시코만|Golfo do México|Мексиканский залив|Мексиканська затока|墨西哥湾
Hudson Bay|1|Hudson Bay|خليج هدسون|Hudson Bay|Bahía de Hudson|Baie d’Hudson|Teluk Hudson|ハドソン湾|허드슨만|Baía de Hudson|Гудзонов залив|Гудзонова затока|哈得孙湾
Labrador Sea|1|Labrador Sea|بحر لابرادور|Labradorsee|Mar del Labrador|Mer du Labrador|Laut Labrador|ラブラドル海|래브라도해|Mar do Labrador|море Лабрадор|море Лабрадор|拉布拉多海
Baffin Bay|1|Baffin Bay|خليج بافن|Baffin Bay|Bahía de Baffin|Baie de Baffin|Teluk Baffin|バフィン湾|배핀만|Baía de Baffin|море Баффина|море Баффіна|巴芬湾
Gulf of Alaska|1|Gulf of Alaska|خليج ألاسكا|Golf von Alaska|Golfo de Alaska|Golfe d’Alaska|Teluk Alaska|アラスカ湾|알래스카만|Golfo do Alasca|залив Аляска|затока Аляска|阿拉斯加湾
Beaufort Sea|1|Beaufort Sea|بحر بوفورت|Beaufortsee|Mar de Beaufort|Mer de Beaufort|Laut Beaufort|ボーフォート海|보퍼트해|Mar de Beaufort|море Бофорта|море Бофорта|波弗特海
Persian Gulf|1|Persian Gulf|الخليج العربي|Persischer Golf|Golfo Pérsico|Golfe Persique|Teluk Persia|ペルシャ湾|페르시아만|Golfo Pérsico|Персидский залив|Перська затока|波斯湾
Gulf of Oman|3|Gulf of Oman|خليج عُمان|Golf von Oman|Golfo de Omán|Golfe d’Oman|Teluk Oman|オマーン湾|오만만|Golfo de Omã|Оманский залив|Оманська затока|阿曼湾
Gulf of Aden|3|Gulf of Aden|خليج عدن|Golf von Aden|Golfo de Adén|Golfe d’Aden|Teluk Aden|アデン湾|아덴만|Golfo de Áden|Аденский залив|Аденська затока|亚丁湾
Baltic Sea|2|Baltic Sea|بحر البلطيق|Ostsee|Mar Báltico|Mer Baltique|Laut Baltik|バルト海|발트해|Mar Báltico|Балтийское море|Балтійське море|波罗的海
Gulf of Bothnia|3|Gulf of Bothnia|خليج بوتنيا|Bottnischer Meerbusen|Golfo de Botnia|Golfe de Botnie|Teluk Botnia|ボスニア湾|보트니아만|Golfo de Bótnia|Ботнический залив|Ботнічна затока|波的尼亚湾
Gulf of Finland|4|Gulf of Finland|خليج فنلندا|Finnischer Meerbusen|Golfo de Finlandia|Golfe de Finlande|Teluk Finlandia|フィンランド湾|핀란드만|Golfo da Finlândia|Финский залив|Фінська затока|芬兰湾
North Sea|2|North Sea|بحر الشمال|Nordsee|Mar del Norte|Mer du Nord|Laut Utara|北海|북해|Mar do Norte|Северное море|Північне море|北海
Norwegian Sea|2|Norwegian Sea|البحر النرويجي|Europäisches Nordmeer|Mar de Noruega|Mer de Norvège|Laut Norwegia|ノルウェー海|노르웨이해|Mar da Noruega|Норвежское море|Норвезьке море|挪威海
Greenland Sea|2|Greenland Sea|بحر غرينلاند|Grönlandsee|Mar de Groenlandia|Mer du Groenland|Laut Greenland|グリーンランド海|그린란드해|Mar da Groenlândia|Гренландское море|Гренландське море|格陵兰海
Barents Sea|2|Barents Sea|بحر بارنتس|Barentssee|Mar de Barents|Mer de Barents|Laut Barents|バレンツ海|바렌츠해|Mar de Barents|Баренцево море|Баренцове море|巴伦支海
Kara Sea|2|Kara Sea|بحر كارا|Karasee|Mar de Kara|Mer de Kara|Laut Kara|カラ海|카라해|Mar de Kara|Карское море|Карське море|喀拉海
Laptev Sea|2|Laptev Sea|بحر لابتيف|Laptewsee|Mar de Láptev|Mer des Laptev|Laut Laptev|ラプテフ海|랍테프해|Mar de Laptev|море Лаптевых|море Лаптєвих|拉普捷夫海
East Siberian Sea|2|East Siberian Sea|بحر سيبيريا الشرقي|Ostsibirische See|Mar de Siberia Oriental|Mer de Sibérie orientale|Laut Siberia Timur|東シベリア海|동시베리아해|Mar da Sibéria Oriental|Восточно-Сибирское море|Східносибірське море|东西伯利亚海
Chukchi Sea|2|Chukchi Sea|بحر تشوكشي|Tschuktschensee|Mar de Chukotka|Mer des Tchouktches|Laut Chukchi|チュクチ海|축치해|Mar de Chukchi|Чукотское море|Чукотське море|楚科奇海
White Sea|3|White Sea|البحر الأبيض|Weißes Meer|Mar Blanco|Mer Blanche|Laut Putih|白海|백해|Mar Branco|Белое море|Біле море|白海
Bay of Biscay|2|Bay of Biscay|خليج بسكاي|Golf von Biskaya|Golfo de Vizcaya|Golfe de Gascogne|Teluk Biscay|ビスケー湾|비스케이만|Golfo da Biscaia|Бискайский залив|Біскайська затока|比斯开湾
English Channel|3|English Channel|القناة الإنجليزية|Ärmelkanal|Canal de la Mancha|La Manche|Selat Inggris|イギリス海峡|영국 해협|Canal da Mancha|Ла-Манш|Ла-Манш|英吉利海峡
Irish Sea|3|Irish Sea|البحر الأيرلندي|Irische See|Mar de Irlanda|Mer d’Irlande|Laut Irlandia|アイリッシュ海|아일랜드해|Mar da Irlanda|Ирландское море|Ірландське море|爱尔兰海
Adriatic Sea|3|Adriatic Sea|البحر الأدرياتيكي|Adria|Mar Adriático|Mer Adriatique|Laut Adriatik|アドリア海|아드리아해|Mar Adriático|Адриатическое море|Адріатичне море|亚得里亚海
Tyrrhenian Sea|3|Tyrrhenian Sea|البحر التيراني|Tyrrhenisches Meer|Mar Tirreno|Mer Tyrrhénienne|Laut Tirenia|ティレニア海|티레니아해|Mar Tirreno|Тирренское море|Тірренське море|第勒尼安海
Ionian Sea|4|Ionian Sea|البحر الأيوني|Ionisches Meer|Mar Jónico|Mer Ionienne|Laut Ionia|イオニア海|이오니아해|Mar Jónico|Ионическое море|Іонічне море|爱奥尼亚海
Aegean Sea|3|Aegean Sea|بحر إيجة|Ägäis|Mar Egeo|Mer Égée|Laut Aegea|エーゲ海|에게해|Mar Egeu|Эгейское море|Егейське море|爱琴海
Sea of Marmara|5|Sea of Marmara|بحر مرمرة|Marmarameer|Mar de Mármara|Mer de Marmara|Laut Marmara|マルマラ海|마르마라해|Mar de Mármara|Мраморное море|Мармурове море|马尔马拉海
Sea of Azov|3|Sea of Azov|بحر آزوف|Asowsches Meer|Mar de Azov|Mer d’Azov|Laut Azov|アゾフ海|아조프해|Mar de Azov|Азовское море|Азовське море|亚速海
Gulf of Sidra|5|Gulf of Sidra|خليج سرت|Große Syrte|Golfo de Sidra|Golfe de Syrte|Teluk Sidra|シドラ湾|시드라만|Golfo de Sidra|залив Сидра|затока Сидра|锡德拉湾
Gulf of Suez|5|Gulf of Suez|خليج السويس|Golf von Suez|Golfo de Suez|Golfe de Suez|Teluk Suez|スエズ湾|수에즈만|Golfo de Suez|Суэцкий залив|Суецька затока|苏伊士湾
Gulf of Guinea|2|Gulf of Guinea|خليج غينيا|Golf von Guinea|Golfo de Guinea|Golfe de Guinée|Teluk Guinea|ギニア湾|기니만|Golfo da Guiné|Гвинейский залив|Гвінейська затока|几内亚湾
Mozambique Channel|2|Mozambique Channel|قناة موزمبيق|Straße von Mosambik|Canal de Mozambique|Canal du Mozambique|Selat Mozambik|モザンビーク海峡|모잠비크 해협|Canal de Moçambique|Мозамбикский пролив|Мозамбіцька протока|莫桑比克海峡
Andaman Sea|2|Andaman Sea|بحر أندامان|Andamanensee|Mar de Andamán|Mer d’Andaman|Laut Andaman|アンダマン海|안다만해|Mar de Andamão|Андаманское море|Андаманське море|安达曼海
Strait of Malacca|4|Strait of Malacca|مضيق ملقا|Straße von Malakka|Estrecho de Malaca|Détroit de Malacca|Selat Malaka|マラッカ海峡|믈라카 해협|Estreito de Malaca|Малаккский пролив|Малакська протока|马六甲海峡
Gulf of Thailand|2|Gulf of Thailand|خليج تايلاند|Golf von Thailand|Golfo de Tailandia|Golfe de Thaïlande|Teluk Thailand|タイランド湾|타이만|Golfo da Tailândia|Сиамский залив|Сіамська затока|泰国湾
Gulf of Tonkin|4|Gulf of Tonkin|خليج تونكين|Golf von Tonkin|Golfo de Tonkín|Golfe du Tonkin|Teluk Tonkin|トンキン湾|통킹만|Golfo de Tonquim|Тонкинский залив|Тонкінська затока|北部湾
Taiwan Strait|4|Taiwan Strait|مضيق تايوان|Taiwanstraße|Estrecho de Taiwán|Détroit de Taïwan|Selat Taiwan|台湾海峡|타이완 해협|Estreito de Taiwan|Тайваньский пролив|Тайванська протока|台湾海峡
Tatar Strait|4|Strait of Tartary|مضيق تتاري|Tatarensund|Estrecho de Tartaria|Détroit de Tartarie|Selat Tartar|間宮海峡|타타르 해협|Estreito da Tartária|Татарский пролив|Татарська протока|鞑靼海峡
Java Sea|2|Java Sea|بحر جاوة|Javasee|Mar de Java|Mer de Java|Laut Jawa|ジャワ海|자와해|Mar de Java|Яванское море|Яванське море|爪哇海
Celebes Sea|2|Celebes Sea|بحر سيليبس|Celebessee|Mar de Célebes|Mer de Célèbes|Laut Sulawesi|セレベス海|술라웨시해|Mar de Celebes|море Сулавеси|море Сулавесі|苏拉威西海
Sulu Sea|2|Sulu Sea|بحر سولو|Sulusee|Mar de Joló|Mer de Sulu|Laut Sulu|スールー海|술루해|Mar de Sulu|море Сулу|море Сулу|苏禄海
Banda Sea|2|Banda Sea|بحر باندا|Bandasee|Mar de Banda|Mer de Banda|Laut Banda|バンダ海|반다해|Mar de Banda|море Банда|море Банда|班达海
Flores Sea|4|Flores Sea|بحر فلوريس|Floressee|Mar de Flores|Mer de Flores|Laut Flores|フローレス海|플로레스해|Mar de Flores|море Флорес|море Флорес|弗洛勒斯海
Makassar Strait|4|Makassar Strait|مضيق ماكاسار|Straße von Makassar|Estrecho de Macasar|Détroit de Makassar|Selat Makassar|マカッサル海峡|마카사르 해협|Estreito de Macáçar|Макасарский пролив|Макасарська протока|望加锡海峡
Molucca Sea|4|Molucca Sea|بحر مولوكا|Molukkensee|Mar de las Molucas|Mer des Moluques|Laut Maluku|モルッカ海|몰루카해|Mar das Molucas|Молуккское море|Молуккське море|马鲁古海
Arafura Sea|2|Arafura Sea|بحر أرافورا|Arafurasee|Mar de Arafura|Mer d’Arafura|Laut Arafura|アラフラ海|아라푸라해|Mar de Arafura|Арафурское море|Арафурське море|阿拉弗拉海
Timor Sea|2|Timor Sea|بحر تيمور|Timorsee|Mar de Timor|Mer de Timor|Laut Timor|ティモール海|티모르해|Mar de Timor|Тиморское море|Тиморське море|帝汶海
Solomon Sea|4|Solomon Sea|بحر سليمان|Salomonensee|Mar de Salomón|Mer des Salomon|Laut Solomon|ソロモン海|솔로몬해|Mar de Salomão|Соломоново море|Соломонове море|所罗门海
Great Australian Bight|3|Great Australian Bight|الخليج الأسترالي الكبير|Große Australische Bucht|Gran Bahía Australiana|Grande Baie australienne|Teluk Australia Besar|グレートオーストラリア湾|그레이트오스트레일리아만|Grande Baía Australiana|Большой Австралийский залив|Велика Австралійська затока|大澳大利亚湾
Gulf of Carpentaria|3|Gulf of Carpentaria|خليج كاربنتاريا|Carpentariagolf|Golfo de Carpentaria|Golfe de Carpentarie|Teluk Carpentaria|カーペンタリア湾|카펀테리아만|Golfo da Carpentária|залив Карпентария|затока Карпентарія|卡奔塔利亚湾
Golfo de California|3|Gulf of California|خليج كاليفورنيا|Golf von Kalifornien|Golfo de California|Golfe de Californie|Teluk California|カリフォルニア湾|캘리포니아만|Golfo da Califórnia|Калифорнийский залив|Каліфорнійська затока|加利福尼亚湾
Gulf of St. Lawrence|4|Gulf of St. Lawrence|خليج سانت لورنس|Sankt-Lorenz-Golf|Golfo de San Lorenzo|Golfe du Saint-Laurent|Teluk St. Lawrence|セントローレンス湾|세인트로렌스만|Golfo de São Lourenço|залив Святого Лаврентия|затока Святого Лаврентія|圣劳伦斯湾
Río de la Plata|4|Río de la Plata|ريو دي لا بلاتا|Río de la Plata|Río de la Plata|Río de la Plata|Río de la Plata|ラプラタ川|라플라타강|Rio da Prata|Ла-Плата|Ла-Плата|拉普拉塔河
Davis Strait|2|Davis Strait|مضيق ديفيس|Davisstraße|Estrecho de Davis|Détroit de Davis|Selat Davis|デービス海峡|데이비스 해협|Estreito de Davis|пролив Дэвиса|протока Девіса|戴维斯海峡
Ross Sea|2|Ross Sea|بحر روس|Rossmeer|Mar de Ross|Mer de Ross|Laut Ross|ロス海|로스해|Mar de Ross|море Росса|море Росса|罗斯海
Weddell Sea|2|Weddell Sea|بحر ويدل|Weddellmeer|Mar de Weddell|Mer de Weddell|Laut Weddell|ウェッデル海|웨들해|Mar de Weddell|море Уэдделла|море Ведделла|威德尔海
"""
# So many circles of water for each sea, each at least so wide (km) and this part of the widest.
CIRCLES, LEAST_KM, LEAST_PART = 14, 12, 0.12
# A city is kept if Natural Earth ranks it so or it has so many inhabitants.
RANK, INHABITANTS = 6, 200_000


def split(lon, lat, turn):
    """A projected point around a middle, in units of 111 km, true to area."""
    return ((lon - turn) * math.cos(math.radians(lat)), lat)


def shape(features):
    rings = []
    for feature in features:
        geometry = feature["geometry"]
        for polygon in ([geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]):
            rings.append(Polygon(polygon[0], polygon[1:]).buffer(0))
    # Where a sea crosses the antimeridian, its eastern half is moved beside the western.
    west, east = min(r.bounds[0] for r in rings), max(r.bounds[2] for r in rings)
    if west < -179 and east > 179 and east - west > 300:
        from shapely.affinity import translate
        rings = [translate(r, 360) if r.bounds[2] < 0 else r for r in rings]
    return unary_union(rings)


def circles(polygon):
    """Circles of water, the widest first: none overlaps another by more than a half."""
    found, rest = [], polygon
    for _ in range(CIRCLES):
        parts = [p for p in getattr(rest, "geoms", [rest]) if p.area > 0.001]
        if not parts:
            break
        best = None
        for part in sorted(parts, key=lambda p: -p.area)[:4]:
            middle = part.representative_point()
            k = max(math.cos(math.radians(middle.y)), 0.05)
            flat = Polygon([(x * k, y) for x, y in part.exterior.coords], [[(x * k, y) for x, y in i.coords] for i in part.interiors]).buffer(0)
            for flat in getattr(flat, "geoms", [flat]):
                point = polylabel(flat, 0.05)
                radius = point.distance(flat.boundary) * 111
                if best is None or radius > best[2]:
                    best = (point.x / k, point.y, radius)
        if best[2] < max(LEAST_KM, LEAST_PART * (found[0][2] if found else 0)):
            break
        found.append(best)
        k = max(math.cos(math.radians(best[1])), 0.05)
        half = best[2] / 111 * 0.75
        rest = rest.difference(box(best[0] - half / k, best[1] - half, best[0] + half / k, best[1] + half))
    return [(round((x + 180) % 360 - 180, 2), round(y, 2), max(1, round(r))) for x, y, r in found]


def seas(features):
    by_name = {}
    for feature in features:
        name = " ".join((feature["properties"]["name"] or "").split())
        by_name.setdefault(name, []).append(feature)
    lines = []
    for line in SEAS.strip().splitlines():
        name, rank, *names = line.split("|")
        assert len(names) == len(LANGUAGES), line
        found = circles(shape(by_name[name]))
        points = " ".join(f"{x} {y} {r}" for x, y, r in found)
        lines.append("\t".join([rank, points, *names]))
    return lines


def folded(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name or "").lower() if c.isalnum())


def exemplars(folder, table):
    """The cities that zones are named for: country, position, and a name in each language."""
    zones = {}
    for language in LANGUAGES:
        file = folder / f"node_modules/cldr-dates-full/main/{language}/timeZoneNames.json"
        zones[language] = json.loads(file.read_text())["main"][language]["dates"]["timeZoneNames"]["zone"]
    for line in Path(table).read_text().splitlines():
        if line.startswith("#"):
            continue
        country, position, zone = line.split("\t")[:3]
        cut = max(position.rfind("+"), position.rfind("-"))
        lat, lon = [degrees(part) for part in (position[:cut], position[cut:])]
        own = zone.split("/")[-1].replace("_", " ")
        names = {}
        for language in LANGUAGES:
            at = zones[language]
            for part in FORMER.get(zone, zone).split("/"):
                at = at.get(part, {})
            name = at.get("exemplarCity")
            if name or language in LATIN:
                names[language] = name or own
        yield country, lon, lat, names


def degrees(text):
    digits = text[1:]
    whole = len(digits) - (2 if len(digits) < 6 else 4)
    value = int(digits[:whole]) + int(digits[whole:whole + 2]) / 60
    return -value if text[0] == "-" else value


def cities(features, zones):
    places = []
    for feature in features:
        p = feature["properties"]
        name = p["NAME_EN"] or p["NAME"]
        capital = p["FEATURECLA"] == "Admin-0 capital"
        if not name or not (capital or p["SCALERANK"] <= RANK or p["POP_MAX"] >= INHABITANTS):
            continue
        if p["FEATURECLA"] in ("Scientific station", "Historic place", "Meteorological Station"):
            continue
        names = {"en": name.removesuffix(" County")}
        for language in ("de", "es", "fr", "pt", "ru", "zh"):
            if p[f"NAME_{language.upper()}"]:
                names[language] = p[f"NAME_{language.upper()}"]
        places.append([p["LONGITUDE"], p["LATITUDE"], p["SCALERANK"], capital, p["ISO_A2"], names, [p["NAME"], name, *(p["NAMEALT"] or "").split("|")], p["POP_MAX"]])
    matched = 0
    for country, lon, lat, names in zones:
        def fits(place):
            k = math.cos(math.radians(lat))
            km = math.hypot((place[0] - lon) * k, place[1] - lat) * 111
            if km > 45 or place[4] not in (country, "-99"):
                return None
            like = max(difflib.SequenceMatcher(None, folded(a), folded(names["en"])).ratio() for a in place[6] if a)
            return (like, -km) if like > 0.7 or (like >= 0.5 and km < 12) else None
        best = max((place for place in places if fits(place)), key=fits, default=None)
        if best:
            best[5].update(names)
            matched += 1
    print(len(places), "cities,", matched, "with the name of a zone")
    places.sort(key=lambda p: (not p[3], p[2], -p[7], p[0]))
    lines = []
    for lon, lat, rank, capital, country, names, _, _ in places:
        english = names["en"]
        texts = [english] + ["" if language in LATIN and names.get(language) == english else names.get(language, "") for language in LANGUAGES[1:]]
        country = country if len(country) == 2 and country.isalpha() else ""
        lines.append("\t".join([f"{lon:.2f}", f"{lat:.2f}", str(rank), country, "*" if capital else "", *texts]).rstrip("\t"))
    return lines


def main():
    folder = Path(sys.argv[1])
    earth = folder / "natural-earth/10m"
    marine = json.loads((earth / "physical/ne_10m_geography_marine_polys.json").read_text())["features"]
    with py7zr.SevenZipFile(earth / "cultural/ne_10m_populated_places.7z") as archive:
        archive.extractall(folder / "places")
    places = json.loads((folder / "places/ne_10m_populated_places.json").read_text())["features"]
    for name, lines in (("seas", seas(marine)), ("cities", cities(places, exemplars(folder, sys.argv[2])))):
        text = "\n".join(lines) + "\n"
        (HERE / f"{name}.tsv").write_text(text)
        print(name, len(lines), "lines", len(text.encode()), "bytes")


main()
