/** What a site's script tag loads: the element, registered. */
import { CrossglotSearch } from './element.js';

if (!customElements.get('crossglot-search')) customElements.define('crossglot-search', CrossglotSearch);
