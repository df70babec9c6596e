import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: '문서 검색',
  close: '검색 닫기',
  cancel: '취소',
  clear: '지우기',
  results: '검색 결과',
  count: { other: '결과 {n}개' },
  start: '단어, 구문 또는 이름을 입력하세요',
  loading: '검색 중…',
  none: '‘{query}’에 대한 결과가 없습니다',
  noneHint: '맞춤법을 확인하거나, 단어 수를 줄이거나 더 일반적인 단어를 사용해 보세요.',
  failed: '지금은 검색을 사용할 수 없습니다',
  failedHint: '검색 색인을 불러오지 못했습니다. 연결을 확인하고 다시 시도하세요.',
  retry: '다시 시도',
  corrected: '‘{to}’에 대한 결과를 표시합니다',
  dropped: '찾을 수 없음: {words}',
  keyMove: '이동',
  keyOpen: '열기',
  keyClose: '닫기',
};

export default strings;
