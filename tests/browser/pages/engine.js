import * as api from './crossglot/index.js';

globalThis.api = api;
