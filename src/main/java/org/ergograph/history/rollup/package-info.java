/** The rollups: how each series was distributed per minute, five minutes, hour and day, and how that comes about. */
@NullMarked
package org.ergograph.history.rollup;

import org.jspecify.annotations.NullMarked;
