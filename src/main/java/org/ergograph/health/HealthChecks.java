package org.ergograph.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs all checks, each on schedule and beside the others, and keeps what they found. Answers come from the last results, so a
 * dependency that hangs never holds up an answer. Thread-safe.
 */
@Singleton
class HealthChecks implements Periodic {
    private final List<HealthProbe> probes = new ArrayList<>();
    private final Recorder recorder;
    private final TimeSource time;
    private final HealthSettings settings;
    private volatile @Nullable List<ScheduledCheck> checks;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private @Nullable ManagedExecutorService managed;

    private final @Nullable Executor given;

    @Inject
    HealthChecks(Instance<HealthProbe> probes, Recorder recorder, TimeSource time, HealthSettings settings) {
        this(probes, recorder, time, settings, null);
    }

    HealthChecks(
            Iterable<HealthProbe> probes,
            Recorder recorder,
            TimeSource time,
            HealthSettings settings,
            @Nullable Executor executor) {
        probes.forEach(this.probes::add);
        this.probes.sort(Comparator.comparing(HealthProbe::name));
        this.recorder = recorder;
        this.time = time;
        this.settings = settings;
        this.given = executor;
    }

    /** The checks by name. */
    List<ScheduledCheck> all() {
        List<ScheduledCheck> made = checks;
        if (made == null) {
            synchronized (this) {
                made = checks;
                if (made == null) {
                    Executor executor = executor();
                    made = probes.stream()
                            .map(probe -> new ScheduledCheck(probe, recorder, time, executor, settings.timeout()))
                            .toList();
                    checks = made;
                }
            }
        }
        return made;
    }

    private Executor executor() {
        Executor executor = given == null ? managed : given;
        if (executor == null) {
            throw new IllegalStateException("java:comp/DefaultManagedExecutorService is not there");
        }
        return executor;
    }

    /** The check of this name. */
    Optional<ScheduledCheck> named(String name) {
        return all().stream().filter(check -> check.name().equals(name)).findFirst();
    }

    /** The last result of every check. */
    List<CheckResult> results() {
        return all().stream().map(ScheduledCheck::last).toList();
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(500);
    }

    @Override
    public boolean whileOff() {
        return true;
    }

    @Override
    public void run() {
        for (ScheduledCheck check : all()) {
            check.giveUpIfOverdue();
            check.runIfDue(settings.interval());
        }
    }
}
