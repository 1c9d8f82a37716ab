package org.ergograph.observation;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Names the reason of a failure in one word of low cardinality. */
final class ErrorTypes {
    /** Simple names computed once a class; bound to the class, so that nothing outlives its application. */
    private static final ClassValue<String> NAMES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            String name = type.getSimpleName();
            return Labels.sanitize(name.isEmpty() ? type.getName() : name);
        }
    };

    private ErrorTypes() {}

    /** The simple class name of the exception, without the wrappers that executors and reflection put around it. */
    static String of(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; depth < 8 && isWrapper(cause) && cause.getCause() != null; depth++) {
            cause = cause.getCause();
        }
        return NAMES.get(cause.getClass());
    }

    private static boolean isWrapper(Throwable error) {
        return error instanceof CompletionException
                || error instanceof ExecutionException
                || error instanceof InvocationTargetException;
    }
}
