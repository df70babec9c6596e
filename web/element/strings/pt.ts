import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: 'Pesquisar na documentação',
  close: 'Fechar a pesquisa',
  cancel: 'Cancelar',
  clear: 'Limpar',
  results: 'Resultados',
  count: { one: '{n} resultado', many: '{n} de resultados', other: '{n} resultados' },
  start: 'Digite uma palavra, uma frase ou um nome',
  loading: 'Pesquisando…',
  none: 'Nenhum resultado para “{query}”',
  noneHint: 'Verifique a ortografia ou tente menos palavras ou palavras mais gerais.',
  failed: 'A pesquisa não está disponível no momento',
  failedHint: 'Não foi possível carregar o índice de pesquisa. Verifique a conexão e tente novamente.',
  retry: 'Tentar novamente',
  corrected: 'Resultados para “{to}”',
  dropped: 'Não encontrado: {words}',
  keyMove: 'mover',
  keyOpen: 'abrir',
  keyClose: 'fechar',
};

export default strings;
