package org.ergograph.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.ergograph.history.query.RecordedFigures;
import org.ergograph.settings.Threshold;
import org.ergograph.window.Distribution;
import org.jspecify.annotations.Nullable;

/** What a monitoring amounts to, in words. */
final class Findings {
    /** Fewer calls than this say nothing about a change. */
    private static final int ENOUGH = 20;
    /** Slower than before by this factor is a finding. */
    private static final double SLOWER = 1.5;

    private static final Set<Watched> OF_CALLS = Set.of(Watched.EXECUTION_TIME, Watched.ERROR_RATE, Watched.THROUGHPUT);

    private Findings() {}

    /**
     * The worst first; those of thresholds before those of usual limits.
     *
     * @param limits the usual ones that hold now
     */
    static List<Finding> of(Monitored done, @Nullable Past past, ToDoubleFunction<Threshold> limits) {
        List<Finding> findings = new ArrayList<>();
        for (Track track : done.tracks()) {
            if (track.over() > 0) {
                findings.add(new Finding("high", overThreshold(track), advice(track.metric()), proof(track, limits)));
            }
        }
        for (Track track : done.tracks()) {
            OptionalDouble mean = whole(track, done);
            double limit = track.metric().usualLimit(limits);
            if (track.threshold() == null && mean.isPresent() && mean.getAsDouble() > limit) {
                boolean critical = track.metric() == Watched.ERROR_RATE
                        && mean.getAsDouble() > limits.applyAsDouble(Threshold.ERROR_RATE_CRITICAL);
                findings.add(new Finding(
                        critical ? "critical" : "warning",
                        track.metric().label() + " was " + Numbers.shown(mean.getAsDouble(), track.metric())
                                + ", which is over the usual " + Numbers.shown(limit, track.metric()),
                        advice(track.metric()),
                        proof(track, limits)));
            }
        }
        if (past != null && past.figures() != null) {
            slower(done.calls(), past.figures(), findings);
        }
        if (done.calls().count() == 0) {
            findings.add(Finding.info("of " + done.target().label() + " nothing ended during the monitoring"));
        }
        if (done.missed() > 0) {
            findings.add(Finding.info(
                    done.missed() + " samples were left out, because the server was too busy to take them in time"));
        }
        return findings;
    }

    private static void slower(Distribution now, RecordedFigures before, List<Finding> findings) {
        OptionalDouble p95 = now.quantileSeconds(0.95);
        if (now.count() < ENOUGH
                || before.count() < ENOUGH
                || p95.isEmpty()
                || before.p95Seconds().isEmpty()) {
            return;
        }
        double factor = p95.getAsDouble() / Math.max(1e-9, before.p95Seconds().getAsDouble());
        if (factor >= SLOWER) {
            findings.add(new Finding(
                    "warning",
                    "p95 was " + Numbers.shown(p95.getAsDouble(), Watched.EXECUTION_TIME) + ", "
                            + Numbers.rounded(Math.round(factor * 10) / 10.0) + " times that of the record ("
                            + Numbers.shown(before.p95Seconds().getAsDouble(), Watched.EXECUTION_TIME) + ")",
                    "Look for what changed since: deployments, data, traffic; compare the slowest series with the audit rows.",
                    "p95 of the same series back under "
                            + Numbers.shown(SLOWER * before.p95Seconds().getAsDouble(), Watched.EXECUTION_TIME)));
        }
    }

    /** One sentence that says what matters most, with figures. */
    static String verdict(Monitored done, List<Finding> findings) {
        String over = done.tracks().stream()
                .filter(track -> track.over() > 0)
                .map(Findings::overThreshold)
                .collect(Collectors.joining("; "));
        String figures = figures(done);
        if (!over.isEmpty()) {
            return over + ". " + figures;
        }
        String problem = findings.stream()
                .filter(finding -> !finding.severity().equals("info"))
                .map(Finding::text)
                .collect(Collectors.joining("; "));
        if (!problem.isEmpty()) {
            return problem + ". " + figures;
        }
        return (done.request().thresholds().isEmpty() ? "Nothing out of the ordinary. " : "Within all thresholds. ")
                + figures;
    }

    private static String figures(Monitored done) {
        Distribution calls = done.calls();
        String of = done.tracks().stream()
                .filter(track -> !OF_CALLS.contains(track.metric()))
                .filter(track -> track.all().count() > 0)
                .map(track -> track.metric().label() + " "
                        + Numbers.shown(track.all().mean().orElse(0), track.metric()) + " (at most "
                        + Numbers.shown(track.all().max().orElse(0), track.metric()) + ")")
                .collect(Collectors.joining(", "));
        String ended = calls.count() == 0
                ? "no calls"
                : calls.count() + " calls, " + calls.errors() + " errors, p50 "
                        + Numbers.shown(calls.quantileSeconds(0.5).orElse(0), Watched.EXECUTION_TIME) + ", p95 "
                        + Numbers.shown(calls.quantileSeconds(0.95).orElse(0), Watched.EXECUTION_TIME) + ", p99 "
                        + Numbers.shown(calls.quantileSeconds(0.99).orElse(0), Watched.EXECUTION_TIME);
        return (of.isEmpty() ? "" : of + "; ") + done.target().label() + ": " + ended + ".";
    }

    /** {@code cpu 93.1% over 80% in 12 of 60 samples}. */
    private static String overThreshold(Track track) {
        return track.metric().label() + " "
                + Numbers.shown(track.all().max().orElse(0), track.metric()) + " over "
                + Numbers.shown(track.threshold() == null ? 0 : track.threshold(), track.metric()) + " in "
                + track.over() + " of " + track.all().count() + " samples";
    }

    /** The figure of the whole time: a mean of percentiles would be none. */
    private static OptionalDouble whole(Track track, Monitored done) {
        return switch (track.metric()) {
            case EXECUTION_TIME -> done.calls().quantileSeconds(0.95);
            case ERROR_RATE -> done.calls().errorRate();
            default -> track.all().mean();
        };
    }

    private static String proof(Track track, ToDoubleFunction<Threshold> limits) {
        double limit = track.threshold() == null ? track.metric().usualLimit(limits) : track.threshold();
        return track.metric().label() + " at most " + Numbers.shown(limit, track.metric())
                + " in every sample of the same" + " monitoring";
    }

    private static String advice(Watched metric) {
        return switch (metric) {
            case CPU ->
                "Find the series on which most time is spent and what it computes; if they all wait for each"
                        + " other, give the host more cores or fewer tasks.";
            case MEMORY ->
                "See which process grows; lower the heap limit or the size of caches, or give the host more.";
            case HEAP ->
                "Compare heap use after collections over an hour; if it rises, look for what is kept, else raise -Xmx.";
            case DISK -> "Make room on the volume of the data directory, or shorten how long records are kept.";
            case NETWORK -> "See which series have the largest answers; page or compress them.";
            case EXECUTION_TIME ->
                "Monitor the slowest series alone, and follow its audit rows by trace id to the database"
                        + " operation or upstream call that takes the time.";
            case ERROR_RATE -> "Read the audit rows with outcome=error of the series, and group them by error type.";
            case THROUGHPUT -> "See who sends the requests; limit or spread them.";
        };
    }
}
