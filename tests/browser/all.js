// All browser tests in one process, so that they share one browser: `node --test all.js`.

import './links.test.js';
import './structure.test.js';
import './nu.test.js';
import './places.test.js';
import './sweep.test.js';
import './time.test.js';
import './search.test.js';
import './reading.test.js';
import './print.test.js';
import './axe.test.js';
import './hostile.test.js';
import './preview.test.js';
import './annotations.test.js';
import './recordings.test.js';
import './rtl.test.js';
