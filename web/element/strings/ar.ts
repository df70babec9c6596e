import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: 'ابحث في الوثائق',
  close: 'إغلاق البحث',
  cancel: 'إلغاء',
  clear: 'مسح',
  results: 'النتائج',
  count: {
    zero: 'لا نتائج', one: 'نتيجة واحدة', two: 'نتيجتان', few: '{n} نتائج', many: '{n} نتيجة', other: '{n} نتيجة',
  },
  start: 'اكتب كلمة أو عبارة أو اسمًا',
  loading: 'جارٍ البحث…',
  none: 'لا توجد نتائج عن «{query}»',
  noneHint: 'تحقق من الإملاء، أو جرّب كلمات أقل أو أعمّ.',
  failed: 'البحث غير متاح الآن',
  failedHint: 'تعذّر تحميل فهرس البحث. تحقق من الاتصال ثم أعد المحاولة.',
  retry: 'إعادة المحاولة',
  corrected: 'نتائج البحث عن «{to}»',
  dropped: 'لم يُعثر على: {words}',
  keyMove: 'للتنقل',
  keyOpen: 'للفتح',
  keyClose: 'للإغلاق',
};

export default strings;
