package org.ergograph.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.ergograph.observation.Periodic;
import org.ergograph.observation.Recorder;
import org.ergograph.observation.TimeSource;
import org.ergograph.outbound.OutboundClient;
import org.jspecify.annotations.Nullable;

/**
 * Runs all checks, each on schedule and beside the others, and keeps what they found. Of those that are due at the same time the
 * one of which nothing has been known for longest begins first. Answers come from the last results, so a dependency that hangs
 * never holds up an answer. Thread-safe.
 */
@Singleton
class HealthChecks implements Periodic {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,50}");

    private final List<HealthProbe> probes = new ArrayList<>();
    private final Recorder recorder;
    private final TimeSource time;
    private final HealthSettings settings;
    private volatile @Nullable List<ScheduledCheck> checks;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private @Nullable ManagedExecutorService managed;

    private final @Nullable Executor given;

    @Inject
    HealthChecks(
            Instance<HealthProbe> probes,
            OutboundClient client,
            Recorder recorder,
            TimeSource time,
            HealthSettings settings) {
        this(withUrls(probes, settings, client), recorder, time, settings, null);
    }

    private static List<HealthProbe> withUrls(
            Iterable<HealthProbe> probes, HealthSettings settings, OutboundClient client) {
        List<HealthProbe> all = new ArrayList<>();
        probes.forEach(all::add);
        settings.urls().forEach(url -> all.add(new UrlProbe(url, client::send, settings.timeout())));
        return all;
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
        check();
    }

    /** A fault of names ends the deployment, not the first request. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    private void check() {
        Set<String> names = new HashSet<>();
        for (HealthProbe probe : probes) {
            if (!NAME.matcher(probe.name()).matches()) {
                throw new IllegalStateException(
                        "health check is '" + probe.name() + "': must be 1 to 50 of a to z, 0 to 9, - and _");
            }
            if (!names.add(probe.name())) {
                throw new IllegalStateException("there are two health checks '" + probe.name() + "'");
            }
        }
        for (String name : settings.ready()) {
            if (!names.contains(name)) {
                throw new IllegalStateException("configuration: ergograph.health.ready is '" + name
                        + "': must be names of health checks: " + String.join(", ", new TreeSet<>(names)));
            }
        }
    }

    /** A check that is due; the figure is read once, as checks go on while they are sorted. */
    private record Turn(ScheduledCheck check, long unknownNanos) {}

    /** The checks by name. */
    List<ScheduledCheck> all() {
        List<ScheduledCheck> made = checks;
        if (made == null) {
            synchronized (this) {
                made = checks;
                if (made == null) {
                    Executor executor = executor();
                    made = probes.stream()
                            .map(probe -> new ScheduledCheck(
                                    probe,
                                    recorder,
                                    time,
                                    executor,
                                    settings.interval(),
                                    probe.timeout().orElse(settings.timeout())))
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
        all().forEach(ScheduledCheck::giveUpIfOverdue);
        // There may be more URLs than requests at a time: whoever found no place must not come last again.
        List<Turn> due = all().stream()
                .filter(ScheduledCheck::due)
                .map(check -> new Turn(check, check.unknownNanos()))
                .sorted(Comparator.comparingLong(Turn::unknownNanos).reversed())
                .toList();
        for (Turn turn : due) {
            CompletableFuture<CheckResult> unused = turn.check().run();
        }
    }
}
