import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: '搜索文档',
  close: '关闭搜索',
  cancel: '取消',
  clear: '清除',
  results: '搜索结果',
  count: { other: '{n} 条结果' },
  start: '请输入词语、短语或名称',
  loading: '正在搜索…',
  none: '没有与“{query}”匹配的结果',
  noneHint: '请检查拼写，或尝试更少、更通用的词语。',
  failed: '搜索暂时不可用',
  failedHint: '无法加载搜索索引。请检查网络连接后重试。',
  retry: '重试',
  corrected: '已显示“{to}”的搜索结果',
  dropped: '未找到：{words}',
  keyMove: '移动',
  keyOpen: '打开',
  keyClose: '关闭',
};

export default strings;
