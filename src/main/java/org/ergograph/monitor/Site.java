package org.ergograph.monitor;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.LongAdder;
import org.ergograph.observation.Series;
import org.jspecify.annotations.Nullable;

/**
 * A method of a bean class that is measured, with all that is known before the call. Immutable.
 *
 * @param transaction whether the method may open the transaction that it runs in
 * @param open counts the calls that are open now, null if nobody asks
 */
record Site(
        Method method,
        Series series,
        boolean transaction,
        Returns returns,
        @Nullable LongAdder open) {}
