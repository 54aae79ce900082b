import type { WordList } from '../cues.ts'

/** Italian. Elided words stand without their apostrophe: "dell'ordine" is read as "dell" and "ordine". */
export const it: WordList = {
  neutral: `
    nuovo, nuova, nuovi, solo, sola, altro, primo, ultimo, vero, grande, grandi, piccolo, certo, stesso,
    diverso, giovane, alto, possibile, prossimo, importante, disponibile`,
  negators: `non, mai, nessun, nessuno, nessuna, senza, niente, nulla, né, neanche, nemmeno, mancanza di`,
  boosters: `
    molto, molta, davvero, veramente, così, troppo, super, totalmente, assolutamente, completamente,
    estremamente, tanto, proprio, sempre, più`,
  dampers: `un po, un pò, poco, quasi, abbastanza, leggermente, forse, piuttosto`,
  contrast: `ma, però, tuttavia, anche se, tranne, eppure`,
  cues: {
    thanks: `
      grazie, grazie (mille|tante|infinite|ancora|di cuore|davvero|a tutti|per (tutto|l aiuto|la risposta)),
      vi ringrazio, ringrazio, ringraziare, complimenti, bravi, bravo, brava, bravissimi, ben fatto,
      ottimo lavoro, bel lavoro, chapeau, congratulazioni, grati`,
    delight: `
      adoro, amo, (il|la|i|le) miglior(e|i|), migliore in assoluto, fantastic(o|a|i|he), eccellente(i|),
      eccezionale, ottim(o|a|i|e), perfett(o|a|i|e), perfettamente, meraviglios(o|a|i|e), stupend(o|a|i|e),
      splendid(o|a|i|e), straordinari(o|a), impeccabile, favolos(o|a), incredibile, spettacolare,
      bellissim(o|a|i|e), una meraviglia, consiglio, consigliatissim(o|a), consigliat(o|a), lo consiglio,
      entusiasta, innamorat(o|a), top, al top, funziona (benissimo|perfettamente|alla grande|una meraviglia),
      mi piace (tantissimo|moltissimo|da morire), numeri uno, soddisfattissim(o|a)`,
    good: `
      bene, buon(o|a|i|e|), bell(o|a|i|e|), bel, content(o|a|i|e), felice, felici, soddisfatt(o|a|i),
      gentil(e|i|issimi|issima|issimo), veloc(e|i|issimi), rapid(o|a), facile, comod(o|a|i), simpatic(o|a|i),
      piacevole, utile, mi piace, carin(o|a), efficient(e|i), cortes(e|i), disponibil(e|i), piacere,
      professional(e|i)`,
    bad: `
      mal(e|issimo|), cattiv(o|a|i), brutt(o|a|i|e), peggio, peggior(e|i|a), lent(o|a|i|e|issimo),
      sporc(o|a|hi), inutil(e|i), scomod(o|a|i), scadente, scars(o|a), deludente, confus(o|a), complicat(o|a),
      fastidios(o|a), disastro, casino, pietos(o|a), noios(o|a), mediocre, disagio, disagi`,
    sarcasm: `
      grazie (per niente|di niente|per il ritardo|per avermi (rovinato|perso|ignorato|fatto perdere)|
        per aver (perso|rovinato|cancellato)|per nulla),
      complimenti (per il|per la|davvero|vivissimi|a|al|alla) (ritardo|disservizio|servizio|incompetenza|_),
      bel servizio, ottimo servizio clienti che, che bella figura, bravi eh`,
    hostile: `
      ladri, ladro, truffa, truffatori, truffator(e|i), truffat(o|a), imbrogli(oni|o|one), bugiardi, bugie,
      mentono, presa in giro, prendete in giro, presa per il culo, incompetent(e|i), incompetenza, incapaci,
      vergogna, vergognos(o|a|i), vergognatevi, una vergogna, che vergogna, pessim(o|a|i|e), scandalo,
      scandalos(o|a), inaccettabile, inammissibile, assurd(o|a|ità), ridicol(o|a|i), schifo, fa schifo,
      fate schifo, che schifo, schifos(o|a), orribile, terribile, imbarazzante, indecente, indecoros(o|a),
      penos(o|a), patetic(o|a), pagliacci, buffoni, cialtroni, idioti, deficienti, odio, ridicoli, robaccia,
      spazzatura, rubato soldi, furto, un furto, maleducazione, disgustos(o|a), state alla larga, allucinante,
      disonesti`,
    swearing: `
      merda, cazzo, cazzi, cazzata, vaffanculo, fanculo, stronz(i|o|a|ate), coglion(i|e),
      porca (miseria|puttana|vacca|troia), puttana, minchia, palle, rotto il cazzo, rompere le palle,
      incazzat(o|a|i), che palle, bastardi, diocane, culo`,
    fury: `
      stuf(o|a|i), stanc(o|a|hi) (di|delle|dei|della), basta, ne ho abbastanza, ne ho le (palle|tasche) piene,
      furios(o|a|i), arrabbiat(o|a|i), indignat(o|a|i), fuori di me, esasperat(o|a), mai più, il colmo,
      è il colmo, non se ne può più, non ne posso più, sono senza parole, senza parole, vi rendete conto,
      roba da matti, da non credere, perdita di tempo, mancanza di rispetto, non è possibile, non è accettabile,
      state scherzando, mi avete rotto`,
    leaving: `
      (cambio|cambierò|cambiare|passo|passerò) (operatore|gestore|banca|compagnia|fornitore|alla concorrenza|
        a un altro|ad altro),
      disd(ico|etta|ire|irò), disdire (il|l) (contratto|abbonamento), alla concorrenza, ultima volta che,
      l ultima volta, mai più (con|da|un|acquisti|comprerò|volerò),
      non (comprerò|volerò|tornerò|viaggerò|userò|prenderò|acquisterò) (mai |)più,
      (avete|hanno) perso un(a|) cliente, perso un cliente, chiudo il (conto|contratto),
      cancello (l abbonamento|il mio account|il mio abbonamento|la app|l app), recesso, recedo`,
    lawyer: `
      avvocat(o|a|i), denunci(a|are|o|erò), vie legali, azione legale, azioni legali, tribunale, querel(a|are),
      causa (legale|civile), faccio causa, fare causa, giudice di pace, codacons, altroconsumo,
      federconsumatori, agcom, antitrust, garante, associazione consumatori, tutela dei consumatori, diffida,
      conciliazione, reclamo formale, gdpr`,
    money: `
      rimbors(o|i|are|ato|ata|atemi|ino|ate), mi rimborsate, indietro i (miei |)soldi, i miei soldi,
      ridatemi (i|i miei) soldi, restitu(ite|ire|zione) (i soldi|i miei soldi|dei soldi|il denaro|dell importo),
      risarci(mento|re|te), indennizzo, addebitat(o|a|i|e) (due volte|doppio|per errore|), doppio addebito,
      addebito (doppio|non autorizzato|errato|non dovuto), pagat(o|a) due volte, (due volte) lo stesso importo,
      fattura (sbagliata|errata|doppia|gonfiata), bolletta (sbagliata|errata|gonfiata|pazza),
      soldi (persi|buttati|rubati), storno, compensazione, buono sconto, voucher`,
    unheard: `
      nessun(o|) (risponde|mi risponde|aiuta|sa|ci|mi|si|ha|risposta|rispondere|che risponda|che),
      nessuna (risposta|notizia|soluzione|informazione|comunicazione|assistenza),
      non (risponde|rispondete|rispondono|mi rispondono|mi risponde|ricevo risposta|ho ricevuto risposta|
        ho risposta|avete risposto) (nessuno|mai|più|al telefono|),
      senza (risposta|soluzione|notizie|assistenza|spiegazioni|informazioni),
      (ore|minuti|giorni|settimane|mesi) (di attesa|in attesa|d attesa|che aspetto|ad aspettare|al telefono),
      (da|sono) (_|) (ore|giorni|settimane|mesi) (che|in attesa|senza|al), sto aspettando,
      aspetto (da|ancora|una|il), stiamo aspettando, in attesa (da|di|al|),
      ancora (non|niente|nessun|nessuna|in attesa|nulla|aspetto),
      (mi hanno|hanno|avete) (riattaccato|chiuso il telefono|ignorato), ignorat(o|a|i), ignorano,
      irreperibil(e|i), irraggiungibil(e|i), servizio clienti, assistenza (clienti |)(inesistente|pessima|zero),
      call center, sollecit(i|ato), da (giorni|settimane|mesi|ore)`,
    service: `
      ritard(o|i|ato), in ritardo,
      (volo|ordine|treno|prenotazione|viaggio|appuntamento) (cancellat(o|a)|annullat(o|a)|in ritardo|soppresso),
      cancellat(o|a|i), annullat(o|a|i), soppresso, cancellazione,
      (perso|smarrito|perduto) (il|la|i|mio|le|la mia|il mio|i miei|la nostra) (bagaglio|valigia|bagagli|pacco|
        coincidenza|volo|ordine|valigie),
      (bagaglio|valigia|pacco|bagagli) (smarrit(o|a|i)|pers(o|a|i)|danneggiat(o|a)|rott(o|a)|mai arrivat(o|a)),
      smarrit(o|a|i), overbooking,
      (non|mai|non è mai|non è ancora|non è) (arrivat(o|a|i)|consegnat(o|a)|ricevut(o|a)|spedit(o|a)|pervenut(o|a)),
      non ho (ricevuto|ancora ricevuto|mai ricevuto),
      prodotto (sbagliato|errato|danneggiato|difettoso|rotto|usato),
      (ordine|articolo|taglia|colore|pacco) (sbagliat(o|a)|errat(o|a)|incomplet(o|a)|mancante),
      manca (un|una|il|la) (pezzo|articolo|prodotto|parte), danneggiat(o|a), maleducat(o|a|i), scortes(e|i),
      arrogant(e|i), sgarbat(o|a|i),
      (pessim(o|a)|terribile|vergognoso|scarso) (servizio|assistenza|esperienza|trattamento),
      trattat(o|a|i) (male|malissimo|come), disservizi(o|), bloccat(o|a|i) (in|a|all|al|da),
      lasciat(o|a|i) a (piedi|terra), rifiut(ano|ato|ata|a di), negato, reclam(o|i|are), lament(o|ela|are),
      consegna (mancata|in ritardo|sbagliata)`,
    failure: `
      non (funziona|funzionano|va|si accende|si apre|carica|si carica|si connette|si collega|stampa|parte|
        si avvia|riconosce|risponde il|sincronizza|mi fa|mi lascia|riesco|riesce|si vede|si sente|prende|compare|
        aggiorna|permette),
      smesso di (funzionare|caricare|stampare), rott(o|a|i), si è rott(o|a), guast(o|a|i), difettos(o|a),
      difetto, si (blocca|spegne|riavvia|disconnette|chiude|impalla|pianta), bloccat(o|a), crash(a|ato|),
      errore, errori, messaggio di errore, problem(a|i), bug, malfunzionament(o|i), schermo (nero|blu|bianco),
      schermata (nera|blu|bianca), (niente|nessun) (audio|segnale|suono),
      impossibile (accedere|collegarsi|entrare|usare|pagare|prenotare|aprire),
      cade (la linea|sempre|la connessione), va (a scatti|lentissim(o|a)|in errore|in crash), fuori uso,
      inutilizzabile`,
    outage: `
      (è|sono|ancora|tutto) (giù|down|offline|fuori servizio),
      (sito|app|server|rete|servizio|internet|linea|sistema) (è |)(down|giù|offline|non raggiungibile|
        irraggiungibile|fuori servizio|assente),
      senza (internet|linea|connessione|rete|corrente|servizio|segnale), niente (internet|linea|rete),
      (anche a voi|qualcun altro|anche voi), blackout, disservizio generale, guasto generale, isolati`,
    account: `
      (mio|mia|miei|mie|il mio|la mia) (ordine|prenotazione|account|conto|biglietto|volo|bagaglio|valigia|pacco|
        contratto|fattura|carta|abbonamento|linea|spedizione|pratica),
      nostro (volo|ordine|bagaglio), numero (d |di |)(ordine|prenotazione|pratica|tracking|cliente),
      codice (di prenotazione|cliente), account (bloccato|hackerato|sospeso), hackerat(o|a),
      cambiare (il |)(volo|biglietto|nome|prenotazione)`,
    agent: `
      parlare con (qualcuno|un operatore|una persona|un umano|un responsabile), operator(e|i|ore), responsabile,
      supervisore, (richiamate|contattate|rispondete|chiamate)(mi|ci|),
      essere (ricontattato|richiamato|contattato), in (privato|dm|direct),
      (qualcuno|potete) (può|mi|aiutarmi|contattarmi|verificare|rispondere), assistenza clienti,
      vostri (operatori|dipendenti|addetti), personale (di|a|scortese|maleducato)`,
    urgent: `
      urgent(e|i|emente|issimo), urgenza, il prima possibile, al più presto, immediatamente, subito, adesso,
      emergenza, aiuto, aiutatemi, ho bisogno (urgente|subito|di aiuto), quanto prima, sos, con urgenza`,
    deadline: `
      oggi, stasera, domani, stamattina, ora, questa (sera|mattina|settimana|notte), tra (un|due|poche) or(a|e),
      entro (domani|oggi|stasera|venerdì|lunedì|mezzogiorno), scadenza, ultimo giorno, in aeroporto, all ultimo`,
    danger: `
      fumo, fuma, odore di (bruciato|gas|fumo|plastica bruciata), puzza di (bruciato|gas),
      bruci(a|ato|ata|atura), preso fuoco, prende fuoco, in fiamme, fuoco, incendio, fiamme, scintill(e|a),
      esplos(o|a|ione), scossa (elettrica|), preso la scossa, fulminat(o|a), sciolt(o|a), fuso, ferit(o|a|i),
      ospedale, reazione allergica, intossica(zione|to), pericolos(o|a), pericolo, batteria gonfia, fuga di gas`,
    technical: `
      firmware, router, api, driver, dns, dhcp, indirizzo ip, kernel, ssh, bios, riavvi(are|ato|o),
      ripristin(are|o|ato), reset, log, file di log, configura(zione|re), impostazioni, usb, ethernet, wifi,
      wi fi, bluetooth, banda, latenza, ping, porte, webhook, json, sql, database, server, certificato, ssl,
      token, sdk, plugin, linux, ubuntu, macos, windows (10|11), android (12|13|14|15|16), ios (16|17|18|26),
      memoria, cache, vpn, toner, testina, calibra(re|zione), compilare, beta, fibra, modem, aggiornamento`,
    expert: `
      codice (di |)errore, stack( |)trace, aggiornamento (del |)firmware, aggiornare il firmware, schermata blu,
      bootloader, kernel panic, errore (http|del server|interno|di segmentazione), segfault, memory leak,
      chiave api, riga di comando, eccezione, porta (80|443|22|8080), modbus, cors, perdita di pacchetti`,
    asks: `
      come (posso|si|faccio|fare|funziona|mai|attivo|cambio|configuro|potrei|possiamo),
      qualcuno (sa|può|ha|conosce|mi), (sapete|sai) (se|quando|come|dirmi|qualcosa),
      (quando|a che ora) (esce|arriva|apre|torna|sarà|parte|uscirà|arriverà|riapre),
      dove (posso|si|trovo|è|sono|trovate), (c è|ci sono|esiste) (un|una|qualche|modo|qualcuno|la),
      (è possibile|si può|posso|potete|potreste|può|devo) _,
      (qual|quale|quali) (è|modello|versione|sono|differenza), quanto (costa|tempo|ci|dura),
      (cosa|che cosa) (devo|significa|vuol|posso|fare), (ho una|una) (domanda|curiosità|informazione), domanda,
      è compatibile, mi chiedo, mi (sapete|potete|potreste|può|sa|sai) _, vorrei sapere, avete, è normale`,
    interrogative: `
      come, perché, quando, dove, cosa, chi, quale, quali, quanto, quanti, c è, è normale, si può, qualcuno,
      avete, che, sapete`,
    idea: `
      sarebbe (bello|utile|fantastico|comodo|ottimo|carino|perfetto|interessante|una bella idea|molto utile|
        bellissimo|il massimo) (se|poter|avere|che|aggiungere|un|una),
      (potreste|potete) (aggiungere|inserire|introdurre|includere|mettere|prevedere|implementare|fare),
      mi piacerebbe (che|poter|se|vedere|avere|una|un), (vorrei|vorremmo) (poter|che|vedere) _,
      suggeriment(o|i), suggerisco, propongo, proposta, un idea, idea, la mia idea,
      dovreste (aggiungere|fare|mettere|inserire|permettere|introdurre|offrire),
      (aggiungete|inserite|mettete|introducete) (un|una|la|il|l),
      perché non (aggiungete|mettete|fate|inserite|introducete),
      manca (solo |)(un|una|l|la) (opzione|modalità|funzione|pulsante|funzionalità), modalità (scura|notte),
      magari (aggiungeste|una|un)`,
    hope: `
      spero, speriamo, speranza, non vedo l ora, fiducia, fiducios(o|a), impaziente, emozionat(o|a), ottimista,
      incrociamo le dita, dita incrociate, sogno, presto, coraggio, forza, in bocca al lupo, finalmente`,
    sad: `
      triste, tristezza, delus(o|a|i), delusione, peccato, purtroppo, mi dispiace, dispiace, dispiaciut(o|a),
      piang(o|ere), lacrime, amarezza, amareggiat(o|a), sconsolat(o|a), depress(o|a), sol(o|a) come, dolore,
      mi manca(te|no|), rimpiango, sconforto, ahimè`,
    solved: `
      risolt(o|a), sistemat(o|a), riparat(o|a), (ora|adesso|finalmente) (funziona|va|è tutto a posto),
      problema risolto, tutto (ok|a posto|bene|perfetto|risolto), senza (problemi|alcun problema|intoppi),
      nessun problema, mai (avuto problemi|un problema|deluso), funziona di nuovo, ha funzionato`,
    press: `
      giornalista, reporter, stampa, ufficio stampa, per (un|il mio|un nostro) (articolo|servizio|reportage),
      redazione (di|del), richiesta di intervista, intervista`,
    selfHarm: `
      suicid(io|armi|arsi|i), ammazzar(mi|si), mi ammazzo, uccider(mi|si), (voglio|vorrei|preferisco) morire,
      voglia di morire, farla finita, toglier(mi|si) (la vita|di mezzo), (mettere|porre) fine alla mia vita,
      non voglio (più |)(vivere|esistere|svegliarmi|esserci), (non ho|senza|perso la) (più |)voglia di vivere,
      (motivo|motivi|ragione|ragioni) per vivere, (vorrei|preferirei) essere mort(o|a), meglio senza di me,
      farmi del male, mi faccio del male, tagliarmi (le vene|le braccia|di nuovo), impiccarmi, autolesionismo,
      buttarmi (dal|giù dal|sotto un|sotto il) (ponte|balcone|treno), (ingoiare|ingoiato|prendere|preso) tutte le pastiglie`,
    spam: `
      cripto(valute|), crypto, bitcoin, airdrop, giveaway,
      guadagn(a|are|i) (soldi|online|da casa|subito|facile), soldi facili, reddito passivo, lavora da casa,
      clicca (qui|sul link|il link), link in bio, investi (ora|con|subito|in), rendimenti garantiti, raddoppia,
      casinò, casino online, scommesse, follower gratis, codice (sconto|promo),
      prestit(i|o) (veloce|facile|immediato), unisciti al (canale|gruppo), entra nel (canale|gruppo), telegram,
      offerta limitata, gratis, compra ora`,
  },
}
