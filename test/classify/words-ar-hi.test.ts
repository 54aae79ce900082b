import { describe, expect, it } from 'vitest'
import { read } from '../../src/classify/read.ts'
import { tokenize } from '../../src/classify/tokens.ts'
import { VOCABULARIES } from '../../src/classify/vocabularies.ts'

/** The groups of words found in a post, each once. */
function groupsIn(tag: 'ar' | 'hi', text: string): string[] {
  const { findings } = read(text, tokenize(text), VOCABULARIES.get(tag) ?? null)
  return [...new Set(findings.map(({ group }) => group))]
}

const RAISE_FLAGS = ['danger', 'lawyer', 'press', 'selfHarm', 'spam']

describe('a post in Arabic', () => {
  it.each([
    ['شكرا لكم خدمة رائعة وسريعة', ['thanks', 'delight']],
    ['التطبيق ما يفتح عندي من الصبح وش الحل', ['failure', 'asks']],
    ['طلبى لم يصل ومحدش بيرد عليا', ['account', 'service', 'unheard']],
    ['حسبي الله ونعم الوكيل انتم نصابين اريد استرداد فلوسي', ['fury', 'hostile', 'money']],
    ['النت مقطوع عندنا في الحي', ['outage']],
    ['هل يمكن تغيير موعد الرحلة؟', ['asks']],
    ['لماذا تغير السعر', ['interrogative']],
    ['ياليت تضيفون الوضع الليلي', ['idea']],
    ['الحمد لله انحلت المشكله شكراً', ['solved', 'thanks']],
    ['رائحة حريق من الشاحن', ['danger']],
    ['سأرفع دعوى عليكم والمحامي جاهز', ['lawyer']],
    ['أنا صحفية من جريدة محلية وأطلب تصريحا', ['press']],
    ['تعبت كثيرا وأفكر في الانتحار', ['selfHarm']],
    ['اربح المال من البيت الرابط في البايو', ['spam']],
  ])('is read: %s', (text, groups) => {
    expect(groupsIn('ar', text)).toEqual(expect.arrayContaining(groups))
  })

  it('says the same with and without hamzas, dots and marks', () => {
    expect(groupsIn('ar', 'الاجهزه سيئه جدا')).toEqual(groupsIn('ar', 'الأجهزة سيئة جداً'))
    expect(groupsIn('ar', 'الغاء اشتراكى')).toEqual(['leaving'])
  })

  it.each([
    'أبي أموت من الضحك على هالإعلان',
    'انفجرت من الضحك والله',
    'ممنوع التدخين والدخان يضايقني',
    'السعر نار هالسنة',
    'قرأت خبرا عن المحكمة اليوم',
  ])('raises no flag with a figure of speech: %s', (text) => {
    expect(groupsIn('ar', text).filter((group) => RAISE_FLAGS.includes(group))).toEqual([])
  })
})

describe('a post in Hindi', () => {
  it.each([
    ['बहुत बहुत धन्यवाद, शानदार सेवा', ['thanks', 'delight']],
    ['bhot achi service, dhanyavad', ['delight', 'thanks']],
    ['ऐप काम नहीं कर रहा है, कैसे ठीक करें', ['failure', 'asks']],
    ['kyu band hai dukaan', ['interrogative']],
    ['app kaam nhi kr rha, koi reply nhi', ['failure', 'unheard']],
    ['mera order nahi aaya, paise wapas karo', ['account', 'money']],
    ['बकवास कंपनी, सब चोर हैं, तंग आ गया हूं', ['hostile', 'fury']],
    ['net band hai subah se', ['outage']],
    ['ऐप में डार्क मोड होना चाहिए', ['idea']],
    ['problem solve ho gyi, shukriya', ['solved', 'thanks']],
    ['चार्जर से धुआँ निकल रहा है', ['danger']],
    ['phone ki battery phat gyi', ['danger']],
    ['अब उपभोक्ता फोरम में मिलेंगे', ['lawyer']],
    ['kanuni karwai hogi, mera vakil baat karega', ['lawyer']],
    ['मैं एक पत्रकार हूँ, आपका बयान चाहिए', ['press']],
    ['ab jeena nahi chahta', ['selfHarm']],
    ['घर बैठे पैसे कमाओ, लिंक पर क्लिक करो', ['spam']],
  ])('is read: %s', (text, groups) => {
    expect(groupsIn('hi', text)).toEqual(expect.arrayContaining(groups))
  })

  it('says the same whether the dot below is one sign, a sign of its own or left out', () => {
    for (const bad of ['\u0959राब', 'ख\u093cराब', 'खराब']) expect(groupsIn('hi', `यह ${bad}`)).toEqual(['bad'])
  })

  it('takes what stands before its negation for the opposite', () => {
    expect(groupsIn('hi', 'khana accha nhi tha')).toEqual(['bad'])
    expect(groupsIn('hi', 'अब कोई समस्या नहीं है')).toEqual(['solved'])
  })

  it.each([
    'हँसते हँसते मर गया यार',
    'aag laga di is gaane ne',
    'खबर है कि किसान ने आत्महत्या कर ली',
    'fir court ke paas mila tha',
    'driver ne phone kiya',
  ])('raises no flag with a figure of speech or with news: %s', (text) => {
    expect(groupsIn('hi', text).filter((group) => RAISE_FLAGS.includes(group))).toEqual([])
  })
})
