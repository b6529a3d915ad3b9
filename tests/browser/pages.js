// What opens very many pages, several at once: `node --test pages.js`.

import './sweep.test.js';
import './axe.test.js';
import './lighthouse.test.js';
import './fonts.test.js';
import './ways.test.js';
import './hostile.test.js';
