import type { WordList } from '../cues.ts'

/** French. Elided words stand without their apostrophe: "j'ai" is read as "j" and "ai". */
export const fr: WordList = {
  neutral: `
    nouveau, nouvelle, nouveaux, seul, même, autre, premier, dernier, petit, petite, grand, grande, vrai, sûr,
    tout, certain, simple, long, jeune, haut, sûre, nécessaire, disponible, important, importante, prochain`,
  negators: `pas, jamais, ne, n, sans, aucun, aucune, rien, personne, ni, plus aucun, manque de`,
  boosters: `
    très, trop, super, tellement, vraiment, totalement, complètement, absolument, extrêmement, si, hyper, ultra,
    vachement, tout à fait, toujours`,
  dampers: `un peu, assez, plutôt, légèrement, presque, à peu près, peut être`,
  contrast: `mais, cependant, pourtant, par contre, sauf, malgré`,
  cues: {
    thanks: `
      merci,
      merci (beaucoup|infiniment|mille fois|encore|à vous|à toute|pour (tout|votre aide|votre réponse|la réponse|
        votre réactivité)),
      mille mercis, un grand merci, bravo, félicitations, chapeau, bon travail, beau travail, bien joué,
      je vous remercie, reconnaissant(e|)`,
    delight: `
      j adore, adore, adoré, génial(e|), excellent(e|s|), parfait(e|s|), parfaitement, formidable, fantastique,
      magnifique, incroyable, merveilleux, merveilleuse, extraordinaire, impeccable, au top, top, le meilleur,
      la meilleure, les meilleurs, je recommande, recommande, ravi(e|s|), bluffé(e|), enchanté(e|), un régal,
      nickel, exceptionnel(le|), superbe(s|), fonctionne (à merveille|parfaitement|très bien),
      marche (à merveille|parfaitement|très bien|nickel), coup de coeur, que du bonheur`,
    good: `
      bon, bonne, bons, bien, content(e|s|), heureux, heureuse, satisfait(e|s|), rapide(s|), facile, sympa(s|),
      sympathique, gentil(le|s|), agréable(s|), efficace(s|), pratique, utile, cool, joli(e|), beau, belle,
      confortable, plaisir, réactif, réactive, chaleureux`,
    bad: `
      mauvais(e|es|), mal, pire, lent(e|s|), nul(le|s|les|), moyen, sale, inutile, compliqué(e|),
      désagréable(s|), décevant(e|), inconfortable, médiocre, galère, dommage, pénible, bof, frustrant(e|),
      catastrophe`,
    sarcasm: `
      merci (pour rien|de me (faire|laisser|prendre)|d avoir (perdu|annulé|ruiné|gâché)|pour le retard),
      bravo (pour le retard|pour rien|la sncf|le service|pour la perte), quel service, beau service,
      on se moque, la blague, belle mentalité`,
    hostile: `
      voleur(s|), escroc(s|), escroquerie, arnaque(s|ur|urs|), menteur(s|), mensonge(s|), mentent,
      incompétent(e|s|), incompétence, honte, honteux, honteuse, une honte, scandaleux, scandaleuse, scandale,
      inadmissible, inacceptable, lamentable, minable, pathétique, ridicule, horrible, affreux, dégoûtant,
      déplorable, abusé, foutage de gueule, vous foutez, se foutent, se foute, se moque(nt|) (de|du),
      prendre pour des cons, bande de, clowns, idiots, débile, déteste, le pire, la pire,
      pire (service|compagnie|expérience), zéro, fuyez, à fuir, vol, irrespectueux, indigne, désastreux,
      désastreuse, une blague, cauchemar`,
    swearing: `
      merde, putain, bordel, connard(s|), con, cons, conne, enculé(s|), chier, fait chier, ras le cul, foutre,
      foutu, salopard(s|), saloperie, ptn, fdp, ta gueule`,
    fury: `
      marre, ras le bol, j en ai (marre|assez|ras le bol|plein), en ai marre, ça suffit, furieux, furieuse,
      en colère, énervé(e|s|), excédé(e|), révolté(e|), outré(e|), indigné(e|), à bout, plus jamais,
      jamais plus, le comble, c est le comble, n importe quoi, du grand n importe quoi, vous vous moquez,
      perte de temps, manque de respect, aucun respect, comment osez`,
    leaving: `
      (je|j) (change|vais changer|quitte|résilie|passe à la concurrence|pars), change d opérateur,
      changer d (opérateur|assurance|banque|compagnie), résilie(r|), résiliation, à la concurrence,
      chez (un concurrent|la concurrence), dernière fois que,
      ne (reviendrai|reviendrais|commanderai|volerai|voyagerai|remettrai|reprendrai|repasserai) (plus|jamais|pas),
      plus jamais (chez|je|de), (perdu|perdez|perdre) un(e|) client(e|),
      annuler mon (abonnement|contrat|compte), clôturer mon compte, supprimer mon compte, me désabonne`,
    lawyer: `
      avocat(e|s|), tribunal, porter plainte, porte plainte, dépose(r|) plainte, plainte, poursuites,
      action en justice, en justice, voie juridique, mise en demeure, huissier, ufc que choisir, que choisir,
      dgccrf, signal conso, signalconso, répression des fraudes, médiateur, médiation,
      associations de consommateurs, rgpd, cnil`,
    money: `
      rembours(é|ée|er|ez|ement|ements|ée|és|e), remboursez moi, me rembourser,
      rendez (moi|nous) (mon|notre) argent, mon argent, dédommage(ment|r|z|), indemnis(ation|er|é),
      débité(e|) (deux fois|2 fois|en double|), prélev(é|ée|er) (deux fois|2 fois|en double|), prélevé,
      prélèvement (en trop|injustifié|indu), factur(é|ée) (deux fois|2 fois|en double|à tort),
      double (débit|prélèvement|facturation|facture), surfactur(é|ation), trop perçu,
      facture (fausse|erronée|incorrecte), avoir de, bon d achat, geste commercial`,
    unheard: `
      personne (ne|n) (répond|décroche|aide|me|sait|est|nous|veut),
      aucune (réponse|nouvelle|info|information|solution|explication|aide|communication),
      pas de (réponse|nouvelle|nouvelles|solution|retour|suivi),
      sans (réponse|nouvelle|nouvelles|solution|retour|explication),
      toujours (pas de|pas reçu|pas|rien|aucune|en attente), j attends,
      attend(s|ons) (depuis|toujours|une réponse|encore), en attente,
      (heures|minutes|jours|semaines|mois) (d attente|à attendre|au téléphone|que j attends),
      depuis (des|plusieurs|deux|trois|2|3|4|5|_) (heures|jours|semaines|mois), raccroch(é|ent|e),
      (me|nous) raccroch(e|é|ent), ignor(é|ent|ée|ez|e), injoignable(s|), service client,
      ne (répond|répondez|répondent) (pas|jamais|plus|à rien), relances, relancé`,
    service: `
      retard(s|é|ée|), (vol|train|commande|réservation|rendez vous|livraison) (annulé|annulée|retardé|retardée),
      annul(é|ée|és|ation|ent|ez),
      perdu (mon|ma|mes|notre|nos|votre) (bagage|valise|bagages|colis|commande|valises|correspondance),
      (bagage|valise|colis|bagages) (perdu|perdue|perdus|endommagé|endommagée|abîmé|manquant|introuvable),
      raté (ma|mon|notre) (correspondance|vol|train), surbooking, surréservation,
      (jamais|pas|pas encore|toujours pas|rien) (reçu|livré|arrivé|arrivée|reçue|livrée),
      n est (jamais|toujours pas|pas) (arrivé|arrivée|venu|passé),
      n (ai|avons) (rien|jamais|toujours pas|pas) reçu, mauvais (article|produit|colis|service|taille),
      (produit|article) (manquant|abîmé|défectueux|cassé), endommagé(e|s|), abîmé(e|s|), impoli(e|s|),
      malpoli(s|), agressif, agressive, mal (reçu|accueilli|accueillis), mépris, méprisant(e|),
      (service|accueil|conseiller|sav) (nul|lamentable|déplorable|inexistant|horrible|catastrophique|pitoyable),
      inexistant, bloqué(s|e|) (à|dans|au|en), refus(é|ent|e|ez) (de|l), réclamation(s|), litige,
      erreur de (commande|livraison|votre part), sav`,
    failure: `
      ne (marche|fonctionne|s allume|démarre|charge|connecte|imprime|répond|s ouvre|se connecte|se charge|veut|
        détecte|reconnaît|marchent|fonctionnent|synchronise) (pas|plus|jamais|rien),
      (marche|fonctionne|s allume|démarre|charge|imprime|connecte|s ouvre) (pas|plus), impossible (de|d) _,
      (je ne|je|j) (peux|arrive|parviens) (pas|plus) (à|) _, n arrive (pas|plus) à, en panne, panne,
      tombé(e|) en panne, cassé(e|s|), bug(s|gé|gue|ue|), bugs, plant(e|é|age|ages|ent),
      se (bloque|fige|coupe|déconnecte|ferme|éteint), coupures, erreur(s|), message d erreur, défaut,
      défectueux, défectueuse, problème(s|), souci(s|), dysfonctionne(ment|ments|), écran (noir|bleu|blanc),
      figé(e|), rame, ça rame, pas de (son|signal|connexion|réseau), hors service, hs`,
    outage: `
      panne (générale|nationale|réseau|d internet|internet|électrique|de),
      (site|service|serveur(s|)|application|appli|réseau|internet) (est |sont |)(down|hors ligne|en panne|
        inaccessible|coupé|indisponible),
      plus (de|d) (réseau|internet|connexion|courant|service), pas (de|d) (réseau|internet|courant), hors ligne,
      (d autres|quelqu un d autre), coupure (internet|de courant|générale|réseau)`,
    account: `
      (ma|mon|mes) (commande|réservation|compte|billet|billets|vol|bagage|bagages|valise|colis|contrat|facture|
        carte|abonnement|ligne|dossier|livraison),
      notre (commande|vol|réservation|dossier), numéro de (commande|dossier|suivi|réservation|client),
      compte (bloqué|piraté|suspendu), piraté, changer (mon|de) (billet|vol|nom|adresse)`,
    agent: `
      parler à (quelqu un|un humain|une personne|un conseiller|un responsable),
      un (conseiller|responsable|humain|agent), responsable, superviseur,
      (rappel|contact|répond)(ez|er) (moi|nous|à), me (rappeler|contacter|répondre),
      (en|par) (mp|dm|message privé|privé), service clients, vos (conseillers|agents|équipes|employés),
      quelqu un peut, conseillère`,
    urgent: `
      urgent(e|s|), urgence, d urgence, au plus vite, le plus vite possible, immédiatement, tout de suite,
      rapidement, besoin d aide (urgent|maintenant|vite), au secours, aidez (moi|nous), à l aide, sos,
      dès que possible`,
    deadline: `
      aujourd hui, ce soir, demain, maintenant, ce matin, cette (semaine|nuit|après midi),
      dans (une|deux|quelques) heures, avant (demain|ce soir|midi|vendredi|lundi), délai, date limite,
      à l aéroport, dernier moment`,
    danger: `
      fumée, fume, odeur de (brûlé|gaz|fumée|plastique brûlé), sent le (brûlé|gaz), brûl(é|ée|e|ure|ures|ait),
      pris feu, prend feu, en feu, feu, incendie, flamme(s|), étincelle(s|), explos(é|ée|ion),
      électrocut(é|ée|ion), décharge électrique, choc électrique, fondu(e|), fond, blessé(e|s|), blessure,
      hôpital, réaction allergique, intoxication, dangereux, dangereuse, batterie gonflée, fuite de gaz`,
    technical: `
      firmware, micrologiciel, routeur, api, pilote(s|), driver, dns, dhcp, adresse ip, noyau, ssh, bios,
      redémarr(er|é|age), réinitialis(er|é|ation), logs, journal d erreurs, configuration, paramétrage, usb,
      ethernet, wifi, wi fi, bluetooth, bande passante, latence, ping, port, webhook, json, sql,
      base de données, serveur, certificat, ssl, jeton, sdk, plugin, linux, ubuntu, macos, windows (10|11),
      android (12|13|14|15|16), ios (16|17|18|26), mémoire, cache, vpn, toner, tête d impression,
      calibr(er|age), compiler, bêta, fibre, box, mise à jour`,
    expert: `
      code (d |)erreur, trace d appel, mise à jour (du |de |)(firmware|micrologiciel), écran bleu, bootloader,
      kernel panic, erreur (http|serveur|interne|de segmentation), segfault, fuite (de |)mémoire, clé api,
      ligne de commande, exception, port (80|443|22|8080), modbus, cors`,
    asks: `
      comment (faire|puis|on|je|ça|fait|peut|activer|changer|configurer|savoir|contacter|obtenir),
      est ce (que|qu|possible|normal), (quelqu un|qqn) (sait|saurait|a|peut|connaît),
      (savez|sauriez|pouvez|pourriez|avez|auriez|proposez) vous _, y a t il,
      (où|ou) (puis je|est|se|trouver|peut on|sont),
      (quand|à quelle heure) (est|sera|aura|arrive|sort|ouvre|va|reviendra|seront),
      (quel|quelle|quels|quelles) (est|sont|modèle|version|différence|délai), combien (de temps|coûte|ça),
      (puis je|peut on|dois je|faut il|serait il), je me demande, une question, j ai une question,
      petite question, c est quoi, que (faire|dois je|signifie), qu est ce (que|qu)`,
    interrogative: `
      comment, pourquoi, quand, où, quel, quelle, combien, qui, est ce que, que, quoi, avez vous, peut on`,
    idea: `
      (ce|ça) serait (bien|génial|super|cool|top|pratique|utile|sympa|bien mieux|vraiment bien|parfait) (de|d|que|
        qu|si),
      serait il possible d ajouter, (pourriez|pouvez) vous (ajouter|intégrer|proposer|prévoir|inclure|remettre),
      j aimerais (que|qu|pouvoir|voir|avoir), suggestion(s|), je (suggère|propose), proposition, une idée,
      mon idée, vous devriez (ajouter|proposer|faire|mettre|permettre|prévoir),
      il faudrait (ajouter|un|une|pouvoir|que), pourquoi ne pas (ajouter|proposer|faire|mettre),
      (il manque|manque) (un|une|juste un|juste une) (option|mode|fonction|bouton|fonctionnalité),
      ajoutez (un|une|le|la), mode sombre, à quand (un|une|le|la), demande de fonctionnalité`,
    hope: `
      espère, espérons, espoir, hâte, j ai hâte, vivement, impatient(e|), croisons les doigts, doigts croisés,
      confiance, motivé(e|), optimiste, rêve, bientôt, courage, excité(e|)`,
    sad: `
      triste(s|sse|), tristement, déçu(e|s|), déception, dommage, malheureusement, désolé(e|), pleure(r|),
      larmes, hélas, regrette, quel dommage, déprim(é|ée|ant), peine, seul(e|), vous me manquez, manque,
      chagrin, désespéré(e|), navré(e|)`,
    solved: `
      réglé(e|), résolu(e|), réparé(e|), problème (réglé|résolu),
      ça (marche|fonctionne) (maintenant|enfin|de nouveau|bien|à nouveau|parfaitement),
      sans (aucun |)(problème|souci|accroc), aucun (problème|souci),
      (pas|jamais) (de|un|un seul) (problème|souci), jamais (déçu|déçue), pas déçu(e|), rien à (redire|dire),
      c est réglé`,
    press: `
      journaliste, reporter, presse, attaché de presse, service presse, contact presse,
      pour un (article|reportage), rédaction de, demande d interview, interview`,
    selfHarm: `
      suicide(r|), suicidaire(s|), me suicider, se suicider, me tuer, (envie|veux|voudrais|préfère|préférerais) (de |)mourir,
      mettre fin à (mes jours|ma vie), en finir avec la vie, envie d en finir, (plus|pas) envie de vivre,
      (veux|voulais) plus (vivre|exister|me réveiller|être en vie), ne plus (vivre|me réveiller|exister),
      (raison|raisons) de vivre, me faire du mal, me fais (du mal|mal aux bras), m ouvrir les veines, me pendre,
      me jeter (sous|par la fenêtre|du pont|d un pont|dans le vide), me foutre en l air, mieux sans moi,
      (voudrais|aimerais|préférerais) être mort(e|), automutil(er|ation|e), me scarifi(er|e), (tous les|tous mes) cachets`,
    spam: `
      crypto(s|monnaie|), bitcoin, airdrop, concours, gagne(z|r|) de l argent, argent (facile|rapide),
      revenus (passifs|complémentaires), travail(ler|lez) (de|depuis) chez, clique(z|) ici, cliquez sur le lien,
      lien en bio, investi(r|ssez|ssement) (garanti|rapide|dans), doublez (vos|votre), casino,
      paris (sportifs|gagnants), abonnés gratuits, code promo, prêt (rapide|entre particuliers),
      rejoi(ns|gnez) (mon|notre|ma) (canal|groupe|chaîne), telegram, offre limitée, gratuit(ement|)`,
  },
}
