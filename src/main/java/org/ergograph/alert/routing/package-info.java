/** Who is told of an alert, when, and why not: silences, inhibition, grouping, limits. Pure. */
@NullMarked
package org.ergograph.alert.routing;

import org.jspecify.annotations.NullMarked;
