// What a reader does, one page after the other: `node --test reader.js`.

import './links.test.js';
import './structure.test.js';
import './nu.test.js';
import './places.test.js';
import './time.test.js';
import './story.test.js';
import './search.test.js';
import './reading.test.js';
import './print.test.js';
import './preview.test.js';
import './start.test.js';
import './desk.test.js';
import './lesson.test.js';
import './forms.test.js';
import './bring.test.js';
import './annotations.test.js';
import './calm.test.js';
import './recordings.test.js';
import './rtl.test.js';
import './seals.test.js';
