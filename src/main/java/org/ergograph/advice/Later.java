package org.ergograph.advice;

import java.time.Duration;

/** Does something after a while, on a thread that may read files. Thread-safe. */
interface Later {
    /**
     * Has the task run.
     *
     * @return takes it back, if it has not begun
     * @throws java.util.concurrent.RejectedExecutionException if the server is stopping
     */
    Runnable in(Duration delay, Runnable task);
}
