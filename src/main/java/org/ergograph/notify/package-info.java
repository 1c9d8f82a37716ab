/** Keeps rules and alerts, evaluates them on schedule, and says who is to be told. */
@NullMarked
package org.ergograph.notify;

import org.jspecify.annotations.NullMarked;
