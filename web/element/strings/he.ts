import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: 'חיפוש בתיעוד',
  close: 'סגירת החיפוש',
  cancel: 'ביטול',
  clear: 'ניקוי',
  results: 'תוצאות',
  count: { one: 'תוצאה אחת', two: 'שתי תוצאות', other: '{n} תוצאות' },
  start: 'אפשר להקליד מילה, ביטוי או שם',
  loading: 'מתבצע חיפוש…',
  none: 'לא נמצאו תוצאות עבור ”{query}“',
  noneHint: 'כדאי לבדוק את האיות, או לנסות פחות מילים או מילים כלליות יותר.',
  failed: 'החיפוש אינו זמין כרגע',
  failedHint: 'לא ניתן היה לטעון את אינדקס החיפוש. יש לבדוק את החיבור ולנסות שוב.',
  retry: 'ניסיון נוסף',
  corrected: 'מוצגות תוצאות עבור ”{to}“',
  dropped: 'לא נמצא: {words}',
  keyMove: 'תנועה',
  keyOpen: 'פתיחה',
  keyClose: 'סגירה',
};

export default strings;
