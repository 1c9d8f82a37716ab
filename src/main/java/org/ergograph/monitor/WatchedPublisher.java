package org.ergograph.monitor;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A publisher that tells how its first subscription ended; further ones pass through unwatched, so that a call is observed
 * once. A subscription that its subscriber cancels has ended well: that is how one says that one has enough.
 */
final class WatchedPublisher<T> implements Flow.Publisher<T> {
    private final Flow.Publisher<T> publisher;
    private final Consumer<@Nullable Throwable> end;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    /** @param end called once, with the failure or null; never throws */
    WatchedPublisher(Flow.Publisher<T> publisher, Consumer<@Nullable Throwable> end) {
        this.publisher = publisher;
        this.end = end;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        if (subscriber == null || !subscribed.compareAndSet(false, true)) {
            publisher.subscribe(subscriber);
            return;
        }
        Watched<T> watched = new Watched<>(subscriber, end);
        try {
            publisher.subscribe(watched);
        } catch (RuntimeException | Error e) {
            watched.ended(e);
            throw e;
        }
    }

    private static final class Watched<T> implements Flow.Subscriber<T> {
        private final Flow.Subscriber<? super T> subscriber;
        private final Consumer<@Nullable Throwable> end;
        private final AtomicBoolean ended = new AtomicBoolean();

        Watched(Flow.Subscriber<? super T> subscriber, Consumer<@Nullable Throwable> end) {
            this.subscriber = subscriber;
            this.end = end;
        }

        void ended(@Nullable Throwable failure) {
            if (ended.compareAndSet(false, true)) {
                end.accept(failure);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    subscription.request(n);
                }

                @Override
                public void cancel() {
                    try {
                        subscription.cancel();
                    } finally {
                        ended(null);
                    }
                }
            });
        }

        @Override
        public void onNext(T item) {
            subscriber.onNext(item);
        }

        @Override
        public void onError(Throwable failure) {
            try {
                subscriber.onError(failure);
            } finally {
                ended(failure);
            }
        }

        @Override
        public void onComplete() {
            try {
                subscriber.onComplete();
            } finally {
                ended(null);
            }
        }
    }
}
