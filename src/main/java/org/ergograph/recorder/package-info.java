/** The one recorder: collects the sinks once at start, and runs what has to be done periodically. */
@NullMarked
package org.ergograph.recorder;

import org.jspecify.annotations.NullMarked;
