package org.ergograph.monitor;

import jakarta.interceptor.Interceptor;

/**
 * The order of the interceptors. All are outside of {@code Transactional} (200), so that time includes the commit, and inside
 * of the {@code Asynchronous} of Jakarta Concurrency (5), so that it is the work that is timed and not its submission.
 */
final class Order {
    static final int WORKFLOW = Interceptor.Priority.PLATFORM_BEFORE + 150;
    static final int STEP = Interceptor.Priority.PLATFORM_BEFORE + 155;
    static final int TOOL = Interceptor.Priority.PLATFORM_BEFORE + 160;
    static final int METHOD = Interceptor.Priority.PLATFORM_BEFORE + 165;
    static final int DB = Interceptor.Priority.PLATFORM_BEFORE + 170;

    private Order() {}
}
