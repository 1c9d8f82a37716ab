package org.ergograph.http;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An implementation of an interface of which a test needs only a few methods; any other fails the test. */
final class Answers {
    /** Answers a call. */
    interface Answer {
        @Nullable
        Object to(@Nullable Object[] arguments) throws Exception;
    }

    private final Map<String, Answer> answers = new HashMap<>();

    Answers on(String method, Answer answer) {
        answers.put(method, answer);
        return this;
    }

    <T> T as(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    Answer answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new AssertionError("not expected: " + method);
                    }
                    return answer.to(given == null ? new Object[0] : given);
                }));
    }
}
