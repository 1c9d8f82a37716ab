package org.ergograph.notify.backtest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ergograph.alert.RuleTiming;
import org.ergograph.alert.condition.Evaluation;
import org.ergograph.alert.condition.FactsSource;
import org.ergograph.alert.condition.Finding;
import org.ergograph.alert.condition.Query;
import org.ergograph.alert.condition.Subject;
import org.ergograph.alert.condition.Verdict;
import org.ergograph.history.query.Piece;
import org.jspecify.annotations.Nullable;

/** A rule that is evaluated at one moment after the other, as if it were live. Not thread-safe. */
final class Replay {
    private final Query query;
    private final RuleTiming timing;
    private final Duration step;
    private final int mostEpisodes;
    private final Map<Subject, Story> stories = new LinkedHashMap<>();
    private final Set<Subject> fired = new HashSet<>();
    private final List<Episode> listed = new ArrayList<>();
    private long firedCount;
    private long pendingOnly;
    private Duration firing = Duration.ZERO;
    private Duration longest = Duration.ZERO;
    private long steps;
    private long withData;
    private long failed;
    private @Nullable Instant first;
    private @Nullable Instant last;
    private @Nullable Instant firstData;
    private @Nullable Instant lastData;
    private @Nullable String failure;

    /**
     * Begins one.
     *
     * @param step the time between two evaluations
     * @param mostEpisodes how many alerts are listed; all are counted
     */
    Replay(Query query, RuleTiming timing, Duration step, int mostEpisodes) {
        this.query = query;
        this.timing = timing;
        this.step = step;
        this.mostEpisodes = mostEpisodes;
    }

    /** Evaluates once. */
    void evaluate(FactsSource facts, Instant now) {
        Duration elapsed = last == null ? Duration.ZERO : Duration.between(last, now);
        first = first == null ? now : first;
        last = now;
        steps++;
        List<Subject> open = stories.entrySet().stream()
                .filter(story -> story.getValue().open())
                .map(Map.Entry::getKey)
                .toList();
        List<Finding> findings = new Evaluation(facts).evaluate(query, open);
        cover(findings, now);
        for (Finding finding : findings) {
            stories.computeIfAbsent(finding.subject(), subject -> new Story(subject, now))
                    .next(timing, finding.verdict(), elapsed, now)
                    .ifPresent(episode -> add(episode, now));
        }
    }

    private void cover(List<Finding> findings, Instant now) {
        boolean known = false;
        boolean fails = false;
        for (Finding finding : findings) {
            Verdict verdict = finding.verdict();
            if (verdict.outcome() == Verdict.Outcome.ERROR) {
                fails = true;
                failure = failure == null ? verdict.reason() : failure;
            } else {
                // A count of none is known, and yet there is no data.
                known |= verdict.outcome() != Verdict.Outcome.NO_DATA && verdict.samples() > 0;
            }
        }
        failed += fails ? 1 : 0;
        if (known) {
            withData++;
            firstData = firstData == null ? now : firstData;
            lastData = now;
        }
    }

    private void add(Episode episode, Instant end) {
        if (!episode.fired()) {
            pendingOnly++;
            return;
        }
        firedCount++;
        fired.add(episode.subject());
        Duration length = episode.fired(end);
        firing = firing.plus(length);
        longest = length.compareTo(longest) > 0 ? length : longest;
        if (listed.size() < mostEpisodes) {
            listed.add(episode);
        }
    }

    /**
     * Ends it.
     *
     * @param pieces where the facts were from
     * @param series of how many series there was anything
     * @throws IllegalStateException if nothing was evaluated
     */
    Outcome end(List<Piece> pieces, int series) {
        Instant begin = first;
        Instant end = last;
        if (begin == null || end == null) {
            throw new IllegalStateException("nothing was evaluated");
        }
        List<Episode> unfinished = stories.values().stream()
                .filter(Story::open)
                .map(Story::unfinished)
                .sorted(Comparator.comparing(Episode::pendingFrom))
                .toList();
        unfinished.forEach(episode -> add(episode, end));
        listed.sort(Comparator.comparing(Episode::pendingFrom)
                .thenComparing(episode -> episode.subject().key()));
        return new Outcome(
                begin,
                end,
                step,
                new Coverage(steps, withData, failed, series, firstData, lastData, failure, pieces),
                listed,
                new Outcome.Totals(
                        firedCount,
                        pendingOnly,
                        fired.size(),
                        firing,
                        longest,
                        unfinished.stream().filter(Episode::fired).count()));
    }
}
