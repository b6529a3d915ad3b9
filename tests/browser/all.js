// All browser tests in one process, so that they share one browser: `node --test all.js`. `tests/run` has two, one beside the other.

import './reader.js';
import './pages.js';
