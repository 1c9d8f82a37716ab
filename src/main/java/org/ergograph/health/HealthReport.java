package org.ergograph.health;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ergograph.web.JsonText;

/**
 * What the checks found together: as bad as the worst of them, where what is unknown counts as degraded. Immutable.
 *
 * @param results one of each check
 */
record HealthReport(String node, String version, Duration uptime, Instant at, List<CheckResult> results) {
    HealthState state() {
        HealthState worst = HealthState.HEALTHY;
        for (CheckResult result : results) {
            worst = worst.worse(result.state());
        }
        return worst == HealthState.UNKNOWN ? HealthState.DEGRADED : worst;
    }

    /** 503 if it does not work, else 200. */
    static int httpStatus(HealthState state) {
        return state == HealthState.UNHEALTHY ? 503 : 200;
    }

    JsonObject json(boolean detailed) {
        JsonObjectBuilder summary = JsonText.object().add("total", results.size());
        for (HealthState state : HealthState.values()) {
            summary.add(
                    state.label(),
                    results.stream().filter(result -> result.state() == state).count());
        }
        JsonObjectBuilder json = JsonText.object()
                .add("status", state().label())
                .add("timestamp", at.toString())
                .add("node", node)
                .add("version", version)
                .add("uptime", uptime.toString())
                .add("summary", summary);
        if (detailed) {
            json.add("checks", checks());
        }
        return json.build();
    }

    JsonObject checksOnly() {
        return JsonText.object().add("checks", checks()).build();
    }

    private JsonArrayBuilder checks() {
        JsonArrayBuilder checks = JsonText.array();
        results.forEach(result -> checks.add(result.json()));
        return checks;
    }
}
