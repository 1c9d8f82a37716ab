/** The annotations that measure an application's own methods, their interceptors, and metrics of the application's own. */
@NullMarked
package org.ergograph.monitor;

import org.jspecify.annotations.NullMarked;
