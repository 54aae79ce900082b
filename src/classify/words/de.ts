import type { WordList } from '../cues.ts'

/** German. */
export const de: WordList = {
  neutral: `
    neu, neue, neuen, neuer, neues, groß, große, großen, klein, kleine, hilfe, helfen, kosten, kostet, ende,
    zurück, fertig, frage, gleich, wichtig, anders, sicher, unterstützung, lösung, preis, alt, stark, führen,
    bestellt, bieten, kommen, bekommen, erhalten`,
  negators: `
    nicht, nie, niemals, kein, keine, keinen, keiner, keinem, keinerlei, nichts, ohne, weder, kaum, nix,
    mangelnde`,
  boosters: `
    sehr, echt, wirklich, so, total, absolut, völlig, extrem, super, mega, richtig, unglaublich, viel zu, zu,
    einfach, immer, komplett`,
  dampers: `ein bisschen, etwas, ein wenig, fast, ziemlich, relativ, halbwegs, vielleicht`,
  contrast: `aber, jedoch, allerdings, obwohl, trotzdem, außer, leider nur`,
  cues: {
    thanks: `
      danke, vielen dank, herzlichen dank, besten dank, tausend dank,
      danke (schön|sehr|euch|nochmal|für (die|eure|den|das)), dankeschön, dankbar, bravo, gut gemacht,
      gute arbeit, klasse (arbeit|service|leistung), hut ab, großes lob, lob, kompliment, glückwunsch,
      daumen hoch`,
    delight: `
      liebe (es|das|dieses|diese|euch|meinen|mein|meine), ich liebe, begeistert, genial(e|er|es|),
      hervorragend(e|er|es|), ausgezeichnet(e|er|es|), fantastisch(e|er|es|), großartig(e|er|es|),
      perfekt(e|er|es|), spitze, top, klasse, hammer, der hammer, wunderbar(e|er|es|), traumhaft, einwandfrei,
      tadellos, beste(r|n|s|), bester service, sensationell, überragend,
      (läuft|funktioniert) (super|perfekt|einwandfrei|wie geschmiert|bestens), empfehle, weiterempfehl(en|ung),
      sehr zufrieden, beeindruckt, grandios(e|), mega gut, sagenhaft`,
    good: `
      gut(e|er|es|en|), schön(e|er|es|en|), nett(e|er|es|en|), freundlich(e|er|es|en|), schnell(e|er|es|en|),
      super, toll(e|er|es|en|), zufrieden, glücklich, einfach(e|), bequem, hilfreich(e|), freue mich,
      freut mich, froh, gefällt (mir|), angenehm(e|), cool, lecker, spaß, prima, kompetent(e|er|), zuverlässig`,
    bad: `
      schlecht(e|er|es|en|), schlimm(er|), langsam(e|), nervig(e|), nervt, mies(e|er|es|), blöd(e|), doof,
      schade, schmutzig, dreckig, unbequem, umständlich, mangelhaft, enttäuschend(e|), schwach(e|), chaos,
      chaotisch(e|), ungenügend, furchtbar(e|), unfreundlich(e|er|), unzufrieden, ärgerlich`,
    sarcasm: `
      danke für (nichts|die verspätung|den ausfall|gar nichts), vielen dank für (nichts|die verspätung),
      toller service, (na |)super service, tolle leistung, ganz großes kino, herzlichen glückwunsch,
      schönen dank auch, na toll, na super, ja super, klasse leistung`,
    hostile: `
      betrüger, betrug, abzocke, abzocker, lügner, lügen, gelogen, verarsch(e|t|en|ung), verarscht,
      inkompetent(e|er|), inkompetenz, frechheit, unverschämt(heit|e|), schande, schämt euch, peinlich,
      lächerlich, inakzeptabel, unmöglich(er|e|), unfassbar, unglaublich, katastrophe, katastrophal(e|er|),
      schrecklich(e|), grauenhaft(e|), widerlich, ekelhaft(e|), müll, dreck, schrott, saftladen, sauladen,
      scheißladen, drecksladen, idioten, idiot, trottel, clowns, hasse, hass, das letzte, witz, ein witz,
      armselig, erbärmlich, unterirdisch, dreist(e|), skandal, bodenlos, zumutung, unzumutbar,
      schlechteste(r|n|s|), unseriös, dumm(e|)`,
    swearing: `
      scheiß(e|en|), scheiss(e|), verdammt(e|er|), verfickt, kacke, arsch, arschloch, arschlöcher, fuck, wtf,
      mist, drecks, verflucht, kotzt, wichser, leck mich`,
    fury: `
      schnauze voll, nase voll, satt, habe (es|das) satt, stinksauer, sauer, wütend, wut, zum kotzen,
      mir reicht(s|), reicht jetzt, es reicht, jetzt reicht, nie wieder, platzt der kragen, kragen, empört,
      fassungslos, genervt, geht gar nicht, das geht gar nicht, kann nicht wahr sein, darf nicht wahr sein,
      wollt ihr mich, zeitverschwendung, unter aller sau, was soll das, hört auf, ich fasse es nicht`,
    leaving: `
      wechsle (zu|den|zur|jetzt), wechseln (zu|den|zur), anbieter wechseln, zur konkurrenz, kündige(n|),
      kündigung, gekündigt, (vertrag|konto|abo) (kündigen|löschen|auflösen|gekündigt), nie wieder (bei|mit|_),
      letztes mal, das letzte mal, (einen|mich als|einen treuen) kunden (verloren|weniger), kunden verloren,
      bin weg, bin raus, nicht mehr (bei euch|mit euch), konto löschen`,
    lawyer: `
      anwalt, anwälte, rechtsanwalt, klage(n|), verklage(n|), anzeige, anzeige erstatten, gericht,
      rechtliche schritte, rechtsweg, juristisch, verbraucherzentrale, verbraucherschutz, bundesnetzagentur,
      schlichtungsstelle, ombudsmann, abmahnung, frist gesetzt, dsgvo, rechtsschutz(versicherung|)`,
    money: `
      erstatt(et|en|ung|ungen), rückerstatt(et|en|ung), geld zurück, mein geld, entschädig(ung|en|t),
      gutschrift, doppelt (abgebucht|berechnet|bezahlt|belastet|abgezogen),
      zweimal (abgebucht|berechnet|belastet|abgezogen), abgebucht, zu viel (berechnet|bezahlt|abgebucht),
      falsch (abgerechnet|berechnet), falsche rechnung, rechnung (ist falsch|stimmt nicht|falsch),
      schadensersatz, schadenersatz, ausgleichszahlung, storno, stornier(t|en|ung), mahnung, überwiesen,
      gebühren`,
    unheard: `
      (niemand|keiner) (antwortet|reagiert|hilft|geht|meldet|erreichbar|weiß|ist|meldet sich|kümmert),
      keine (antwort|reaktion|rückmeldung|hilfe|info|information|auskunft|lösung|infos|informationen),
      warteschleife, hotline, warte (seit|immer noch|noch immer|schon|nun), warten (seit|immer noch),
      (stunden|minuten|tage|tagen|wochen|monaten) (gewartet|warten|in der|warte|wartezeit),
      seit (_|) (stunden|tagen|wochen|monaten), immer noch (nicht|keine|kein|nichts),
      noch immer (nicht|keine|kein|nichts), wartezeit(en|), aufgelegt, ignorier(t|en), nicht erreichbar,
      unerreichbar, abgewimmelt, vertröstet, kundenservice, kundendienst, auf (mails|emails|nachrichten) nicht,
      meldet sich (niemand|keiner|nicht), bis heute (nichts|keine|nicht|kein)`,
    service: `
      verspät(et|ung|ungen),
      (flug|zug|bestellung|termin|reise|buchung) (gestrichen|annulliert|storniert|verspätet|ausgefallen),
      gestrichen, annulliert, ausgefallen, fällt aus, ausfall,
      (koffer|gepäck|paket) (verloren|weg|beschädigt|fehlt|verschwunden|nicht da|kaputt), verlorenes gepäck,
      anschluss (verpasst|weg), anschlusszug, überbucht,
      (nicht|nie|noch nicht|immer noch nicht) (angekommen|geliefert|erhalten|bekommen|gekommen|da|zugestellt|
        versendet|versandt),
      nie angekommen, falsch(e|es|er|en) (artikel|produkt|größe|ware|lieferung|farbe|paket|teil), fehlt,
      fehlende(s|) (teil|teile|artikel), beschädigt(e|es|), lieferung, lieferverzug, unfreundlich(e|er|es|),
      unverschämt(er|e|), patzig, respektlos,
      (schlechter|miserabler|katastrophaler|mieser|grottiger|unterirdischer) (service|kundenservice|support),
      sitze(n|) fest, gestrandet, festsitzen, verweigert, reklam(ation|iert|ieren), beschwer(de|en|e),
      umbuch(en|ung), gelandet ohne`,
    failure: `
      (funktioniert|funktionieren|geht|gehen|lädt|startet|druckt|verbindet|öffnet|reagiert|läuft|klappt|erkennt|
        synchronisiert) (einfach |immer noch |schon wieder |wieder |leider |überhaupt |seit gestern |seit heute |
        seit dem update |)(nicht|gar nicht|nicht mehr|nix|nichts),
      nicht (funktioniert|möglich|geht|laden|verbinden|öffnen|einloggen|anmelden|starten|drucken|erreichbar),
      (kann|komme) (mich |ich mich |ich |)(nicht|nicht mehr) (einloggen|anmelden|rein|bezahlen|buchen|drucken|
        öffnen|verbinden|zugreifen|installieren),
      kaputt(e|es|), defekt(e|es|), abgestürzt, stürzt (ab|ständig ab|dauernd ab|immer ab|immer wieder ab),
      absturz, abstürze, hängt (sich auf|), friert ein, eingefroren, fehler, fehlermeldung, problem(e|en|),
      störung(en|), bug(s|), bricht ab, abbrüche, bleibt hängen, schwarzer bildschirm,
      bildschirm (schwarz|bleibt schwarz), kein (ton|signal|bild|empfang|netz), tot, springt nicht an, ruckelt,
      panne, macken`,
    outage: `
      ausfall,
      (server|seite|webseite|website|app|netz|internet|system|dienst|leitung) (ist |sind |)(down|offline|tot|weg|
        ausgefallen|nicht erreichbar|gestört),
      kein (internet|netz|strom|empfang), netzausfall, stromausfall, großstörung, offline, noch jemand,
      (bei euch auch|sonst noch wer), nichts geht mehr, lahmgelegt`,
    account: `
      (meine|meiner|mein|meinen|meinem) (bestellung|buchung|konto|ticket|flug|koffer|gepäck|paket|vertrag|
        rechnung|karte|abo|lieferung|account|auftrag|reservierung),
      unser(e|en|) (flug|bestellung|buchung|gepäck|zug),
      (bestellnummer|buchungsnummer|kundennummer|auftragsnummer|sendungsnummer|vorgangsnummer|ticketnummer),
      konto (gesperrt|gehackt), gehackt, gesperrt, umbuchen, adresse ändern`,
    agent: `
      mit (einem menschen|jemandem|einem mitarbeiter|einem berater) (sprechen|reden),
      (vorgesetzte(r|n|)|filialleiter|teamleiter), mitarbeiter(in|n|), ansprechpartner,
      (ruft|rufen sie|melden sie|meldet) (mich|euch|sich) (an|zurück|), rückruf, per (dn|dm|pn), kümmert euch,
      jemand (von euch|kümmern|helfen), kann (mir |)(jemand|einer) (von euch |)(helfen|antworten),
      eure (mitarbeiter|leute|hotline)`,
    urgent: `
      dringend(e|es|er|st|), eilt, es eilt, sofort, so schnell wie möglich, schnellstmöglich, umgehend, notfall,
      brauche (hilfe|sofort|dringend), hilfe, bitte (um hilfe|schnell|sofort|helft), unverzüglich, sos, asap`,
    deadline: `
      heute, heute (abend|noch|nacht), morgen, morgen früh, jetzt, gleich, in (einer|zwei|wenigen) stunde(n|),
      bis (morgen|heute|freitag|montag|mittag|heute abend), frist, deadline, letzte minute, am flughafen,
      am gate, diese woche`,
    danger: `
      rauch(t|), qualm(t|), (ge|ange|ver|)schmort, kokelt, stinkt nach (plastik|rauch|verbranntem),
      riecht (verbrannt|nach (gas|rauch|verbranntem|verbrannt|plastik)), brandgeruch,
      verbrannt, brennt, brand, feuer (gefangen), in flammen, flammen, funken, explodiert,
      explosion, stromschlag, schlag bekommen, geschmolzen, schmilzt, verletzt, verletzung, krankenhaus,
      allergische reaktion, vergift(et|ung), gefährlich, lebensgefahr,
      (akku|batterie) (aufgebläht|gebläht|bläht sich auf), gasleck, gasgeruch`,
    technical: `
      firmware, router, api, treiber, dns, dhcp, ip adresse, ipv6, kernel, ssh, bios, neustart(en|),
      neu gestartet, zurücksetzen, zurückgesetzt, werkseinstellung(en|), log, logs, logdatei,
      konfigur(ation|ieren), usb, ethernet, lan, wlan, wifi, bluetooth, bandbreite, latenz, ping,
      port(s|freigabe|), webhook, json, sql, datenbank, server, zertifikat, ssl, token, sdk, plugin, linux,
      ubuntu, macos, windows (10|11), android (12|13|14|15|16), ios (16|17|18|26), arbeitsspeicher, cache, vpn,
      toner, druckkopf, kalibrier(en|ung), kompilier(en|t), beta, fritzbox, mesh, glasfaser, update`,
    expert: `
      fehlercode, fehlernummer, stack( |)trace, firmware( |)(update|version), firmwareupdate, bluescreen,
      blauer bildschirm, bootloader, bootschleife, kernel panic, speicherleck, serverfehler, http fehler,
      api (schlüssel|key), kommandozeile, exception, absturzbericht, paketverlust, port (80|443|22|8080),
      modbus, cors, segfault`,
    asks: `
      wie (kann|komme|geht|lange|viel|bekomme|stelle|macht|funktioniert|mache|ändere|lässt|aktiviere|finde) _,
      (weiß|kennt|hat|kann) (jemand|wer|einer|vielleicht jemand|mir jemand|hier jemand),
      (kann|könnt|könnte|können|könntet|darf|muss|soll|sollte) (ich|man|ihr|sie|mir|wir|mein|der|die|das) _,
      gibt es (eine|einen|ein|schon|irgendwo|auch|die|noch|bald|denn),
      wo (finde|kann|ist|bekomme|gibt|stelle|sehe), wann (kommt|ist|wird|gibt|geht|soll|fährt|kann|kommen),
      was (kostet|bedeutet|mache|ist der|muss|heißt|soll ich),
      welche(r|s|n|) (modell|version|ist|app|tarif|einstellung), eine frage, frage, habe eine frage,
      ist (es|das) (möglich|normal|kompatibel|richtig), ist _ kompatibel, habt ihr, bietet ihr,
      unterstützt (ihr|das|der|die), (hat|haben) _ eine idee, irgendwelche tipps, tipps`,
    interrogative: `
      wie, was, warum, wieso, weshalb, wann, wo, wer, welche, welcher, welches, gibt, kann, könnt, ist, sind,
      habt, hat, weiß, darf, muss, woran, wohin`,
    idea: `
      (wäre|fände es|fänd es) (es |)(schön|toll|super|cool|klasse|praktisch|gut|hilfreich|genial|nett|prima|
        sinnvoll) (wenn|ihr|eine|einen|ein|falls),
      wäre (toll|schön|super|cool|klasse|praktisch|gut|hilfreich),
      (könntet|könnt) ihr (bitte |)(nicht |)(noch |)(eine|einen|ein|das|den|die|mal) _,
      (würde|würden) (mir|uns|mich) (_|) (wünschen|freuen wenn), wünsche mir, wünschte (mir|), wünschenswert,
      vorschlag, vorschläge, verbesserungsvorschlag, idee, eine idee, meine idee, feature (request|wunsch),
      ihr solltet, (warum|wieso) (gibt es|habt ihr|bietet ihr|baut ihr) (kein|keine|keinen|nicht),
      bitte (fügt|baut|ergänzt|führt|integriert),
      (mir |)fehlt (nur |noch |)(eine|ein|der|die) (option|funktion|modus|einstellung|dunkelmodus|möglichkeit),
      dunkelmodus, dark mode, hättet ihr nicht lust, einbauen, hinzufügen`,
    hope: `
      hoffe, hoffen, hoffentlich, hoffnung, freue mich (auf|schon|riesig), freu mich, vorfreude,
      kann es kaum erwarten, gespannt, zuversichtlich, daumen (drücken|gedrückt), bald, optimistisch, träume,
      vertraue, wird schon, endlich`,
    sad: `
      traurig, trauer, enttäuscht, enttäuschung, leider, schade, tut (mir|uns) leid, weine(n|), geweint, tränen,
      vermisse, bedauer(lich|e), deprimi(ert|erend), verzweifelt, einsam, schmerz, hoffnungslos,
      niedergeschlagen, unglücklich`,
    solved: `
      gelöst, behoben, erledigt, repariert,
      (geht|funktioniert|läuft|klappt) (jetzt|wieder|nun|endlich|alles|super|bestens|einwandfrei),
      problem (gelöst|behoben), (ohne|keine|keinerlei) (probleme|problem|schwierigkeiten), kein problem,
      nie (probleme|ein problem|enttäuscht), hat geklappt, nichts zu meckern, kann nicht meckern`,
    press: `
      journalist(in|), reporter(in|), redaktion, redakteur(in|), presse(anfrage|stelle|kontakt|sprecher|),
      für (einen|unseren|meinen) (artikel|beitrag|bericht), interviewanfrage, stellungnahme`,
    selfHarm: `
      selbstmord, selbstmordgedanken, suizid, suizidal, suizidgedanken, umbringen, bringe mich um, bring mich um,
      (will|möchte|wollte) (einfach |nur |nur noch |)sterben, nicht mehr (leben|aufwachen|aufwache|aufwach|existieren|
        da sein|am leben sein), das leben (zu |)nehmen, (mein |)leben (zu |)beenden, lebensmüde,
      (wäre|wär) (ich |)(lieber |besser |)tot, mich (selbst |)(verletzen|verletze|ritzen|erhängen|aufhängen), ritze mich,
      selbstverletzung, wieder weh getan, pulsadern, (alle|die ganzen) tabletten (genommen|geschluckt|auf einmal),
      von der brücke springen, vor den zug (springen|werfen), ohne mich besser dran, besser (dran |)ohne mich,
      (keinen grund|kein grund) (mehr |)zu leben, keinen sinn mehr`,
    spam: `
      krypto(währung|), bitcoin, airdrop, gewinnspiel, geld verdienen, schnell geld, passives einkommen,
      von zuhause (aus |)(arbeiten|verdienen), klick(t|e|) (hier|auf den link), link in (der |)bio,
      investier(e|en|t) (jetzt|in), garantierte (rendite|gewinne), verdopple, casino, sportwetten,
      gratis (follower|iphone), follower kaufen, rabattcode, gutscheincode, kredit (ohne|sofort), telegram,
      tritt (meinem|unserem) kanal, nur (heute|kurze zeit), gratis, jetzt kaufen`,
  },
}
