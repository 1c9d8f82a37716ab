package org.ergograph.demo;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.ergograph.tool.Source;
import org.ergograph.tool.Tool;

/** Offers the sample tools, where there is a demonstration. Thread-safe. */
@Singleton
class SampleTools implements Source {
    private final Offer offer;

    @Inject
    SampleTools(DemoSettings settings) {
        this.offer = settings.enabled() ? offer(settings.tools(), later()) : Offer.none();
    }

    private static Offer offer(List<Behaviour> tools, BiFunction<Duration, Runnable, Runnable> later) {
        List<Tool> samples = tools.stream()
                .<Tool>map(behaviour -> new SampleTool(behaviour, later))
                .toList();
        return new Offer(samples, List.of(), List.of(), List.of());
    }

    private static BiFunction<Duration, Runnable, Runnable> later() {
        ScheduledExecutorService scheduler =
                (ScheduledExecutorService) lookup("DefaultManagedScheduledExecutorService");
        Executor executor = (Executor) lookup("DefaultManagedExecutorService");
        return (delay, task) -> {
            Future<?> due = scheduler.schedule(() -> executor.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> due.cancel(false);
        };
    }

    @SuppressWarnings("BanJNDI") // constant names of the specification
    private static Object lookup(String name) {
        try {
            return new InitialContext().lookup("java:comp/" + name);
        } catch (NamingException e) {
            throw new IllegalStateException("the server has no " + name, e);
        }
    }

    @Override
    public Offer offer() {
        return offer;
    }
}
