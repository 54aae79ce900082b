import type { WordList } from '../cues.ts'

/** Spanish, of Spain and of America. */
export const es: WordList = {
  neutral: `
    no, favor, ayuda, ayudar, quiero, querer, interesado, compartir, sí, importante, apoyo, alto, premio, unido,
    unidos, parar, fuego, claro, solución, soluciones, crédito, gran`,
  negators: `no, nunca, jamás, ni, tampoco, sin, nada, nadie, ningún, ninguna, apenas, falta de`,
  boosters: `
    muy, tan, súper, super, demasiado, totalmente, absolutamente, realmente, increíblemente, siempre, bastante,
    más`,
  dampers: `un poco, algo, casi, medio, ligeramente, más o menos, quizá, quizás`,
  contrast: `pero, sin embargo, aunque, excepto`,
  cues: {
    thanks: `
      gracias, muchas gracias, mil gracias, muchísimas gracias,
      gracias por (la ayuda|todo|la respuesta|responder), enhorabuena, felicidades, felicitaciones, bien hecho,
      buen trabajo, gran trabajo, se agradece, agradecid(o|a|os|as), os agradezco, les agradezco, aplausos`,
    delight: `
      me encanta(n|), me encantó, encantad(o|a|os|as), (lo|el|la) mejor, maravilla, maravillos(o|a|os|as),
      increíble, genial, fantástic(o|a), excelente(s|), espectacular, estupend(o|a), una pasada, de lujo,
      de diez, funciona (de maravilla|perfecto|perfectamente|genial), impecable, impresionante, recomiendo,
      recomendable, recomendad(o|a), perfect(o|a|amente), brillante, excepcional, inmejorable, amo`,
    good: `
      bien, buen, buen(o|a|os|as), content(o|a|os|as), feliz, amable(s|), rápid(o|a|os|as), fácil,
      cómod(o|a|os|as), bonit(o|a), satisfech(o|a), útil, lind(o|a), chévere, guay, mola, alegría`,
    bad: `
      mal, mal(o|a|os|as), peor, lent(o|a|os|as), incómod(o|a), suci(o|a), confus(o|a), inútil, fatal, desastre,
      decepcionante, molest(o|a), deficiente, regular, frustrante`,
    sarcasm: `
      gracias por (nada|arruinar|perder|ignorar|cancelar|el retraso|hacerme|dejarme|dejarnos), menudo servicio,
      vaya (servicio|tela|forma), qué bonito, buen trabajo (perdiendo|cancelando), de nada por`,
    hostile: `
      sinvergüenza(s|), ladron(es|a), ladrón, estafa, estafador(es|), timo, mentiros(o|a|os|as), mienten,
      mentira(s|), incompetente(s|), ineptos, inepto, vergüenza, vergonzos(o|a), una vergüenza, qué vergüenza,
      pésim(o|a|os|as), lamentable, inaceptable, ridícul(o|a), asco, asqueros(o|a), basura, horrible, terrible,
      nefast(o|a), deplorable, penos(o|a), robo, un robo, payasos, caraduras, idiotas, imbéciles, odio,
      indignante, intolerable, tomadura de pelo, se burlan, burla, engaño, fraude, inadmisible, bochornoso,
      patétic(o|a), malísim(o|a)`,
    swearing: `
      mierda, joder, coño, puta, puto, putos, hostia, cabrones, cabrón, gilipollas, carajo, chinga, chingada,
      pinche, verga, maldit(o|a|os|as), pendejos, cojones, me cago en`,
    fury: `
      hart(o|a|os|as), hasta (las narices|los cojones|el gorro|la coronilla|las pelotas), indignad(o|a|os|as),
      furios(o|a|os|as), cabread(o|a|os|as), enfadad(o|a|os|as), enojad(o|a|os|as), cansad(o|a|os|as) de,
      nunca más, no vuelvo (a|nunca), el colmo, es el colmo, ya basta, basta ya, no puede ser, increíble que,
      me tienen, qué falta de respeto, falta de respeto, pérdida de tiempo, es una broma`,
    leaving: `
      me (cambio|paso|voy) (a|de|con) (la competencia|otra|otro|compañía),
      cambiar(me|é|) de (compañía|operador|banco|proveedor|aerolínea), dar(me|) de baja, me doy de baja,
      doy de baja, cancelar (mi|la) (cuenta|suscripción|contrato|línea),
      cancelo (mi|la) (cuenta|suscripción|línea),
      no (vuelvo|volveré|volveremos) a (comprar|volar|viajar|usar|contratar|confiar), última vez que,
      (han perdido|perdieron|habéis perdido) (un|una) client(e|a), me voy a la competencia, portabilidad`,
    lawyer: `
      abogad(o|a|os), demanda(r|ré|rlos|rles|), voy a demandar, los voy a demandar, denuncia(r|ré|rlos|),
      voy a denunciar, juzgado, tribunales, acciones legales, vía legal, hoja de reclamaciones, consumo,
      profeco, facua, indecopi, condusef, ocu, sernac, defensa del consumidor, protección al consumidor,
      reclamación formal, rgpd`,
    money: `
      reembols(o|os|ar|en|arme|ado|aron|e), devolución, devolver(me|) (el|mi) (dinero|importe),
      devuelv(an|anme|eme) (el|mi|) (dinero|), me (devuelvan|devuelven|devuelvan el), mi dinero, compensación,
      indemnización, cobr(ado|aron|an|aste|asteis|ar) (dos veces|doble|de más|dos|mal),
      me (cobraron|han cobrado|habéis cobrado|cobran|cobrasteis), doble cobro, cobro (doble|indebido|duplicado),
      cargo (duplicado|indebido|doble|extra), factura (mal|errónea|incorrecta|equivocada), reintegro,
      bono de compensación`,
    unheard: `
      nadie (responde|contesta|atiende|ayuda|me responde|me contesta|da|sabe|nos|coge),
      no (responden|contestan|atienden|cogen|me responden|me contestan|hay respuesta|hay quien|dan respuesta|
        dan solución),
      sin (respuesta|contestación|solución|noticias|información), (horas|minutos|días|semanas) esperando,
      sigo esperando, seguimos esperando, esperando (una|) respuesta,
      (llevo|llevamos) (_|) (horas|minutos|días|semanas|rato|esperando), en espera,
      me (colgaron|cuelgan|ignoran|tienen en espera), me han colgado, ignora(n|do|ron|), pasan de,
      todavía no (me|he|han|hay), aún no (me|he|han|hay), desde hace (días|semanas|horas|meses), mala atención,
      atención al cliente`,
    service: `
      retras(o|os|ado|ada|ados), demor(a|as|ado|ada),
      (vuelo|pedido|reserva|viaje|tren|cita) (cancelad(o|a)|retrasad(o|a)), cancelad(o|a|os), cancel(aron|an|ó),
      me cancelaron, han cancelado,
      (perdid(o|a|os)|perdieron|perdéis) (mi|la|el|las|mis|nuestra) (maleta|equipaje|maletas|paquete|pedido|
        conexión),
      maleta(s|) (perdid(a|as)|rota|dañada), equipaje (perdido|dañado), perdí (el|mi|la) (vuelo|conexión),
      sobreventa, overbooking,
      no (llega|ha llegado|llegó|llegan|me llega|me ha llegado|llegaron|he recibido|recibí|me han enviado|recibo),
      nunca (llegó|llega|ha llegado|llegaron|recibí), pedido (equivocado|incompleto|incorrecto|perdido),
      producto (dañado|equivocado|defectuoso), llegó (rot(o|a)|dañad(o|a)|tarde|mal|abiert(o|a)),
      vino (rot(o|a)|dañad(o|a)|mal), dañad(o|a), maleducad(o|a|os), groser(o|a|os|ía),
      mal(a atención| servicio|os modos| trato), trato (pésimo|horrible|fatal),
      pésim(o|a) (servicio|atención|trato), falta (una|un|la|el) (pieza|artículo|producto), no me dejan,
      se niegan, me negaron, reclam(o|ación|aciones|ar), queja(s|), tirad(o|a|os) en`,
    failure: `
      no (funciona|funcionan|me funciona|enciende|carga|conecta|abre|imprime|arranca|va|sirve|me deja|deja|
        se conecta|se enciende|se abre|me permite|permite|responde|reconoce|sincroniza|entra|aparece|
        puedo (entrar|acceder|conectar|conectarme|abrir|iniciar|pagar|descargar|instalar|imprimir|usar|reservar|
        hacer|actualizar)),
      ha dejado de (funcionar|cargar|ir), dejó de (funcionar|cargar), rot(o|a|os|as), averiad(o|a), avería,
      estropead(o|a),
      se (cuelga|bloquea|cierra|apaga|reinicia|corta|congela|traba|rompió|ha roto|estropeó|queda (bloqueado|
        pillado|colgado)),
      error(es|), fall(o|os|a|an|ó|ando|as), defectuos(o|a), problema(s|), pantalla (negra|azul|en blanco),
      no hay (sonido|señal|conexión), va (fatal|mal|lento|lentísimo), descompuest(o|a), inservible, incidencia`,
    outage: `
      (está|están|sigue) caíd(o|a|os|as), se (cayó|ha caído) (el|la), caíd(o|a) (el|la|),
      caída (del|de la|general) _, sin (internet|servicio|conexión|señal|línea|cobertura),
      no hay (internet|servicio|línea|luz), (a|) alguien más, fuera de servicio, no carga la (web|página|app),
      apagón, corte de`,
    account: `
      (mi|mis) (pedido|pedidos|reserva|cuenta|billete|vuelo|maleta|equipaje|factura|contrato|tarjeta|paquete|
        línea|suscripción|envío|boleto|cita),
      nuestro (pedido|vuelo|equipaje), número de (pedido|reserva|seguimiento|cliente|caso), localizador,
      cuenta (bloqueada|suspendida|hackeada), me han hackeado, cambiar (mi|el) (vuelo|nombre|billete|reserva)`,
    agent: `
      hablar con (alguien|una persona|un humano|un agente|el encargado|un responsable), supervisor(a|),
      encargad(o|a), gerente, responsable, que (alguien|me llamen|me contesten|me respondan|me atiendan),
      (llám|contáct|respond)(enme|anme|adme), escrib(idme|anme), por (md|privado|dm), servicio al cliente,
      atención (telefónica|al cliente), agente(s|), personal de, vuestro personal, su personal`,
    urgent: `
      urgente(mente|s|), urge, cuanto antes, lo antes posible, ya mismo, inmediat(o|amente|a), ahora mismo,
      emergencia, ayuda por favor, ayúd(enme|enos|ame|adme),
      necesito (ayuda|una solución|respuesta) (ya|urgente|hoy|ahora), de inmediato, auxilio, es crítico`,
    deadline: `
      hoy, mañana, esta (noche|tarde|mañana|semana), ahora, en (una|dos|pocas) horas,
      antes (del|de las|de mañana|del viernes), último día, plazo, a tiempo, en el aeropuerto`,
    danger: `
      humo, huele a (quemado|gas|plástico quemado), olor a (quemado|gas|humo), echa humo,
      se (quema|quemó|incendió|ha quemado|está quemando), fuego, incendio, llamas, chispas, explot(ó|a|ar|ado),
      calambre, descarga eléctrica, electrocut(ó|a|ado), se derrit(e|ió), derretid(o|a),
      me (quemé|quemó|he quemado), herid(o|a|os), hospital, lesión, reacción alérgica, intoxica(ción|do|da),
      peligros(o|a), batería hinchada, fuga de gas`,
    technical: `
      firmware, router, rúter, api, controlador(es|), dns, dhcp, ip, kernel, ssh, bios, reinici(ar|o|ado|é),
      restablecer, registro de errores, configuración, usb, ethernet, wifi, wi fi, bluetooth, latencia, ping,
      puerto(s|), webhook, json, sql, base de datos, servidor, certificado, ssl, token, sdk, plugin, linux,
      ubuntu, macos, windows (10|11), android (12|13|14|15|16), ios (16|17|18|26), memoria, caché, vpn, tóner,
      cabezal, calibrar, compilar, beta, fibra, antena`,
    expert: `
      código de error, traza, volcado, actualización (de|del) firmware, actualizar (el|) firmware,
      pantallazo azul, bootloader, kernel panic, error (http|de servidor|interno|de segmentación), segfault,
      fuga de memoria, clave (de|) api, línea de comandos, excepción, puerto (80|443|22|8080), modbus, cors`,
    asks: `
      (cómo|como) (puedo|se|hago|podría|podemos|funciona|activo|cambio|configuro|consigo|lo),
      (alguien|alguno) (sabe|puede|tiene|conoce|me), (sabéis|saben|sabes) (si|cuándo|cómo|qué|cual),
      (cuándo|cuando) (sale|llega|abren|estará|vuelve|habrá|van|vais), (dónde|donde) (puedo|está|se|encuentro),
      hay (alguna|algún|alguien|manera|forma),
      (se puede|es posible|puedo|podéis|pueden|podrían|podríais|puede) _, (cuál|cual) es,
      (cuánto|cuanto) (cuesta|tarda|vale|dura),
      (qué|que) (significa|debo|tengo que|hago|diferencia|modelo|versión), tengo una (duda|pregunta|consulta),
      una (duda|pregunta|consulta), me pregunto, es compatible, me (podéis|pueden|podrían|puede) _`,
    interrogative: `
      qué, cómo, cuándo, dónde, por qué, porqué, cuál, cuáles, quién, cuánto, cuántos, hay, se puede, alguien,
      es normal, tenéis, tienen`,
    idea: `
      (estaría|sería|quedaría) (bien|genial|bueno|ideal|estupendo|útil|fantástico|perfecto|muy bien|
        muy útil) (que|si|poder|tener|añadir),
      (podríais|podrían|podéis|pueden) (añadir|agregar|incluir|poner|incorporar|hacer|implementar|sacar),
      me (gustaría|encantaría) (que|poder|ver|tener), sugerencia(s|), sugiero, propongo, propuesta, una idea,
      mi idea, deberían (añadir|agregar|poner|incluir|hacer|tener|permitir|ofrecer),
      deberíais (añadir|poner|incluir|hacer|permitir),
      ojalá (añadan|pongan|agreguen|añadáis|hubiera|tuviera|incluyan),
      por favor (añadid|añadan|agreguen|pongan|incluyan), por qué no (añadís|añaden|agregan|ponen),
      hace falta (una|un) (opción|modo|función), falta (una|la) opción, modo oscuro`,
    hope: `
      espero, esperemos, ojalá, con ganas, qué ganas, tengo ganas, ilusión, ilusionad(o|a), ilusiona,
      emocionad(o|a), deseando, ánimo, esperanza, confío, a ver si, mejorará, sueño, pronto`,
    sad: `
      triste(s|za|), qué pena, pena, lástima, decepción, decepcionad(o|a|os), desilusión, llor(o|ar|ando),
      lágrimas, lo siento, siento mucho, echo de menos, extraño, lamento, desanimad(o|a), desgracia,
      deprimid(o|a), por desgracia, dolor, sol(o|a) y`,
    solved: `
      solucionad(o|a), resuelt(o|a), arreglad(o|a),
      ya (funciona|está (arreglado|solucionado|resuelto)|me funciona|llegó|ha llegado),
      problema (resuelto|solucionado), sin (problemas|ningún problema|complicaciones), ningún problema,
      nunca falla, no falla, me lo (solucionaron|arreglaron|han solucionado), funcionó`,
    press: `
      periodista, soy reporter(o|a), redacción (de|del), prensa, para (un|una) (artículo|reportaje|noticia),
      gabinete de prensa, contacto de prensa, medio de comunicación, declaraciones para`,
    selfHarm: `
      suicid(io|arme|ar|arse|a|as), matarme, (me voy a|se quiere|se va a) (matar|suicidar), quiero morir(me|),
      me quiero morir, ganas de (morir|morirme), ganas de (seguir viviendo|vivir), quitar(me|se) la vida,
      no quiero (vivir|existir|despertar|despertarme), no quiero seguir (viviendo|vivo|viva|aquí),
      (acabar|terminar) con mi vida, (hacerme|me hago) daño, autolesion(es|arme|o), (cortarme|me corto) los brazos,
      cortarme las venas, ahorcarme, tirarme (por la ventana|por el balcón|de un puente|del puente|a las vías|al tren),
      mejor sin mí, (ojalá|quisiera|preferiría) (estar|estuviera|estuviese) muert(o|a),
      (razón|razones|motivo|motivos) para (vivir|seguir viviendo), (todas las|todas mis) pastillas de golpe,
      me (tomé|he tomado|voy a tomar) todas las pastillas`,
    spam: `
      cripto(s|monedas|), bitcoin, airdrop, sorteo, gana dinero, ganar dinero, dinero (fácil|rápido|extra),
      ingresos (pasivos|extra), trabaja desde casa, haz clic, clic aquí, pincha aquí, enlace en (mi |la |)bio,
      invierte, inversión garantizada, duplica tu, casino, apuestas, seguidores (gratis|reales),
      código (promocional|de descuento), préstamos, únete (a mi|al|a nuestro) (canal|grupo), telegram,
      oferta limitada, compra ya, gratis`,
  },
}
