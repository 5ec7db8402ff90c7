"""Names to swap into training sentences and to fill templates with: lists of the project's own making.

Common given and family names of many countries, cities, countries with their adjectives, and patterns
that bodies are named by; plus invented ones from syllables, so that the model learns from context and
spelling and not from a list. Written for the project from general knowledge.
"""

# ruff: noqa: E501, SIM905 (lists of words in paragraphs)
from __future__ import annotations

import random

GIVEN = """
James Mary John Patricia Robert Jennifer Michael Linda William Elizabeth David Barbara Richard Susan Joseph
Jessica Thomas Sarah Charles Karen Daniel Nancy Matthew Lisa Anthony Betty Mark Margaret Donald Sandra Steven
Ashley Paul Kimberly Andrew Emily Joshua Donna Kenneth Michelle Kevin Carol Brian Amanda George Dorothy Edward
Melissa Ronald Deborah Timothy Stephanie Jason Rebecca Jeffrey Sharon Ryan Laura Jacob Cynthia Gary Kathleen
Oliver Amelia Harry Olivia Jack Isla Alfie Poppy Callum Niamh Sean Siobhan Conor Aoife Angus Fiona Gareth Carys
José María Juan Carmen Carlos Ana Luis Lucía Miguel Isabel Javier Pilar Alejandro Sofía Diego Valentina Andrés
Camila Jorge Gabriela Ricardo Claudia Fernando Adriana Roberto Ximena Raúl Beatriz Óscar Guadalupe Marcelo
João Fernanda Pedro Mariana Antônio Luiza Rafael Tatiana Paulo Juliana Tiago Inês Jean Marie Pierre Camille
Philippe Nathalie Olivier Aurélie François Hélène Étienne Chloé Hans Ursula Jürgen Sabine Karl Heike Stefan Anke
Matthias Greta Lars Ingrid Sven Astrid Nils Karin Mikael Annika Jens Mette Søren Freja Aino Mikko Jukka Päivi
Giovanni Francesca Marco Giulia Luca Chiara Matteo Paola Alessandro Elena Nikos Eleni Kostas Dimitra Yannis
Piotr Agnieszka Krzysztof Katarzyna Tomasz Ewa Marek Zofia Jan Václav Jana Petr Lenka László Zsófia István Ágnes
Ion Ioana Andrei Mihaela Ivan Olga Sergei Natalia Dmitry Svetlana Vladimir Tatyana Oleksandr Oksana Volodymyr
Yulia Goran Jelena Dragan Milica Zoran Vesna Ante Marija Ahmet Ayşe Mehmet Fatma Mustafa Zeynep Emre Elif
Mohammed Fatima Ahmed Aisha Ali Khadija Omar Layla Hassan Zainab Youssef Mariam Khalid Noura Ibrahim Huda Tariq
Samira Mahmoud Rania Abdullah Salma Karim Nadia Reza Maryam Hossein Shirin Dariush Leila Farid Parisa David
Noa Avi Tamar Yosef Rivka Eitan Shira Rajesh Priya Amit Anjali Sanjay Sunita Vijay Kavita Arun Lakshmi Suresh
Meena Ravi Pooja Manoj Deepa Imran Ayesha Asif Sana Bilal Nasreen Rahim Shabana Nimal Kumari Tenzin Pema Sita
Bishnu Wei Li Jun Xiu Ming Fang Hao Yan Lei Mei Tao Jing Hiroshi Yuko Takashi Keiko Kenji Akiko Satoshi Naoko
Min-jun Seo-yeon Ji-hoon Soo-jin Hyun-woo Eun-ji Nguyen Linh Tuan Huong Minh Thao Somchai Siriporn Budi Dewi
Agus Siti Joko Ratna Jose Maricel Rodrigo Grace Benigno Corazon Chinedu Ngozi Emeka Chioma Tunde Folake Babatunde
Yetunde Musa Hauwa Sani Amina Kwame Akosua Kofi Abena Yaw Efua Juma Neema Baraka Asha Hamisi Zawadi Peter Wanjiru
Kamau Njeri Otieno Achieng Kipchoge Chebet Okello Nakato Mugisha Uwimana Habimana Tesfaye Hirut Abebe Tigist Haile
Selam Abdi Hodan Mohamud Ifrah Sipho Thandiwe Bongani Nomvula Thabo Lerato Tendai Rudo Farai Chipo Mwape Mutale
Moussa Aminata Ousmane Fatou Ibrahima Mariama Sekou Kadiatou Jean-Pierre Marie-Claire Didier Joséphine Tevita
Sione Mele Aroha Tāne Kahu Wiremu Leilani Kai Noelani Bruno Klaus Miriam Ruth Esther Samuel Benjamin Hannah
Dominic Felix Martha Clara Victor Irene Simon Theresa Gloria Patrick Winnie Collins Mercy Faith Emmanuel Blessing
""".split()

FAMILY = """
Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson Martin Lee Thompson White
Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams Baker Nelson Carter Mitchell
Roberts Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris Rogers Reed Cook Morgan Bell Murphy
Bailey Cooper Richardson Cox Howard Ward Peterson Gray Watson Brooks Kelly Sanders Price Bennett Wood Barnes Ross
Henderson Coleman Jenkins Perry Powell Long Hughes Foster Bryant Alexander Russell Griffin Hayes Ford Hamilton
Graham Sullivan Wallace Woods Cole West Jordan Owens Reynolds Fisher Ellis Harrison Gibson Marshall Fleming Pratt
Whitaker Ashcroft Pemberton Thornton Farrant Holloway Blackwood Carmichael MacDonald McKenzie O'Brien O'Connor
Fitzgerald Gallagher Doherty Llewellyn Pritchard García Rodríguez Martínez Hernández López González Pérez Sánchez
Ramírez Torres Flores Rivera Gómez Díaz Cruz Morales Ortiz Gutiérrez Chávez Ramos Ruiz Álvarez Mendoza Vargas
Castillo Jiménez Herrera Medina Aguilar Vega Castro Fuentes Carrillo Salazar Silva Santos Oliveira Souza Pereira
Costa Ferreira Almeida Ribeiro Carvalho Teixeira Monteiro Tavares Dubois Lefèvre Moreau Laurent Girard Bonnet
Fontaine Rousseau Chevalier Marchand Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann
Koch Richter Klein Wolf Schröder Neumann Zimmermann Krüger Hartmann Lange Brandt Vogel Keller Lindgren Johansson
Andersson Karlsson Nilsson Eriksson Larsson Hansen Jensen Nielsen Sørensen Halvorsen Dahl Berg Haugen Korhonen
Virtanen Mäkinen Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Conti Moretti Papadopoulos
Georgiou Nikolaidis Kowalski Nowak Wiśniewski Wójcik Zieliński Szymański Novák Svoboda Dvořák Horváth Nagy Kovács
Szabó Tóth Popescu Ionescu Dumitru Ivanov Petrov Sidorov Volkov Kuznetsov Sokolov Morozov Shevchenko Kovalenko
Bondarenko Tkachenko Jovanović Petrović Marković Horvat Kovačić Yılmaz Demir Şahin Kaya Çelik Öztürk Aydın
al-Masri al-Sayed Haddad Khoury Mansour Saleh Nasser Hussein Aziz Rahman Qureshi Malik Sheikh Chaudhry Bhatti
Farooqi Siddiqui Ahmadi Karimi Hosseini Rahimi Mousavi Cohen Levi Mizrahi Peretz Friedman Kumar Sharma Patel
Singh Gupta Reddy Nair Iyer Menon Banerjee Mukherjee Das Ghosh Bose Desai Joshi Kulkarni Pillai Rao Verma Mishra
Yadav Chowdhury Hossain Perera Fernando Silva Wickramasinghe Rajapaksa Gurung Thapa Sherpa Wang Zhang Liu Chen
Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Lin Guo Tanaka Suzuki Takahashi Watanabe Ito Yamamoto Nakamura Kobayashi
Kim Park Choi Jung Kang Cho Yoon Tran Pham Le Hoang Vu Wijaya Santoso Suharto Hidayat Reyes Bautista Villanueva
Aquino Ocampo Adeyemi Okafor Okonkwo Balogun Nwosu Eze Bello Abubakar Danjuma Yusuf Mensah Owusu Boateng Asante
Osei Mwangi Kamau Odhiambo Wanjala Kiprop Cheruiyot Omondi Mutua Nyong'o Mushi Massawe Mrema Shirima Makame
Mwinyi Museveni Okello Byaruhanga Namugwanya Nkurunziza Kagame Mukasa Bekele Tadesse Girma Desta Warsame Farah
Dlamini Nkosi Mthembu Khumalo Ndlovu Moyo Sibanda Chirwa Banda Phiri Mulenga Tembo Diallo Traoré Keita Camara
Touré Ndiaye Sow Koné Ouédraogo Mbeki Kabila Tshisekedi Mobutu Fofana Jallow Sesay Kamara Johnson-Sirleaf Taufa
Fonoti Tamihana Ngata Saalfeld Wolniak Bencherif Steinbrenner Vandenberghe Janssen de Vries van Dijk de la Cruz
""".split("\n")
FAMILY = (
    [w for line in FAMILY[:-2] for w in line.split()]
    + FAMILY[-2].split()[:4]
    + [
        "Janssen",
        "de Vries",
        "van Dijk",
        "de la Cruz",
        "van der Merwe",
        "dos Santos",
        "bin Salman",
        "von Hagen",
        "El Amrani",
        "Ben Ali",
        "St. John",
        "Abu Zaid",
        "della Rovere",
        "le Roux",
        "du Plessis",
    ]
)

CITIES = """
London|Paris|Berlin|Madrid|Rome|Vienna|Brussels|Geneva|Zurich|Lisbon|Dublin|Edinburgh|Glasgow|Manchester|Leeds|
Cardiff|Belfast|Liverpool|Oslo|Stockholm|Copenhagen|Helsinki|Warsaw|Kraków|Prague|Budapest|Bucharest|Sofia|Athens|
Belgrade|Zagreb|Kyiv|Kharkiv|Odesa|Moscow|Minsk|Riga|Vilnius|Tallinn|Istanbul|Ankara|Izmir|Cairo|Alexandria|Tunis|
Algiers|Rabat|Casablanca|Tripoli|Khartoum|Addis Ababa|Nairobi|Mombasa|Kisumu|Kampala|Kigali|Dar es Salaam|Dodoma|
Arusha|Mwanza|Kigoma|Zanzibar|Lusaka|Harare|Lilongwe|Maputo|Johannesburg|Cape Town|Durban|Pretoria|Luanda|Kinshasa|
Goma|Lagos|Abuja|Kano|Kaduna|Port Harcourt|Accra|Kumasi|Abidjan|Dakar|Bamako|Freetown|Monrovia|Beirut|Damascus|
Amman|Jerusalem|Tel Aviv|Gaza City|Baghdad|Basra|Mosul|Tehran|Isfahan|Riyadh|Jeddah|Doha|Dubai|Abu Dhabi|Muscat|
Sanaa|Kabul|Kandahar|Islamabad|Karachi|Lahore|Peshawar|New Delhi|Mumbai|Kolkata|Chennai|Bengaluru|Hyderabad|Pune|
Ahmedabad|Lucknow|Jaipur|Dhaka|Chittagong|Colombo|Kathmandu|Yangon|Bangkok|Hanoi|Ho Chi Minh City|Phnom Penh|
Kuala Lumpur|Singapore|Jakarta|Surabaya|Bandung|Manila|Cebu|Beijing|Shanghai|Guangzhou|Shenzhen|Wuhan|Chengdu|
Hong Kong|Taipei|Tokyo|Osaka|Kyoto|Sendai|Seoul|Busan|Pyongyang|Sydney|Melbourne|Brisbane|Perth|Canberra|Auckland|
Wellington|Christchurch|Suva|Port Moresby|New York|Los Angeles|Chicago|Houston|Phoenix|Philadelphia|San Antonio|
San Diego|Dallas|Austin|San Francisco|Seattle|Denver|Boston|Detroit|Atlanta|Miami|Minneapolis|Cleveland|Baltimore|
St. Louis|New Orleans|Washington|Toronto|Montreal|Vancouver|Ottawa|Calgary|Mexico City|Guadalajara|Monterrey|
Tijuana|Guatemala City|San Salvador|Tegucigalpa|Managua|San José|Panama City|Havana|Kingston|Port-au-Prince|
Santo Domingo|Bogotá|Medellín|Caracas|Quito|Guayaquil|Lima|Cusco|La Paz|Santiago|Valparaíso|Buenos Aires|Rosario|
Montevideo|Asunción|Brasília|São Paulo|Rio de Janeiro|Salvador|Recife|Porto Alegre|Utrecht|Rotterdam|The Hague|
Antwerp|Ghent|Lyon|Marseille|Toulouse|Bordeaux|Hamburg|Munich|Cologne|Frankfurt|Leipzig|Dresden|Milan|Turin|Naples|
Palermo|Barcelona|Valencia|Seville|Bilbao|Porto|Gdańsk|Brno|Graz|Bergen|Malmö|Turku|Tartu
""".replace("\n", "").split("|")

COUNTRIES = """
Tanzania:Tanzanian|Kenya:Kenyan|Uganda:Ugandan|Nigeria:Nigerian|Ghana:Ghanaian|South Africa:South African|
Ethiopia:Ethiopian|Somalia:Somali|Sudan:Sudanese|Egypt:Egyptian|Morocco:Moroccan|Algeria:Algerian|Tunisia:Tunisian|
Libya:Libyan|Senegal:Senegalese|Mali:Malian|Niger:Nigerien|Chad:Chadian|Rwanda:Rwandan|Burundi:Burundian|
Zambia:Zambian|Zimbabwe:Zimbabwean|Malawi:Malawian|Mozambique:Mozambican|Angola:Angolan|Congo:Congolese|
France:French|Germany:German|Italy:Italian|Spain:Spanish|Portugal:Portuguese|Greece:Greek|Poland:Polish|
Hungary:Hungarian|Romania:Romanian|Bulgaria:Bulgarian|Serbia:Serbian|Croatia:Croatian|Ukraine:Ukrainian|
Russia:Russian|Belarus:Belarusian|Sweden:Swedish|Norway:Norwegian|Denmark:Danish|Finland:Finnish|Iceland:Icelandic|
Ireland:Irish|Scotland:Scottish|Wales:Welsh|England:English|Britain:British|Belgium:Belgian|the Netherlands:Dutch|
Switzerland:Swiss|Austria:Austrian|Turkey:Turkish|Syria:Syrian|Lebanon:Lebanese|Israel:Israeli|Jordan:Jordanian|
Iraq:Iraqi|Iran:Iranian|Saudi Arabia:Saudi|Yemen:Yemeni|Qatar:Qatari|Kuwait:Kuwaiti|Oman:Omani|Afghanistan:Afghan|
Pakistan:Pakistani|India:Indian|Bangladesh:Bangladeshi|Sri Lanka:Sri Lankan|Nepal:Nepali|Myanmar:Burmese|
Thailand:Thai|Vietnam:Vietnamese|Cambodia:Cambodian|Laos:Lao|Malaysia:Malaysian|Singapore:Singaporean|
Indonesia:Indonesian|the Philippines:Philippine|China:Chinese|Taiwan:Taiwanese|Japan:Japanese|
South Korea:South Korean|North Korea:North Korean|Mongolia:Mongolian|Australia:Australian|New Zealand:New Zealand|
Fiji:Fijian|Tonga:Tongan|the United States:American|the U.S.:U.S.|Canada:Canadian|Mexico:Mexican|
Guatemala:Guatemalan|Honduras:Honduran|El Salvador:Salvadoran|Cuba:Cuban|Haiti:Haitian|Jamaica:Jamaican|
Colombia:Colombian|Venezuela:Venezuelan|Ecuador:Ecuadorian|Peru:Peruvian|Bolivia:Bolivian|Chile:Chilean|
Argentina:Argentine|Uruguay:Uruguayan|Paraguay:Paraguayan|Brazil:Brazilian|the United Kingdom:British
""".replace("\n", "").split("|")
COUNTRIES = [tuple(pair.split(":")) for pair in COUNTRIES]

REGIONS = """
Lake Victoria|Lake Tanganyika|the Rift Valley|the Black Sea|the Mediterranean|the Strait of Malacca|Bay of Bengal|
Mount Kenya|the Danube|the Nile|the Mekong|the Himalayas|the Andes|the Sahel|Catalonia|Bavaria|Sicily|Punjab|Kerala|
Bihar|Sindh|Sichuan|Hokkaido|Java|Sumatra|Mindanao|Queensland|Tasmania|Ontario|Quebec|Texas|California|Florida|Ohio|
Jalisco|Oaxaca|Sinaloa|Chiapas|Patagonia|Minas Gerais|Kivu|Tigray|Darfur|Donbas|Crimea|Chechnya|the West Bank|Gaza|
Latin America|Southeast Asia|East Africa|West Africa|the Middle East|Eastern Europe|Europe|Africa|Asia|
Heathrow Airport|Victoria Station|Central Park|Tahrir Square|Karimnagar district|Cook County|Rift Province
""".replace("\n", "").split("|")

FIELDS = """Health Finance Education Defence Defense Interior Justice Agriculture Transport Energy Labour Trade
Environment Water Fisheries Tourism Housing Planning Infrastructure Communications Culture Sports Mining Forestry
Aviation Maritime Railways Revenue Statistics Immigration Customs Elections Railway Petroleum Electricity""".split()
BODIES = """Authority Agency Commission Council Board Institute Bureau Department Directorate Corporation Service
Inspectorate Fund Office Union Association Federation Alliance Foundation Trust Society Network Committee Tribunal
Secretariat Initiative Group Holdings Company Bank Airlines Airways Motors Steel Energy Industries Partners Capital
Pharmaceuticals Technologies Systems Media Press News Times Post Herald Tribune Gazette Observer Standard
Party Front Movement Congress University College Hospital Police Navy""".split()
SUFFIXES = ["Inc.", "Ltd", "plc", "Corp.", "Group", "AG", "SA", "LLC", "& Co.", "Holdings", "GmbH"]
CLUBS = ["United", "City", "Rovers", "FC", "Athletic", "Wanderers", "Stars", "Rangers", "Lions"]
KNOWN = """
United Nations|European Union|World Health Organization|World Bank|International Monetary Fund|Red Cross|Red Crescent|
African Union|Arab League|NATO|UNICEF|UNESCO|OPEC|Amnesty International|Human Rights Watch|Greenpeace|Oxfam|Supreme Court|
Senate|House of Representatives|House of Commons|White House|Pentagon|Kremlin|State Department|Foreign Office|
Central Bank|Federal Reserve|European Commission|European Parliament|Security Council|Interpol|FBI|CIA|Reuters|
Associated Press|Agence France-Presse|BBC|CNN|Al Jazeera|The Guardian|New York Times|Xinhua|Hamas|Taliban|Hezbollah|
Labour Party|Conservative Party|Democratic Party|Republican Party|Green Party|Boeing|Airbus|Toyota|Siemens|Samsung|
Google|Microsoft|Apple|Amazon|Meta|Tesla|Shell|BP|Nestlé|Coast Guard|National Guard|Court of Appeal|High Court|
Constitutional Court|National Assembly|Doctors Without Borders|Save the Children|Médecins Sans Frontières
""".replace("\n", "").split("|")
EVENTS = """
World Cup|Olympic Games|Winter Olympics|Paris Agreement|Second World War|World War II|Cold War|Ramadan|Christmas|
Champions League|Africa Cup of Nations|Super Bowl|Cannes Film Festival|Hurricane Delia|Cyclone Mora|Typhoon Halan|
Storm Brenda|Independence Day|Battle of Verdun|Gulf War|Asian Games|Commonwealth Games|G20 summit|COP31
""".replace("\n", "").split("|")

_ONSETS = "b br c ch d dr f g gr h j k kr l m n p pr r s sh sk st t tr v w y z kh mb nd th".split()
_VOWELS = "a e i o u a e i o a ai ei ou ia ee aa".split()
_CODAS = ["", "", "", "n", "r", "l", "s", "m", "k", "t", "nd", "rt", "sh", "ng", "rk", "v"]
_PERSON_ENDS = [
    "",
    "",
    "o",
    "a",
    "ic",
    "ez",
    "sson",
    "sen",
    "ov",
    "ski",
    "ini",
    "man",
    "wa",
    "i",
    "eau",
    "berg",
    "ton",
    "ko",
]
_PLACE_ENDS = [
    "",
    "a",
    "ia",
    "ia",
    "stan",
    "ville",
    "burg",
    "pur",
    "abad",
    "ton",
    "mouth",
    "ford",
    "grad",
    "o",
    "ola",
    "land",
    "haven",
    "nagar",
    "dorf",
    "holm",
    "ra",
    "ana",
    "ovo",
    "ria",
    "mar",
]


def _syllables(rng: random.Random, low: int, high: int) -> str:
    return "".join(
        rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(rng.randint(low, high))
    )


def invented_person(rng: random.Random) -> str:
    """A family name that nobody bears."""
    return (_syllables(rng, 1, 2) + rng.choice(_PERSON_ENDS)).capitalize()


def invented_place(rng: random.Random) -> str:
    """A place name that no map has."""
    name = (_syllables(rng, 1, 2) + rng.choice(_PLACE_ENDS)).capitalize()
    if rng.random() < 0.12:
        name = (
            rng.choice(["Port", "New", "San", "Santa", "Fort", "Lake", "Mount", "El", "North", "South"])
            + " "
            + name
        )
    return name


def given(rng: random.Random) -> str:
    """A given name."""
    return rng.choice(GIVEN) if rng.random() < 0.85 else _syllables(rng, 1, 2).capitalize()


def family(rng: random.Random) -> str:
    """A family name, seldom of two words."""
    name = rng.choice(FAMILY) if rng.random() < 0.7 else invented_person(rng)
    if rng.random() < 0.04:
        name += "-" + rng.choice([f for f in FAMILY if " " not in f])
    return name


def person(rng: random.Random) -> str:
    """A full name."""
    first, last = given(rng), family(rng)
    roll = rng.random()
    if roll < 0.06:
        first += f" {rng.choice('ABCDEFGHJKLMNPRSTW')}."
    elif roll < 0.12:
        first += " " + given(rng)
    elif roll < 0.16:
        last += " " + rng.choice([f for f in FAMILY if " " not in f])
    elif roll < 0.18:
        last += rng.choice([" Jr.", " III", " Sr."])
    elif roll < 0.20:
        first = rng.choice("ABCDEFGHJKLMPRST") + "." + (rng.choice(["", "K.", "J."]))
    return f"{first} {last}"


def city(rng: random.Random) -> str:
    """A city or town."""
    return rng.choice(CITIES) if rng.random() < 0.65 else invented_place(rng)


def country(rng: random.Random) -> str:
    """A country."""
    return rng.choice(COUNTRIES)[0] if rng.random() < 0.75 else invented_place(rng)


def place(rng: random.Random) -> str:
    """Any place."""
    roll = rng.random()
    return city(rng) if roll < 0.5 else country(rng) if roll < 0.8 else rng.choice(REGIONS)


def demonym(rng: random.Random) -> str:
    """An adjective of a country."""
    return (
        rng.choice(COUNTRIES)[1]
        if rng.random() < 0.8
        else invented_place(rng).rstrip("aeio") + rng.choice(["ian", "an", "ese"])
    )


def acronym(rng: random.Random) -> str:
    """The initials of a body."""
    return "".join(rng.choice("ABCDEFGHIKLMNOPRSTUW") for _ in range(rng.choice([2, 3, 3, 3, 4, 4, 5])))


def _bare(name: str) -> str:
    return name.removeprefix("the ")


def organization(rng: random.Random) -> str:
    """A body, without an article before it."""
    roll = rng.random()
    if roll < 0.18:
        return rng.choice(KNOWN)
    if roll < 0.28:
        return acronym(rng)
    if roll < 0.38:
        return f"{rng.choice(['Ministry', 'Department', 'Bureau', 'Office', 'Institute'])} of {rng.choice(FIELDS)}"
    if roll < 0.56:
        first = rng.choice(
            [
                rng.choice(
                    [
                        "National",
                        "International",
                        "Central",
                        "Federal",
                        "Royal",
                        "Regional",
                        "Independent",
                        "Democratic",
                        "People's",
                        "European",
                        "African",
                        "Pacific",
                        "Northern",
                    ]
                ),
                _bare(place(rng)),
                demonym(rng),
            ]
        )
        return f"{first} {rng.choice(FIELDS)} {rng.choice(BODIES)}"
    if roll < 0.72:
        return f"{_bare(place(rng)) if rng.random() < 0.5 else family(rng)} {rng.choice(BODIES)}"
    if roll < 0.80:
        return f"{rng.choice([family(rng), _syllables(rng, 1, 2).capitalize()])} {rng.choice(SUFFIXES)}"
    if roll < 0.86:
        return _syllables(rng, 1, 3).capitalize()
    if roll < 0.92:
        return f"{city(rng)} {rng.choice(CLUBS)}"
    if roll < 0.97:
        first = rng.choice(
            [
                "University",
                "Bank",
                "Association",
                "Housing Authority",
                "Council",
                "Archdiocese",
                "Court",
                "Confederation",
                "Republic Party",
                "Chamber of Commerce",
                "Federation",
                "Friends",
            ]
        )
        return f"{first} of {_bare(place(rng))}"
    return f"{family(rng)} & {family(rng)}"


_FIRM_ENDS = [
    "",
    "a",
    "o",
    "ix",
    "ar",
    "on",
    "ex",
    "um",
    "tec",
    "soft",
    "air",
    "gen",
    "mart",
    "co",
    "us",
    "is",
]


def invented_firm(rng: random.Random) -> str:
    """The name of a firm in one word (seldom two) that says nothing of what it is."""
    name = (_syllables(rng, 1, 2) + rng.choice(_FIRM_ENDS)).capitalize()
    if rng.random() < 0.15:
        name = rng.choice([family(rng).split()[0], invented_place(rng).split()[-1]])
    if rng.random() < 0.15:
        name += " " + rng.choice(BODIES)
    return name


def product(rng: random.Random) -> str:
    """A product, a ship, a drug."""
    name = (
        _syllables(rng, 1, 2).capitalize()
        if rng.random() < 0.6
        else rng.choice(
            "Vanguard Horizon Kestrel Aurora Polaris Titan Comet Falcon Explorer Halo Orion Nova Mirage Venture".split()
        )
    )
    return name + (f" {rng.randint(2, 12)}" if rng.random() < 0.3 else "")


def event(rng: random.Random) -> str:
    """A named event."""
    if rng.random() < 0.6:
        return rng.choice(EVENTS)
    return f"{rng.choice(['Cyclone', 'Hurricane', 'Typhoon', 'Storm', 'Operation'])} {given(rng)}"
