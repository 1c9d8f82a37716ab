/** The live view: what was observed in the last minutes, per series, as immutable snapshots of mergeable sketches. */
@NullMarked
package org.ergograph.window;

import org.jspecify.annotations.NullMarked;
