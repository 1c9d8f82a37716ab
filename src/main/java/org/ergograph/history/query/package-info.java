/** Answers questions about the past from the rollups: any percentile of any series over any range. */
@NullMarked
package org.ergograph.history.query;

import org.jspecify.annotations.NullMarked;
