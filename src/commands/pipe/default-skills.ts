import type { SkillWords } from '../../domain/classification.ts'

/** Everyday topics of nearly every brand, for runs without a brand file. */
export const DEFAULT_SKILLS: SkillWords = {
  'orders/delivery': {
    en: ['order', 'delivery', 'delivered', 'parcel', 'package', 'shipping', 'tracking', 'luggage', 'baggage'],
    de: ['bestellung', 'lieferung', 'paket', 'versand'],
    es: ['pedido', 'entrega', 'paquete', 'envío'],
    fr: ['commande', 'livraison', 'colis'],
    it: ['ordine', 'consegna', 'pacco', 'spedizione'],
    pt: ['encomenda', 'entrega', 'pedido'],
  },
  'orders/refunds': {
    en: ['refund', 'voucher', 'charged', 'invoice', 'receipt', 'reimburse'],
    de: ['erstattung', 'gutschein', 'rechnung'],
    es: ['reembolso', 'factura', 'cargo'],
    fr: ['remboursement', 'facture', 'bon'],
    it: ['rimborso', 'fattura', 'buono'],
    pt: ['reembolso', 'fatura', 'vale'],
  },
  account: {
    en: ['account', 'password', 'log in', 'login', 'sign in', 'username'],
    de: ['konto', 'passwort', 'anmelden'],
    es: ['cuenta', 'contraseña'],
    fr: ['compte', 'mot de passe'],
    it: ['profilo', 'accesso'],
    pt: ['conta', 'senha'],
  },
  app: { '*': ['app', 'bluetooth'], en: ['website', 'update', 'crash', 'notification', 'pairing'] },
  schedule: { en: ['schedule', 'booking', 'reservation', 'appointment', 'opening hours', 'seat', 'ticket'] },
}
