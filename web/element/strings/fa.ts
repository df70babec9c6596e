import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: 'جستجو در مستندات',
  close: 'بستن جستجو',
  cancel: 'انصراف',
  clear: 'پاک کردن',
  results: 'نتایج',
  count: { other: '{n} نتیجه' },
  start: 'واژه، عبارت یا نامی را بنویسید',
  loading: 'در حال جستجو…',
  none: 'نتیجه‌ای برای «{query}» یافت نشد',
  noneHint: 'املا را بررسی کنید یا واژه‌های کمتر یا کلی‌تری را امتحان کنید.',
  failed: 'جستجو اکنون در دسترس نیست',
  failedHint: 'نمایهٔ جستجو بارگذاری نشد. اتصال را بررسی کنید و دوباره بکوشید.',
  retry: 'تلاش دوباره',
  corrected: 'نتایج برای «{to}»',
  dropped: 'یافت نشد: {words}',
  keyMove: 'جابه‌جایی',
  keyOpen: 'باز کردن',
  keyClose: 'بستن',
};

export default strings;
