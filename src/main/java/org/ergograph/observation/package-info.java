/** The values that flow through Ergograph (observation, sample, series) and the ports that carry them. */
@NullMarked
package org.ergograph.observation;

import org.jspecify.annotations.NullMarked;
