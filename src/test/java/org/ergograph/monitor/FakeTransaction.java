package org.ergograph.monitor;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import org.ergograph.observation.NotingRecorder;

/** Stands where a server's transaction interceptor stands: the commit takes 7 ms, and fails if told to. */
@Transactional
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
class FakeTransaction {
    static final ThreadLocal<Boolean> FAILS = ThreadLocal.withInitial(() -> false);

    private final NotingRecorder recorder;

    @Inject
    FakeTransaction(NotingRecorder recorder) {
        this.recorder = recorder;
    }

    @AroundInvoke
    Object commit(InvocationContext call) throws Exception {
        Object result = call.proceed();
        recorder.advanceMillis(7);
        if (FAILS.get()) {
            throw new IllegalStateException("commit failed");
        }
        return result;
    }
}
