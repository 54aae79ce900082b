import type { WordList } from '../cues.ts'
import { phrasesIn } from '../phrases.ts'

/** Letters with a dot below: as one sign. Others type the dot as a sign of its own, or leave it out. */
const DOTTED: Record<string, string> = {
  क: '\u0958',
  ख: '\u0959',
  ग: '\u095a',
  ज: '\u095b',
  ड: '\u095c',
  ढ: '\u095d',
  फ: '\u095e',
}

/** Words that networks spell in many ways; the lists below write the first. */
const SPELLINGS = [
  'nahi nahin nhi nai',
  'raha rha',
  'rahi rhi',
  'rahe rhe',
  'gaya gya',
  'gayi gyi gai',
  'gaye gye',
  'bahut bohot bahot bohut bhot boht bht',
  'accha acha achha achchha acchha',
  'acchi achi achhi achchhi',
  'acche achhe',
  'badhiya badiya badhia',
  'kar kr',
  'karo kro',
  'kaise kese kaisay',
  'kyun kyu kyon',
  'kahan kaha',
  'mein me m',
  'paise paisa paisay pese',
  'wapas vapas waapas wapis',
  'kharab khrab kharaab khraab',
  'jawab jawaab javab',
  'abhi abi',
  'hai h he',
  'pareshan paresan preshan',
  'samasya samsya',
  'dikkat dikat diqqat',
]
const WAYS = new Map(SPELLINGS.map((ways) => [ways.split(' ')[0], `(${ways.replaceAll(' ', '|')})`]))

const waysOf = (phrase: string): string =>
  phrase
    .normalize('NFC')
    .replace(/(\p{L})\u093c/gu, (typed, letter: string) => `(${typed}|${DOTTED[letter] ?? typed}|${letter})`)
    .replace(/ँ/g, '(ँ|ं)')
    .replace(/[a-z]+/g, (word) => WAYS.get(word) ?? word)

// One phrase at a time: brackets within brackets would multiply.
const everyWay = (phrases: string): string => phrasesIn(phrases).map(waysOf).join(',')

const asTyped = (list: WordList): WordList => {
  const cues = Object.entries(list.cues).map(([group, phrases]) => [group, everyWay(phrases)])
  return {
    neutral: list.neutral,
    negators: everyWay(list.negators),
    boosters: everyWay(list.boosters),
    dampers: everyWay(list.dampers),
    contrast: everyWay(list.contrast),
    // Object.fromEntries forgets the keys' type; they are those of `list`.
    cues: Object.fromEntries(cues) as WordList['cues'],
  }
}

/** Hindi, in Devanagari and in Latin letters, with the English words that are used in it. */
export const hi: WordList = asTyped({
  // natural has no valences for Hindi.
  neutral: '',
  // नहीं turns what stands before it, so that the groups hold it in their phrases.
  negators: `
    बिना, बगैर, न ही, न तो, नहीं कोई, bina, bagair, bagair kisi, na hi, na to, nahi koi, without, not, never, no`,
  boosters: `
    बहुत, बेहद, काफ़ी, इतना, इतनी, इतने, बिल्कुल, बिलकुल, एकदम, सच में, अत्यंत, हमेशा, सबसे, पूरी तरह, bahut, behad,
    kaafi, kafi, itna, itni, itne, bilkul, ekdum, ekdam, sach mein, hamesha, sabse, poori tarah, very, so, totally,
    really`,
  dampers: `थोड़ा, थोड़ी, थोड़े, शायद, लगभग, कुछ हद तक, thoda, thodi, thora, shayad, lagbhag, kuch had tak`,
  contrast: `
    लेकिन, मगर, किंतु, किन्तु, परंतु, परन्तु, हालांकि, फिर भी, lekin, magar, parantu, halanki, phir bhi, fir bhi, but`,
  cues: {
    thanks: `
      धन्यवाद, बहुत धन्यवाद, बहुत बहुत धन्यवाद, शुक्रिया, बहुत शुक्रिया, आभार, आभारी, थैंक्स, थैंक यू, थैंक्यू, बधाई,
      शाबाश, बढ़िया काम, अच्छा काम किया, dhanyawad, dhanyavad, dhanywad, dhanyvad, dhanyawaad, dhanyavaad, shukriya,
      shukria, bahut shukriya, aabhar, aabhari, badhai, badhaai, shabash, shabaash, thanks, thank you, thank u,
      thanku, thnx, thanx, thnks, kudos`,
    delight: `
      शानदार, ज़बरदस्त, लाजवाब, बेहतरीन, उम्दा, अद्भुत, गज़ब, ग़ज़ब, कमाल (है|का|की|कर दिया), बहुत (बढ़िया|अच्छा|
        अच्छी|अच्छे|पसंद), सबसे (अच्छा|अच्छी|अच्छे|बढ़िया|बेहतरीन), मज़ा आ गया, दिल (जीत लिया|खुश हो गया|खुश कर दिया),
      पैसा वसूल, एक नंबर, बेमिसाल, प्यार हो गया, shandar, shandaar, shaandar, shaandaar, zabardast, jabardast,
      zabardasst, lajawab, lajawaab, lajavab, kamaal, kamal (hai|ka|ki|kar), behtareen, behtarin, behatareen, umda,
      adbhut, gazab, ghazab, gajab, bahut (badhiya|accha|acchi|acche|pasand), sabse (accha|acchi|acche|badhiya|best),
      (maza|mazaa|maja) aa gaya, dil (jeet liya|khush), paisa (vasool|wasool|vasul), ek number, mast hai, awesome,
      amazing, excellent, superb, fantastic, love it, i love, loving, best (service|app|phone|hai|product|company|
        customer)`,
    good: `
      अच्छा, अच्छी, अच्छे, बढ़िया, खुश, खुशी, आसान, सुंदर, मददगार, तेज़, सुविधाजनक, संतुष्ट, मस्त, बेहतर, सही (है|
        लगा), पसंद (है|आया|आई|आता|आती), accha, acchi, acche, badhiya, khush, khushi, aasan, asaan, sundar, santusht,
      behtar, pasand (hai|aaya|aya|aayi|ayi|aata|ata|aati), sahi (hai|laga), good, nice, great, happy, smooth, easy`,
    bad: `
      ख़राब, बुरा, बुरी, बुरे, धीमा, धीमी, धीमे, स्लो, गंदा, गंदी, गंदे, मुश्किल, निराशाजनक, (अच्छा|अच्छी|अच्छे|सही|
        ठीक|पसंद|खुश|संतुष्ट) नहीं, kharab, khrab, bura, buri, dheema, dhima, dheemi, dhimi, ganda, gandi, gande,
      mushkil, (accha|acchi|acche|sahi|theek|thik|pasand|khush|santusht) nahi, slow, poor, bad`,
    sarcasm: `
      (परेशान|बर्बाद|ख़राब|लेट|इंतज़ार|कैंसिल) (करने|कराने|करवाने) के लिए (धन्यवाद|शुक्रिया|थैंक्स|बधाई), कुछ नहीं
      करने के लिए (धन्यवाद|शुक्रिया), वाह (क्या|क्या शानदार|क्या बढ़िया) (सर्विस|सेवा), वाह रे (सर्विस|सेवा|कंपनी),
      क्या शानदार (बेइज़्ज़ती|लूट), (देरी|लूट) के लिए (धन्यवाद|शुक्रिया), (pareshan|barbad|barbaad|kharab|late|
        intezar|cancel|waste) (karne|karane|karwane) ke liye (thanks|dhanyawad|dhanyavad|shukriya|badhai), kuch nahi
      karne ke liye (thanks|dhanyawad|shukriya), (wah|waah|wow) kya (service|seva), (wah|waah) re (service|company),
      thanks for (nothing|the delay|wasting|ruining), kya mast (loot|service hai)`,
    hostile: `
      घटिया, बकवास, चोर, चोरों, चोरी, लुटेरे, लुटेरा, लुटेरों, लूट, लूटते, लूटना, ठग, ठगी, ठगों, धोखा, धोखेबाज़,
      धोखाधड़ी, फ्रॉड, फ़्रॉड, स्कैम, झूठ, झूठा, झूठी, झूठे, बेशर्म, बेशर्मी, शर्म (करो|कीजिए|आनी|है), शर्मनाक,
      निकम्मा, निकम्मे, नालायक, बेवकूफ़, बेवकूफ़ी, मूर्ख, गधे, वाहियात, थर्ड क्लास, बेईमान, बेईमानी, नफ़रत, कचरा,
      कूड़ा, बेकार, फालतू, फ़ालतू, बदतर, बेहूदा, बदतमीज़, उल्लू बना, मज़ाक बना, सबसे (ख़राब|घटिया|बेकार|बुरी|बुरा),
      ghatiya, ghatia, gatiya, ghatiyaa, bakwas, bakwaas, bkwas, chor, choron, chori, lootere, lutere, loot (rahe|
        rakha|liya|lo|macha|machi|ke), lut liya, thag, thagi, dhokha, dhoka, dhokebaaz, dhokebaj, dhokhebaaz,
      dhokhadhadi, jhooth, jhuth, jhoot, jhut, jhoothe, jhuthe, jhoothi, besharam, besharm, (sharam|sharm) (karo|aani|
        nahi|hai), sharmnak, nikamme, nikamma, nalayak, bewakoof, bewkoof, bevkoof, bewkuf, bevkuf, murkh, gadhe,
      wahiyat, vahiyat, third class, beiman, beimaan, beimani, nafrat, kachra, kachara, bekar, bekaar, faltu, faaltu,
      badtameez, badtamiz, ullu bana, (mazak|majak|mazaak) bana, sabse (kharab|ghatiya|bekar|bekaar|bura|buri), worst,
      pathetic, useless, horrible, terrible, disgusting, shame, shameless, cheat, cheater(s|), cheating, cheated,
      fraud(s|), scam, liars, rubbish, unprofessional, thieves`,
    swearing: `
      साला, सालों, सालो, कमीने, कमीना, कमीनों, कुत्ते (कमीने|साले|के), हरामी, हरामखोर, हरामख़ोर, हरामज़ादे, हरामज़ादा,
      चूतिया, चूतिये, चुतिया, चुतिये, भोसड़ी, भोसड़ीके, मादरचोद, बहनचोद, भैंचोद, गांड, गाँड, गांडू, लौड़ा, लौड़े,
      रंडी, saala, saalo, kamine, kamina, kameene, kutte (kamine|ke|saale), harami, haramkhor, haramzade, chutiya,
      chutiye, chutia, chutiyapa, chutya, bhosdike, bhosadike, bhosdi, bsdk, madarchod, maderchod, madharchod,
      behenchod, bhenchod, behnchod, benchod, gaand, gandu, gaandu, lauda, laude, lodu, randi, fuck, fucking, shit,
      wtf, bullshit`,
    fury: `
      तंग (आ गया|आ गए|आ गई|आ चुका|आ चुकी|आ चुके|हो गया), परेशान (हो गया|हो गए|हो गई|हो चुका|हो चुकी|कर दिया|कर रखा),
      पक गया, गुस्सा, ग़ुस्सा, बहुत (हुआ|हो गया), बस बहुत हो गया, हद (हो गई|है|पार|होती है), अब और नहीं, सब्र (टूट|
        ख़त्म|का बांध), बर्दाश्त (नहीं|से बाहर), (समय|टाइम|वक़्त|पैसा|पैसे|पैसों) (की|) (बर्बाद|बर्बादी|वेस्ट), दिमाग़
      (ख़राब|का दही), नाक में दम, कब तक (सहेंगे|झेलेंगे|चलेगा), tang (aa|aagaya|ho) (gaya|gayi|gaye|chuka|chuki|
        chuke), pareshan (ho|hu|hun|hoon|kar) (gaya|gayi|gaye|chuka|diya|rakha), pareshan (ho|hu|hun|hoon|hai), pak
      gaya, gussa, bahut (hua|ho gaya), had (ho gayi|hai|hoti hai|kar di|paar), ab aur nahi, (sabr|sabar) (toot|
        khatam|ka), bardasht (nahi|se bahar), (time|samay|paise|paiso) (ki |)(barbad|barbaad|barbadi|barbaadi|waste),
      dimag (kharab|ka dahi), dimaag (kharab|ka dahi), naak mein dam, kab tak (jhelenge|chalega|sahenge), fed up,
      frustrated, frustrating, angry, waste of (time|money), never again`,
    leaving: `
      (दूसरी|दूसरे|किसी और) (कंपनी|बैंक|नेटवर्क|ऐप|ब्रांड) (में|पर|से|का|की), पोर्ट (कर|करवा|करा) (लूंगा|लूंगी|रहा|
        रही|दूंगा|दूंगी|लेंगे|देंगे), नंबर पोर्ट, (अकाउंट|खाता|सब्सक्रिप्शन|मेंबरशिप|सदस्यता) (बंद|कैंसिल|डिलीट) (कर|
        करो|करना|करवा|करें|कर दो), कभी नहीं (लूंगा|लूंगी|खरीदूंगा|खरीदूंगी|करूंगा|करूंगी|आऊंगा|लेंगे|खरीदेंगे|ऑर्डर),
      दोबारा (कभी नहीं|नहीं), (आखिरी|आख़िरी) बार (ले|ऑर्डर|खरीद), अनइंस्टॉल, बहिष्कार, (dusri|dusre|doosri|kisi aur)
      (company|bank|network|app|brand) (mein|par|pe|se|ka|ki), port (kar|karwa|kara|karwane|karne) (raha|rahi|lunga|
        lungi|dunga|dungi|lenge|denge|ja|wala), number port, (account|khata|subscription|membership) (band|cancel|
        delete|close) (kar|karo|karna|karwa|kardo|karwana), kabhi nahi (lunga|lungi|kharidunga|kharidungi|karunga|
        karungi|aaunga|lenge|kharidenge|order), dobara (kabhi nahi|nahi), (aakhri|akhri) baar (le|order|kharid),
      uninstall, boycott, switch (kar|ho) (raha|rahi|lunga)`,
    lawyer: `
      वकील, वकीलों, (उपभोक्ता|कंज्यूमर|कंज़्यूमर) (फोरम|फ़ोरम|अदालत|न्यायालय|कोर्ट|आयोग|मंच|हेल्पलाइन), मुकदमा
      (करूंगा|करूंगी|करेंगे|दायर|ठोक|कर), मुक़दमा (करूंगा|करूंगी|करेंगे|दायर|ठोक|कर), केस (कर दूंगा|कर दूंगी|कर
        देंगे|करूंगा|करूंगी|करेंगे|ठोक|ठोकूंगा|करना पड़ेगा), क़ानूनी (कार्रवाई|कार्यवाही|नोटिस|एक्शन|कदम), लीगल
      (नोटिस|एक्शन|टीम), (कोर्ट|अदालत) (जाऊंगा|जाऊंगी|जाएंगे|में मिलते|में मिलेंगे|में घसीट|ले जाऊंगा|ले जाएंगे|में
        देख), एफआईआर (कर|करूंगा|करेंगे|दर्ज कर|दर्ज करा), पुलिस (में|को) (शिकायत|कंप्लेंट|रिपोर्ट), बैंकिंग लोकपाल,
      vakil, vakeel, wakil, wakeel, lawyer, advocate se, (upbhokta|consumer) (forum|court|adalat|aayog|helpline|
        complaint), (mukadma|mukadama|muqadma) (kar|karunga|karenge|thok|dayar), case (kar dunga|kar dungi|kar
        denge|karunga|karungi|karenge|kardunga|thok|thokunga|karna padega), (kanooni|kanuni|qanooni) (karwai|karwahi|
        karyawahi|karyavahi|notice|action|kadam), legal (notice|action|team|case), court (jaunga|jaungi|jayenge|
        jaenge|mein milte|mein milenge|mein ghasit|le jaunga|le jayenge|mein dekh), fir darj (kar|karwa|kara|karunga|
        karenge), police (mein|ko) (complaint|shikayat|report), police complaint (kar|karunga|karenge), banking
      ombudsman, rbi ombudsman, lawsuit`,
    money: `
      रिफंड, रिफ़ंड, रिफण्ड, (पैसा|पैसे|रकम|राशि) (वापस|वापिस|लौटा|काट|कट), (मेरा|मेरे|हमारे|हमारा) (पैसा|पैसे|रुपये|
        रुपए), मुआवज़ा, हर्जाना, (दो बार|डबल|ज़्यादा|एक्स्ट्रा) (चार्ज|पैसे|पैसा|पेमेंट|कट|काट), (बिल|चार्ज) (गलत|
        ग़लत|ज़्यादा), कैशबैक, रुपये (कट|काट|वापस), रुपए (कट|काट|वापस), refund, (paise|amount|rupees|rupaye|balance)
      (wapas|return|kat|kaat|lauta|deduct|debit|katt), (mera|mere|hamara|hamare|humare) (paise|rupaye|rupees|pese),
      muavza, muawza, muavja, harjana, (do baar|do bar|double|zyada|jyada|extra) (charge|paise|payment|kat|kata|kaat|
        deduct), bill (galat|zyada|jyada), cashback, compensation, chargeback, money back, overcharged, reimburse,
      reimbursement, amount (deducted|debited)`,
    unheard: `
      कोई (जवाब|रिप्लाई|रिस्पॉन्स|सुनवाई|मदद|समाधान|हल|अपडेट|कार्रवाई) नहीं, (जवाब|रिप्लाई|रिस्पॉन्स|सुनवाई|मदद) नहीं,
      कोई नहीं (सुनता|सुन|उठाता|उठा|देता), कोई (सुनता|सुन|उठाता|उठा) नहीं, (फोन|फ़ोन|कॉल) (नहीं|कोई नहीं|काट), इंतज़ार
      (कर रहा|कर रही|कर रहे|करते|करवा|करना), (घंटे|घंटों|दिन|दिनों|हफ्ते|हफ़्ते|हफ्तों|महीने|महीनों) से, (अब|अभी) तक
      (नहीं|कोई|कुछ), नज़रअंदाज़, अनसुना, इग्नोर, होल्ड पर, बार बार (कॉल|मेल|शिकायत|फोन|फ़ोन|बोलने|कहने), koi (jawab|
        reply|response|help|sunwai|madad|solution|update|action) nahi, (jawab|reply|response|sunwai) nahi, koi nahi
      (sunta|sun|uthata|utha|deta), koi (sunta|sun|uthata|utha) nahi, (phone|call|fone) (nahi|koi nahi|kaat),
      (intezar|intezaar|intzar|intjar|wait) (kar|karte|karwa) (raha|rahi|rahe|hue|hu|hun), (ghante|ghanto|ghanton|
        dino|dinon|din|hafte|hafto|mahine|mahino|months) se, (abhi|ab) tak (nahi|koi|kuch), (ignore|ignor) (kar|karte|
        kiya), hold (pe|par|per), (baar baar|bar bar) (call|mail|complaint|complain|phone|bolne|kehne), no (reply|
        response|answer|update), still waiting, not responding`,
    service: `
      देरी, देर (हो|से|कर|लगा), लेट (हो|है|हुई|हुआ|आया|आई|चल), (ऑर्डर|फ्लाइट|फ़्लाइट|ट्रेन|बुकिंग|टिकट|राइड) (कैंसिल|
        रद्द|लेट), कैंसिल (कर दिया|कर दी|हो गया|हो गई), रद्द (कर|हो), (ऑर्डर|सामान|पार्सल|पैकेज|डिलीवरी|प्रोडक्ट|बैग)
      नहीं (मिला|मिली|आया|आई|पहुँचा|हुई|हुआ), (सामान|बैग|लगेज|पार्सल|सूटकेस) (खो|गुम|टूटा|गायब|ग़ायब|चोरी), टूटा,
      टूटी, टूटे, फटा हुआ, (गलत|ग़लत) (सामान|प्रोडक्ट|साइज|साइज़|ऑर्डर|आइटम), नकली, डुप्लीकेट, एक्सपायर्ड, (ख़राब|
        घटिया|बेकार) (सर्विस|सेवा|सामान|प्रोडक्ट|क्वालिटी|व्यवहार|खाना), बदतमीज़ी, (बुरा|ख़राब) (व्यवहार|बर्ताव),
      शिकायत, शिकायतें, कंप्लेंट, (फंसा|फंसे|फंसी) (हुआ|हुए|हुई|हूँ|हैं), मना कर (दिया|रहे), नहीं (मिला|मिली|मिले|
        पहुँचा|पहुँची), (deri|der) (ho|se|kar|laga), late (ho|hai|hui|hua|aaya|aya|aayi|chal), (order|flight|train|
        booking|ticket|ride) (cancel|cancelled|canceled|radd|late|delay|delayed), cancel (kar diya|kar di|ho gaya|ho
        gayi|kardiya|kardi), (order|saman|samaan|parcel|package|delivery|product|bag) nahi (mila|mili|aaya|aya|aayi|
        ayi|pahucha|pahuncha|hui|hua), (saman|samaan|bag|luggage|parcel) (kho|gum|toota|tuta|gayab|chori), (toota|
        tuta|tooti|tuti) hua, (galat|galt|wrong) (saman|samaan|product|size|order|item), nakli, duplicate (product|
        saman|item), (kharab|ghatiya|bekar|bekaar) (service|seva|saman|samaan|product|quality|khana), badtameezi,
      badtamizi, shikayat, complaint(s|), complain, (fasa|fase|fasi|phasa|phase) (hua|hue|hui) , mana kar (diya|rahe),
      nahi (mila|mili|mile|pahucha|pahuncha), delay(ed|), rude, damaged, bad service, poor service, pathetic service,
      worst (service|experience)`,
    failure: `
      काम नहीं (कर|करता|करती|करते), नहीं (चल|चलता|खुल|खुलता|हो|आ) (रहा|रही|रहे), (चल|खुल|जुड़) नहीं (रहा|रही|रहे),
      (लॉगिन|लॉग इन|पेमेंट|लोड|अपडेट|डाउनलोड|इंस्टॉल|कनेक्ट|चार्ज|ओपन|रिचार्ज|प्रिंट|शुरू|ऑन|चालू|स्टार्ट|भुगतान) नहीं
      (हो|कर|होता|हुआ), बंद (हो गया|हो गई|हो जाता|हो जाती|पड़ा|पड़ी|हो रहा|है), ख़राब (हो गया|हो गई|निकला|निकली|हो
        जाता), टूट (गया|गई), हैंग, क्रैश, एरर, दिक्कत, दिक़्क़त, दिक्कतें, समस्या, समस्याएं, परेशानी, प्रॉब्लम,
      गड़बड़, गड़बड़ी, इश्यू, फेल (हो|हुआ), फ़ेल (हो|हुआ), (अटक|फंस) (गया|गई|जाता|रहा), (kaam|kam) nahi (kar|karta|
        karti|karte), nahi (chal|khul|ho|aa) (raha|rahi|rahe|pa), (chal|khul) nahi (raha|rahi|rahe), (login|log
        in|payment|load|update|download|install|connect|charge|open|recharge|print|start|on|chalu) nahi (ho|hota|kar|
        hua), band (ho gaya|ho gayi|ho jata|ho jati|pada|padi|ho raha), kharab (ho gaya|ho gayi|nikla|nikli|ho jata),
      toot (gaya|gayi), (hang|crash) (ho|kar|hota|karta), crash, error, dikkat, samasya, pareshani, problem(s|),
      problm, prblm, issue(s|), gadbad, garbar, gadbadi, fail (ho|hua), (atak|latak) (gaya|gayi|jata|raha), not
      working, bug(s|), glitch, broken`,
    outage: `
      (नेट|इंटरनेट|नेटवर्क|सर्वर|साइट|ऐप|वेबसाइट|सिस्टम|बिजली|लाइट|यूपीआई) (डाउन|बंद|गायब|ग़ायब|ठप|गुल), (नेट|इंटरनेट|
        नेटवर्क|सिग्नल|बिजली|लाइट) नहीं (है|आ|आता|आ रहा|चल), ठप (है|पड़ा|पड़ी|हो), (और|क्या) (किसी|किसी और) (का|को|के)
      भी, सबका (बंद|डाउन), (net|internet|network|server|app|site|website|system|upi|light|bijli|wifi|service) (down|
        band|gayab|thap|gul), (net|internet|network|signal|bijli|light|wifi) nahi (hai|aa|aata|aata|chal), thap (hai|
        pada|padi|ho), kisi aur (ka|ko|ke) bhi, sabka (band|down), outage, server error`,
    account: `
      (मेरा|मेरी|मेरे|हमारा|हमारी|हमारे) (ऑर्डर|अकाउंट|खाता|खाते|टिकट|कार्ड|बुकिंग|पार्सल|पैकेज|नंबर|सिम|बिल|रिफंड|
        पेमेंट|रिचार्ज|बैग|सामान|फ्लाइट|फ़्लाइट|पीएनआर|केवाईसी|सब्सक्रिप्शन|डिलीवरी), (ऑर्डर|बुकिंग|ट्रैकिंग|शिकायत|
        पीएनआर|टिकट) (नंबर|आईडी|संख्या), (अकाउंट|खाता) (ब्लॉक|हैक|सस्पेंड|लॉक|फ्रीज़), (mera|meri|mere|hamara|hamari|
        hamare|humara|humari) (order|account|khata|khate|ticket|card|booking|parcel|package|number|sim|bill|refund|
        payment|recharge|bag|saman|samaan|flight|pnr|kyc|subscription|delivery|wallet|claim), (order|booking|tracking|
        complaint|pnr|ticket|awb) (number|no|id), account (block|blocked|hack|hacked|suspend|suspended|lock|freeze),
      my (order|account|booking|ticket|card|parcel|flight|refund)`,
    agent: `
      (किसी|किसी इंसान|मैनेजर|अधिकारी|एजेंट|सीनियर|कस्टमर केयर) से बात, बात (करवाओ|कराओ|करवाइए|कराइए|करनी है|करना है),
      मैनेजर, सुपरवाइज़र, अधिकारी, एजेंट, कर्मचारी, कस्टमर (केयर|सर्विस|सपोर्ट), ग्राहक सेवा, (कॉल|फोन|फ़ोन|संपर्क|
        मैसेज) (करो|करें|करिए|कीजिए|कीजिये|करवाओ), कॉल बैक, डीएम (करो|करें|किया|चेक|देखो|देखें), (kisi|manager|
        adhikari|agent|senior|insaan|executive|customer care) se baat, baat (karwao|karao|karwaiye|karaiye|karni
        hai|karna hai), manager, supervisor, customer (care|service|support), (call|phone|contact|msg|message) (karo|
        kijiye|karein|kare|karen|kariye|karwao|kar do), call back, dm (kiya|karo|check|dekho|dekhiye|kar),
      executive(s|), agent`,
    urgent: `
      तुरंत, तुरन्त, जल्दी, जल्द से जल्द, फौरन, फ़ौरन, अर्जेंट, इमरजेंसी, आपात स्थिति, अभी के अभी, बचाओ, (कृपया|प्लीज|
        प्लीज़) (मदद|हेल्प|सहायता), मदद (करो|करें|कीजिए|कीजिये|चाहिए), सहायता (करें|चाहिए), turant, turrant, jaldi,
      jldi, jald se jald, fauran, foran, urgent, urgently, asap, emergency, abhi ke abhi, bachao, (please|plz|pls|
        kripya) (help|madad), (madad|help) (karo|kijiye|chahiye|karein|kare|karen|kardo), immediately`,
    deadline: `
      आज, कल, अभी, आज रात, (सुबह|शाम|कल|आज|रात) तक, (एक|दो|कुछ) (घंटे|घंटों|दिन) में, (आखिरी|आख़िरी|अंतिम) (दिन|तारीख|
        तारीख़), इस हफ्ते, इस हफ़्ते, (स्टेशन|एयरपोर्ट|हवाई अड्डे) पर, aaj, aj, kal, abhi, aaj raat, (aaj|aj|kal|
        subah|shaam|sham|raat) tak, (ek|do|kuch) (ghante|ghanto|din) mein, (aakhri|akhri) (din|tarikh|date), last
      date, (station|airport) (pe|par), today, tonight, tomorrow`,
    danger: `
      आग लग (गई|गयी|जाती|सकती|जाए), आग पकड़ (ली|लिया), (फोन|फ़ोन|मोबाइल|चार्जर|बैटरी|गाड़ी|कार|स्कूटर|एसी|फ्रिज|
        फ़्रिज|टीवी|इन्वर्टर|गीज़र|वायरिंग|मीटर|लैपटॉप) में (आग|धमाका|विस्फोट|ब्लास्ट|करंट), (धुआं|धुआँ|धुँआ|धुंआ)
      (निकल|निकला|निकलने|उठ|आ रहा), (जलने|जले) की (बदबू|गंध|बू|महक|स्मेल), गैस (लीक|रिसाव|का रिसाव|की बदबू|की गंध),
      (बैटरी|फोन|फ़ोन|मोबाइल|चार्जर|सिलेंडर|कुकर|प्रेशर कुकर|गीज़र|टायर) (फट|ब्लास्ट|फूल) (गया|गई|गयी|हो|जाता|रही),
      करंट (लगा|लग गया|लगता|लग रहा|मार|मारता|मारा|आ रहा), बिजली का झटका, शॉर्ट सर्किट, (चिंगारी|चिंगारियां|स्पार्क)
      (निकल|निकली|आ रही|हो रहा), (चार्जर|प्लग|तार|केबल|स्विच) (पिघल|जल) (गया|गई|रहा), (हाथ|उंगली|त्वचा) जल (गया|गई|
        गए), घायल हो (गया|गई|गए), चोट लग (गई|गयी), अस्पताल में भर्ती, (फूड|फ़ूड) (पॉइज़निंग|प्वाइजनिंग), एलर्जिक
      रिएक्शन, जानलेवा, इमरजेंसी लैंडिंग, aag lag (gayi|jati|sakti), aag pakad (li|liya), (phone|mobile|charger|
        battery|gaadi|gadi|car|scooter|scooty|ac|fridge|tv|inverter|geyser|meter|laptop) mein (aag|blast|dhamaka|
        visfot|current), (dhua|dhuan|dhuaan|dhuwa|dhuwan) (nikal|nikla|nikalne|uth|aa raha), (jalne|jale) ki (badbu|
        badboo|smell|boo|gandh|mehak), gas (leak|ki badbu|ki badboo|ki smell|leakage), (battery|phone|mobile|charger|
        cylinder|cooker|geyser) (fat|phat|blast|phool|phul|fool) (gaya|gayi|ho|jata|rahi), (current|karant|karent)
      (laga|lag gaya|lagta|lag raha|maar|maarta|mara), bijli ka jhatka, short circuit, (chingari|spark) (nikal|nikli|
        aa rahi|ho raha), (charger|plug|taar|wire|cable|switch) (pighal|jal|melt) (gaya|gayi|raha|ho), (haath|hath|
        ungli) jal (gaya|gayi|gaye), ghayal ho (gaya|gayi|gaye), chot lag gayi, hospital mein (admit|bharti), food
      poisoning, allergic reaction, jaanleva, emergency landing, electric shock, caught fire`,
    technical: `
      राउटर, मॉडेम, सर्वर, फर्मवेयर, फ़र्मवेयर, सॉफ्टवेयर, सॉफ़्टवेयर, वाईफाई, वाई फाई, वाईफ़ाई, ब्लूटूथ, सेटिंग,
      सेटिंग्स, रीस्टार्ट, रीसेट, रीबूट, फ़ैक्टरी रीसेट, एपीआई, पिंग, डेटाबेस, फाइबर, एंटीना, विंडोज, विंडोज़,
      एंड्रॉइड, लिनक्स, प्रिंटर, टोनर, यूएसबी, प्रोसेसर, firmware, router, modem, api, dns, dhcp, ip, usb, ethernet,
      wifi, wi fi, bluetooth, setting(s|), restart, reset, reboot, software, server, ping, json, sql, database, ssl,
      sdk, linux, windows (10|11), android (12|13|14|15|16), ios (16|17|18|26), vpn, cache, latency, cpu, gpu, ram,
      ssd, toner, printer, beta, fiber, fibre, antenna, plugin, token`,
    expert: `
      एरर कोड, त्रुटि कोड, ब्लू स्क्रीन, (फर्मवेयर|फ़र्मवेयर) (अपडेट|वर्ज़न), बूटलोडर, स्टैक ट्रेस, कमांड लाइन,
      कर्नेल, लॉग फाइल, लॉग फ़ाइल, error code, stack trace, firmware (update|version), blue screen, bootloader, boot
      loop, bootloop, segfault, kernel panic, api key, command line, log file(s|), http (400|401|403|404|429|500|502|
        503), port (80|443|22|8080), cors, modbus, exception`,
    asks: `
      कैसे (करें|करूं|करूँ|करे|होगा|होता|कर सकते|कर सकता|कर सकती|ठीक|मिलेगा|बदलें|जोड़ें|चालू|बंद|सेट|पता), कब (आएगा|
        आएगी|मिलेगा|मिलेगी|तक|होगा|होगी|शुरू|खुलेगा|चालू), (कहां|कहाँ) (मिलेगा|है|से|जाना|पर|करें), (कितना|कितने|
        कितनी) (समय|दिन|का|की|पैसे|टाइम|लगेगा|लगेंगे), कौन (सा|सी|से) _, कौनसा, (कोई|किसी) (बता|बताएगा|तरीका|तरीक़ा|
        जानता), किसी को (पता|मालूम), बता (दो|दें|सकते|दीजिए|सकता), बताइए, बताएं, बताओ, बताइये, जानना (है|था|चाहता|
        चाहती), सवाल, पूछना (है|था|चाहता|चाहती), क्या (आप|मैं|कोई|यह|ये|इसमें|इसे|इसका|हम), kaise (karein|kare|karu|
        karun|karoon|karen|hoga|hota|theek|thik|milega|change|set|on|band|pata), kaise kar (sakte|sakta|sakti), kab
      (aayega|ayega|aaega|milega|milegi|tak|hoga|hogi|shuru|khulega|chalu|aayegi), kahan (milega|hai|se|jana|par|pe),
      (kitna|kitne|kitni) (time|samay|din|ka|ki|paise|lagega|lagenge), (kaun|kon) (sa|si|se) _, kaunsa, konsa, (koi|
        kisi) (bata|batayega|batao|tarika|janta), kisi ko (pata|malum|maloom), bata (do|dein|de|sakte|dijiye|sakta),
      bataiye, batao, bataye, batayein, btao, btaiye, janna (hai|tha|chahta|chahti), sawal, sawaal, savaal, puchna
      (hai|tha|chahta), poochna (hai|tha|chahta), kya (aap|ap|main|mai|koi|yeh|ye|isme|ise|iska|hum), how to, can i,
      can you`,
    interrogative: `
      क्या, कैसे, कब, कहां, कहाँ, क्यों, क्यूं, क्यूँ, कौन, कितना, कितने, कितनी, किस, किसको, किसका, कौनसा, कोई, kya,
      kaise, kab, kahan, kyun, kaun, kitna, kitne, kitni, kis, kisko, kiska, kaunsa, konsa, koi, how, what, why,
      where, when, which`,
    idea: `
      सुझाव, मेरा (सुझाव|आइडिया), आइडिया, (फीचर|फ़ीचर|ऑप्शन|विकल्प|सुविधा) (होना|देना|आना|मिलना|होनी|मिलनी|जोड़|
        जोड़ें|जोड़ो|ऐड|चाहिए|डालो|लाओ|दो), (अच्छा|बेहतर|बढ़िया) (होगा|होता|रहेगा) (अगर|यदि|कि), (अगर|यदि) (आप|ऐप|
        इसमें) _ (जोड़|ऐड), काश (आप|इसमें|ऐप|यह|ये), (ऐड|जोड़) (करो|करें|कीजिए|दीजिए|दें|दो), क्यों नहीं (जोड़ते|लाते|
        देते|बनाते), (नया|नई) (फीचर|फ़ीचर|सुविधा), डार्क मोड, sujhav, sujhaav, sujhaw, suggestion(s|), i suggest, mera
      idea, ek idea, (feature|option|dark mode|suvidha) (hona|dena|aana|milna|honi|add|do|de
        do|lao|chahiye|dalo|daalo), (accha|behtar|badhiya) (hoga|hota|rahega) (agar|if|ki), (kash|kaash) (aap|isme|
        app|yeh|ye), add (karo|kar do|kijiye|karein|kare|kardo|karna chahiye), kyun nahi (laate|late|dete|add|banate),
      (naya|new) feature, dark mode, feature request`,
    hope: `
      उम्मीद, उम्मीदें, आशा (है|करता|करते|करती), इंतज़ार (है|रहेगा), बेसब्री से इंतज़ार, उत्साहित, विश्वास, भरोसा,
      शुभकामनाएं, शुभकामनाएँ, सपना, जल्द ही, umeed, ummeed, umid, umeedh, (asha|aasha) (hai|karta|karte|karti),
      (intezar|intezaar|intzar) (hai|rahega), besabri se, utsahit, vishwas, vishvas, bharosa, shubhkamnaye,
      shubhkamnayein, sapna, jald hi, hope, hoping, excited, can't wait`,
    sad: `
      दुख, दुःख, दुखी, दुखद, अफसोस, अफ़सोस, निराश, निराशा, उदास, मायूस, रोना आ, रो (रहा|रही|दिया), आंसू, आँसू, दिल
      टूट, अकेला, अकेली, दुर्भाग्य, पछतावा, पछता रहा, dukh, dukhi, dukhad, afsos, nirash, niraash, nirasha, udas,
      udaas, mayus, mayoos, rona (aa|a), ro (raha|rahi|diya), aansu, aansoo, dil (toot|tut), akela, akeli, durbhagya,
      pachtawa, pachta raha, sad, disappointed, disappointing, heartbroken`,
    solved: `
      (समस्या|दिक्कत|परेशानी|प्रॉब्लम|शिकायत) (हल|ठीक|दूर|सॉल्व|ख़त्म|का समाधान) (हो|कर), ठीक हो (गया|गई|गए|चुका),
      सॉल्व हो (गया|गई), अब (ठीक|सही) (है|हो|चल|काम), अब (चल रहा|चल रही|काम कर रहा|काम कर रही), (रिफंड|पैसे|पैसा|
        ऑर्डर|पार्सल|सामान|रिफ़ंड) मिल (गया|गए|गई), कोई (समस्या|दिक्कत|परेशानी|प्रॉब्लम|शिकायत) नहीं, बिना (किसी
        |)(परेशानी|समस्या|दिक्कत|रुकावट), (samasya|dikkat|pareshani|problem|issue|complaint) (hal|theek|thik|solve|
        solved|resolve|resolved|door|khatam|fix) (ho|kar|hui), (theek|thik|solve|resolve|fix) ho (gaya|gayi|gaye|
        chuka), ab (theek|thik|sahi) (hai|ho|chal|kaam), ab (chal|kaam kar) (raha|rahi), (refund|paise|order|parcel|
        saman|samaan) mil (gaya|gayi|gaye), koi (samasya|dikkat|pareshani|problem|issue|shikayat|complaint) nahi, bina
      (kisi |)(samasya|dikkat|pareshani|problem|issue), no (problem|issues), resolved, solved`,
    press: `
      (मैं|मैं एक|हम) (पत्रकार|रिपोर्टर|संवाददाता), (पत्रकार|रिपोर्टर|संवाददाता) (हूँ|बोल रहा|बोल रही), प्रेस
      (कार्यालय|संपर्क|पूछताछ|इंक्वायरी), मीडिया (पूछताछ|संपर्क|इंक्वायरी), (ख़बर|लेख|स्टोरी|रिपोर्ट|आर्टिकल|समाचार)
      के लिए (बयान|टिप्पणी|प्रतिक्रिया|आपका बयान|आपकी (टिप्पणी|प्रतिक्रिया)|कमेंट), (अखबार|अख़बार|न्यूज़ चैनल|समाचार
        पत्र) (से बोल|के लिए लिख|में रिपोर्टर), प्रवक्ता से (बात|संपर्क), (main|mai|main ek|mai ek|hum) (patrakar|
        reporter|journalist|samvaddata), (patrakar|reporter|journalist) (hu|hun|hoon|bol raha|bol rahi), (press|media)
      (inquiry|enquiry|office|contact|query|request), (khabar|khabhar|story|article|report|news|lekh) ke liye (bayan|
        byan|comment|statement|aapka|apka|aapki|tippani), (akhbar|akhbaar|newspaper|news channel) (se bol|ke liye
        likh|mein reporter), pravakta se (baat|sampark)`,
    selfHarm: `
      (आत्महत्या|ख़ुदकुशी|सुसाइड) (कर लूंगा|कर लूंगी|करूंगा|करूंगी|करना चाहता|करना चाहती|करने का मन|करने जा रहा|करने
        जा रही|करने वाला हूँ|करने वाली हूँ|के विचार|के ख़याल), आत्महत्या कर (लूँगा|लूँगी), मरना (चाहता|चाहती), मर जाना
      (चाहता|चाहती), मरने (का मन|की इच्छा), जीना नहीं (चाहता|चाहती), नहीं जीना (चाहता|चाहती), जीने (का मन नहीं|की
        इच्छा नहीं|की चाह नहीं|का कोई मतलब नहीं), (अपनी|मैं अपनी) जान (ले|दे) (लूंगा|लूंगी|लूँगा|लूँगी|दूंगा|दूंगी|
        दूँगा|दूँगी|रहा|रही), जान दे (दूंगा|दूंगी|दूँगा|दूँगी), ख़ुद को (मार|ख़त्म|नुकसान|नुक़सान|चोट) (लूंगा|लूंगी|
        लूँगा|डालूंगा|डालूंगी|कर|करना|पहुँचा|पहुँचाना), (अपनी) (ज़िंदगी|ज़िन्दगी|जीवन|लाइफ) (ख़त्म|समाप्त), अपना जीवन
      (ख़त्म|समाप्त), फांसी लगा (लूंगा|लूंगी|लूँगा|लूँगी), (नस|कलाई) काट (लूंगा|लूंगी|लूँगा|लूँगी|ली|रहा|रही), ज़हर खा
      (लूंगा|लूंगी|लूँगा|लूँगी), (atmahatya|aatmahatya|aatmhatya|atmhatya|khudkushi|suicide) kar (lunga|lungi|loonga|
        loongi|raha hu|raha hun|rahi hu|rahi hun|lu), (atmahatya|aatmahatya|aatmhatya|atmhatya|khudkushi|suicide)
      (karunga|karungi|karna chahta|karna chahti|karne ka man|karne ja|karne wala hu|karne wali hu|karlunga|karlungi),
      marna (chahta|chahti), mar jana (chahta|chahti), mar jaana (chahta|chahti), marne ka (man|mann), (jeena|jina|
        jeene) nahi (chahta|chahti), nahi (jeena|jina) (chahta|chahti|hai), (jeene|jine) (ka man|ka mann|ki ichha)
      nahi, jaan de (dunga|dungi|doonga|doongi), apni jaan (le|de) (lunga|lungi|dunga|dungi|loonga|loongi|doonga|
        doongi), khud ko (maar|mar|khatam|khatm|nuksan) (lunga|lungi|dalunga|dalungi|kar|karna|pahuchana), apni
      (zindagi|jindagi|zindgi|life) (khatam|khatm|end), (fansi|faansi|phansi) laga (lunga|lungi|loonga|loongi), (nas|
        kalai) (kaat|kat) (lunga|lungi|li|loonga|raha|rahi), (zeher|zehar|jahar|zahar) kha (lunga|lungi|loonga), kill
      myself, want to die, end my life, मेरे न होने से, mere na hone se, (मैं |)मर जाऊं तो, mar jau to (kisi|kisko)`,
    spam: `
      क्रिप्टो, बिटकॉइन, पैसे (कमाओ|कमाएं|कमाएँ|कमाए|कमाने का), पैसा (कमाओ|कमाएं|कमाएँ|कमाए|कमाने का), घर बैठे (कमाओ|
        कमाएं|कमाएँ|पैसे|पैसा|काम|जॉब), (फ्री|फ़्री|मुफ्त|मुफ़्त) (रिचार्ज|गिफ्ट|फॉलोअर्स|डेटा|डाटा|आईफोन), लिंक (पर|
        पे) क्लिक, लिंक बायो में, (यहां|यहाँ|नीचे) क्लिक, टेलीग्राम, (व्हाट्सएप|व्हाट्सऐप|वॉट्सऐप) (ग्रुप|करें नंबर),
      सट्टा, मटका (नंबर|किंग|रिजल्ट), कैसीनो, कसीनो, बेटिंग, तीन पत्ती, लॉटरी, निवेश (करें और|करके|करो और), (गारंटीड|
        पक्का) (रिटर्न|मुनाफा|मुनाफ़ा), पैसा डबल, पैसे डबल, वशीकरण, पार्ट टाइम जॉब, रेफर (करो|करें|कोड), प्रोमो कोड,
      (इंस्टेंट|तुरंत) लोन, फॉलो (बैक|फॉर), वजन घटाएं, वज़न घटाएं, crypto, bitcoin, btc, usdt, airdrop, giveaway,
      forex, paise (kamao|kamaye|kamaen|kamaein|kamayen|kamane ka), ghar baithe (kamao|kamaye|paise|kaam|job|earn|
        income), free (recharge|gift|followers|data|iphone|diamonds|money), link (par|pe|pr) click, click (here|karo|
        karein|kare|the link), link in (bio|my bio), bio mein link, telegram, whatsapp group join, join (my|our|kare|
        karo|karein) (telegram|channel|group), satta (matka|king|bazar|number|result), matka (king|result|number),
      casino, betting (id|tips|app), teen patti, online rummy, lottery, (invest|investment) (karo|karein|karke|now),
      guaranteed (return|returns|profit|income), paise double, double your, vashikaran, part time job, work from home,
      refer (karo|code|and earn|karein), promo code, (instant|turant) loan, loan approved, follow (back|for follow|me
        and), earn (money|daily|from home), passive income, weight loss`,
  },
})
