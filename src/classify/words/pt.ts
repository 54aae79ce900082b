import type { WordList } from '../cues.ts'

/** Portuguese, of Brazil and of Portugal. */
export const pt: WordList = {
  neutral: `
    não, favor, ajuda, ajudar, quero, querer, sim, importante, apoio, alto, prêmio, unido, parar, fogo, claro,
    solução, crédito, compartilhar, partilhar, grande, por favor`,
  negators: `não, nao, nunca, jamais, nem, sem, nada, ninguém, nenhum, nenhuma, tampouco, falta de`,
  boosters: `
    muito, muita, tão, super, demais, totalmente, absolutamente, realmente, extremamente, sempre, bem, bastante,
    mega, completamente, mais`,
  dampers: `um pouco, meio, quase, talvez, ligeiramente, mais ou menos, um pouquinho`,
  contrast: `mas, porém, contudo, entretanto, embora, apesar, exceto`,
  cues: {
    thanks: `
      obrigad(o|a|os|ão|inho|inha), muito obrigad(o|a), valeu, agradeço, agradecid(o|a), grato, grata, parabéns,
      bom trabalho, ótimo trabalho, excelente trabalho, bem feito, palmas, gratidão`,
    delight: `
      amo, amei, adoro, adorei, (o|a) melhor, melhor (app|empresa|atendimento|compra), maravilh(a|oso|osa|osos),
      incrível, ótim(o|a|os|as), excelente(s|), perfeit(o|a|os|as|amente), fantástic(o|a), sensacional,
      espetacular, genial, fabulos(o|a), impecável, encantad(o|a), apaixonad(o|a), nota (10|dez|mil), recomendo,
      show, show de bola, top, impressionad(o|a), surpreendente,
      funciona (perfeitamente|muito bem|que é uma maravilha|lindamente), excepcional, lind(o|a|os|as)`,
    good: `
      bom, boa, bons, boas, bem, legal, bacana, feliz, felizes, contente(s|), satisfeit(o|a|os), rápid(o|a|os),
      fácil, fix(e|), gentil, simpátic(o|a|os), atencios(o|a|os), educad(o|a|os), agradável, confortável, útil,
      gostei, gosto, eficiente(s|), massa, alegria, bonit(o|a)`,
    bad: `
      mau, má, ruim, ruins, mal, pior, lent(o|a|os|as), chato, chata, suj(o|a), confus(o|a), inútil, fraco,
      fraca, desagradável, desconfortável, decepcionante, frustrante, complicad(o|a), péssima, desastre,
      difícil`,
    sarcasm: `
      obrigad(o|a) por (nada|perder|estragar|ignorar|cancelar|me deixar|me fazer),
      parabéns (pela|pelo) (incompetência|atraso|péssimo|desrespeito|descaso|demora), belo serviço,
      lindo serviço, que maravilha de, valeu por nada, bonito serviço`,
    hostile: `
      ladr(ão|ões), golpe, golpistas, mentiros(o|a|os), mentira(s|), mentem, mentiram, enganação,
      engana(m|ção|ram|ndo), incompetente(s|), incompetência, vergonha, vergonhos(o|a), uma vergonha,
      que vergonha, péssim(o|a|os|as), lixo, um lixo, horrível, horríveis, terrível, nojo, nojent(o|a),
      ridícul(o|a|os), absurdo, um absurdo, inaceitável, inadmissível, palhaçada, palhaços, descaso,
      desrespeito, desrespeitos(o|a), roubo, roubando, roubad(o|a), picareta(s|), idiotas, burros, odeio, odiei,
      lamentável, revoltante, fraude, burla, burlões, vigarice, vigaristas, falta de respeito,
      falta de vergonha, brincadeira, deplorável, patétic(o|a), nunca vi igual, fujam, bagunça`,
    swearing: `
      merda, porra, caralho, puta, puto, putos, pqp, fdp, vsf, vtnc, cacete, desgraça(dos|), bosta, foda(m|),
      foder, cu, arrombados, filhos da puta, vão se foder, krl`,
    fury: `
      chega, cansei, cansad(o|a) (de|com|disso), de saco cheio, saco cheio, não aguento mais, fart(o|a),
      furios(o|a), revoltad(o|a|os), indignad(o|a|os), irritad(o|a|os), puto da vida, nunca mais, é o cúmulo,
      o cúmulo, já basta, basta, com raiva, raiva, ódio, estou passad(o|a), passou dos limites, perda de tempo,
      isso é uma piada, piada, que palhaçada, vocês são`,
    leaving: `
      (vou|quero) (cancelar|trocar|mudar|sair|migrar) (de|para|meu|minha|a|o|da) _,
      mudar de (operadora|banco|empresa|companhia), trocar de (operadora|banco|empresa),
      cancelar (minha|a|meu|o) (conta|assinatura|plano|contrato|cartão|linha), cancelei (minha|meu|a|o),
      última vez que, nunca mais (compro|voo|uso|viajo|volto|compro nada|contrato|peço),
      perderam (um|uma|mais um) cliente, vou para a concorrência, para a concorrência, encerrar (minha|a) conta,
      portabilidade, rescindir`,
    lawyer: `
      advogad(o|a|os), process(ar|o|arei|inho) (vocês|vcs|a empresa|judicial|contra|), vou processar, procon,
      reclame aqui, reclameaqui, justiça, ação judicial, juizado, pequenas causas, tribunal, anatel, anac,
      bacen, deco, livro de reclamações, medidas (legais|judiciais|cabíveis), meus direitos,
      direito do consumidor, defesa do consumidor, denúncia, denunciar, lgpd, boletim de ocorrência`,
    money: `
      reembols(o|ar|ado|ada|em|aram), estorn(o|ar|ado|aram|em),
      devolv(am|er|olvam|eram|ido) (meu|o|) (dinheiro|valor|), devolução (do|de|), meu dinheiro,
      dinheiro de volta, indeniza(ção|r), compensação,
      cobr(aram|ado|ada|ança|anças|ando) (duas vezes|em dobro|duplicad(o|a)|indevid(a|o|amente)|errad(a|o)|a mais),
      cobrança (indevida|dupla|duplicada|errada), cobraram, cobrad(o|a) duas vezes,
      fatura (errada|incorreta|duplicada), debitad(o|a|aram) (duas vezes|), desconto indevido,
      taxa (abusiva|indevida), ressarci(r|mento|do), voucher`,
    unheard: `
      ninguém (responde|atende|resolve|ajuda|sabe|me responde|me atende|dá|faz|liga),
      não (respondem|atendem|resolvem|me respondem|me atendem|retornam|dão retorno|tive resposta|tenho resposta|
        obtive resposta|há resposta),
      sem (resposta|retorno|solução|notícias|previsão|informação|atendimento|suporte),
      (horas|minutos|dias|semanas|meses) (esperando|à espera|de espera|aguardando|tentando),
      (estou|estamos) (há|a) _ (horas|minutos|dias|semanas|meses), (há|faz) (_|) (horas|dias|semanas|meses),
      à espera, esperando (há|resposta|uma|desde|até), aguardando (há|resposta|retorno|desde|até),
      ainda (não|nada|sem|espero|estou esperando), até agora (nada|não|nenhuma), até hoje (nada|não|nenhuma),
      desligam, desligaram, me ignoram, ignora(m|ndo|ram|), em espera, demora(m|ndo|), mau atendimento,
      atendimento`,
    service: `
      atras(o|os|ado|ada|ados|ou), (voo|pedido|reserva|viagem|compra|consulta) (cancelad(o|a)|atrasad(o|a)),
      cancelad(o|a|os), cancel(aram|ou|am),
      (perderam|extraviaram|perdeu) (minha|a|meu|o|nossa|as) (mala|bagagem|malas|encomenda|conexão|pedido),
      mala(s|) (extraviad(a|as)|perdida|danificada|quebrada|violada), bagagem (extraviada|perdida|danificada),
      extravi(o|ada|ado|aram), perdi (o|meu|a|minha) (voo|conexão), overbooking,
      não (chegou|chega|recebi|entregaram|foi entregue|veio|chegaram|entregam|enviaram|recebemos|entregou),
      nunca (chegou|chega|recebi|veio|entregaram), produto (errado|danificado|com defeito|trocado|quebrado),
      pedido (errado|incompleto|trocado|atrasado),
      (veio|chegou) (quebrad(o|a)|errad(o|a)|danificad(o|a)|com defeito|aberto|estragad(o|a)|faltando),
      faltando, danificad(o|a), gross(eiro|eira|eria|o|os), mal educad(o|a|os), mal atendid(o|a),
      péssim(o|a) (atendimento|serviço|experiência|empresa), mau (atendimento|serviço), recus(aram|am|ou),
      negaram, reclama(ção|ções|r|ndo), queixa, pres(o|a|os) (no|na|em), entrega (atrasada|errada)`,
    failure: `
      não (funciona|funcionam|está funcionando|tá funcionando|liga|carrega|conecta|abre|imprime|inicia|deixa|
        consigo|conseguimos|responde|reconhece|sincroniza|entra|aparece|atualiza|consegue|vai|dá para|dá pra|
        está a funcionar|pega|presta),
      parou de (funcionar|carregar|ligar|pegar), deixou de funcionar, quebrad(o|a|os), quebrou, estragad(o|a),
      estragou, avariad(o|a), avaria, trav(a|ando|ou|ado|am),
      (app|aplicativo|aplicação|sistema) (travando|trava|fecha|caindo|cai), fecha sozinho, desliga sozinho,
      erro(s|), mensagem de erro, falh(a|as|ou|ando), defeito(s|), defeituos(o|a), com defeito, problema(s|),
      bug(s|ado|ada|ou|), tela (preta|azul|branca), ecrã (preto|azul), sem (som|sinal|conexão), (muito |)lento,
      caindo toda hora, cai (toda hora|sempre|direto), impossível (acessar|entrar|aceder|usar|conectar), pifou`,
    outage: `
      (está|tá|estão|ficou|continua) fora do ar, fora do ar, caiu (o|a|tudo|geral|de novo),
      (sistema|site|app|servidor(es|)|internet|rede) (caiu|caíram|fora|indisponível|em baixo),
      sem (internet|sinal|serviço|rede|luz|energia|conexão), não há (internet|serviço|rede),
      (mais alguém|alguém mais), apagão, queda de (energia|internet), instabilidade, indisponível, em baixo`,
    account: `
      (meu|minha|meus|minhas) (pedido|reserva|conta|passagem|voo|mala|bagagem|encomenda|contrato|fatura|cartão|
        plano|assinatura|linha|compra|entrega|bilhete|passagens),
      nosso voo, número do (pedido|protocolo|cliente), número de (protocolo|encomenda|rastreio), protocolo,
      código de rastreio, conta (bloqueada|hackeada|suspensa), fui hackead(o|a), hackearam, remarcar,
      alterar (minha|a|meu|o) (passagem|reserva|voo|nome)`,
    agent: `
      falar com (alguém|um atendente|uma pessoa|um humano|o gerente|o responsável|atendente), atendente(s|),
      gerente, supervisor(a|), responsável,
      (me |)(ligu(em|e)|cham(em|a)|respond(am|a)|contat(em|e)|atend(am|a)),
      (no|na|por|pelo|via) (dm|direct|privado|inbox), alguém (pode|me|da|aí|resolve), sac, apoio ao cliente,
      funcionári(o|a|os), resolv(am|e) (isso|meu|logo|o)`,
    urgent: `
      urgente(mente|s|), urgência, com urgência, o mais rápido possível, imediat(o|amente), agora mesmo,
      emergência, preciso (de ajuda|urgente|para hoje|disso hoje|agora), socorro,
      (me |)ajud(em|a) (por favor|urgente|agora|), o quanto antes, já já, logo`,
    deadline: `
      hoje, amanhã, esta (noite|tarde|manhã|semana), hoje à noite, agora, em (uma|duas|poucas) horas,
      até (amanhã|hoje|sexta|segunda|meio dia), prazo, último dia, a tempo, no aeroporto`,
    danger: `
      fumaça, fumo, cheiro (de|a) (queimado|gás|fumaça), cheira a (queimado|gás),
      queim(ou|ando|ado|ada|ei|adura), pegou fogo, pegando fogo, fogo, incêndio, chamas, faísca(s|),
      explod(iu|ir|e), choque elétrico, levei (um |)choque, deu choque, derret(eu|endo|ido), ferid(o|a|os),
      machuc(ou|ado|ada), hospital, reação alérgica, intoxica(ção|do|da), perigos(o|a), perigo,
      bateria (inchada|estufada), vazamento de gás, fuga de gás`,
    technical: `
      firmware, roteador, router, api, driver(s|), dns, dhcp, ip, kernel, ssh, bios, reinici(ar|ei|ado|a),
      resetar, resetei, reset, restaurar, log, logs, configura(ção|r|ções), usb, ethernet, wifi, wi fi,
      bluetooth, latência, ping, porta(s|) _, webhook, json, sql, banco de dados, base de dados, servidor,
      certificado, ssl, token, sdk, plugin, linux, ubuntu, macos, windows (10|11), android (12|13|14|15|16),
      ios (16|17|18|26), memória, cache, vpn, toner, cabeça de impressão, calibrar, compilar, beta, fibra,
      modem, atualização`,
    expert: `
      código de erro, stack( |)trace, atualização (de|do) firmware, atualizar o firmware, tela azul, bootloader,
      kernel panic, erro (http|de servidor|interno|de segmentação), segfault, vazamento de memória,
      chave (de|da) api, linha de comando, exceção, porta (80|443|22|8080), modbus, cors, perda de pacotes`,
    asks: `
      como (faço|posso|é que|eu|fazer|funciona|consigo|altero|ativo|configuro|podemos|se),
      alguém (sabe|pode|tem|conhece|já|consegue),
      (vocês|vcs) (sabem|têm|tem|podem|aceitam|vendem|fazem|oferecem),
      (quando|que horas) (sai|chega|abre|volta|vai|será|vão|estará|fica),
      onde (posso|fica|está|encontro|eu|consigo|vejo),
      (tem|há|existe) (como|alguma|algum|previsão|jeito|possibilidade),
      (é possível|dá para|dá pra|posso|pode|podem|podiam|poderiam) _,
      qual (é|o|a|modelo|versão|prazo|diferença), quanto (custa|tempo|é|demora|fica),
      o que (significa|devo|fazer|faço|é), (tenho|uma) (dúvida|pergunta), dúvida, é compatível, será que,
      me (pergunto|explica|tira uma dúvida), sabem (se|quando|como), gostaria de saber, queria saber`,
    interrogative: `
      como, quando, onde, por que, porque, porquê, qual, quais, quem, quanto, quantos, o que, cadê, tem, há,
      será, alguém, é normal, vocês`,
    idea: `
      seria (bom|legal|ótimo|incrível|interessante|útil|massa|bacana|giro|excelente|fixe|perfeito|muito bom|
        muito útil) (se|que|poder|ter|uma|um|adicionar),
      (poderiam|podiam|podem|poderia) (adicionar|incluir|colocar|criar|fazer|lançar|implementar|acrescentar|pôr|
        ter),
      (gostaria|adoraria) (que|de ver|de ter|de poder), sugest(ão|ões), sugiro, proponho, proposta, uma ideia,
      minha ideia, deveriam (adicionar|colocar|criar|incluir|ter|fazer|permitir|lançar),
      (deviam|devia) (adicionar|ter|pôr|criar),
      (coloquem|adicionem|incluam|criem|acrescentem) (um|uma|a opção|o|a),
      por que não (adicionam|colocam|criam|fazem), falta (um|uma|a|só um|só uma) (opção|modo|função|botão),
      bem que (podiam|podia|poderia|vocês), modo (escuro|noturno), quem dera`,
    hope: `
      espero, esperamos, tomara, esperança, ansios(o|a|os), mal posso esperar, não vejo a hora, animad(o|a|os),
      empolgad(o|a), confiante, confio, torcendo, oxalá, sonho, vai melhorar, em breve, bora, força, fé`,
    sad: `
      triste(s|za|), pena, que pena, infelizmente, decepção, decepcionad(o|a|os), desilusão, desapontad(o|a),
      chorar, chorando, choro, lágrimas, lamento, sinto muito, saudade(s|), chatead(o|a), arrasad(o|a),
      deprimid(o|a), desanimad(o|a), dor, sozinh(o|a), magoad(o|a)`,
    solved: `
      resolvid(o|a), resolveram (tudo|meu|rápido|o), solucionad(o|a), consertad(o|a), arranjad(o|a),
      já (funciona|está funcionando|resolveram|chegou|está resolvido), problema (resolvido|solucionado),
      voltou a funcionar, voltou ao normal, sem (problemas|nenhum problema|problema algum|stress),
      nenhum problema, nunca (falha|deu problema|me decepcionou), deu certo, funcionou`,
    press: `
      jornalista, repórter, sou (jornalista|repórter), imprensa, assessoria de imprensa,
      para (uma|a) (matéria|reportagem|notícia), redação (do|da), pedido de entrevista, posicionamento`,
    selfHarm: `
      suicíd(io|ar), suicida(s|), me (suicidar|matar|enforcar), (se|te) suicidar, matar me,
      (quero|queria|vou|prefiro) morrer, vontade de morrer, (tirar|acabar com|terminar com) (a |)minha (própria |)vida,
      (dar|pôr|por) (um |)fim (à|a|na) (minha |)vida, não quero (mais |)(viver|existir|acordar),
      não (aguento|consigo) mais viver, me cortar, me cortando, me machucar, (automutilação|automutilar),
      (sem|perdi a|não tenho) vontade de viver, (motivo|motivos|razão) (para|pra) viver, melhor sem mim,
      (queria|preferia) (estar|tar) mort(o|a), cortar os pulsos, (tomar|tomei) todos os (remédios|comprimidos),
      me jogar (da ponte|da janela|do prédio|na frente)`,
    spam: `
      cripto(s|moedas|), bitcoin, airdrop, sorteio, ganh(e|ar|a) (dinheiro|até|renda),
      dinheiro (fácil|rápido|extra), renda (extra|passiva), trabalhe (de|em) casa, clique (aqui|no link),
      link na bio, invista, investimento garantido, dobre seu, cassino, casino, apostas, tigrinho,
      seguidores (grátis|reais), cupom, código promocional, empréstimo (fácil|rápido|aprovado),
      entre no (grupo|canal|meu grupo), telegram, oferta limitada, compre já, grátis, chama no whats(app|)`,
  },
}
