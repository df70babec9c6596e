import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: 'Buscar en la documentación',
  close: 'Cerrar la búsqueda',
  cancel: 'Cancelar',
  clear: 'Borrar',
  results: 'Resultados',
  count: { one: '{n} resultado', many: '{n} de resultados', other: '{n} resultados' },
  start: 'Escriba una palabra, una frase o un nombre',
  loading: 'Buscando…',
  none: 'No hay resultados para «{query}»',
  noneHint: 'Compruebe la ortografía o pruebe con menos palabras o con otras más generales.',
  failed: 'La búsqueda no está disponible en este momento',
  failedHint: 'No se pudo cargar el índice de búsqueda. Compruebe la conexión e inténtelo de nuevo.',
  retry: 'Reintentar',
  corrected: 'Resultados para «{to}»',
  dropped: 'No encontrado: {words}',
  keyMove: 'moverse',
  keyOpen: 'abrir',
  keyClose: 'cerrar',
};

export default strings;
