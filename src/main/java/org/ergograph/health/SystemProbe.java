package org.ergograph.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ergograph.system.SystemSampler;
import org.ergograph.system.SystemState;
import org.ergograph.system.Usage;

/** Checks processor, memory and disk against their limits: one or two at or over theirs is degraded, all three unhealthy. */
@Singleton
class SystemProbe implements HealthProbe {
    private final SystemSampler sampler;
    private final HealthSettings settings;

    @Inject
    SystemProbe(SystemSampler sampler, HealthSettings settings) {
        this.sampler = sampler;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "system";
    }

    @Override
    public Finding check() {
        Optional<SystemState> latest = sampler.latest();
        if (latest.isEmpty()) {
            return Finding.of(HealthState.UNKNOWN, "not sampled yet");
        }
        SystemState state = latest.get();
        return judge(state.cpuPercent(), percent(state.memory()), percent(state.disk()), settings);
    }

    private static OptionalDouble percent(Optional<Usage> usage) {
        return usage.isPresent() ? OptionalDouble.of(usage.get().percent()) : OptionalDouble.empty();
    }

    /** What the platform cannot tell is not over its limit; a value at its limit is. */
    static Finding judge(OptionalDouble cpu, OptionalDouble memory, OptionalDouble disk, HealthSettings settings) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        List<String> over = new ArrayList<>();
        compare("cpu", cpu, settings.cpuPercent(), metadata, over);
        compare("memory", memory, settings.memoryPercent(), metadata, over);
        compare("disk", disk, settings.diskPercent(), metadata, over);
        if (metadata.isEmpty()) {
            return Finding.of(HealthState.UNKNOWN, "the platform tells nothing");
        }
        if (over.isEmpty()) {
            return new Finding(HealthState.HEALTHY, "processor, memory and disk are within limits", metadata, null);
        }
        HealthState state = over.size() >= 3 ? HealthState.UNHEALTHY : HealthState.DEGRADED;
        return new Finding(state, "over the limit: " + String.join(", ", over), metadata, "over-limit");
    }

    private static void compare(
            String name, OptionalDouble percent, int limit, Map<String, Object> metadata, List<String> over) {
        if (percent.isPresent()) {
            metadata.put(name + "Percent", percent.getAsDouble());
            if (percent.getAsDouble() >= limit) {
                over.add(String.format(
                        java.util.Locale.ROOT, "%s %.1f%% of at most %d%%", name, percent.getAsDouble(), limit));
            }
        }
    }
}
