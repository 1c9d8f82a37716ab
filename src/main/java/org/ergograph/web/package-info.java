/** What every REST resource says in the same way: problems, bodies, parameters, cursors, ETags, CSV and NDJSON. */
@NullMarked
package org.ergograph.web;

import org.jspecify.annotations.NullMarked;
