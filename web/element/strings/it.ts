import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: 'Cerca nella documentazione',
  close: 'Chiudi la ricerca',
  cancel: 'Annulla',
  clear: 'Cancella',
  results: 'Risultati',
  count: { one: '{n} risultato', many: '{n} di risultati', other: '{n} risultati' },
  start: 'Scrivi una parola, una frase o un nome',
  loading: 'Ricerca in corso…',
  none: 'Nessun risultato per «{query}»',
  noneHint: 'Controlla l’ortografia, oppure prova con meno parole o con parole più generali.',
  failed: 'La ricerca non è disponibile al momento',
  failedHint: 'Non è stato possibile caricare l’indice di ricerca. Controlla la connessione e riprova.',
  retry: 'Riprova',
  corrected: 'Risultati per «{to}»',
  dropped: 'Non trovato: {words}',
  keyMove: 'spostarsi',
  keyOpen: 'aprire',
  keyClose: 'chiudere',
};

export default strings;
