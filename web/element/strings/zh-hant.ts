import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: '搜尋文件',
  close: '關閉搜尋',
  cancel: '取消',
  clear: '清除',
  results: '搜尋結果',
  count: { other: '{n} 筆結果' },
  start: '請輸入詞語、片語或名稱',
  loading: '正在搜尋…',
  none: '找不到符合「{query}」的結果',
  noneHint: '請檢查拼字，或嘗試較少、較廣泛的詞語。',
  failed: '目前無法使用搜尋',
  failedHint: '無法載入搜尋索引。請檢查網路連線後再試一次。',
  retry: '再試一次',
  corrected: '顯示「{to}」的搜尋結果',
  dropped: '找不到：{words}',
  keyMove: '移動',
  keyOpen: '開啟',
  keyClose: '關閉',
};

export default strings;
