import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: 'Dokumentation durchsuchen',
  close: 'Suche schließen',
  cancel: 'Abbrechen',
  clear: 'Löschen',
  results: 'Ergebnisse',
  count: { one: '{n} Ergebnis', other: '{n} Ergebnisse' },
  start: 'Geben Sie ein Wort, eine Wendung oder einen Namen ein',
  loading: 'Suche läuft …',
  none: 'Keine Ergebnisse für „{query}“',
  noneHint: 'Prüfen Sie die Schreibweise, oder versuchen Sie weniger oder allgemeinere Wörter.',
  failed: 'Die Suche ist gerade nicht verfügbar',
  failedHint: 'Der Suchindex konnte nicht geladen werden. Bitte Verbindung prüfen und noch einmal versuchen.',
  retry: 'Noch einmal versuchen',
  corrected: 'Ergebnisse für „{to}“',
  dropped: 'Nicht gefunden: {words}',
  keyMove: 'bewegen',
  keyOpen: 'öffnen',
  keyClose: 'schließen',
};

export default strings;
