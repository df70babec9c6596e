import type { Strings } from './table.js';

const strings: Strings = {
  placeholder: 'Rechercher dans la documentation',
  close: 'Fermer la recherche',
  cancel: 'Annuler',
  clear: 'Effacer',
  results: 'Résultats',
  count: { one: '{n} résultat', many: '{n} de résultats', other: '{n} résultats' },
  start: 'Saisissez un mot, une expression ou un nom',
  loading: 'Recherche en cours…',
  none: 'Aucun résultat pour « {query} »',
  noneHint: 'Vérifiez l’orthographe, ou essayez avec moins de mots ou des mots plus généraux.',
  failed: 'La recherche est momentanément indisponible',
  failedHint: 'L’index de recherche n’a pas pu être chargé. Vérifiez la connexion, puis réessayez.',
  retry: 'Réessayer',
  corrected: 'Résultats pour « {to} »',
  dropped: 'Introuvable : {words}',
  keyMove: 'se déplacer',
  keyOpen: 'ouvrir',
  keyClose: 'fermer',
};

export default strings;
