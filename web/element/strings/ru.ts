import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: 'Поиск по документации',
  close: 'Закрыть поиск',
  cancel: 'Отмена',
  clear: 'Очистить',
  results: 'Результаты',
  count: {
    one: '{n} результат', few: '{n} результата', many: '{n} результатов', other: '{n} результата',
  },
  start: 'Введите слово, фразу или название',
  loading: 'Идёт поиск…',
  none: 'По запросу «{query}» ничего не найдено',
  noneHint: 'Проверьте написание или попробуйте меньше слов либо более общие слова.',
  failed: 'Поиск сейчас недоступен',
  failedHint: 'Не удалось загрузить поисковый индекс. Проверьте соединение и повторите попытку.',
  retry: 'Повторить',
  corrected: 'Показаны результаты по запросу «{to}»',
  dropped: 'Не найдено: {words}',
  keyMove: 'перейти',
  keyOpen: 'открыть',
  keyClose: 'закрыть',
};

export default strings;
