package org.ergograph.monitor;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

/** When the work of a method is over, as far as its declared return type tells. */
enum Returns {
    /** When it returns. */
    NOW,
    /** When the stage that it returns completes. */
    STAGE,
    /** When the first subscription to the publisher that it returns ends. */
    PUBLISHER;

    /**
     * A publisher is replaced by one that is watched, which only the plain interface allows: a method that is declared to
     * return a class of its own is over when it returns.
     */
    static Returns of(Method method) {
        Class<?> type = method.getReturnType();
        if (CompletionStage.class.isAssignableFrom(type) || type == Object.class || type == Future.class) {
            return STAGE;
        }
        return type == Flow.Publisher.class ? PUBLISHER : NOW;
    }
}
