package org.ergograph.telemetry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.observation.Exposition;
import org.ergograph.observation.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Writes our histograms in the place of the server's. Payara counts buckets over a sample of at most 1028 values, adds a mean
 * without a help text, and gives mean and maximum of timers in nanoseconds under a name in seconds.
 */
@Singleton
class ExactExposition implements Exposition {
    private static final List<String> SUFFIXES = List.of("_bucket", "_sum", "_count", "_mean", "_max");
    private static final String COMMENT = "# ";

    private final Instruments instruments;

    @Inject
    ExactExposition(Instruments instruments) {
        this.instruments = instruments;
    }

    @Override
    public String corrected(String page) {
        Map<Metric, Collection<PublishedDistribution>> ours = instruments.distributions();
        Set<Metric> written = new HashSet<>();
        StringBuilder corrected = new StringBuilder(page.length());
        for (String line : page.lines().toList()) {
            Metric family = family(nameIn(line), ours.keySet());
            if (family == null) {
                corrected.append(line).append('\n');
            } else if (written.add(family)) {
                write(corrected, family, ours.getOrDefault(family, List.of()));
            }
        }
        return corrected.toString();
    }

    /** The metric that a line is about, whether it is a comment or a sample. */
    private static String nameIn(String line) {
        if (line.startsWith(COMMENT)) {
            String[] words = line.split(" ", 4);
            return words.length > 2 ? words[2] : "";
        }
        int end = 0;
        while (end < line.length() && line.charAt(end) != '{' && line.charAt(end) != ' ') {
            end++;
        }
        return line.substring(0, end);
    }

    private static @Nullable Metric family(String name, Set<Metric> ours) {
        for (Metric metric : ours) {
            if (name.startsWith(metric.name())) {
                String rest = name.substring(metric.name().length());
                if (rest.isEmpty() || SUFFIXES.contains(rest)) {
                    return metric;
                }
            }
        }
        return null;
    }

    private static void write(StringBuilder page, Metric metric, Collection<PublishedDistribution> distributions) {
        String help = metric.help().replace("\\", "\\\\").replace("\n", "\\n");
        page.append("# HELP ").append(metric.name()).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(metric.name()).append(" histogram\n");
        distributions.forEach(distribution -> distribution.write(page));
    }
}
