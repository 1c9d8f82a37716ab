package org.ergograph.history.query;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ergograph.history.names.SeriesFilter;
import org.ergograph.history.rollup.Tier;
import org.ergograph.observation.Labels;
import org.ergograph.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * What of the past is asked for. Immutable.
 *
 * @param from inclusive
 * @param to exclusive, not before {@code from}
 * @param series which series; those that any of them takes
 * @param perNode whether nodes are kept apart
 * @param node the only node that counts; null for all
 * @param percentiles from 0 to 100, rising
 * @param tier the tier that answers; null for whichever are best
 * @param step the length of one point of a time series; null for one figure of the whole range
 */
record HistoryRequest(
        Instant from,
        Instant to,
        List<SeriesFilter> series,
        Grouping grouping,
        boolean perNode,
        @Nullable String node,
        List<BigDecimal> percentiles,
        @Nullable Tier tier,
        @Nullable Duration step) {
    /** How long the range is if nothing is said of it. */
    static final Duration USUAL = Duration.ofHours(1);

    static final int MAX_FILTERS = 200;
    static final int MAX_POINTS = 2000;
    private static final String STEP = "step";
    private static final int MAX_PERCENTILES = 20;
    private static final int MAX_DECIMALS = 6;
    private static final String PERCENTILES = "at most " + MAX_PERCENTILES
            + " numbers from 0 to 100 with commas between, none with more than " + MAX_DECIMALS + " decimals";
    private static final List<BigDecimal> USUAL_PERCENTILES =
            List.of(BigDecimal.valueOf(50), BigDecimal.valueOf(95), BigDecimal.valueOf(99));
    private static final Map<String, Tier> TIERS =
            Map.of("1m", Tier.MINUTE, "5m", Tier.FIVE_MINUTES, "1h", Tier.HOUR, "1d", Tier.DAY);
    private static final List<String> TIER_WORDS = List.of("auto", "1m", "5m", "1h", "1d");

    /** Reads the parameters; faults are told by {@code parameters.check()}. */
    static HistoryRequest read(QueryParameters parameters, Instant now) {
        Instant to = Objects.requireNonNullElse(parameters.instant("to"), now);
        Instant from = parameters.instant("from");
        if (from == null) {
            from = to.minus(USUAL);
        }
        parameters.ordered("from", from, "to", to);
        String grouping = parameters.oneOf("groupBy", Grouping.words());
        String tier = parameters.oneOf("tier", TIER_WORDS);
        return new HistoryRequest(
                from,
                to,
                SeriesFilter.readAll(parameters, MAX_FILTERS, Set.of(STEP)),
                grouping == null ? Grouping.SERIES : Grouping.of(grouping),
                parameters.bool("perNode", false) || "node".equals(grouping),
                parameters.text("node", Labels.MAX_LENGTH),
                percentiles(parameters),
                tier == null ? null : TIERS.get(tier),
                step(parameters, from, to));
    }

    /** The word for a tier. */
    static String word(Tier tier) {
        return TIERS.entrySet().stream()
                .filter(entry -> entry.getValue() == tier)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static List<BigDecimal> percentiles(QueryParameters parameters) {
        String given = parameters.text("percentiles", 300);
        if (given == null) {
            return USUAL_PERCENTILES;
        }
        TreeSet<BigDecimal> percentiles = new TreeSet<>();
        for (String part : given.split(",", -1)) {
            Optional<BigDecimal> percentile = percentile(part.trim());
            if (percentile.isEmpty()) {
                parameters.fault("percentiles", given, PERCENTILES);
                return USUAL_PERCENTILES;
            }
            percentiles.add(percentile.get());
        }
        if (percentiles.size() > MAX_PERCENTILES) {
            parameters.fault("percentiles", given, PERCENTILES);
        }
        return List.copyOf(percentiles);
    }

    private static Optional<BigDecimal> percentile(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1," + MAX_DECIMALS + "})?")) {
            return Optional.empty();
        }
        BigDecimal percentile = new BigDecimal(text);
        return percentile.compareTo(BigDecimal.valueOf(100)) > 0 ? Optional.empty() : Optional.of(plain(percentile));
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static @Nullable Duration step(QueryParameters parameters, Instant from, Instant to) {
        Duration step = parameters.duration(STEP, Duration.ofDays(3650));
        if (step == null) {
            return null;
        }
        if (step.isZero() || !Tiers.isMultiple(step, Tier.MINUTE)) {
            parameters.fault(STEP, step.toString(), "a multiple of PT1M");
            return null;
        }
        long seconds = Duration.between(from, to).toSeconds();
        if (seconds / step.toSeconds() > MAX_POINTS) {
            long least = -Math.floorDiv(-seconds, MAX_POINTS * 60L) * 60;
            parameters.fault(
                    STEP,
                    step.toString(),
                    "at least " + Duration.ofSeconds(least) + " for a range of " + Duration.ofSeconds(seconds)
                            + ": an answer has at most " + MAX_POINTS + " points a series");
            return null;
        }
        return step;
    }

    /** The same, added up otherwise. */
    HistoryRequest groupedBy(Grouping other) {
        return new HistoryRequest(from, to, series, other, perNode, node, percentiles, tier, step);
    }

    /** The same as a time series. */
    HistoryRequest by(Duration length) {
        return new HistoryRequest(from, to, series, grouping, perNode, node, percentiles, tier, length);
    }

    /** The percentiles as shares from 0 to 1. */
    double[] quantiles() {
        return percentiles.stream()
                .mapToDouble(each -> each.movePointLeft(2).doubleValue())
                .toArray();
    }
}
