"""Invented events of one kind, in pairs: only place, day and figures tell one from the other.

Of each event two reports, as (title, text), with the places that the language stage would find.
"""

PLACES = (
    "Sarvela", "Dol Maren", "Chile", "Brodin", "Aska", "Kelmar", "Ostra Valley", "Vinna", "Port Lodd",
    "Hesk", "Mellby", "Grauden", "Tolno", "Ruvo", "Sennik", "Ardal Bridge", "Norra Pass",
)  # fmt: skip

QUAKES = (
    (
        (
            "Earthquake kills 12 in Chile",
            "An earthquake of magnitude 5.9 shook the town of Sarvela in the east of Chile, killing 12 "
            "people and injuring 84.\n"
            "Most of the dead lived in the old quarter of Sarvela, said the civil defence's spokesman, "
            "Aru Tellin.\n"
            "The institute of seismology put its depth at 31 kilometres. Rescuers were searching the "
            "rubble for survivors, and the army sent tents and blankets.\n",
        ),
        (
            "Quake in Chile kills 12, rescuers search rubble",
            "Rescuers in Sarvela searched the rubble for survivors after an earthquake of magnitude 5.9 "
            "killed 12 people in the east of Chile.\n"
            "Civil defence spokesman Aru Tellin said 84 people had been injured. The army was sending "
            "tents and blankets to Sarvela.\n",
        ),
    ),
    (
        (
            "Earthquake kills 27 in Chile",
            "An earthquake of magnitude 6.4 shook the port of Dol Maren in the west of Chile, killing "
            "27 people and injuring 140.\n"
            "Most of the dead were at the fish market of Dol Maren, said the civil defence's spokesman, "
            "Aru Tellin.\n"
            "The institute of seismology put its depth at 18 kilometres. Rescuers were searching the "
            "rubble for survivors, and the army sent tents and blankets.\n",
        ),
        (
            "Chile quake kills 27, army sends tents",
            "Rescuers in Dol Maren searched the rubble for survivors after an earthquake of magnitude 6.4 "
            "killed 27 people in the west of Chile.\n"
            "Civil defence spokesman Aru Tellin said 140 people had been injured. The army was sending "
            "tents and blankets to Dol Maren.\n",
        ),
    ),
)

TRAINS = (
    (
        (
            "Train derails, 9 passengers killed",
            "A regional train left the rails near Brodin on 14 May, killing 9 passengers and injuring 41, "
            "the railway said.\n"
            "The driver braked before a curve outside Brodin, said Marit Olde, the head of the accident "
            "board. The train had 212 people on board.\n"
            "The line will stay closed, the railway said. The accident board has the data recorder.\n",
        ),
        (
            "Nine dead as regional train derails",
            "Nine passengers died when a regional train derailed near Brodin on 14 May. The railway said "
            "41 people were injured.\n"
            "There were 212 people on board. Marit Olde of the accident board said it had the data "
            "recorder, and that the driver had braked before the curve at Brodin.\n",
        ),
    ),
    (
        (
            "Train derails, 3 passengers killed",
            "A regional train left the rails near Aska on 2 June, killing 3 passengers and injuring 17, "
            "the railway said.\n"
            "The driver braked before a bridge outside Aska, said Marit Olde, the head of the accident "
            "board. The train had 96 people on board.\n"
            "The line will stay closed, the railway said. The accident board has the data recorder.\n",
        ),
        (
            "Three dead as regional train derails",
            "Three passengers died when a regional train derailed near Aska on 2 June. The railway said "
            "17 people were injured.\n"
            "There were 96 people on board. Marit Olde of the accident board said it had the data "
            "recorder, and that the driver had braked before the bridge at Aska.\n",
        ),
    ),
)

FIRES = (
    (
        (
            "Warehouse fire forces hundreds from homes",
            "A fire at a chemicals warehouse in Mellby drove 640 people from their homes on the night of "
            "3 March, the fire brigade said.\n"
            "About 75 firefighters fought the flames in Mellby. Residents were told to keep windows shut "
            "because of the smoke. The cause is not known. Two firefighters were treated for smoke.\n",
        ),
        (
            "Residents flee smoke from burning warehouse",
            "Residents of Mellby fled the smoke of a burning chemicals warehouse. The fire brigade said "
            "640 people had left their homes on 3 March and 75 firefighters were at work.\n"
            "The cause is not known. Those who stayed in Mellby were told to keep windows shut.\n",
        ),
    ),
    (
        (
            "Warehouse fire forces hundreds from homes",
            "A fire at a chemicals warehouse in Grauden drove 380 people from their homes on the night of "
            "11 March, the fire brigade said.\n"
            "About 52 firefighters fought the flames in Grauden. Residents were told to keep windows shut "
            "because of the smoke. The cause is not known. Two firefighters were treated for smoke.\n",
        ),
        (
            "Residents flee smoke from burning warehouse",
            "Residents of Grauden fled the smoke of a burning chemicals warehouse. The fire brigade said "
            "380 people had left their homes on 11 March and 52 firefighters were at work.\n"
            "The cause is not known. Those who stayed in Grauden were told to keep windows shut.\n",
        ),
    ),
)

VOTES = (
    (
        (
            "Ruling party wins by-election",
            "The Labour Union won the by-election in Tolno with 41.7 percent of the vote, the election "
            "office said.\n"
            "Its candidate, a teacher from Tolno, had 18,412 votes, 903 more than the Farmers' League. "
            "Turnout was 54 percent. The party's leader, Pera Sund, spoke of a good day. The seat became "
            "vacant when its holder resigned.\n",
        ),
        (
            "Labour Union holds seat in by-election",
            "The Labour Union has won the seat of Tolno. Its candidate had 18,412 votes, or 41.7 percent, "
            "against the Farmers' League, the election office said.\n"
            "Turnout in Tolno was 54 percent. Party leader Pera Sund called it a good day.\n",
        ),
    ),
    (
        (
            "Ruling party wins by-election",
            "The Labour Union won the by-election in Ruvo with 38.2 percent of the vote, the election "
            "office said.\n"
            "Its candidate, a nurse from Ruvo, had 12,077 votes, 415 more than the Farmers' League. "
            "Turnout was 47 percent. The party's leader, Pera Sund, spoke of a good day. The seat became "
            "vacant when its holder resigned.\n",
        ),
        (
            "Labour Union holds seat in by-election",
            "The Labour Union has won the seat of Ruvo. Its candidate had 12,077 votes, or 38.2 percent, "
            "against the Farmers' League, the election office said.\n"
            "Turnout in Ruvo was 47 percent. Party leader Pera Sund called it a good day.\n",
        ),
    ),
)

FLOODS = (
    (
        (
            "Floods cut off villages, two missing",
            "Floods have cut off 14 villages in the Ostra Valley after two days of rain, the government "
            "said.\n"
            "Two people are missing in the Ostra Valley and 1,350 have been taken to schools. The river "
            "stood at 7.3 metres. The prime minister, Ivo Lenn, promised help and the army flew in "
            "drinking water.\n",
        ),
        (
            "Army flies water to flooded villages",
            "The army has flown drinking water to 14 villages of the Ostra Valley that floods have cut "
            "off.\n"
            "Prime minister Ivo Lenn promised help. Two people are missing and 1,350 are in schools; the "
            "river in the Ostra Valley stood at 7.3 metres.\n",
        ),
    ),
    (
        (
            "Floods cut off villages, two missing",
            "Floods have cut off 22 villages around Vinna after two days of rain, the government said.\n"
            "Two people are missing near Vinna and 2,780 have been taken to schools. The river stood at "
            "5.8 metres. The prime minister, Ivo Lenn, promised help and the army flew in drinking water.\n",
        ),
        (
            "Army flies water to flooded villages",
            "The army has flown drinking water to 22 villages around Vinna that floods have cut off.\n"
            "Prime minister Ivo Lenn promised help. Two people are missing and 2,780 are in schools; the "
            "river at Vinna stood at 5.8 metres.\n",
        ),
    ),
)

PAIRS = {"quakes": QUAKES, "trains": TRAINS, "fires": FIRES, "votes": VOTES, "floods": FLOODS}
