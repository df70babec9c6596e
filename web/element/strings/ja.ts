import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: 'ドキュメントを検索',
  close: '検索を閉じる',
  cancel: 'キャンセル',
  clear: 'クリア',
  results: '検索結果',
  count: { other: '{n} 件の結果' },
  start: '単語、語句、名前を入力してください',
  loading: '検索中…',
  none: '「{query}」に一致する結果はありません',
  noneHint: '表記を確認するか、語数を減らすか、より一般的な言葉でお試しください。',
  failed: '現在、検索を利用できません',
  failedHint: '検索インデックスを読み込めませんでした。接続を確認して、もう一度お試しください。',
  retry: '再試行',
  corrected: '「{to}」の検索結果を表示しています',
  dropped: '見つからない語: {words}',
  keyMove: '移動',
  keyOpen: '開く',
  keyClose: '閉じる',
};

export default strings;
